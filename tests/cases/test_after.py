"""After the decision: payment, closing and archive at the desk."""

from collections.abc import Callable

import pytest

from tests.cases.desk import Desk, events, typed
from tests.cases.hostile import attacked
from zhifa.faces.demo.script import Story
from zhifa.law.procedures.penalty.later import PaymentRecorded

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
