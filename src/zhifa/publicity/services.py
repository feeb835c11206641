"""What the house does with the publication of a decision. Releasing, declining and withdrawing are
one act on two matters: the publication, and the case whose term it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from zhifa.cases.models import Case
from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import AgainstLaw, NotFound, WrongStep
from zhifa.kernel.models import LedgerRoot
from zhifa.law.facts import Facts
from zhifa.law.procedures import publication as law
from zhifa.law.procedures.penalty import later
from zhifa.law.publishing import Ruling, display_until
from zhifa.law.redaction import RULE
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Move, Taken, link_matters, once, open_matter, perform
from zhifa.publicity import drafting, records
from zhifa.publicity.models import (
    Notice,
    Publication,
    PublicRoot,
    PublishedDecision,
    Tombstone,
)
from zhifa.registry import segments
from zhifa.registry import selectors as registry

State = Publication.State


@once
def open_publication(
    *,
    case_id: UUID,
    decision_id: UUID,
    number: str,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    reason: str = "",
) -> Taken:
    """The duty that a decision creates: its publication begins as a matter of its own."""
    case = Case.objects.select_related("matter").get(matter_id=case_id)
    facts = law.PublicationOpened(
        case=str(case_id),
        decision=str(decision_id),
        number=number,
        decided_on=case.decided_on or on,
        public_id=records.public_id(decision_id),
    )
    with open_matter(
        law.PUBLICATION.code,
        agency=case.agency_code,
        region=case.region_code,
        unit=case.matter.unit_code,
        title=f"公示：{case.cause}"[:200],
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        reason=reason,
    ) as act:
        link_matters(from_id=act.matter.id, to_id=case_id, kind="publication_of")
        Publication.objects.create(
            matter=act.matter,
            case_matter_id=case_id,
            decision_id=decision_id,
            agency_code=case.agency_code,
            region_code=case.region_code,
            number=number,
            cause=case.cause,
            decided_on=facts.decided_on,
            public_id=facts.public_id,
        )
    assert act.taken is not None
    return act.taken


@once
def propose_ruling(
    *,
    publication_id: UUID,
    facts: law.RulingProposed,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Propose what becomes of the decision in public; another person confirms."""
    return _step(publication_id, "rule.propose", facts, by, on, act_id, seen, reason)


