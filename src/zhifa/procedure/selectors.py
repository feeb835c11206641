"""Reading matters: where one stands, what comes next, who may act, what is waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhifa.kernel.errors import NotFound
from zhifa.kernel.models import LedgerStream
from zhifa.law.actor import Actor, Duty, Post
from zhifa.law.guards import Attempt, Check, Refusal
from zhifa.law.procedure import Procedure, Step
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.standing import Standing
from zhifa.procedure import definitions, folding
from zhifa.procedure.models import Draft, Matter, MatterLink, RunningTerm, TodoItem
from zhifa.procedure.setting import gather
from zhifa.registry import selectors as registry

OPEN_TO_OFFICERS = (PENALTY_ORDINARY.code,)
"""The matters that wait for handlers: any officer of the agency may look at their clue."""
AGENCY_READING = (
    Duty.HANDLING_HEAD,
    Duty.LEGAL_REVIEWER,
    Duty.REVIEW_HEAD,
    Duty.AGENCY_HEAD,
    Duty.HEARING_CHAIR,
    Duty.SEAL_KEEPER,
    Duty.PUBLISHER,
    Duty.PUBLISH_REVIEWER,
    Duty.CASHIER,
    Duty.PROPERTY_KEEPER,
    Duty.ARCHIVIST,
    Duty.SUPERVISOR,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step as a page shows it: open or not, by whom, and what blocks it."""

    step: Step
    checks: tuple[Check, ...]
    may: Refusal | None
    main: bool

    @property
    def open(self) -> bool:
        """Whether every condition that does not depend on the form is met."""
        return all(c.met for c in self.checks)

    @property
    def mine(self) -> bool:
        """Whether this person may take it."""
        return self.may is None


@dataclass(frozen=True, slots=True)
class View:
    """A matter as one person sees it on one day."""

    matter: Matter
    procedure: Procedure
    standing: Standing
    actor: Actor
    steps: tuple[NextStep, ...]

    @property
    def seen(self) -> int:
        """The sequence to send along with a form."""
        return self.standing.seq or self.matter.seq

    def step(self, code: str) -> NextStep:
        """One of the steps. Raises `NotFound`."""
        for found in self.steps:
            if found.step.code == code:
                return found
        raise NotFound("没有这一步。", code="no-such-step")

    @property
    def owed(self) -> tuple[NextStep, ...]:
        """What the matter waits for now."""
        return tuple(s for s in self.steps if s.main)


def matter(matter_id: UUID) -> Matter:
    """One matter by its id, whoever asks. Raises `NotFound`."""
    found = Matter.objects.filter(id=matter_id).first()
    if found is None:
        raise NotFound("没有找到这件事项。", code="no-such-matter")
    return found


def standing(matter: Matter, on: date) -> Standing:
    """Where a matter stands at its present head."""
    head = LedgerStream.objects.filter(id=matter.id).values_list("head_seq", "head_hash").first()
    assert head is not None
    procedure = definitions.get(matter.procedure)
    return folding.at_head(procedure, matter.id, *head, registry.calendar(on)).standing


def view(matter: Matter, person_id: UUID, on: date) -> View:
    """The matter as one person sees it on the day: every step, who may, what blocks."""
    procedure = definitions.get(matter.procedure)
    s = standing(matter, on)
    actor, setting = gather(matter, s, by=person_id, on=on)
    waiting = {step.code for step in procedure.next(s)}
    steps = []
    for step in procedure.steps.values():
        if step.code == procedure.first:
            continue
        attempt = Attempt(step.code, on, actor, setting)
        steps.append(
            NextStep(
                step,
                procedure.checklist(s, attempt),
                procedure.may(s, attempt),
                step.code in waiting,
            )
        )
    return View(matter, procedure, s, actor, tuple(steps))


def may(person_id: UUID, matter: Matter, step: str, on: date) -> Refusal | None:
    """Why the person may not take the step, or None."""
    procedure = definitions.get(matter.procedure)
    s = standing(matter, on)
    actor, setting = gather(matter, s, by=person_id, on=on)
    return procedure.may(s, Attempt(step, on, actor, setting))


