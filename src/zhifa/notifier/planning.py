"""What is to be said to whom on a day: computed from what is owed and what runs, nothing written.

A message is made of a number, an act, a day and fixed words. Titles of matters, causes, parties and
whatever was found never come here: they are not even read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from zhifa.accounts.models import Person
from zhifa.cases.models import Case
from zhifa.law import terms
from zhifa.law.actor import Duty
from zhifa.law.term import Addressee
from zhifa.notifier.models import Notification
from zhifa.procedure.models import Matter, MatterLink, RunningTerm, TodoItem
from zhifa.registry import selectors as registry
from zhifa.supervision.models import SupervisionNotice

Kind = Notification.Kind
SOON = 3
BACK = 30
"""So many days back an overdue term is still escalated: an old house is not flooded at once."""
LINES, ACTS = 8, 3
"""So many cases, and so many acts of each, stand in a digest."""
NO_NUMBER = "未编号事项"
SUPERIORS: Mapping[Duty, Duty] = {
    Duty.OFFICER: Duty.HANDLING_HEAD,
    Duty.LEGAL_REVIEWER: Duty.REVIEW_HEAD,
}
"""Who is told when it is late; for every other duty the agency's head."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One message to one person."""

    person_id: UUID
    username: str
    kind: Kind
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that somebody owes: number and act, until when, who, and on whose duty."""

    subject: str
    number: str
    act: str
    due: date | None
    agency: str
    unit: str
    people: frozenset[UUID]
    duties: frozenset[Duty]


@dataclass
class Town:
    """Who holds what on the day, asked once."""

    on: date
    _held: dict[tuple[str, Duty], dict[UUID, str]] = field(default_factory=dict)

    def holders(self, agency: str, duty: Duty, unit: str = "") -> frozenset[UUID]:
        """The holders of a duty; those of the unit where there are any."""
        key = (agency, duty)
        if key not in self._held:
            found = registry.people_with(duty, agency, self.on)
            self._held[key] = {UUID(h.id): h.unit for h in found}
        held = self._held[key]
        return frozenset(p for p, at in held.items() if unit and at == unit) or frozenset(held)

    def superiors(self, owed: Owed) -> frozenset[UUID]:
        """Who stands above those that owe it, at the same agency."""
        above: set[UUID] = set()
        for duty in owed.duties:
            if duty is not Duty.AGENCY_HEAD:
                wanted = SUPERIORS.get(duty, Duty.AGENCY_HEAD)
                above |= self.holders(owed.agency, wanted, owed.unit)
        return frozenset(above) - owed.people


def plan(on: date, *, digests: bool = True) -> tuple[Planned, ...]:
    """Every message of the day, whether or not it was sent before; with or without the digests,
    which read all that anybody owes."""
    town = Town(on)
    runs = list(
        RunningTerm.objects.filter(
            stopped_on__isnull=True,
            addressee=Addressee.AGENCY.value,
            matter__closed=False,
            due_on__gte=on - timedelta(days=BACK),
            due_on__lte=on + timedelta(days=SOON),
        )
        .select_related("matter")
        .order_by("due_on", "id")
    )
    waiting = TodoItem.objects.filter(matter__closed=False)
    if not digests:
        near = {r.matter_id for r in runs}
        belongs = MatterLink.objects.filter(to_matter__in=near).values("from_matter")
        waiting = waiting.filter(Q(matter__in=near) | Q(matter__in=belongs))
    items = list(waiting.select_related("matter").order_by("id"))
    links = _links({i.matter_id for i in items} | {r.matter_id for r in runs})
    numbers = _numbers({*links, *links.values(), *(r.matter_id for r in runs),
                        *(i.matter_id for i in items)}, links)  # fmt: skip
    tasks = [_task(i, town, numbers) for i in items]
    by_term: dict[tuple[UUID, str], list[Owed]] = defaultdict(list)
    by_matter: dict[UUID, list[Owed]] = defaultdict(list)
    for item, task in zip(items, tasks, strict=True):
        by_matter[item.matter_id].append(task)
        for matter in {item.matter_id, links.get(item.matter_id, item.matter_id)}:
            by_term[matter, item.term].append(task)
    ending = [_term(r, numbers, by_term, by_matter) for r in runs]
    said = [*(_digests(tasks, on) if digests else ()), *_terms(ending, on, town)]
    names = dict(
        Person.objects.filter(id__in={p for p, *_ in said}, is_active=True).values_list(
            "id", "username"
        )
    )
    return tuple(
        Planned(person, names[person], kind, subject, text)
        for person, kind, subject, text in said
        if person in names
    )


Said = tuple[UUID, Kind, str, str]


def _digests(tasks: Iterable[Owed], on: date) -> Iterator[Said]:
    """One message a working day to whoever owes something, soonest due first."""
    if not registry.calendar(on).is_workday(on):
        return
    mine: dict[UUID, list[Owed]] = defaultdict(list)
    for task in tasks:
        for person in task.people:
            mine[person].append(task)
    for person, owed in sorted(mine.items()):
        owed.sort(key=lambda o: (o.due or date.max, o.number, o.act))
        late = sum(o.due is not None and o.due < on for o in owed)
        soon = sum(o.due is not None and 0 <= (o.due - on).days <= SOON for o in owed)
        counts = f"待办{len(owed)}项，逾期{late}项，{SOON}日内到期{soon}项"
        files: dict[str, list[Owed]] = defaultdict(list)
        for task in owed:
            files[task.number].append(task)
        lines = "；".join(_file(number, found) for number, found in list(files.items())[:LINES])
        more = f"；另有{len(files) - LINES}件" if len(files) > LINES else ""
        text = f"【智法】{_day(on)}{counts}。{lines}{more}。"
        yield person, Kind.DIGEST, on.isoformat(), text


def _terms(ending: Iterable[Owed], on: date, town: Town) -> Iterator[Said]:
    """Three days before the last day, on it, and past it to those above."""
    for owed in ending:
        assert owed.due is not None
        left = (owed.due - on).days
        if left > 0:
            words = f"【智法】{_line(owed)}，{left}日后到期。"
            yield from ((p, Kind.SOON, owed.subject, words) for p in sorted(owed.people))
        elif left == 0:
            words = f"【智法】{_line(owed)}，今日到期。"
            yield from ((p, Kind.TODAY, owed.subject, words) for p in sorted(owed.people))
        else:
            words = f"【智法】{_line(owed)}，已逾期，请督促办理。"
            yield from (
                (p, Kind.OVERDUE, owed.subject, words) for p in sorted(town.superiors(owed))
            )


def _file(number: str, owed: list[Owed]) -> str:
    """What is owed on one case: the first few acts, and the day of the first of them."""
    acts = "".join(o.act for o in owed[:ACTS])
    rest = f"等{len(owed)}项" if len(owed) > ACTS else ""
    due = owed[0].due
    until = f"，期限{_day(due)}" if due is not None else ""
    return f"{number}：待办{acts}{rest}{until}"


def _line(owed: Owed) -> str:
    until = f"，期限{_day(owed.due)}" if owed.due is not None else ""
    return f"{owed.number}：{owed.act}{until}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _task(item: TodoItem, town: Town, numbers: Mapping[UUID, str]) -> Owed:
    duties = frozenset(Duty(d) for d in item.duties)
    people = frozenset(UUID(p) for p in item.person_ids)
    if not people:
        people = frozenset(
            p for d in duties for p in town.holders(item.agency_code, d, _unit(item.matter, d))
        )
    return Owed(
        f"{item.matter_id}:{item.step}",
        numbers.get(item.matter_id, NO_NUMBER),
        f"“{item.title}”",
        item.due_on,
        item.agency_code,
        item.matter.unit_code,
        people,
        duties,
    )


def _unit(matter: Matter, duty: Duty) -> str:
    return matter.unit_code if duty is Duty.HANDLING_HEAD else ""


def _term(
    run: RunningTerm,
    numbers: Mapping[UUID, str],
    by_term: Mapping[tuple[UUID, str], list[Owed]],
    by_matter: Mapping[UUID, list[Owed]],
) -> Owed:
    """A term with those who must act within it: who owes the step that ends it, else the handlers,
    else whoever owes anything on the matter."""
    team = frozenset(UUID(h) for h in run.matter.handlers)
    owing = by_term.get((run.matter_id, run.code)) or ([] if team else by_matter[run.matter_id])
    people = frozenset(p for o in owing for p in o.people) or team
    duties = frozenset(d for o in owing for d in o.duties) or frozenset({Duty.OFFICER})
    agency = owing[0].agency if owing else run.agency_code
    return Owed(
        f"{run.matter_id}:{run.code}:{run.key}:{run.started_seq}:{run.due_on.isoformat()}"[:200],
        numbers.get(run.matter_id, NO_NUMBER),
        f"“{terms.get(run.code, run.start_on).title}”",
        run.due_on,
        agency,
        run.matter.unit_code,
        people,
        duties,
    )


def _links(ids: set[UUID]) -> dict[UUID, UUID]:
    """The matter that each belongs to: a review to its case, a publication to its decision's."""
    rows = MatterLink.objects.filter(from_matter__in=ids)
    return dict(rows.values_list("from_matter_id", "to_matter_id"))


def _numbers(ids: set[UUID], links: Mapping[UUID, UUID]) -> dict[UUID, str]:
    """The number under which each matter is known: its case's."""
    rows = Case.objects.filter(Q(matter_id__in=ids)).values_list("matter_id", "case_no", "clue_no")
    found = {matter: case_no or clue_no for matter, case_no, clue_no in rows}
    notices = SupervisionNotice.objects.filter(matter_id__in=ids)
    found |= dict(notices.values_list("matter_id", "case_no"))
    for above, below in links.items():
        if below in found:
            found.setdefault(above, found[below])
    return found