@once
def confirm_ruling(
    *,
    publication_id: UUID,
    facts: law.RulingConfirmed,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Confirm the proposed ruling, which thereby takes effect."""
    return _step(publication_id, "rule.confirm", facts, by, on, act_id, seen, reason, State.RULED)


@once
def return_ruling(
    *,
    publication_id: UUID,
    facts: law.SentBack,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Send the proposed ruling back."""
    return _step(publication_id, "rule.return", facts, by, on, act_id, seen, reason)


@once
def draft(
    *,
    publication_id: UUID,
    facts: law.NoticeDrafted,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Draft the notice. Its texts are the drafter's; all else is taken from the decision."""
    row = _publication(publication_id)
    act_id = act_id or ids.uuid7()
    made = drafting.completed(facts, drafting.source(row.case_matter_id, on), records.nonce(act_id))
    return _step(publication_id, "draft", made, by, on, act_id, seen, reason, State.DRAFTED)


@once
def return_draft(
    *,
    publication_id: UUID,
    facts: law.SentBack,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Send the draft back to whoever drafts it anew."""
    return _step(publication_id, "draft.return", facts, by, on, act_id, seen, reason, State.RULED)


@once
def release(
    *,
    publication_id: UUID,
    notice: str,
    by: UUID,
    on: date,
    kept: Sequence[law.Kept] = (),
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Make the notice public: a second person, who read the very draft that `notice` names.

    Refused while a name or number of the file still stands in it, unless it is kept with a reason.
    The case's own step, which ends its term, is taken in the same act.
    """
    row = _publication(publication_id)
    standing = matters.standing(row.matter, on)
    made = law.draft(standing)
    if made is None:
        raise WrongStep("公示内容尚未拟定，不能发布。", remedy_step="draft")
    agency = registry.agency(row.agency_code, on)
    display = display_until(frozenset(made.kinds), on, field=agency.field)
    until = display.until if display is not None else None
    record = records.record(row, made, agency_name=agency.full_name, on=on, until=until)
    sha256 = hashlib.sha256(record.encode()).hexdigest()
    ruled = law.ruling(standing)
    facts = law.NoticeReleased(notice=notice, record=sha256, until=until, kept=tuple(kept))
    published = later.Published(
        publication=row.public_id,
        reduced=ruled is not None and ruled.ruling is Ruling.REDUCED,
    )
    old = _superseded(row)
    with transaction.atomic():
        with perform(
            publication_id,
            "release",
            by=by,
            on=on,
            facts=facts,
            act_id=act_id,
            seen=seen,
            reason=reason,
            also=(
                Move(row.case_matter_id, "publicity.publish", published),
                *(
                    Move(gone.matter_id, "supersede", law.Superseded(publication=row.public_id))
                    for gone in old
                ),
            ),
        ) as act:
            _refuse_leftovers(row, made, kept, on)
            Notice.objects.create(matter=row.matter, record=record, sha256=sha256, released_on=on)
            row.state = State.PUBLIC
            row.save(update_fields=["state"])
        assert act.taken is not None
        event = ledger.event(act.taken.event_id)
        for gone in old:
            gone.state = State.WITHDRAWN
            gone.save(update_fields=["state"])
            _bury(gone.public_id, law.TakeDown.RECTIFIED, event)
        PublishedDecision.objects.create(
            public_id=row.public_id,
            number=row.number,
            agency_code=row.agency_code,
            agency_name=agency.full_name,
            region_code=row.region_code,
            **{name: getattr(made, name) for name in records.COPIED},
            violated=list(made.violated),
            penalised_by=list(made.penalised_by),
            kinds=list(made.kinds),
            decided_on=row.decided_on,
            published_at=event.recorded_at,
            published_until=until,
            record=record,
            sha256=sha256,
            event_id=event.id,
            event_hash=event.hash,
            terms=segments.terms_of(records.searched(row, made, agency.full_name)),
        )
    return act.taken


@once
def decline(
    *,
    publication_id: UUID,
    facts: law.NotPublished,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Keep the decision back on the confirmed ruling; the case learns of it in the same act."""
    row = _publication(publication_id)
    declined = later.PublicationDeclined(publication=row.public_id, ground=facts.ground)
    with perform(
        publication_id,
        "decline",
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        seen=seen,
        reason=reason,
        also=(Move(row.case_matter_id, "publicity.decline", declined),),
    ) as act:
        row.state = State.DECLINED
        row.save(update_fields=["state"])
    assert act.taken is not None
    return act.taken


@once
def note_outcome(
    *,
    publication_id: UUID,
    facts: law.OutcomeNoted,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    reason: str = "",
) -> Taken:
    """A later instrument obliges to take the notice down; who recorded it on the case says so."""
    return _step(publication_id, "outcome.note", facts, by, on, act_id, None, reason)


@once
def lapse(
    *,
    publication_id: UUID,
    facts: law.OutcomeNoted,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    reason: str = "",
) -> Taken:
    """The decision fell before it was published: nothing is published any more."""
    return _step(publication_id, "lapse", facts, by, on, act_id, None, reason, State.DECLINED)


@once
def withdraw(
    *,
    publication_id: UUID,
    facts: law.NoticeWithdrawn,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Take the notice down. A tombstone stays, without number, name or facts, with the proofs."""
    row = _publication(publication_id)
    withdrawn = later.PublicationWithdrawn(publication=row.public_id, ground=facts.ground.label)
    with transaction.atomic():
        with perform(
            publication_id,
            "withdraw",
            by=by,
            on=on,
            facts=facts,
            act_id=act_id,
            seen=seen,
            reason=reason,
            also=(Move(row.case_matter_id, "publicity.withdraw", withdrawn),),
        ) as act:
            row.state = State.WITHDRAWN
            row.save(update_fields=["state"])
        assert act.taken is not None
        _bury(row.public_id, facts.ground, ledger.event(act.taken.event_id))
    return act.taken


def publish_roots() -> int:
    """Print the ledger's daily roots that the portal does not show yet; how many."""
    last = PublicRoot.objects.order_by("-number").values_list("number", flat=True).first()
    rows = LedgerRoot.objects.order_by("number")
    new = [
        PublicRoot(
            number=root.number,
            day=root.day,
            statement=root.statement,
            hash=root.hash,
            signature=root.signature,
            certificate=root.certificate,
            stamped=root.timestamp_token is not None,
        )
        for root in (rows.filter(number__gt=last) if last is not None else rows)
    ]
    return len(PublicRoot.objects.bulk_create(new, ignore_conflicts=True))


# --- inside ----------------------------------------------------------------------------------


def _bury(public_id: str, ground: law.TakeDown, event: ledger.StoredEvent) -> None:
    """Put a tombstone where a decision stood."""
    shown = PublishedDecision.objects.select_for_update().get(public_id=public_id)
    Tombstone.objects.create(
        public_id=shown.public_id,
        agency_code=shown.agency_code,
        agency_name=shown.agency_name,
        published_at=shown.published_at,
        withdrawn_at=event.recorded_at,
        ground=ground.value,
        sha256=shown.sha256,
        event_hash=shown.event_hash,
        withdrawal_id=event.id,
        withdrawal_hash=event.hash,
    )
    shown.delete()


def _superseded(row: Publication) -> list[Publication]:
    """The earlier publication of the same case that is still up: the one to be replaced."""
    rows = Publication.objects.filter(case_matter_id=row.case_matter_id, state=State.PUBLIC)
    return list(rows.exclude(matter_id=row.matter_id))


def _publication(publication_id: UUID) -> Publication:
    found = Publication.objects.select_related("matter").filter(matter_id=publication_id).first()
    if found is None:
        raise NotFound("没有找到这一公示事项。", code="no-such-publication")
    return found


def _step(
    publication_id: UUID,
    step: str,
    facts: Facts,
    by: UUID,
    on: date,
    act_id: UUID | None,
    seen: int | None,
    reason: str,
    state: Publication.State | None = None,
) -> Taken:
    with perform(
        publication_id, step, by=by, on=on, facts=facts, act_id=act_id, seen=seen, reason=reason
    ) as act:
        if state is not None:
            Publication.objects.filter(matter_id=publication_id).update(state=state)
    assert act.taken is not None
    return act.taken


def _refuse_leftovers(
    row: Publication, made: law.NoticeDrafted, kept: Sequence[law.Kept], on: date
) -> None:
    allowed = {k.words for k in kept if k.reason.strip()}
    source = drafting.source(row.case_matter_id, on)
    if any(getattr(made, name) != value for name, value in drafting.known(source).items()):
        raise AgainstLaw(
            "不能发布：拟定公示内容以后，处罚决定已经变更。",
            cites=RULE,
            remedy="请退回，按现行有效的处罚重新拟定。",
            remedy_step="draft.return",
            code="decision-changed",
        )
    left = drafting.left_in(made, source)
    words = tuple(dict.fromkeys(x.words for x in left if x.words not in allowed))
    if words:
        raise AgainstLaw(
            f"不能发布：公示内容中仍有“{'”“'.join(words)}”。",
            cites=RULE,
            remedy="请退回修改，或者逐项写明保留的理由。",
            remedy_step="draft.return",
            code="leftovers",
        )
