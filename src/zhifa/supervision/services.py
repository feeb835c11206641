"""What the supervision body and a supervised agency do. No act here moves the case itself."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from zhifa.kernel import clock, ids
from zhifa.kernel.errors import BadInput, NotPermitted
from zhifa.law.cite import Cite
from zhifa.law.facts import Facts
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.supervision import (
    BODY,
    HOW,
    SUPERVISION,
    Answered,
    Declined,
    Delivered,
    Ended,
    Evaluated,
    Origin,
    Proposed,
    Result,
)
from zhifa.law.warnings import RULES
from zhifa.procedure.services import Taken, link_matters, once, open_matter, perform
from zhifa.records import services as records
from zhifa.registry import selectors as registry
from zhifa.registry.register import changing
from zhifa.supervision import papers, scope, selectors
from zhifa.supervision.events import CaseRead
from zhifa.supervision.models import Reading, SupervisionNotice

State = SupervisionNotice.State
SHORTEST_PURPOSE = 4


@transaction.atomic
def open_reading(*, case_id: UUID, purpose: str, by: UUID, on: date) -> Reading:
    """Open a case to read. The reading is recorded with its purpose before anything is shown."""
    actor = registry.actor(by, on)
    case = selectors.case(case_id, actor)
    held = scope.bodies(actor) or tuple(p.agency for p in actor.posts)
    said = purpose.replace("\0", "").strip()
    if len(said) < SHORTEST_PURPOSE:
        raise BadInput("请写明调阅的目的。", field="purpose")
    if len(said) > 200:
        raise BadInput("调阅的目的不能超过200个字。", field="purpose")
    made = Reading(
        id=ids.uuid7(),
        case_matter_id=case_id,
        case_no=selectors.case_number(case),
        body_code=held[0],
        agency_code=case.agency_code,
        person_id=by,
        person_name=actor.name,
        purpose=said,
        read_on=on,
        read_at=clock.now(),
    )
    register = f"reads/{on.isoformat()}"
    with changing(register, agency=case.agency_code, by=by, kind="reads") as change:
        event = CaseRead(case_id, made.id, made.body_code)
        change.append(event, on=on, private={"purpose": said})
        made.save(force_insert=True)
    return made


@once
def propose(
    *,
    case_id: UUID,
    origin: Origin,
    finding: str,
    demand: str,
    by: UUID,
    on: date,
    rule: str = "",
    act_id: UUID | None = None,
    reason: str = "",
) -> Taken:
    """Propose a notice to the agency of a case, because of a warning or of what else was found."""
    actor = registry.actor(by, on)
    case = selectors.case(case_id, actor)
    bodies = scope.bodies(actor)
    if not bodies:
        raise NotPermitted(
            "监督通知书由行政执法监督机关发出。", cites=BODY, code="not-a-supervision-body"
        )
    warned = RULES.get(rule)
    if rule and warned is None:
        raise BadInput("没有这一预警规则。", field="rule")
    cites: tuple[Cite, ...] = warned.cites if warned is not None else HOW
    number = selectors.case_number(case)
    facts = Proposed(
        case=str(case_id),
        agency=case.agency_code,
        rule=rule,
        bases=tuple(c.key for c in cites),
        origin=origin,
        finding=finding,
        demand=demand,
    )
    unit = next((p.unit for p in actor.posts if p.agency == bodies[0]), "")
    with open_matter(
        SUPERVISION.code,
        agency=bodies[0],
        region=registry.agency(bodies[0], on).region_code,
        unit=unit,
        title=f"监督通知：{number}"[:200],
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        reason=reason,
    ) as act:
        SupervisionNotice.objects.create(
            matter=act.matter,
            case_matter_id=case_id,
            body_code=bodies[0],
            agency_code=case.agency_code,
            region_code=act.matter.region_code,
            rule=rule,
            case_no=number,
            proposed_on=on,
        )
    assert act.taken is not None
    return act.taken


@once
def approve(
    *,
    notice_id: UUID,
    facts: Approved,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Approve the notice: it is issued, numbered, and waits for the seal."""
    with perform(
        notice_id, "approve", by=by, on=on, facts=facts, act_id=act_id, seen=seen, reason=reason
    ) as act:
        made = act.standing.latest(Proposed)
        assert made is not None
        row = SupervisionNotice.objects.get(matter_id=notice_id)
        proposer = next(d for d in act.standing.history if d.step == "propose")
        paper = papers.notice(act, made, case_no=row.case_no, supervisor=proposer.actor_name)
        issued = records.issue(act, "supervision_notice", paper)
        _note(notice_id, state=State.ISSUED, document_id=issued.id, number=issued.number)
    assert act.taken is not None
    return act.taken


@once
def decline(
    *,
    notice_id: UUID,
    facts: Declined,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Let no notice go out."""
    return _step(notice_id, "decline", facts, by, on, act_id, seen, reason, state=State.DECLINED)


@once
def deliver(
    *,
    notice_id: UUID,
    facts: Delivered,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Hand the sealed notice to the agency. From now on it reads it, and its days to answer run."""
    with perform(
        notice_id, "deliver", by=by, on=on, facts=facts, act_id=act_id, seen=seen, reason=reason
    ) as act:
        row = SupervisionNotice.objects.get(matter_id=notice_id)
        link_matters(from_id=notice_id, to_id=row.case_matter_id, kind="supervision_of")
        records.note_handed_over(act, "supervision_notice")
        _note(notice_id, state=State.DELIVERED, delivered_on=on)
    assert act.taken is not None
    return act.taken


@once
def answer(
    *,
    notice_id: UUID,
    facts: Answered,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """The supervised agency answers."""
    changed = {"state": State.ANSWERED, "answered_on": on}
    return _step(notice_id, "answer", facts, by, on, act_id, seen, reason, **changed)


@once
def evaluate(
    *,
    notice_id: UUID,
    facts: Evaluated,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Weigh the answer; what does not do is to be answered again, in a new term."""
    state = State.DELIVERED if facts.result is Result.AGAIN else State.EVALUATED
    return _step(notice_id, "evaluate", facts, by, on, act_id, seen, reason, state=state)


@once
def close(
    *,
    notice_id: UUID,
    facts: Ended,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Close the matter."""
    return _step(notice_id, "close", facts, by, on, act_id, seen, reason, state=State.CLOSED)


def _step(
    notice_id: UUID,
    step: str,
    facts: Facts,
    by: UUID,
    on: date,
    act_id: UUID | None,
    seen: int | None,
    reason: str,
    **changed: Any,
) -> Taken:
    with perform(
        notice_id, step, by=by, on=on, facts=facts, act_id=act_id, seen=seen, reason=reason
    ) as act:
        _note(notice_id, **changed)
    assert act.taken is not None
    return act.taken


def _note(notice_id: UUID, **changed: Any) -> None:
    SupervisionNotice.objects.filter(matter_id=notice_id).update(**changed)
