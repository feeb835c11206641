"""The portal's first page, what the platform is, and what robots may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhifa.kernel import clock
from zhifa.kernel.page import page
from zhifa.publicity import figures, reading
from zhifa.publicity.reading import PORTAL
from zhifa.publicity.views.open import open_page
from zhifa.registry import selectors as registry

ROBOTS = "User-agent: *\nDisallow: /desk/\nDisallow: /kit/\nDisallow: /*?*format=\n"


@open_page(seconds=60)
def home(request: HttpRequest) -> HttpResponseBase:
    """One sentence, one search, four doors, the newest decisions, a quiet map."""
    on = clock.today()
    return page(
        request,
        "publicity/home.html",
        newest=reading.newest(on, 6),
        figures=figures.figures(on),
        root=reading.newest_root(),
    )


@open_page(seconds=3600)
def about(request: HttpRequest) -> HttpResponseBase:
    """What the platform shows, how to check it, where to complain."""
    agencies = registry.agencies(clock.today(), using=PORTAL)
    return page(request, "publicity/about.html", agencies=agencies)


@open_page(seconds=86_400)
def robots(request: HttpRequest) -> HttpResponseBase:
    """Everything public may be indexed; the desk may not."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
