"""What do I owe today? The to-do list by duty, the terms that run, and my cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.models import Case
from zhifa.cases.page import doors
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.page import leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law.calendar import WorkCalendar
from zhifa.law.cite import Cite
from zhifa.procedure import definitions
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import MatterLink, TodoItem
from zhifa.registry import selectors as registry

SOON = 3
AHEAD = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One thing owed: the act, its case, until when, on which article, and where it is done."""

    item: TodoItem
    number: str
    party: str
    address: str
    cite: Cite | None
    left: str
    tone: Tone
    instead: str = ""
    """For whom the reader sees it, where it is not their own: by delegation, or who is away."""


@person_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk."""
    desk = enter(request)
    owed = matters.todo(desk.actor)
    waiting = leaf(request, owed, per=50)
    cases = _cases([i.matter_id for i in waiting.items])
    calendar = registry.calendar(desk.on)
    lines = [
        replace(_line(item, cases.get(item.matter_id), desk.on, calendar), instead=_for(item, desk))
        for item in waiting.items
    ]
    days = dict(owed.order_by().values_list("due_on").annotate(items=Count("id")))
    visible = matters.visible_to(desk.actor).filter(closed=False, procedure="penalty_ordinary")
    counts = visible.aggregate(
        mine=Count("id", filter=Q(handlers__contains=[desk.actor.id])), visible=Count("id")
    )

    def due(first: date, last: date) -> int:
        return sum(n for day, n in days.items() if day is not None and first <= day <= last)

    return page(
        request,
        "cases/home.html",
        desk=desk,
        lines=lines,
        leaf=waiting,
        total=sum(days.values()),
        overdue=due(date.min, desk.on - timedelta(days=1)),
        soon=due(desk.on, desk.on + timedelta(days=SOON)),
        week=due(desk.on, desk.on + timedelta(days=6 - desk.on.weekday())),
        bars=[days.get(desk.on + timedelta(days=n), 0) for n in range(AHEAD)],
        mine=counts["mine"],
        visible=counts["visible"],
    )


def _cases(ids: list[UUID]) -> dict[UUID, Case]:
    """The cases of matters, and of the reviews and publications that belong to them."""
    links = MatterLink.objects.filter(from_matter__in=ids).values_list(
        "from_matter_id", "to_matter_id"
    )
    below = dict(links)
    found = Case.objects.in_bulk({*ids, *below.values()})
    return found | {above: found[case] for above, case in below.items() if case in found}


def _for(item: TodoItem, desk: Desk) -> str:
    post = matters.on_behalf(item, desk.actor)
    if post is None:
        return ""
    words = "代{}办理" if post in desk.actor.posts else "{}外出，代为关注"
    return words.format(post.of_name)


def _line(item: TodoItem, case: Case | None, on: date, calendar: WorkCalendar) -> Line:
    step = definitions.get(item.matter.procedure).steps.get(item.step)
    left, tone = remaining(item.due_on, on, calendar)
    return Line(
        item,
        (case.case_no or case.clue_no) if case is not None else "",
        (case.party_name or item.matter.title) if case is not None else item.matter.title,
        doors.of_matter(item.matter.procedure, item.matter_id, item.step),
        step.cites[0] if step is not None else None,
        left,
        tone,
    )


def remaining(due: date | None, on: date, calendar: WorkCalendar) -> tuple[str, Tone]:
    """How many working days are left, and how the reader should feel about it."""
    if due is None:
        return "", "plain"
    if due < on:
        return f"逾期{(on - due).days}天", "late"
    if due == on:
        return "今日到期", "soon"
    days = sum(calendar.is_workday(on + timedelta(days=n)) for n in range(1, (due - on).days + 1))
    tone: Tone = "soon" if due <= on + timedelta(days=SOON) else "plain"
    return f"余{days}个工作日", tone
