"""The desk's one search box: cases that the person may read, articles of law, powers."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.models import Case
from zhifa.cases.page.desk import enter
from zhifa.cases.views.lists import worded
from zhifa.kernel.page import address, page
from zhifa.procedure import selectors as matters
from zhifa.registry import selectors as registry
from zhifa.registry import statute_search

FEW = 8
LONGEST = 100


@person_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits the words, a few of each sort, each with the way to all of them."""
    desk = enter(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found: dict[str, Any] = {}
    if text:
        cases = Case.objects.filter(matter__in=matters.visible_to(desk.actor))
        newest = worded(cases, text).order_by(F("received_on").desc(), "matter_id")
        rows = list(newest.select_related("matter")[: FEW + 1])
        powers = [c.rule for c in registry.powers(on=desk.on) if text in c.rule.name]
        found = {
            "cases": [(c, address("cases:detail", matter_id=c.matter_id)) for c in rows[:FEW]],
            "more_cases": len(rows) > FEW,
            "laws": statute_search.search(text, desk.on, limit=FEW),
            "powers": [(p, address("registry:power", code=p.code)) for p in powers[:FEW]],
            "more_powers": len(powers) > FEW,
        }
    return page(request, "faces/search.html", text=text, query=urlencode({"q": text}), **found)
