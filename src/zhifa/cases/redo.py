"""A case handled anew after its decision fell: what belongs together, and what passes over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhifa.cases.models import Case
from zhifa.kernel.errors import WrongStep
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.aftermath import OldEvidence, RedoDone, RedoInherited
from zhifa.law.procedures.penalty.later import OutcomeRecorded
from zhifa.law.procedures.penalty.proposal import current
from zhifa.law.standing import Standing
from zhifa.procedure.models import MatterLink
from zhifa.procedure.services import Move, link_matters

STEPS = ("redo.open", "redo.finish", "redo.inherit")
"""The steps that are only taken together with those of the other case."""


def link(*, old: UUID, new: UUID) -> None:
    """The two belong together: who handles one may read the other."""
    link_matters(from_id=new, to_id=old, kind="redo_of")
    link_matters(from_id=old, to_id=new, kind="redone_by")


def redone_by(matter_id: UUID) -> UUID:
    """The case in which an annulled one is handled anew."""
    return MatterLink.objects.get(to_matter_id=matter_id, kind="redo_of").from_matter_id


def finishes(matter_id: UUID) -> tuple[Move, ...]:
    """The step of the annulled case that a decision in the new one takes along."""
    found = MatterLink.objects.filter(from_matter_id=matter_id, kind="redo_of").first()
    if found is None:
        return ()
    return (Move(found.to_matter_id, "redo.finish", RedoDone(matter=str(matter_id))),)


def inherited(case: Case, s: Standing, on: date) -> RedoInherited:
    """What the new case is bound by, read from the old one's record. Raises `WrongStep` where the
    decision stands."""
    fell, before = force.undoing(s), current(s)
    if fell is None or before is None:
        raise WrongStep("处罚决定没有被撤销。", remedy_step="outcome.record")
    said = fell.facts if isinstance(fell.facts, OutcomeRecorded) else None
    return RedoInherited(
        matter=str(case.matter_id),
        case_no=case.case_no or case.clue_no,
        decision_no=s.outputs("penalty_decision")[-1].number,
        outcome=fell.kind,
        forum=said.forum if said is not None else None,
        ground=said.ground if said is not None else None,
        instrument=fell.number,
        effective_on=fell.on,
        redo_days=said.redo_days if said is not None else 0,
        before=before,
        evidence=tuple(
            OldEvidence(
                evidence=d.facts.evidence,
                kind=d.facts.kind,
                title=d.facts.title,
                proves=d.facts.proves,
                collected_at=d.facts.collected_at,
                place=d.facts.place,
                sha256=d.facts.sha256,
            )
            for d in s.all("evidence.add")
        ),
    )
