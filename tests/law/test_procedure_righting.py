"""After service: remedies, what undoes or changes a decision, money back, and wrong entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    ENDORSED,
    RETURNED,
    Story,
    decided,
    performed,
    refuses,
    served,
)
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import aftermath, force, later
from zhifa.law.procedures.penalty.later import AnnulGround, ClosingReason, Forum, OutcomeKind
from zhifa.law.procedures.penalty.paying import surcharge_due
from zhifa.law.procedures.penalty.proposal import PenaltyItem

FINE, GAIN = 5_000_000, 8_600
ALL = {"fine_fen": FINE, "gain_fen": GAIN}
UP = later.Published(publication="p")
DOWN = later.PublicationWithdrawn(publication="p", ground="变更")


def fined(fen: int) -> PenaltyItem:
    return PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen)


def public(s: Story) -> Story:
    return s.take("publicity.publish", "公示审核员", UP)


def ended(s: Story, kind: OutcomeKind, **changed: object) -> Story:
    facts = say.outcome(s.on, kind)
    return s.take("outcome.record", "法制科长", replace(facts, **changed))  # type: ignore[arg-type]


def revoked(s: Story, *fine_fen: int) -> Story:
    """The agency's own letter, sealed and served."""
    s = s.approve("revocation", "承办人", say.revoking(*fine_fen))
    return s.seal_and_serve("change_decision" if fine_fen else "revocation_decision")


# --- reconsideration and court -------------------------------------------------------------------


def test_an_application_is_answered_in_ten_working_days_and_waits_for_its_outcome() -> None:
    s = served()
    refuses(decided(), "remedy.begin", "审核员", say.begun(s.on), "decision.served", "CF:61")
    s = s.take("remedy.begin", "审核员", say.begun(s.on))
    assert s.due("reconsideration.reply") == date(2026, 3, 30)
    assert not s.runs("reconsideration")
    refusal = refuses(s, "remedy.answer", "审核员", say.answered_remedy(s.on, Forum.COURT),
                      "remedy.reply.owed", "FY:48")  # fmt: skip
    assert refusal.field == "forum"
    ahead = say.answered_remedy(date(2026, 3, 17))
    refuses(s, "remedy.answer", "审核员", ahead, "remedy.reply.owed")
    s = s.take("remedy.answer", "审核员", say.answered_remedy(s.on))
    assert not s.owes("remedy.reply")
    assert s.owes("remedy.pending")
    s = ended(s, OutcomeKind.UPHELD)
    assert not s.owes("remedy.pending")
    assert s.due("litigation.after_reconsideration") == date(2026, 3, 31)
    assert not s.runs("litigation")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"applied_on": date(2026, 3, 15)}, "applied_on"),
        ({"received_on": date(2026, 3, 15)}, "received_on"),
        ({"received_on": date(2026, 3, 17)}, "received_on"),
    ],
)
def test_the_days_of_an_application_are_true(changed: dict[str, date], field: str) -> None:
    s = served()
    facts = say.begun(s.on, **changed)
    assert refuses(s, "remedy.begin", "审核员", facts, "remedy.days").field == field


def test_reconsideration_and_court_do_not_run_at_once() -> None:
    s = served().take("remedy.begin", "审核员", say.begun(date(2026, 3, 16)))
    refusal = refuses(
        s, "remedy.begin", "审核员", say.begun(s.on, Forum.COURT), "remedy.one", "FY:29"
    )
    assert refusal.then == "outcome.record"
    above = say.begun(s.on, Forum.SUPERIOR)
    refuses(served(), "remedy.begin", "审核员", above, "remedy.one")
    s = ended(s, OutcomeKind.UPHELD).take("remedy.begin", "审核员", say.begun(s.on, Forum.COURT))
    assert s.due("litigation.reply") == date(2026, 3, 31)
    assert not s.runs("litigation.after_reconsideration")


def test_no_surcharge_grows_while_the_party_seeks_a_remedy() -> None:
    """The fine of 50,000 is due on 31 March; ten days late, six of them under reconsideration."""
    s = served().at(date(2026, 4, 8))
    begun = say.begun(date(2026, 4, 3), received_on=s.on)
    s = s.take("remedy.begin", "审核员", begun)
    day = FINE * 3 // 100
    assert surcharge_due(s.standing, date(2026, 4, 10)) == 2 * day
    s = s.take("outcome.record", "法制科长", say.outcome(s.on, OutcomeKind.UPHELD))
    assert surcharge_due(s.standing, date(2026, 4, 10)) == 4 * day
    without = say.paying(date(2026, 4, 10), **ALL, surcharge_fen=10 * day)
    s = s.at(date(2026, 4, 10))
    refuses(s, "payment.record", "出纳", without, "payment.amount", "CF:73:3")
    paid = s.take("payment.record", "出纳", replace(without, surcharge_fen=4 * day))
    assert not paid.owes("fine.unpaid")


