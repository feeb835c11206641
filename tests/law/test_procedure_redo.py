"""Doing it again after an annulment: what is taken over, and what may not be repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import DAY, Story, refuses, served
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import aftermath
from zhifa.law.procedures.penalty.facts import ClueSource
from zhifa.law.procedures.penalty.later import AnnulGround, Forum, OutcomeKind
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    NoPenaltyGround,
    PenaltyProposed,
)

OLD = say.proposal()
OPENED = aftermath.RedoOpened(matter="新案", reason="复议机关责令重新作出")


def fell(kind: OutcomeKind = OutcomeKind.ANNULLED_REDO) -> Story:
    s = served()
    return s.take("outcome.record", "法制科长", say.outcome(s.on, kind))


def redo(before: PenaltyProposed = OLD, **changed: object) -> Story:
    """A redo, investigated as far as a proposal needs, with the old evidence and a new piece."""
    s = Story().take("clue.register", "外勤", say.clue(DAY, source=ClueSource.REDO))
    s = s.take("redo.inherit", "外勤", say.inherited(before, **changed))
    s = s.take("clue.verify", "承办人", say.verified())
    s = s.approve("filing", "承办人", say.filing(DAY))
    s = s.take("evidence.inherit", "承办人", say.inheriting(s.standing))
    for step, facts in (
        ("inspection.record", say.inspection(DAY)),
        ("party.confirm", say.confirmed()),
        ("evidence.add", say.evidence(DAY)),
        ("law.settle", say.settled(DAY)),
        ("gain.find", say.gain()),
        ("correction.order", say.correction(DAY)),
    ):
        s = s.take(step, "承办人", facts)
    return s


def on_old_evidence(p: PenaltyProposed = OLD, **changed: object) -> PenaltyProposed:
    rest = tuple(replace(c, evidence=("原证1",) if c.evidence else ()) for c in p.circumstances)
    findings = tuple(replace(x, evidence=("原证1",)) for x in p.findings)
    return replace(p, findings=findings, circumstances=rest, **changed)  # type: ignore[arg-type]


def test_a_redo_is_due_within_the_days_that_the_instrument_sets() -> None:
    s = fell()
    assert s.owes("redo.due")
    assert s.due("redo") == date(2026, 4, 15)
    run = s.standing.term("redo")
    assert run is not None
    assert (run.due.raw_due, run.due.length) == (date(2026, 4, 15), 30)
    refuses(s, "redo.finish", "局长", aftermath.RedoDone(matter="新案"), "redo.begun", "FY:64:1")
    s = s.take("redo.open", "外勤", OPENED)
    assert s.owes("redo.due"), "opening is not yet acting"
    refuses(s, "redo.open", "外勤", OPENED, "redo.once", "CF:29")
    s = s.take("redo.finish", "局长", aftermath.RedoDone(matter="新案"))
    assert not s.owes("redo.due")
    assert not s.runs("redo")


def test_only_what_fell_is_done_again() -> None:
    refuses(served(), "redo.open", "外勤", OPENED, "redo.undone", "FY:64:1", "SS:70")
    refuses(fell(OutcomeKind.CHANGED), "redo.open", "外勤", OPENED, "redo.undone")
    assert not fell(OutcomeKind.ANNULLED).owes("redo.due")
    assert fell(OutcomeKind.ANNULLED).take("redo.open", "外勤", OPENED)


def test_what_a_redo_is_bound_by_is_fixed_once() -> None:
    plain = Story().take("clue.register", "外勤", say.clue(DAY))
    refuses(plain, "redo.inherit", "外勤", say.inherited(OLD), "redo.fresh", "FY:64:2")
    refuses(redo(), "redo.inherit", "外勤", say.inherited(OLD), "redo.fresh")
    bare = Story().take("clue.register", "外勤", say.clue(DAY, source=ClueSource.REDO))
    refuses(bare, "clue.verify", "承办人", say.verified(), "redo.told", "FY:64:2", "SS:71")


def test_the_days_of_the_redo_run_in_the_new_case_and_the_old_discovery_counts() -> None:
    s = redo()
    assert s.due("redo") == date(2026, 4, 1)
    late = replace(say.filing(DAY), acted_until=date(2023, 1, 1))
    t = Story().take("clue.register", "外勤", say.clue(DAY, source=ClueSource.REDO))
    t = t.take("redo.inherit", "外勤", say.inherited(OLD)).take(
        "clue.verify", "承办人", say.verified()
    )
    assert t.refused("filing.propose", "承办人", late) is None
    plain = Story().take("clue.register", "外勤", say.clue(DAY))
    plain = plain.take("clue.verify", "承办人", say.verified())
    refuses(plain, "filing.propose", "承办人", late, "filing.limitation", "CF:36")


def test_old_evidence_is_taken_over_piece_by_piece_and_as_it_was_entered() -> None:
    s = redo()
    assert s.standing.history[-7].facts.evidence == "原证1"
    again = aftermath.EvidenceInherited(co_officer="协办人", original="证1", examined="合法")
    refuses(s, "evidence.inherit", "承办人", again, "redo.evidence", "CF:46", "FY:64:2")
    two = say.inherited(OLD).evidence
    s = redo(evidence=(*two, replace(two[0], evidence="证2")))
    bare = replace(again, original="证2")
    refuses(s, "evidence.inherit", "承办人", bare, "redo.evidence.true", "CF:46:3")
    forged = say.inheriting(s.standing, "证2", proves="另一事实")
    refuses(s, "evidence.inherit", "承办人", forged, "redo.evidence.true")
    assert s.take("evidence.inherit", "承办人", say.inheriting(s.standing, "证2"))


def test_on_the_same_facts_and_grounds_the_same_penalty_is_refused() -> None:
    s = redo()
    refusal = refuses(
        s, "investigation.end", "承办人", on_old_evidence(), "redo.different", "FY:64:2", "SS:71"
    )
    assert "复议决定书1号" in refusal.message
    assert refusal.remedy
    other_words = on_old_evidence()
    told = tuple(replace(x, found="换一种说法的同一事实") for x in other_words.findings)
    reworded = replace(other_words, findings=told)
    refuses(s, "investigation.end", "承办人", reworded, "redo.different")


def test_new_evidence_or_a_penalty_that_is_truly_different_is_free() -> None:
    s = redo()
    assert s.refused("investigation.end", "承办人", OLD) is None, "proved by evidence that is new"
    spared = on_old_evidence(
        say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True, circumstances=())
    )
    assert s.refused("investigation.end", "承办人", spared) is None
    fewer = tuple(i for i in OLD.items if i.kind is not PenaltyKind.CONFISCATE_GOODS)
    assert s.refused("investigation.end", "承办人", on_old_evidence(items=fewer)) is None


def test_an_amendment_may_not_slip_back_to_the_annulled_penalty() -> None:
    s = redo().take("investigation.end", "承办人", OLD)
    back = on_old_evidence(cause=ChangeCause.NEW_EVIDENCE)
    refuses(s, "proposal.amend", "承办人", back, "redo.different", "FY:64:2")


@pytest.mark.parametrize(
    "changed",
    [{"ground": AnnulGround.PROCEDURE}, {"forum": None}, {"forum": Forum.SUPERIOR}],
    ids=["only the procedure was wrong", "of one's own motion", "by the superior"],
)
def test_what_fell_otherwise_may_be_decided_as_before(changed: dict[str, object]) -> None:
    assert redo(**changed).refused("investigation.end", "承办人", on_old_evidence()) is None


@pytest.mark.parametrize(("before", "free"), [(5_500_000, False), (5_600_000, True)])
def test_a_fine_lower_by_up_to_a_tenth_is_basically_the_same(before: int, free: bool) -> None:
    items = tuple(
        replace(i, amount_fen=before) if i.kind is PenaltyKind.FINE else i for i in OLD.items
    )
    s = redo(replace(OLD, items=items))
    refusal = s.refused("investigation.end", "承办人", on_old_evidence())
    assert (refusal is None) is free, refusal
