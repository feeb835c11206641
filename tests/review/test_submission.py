"""Submitting a proposal: the checklist, the catalogue, the repeat."""

from collections.abc import Callable

from tests.cases.desk import Desk, events
from zhifa.faces.demo.script import Story
from zhifa.review.models import Review

AtDesk = Callable[[str], Desk]
STATION = "修改处理意见"


def test_the_submission_shows_why_it_is_a_legal_review_and_what_changed(
    at_desk: AtDesk, story: Story
) -> None:
    page = at_desk("handler").get(f"/desk/cases/{story.case_id}/review/")
    assert "送法制审核" in page
    assert "上次送审以来的修改" in page
    assert "事实、依据或者处罚种类不同" in page
    assert "案件调查终结报告（必备）" in page


def test_an_incomplete_file_goes_back_at_once_and_what_was_written_is_kept(
    at_desk: AtDesk, story: Story
) -> None:
    address, before = f"/desk/cases/{story.case_id}/review/", events()
    answer = at_desk("handler").do(address, {"s-paper-0": [], "s-note": ["已补充凭证。"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "送审材料不齐，缺少案件调查终结报告" in page
    assert "已补充凭证。" in page
    assert at_desk("handler").do(address, {"s-note": ["甲" * 3000]}).status_code == 422
    assert events() == before


def test_submitting_twice_opens_one_review(at_desk: AtDesk, story: Story) -> None:
    address, desk = f"/desk/cases/{story.case_id}/review/", at_desk("handler")
    form = desk.open(address) | {"_act": ["perform"]}
    assert desk.post(address, form).status_code == 302
    before = events()
    assert desk.post(address, form).status_code == 302
    assert events() == before
    assert Review.objects.filter(state=Review.State.OPEN).count() == 1
    waiting = at_desk("reviewer").get("/desk/reviews/")
    assert "涉嫌经营超过保质期的食品案" in waiting