# --- what an outcome says ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        (OutcomeKind.REVOKED, {}, "kind"),
        (OutcomeKind.ANNULLED, {"ground": None}, "ground"),
        (OutcomeKind.CHANGED, {"items": ()}, "items"),
        (OutcomeKind.UPHELD, {"items": (fined(1),)}, "items"),
        (OutcomeKind.CHANGED, {"items": (fined(2), fined(1))}, "items"),
        (OutcomeKind.CHANGED, {"items": say.proposal().items}, "items"),
    ],
)
def test_an_outcome_says_what_it_does(
    kind: OutcomeKind, changed: dict[str, object], field: str
) -> None:
    s = served()
    facts = replace(say.outcome(s.on, kind), **changed)  # type: ignore[arg-type]
    assert refuses(s, "outcome.record", "法制科长", facts, "outcome.content").field == field


def test_who_seeks_a_remedy_is_not_made_worse_off_unless_a_third_person_asked() -> None:
    s = served()
    more = replace(say.outcome(s.on, OutcomeKind.CHANGED), items=(fined(6_000_000),))
    refuses(s, "outcome.record", "法制科长", more, "outcome.not-worse", "FY:63:2", "SS:77:2")
    s = performed().take("outcome.record", "法制科长", replace(more, third_party=True))
    assert s.owes("fine.unpaid")
    assert s.due("payment") == date(2026, 3, 31)
    owing = say.paying(s.on, fine_fen=1_000_000)
    assert not s.take("payment.record", "出纳", owing).owes("fine.unpaid")


def test_what_fell_does_not_fall_again() -> None:
    s = ended(served(), OutcomeKind.ANNULLED)
    again = say.outcome(s.on)
    refuses(s, "outcome.record", "法制科长", again, "decision.stands", "CF:75")


# --- changed amounts -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OutcomeKind.CHANGED, OutcomeKind.PARTLY])
def test_a_changed_fine_is_what_is_owed_from_then_on(kind: OutcomeKind) -> None:
    s = ended(served(), kind, items=(fined(3_000_000),))
    paying = say.paying(s.on, fine_fen=FINE)
    refusal = refuses(s, "payment.record", "出纳", paying, "payment.amount")
    assert "30000元" in refusal.message
    assert not s.owes("goods.untaken")
    s = s.take("payment.record", "出纳", say.paying(s.on, fine_fen=3_000_000))
    assert not s.owes("fine.unpaid")


def test_a_fine_changed_to_what_was_paid_is_settled() -> None:
    s = served().take("payment.record", "出纳", say.paying(date(2026, 3, 16), fine_fen=3_000_000))
    s = ended(s, OutcomeKind.CHANGED, items=(fined(3_000_000),))
    assert not s.owes("fine.unpaid")
    assert not s.owes("refund.due")
    assert not s.runs("payment")


def test_what_was_paid_too_much_is_given_back_to_the_fen() -> None:
    s = ended(performed(), OutcomeKind.CHANGED, items=(fined(3_000_000),))
    assert s.owes("refund.due")
    assert s.owes("goods.back")
    assert s.due("refund") == date(2026, 3, 30)
    refusal = refuses(s, "closing.propose", "承办人", say.closing(), "closing.ready")
    assert refusal.then == "refund.pay"
    less = say.refunding(2_000_000)
    refusal = refuses(s, "refund.propose", "出纳", less, "refund.sums", "FY:72:2", "GP:36::1")
    assert "20086元" in refusal.message
    refuses(s, "refund.pay", "出纳", say.refunded(1, s.on), "refund.approved", "CF:74:3")
    refuses(s, "refund.approve", "局长", APPROVED, "refund.pending")
    right = say.refunding(2_000_000, GAIN)
    waiting = s.take("refund.propose", "出纳", right)
    refuses(waiting, "refund.propose", "出纳", right, "refund.free")
    assert waiting.take("refund.return", "局长", RETURNED).owes("refund.due")
    s = waiting.take("refund.approve", "局长", APPROVED)
    assert [o.kind for o in s.standing.history[-1].outputs] == ["refund_notice"]
    refuses(s, "refund.propose", "出纳", right, "refund.unapproved", "CF:74:3")
    refuses(s, "refund.pay", "出纳", say.refunded(2_000_000, s.on), "refund.paid", "GP:36::7")
    late = say.refunded(2_008_600, date(2026, 3, 17))
    refuses(s, "refund.pay", "出纳", late, "refund.paid")
    s = s.take("refund.pay", "出纳", say.refunded(2_008_600, s.on))
    assert not s.owes("refund.due")
    assert s.runs("refund"), "the goods are still to come"
    assert force.overpaid(s.standing, force.items(s.standing), s.on).total == 0
    back = aftermath.GoodsReturned(
        mode=aftermath.ReturnMode.VALUE, taken_by="当事人", detail="已经销毁"
    )
    refuses(s, "goods.return", "保管员", back, "goods.back.value", "GP:36")
    s = s.take("goods.return", "保管员", replace(back, amount_fen=11_880))
    assert not s.owes("goods.back")
    assert not s.runs("refund")
    refuses(s, "goods.return", "保管员", back, "goods.back.owed")
    refuses(s, "refund.propose", "出纳", right, "refund.owed")


