"""The form of a step: what it offers, what it keeps, what it refuses, and that a refusal changes
nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.desk import Desk, Forms, events, picture, told, typed
from tests.cases.hostile import attacked
from zhifa.faces.demo import facts
from zhifa.faces.demo.story import Story
from zhifa.procedure.models import Draft

AtDesk = Callable[[str], Desk]
STATION = "登记送货单"
"""Filed, inspected, questioned; law, gain and correction are still to be settled."""


def address(story: Story, step: str) -> str:
    return f"/desk/cases/{story.case_id}/steps/{step}/"


# --- what withstands ----------------------------------------


def test_hostile_input_on_every_form_is_told_and_changes_nothing(
    at_desk: AtDesk, story: Story
) -> None:
    assert attacked(at_desk, story, most=4) > 30


@pytest.mark.long
def test_every_hostile_input_on_every_form_is_told_and_changes_nothing(
    at_desk: AtDesk, story: Story
) -> None:
    assert attacked(at_desk, story, most=10_000) > 200


def test_what_looks_like_markup_is_kept_as_text_and_never_run(
    at_desk: AtDesk, story: Story
) -> None:
    made = typed(facts.gain()) | {"f-method": ["<script>alert('甲')</script>计算方法"]}
    page = at_desk("handler").done(address(story, "gain.find"), made)
    page = at_desk("handler").get(f"/desk/cases/{story.case_id}/?part=matrix")
    assert "&lt;script&gt;alert(&#x27;甲&#x27;)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_keys_of_other_files_and_people_are_no_choices(at_desk: AtDesk, story: Story) -> None:
    stranger = str(at_desk("ya-officer2").person.id)
    before = events()
    made = typed(facts.gain()) | {"f-co_officer": [stranger]}
    answer = at_desk("handler").do(address(story, "gain.find"), made)
    assert answer.status_code == 422
    assert "没有「" in answer.content.decode()
    assert events() == before


# --- who may ----------------------------------------


def test_a_wrong_person_is_refused_with_the_article_and_nothing_changes(
    at_desk: AtDesk, story: Story
) -> None:
    before = events()
    for part in ("handling_head", "reviewer", "cashier", "head"):
        desk = at_desk(part)
        page = desk.get(address(story, "gain.find"), status=403)
        assert "行政处罚法第四十二条" in page
        assert 'name="act_id"' not in page
        offered = at_desk("handler").open(address(story, "gain.find"))
        sent = offered | typed(facts.gain()) | {"_act": ["perform"]}
        assert desk.post(address(story, "gain.find"), sent).status_code == 403
    assert events() == before


def test_a_step_that_is_not_open_says_what_is_missing_and_where_to_settle_it(
    at_desk: AtDesk, story: Story
) -> None:
    before = events()
    page = at_desk("handler").get(address(story, "investigation.end"))
    assert "尚未认定违法所得" in page
    assert address(story, "gain.find") in page
    data = at_desk("handler").open(address(story, "investigation.end"))
    answer = at_desk("handler").post(
        address(story, "investigation.end"), data | {"_act": ["perform"]}
    )
    assert answer.status_code == 422
    assert "依据：" in answer.content.decode()
    assert events() == before


def test_a_refusal_of_the_law_keeps_what_was_filled_in(at_desk: AtDesk, story: Story) -> None:
    made = typed(facts.correction(story.on)) | {"f-due_on": ["2026-03-01"]}
    answer = at_desk("handler").do(address(story, "correction.order"), made)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "改正期限不能早于责令之日" in page
    assert "行政处罚法第二十八条第一款" in page
    kept = Forms(page).with_field("act_id")
    assert kept["f-required"] == made["f-required"]
    assert kept["f-due_on"] == ["2026-03-01"]


# --- repeats, races, stale pages ----------------------------------------


def test_a_double_click_does_one_act(at_desk: AtDesk, story: Story) -> None:
    desk, where = at_desk("handler"), address(story, "gain.find")
    data = desk.open(where) | typed(facts.gain()) | {"_act": ["perform"]}
    before = events()
    first, again = desk.post(where, data), desk.post(where, data)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
    assert events() == before + 1


def test_a_double_click_uploads_one_exhibit(at_desk: AtDesk, story: Story) -> None:
    desk, where = at_desk("handler"), address(story, "evidence.add")
    made = facts.evidence("", facts.f.EvidenceKind.DOCUMENT, "送货单", "来源", story.on, 10, "店内")
    data: dict[str, Any] = desk.open(where) | typed(made) | {"_act": ["perform"]}
    before = events()
    content = b"\x89PNG\r\n\x1a\n" + b"0" * 64
    for _ in range(2):
        answer = desk.post(where, data | {"file": picture(content, "单")})
        assert answer.status_code == 302, told(answer)
    assert events() == before + 1


def test_a_file_that_is_none_is_refused_and_the_form_is_kept(at_desk: AtDesk, story: Story) -> None:
    desk, where = at_desk("handler"), address(story, "evidence.add")
    made = facts.evidence("", facts.f.EvidenceKind.DOCUMENT, "送货单", "来源", story.on, 10, "店内")
    before = events()
    for content in (b"<html><script>alert(1)</script>", b"\x00\x01MZ", b""):
        data: dict[str, Any] = desk.open(where) | typed(made) | {"_act": ["perform"]}
        answer = desk.post(where, data | {"file": picture(content, "页")})
        assert answer.status_code == 422
        assert "送货单" in answer.content.decode()
    missing = desk.post(where, desk.open(where) | typed(made) | {"_act": ["perform"]})
    assert "请选择要上传的文件" in missing.content.decode()
    assert events() == before


def test_a_used_page_with_another_content_is_a_conflict(at_desk: AtDesk, story: Story) -> None:
    desk, where = at_desk("handler"), address(story, "gain.find")
    data = desk.open(where) | typed(facts.gain()) | {"_act": ["perform"]}
    assert desk.post(where, data).status_code == 302
    before = events()
    other = desk.post(where, data | {"f-income_fen": ["0.00"]})
    assert other.status_code == 409
    assert "请刷新页面后重新办理" in other.content.decode()
    assert events() == before


def test_a_stale_page_is_told_what_changed_and_keeps_its_form(
    at_desk: AtDesk, story: Story
) -> None:
    first, second = at_desk("handler"), at_desk("second")
    where = address(story, "gain.find")
    mine = first.open(where) | typed(facts.gain()) | {"_act": ["perform"]}
    theirs = second.open(where) | typed(facts.gain()) | {"_act": ["perform"]}
    theirs["f-co_officer"] = [str(first.person.id)]
    assert second.post(where, theirs).status_code == 302
    before = events()
    answer = first.post(where, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "案件有了新的进展" in page
    assert "王示例认定货值金额和违法所得" in page
    kept = Forms(page).with_field("act_id")
    assert kept["f-method"] == mine["f-method"]
    assert events() == before
    assert int(kept["seen"][0]) == int(mine["seen"][0]) + 1, "having read it, one may go on"


# --- drafts, previews, calculation ----------------------------------------


def test_a_draft_survives_is_seen_by_its_writer_alone_and_ends_with_the_act(
    at_desk: AtDesk, story: Story
) -> None:
    where, desk = address(story, "gain.find"), at_desk("handler")
    made = typed(facts.gain()) | {"f-goods_value_fen": ["一百多\x00"], "f-method": ["尚在核算"]}
    before = events()
    assert "已存草稿" in desk.done(where, made, act="draft")
    kept = desk.open(where)
    assert kept["f-method"] == ["尚在核算"]
    assert kept["f-goods_value_fen"] == ["一百多"]
    assert at_desk("second").open(where)["f-method"] == [""]
    assert events() == before
    desk.done(where, typed(facts.gain()))
    assert not Draft.objects.exists()


def test_a_preview_shows_the_document_and_changes_nothing(at_desk: AtDesk, story: Story) -> None:
    before = events()
    answer = at_desk("handler").do(
        address(story, "correction.order"), typed(facts.correction(story.on)), act="preview"
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "预览：责令改正通知书" in page
    assert "data:image/png;base64," in page
    assert "立即停止经营" in page
    assert events() == before
    assert "责令改正通知书" not in at_desk("handler").get(
        f"/desk/cases/{story.case_id}/?part=documents"
    )


def test_the_amount_is_computed_from_the_factors_and_put_into_the_form(
    at_desk: AtDesk, story: Story
) -> None:
    desk = at_desk("handler")
    desk.done(address(story, "law.settle"), typed(facts.settled(story.on)))
    desk.done(address(story, "gain.find"), typed(facts.gain()))
    where = address(story, "investigation.end")
    made = typed(facts.proposal(story.party, story.evidence["photo"], story.evidence["note"]))
    factors = {k: v for k, v in made.items() if k.startswith("c-")}
    answer = desk.do(where, factors, act="weigh")
    page = answer.content.decode()
    assert "计算结果：违法情节较轻" in page
    assert "50,000.00 元" in page
    filled = Forms(page).with_field("act_id")
    assert filled["f-items-0-kind"] == ["fine"]
    assert filled["f-items-0-amount_fen"] == ["50000.00"]
    assert filled["f-leniency"] == ["lighter"]
    high = filled | {"f-items-0-amount_fen": ["90000"], "_act": ["weigh"]}
    assert "应当在下面写明偏离的理由" in desk.post(where, high).content.decode()
    missing = desk.do(where, {"c-past_days": [""]}, act="weigh").content.decode()
    assert "尚未查明裁量因素" in missing


def test_a_party_is_found_by_name_shown_masked_and_never_leads_elsewhere(
    at_desk: AtDesk, story: Story
) -> None:
    desk = at_desk("handler")
    page = desk.get("/desk/parties/?q=示例食品店&next=/desk/cases/new/")
    assert "/desk/cases/new/?party=" in page
    assert "13800000000" not in page
    assert "evil.example" not in desk.get("/desk/parties/?q=示例食品店&next=https://evil.example/")
    assert "没有找到这名当事人" in at_desk("ya-officer1").get("/desk/parties/?q=示例食品店")
    at_desk("cashier").get("/desk/parties/?q=示例", status=403)


def test_a_party_with_a_wrong_number_is_not_registered(at_desk: AtDesk, story: Story) -> None:
    before = events()
    sent = {"kind": "natural_person", "name": "甲样例", "paper_kind": "resident_id",
            "paper": "511802198501010018"}  # fmt: skip
    answer = at_desk("handler").post("/desk/parties/new/", sent)
    assert answer.status_code == 422
    assert "甲样例" in answer.content.decode()
    for bad in (
        {},
        {"kind": "x", "name": "甲"},
        sent | {"name": "甲\x00\x07"},
        {"name": "甲" * 500},
    ):
        assert at_desk("handler").post("/desk/parties/new/", bad).status_code == 422
    assert events() == before
