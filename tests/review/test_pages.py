"""The review desk: who may review, what an opinion must say, and what changed since last time."""

from collections.abc import Callable

import pytest

from tests.cases.desk import Desk, Forms, events, told
from zhifa.faces.demo.script import Story
from zhifa.law.procedures.review import Conclusion, Point
from zhifa.procedure import selectors as matters
from zhifa.review.models import Review

AtDesk = Callable[[str], Desk]
STATION = "再次送审"


@pytest.fixture
def where(story: Story) -> str:
    """The page of the review that is open."""
    return f"/desk/reviews/{story.review_id()}/"


def opinion(
    conclusion: Conclusion = Conclusion.AGREE, problem: Point | None = None, words: str = ""
) -> dict[str, list[str]]:
    filled = {f"o-{p.value}": ["problem" if p is problem else "pass"] for p in Point}
    if problem is not None:
        filled[f"o-{problem.value}-opinion"] = [words]
    return filled | {"o-conclusion": [conclusion.value], "o-advice": ["同意拟处罚意见。"]}


def test_the_reviewer_reads_the_proposal_whole_and_what_changed(
    at_desk: AtDesk, where: str
) -> None:
    page = at_desk("reviewer").get(where)
    for words in ("处理意见全文", "50,000.00 元", "伍万元整", "与第1次送审相比", "销售小票复印件",
                  "案件调查终结报告", "审核期限", "怎么算的"):  # fmt: skip
        assert words in page, words
    assert "是，证据：证3" in page, "a factor is shown as the benchmark names it"
    assert all(point.label in page for point in Point)


def test_a_handler_is_shown_the_article_instead_of_the_form(at_desk: AtDesk, where: str) -> None:
    before = events()
    for part in ("handler", "second", "head", "seal_keeper"):
        page = at_desk(part).get(where)
        assert "行政处罚法第五十八条" in page
        assert 'value="conclude"' not in page
        form = at_desk("reviewer").open(where) | opinion() | {"_act": ["conclude"]}
        assert at_desk(part).post(where, form).status_code == 403
    assert events() == before


def test_a_reviewer_without_the_qualification_does_not_begin_with_a_major_case(
    at_desk: AtDesk, where: str
) -> None:
    page = at_desk("yc-newcomer").get(where)
    assert "国家统一法律职业资格" in page
    form = at_desk("reviewer").open(where) | opinion() | {"_act": ["conclude"]}
    assert at_desk("yc-newcomer").post(where, form).status_code == 403
    assert 'value="conclude"' in at_desk("yc-veteran").get(where)


def test_an_opinion_answers_every_point_and_contradicts_none(at_desk: AtDesk, where: str) -> None:
    desk, before = at_desk("reviewer"), events()
    wrong: list[tuple[dict[str, list[str]], str]] = [
        (opinion() | {"o-facts": []}, "请作出审核结果"),
        (opinion() | {"o-conclusion": []}, "请作出审核结论"),
        (opinion() | {"o-conclusion": ["passed"]}, "没有这一选项"),
        (opinion() | {"o-advice": [""]}, "必须填写"),
        (opinion() | {"o-advice": ["甲" * 5000]}, "不能超过4000个字"),
        (opinion() | {"o-advice": ["同意\x00\x07"]}, "控制字符"),
        (opinion(problem=Point.LAW, words="条文有误"), "存在问题的不能审核通过"),
        (opinion(Conclusion.CORRECT_LAW), "退回应当至少指出一项问题"),
        (opinion(Conclusion.CORRECT_LAW, Point.LAW), "应当写明问题和意见"),
    ]
    for filled, complaint in wrong:
        answer = desk.do(where, filled, act="conclude")
        assert answer.status_code == 422, told(answer)
        assert complaint in answer.content.decode()
    for field, value in (("act_id", "x"), ("seen", "x"), ("on", "x")):
        form = desk.open(where) | opinion() | {"_act": ["conclude"], field: [value]}
        assert desk.post(where, form).status_code == 422
    assert events() == before
    assert Review.objects.get(state=Review.State.OPEN)