def test_an_annulled_decision_gives_everything_back_the_surcharge_too() -> None:
    late = date(2026, 4, 10)
    s = served().at(late)
    s = s.take("payment.record", "出纳", say.paying(late, **ALL, surcharge_fen=1_500_000))
    s = ended(s, OutcomeKind.ANNULLED)
    s = s.approve("refund", "出纳", say.refunding(FINE, GAIN, 1_500_000), endorsed=False)
    assert not s.take("refund.pay", "出纳", say.refunded(6_508_600, late)).owes("refund.due")


def test_a_changed_decision_comes_down_and_goes_up_as_it_now_reads() -> None:
    s = ended(public(served()), OutcomeKind.CHANGED, items=(fined(3_000_000),))
    assert s.owes("withdrawal.due")
    assert s.owes("publicity.due")
    refusal = refuses(s, "publicity.publish", "公示审核员", UP, "publicity.old-down", "CF:48:2")
    assert refusal.then == "publicity.withdraw"
    s = s.take("publicity.withdraw", "公示审核员", DOWN)
    s = public(s)
    assert not s.owes("publicity.due")
    assert not s.runs("publicity.penalty")


def test_what_was_not_public_yet_is_published_once_as_it_now_reads() -> None:
    s = ended(served(), OutcomeKind.CHANGED, items=(fined(3_000_000),))
    assert len(s.standing.open("publicity.due")) == 1
    assert not s.owes("withdrawal.due")


# --- of one's own motion -------------------------------------------------------------------------


def test_an_own_revocation_undoes_the_decision_when_it_is_served() -> None:
    s = public(served())
    s = s.approve("revocation", "承办人", say.revoking())
    assert not force.undone(s.standing)
    assert s.owes("fine.unpaid")
    assert s.runs("service")
    s = s.at(date(2026, 3, 18)).seal_and_serve("revocation_decision")
    assert force.undone(s.standing)
    assert not s.owes("fine.unpaid")
    assert s.owes("withdrawal.due")
    assert s.due("withdrawal") == date(2026, 3, 19)
    run = s.standing.term("reconsideration")
    assert run is not None
    assert run.start == date(2026, 3, 18), "the letter has remedies of its own"
    refuses(s, "revocation.propose", "承办人", say.revoking(), "decision.stands")


def test_an_own_change_only_lightens() -> None:
    s = served()
    bad = (
        replace(say.revoking(1), items=say.proposal().items),
        say.revoking(FINE + 1),
        say.revoking(1, 2),
        replace(say.revoking(1), items=()),
        replace(say.revoking(), items=(fined(1),)),
        replace(say.revoking(1), items=(PenaltyItem(kind=PenaltyKind.WARNING),)),
    )
    for facts in bad:
        refusal = refuses(
            s, "revocation.propose", "承办人", facts, "revocation.content", "CF:75:2", "CF:44"
        )
        assert refusal.field == "items"
    s = revoked(s, 3_000_000)
    assert force.fine(force.items(s.standing)) == 3_000_000


def test_an_own_revocation_passes_the_unit_s_head_before_the_agency_s() -> None:
    s = served()
    refuses(s, "revocation.endorse", "科长", ENDORSED, "revocation.pending")
    s = s.take("revocation.propose", "承办人", say.revoking())
    refuses(s, "revocation.propose", "承办人", say.revoking(), "revocation.free")
    refuses(s, "revocation.approve", "局长", APPROVED, "revocation.endorsed")
    s = s.take("revocation.endorse", "科长", ENDORSED)
    refuses(s, "revocation.endorse", "科长", ENDORSED, "revocation.unendorsed")
    assert s.take("revocation.return", "局长", RETURNED)


# --- slips of the pen ----------------------------------------------------------------------------


