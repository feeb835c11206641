"""How a procedure runs, in public: drawn from the definition that runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from zhifa.kernel.page import page
from zhifa.procedure import definitions
from zhifa.publicity import charting
from zhifa.publicity.views.open import day_asked, open_page


@open_page(seconds=3600)
def procedures(request: HttpRequest) -> HttpResponseBase:
    """The procedures that run."""
    return page(
        request,
        "publicity/procedures.html",
        procedures=list(definitions.all_procedures().values()),
    )


@open_page(seconds=3600)
def procedure(request: HttpRequest, code: str) -> HttpResponseBase:
    """One procedure: its flow from station to station, and every limit."""
    on = day_asked(request)
    return page(
        request,
        "publicity/procedure.html",
        chart=charting.chart(definitions.get(code), on),
        on=on,
    )
