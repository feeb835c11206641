"""Trying a benchmark out: circumstances in; tier, range and reasons out; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from zhifa.law.benchmark import Benchmark
from zhifa.law.discretion import DiscretionRefused, Result, evaluate
from zhifa.law.range import LegalRange, RangeUnknown
from zhifa.registry.forms import TryForm


@dataclass(frozen=True, slots=True)
class Trial:
    """The form, and what came of it: a result or a sentence why there is none."""

    form: TryForm
    result: Result | None = None
    refused: str = ""


def trial(request: HttpRequest, benchmark: Benchmark, fine: LegalRange) -> Trial:
    """The try-out that the address asks for (``try=1``), or an empty form."""
    conditions = [c for c in (fine.only, *(h.when for h in fine.heavier)) if c]
    extra = tuple(filter(None, (fine.base, *conditions)))
    if request.GET.get("try") != "1":
        return Trial(TryForm(benchmark, extra))
    form = TryForm(benchmark, extra, request.GET)
    if not form.is_valid():
        return Trial(form)
    try:
        return Trial(form, evaluate(benchmark, form.facts(), fine))
    except (DiscretionRefused, RangeUnknown) as no:
        return Trial(form, refused=f"{no}。")