def test_a_slip_is_put_right_and_what_was_decided_stays() -> None:
    s = public(served())
    refuses(s, "rectification.approve", "局长", APPROVED, "rectification.pending")
    s = s.take("rectification.propose", "承办人", say.rectifying())
    refuses(s, "rectification.propose", "承办人", say.rectifying(), "rectification.free")
    s = s.take("rectification.approve", "局长", APPROVED)
    assert not s.owes("withdrawal.due")
    s = s.seal_and_serve("rectification_decision")
    assert force.corrected(s.standing, "示列路18号") == "示例路18号"
    assert force.fine(force.items(s.standing)) == FINE
    assert s.owes("publicity.due"), "the public reads it as it now stands"
    assert not s.owes("withdrawal.due")
    assert not public(s).owes("publicity.due")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (say.rectifying(clerical=False), "clerical"),
        (say.rectifying("同", "同"), "errata"),
        (say.rectifying("罚款50000元", "罚款30000元"), "errata"),
        (say.rectifying("罚款三万元", "罚款伍万元整"), "errata"),
    ],
)
def test_what_was_decided_is_no_slip_of_the_pen(
    facts: aftermath.RectificationProposed, field: str
) -> None:
    refusal = refuses(
        served(), "rectification.propose", "承办人", facts, "rectification.clerical", "CF:75:2"
    )
    assert refusal.field == field


# --- wrong entries -------------------------------------------------------------------------------


def test_a_struck_entry_is_kept_and_no_longer_read() -> None:
    s = served().take("payment.record", "出纳", say.paying(date(2026, 3, 16), **ALL))
    entry = s.standing.history[-1]
    assert not s.owes("fine.unpaid")
    s = s.take("entry.strike", "科长", say.striking(entry.seq))
    assert s.owes("fine.unpaid")
    assert s.runs("payment")
    assert s.due("payment") == date(2026, 3, 31)
    assert s.standing.struck == (entry,)
    assert not s.standing.has("payment.record")
    right = s.take("payment.record", "出纳", say.paying(s.on, fine_fen=FINE))
    assert right.owes("fine.unpaid"), "the gain is still to come"


def test_only_a_mere_record_of_another_s_is_struck_out_and_once() -> None:
    s = served()
    decision = s.standing.last("decision.approve")
    assert decision is not None
    refuses(decided(), "entry.strike", "科长", say.striking(1), "entry.any", "CF:47")
    deferred = later.DeferralGranted(days=30, reason="困难")
    s = s.take("payment.defer", "局长", deferred)
    entry = s.standing.history[-1]
    for seq, who in ((decision.seq, "科长"), (999, "科长"), (entry.seq, "局长")):
        refuses(s, "entry.strike", who, say.striking(seq), "entry.strikeable", "CF:75:2")
    s = s.take("entry.strike", "科长", say.striking(entry.seq))
    assert s.due("payment") == date(2026, 3, 31)
    refuses(s, "entry.strike", "科长", say.striking(entry.seq), "entry.any")
    assert s.take("payment.defer", "局长", deferred).due("payment") == date(2026, 4, 30)


def test_an_entry_on_which_something_was_built_stays() -> None:
    s = ended(performed(), OutcomeKind.CHANGED, items=(fined(3_000_000),))
    paid = s.standing.last("payment.record")
    assert paid is not None
    s = s.take("refund.propose", "出纳", say.refunding(2_000_000, GAIN))
    refuses(s, "entry.strike", "科长", say.striking(paid.seq), "entry.strikeable")
    t = served().take("remedy.begin", "审核员", say.begun(date(2026, 3, 16)))
    begun = t.standing.history[-1]
    t = t.take("remedy.answer", "审核员", say.answered_remedy(t.on))
    refuses(t, "entry.strike", "科长", say.striking(begun.seq), "entry.strikeable")


def test_the_same_history_gives_the_same_standing_struck_entries_and_all() -> None:
    s = served().take("payment.record", "出纳", say.paying(date(2026, 3, 16), **ALL))
    raw = [*s.standing.history]
    s = s.take("entry.strike", "科长", say.striking(raw[-1].seq))
    raw.append(s.standing.history[-1])
    calendar = s.attempt("payment.record", "出纳").setting.calendar
    assert s.procedure.replay(raw, calendar) == s.standing


def test_a_case_that_was_annulled_for_its_procedure_closes_once_all_is_given_back() -> None:
    s = ended(performed(), OutcomeKind.ANNULLED, ground=AnnulGround.PROCEDURE)
    done = say.closing(ClosingReason.ANNULLED)
    refuses(s, "closing.propose", "承办人", done, "closing.ready", "CF:66")
    s = s.approve("refund", "出纳", say.refunding(FINE, GAIN), endorsed=False)
    s = s.seal_and_serve("refund_notice")
    s = s.take("refund.pay", "出纳", say.refunded(FINE + GAIN, s.on))
    back = aftermath.GoodsReturned(
        mode=aftermath.ReturnMode.GOODS, taken_by="当事人", detail="原物"
    )
    s = s.take("goods.return", "保管员", back)
    assert s.approve("closing", "承办人", done, endorsed=False).owes("archive.due")
