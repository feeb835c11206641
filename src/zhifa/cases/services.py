"""What handlers and heads do with a case. Every step goes through `perform`; the papers that it
owes are built from the record, never typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from zhifa.cases import redo, similar
from zhifa.cases.handover import CHANGE, may_hand_over
from zhifa.cases.models import Case, Decision, Payment
from zhifa.cases.papers import BUILDERS, Context
from zhifa.cases.weighing import party_class
from zhifa.kernel import ids
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, Refused, WrongStep
from zhifa.law.facts import Facts
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, force
from zhifa.law.procedures.penalty.aftermath import RedoOpened
from zhifa.law.procedures.penalty.facts import (
    ClueRegistered,
    ClueSource,
    FilingOutcome,
    GainFound,
    HandlersChanged,
)
from zhifa.law.procedures.penalty.proposal import DecisionKind, PenaltyProposed, current
from zhifa.law.sources import CF, FY
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import (
    Act,
    Move,
    Repeated,
    Taken,
    hand_drafts,
    once,
    open_matter,
    perform,
)
from zhifa.records import selectors as papers
from zhifa.records import services as records
from zhifa.registry import selectors as registry
from zhifa.registry import services as registers


@once
def register_clue(
    *,
    agency: str,
    unit: str,
    by: UUID,
    on: date,
    facts: ClueRegistered,
    act_id: UUID | None = None,
    reason: str = "",
) -> Taken:
    """Register a clue (登记案源): a matter begins, and with it the days to verify it."""
    region = facts.region or registry.agency(agency, on).region_code
    if facts.source is ClueSource.REDO:
        raise BadInput(
            "重新处理的案件，请在被撤销的案件中另行立案。", field="source", cites=(FY(64, 2),)
        )
    if facts.region and facts.region not in [r.code for r in registry.regions()]:
        raise BadInput("发生地区划代码不在本市区划之内。", field="region")
    with open_matter(
        PENALTY_ORDINARY.code,
        agency=agency,
        region=region,
        unit=unit,
        title=f"案源：{facts.place}"[:200],
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        reason=reason,
    ) as act:
        issue_owed(act)
        Case.objects.create(
            matter=act.matter,
            agency_code=agency,
            region_code=region,
            clue_no=act.main.outputs[0].number,
            received_on=facts.received_on,
            party_id=facts.party or None,
            party_name=_party_name(facts.party, on),
        )
    return _taken(act)


@once
def take(
    *,
    matter_id: UUID,
    step: str,
    by: UUID,
    on: date,
    facts: Facts,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Take one of the steps that are the case's own. Those that other rooms perform (review,
    seal, service, evidence, publicity, archive) are not to be had here."""
    definition = PENALTY_ORDINARY.steps.get(step)
    if definition is None or definition.by or step in (PENALTY_ORDINARY.first, *redo.STEPS):
        raise NotFound("没有这一步，或者不在案件页面办理。", code="no-such-step")
    with perform(
        matter_id,
        step,
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        seen=seen,
        also=redo.finishes(matter_id) if step == "decision.approve" else (),
        reason=reason,
    ) as act:
        _check_party(facts, on)
        if isinstance(facts, PenaltyProposed):
            similar.check(facts, act.matter.agency_code)
        issue_owed(act)
        body = _BODIES.get(step)
        if body is not None:
            body(act)
    return _taken(act)


