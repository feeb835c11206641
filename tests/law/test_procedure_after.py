"""After the decision: seal, service, publicity, payment, goods, report, outcome, closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    RETURNED,
    Story,
    decided,
    filed,
    passed,
    performed,
    proposed,
    refuses,
    registered,
    served,
    told,
)
from zhifa.law.procedures.parts.paper import Sealed, Served, ServiceMethod
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.later import ClosingReason, OutcomeKind
from zhifa.law.procedures.penalty.paying import surcharge_due
from zhifa.law.procedures.penalty.proposal import NoPenaltyGround

GOODS = later.GoodsTaken(keeper_note="已经入库", witnessed_by="监督人")
PUBLISHED = later.Published(publication="p")
REPORTED = later.RecordFiled(sent_on=date(2026, 3, 16), to="司法局")
ALL = {"fine_fen": 5_000_000, "gain_fen": 8_600}


def serve(s: Story, kind: str, **changed: Any) -> Served:
    return say.served(s.last_paper(kind), kind, **changed)


# --- seal and service ----------------------------------------------------------------------------


def test_only_an_issued_outward_paper_is_sealed_and_once() -> None:
    refuses(
        registered(), "document.seal", "印章员", Sealed(document=""), "document.to-seal", "CF:59:2"
    )
    s = decided()
    refuses(s, "document.seal", "印章员", Sealed(document="没有"), "document.known", "CF:59")
    inward = Sealed(document=s.last_paper("decision_approval"))
    refuses(s, "document.seal", "印章员", inward, "document.to-seal")
    sealed = s.seal("penalty_decision")
    twice = Sealed(document=s.last_paper("penalty_decision"))
    refuses(sealed, "document.seal", "印章员", twice, "document.to-seal")


def test_only_a_sealed_paper_is_served_as_what_it_is_and_once() -> None:
    refuses(
        registered(),
        "document.serve",
        "承办人",
        say.served("", "prior_notice"),
        "document.to-serve",
    )
    s = decided()
    unknown = say.served("没有", "penalty_decision")
    refuses(s, "document.serve", "承办人", unknown, "document.known")
    bare = serve(s, "penalty_decision")
    refusal = refuses(s, "document.serve", "承办人", bare, "document.sealed", "CF:59:2")
    assert refusal.then == "document.seal"
    s = s.seal("penalty_decision")
    posing = say.served(s.last_paper("penalty_decision"), "prior_notice")
    refuses(s, "document.serve", "承办人", posing, "document.kind", "CF:61")
    done = s.serve("penalty_decision")
    refuses(done, "document.serve", "承办人", bare, "document.to-serve", "CF:61")


def test_a_refusal_to_accept_leads_to_leaving_before_a_witness() -> None:
    s = decided().seal("penalty_decision")
    refused = serve(s, "penalty_decision", refused=True)
    refuses(s, "document.serve", "承办人", refused, "service.leaving", "MS:89")
    left = {"method": ServiceMethod.LEAVING, "refused": True}
    alone = serve(s, "penalty_decision", **left)
    refuses(s, "document.serve", "承办人", alone, "service.leaving")
    assert s.serve("penalty_decision", **left, witness="居委会干部")
    assert s.serve("penalty_decision", **left, note="以录像记录送达经过")


def test_electronic_service_needs_the_partys_signed_consent() -> None:
    s = decided().seal("penalty_decision")
    mail = serve(s, "penalty_decision", method=ServiceMethod.ELECTRONIC)
    refuses(s, "document.serve", "承办人", mail, "service.electronic", "CF:61:2")
    agreed = filed().take("party.confirm", "承办人", say.confirmed(electronic_service=True))
    agreed = agreed.take("correction.order", "承办人", say.correction(agreed.on))
    agreed = agreed.seal("correction_order")
    assert agreed.serve("correction_order", method=ServiceMethod.ELECTRONIC)
    withdrawn = agreed.take("party.confirm", "承办人", say.confirmed())
    mail = serve(withdrawn, "correction_order", method=ServiceMethod.ELECTRONIC)
    refuses(withdrawn, "document.serve", "承办人", mail, "service.electronic")


def test_a_public_announcement_comes_last_and_serves_after_thirty_days() -> None:
    s = decided().seal("penalty_decision")
    way = {"method": ServiceMethod.ANNOUNCEMENT}
    untried = serve(s, "penalty_decision", **way, announced_on=s.on)
    refuses(s, "document.serve", "承办人", untried, "service.announcement", "MS:95")
    tried = way | {"announced_after": "直接、邮寄均无法送达"}
    refuses(
        s, "document.serve", "承办人", serve(s, "penalty_decision", **tried), "service.announcement"
    )
    early = serve(s, "penalty_decision", **tried, announced_on=date(2026, 3, 16))
    late = s.at(date(2026, 4, 15))
    refuses(late, "document.serve", "承办人", early, "service.announcement")
    done = s.at(date(2026, 4, 20)).serve(
        "penalty_decision", **tried, announced_on=date(2026, 3, 16)
    )
    run = done.standing.term("payment")
    assert run is not None
    assert run.start == date(2026, 4, 15)
    assert run.due.raw_due == date(2026, 4, 30)


# --- publicity -----------------------------------------------------------------------------------


def test_only_a_sealed_decision_is_published_and_once() -> None:
    refuses(told(), "publicity.publish", "公示审核员", PUBLISHED, "decision.made", "CF:57")
    s = decided()
    refuses(s, "publicity.publish", "公示审核员", PUBLISHED, "decision.sealed", "CF:59:2")
    s = s.seal("penalty_decision").take("publicity.publish", "公示审核员", PUBLISHED)
    assert not s.owes("publicity.due")
    assert not s.runs("publicity.penalty")
    refuses(s, "publicity.publish", "公示审核员", PUBLISHED, "publicity.owed", "CF:48")
    declined = later.PublicationDeclined(publication="p", ground="没有社会影响")
    refuses(s, "publicity.decline", "公示审核员", declined, "publicity.owed")


def test_what_was_annulled_is_taken_down_and_never_put_up() -> None:
    down = later.PublicationWithdrawn(publication="p", ground="已被撤销")
    s = decided().seal("penalty_decision")
    refuses(s, "publicity.withdraw", "公示审核员", down, "publicity.up", "CF:48:2")
    annulled = s.take("outcome.record", "法制科长", say.outcome(s.on))
    refuses(annulled, "publicity.publish", "公示审核员", PUBLISHED, "decision.stands", "CF:75")
    assert not annulled.owes("withdrawal.due")
    assert not annulled.owes("publicity.due"), "nothing is to be published any more"
    assert not annulled.runs("publicity.penalty")
    up = s.take("publicity.publish", "公示审核员", PUBLISHED)
    up = up.take("outcome.record", "法制科长", say.outcome(up.on))
    assert up.owes("withdrawal.due")
    gone = up.take("publicity.withdraw", "公示审核员", down)
    assert not gone.owes("withdrawal.due")
    refuses(gone, "publicity.withdraw", "公示审核员", down, "publicity.up")


@pytest.mark.parametrize("kind", [k for k in OutcomeKind if k is not OutcomeKind.REVOKED])
def test_each_outcome_takes_down_what_it_undoes(kind: OutcomeKind) -> None:
    s = decided().seal("penalty_decision").take("publicity.publish", "公示审核员", PUBLISHED)
    s = s.take("outcome.record", "法制科长", say.outcome(s.on, kind))
    stands = kind in (OutcomeKind.UPHELD, OutcomeKind.MEDIATED, OutcomeKind.ENDED)
    assert s.owes("withdrawal.due") is not stands
    undone = kind in (
        OutcomeKind.ANNULLED, OutcomeKind.ANNULLED_REDO, OutcomeKind.VOID
    )  # fmt: skip
    assert s.owes("fine.unpaid") is not undone


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"served_on": date(2026, 3, 15)}, "served_on"),
        ({"served_on": date(2026, 3, 17)}, "served_on"),
        ({"effective_on": date(2026, 3, 15)}, "effective_on"),
        ({"effective_on": date(2026, 3, 17)}, "effective_on"),
        ({"kind": OutcomeKind.ANNULLED_REDO}, "redo_days"),
        ({"redo_days": 30}, "redo_days"),
    ],
)
def test_date_service_and_effect_of_an_outcome_are_three_true_days(
    changed: dict[str, object], field: str
) -> None:
    s = decided()
    facts = replace(say.outcome(s.on), **changed)  # type: ignore[arg-type]
    assert refuses(s, "outcome.record", "法制科长", facts, "outcome.days", "CF:48:2").field == field


# --- money and goods -----------------------------------------------------------------------------


def test_nothing_is_paid_before_the_decision_is_served() -> None:
    s = decided()
    paying = say.paying(s.on, **ALL)
    refusal = refuses(s, "payment.record", "出纳", paying, "decision.served", "CF:61")
    assert refusal.then == "document.serve"
    refuses(s, "confiscation.record", "保管员", GOODS, "decision.served")
    refuses(told(), "payment.record", "出纳", paying, "decision.made")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"fine_fen": 5_000_001},
        {"gain_fen": 8_601},
        {"fine_fen": 5_008_600},
        {"surcharge_fen": 1},
        {**ALL, "surcharge_fen": 100},
        {**ALL, "paid_on": date(2026, 3, 17)},
    ],
)
def test_each_sum_is_paid_on_its_own_and_no_more_than_is_owed(changed: dict[str, object]) -> None:
    s = served()
    facts = say.paying(**{"paid_on": s.on} | changed)  # type: ignore[arg-type]
    refuses(s, "payment.record", "出纳", facts, "payment.amount", "CF:67", "CF:72")


def test_a_part_may_be_paid_and_the_rest_stays_owed() -> None:
    s = served().take("payment.record", "出纳", say.paying(date(2026, 3, 16), fine_fen=2_000_000))
    assert s.owes("fine.unpaid")
    assert s.runs("payment")
    s = s.take("payment.record", "出纳", say.paying(s.on, fine_fen=3_000_000, gain_fen=8_600))
    assert not s.owes("fine.unpaid")
    assert not s.runs("payment")
    refuses(s, "payment.record", "出纳", say.paying(s.on, fine_fen=1), "payment.owed", "CF:67")


def test_a_late_fine_is_paid_with_three_percent_a_day() -> None:
    s = served()
    assert s.due("payment") == date(2026, 3, 31)
    late = date(2026, 4, 10)
    assert surcharge_due(s.standing, late) == 5_000_000 * 3 // 100 * 10
    s = s.at(late)
    refuses(s, "payment.record", "出纳", say.paying(late, **ALL), "payment.amount", "CF:72")
    paid = s.take("payment.record", "出纳", say.paying(late, **ALL, surcharge_fen=1_500_000))
    assert not paid.owes("fine.unpaid")
    in_time = say.paying(date(2026, 3, 31), **ALL)
    assert s.refused("payment.record", "出纳", in_time) is None


def test_what_was_paid_late_in_part_bears_its_own_days_and_all_of_it_never_exceeds_the_fine() -> (
    None
):
    s = served().at(date(2026, 4, 10))
    s = s.take("payment.record", "出纳", say.paying(s.on, fine_fen=2_500_000, gain_fen=8_600))
    ten_whole, ten_half = 5_000_000 * 3 // 100 * 10, 2_500_000 * 3 // 100 * 10
    assert surcharge_due(s.standing, date(2026, 4, 20)) == ten_whole + ten_half
    assert surcharge_due(s.standing, date(2027, 4, 20)) <= 5_000_000


def test_payment_is_put_off_once_by_the_head_and_by_days() -> None:
    s = served()
    none = later.DeferralGranted(days=0, reason="经济困难")
    refuses(s, "payment.defer", "局长", none, "payment.deferral", "CF:66:2")
    granted = later.DeferralGranted(days=30, reason="经济困难")
    s = s.take("payment.defer", "局长", granted)
    assert s.due("payment") == date(2026, 4, 30)
    refuses(s, "payment.defer", "局长", granted, "payment.deferral")


def test_goods_are_taken_over_once() -> None:
    s = served().take("confiscation.record", "保管员", GOODS)
    refuses(s, "confiscation.record", "保管员", GOODS, "goods.owed", "CF:74")


def test_a_major_penalty_is_reported_once_on_a_true_day() -> None:
    s = decided()
    assert s.owes("record_filing.due")
    for day in (date(2026, 3, 15), date(2026, 3, 17)):
        facts = later.RecordFiled(sent_on=day, to="司法局")
        refuses(s, "record_filing.send", "承办人", facts, "record_filing.day", "SCBA:4")
    s = s.take("record_filing.send", "承办人", REPORTED)
    refuses(s, "record_filing.send", "承办人", REPORTED, "record_filing.owed", "SCBA:2")


# --- closing and archive -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["correction_order", "penalty_decision", "payment_notice"])
def test_no_closing_while_a_paper_is_unsealed_or_unserved(kind: str) -> None:
    s = decided()
    for other in ("correction_order", "penalty_decision", "payment_notice"):
        if other != kind:
            s = s.seal_and_serve(other)
    refusal = refuses(s, "closing.propose", "承办人", say.closing(), "papers.served", "CF:61")
    assert refusal.then == "document.seal"
    refusal = refuses(s.seal(kind), "closing.propose", "承办人", say.closing(), "papers.served")
    assert refusal.then == "document.serve"


@pytest.mark.parametrize(
    "left_out", ["correction.recheck", "payment.record", "confiscation.record"]
)
def test_no_closing_while_something_is_owed(left_out: str) -> None:
    s = served()
    rest = {
        "correction.recheck": ("承办人", say.rechecked()),
        "payment.record": ("出纳", say.paying(s.on, **ALL)),
        "confiscation.record": ("保管员", GOODS),
    }
    for step, (who, facts) in rest.items():
        if step != left_out:
            s = s.take(step, who, facts)
    refusal = refuses(s, "closing.propose", "承办人", say.closing(), "closing.ready", "CF:66")
    assert refusal.then == left_out
    s = s.take(left_out, *rest[left_out])
    assert s.refused("closing.propose", "承办人", say.closing()) is None


def test_no_closing_while_what_is_preserved_or_published_waits() -> None:
    kept = filed().approve("preservation", "承办人", say.preserving(), endorsed=False)
    paper = kept.seal_and_serve("preservation_notice")
    s = performed()
    open_one = next(o for o in paper.standing.obligations if o.kind.code == "preservation.open")
    held = replace(s.standing, obligations=(*s.standing.obligations, open_one))
    refusal = refuses(
        replace(s, standing=held), "closing.propose", "承办人", say.closing(), "closing.ready"
    )
    assert refusal.then == "preservation.dispose"
    up = s.take("publicity.publish", "公示审核员", PUBLISHED)
    up = up.take("outcome.record", "法制科长", say.outcome(up.on, OutcomeKind.CHANGED))
    refusal = refuses(up, "closing.propose", "承办人", say.closing(), "closing.ready")
    assert refusal.then == "publicity.withdraw"


def test_no_closing_over_an_approval_that_nobody_answered() -> None:
    s = filed().take("extension.propose", "承办人", say.extending(30))
    waiting = s.standing.history[-1]
    s = performed()
    s = replace(s, standing=replace(s.standing, history=(waiting, *s.standing.history)))
    refusal = refuses(
        s, "closing.propose", "承办人", say.closing(), "closing.nothing-pending", "SJ:77"
    )
    assert refusal.then == "extension.return"


@pytest.mark.parametrize("reason", [r for r in ClosingReason if r not in (
    ClosingReason.PERFORMED, ClosingReason.ENFORCED, ClosingReason.TERMINATED)])  # fmt: skip
def test_a_case_closes_for_the_reason_that_is_true(reason: ClosingReason) -> None:
    refuses(
        performed(), "closing.propose", "承办人", say.closing(reason), "closing.reason", "SJ:77"
    )


def test_an_annulled_case_closes_unpaid_and_only_as_annulled() -> None:
    s = served().take("correction.recheck", "承办人", say.rechecked())
    s = s.take("outcome.record", "法制科长", say.outcome(s.on))
    refuses(s, "closing.propose", "承办人", say.closing(), "closing.reason")
    done = say.closing(ClosingReason.ANNULLED)
    assert s.approve("closing", "承办人", done, endorsed=False).owes("archive.due")


def test_a_case_without_a_penalty_closes_as_such() -> None:
    made = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    s = passed(proposed(made), later.ReviewKind.EXAMINATION)
    s = s.approve("decision", "承办人", say.deciding(s.proposal))
    s = s.seal_and_serve("no_penalty_decision").seal_and_serve("correction_order")
    s = s.take("correction.recheck", "承办人", say.rechecked())
    refuses(s, "closing.propose", "承办人", say.closing(), "closing.reason")
    assert s.refused("closing.propose", "承办人", say.closing(ClosingReason.NO_PENALTY)) is None
    assert not s.owes("publicity.due")
    assert not s.owes("fine.unpaid")


def test_a_closing_is_approved_by_the_head_while_nothing_new_is_open() -> None:
    s = performed()
    refuses(s, "closing.approve", "局长", APPROVED, "closing.pending", "SJ:77")
    s = s.take("closing.propose", "承办人", say.closing())
    refuses(s, "closing.propose", "承办人", say.closing(), "closing.free")
    refuses(
        s.take("closing.return", "局长", RETURNED), "closing.approve", "局长", APPROVED,
        "closing.pending",
    )  # fmt: skip
    closed = s.take("closing.approve", "局长", APPROVED)
    refuses(closed, "correction.recheck", "承办人", say.rechecked(), "case.open", "CF:57")
    change = f.HandlersChanged(handlers=("承办人", "外勤"), reason="调整")
    refuses(closed, "handlers.change", "科长", change, "case.open")


def test_the_archive_takes_a_closed_case_once() -> None:
    archived = later.Archived(file_no="1", retention=later.Retention.TEN, checked="齐全")
    refuses(performed(), "archive.file", "档案员", archived, "archive.owed", "DA:14")
    s = performed().approve("closing", "承办人", say.closing(), endorsed=False)
    s = s.take("archive.file", "档案员", archived)
    refuses(s, "archive.file", "档案员", archived, "archive.owed")
