"""Publications as the desk reads them: what waits, until when, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery

from zhifa.kernel.errors import NotFound
from zhifa.law.actor import Actor
from zhifa.law.procedures import publication as law
from zhifa.law.standing import TermRun
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import RunningTerm
from zhifa.procedure.selectors import View
from zhifa.publicity import drafting
from zhifa.publicity.comparing import Comparison, compare
from zhifa.publicity.drafting import Left, Source
from zhifa.publicity.models import Publication

TERMS = ("publicity.penalty", "withdrawal")
"""The terms on the case that a publication is about: to publish, and to take down."""


def visible_to(actor: Actor) -> QuerySet[Publication]:
    """The publications that a person may read."""
    return Publication.objects.filter(matter__in=matters.visible_to(actor))


def listed(actor: Actor, *, state: str = "", text: str = "") -> QuerySet[Publication]:
    """A person's list, with `due_on`, the last day of the term that runs: soonest first, then the
    newest decision. Without a state, what is still owed."""
    running = RunningTerm.objects.filter(
        matter_id=OuterRef("case_matter_id"), code__in=TERMS, stopped_on__isnull=True
    ).order_by("due_on")
    rows = visible_to(actor).annotate(
        due_on=Subquery(running.values("due_on")[:1], output_field=DateField()),
    )
    if state in Publication.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(due_on__isnull=False)
    if text:
        rows = rows.filter(Q(number__contains=text) | Q(cause__contains=text))
    return rows.select_related("matter").order_by("due_on", "-decided_on", "matter_id")


@dataclass(frozen=True)
class Whole:
    """One publication as one person sees it on one day."""

    row: Publication
    view: View
    source: Source
    terms: tuple[TermRun, ...]
    suggested: law.NoticeDrafted
    """What the rules of redaction propose."""
    draft: law.NoticeDrafted | None
    ruling: law.RulingProposed | None

    @property
    def notice(self) -> law.NoticeDrafted:
        """The draft, or what would be proposed."""
        return self.draft or self.suggested

    @property
    def proposed_ruling(self) -> law.RulingProposed | None:
        """The ruling that waits, or the one in force."""
        waiting = law.proposed_ruling(self.view.standing)
        return waiting.facts if waiting is not None else self.ruling

    @property
    def left(self) -> tuple[Left, ...]:
        """What still stands in the draft and must not."""
        return drafting.left_in(self.notice, self.source)

    @property
    def comparison(self) -> Comparison:
        """The facts of the decision beside those of the notice."""
        return compare(self.source.original, self.notice.facts)


def whole(publication_id: UUID, actor: Actor, on: date) -> Whole:
    """One publication, if the person may read it; `NotFound` otherwise, without saying which."""
    row = visible_to(actor).select_related("matter").filter(matter_id=publication_id).first()
    if row is None:
        raise NotFound("没有找到这一公示事项，或者您无权查看。", code="no-such-publication")
    view = matters.view(row.matter, UUID(actor.id), on)
    source = drafting.source(row.case_matter_id, on)
    runs = [source.standing.term(code) for code in TERMS]
    return Whole(
        row,
        view,
        source,
        tuple(t for t in runs if t is not None),
        drafting.drafted(source),
        law.draft(view.standing),
        law.ruling(view.standing),
    )


def of_case(case_id: UUID) -> Publication | None:
    """The latest publication of a case."""
    rows = Publication.objects.filter(case_matter_id=case_id)
    return rows.order_by("-decided_on", "-matter_id").first()
