"""The whole path: terms on their days, papers owed by each step, obligations opened and settled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    DAY,
    decided,
    discussed,
    filed,
    investigated,
    noticed,
    passed,
    performed,
    proposed,
    refuses,
    registered,
    served,
    submit,
    told,
)
from zhifa.law import cite
from zhifa.law.check import load_all
from zhifa.law.procedures import ALL
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.proposal import ChangeCause, DecisionKind
from zhifa.law.term import SuspensionKind

# --- terms ---------------------------------------------------------------------------------------


def test_the_terms_of_a_case_run_from_their_own_days_to_the_days_of_the_law() -> None:
    s = registered()
    assert s.due("clue.verification") == date(2026, 3, 23)
    s = filed()
    assert not s.runs("clue.verification")
    assert s.due("decision") == date(2026, 5, 31)
    s = told()
    assert s.due("defence") == date(2026, 3, 9)
    assert s.due("hearing.request") == date(2026, 3, 9)
    s = decided()
    for term in ("decision", "defence", "hearing.request"):
        assert not s.runs(term)
    assert s.due("service") == date(2026, 3, 25)
    assert s.due("publicity.penalty") == date(2026, 3, 25)
    assert s.due("record_filing") == date(2026, 3, 31)
    s = served()
    assert not s.runs("service")
    assert s.due("payment") == date(2026, 3, 31)
    assert s.due("reconsideration") == date(2026, 5, 15)
    assert s.due("litigation") == date(2026, 9, 16)
    s = performed()
    assert not s.runs("payment")
    s = s.approve("closing", "承办人", say.closing(), endorsed=False)
    assert s.due("archiving") == date(2026, 4, 15)


def test_the_days_to_verify_are_lengthened_by_fifteen_working_days() -> None:
    s = registered().take("clue.extend", "局长", f.VerificationExtended(reason="需要检测"))
    assert s.due("clue.verification") == date(2026, 4, 14)


def test_preserved_evidence_is_disposed_of_within_seven_working_days() -> None:
    s = filed().at(date(2026, 6, 12))
    s = s.approve("preservation", "承办人", say.preserving(), endorsed=False)
    assert s.due("preservation") == date(2026, 6, 24)
    s = s.take("preservation.dispose", "承办人", say.disposing())
    assert not s.runs("preservation")
    assert not s.owes("preservation.open")


def test_testing_does_not_count_and_overlaps_count_once() -> None:
    s = filed().at(date(2026, 4, 30))
    spans = (
        say.suspended(date(2026, 3, 10), date(2026, 3, 19), SuspensionKind.APPRAISAL),
        say.suspended(date(2026, 3, 16), date(2026, 3, 25), SuspensionKind.HEARING),
    )
    s = s.take("clock.suspend", "科长", spans[0])
    assert s.due("decision") == date(2026, 6, 10)
    s = s.take("clock.suspend", "科长", spans[1])
    assert s.due("decision") == date(2026, 6, 16)


def test_an_extension_moves_the_last_day_when_it_is_approved() -> None:
    s = filed().approve("extension", "承办人", say.extending(30), endorsed=False)
    assert s.due("decision") == date(2026, 6, 30)


def test_a_recusal_is_decided_within_its_days_for_each_person() -> None:
    s = filed().take("recusal.request", "科长", say.recusal("承办人"))
    s = s.take("recusal.request", "科长", say.recusal("协办人"))
    assert len(s.standing.open("recusal.undecided")) == 2
    s = s.take("recusal.decide", "局长", say.recusal_decided("承办人", False))
    assert [o.key for o in s.standing.open("recusal.undecided")] == ["协办人"]
    first, second = (
        s.standing.term("recusal.decision", "承办人"),
        s.standing.term("recusal.decision", "协办人"),
    )
    assert first is not None
    assert second is not None
    assert not first.running
    assert second.running


def test_a_withdrawal_runs_from_the_day_of_effect_not_from_the_day_it_is_noted() -> None:
    s = decided().seal("penalty_decision")
    s = s.take("publicity.publish", "公示审核员", later.Published(publication="p"))
    s = s.at(date(2026, 10, 12)).take("outcome.record", "法制科长", say.outcome(date(2026, 9, 30)))
    run = s.standing.term("withdrawal")
    assert run is not None
    assert (run.start, run.due.due) == (date(2026, 9, 30), date(2026, 10, 8))
    statutory = run.due.layer("statutory")
    assert statutory is not None
    assert statutory.due == date(2026, 10, 10)
    assert run.over(s.on)


# --- papers --------------------------------------------------------------------------------------

PAPERS = {
    "clue.register": ("clue_registration",),
    "filing.approve": ("filing_approval",),
    "party.confirm": ("address_confirmation",),
    "inspection.record": ("site_record",),
    "interview.record": ("interview_record",),
    "preservation.approve": ("preservation_notice",),
    "preservation.dispose": ("preservation_disposal",),
    "correction.order": ("correction_order",),
    "investigation.end": ("evidence_list", "investigation_report"),
    "review.submit": ("review_submission",),
    "review.return": ("review_opinion",),
    "review.pass": ("review_opinion",),
    "notice.approve": ("prior_notice",),
    "defence.hear": ("defence_record",),
    "defence.review": ("defence_review",),
    "hearing.notify": ("hearing_notice",),
    "hearing.hold": ("hearing_record",),
    "discussion.hold": ("collective_discussion",),
    "document.serve": ("service_proof",),
    "rectification.approve": ("rectification_decision",),
    "refund.approve": ("refund_notice",),
    "closing.approve": ("closing_approval",),
    "archive.file": ("volume_cover", "volume_contents", "volume_note_sheet") * 2,
}


@pytest.mark.parametrize("step", [s for s in PENALTY_ORDINARY.steps if s != "decision.approve"])
def test_each_step_owes_just_its_papers(step: str) -> None:
    owes = PENALTY_ORDINARY.steps[step].owed(told().standing, None)
    assert sorted(owes) == sorted(PAPERS.get(step, ()))


def test_a_decision_owes_the_letter_of_its_kind() -> None:
    kinds = [o.kind for o in decided().standing.history[-1].outputs]
    assert kinds == ["decision_approval", "penalty_decision", "payment_notice"]
    moved = say.proposal(decision=DecisionKind.WITHDRAW, items=(), tier="", computed_fen=0)
    s = passed(proposed(moved), later.ReviewKind.LEGAL)
    s = s.approve("decision", "承办人", say.deciding(s.proposal))
    assert [o.kind for o in s.standing.history[-1].outputs] == ["decision_approval"]


# --- the path ------------------------------------------------------------------------------------


def test_a_case_is_filed_reviewed_told_heard_decided_served_paid_closed_and_archived() -> None:
    s = investigated().take("interview.record", "承办人", say.interview(DAY))
    s = s.take("investigation.end", "承办人", say.proposal())
    s = submit(s).take("review.return", "审核员", say.returning(s.proposal))
    changed = say.proposal(cause=ChangeCause.REVIEW, reasons="补充了货值的计算依据")
    s = noticed(passed(s.take("proposal.amend", "承办人", changed)))
    s = s.at(date(2026, 3, 4)).take("defence.hear", "承办人", say.defence())
    s = s.take("defence.review", "承办人", say.answered())
    s = s.take("hearing.waive", "承办人", say.waived())
    s = discussed(s.at(date(2026, 3, 10)))
    s = s.approve("decision", "承办人", say.deciding(s.proposal))
    s = s.take("record_filing.send", "承办人", later.RecordFiled(sent_on=s.on, to="司法局"))
    for kind in ("correction_order", "penalty_decision", "payment_notice"):
        s = s.seal_and_serve(kind)
    s = s.take("publicity.publish", "公示审核员", later.Published(publication="p"))
    s = s.take("correction.recheck", "承办人", say.rechecked())
    s = s.take("payment.record", "出纳", say.paying(s.on, fine_fen=5_000_000, gain_fen=8_600))
    goods = later.GoodsTaken(keeper_note="已经入库", witnessed_by="监督人")
    s = s.take("confiscation.record", "保管员", goods)
    s = s.approve("closing", "承办人", say.closing(), endorsed=False)
    archived = later.Archived(file_no="1", retention=later.Retention.TEN, checked="齐全")
    s = s.take("archive.file", "档案员", archived)
    assert s.standing.obligations == ()
    assert s.procedure.next(s.standing) == ()
    running = {t.code for t in s.standing.terms if t.running}
    assert running == {"reconsideration", "litigation"}


def test_the_law_replayed_from_its_history_stands_where_it_stood() -> None:
    s = performed()
    again = s.procedure.replay(
        s.standing.history, s.attempt("payment.record", "出纳").setting.calendar
    )
    assert again == s.standing


def test_every_guard_of_the_procedure_is_refused_somewhere_in_these_tests() -> None:
    written = "".join(p.read_text() for p in Path(__file__).parent.glob("test_procedure_*.py"))
    asked = {
        g.code for step in PENALTY_ORDINARY.steps.values() for g in (*step.needs, *step.checks)
    }
    never = {code for code in asked if f'"{code}"' not in written}
    assert never == {f"{code}.endorsed" for code in UNENDORSED}


UNENDORSED = ("preservation", "extension", "notice", "rectification", "refund", "closing")


def test_where_no_endorsement_is_owed_none_is_waited_for() -> None:
    for code in UNENDORSED:
        assert f"{code}.endorse" not in PENALTY_ORDINARY.steps
    refuses(filed(), "closing.propose", "承办人", say.closing(), "decision.made", "CF:57")


def test_all_that_decides_is_counted_by_the_check_of_the_law_room() -> None:
    load_all()
    known = {(r.kind, r.code) for r in cite.registered()}
    for procedure in ALL:
        assert ("procedure", procedure.code) in known
        for step in procedure.steps.values():
            assert ("step", f"{procedure.code}/{step.code}") in known
            for g in (*step.needs, *step.checks):
                assert ("guard", g.code) in known
            for opened in step.opens:
                assert ("obligation", opened.kind.code) in known
            for started in step.starts:
                assert ("term", started.term) in known
            for owes in step.owes:
                assert ("document", owes.kind) in known