@once
def reopen(
    *,
    matter_id: UUID,
    facts: RedoOpened,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Handle an annulled case anew. The new case begins with a clue that comes from the old one,
    and knows from its first day what it may not repeat. Answers with the new matter."""
    case = Case.objects.select_related("matter").filter(matter_id=matter_id).first()
    if case is None:
        raise NotFound("没有找到这件案件。", code="no-such-case")
    act_id = act_id or ids.uuid7()
    standing = matters.standing(case.matter, on)
    clue = standing.latest(ClueRegistered)
    opened = ClueRegistered(
        source=ClueSource.REDO,
        received_on=on,
        place=clue.place if clue is not None else "",
        region=case.region_code,
        party=str(case.party_id or ""),
        summary=f"原案{case.case_no}的处罚决定已被撤销，另行登记重新处理。{facts.reason}"[:4000],
    )
    with transaction.atomic():
        with open_matter(
            PENALTY_ORDINARY.code,
            agency=case.agency_code,
            region=case.region_code,
            unit=case.matter.unit_code,
            title=f"重新处理：{case.cause}"[:200],
            by=by,
            on=on,
            facts=opened,
            act_id=act_id,
            also=lambda new: (
                Move(
                    matter_id, "redo.open", RedoOpened(matter=str(new), reason=facts.reason), seen
                ),
            ),
            reason=reason,
        ) as act:
            issue_owed(act)
            new = act.matter
            redo.link(old=matter_id, new=new.id)
            Case.objects.create(
                matter=new,
                agency_code=case.agency_code,
                region_code=case.region_code,
                clue_no=act.main.outputs[0].number,
                received_on=on,
                party_id=case.party_id,
                party_name=case.party_name,
            )
            told = redo.inherited(case, standing, on)
        with perform(
            new.id,
            "redo.inherit",
            by=by,
            on=on,
            facts=told,
            act_id=uuid5(act_id, "redo.inherit"),
            reason=reason,
        ):
            pass
    assert act.taken is not None
    return act.taken


def note_outcome(*, matter_id: UUID) -> None:
    """Write for lists what became of the decision, as the record has it."""
    matter = matters.matter(matter_id)
    fell = force.last_change(matters.standing(matter, matter.last_on))
    outcome = fell.kind.value if fell is not None else ""
    Case.objects.filter(matter_id=matter_id).update(outcome=outcome)
    if outcome:
        Decision.objects.filter(matter_id=matter_id).update(outcome=outcome)


def _check_party(facts: Facts, on: date) -> None:
    """Whoever is named as party is in the register, and counted as the register counts them."""
    party = getattr(facts, "party", "")
    if not party:
        return
    registry.party(UUID(party), on)
    if isinstance(facts, PenaltyProposed) and facts.party_class is not party_class(party, on):
        raise BadInput("当事人类别与登记的主体类型不符。", field="party_class")


def issue_owed(act: Act) -> None:
    """Issue every paper that the act owes on its case, built from what is on record."""
    case = Case.objects.filter(matter_id=act.matter.id).first()
    filing = getattr(act.main.effective, "cause", "") if case is None or not case.cause else ""
    context = Context(
        act,
        case_no=(case.case_no or "") if case is not None else "",
        cause=(case.cause if case is not None else "") or filing,
    )
    for kind in act.main.owed:
        if (builder := BUILDERS.get(kind)) is not None:
            records.issue(act, kind, builder(context))


def _taken(act: Act) -> Taken:
    assert act.taken is not None
    return act.taken


def _party_name(party: str, on: date) -> str:
    return registry.party(UUID(party), on).name if party else ""


# --- a leaver ----------------------------------------------------------------------------------


def hand_over(
    *,
    person_id: UUID,
    to_id: UUID,
    agency: str,
    matter_ids: Sequence[UUID],
    reason: str,
    by: UUID,
    on: date,
    act_id: UUID,
) -> dict[UUID, Refused | None]:
    """Put another handler in a leaver's place on each of the matters, and hand the drafts over.

    Each matter is an act of its own, a change of handlers with its reason; what one of them
    refuses is answered by its refusal, and does not hold up the others.
    """
    people = registry.actors([by, person_id], on)
    who, person = people.get(str(by)), people.get(str(person_id))
    if who is None or person is None or not may_hand_over(who, person, agency):
        raise NotPermitted(
            "移交由该人员所在承办机构的负责人办理。", cites=(CF(42),), code="not-their-head"
        )
    if not reason.strip():
        raise BadInput("应当写明移交理由。", field="reason")
    mine = {m.id: m for m in matters.handled_by(person_id, agency)}
    if not matter_ids or set(matter_ids) - set(mine):
        raise BadInput("请选择该人员正在承办的事项。", field="matters")
    told: dict[UUID, Refused | None] = {}
    for matter_id in dict.fromkeys(matter_ids):
        team = [*(h for h in mine[matter_id].handlers if h != str(person_id)), str(to_id)]
        facts = HandlersChanged(handlers=tuple(dict.fromkeys(team)), reason=reason.strip())
        one = uuid5(act_id, str(matter_id))
        try:
            with perform(matter_id, CHANGE, by=by, on=on, facts=facts, act_id=one) as act:
                issue_owed(act)
        except Refused as no:
            told[matter_id] = no
        except Repeated:
            told[matter_id] = None
        else:
            told[matter_id] = None
    handed = [id for id, no in told.items() if no is None]
    hand_drafts(from_id=person_id, to_id=to_id, matter_ids=handed)
    return told


def leave(*, person_id: UUID, agency: str, why: str, by: UUID, on: date) -> int:
    """Let a person go: every duty at the agency ends today. Refused while they handle anything."""
    left = matters.handled_by(person_id, agency).count()
    if left:
        raise WrongStep(
            f"该人员还有{left}件承办事项没有移交，不能办理离岗。",
            cites=(CF(42),),
            remedy="请先由承办机构负责人移交",
            code="matters-left",
        )
    return registers.end_duties(person_id=person_id, agency=agency, why=why, on=on, by=by)


# --- what single steps write beside their event ------------------------------------------------


def _filed(act: Act) -> None:
    f = act.main.effective
    case = Case.objects.get(matter_id=act.matter.id)
    case.cause = f.cause
    if f.outcome is FilingOutcome.FILE:
        case.case_no = next(o.number for o in act.main.outputs if o.kind == "filing_approval")
        case.filed_on, case.power = act.on, f.power
        case.party_id, case.party_name = UUID(f.party), _party_name(f.party, act.on)
    else:
        case.closed_on = act.on
    case.save()
    act.retitle(f.cause)


def _decided(act: Act) -> None:
    p = current(act.standing)
    assert p is not None
    letter = next(
        (o for o in act.main.outputs if o.kind in ("penalty_decision", "no_penalty_decision")), None
    )
    gain = act.standing.latest(GainFound)
    Decision.objects.create(
        id=ids.uuid7(),
        matter=act.matter,
        kind=p.decision.value,
        number=letter.number if letter else "",
        document_id=UUID(letter.id) if letter else None,
        decided_on=act.on,
        power=p.power,
        party_id=UUID(p.party),
        kinds=[i.kind.value for i in p.items],
        fine_fen=p.fine_fen,
        confiscated_fen=p.confiscated_fen,
        goods_value_fen=gain.goods_value_fen if gain is not None else None,
        leniency=p.leniency.value if p.decision is DecisionKind.PENALTY else "",
        ground=p.ground.value if p.ground is not None else "",
    )
    Case.objects.filter(matter_id=act.matter.id).update(decided_on=act.on)


def _paid(act: Act) -> None:
    f = act.facts
    _, is_new = Payment.objects.get_or_create(
        receipt=f.receipt,
        bank=f.bank,
        defaults={
            "act_id": act.id,
            "matter": act.matter,
            "fine_fen": f.fine_fen,
            "gain_fen": f.gain_fen,
            "surcharge_fen": f.surcharge_fen,
            "paid_on": f.paid_on,
        },
    )
    if not is_new:
        raise BadInput("这张票据已经登记过，请核对票据号码。", field="receipt")


def _closed(act: Act) -> None:
    Case.objects.filter(matter_id=act.matter.id).update(closed_on=act.on)


def _judged(act: Act) -> None:
    Decision.objects.filter(matter_id=act.matter.id).update(outcome=act.facts.kind.value)


def _struck(act: Act) -> None:
    """A payment that was struck out is no row of the lists; its receipt may be entered anew."""
    entry = next(d for d in act.standing.history if str(d.seq) == act.facts.entry)
    Payment.objects.filter(act_id=UUID(entry.act_id)).delete()


def _rectified(act: Act) -> None:
    """What is put right really stands in the decision."""
    paper = act.standing.outputs("penalty_decision")[-1]
    for slip in act.facts.errata:
        if not papers.states(UUID(paper.id), slip.wrong):
            raise BadInput(f"处罚决定书中没有“{slip.wrong}”这一表述。", field="errata")


_BODIES: Mapping[str, Callable[[Act], Any]] = {
    "filing.approve": _filed,
    "decision.approve": _decided,
    "payment.record": _paid,
    "closing.approve": _closed,
    "outcome.record": _judged,
    "entry.strike": _struck,
    "rectification.propose": _rectified,
}