def visible_to(actor: Actor) -> QuerySet[Matter]:
    """The matters that a person may read: a desk its agency's, an officer those that they handle
    with what belongs to them, and clues that no one handles yet; whoever looks after the desk of
    one who is away, theirs; administrators none. A supervision body reads the cases of its area on
    pages of its own, for a stated purpose that is recorded."""
    allowed = Q(pk__in=[])
    for post in (*actor.posts, *actor.looks_after):
        whose = post.of or actor.id
        if post.duty in AGENCY_READING:
            allowed |= Q(agency_code=post.agency)
        elif post.duty in (Duty.OFFICER, Duty.WINDOW_CLERK):
            allowed |= Q(agency_code=post.agency, handlers__contains=[whose])
            # Asked of each row: a list that is walked by day reads no more than it shows.
            belongs = MatterLink.objects.filter(
                from_matter=OuterRef("pk"),
                to_matter__agency_code=post.agency,
                to_matter__handlers__contains=[whose],
            )
            allowed |= Q(Exists(belongs))
            allowed |= Q(agency_code=post.agency, handlers=[], procedure__in=OPEN_TO_OFFICERS)
    return Matter.objects.filter(allowed)


def visible(matter_id: UUID, actor: Actor) -> Matter:
    """One matter, if the person may read it; `NotFound` otherwise, without saying which."""
    found = visible_to(actor).filter(id=matter_id).first()
    if found is None:
        raise NotFound("没有找到这件事项，或者您无权查看。", code="no-such-matter")
    return found


def todo(actor: Actor) -> QuerySet[TodoItem]:
    """What waits for this person and for those whose desk they look after, soonest due first."""
    wanted = Q(pk__in=[])
    for post in (*actor.posts, *actor.looks_after):
        mine = Q(person_ids=[]) | Q(person_ids__contains=[post.of or actor.id])
        wanted |= Q(agency_code=post.agency, duties__contains=[post.duty.value]) & mine
    return (
        TodoItem.objects.filter(wanted).select_related("matter").order_by("due_on", "since", "id")
    )


def on_behalf(item: TodoItem, actor: Actor) -> Post | None:
    """Whose post an item shows up by, where it is not by one of the person's own."""

    def by(post: Post) -> bool:
        ids = item.person_ids
        return (
            post.agency == item.agency_code
            and post.duty.value in item.duties
            and (not ids or (post.of or actor.id) in ids)
        )

    found = [p for p in (*actor.posts, *actor.looks_after) if by(p)]
    return found[0] if found and found[0].of else None


def running_terms(actor: Actor) -> QuerySet[RunningTerm]:
    """The terms that run on the matters that a person may read, soonest first."""
    return (
        RunningTerm.objects.filter(
            stopped_on__isnull=True, matter__in=visible_to(actor).filter(closed=False)
        )
        .select_related("matter")
        .order_by("due_on", "id")
    )


def drafts(person_id: UUID, matter_id: UUID | None, step: str) -> QuerySet[Draft]:
    """The draft of a person for a step: of a matter, or of one that does not exist yet."""
    mine = Draft.objects.filter(person_id=person_id, step=step)
    if matter_id is None:
        return mine.filter(matter__isnull=True)
    return mine.filter(matter_id=matter_id)


def handled_by(person_id: UUID, agency: str) -> QuerySet[Matter]:
    """The open matters of an agency of which the person is a handler, the oldest first."""
    return Matter.objects.filter(
        agency_code=agency, closed=False, handlers__contains=[str(person_id)]
    ).order_by("opened_on", "id")


def drafts_of(person_id: UUID) -> QuerySet[Draft]:
    """Everything that a person has filled in and not yet done."""
    return Draft.objects.filter(person_id=person_id).select_related("matter").order_by("saved_at")


def draft(person_id: UUID, matter_id: UUID | None, step: str) -> Any:
    """What the person had filled in for a step, or None."""
    found = drafts(person_id, matter_id, step).first()
    return found.content if found is not None else None