def test_a_passed_review_opens_the_way_on_both_files_once(
    at_desk: AtDesk, story: Story, where: str
) -> None:
    desk = at_desk("reviewer")
    form = desk.open(where) | opinion() | {"_act": ["conclude"]}
    before = events()
    first, again = desk.post(where, form), desk.post(where, form)
    assert (first.status_code, again.status_code) == (302, 302), told(again)
    assert events() == before + 2, "one event on the review, one on the case"
    standing = matters.standing(matters.matter(story.case_id), story.on)
    assert standing.history[-1].step == "review.pass"
    page = desk.get(where)
    assert "审核结论：同意" in page
    assert "《法制审核意见书》" in at_desk("handler").get(f"/desk/cases/{story.case_id}/")


def test_a_returned_review_sends_the_case_back_to_its_handler(
    at_desk: AtDesk, story: Story, where: str
) -> None:
    filled = opinion(Conclusion.CHANGE_DISCRETION, Point.DISCRETION, "裁量理由不充分。")
    at_desk("reviewer").done(where, filled, act="conclude")
    page = at_desk("handler").get(f"/desk/cases/{story.case_id}/")
    assert "修改处理意见" in page
    assert "裁量理由不充分。" in at_desk("handler").get(f"/desk/cases/{story.case_id}/?part=review")


def test_the_head_of_the_unit_names_the_reviewer_and_lengthens_the_term(
    at_desk: AtDesk, where: str
) -> None:
    head, veteran = at_desk("yc-review-head"), at_desk("yc-veteran")
    offered = Forms(head.get(where))
    chosen = offered.with_field("a-reviewer") | {"a-reviewer": [str(veteran.person.id)]}
    assert head.post(where, chosen | {"_act": ["assign"]}).status_code == 302
    assert "本件已指定由" in at_desk("reviewer").get(where)
    form = veteran.open(where) | opinion() | {"_act": ["conclude"]}
    assert at_desk("reviewer").post(where, form).status_code in (403, 422)
    longer = Forms(head.get(where)).with_field("e-reason") | {"e-reason": ["案情复杂。"]}
    assert head.post(where, longer | {"_act": ["extend"]}).status_code == 302
    assert "e-reason" not in head.get(where), "only once"
    before = events()
    stranger = {"a-reviewer": [str(at_desk("handler").person.id)], "_act": ["assign"]}
    assert head.post(where, chosen | stranger).status_code == 422
    assert at_desk("reviewer").post(where, chosen | {"_act": ["assign"]}).status_code == 403
    assert events() == before


def test_an_opinion_begun_is_kept(at_desk: AtDesk, where: str) -> None:
    desk = at_desk("reviewer")
    desk.done(where, {"o-facts": ["pass"], "o-advice": ["审核中\x00"]}, act="draft")
    kept = desk.open(where)
    assert kept["o-advice"] == ["审核中"]
    assert kept["o-facts"] == ["pass"]
    assert "o-facts" not in at_desk("yc-veteran").open(where)


def test_a_case_under_review_is_not_submitted_again(at_desk: AtDesk, story: Story) -> None:
    address, before = f"/desk/cases/{story.case_id}/review/", events()
    page = at_desk("handler").get(address)
    assert "审核正在进行" in page
    answer = at_desk("handler").do(address, {})
    assert answer.status_code == 422
    assert "审核正在进行" in answer.content.decode()
    assert "应当由执法人员办理" in at_desk("cashier").get(address, status=403)
    assert events() == before


def test_the_list_shows_what_waits_and_what_was_returned(at_desk: AtDesk, story: Story) -> None:
    desk = at_desk("reviewer")
    assert "审核中" in desk.get("/desk/reviews/")
    assert "退回" in desk.get("/desk/reviews/?state=RETURNED")
    assert "没有符合条件的审核" in desk.get("/desk/reviews/?state=PASSED")
    assert "没有符合条件的审核" in desk.get("/desk/reviews/?q=%00别的")
    assert "没有符合条件的审核" in at_desk("ya-legal-reviewer").get("/desk/reviews/?state=all")
