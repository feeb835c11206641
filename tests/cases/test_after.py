"""After the decision: payment, closing and archive at the desk."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.cases.desk import Desk, events, typed
from tests.cases.hostile import attacked
from zhifa.faces.demo import facts
from zhifa.faces.demo.script import Story
from zhifa.law.procedures.penalty import aftermath
from zhifa.law.procedures.penalty.later import (
    AnnulGround,
    Forum,
    OutcomeKind,
    OutcomeRecorded,
    PaymentRecorded,
)

AtDesk = Callable[[str], Desk]
STATION = "送达缴款通知书"


def test_hostile_input_after_the_decision_is_told_and_changes_nothing(
    at_desk: AtDesk, story: Story
) -> None:
    assert attacked(at_desk, story, most=4) > 8


@pytest.mark.long
def test_every_hostile_input_after_the_decision_is_told_and_changes_nothing(
    at_desk: AtDesk, story: Story
) -> None:
    assert attacked(at_desk, story, most=10_000) > 60


def test_the_payment_form_knows_what_is_owed_and_takes_no_more(
    at_desk: AtDesk, story: Story
) -> None:
    where = f"/desk/cases/{story.case_id}/steps/payment.record/"
    offered = at_desk("cashier").open(where)
    assert offered["f-fine_fen"] == ["50000.00"]
    assert offered["f-gain_fen"] == ["29.70"]
    before = events()
    more = PaymentRecorded(
        fine_fen=6_000_000, gain_fen=2_970, paid_on=story.on, receipt="示例1", bank="示例银行"
    )
    answer = at_desk("cashier").do(where, typed(more))
    assert answer.status_code == 422
    assert "超过尚欠的罚款" in answer.content.decode()
    assert events() == before


def test_a_case_with_open_ends_is_not_closed(at_desk: AtDesk, story: Story) -> None:
    page = at_desk("handler").get(f"/desk/cases/{story.case_id}/steps/closing.propose/")
    assert "罚款、没收款尚未缴清" in page
    assert "条件尚不具备" in page


def _at(story: Story, step: str) -> str:
    return f"/desk/cases/{story.case_id}/steps/{step}/"


def test_what_follows_service_is_done_at_the_desk_from_the_application_to_the_new_case(
    at_desk: AtDesk, story: Story
) -> None:
    """Paid, appealed against, annulled, given back, and handled anew with the old evidence."""
    all_of_it = PaymentRecorded(
        fine_fen=5_000_000, gain_fen=2_970, paid_on=story.on, receipt="示例1", bank="示例银行"
    )
    at_desk("cashier").done(_at(story, "payment.record"), typed(all_of_it))
    reviewer = at_desk("reviewer")
    begun = aftermath.RemedyBegun(
        forum=Forum.RECONSIDERATION,
        number="示例复1号",
        body="雅安市雨城区人民政府",
        applied_on=story.on,
        received_on=story.on,
        claim="请求撤销。",
    )
    assert reviewer.open(_at(story, "remedy.begin"))["f-body"] == ["雅安市雨城区人民政府"]
    page = reviewer.done(_at(story, "remedy.begin"), typed(begun))
    assert "提出复议、诉讼答复" in page
    fell = OutcomeRecorded(
        kind=OutcomeKind.ANNULLED_REDO,
        ground=AnnulGround.FACTS,
        instrument="示例复决1号",
        body="雅安市雨城区人民政府",
        dated_on=story.on,
        served_on=story.on,
        effective_on=story.on,
        redo_days=30,
    )
    page = reviewer.done(_at(story, "outcome.record"), typed(fell))
    assert "撤销并责令重新作出（主要事实不清、证据不足），责令30日内重新作出" in page
    assert "责令重新作出的行政行为尚未作出" in page

    offered = at_desk("cashier").open(_at(story, "refund.propose"))
    made = {"f-payee": ["示例食品店"], "f-account": ["示例银行"]}
    at_desk("cashier").done(_at(story, "refund.propose"), made)
    assert "f-fine_fen" not in offered, "what is given back is computed, not typed"
    page = at_desk("head").done(_at(story, "refund.approve"), {"f-opinion": ["同意。"]})
    assert "退还罚没款通知书" in page
    assert at_desk("cashier").open(_at(story, "refund.pay"))["f-amount_fen"] == ["50029.70"]
    page = at_desk("cashier").done(_at(story, "refund.pay"), {"f-receipt": ["示例退1"]})
    assert "登记退付50029.7元" in page

    handler = at_desk("handler")
    answer = handler.do(_at(story, "redo.open"), {"f-reason": ["按复议决定重新处理。"]})
    new = answer.headers["Location"].split("/")[3]
    assert new != str(story.case_id)
    page = handler.get(answer.headers["Location"])
    assert "登记不得重复的处罚" in page
    again = f"/desk/cases/{new}/steps"
    handler.done(f"{again}/clue.verify/", typed(facts.verified()))
    handler.done(f"{again}/filing.propose/", typed(facts.filing(story.party, date(2026, 3, 3))))
    at_desk("handling_head").done(f"{again}/filing.endorse/", {"f-opinion": ["同意。"]})
    at_desk("head").done(f"{again}/filing.approve/", {"f-opinion": ["同意。"]})
    offered = handler.open(f"{again}/evidence.inherit/")
    assert offered["f-original"] == ["证1"]
    page = handler.done(f"{again}/evidence.inherit/", {"f-examined": ["来源合法。"]})
    assert "沿用原证1《现场照片（标签与货架）》" in page
    exhibits = handler.get(f"/desk/cases/{new}/?part=evidence")
    assert "原证1" in exhibits
    assert "<img" in exhibits, "the file is shown from where it lies"


def test_a_struck_entry_is_chosen_from_a_list_and_stays_in_the_story(
    at_desk: AtDesk, story: Story
) -> None:
    wrong = PaymentRecorded(fine_fen=100, paid_on=story.on, receipt="示例1", bank="示例银行")
    at_desk("cashier").done(_at(story, "payment.record"), typed(wrong))
    where = _at(story, "entry.strike")
    offered = at_desk("handling_head").get(where)
    assert "缴款（" in offered
    seq = offered.split("缴款（")[0].rsplit('value="', 1)[1].split('"')[0]
    page = at_desk("handling_head").done(
        where, {"f-entry": [seq], "f-reason": ["票据属于另一案件。"]}
    )
    assert "此项记录已被划去" in page
    assert f"划去第{seq}号记录（登记缴款）" in page
    assert at_desk("cashier").open(_at(story, "payment.record"))["f-fine_fen"] == ["50000.00"]
