"""The supervisor's pages: the list in its scope, reading that leaves a trace, the notice's way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.desk import Desk, Forms, events, told
from tests.conftest import ROOT
from tests.supervision.desk import FINDING, deliver, propose, somebody
from zhifa.faces.demo.script import Story
from zhifa.kernel import clock, ledger, readers, wiring
from zhifa.kernel.models import LedgerEvent
from zhifa.law.actor import Duty
from zhifa.law.procedures.supervision import SUPERVISION
from zhifa.procedure import selectors as matters
from zhifa.registry.models import Certificate
from zhifa.registry.services import officers
from zhifa.supervision.events import EVENTS
from zhifa.supervision.models import CaseWarning, Reading, SupervisionNotice

AtDesk = Callable[[str], Desk]
STATION = "立案审批"
LATE = date(2026, 6, 10)
"""Filed on 2026-03-04 and not decided: the ninety days ended on 2026-06-02."""
LIST = "/desk/supervision/"
PARTY = "示例食品店"


@pytest.fixture
def late(story: Story) -> Any:
    with clock.frozen(clock.at(LATE, 10)):
        yield story


def test_the_bureau_sees_what_is_late_with_its_level_and_the_inner_supervisor_their_agency(
    at_desk: AtDesk, late: Story
) -> None:
    for who in ("sf-supervisor1", "yc-supervisor"):
        page = at_desk(who).get(LIST)
        assert "办案期限临近或者超过" in page
        assert "红色预警" in page
        assert "雅雨市监案〔2026〕1号" in page
        assert PARTY not in page, "the list names no party"
    assert "没有符合条件的预警" in at_desk("ya-supervisor").get(LIST)
    assert "没有符合条件的预警" in at_desk("sf-supervisor1").get(f"{LIST}?rule=review.missing")
    assert "没有符合条件的预警" in at_desk("sf-supervisor1").get(f"{LIST}?level=watch&state=ended")
    assert "办案期限临近或者超过" in at_desk("sf-supervisor1").get(
        f"{LIST}?level=%00&agency=511802-scjg"
    )


def test_nobody_else_is_shown_the_list_and_is_told_on_which_article(
    at_desk: AtDesk, late: Story
) -> None:
    for who in ("head", "sf-agency-head"):
        answer = at_desk(who).client.get(LIST)
        assert answer.headers["Location"] == f"{LIST}notices/", "what waits for them is there"
    for who in ("handler", "reviewer", "publisher", "yc-sysadmin", "ya-officer1"):
        assert "行政执法监督条例第六条" in at_desk(who).get(LIST, status=403)
        at_desk(who).get(f"{LIST}cases/{late.case_id}/", status=404)


def test_the_list_has_a_ceiling_and_grows_with_no_row(at_desk: AtDesk, late: Story) -> None:
    rows = CaseWarning.objects.get(rule="decision.limit")
    for n in range(60):
        rows.pk, rows.key = None, f"x{n}"
        rows.save()
    desk = at_desk("sf-supervisor1")
    with CaptureQueriesContext(connection) as queries:
        assert "下一页" in desk.get(LIST)
    assert len(queries) <= 32


def test_a_warning_is_a_reading_of_the_ledger_and_can_be_built_anew(late: Story) -> None:
    before = list(CaseWarning.objects.order_by("rule", "key").values_list("rule", "key", "words"))
    assert before
    readers.rebuild("supervision.warnings")
    after = list(CaseWarning.objects.order_by("rule", "key").values_list("rule", "key", "words"))
    assert after == before


def test_a_certificate_that_is_found_revoked_warns_of_the_acts_done_without_it(
    at_desk: AtDesk, late: Story
) -> None:
    held = Certificate.objects.get(person__username="yc-officer1")
    officers.revoke_certificate(
        number=held.number, revoked_on=date(2026, 3, 3), why="示例", on=LATE,
        by=somebody("sf-supervisor1"),
    )  # fmt: skip
    readers.catch_up()
    found = CaseWarning.objects.filter(rule="certificate.expired")
    assert {w.grave_on for w in found} == {date(2026, 3, 3), date(2026, 3, 4)}


def test_a_case_is_read_for_a_purpose_that_the_agency_s_head_can_see(
    at_desk: AtDesk, late: Story
) -> None:
    desk, where = at_desk("sf-supervisor1"), f"{LIST}cases/{late.case_id}/"
    desk.get(f"/desk/cases/{late.case_id}/", status=404)
    assert PARTY not in desk.get(where)
    before = events()
    for purpose in ("", "看看", "\0\0 \0", "甲" * 300):
        answer = desk.post(where, {"purpose": purpose})
        assert answer.status_code == 422, purpose
    assert events() == before
    answer = desk.post(where, {"purpose": "核查超期的原因"})
    assert answer.status_code == 302, told(answer)
    page = desk.get(answer.headers["Location"])
    for words in (
        PARTY,
        "核查超期的原因",
        "办案期限临近或者超过",
        "《立案审批表》",
        "现场照片",
    ):
        assert words in page, words
    assert page.count('method="post"') == 1, "only the way out: nothing here acts on the case"
    assert Reading.objects.get().person_name == "戴示范"
    stream = LedgerEvent.objects.get(kind="case.read").stream_id
    (event,) = [e for e in ledger.events(stream) if e.kind == "case.read"]
    assert event.private["purpose"] == "核查超期的原因"
    assert "超期" not in json.dumps(event.data, ensure_ascii=False)
    for who, sees in (("head", True), ("sf-supervisor2", True), ("ya-agency-head1", False)):
        assert ("核查超期的原因" in at_desk(who).get(f"{LIST}readings/")) is sees, who
    for who in ("handler", "reviewer", "yc-sysadmin"):
        at_desk(who).get(f"{LIST}readings/", status=403)


def test_a_reading_is_of_one_person_one_case_and_one_day(at_desk: AtDesk, late: Story) -> None:
    desk = at_desk("sf-supervisor1")
    answer = desk.post(f"{LIST}cases/{late.case_id}/", {"purpose": "核查超期的原因"})
    where = answer.headers["Location"]
    paper = late.standing().outputs("filing_approval")[-1].id
    found = desk.client.get(f"{where}documents/{paper}/")
    assert found.content.startswith(b"%PDF")
    other = matters.matter(late.case_id).id
    desk.get(f"{where}documents/{other}/", status=404)
    for who in ("sf-supervisor2", "yc-supervisor"):
        at_desk(who).get(where, status=404)
        at_desk(who).get(f"{where}documents/{paper}/", status=404)
    at_desk("head").get(where, status=404)
    with clock.frozen(clock.at(LATE + timedelta(days=1), 10)):
        desk.get(where, status=404)
        desk.get(f"{where}documents/{paper}/", status=404)


def _send(desk: Desk, where: str, step: str, filled: dict[str, Any]) -> Any:
    """Fill in the form of a step on the notice's page and press its button."""
    page = desk.client.get(where).content.decode()
    form = next(f for f in Forms(page).forms if "act_id" in f and any(k in f for k in filled))
    form.pop("csrfmiddlewaretoken", None)
    return desk.post(f"{where}{step}/", form | filled)


def test_a_notice_goes_its_way_through_the_pages(at_desk: AtDesk, late: Story) -> None:
    boss, head = at_desk("sf-supervisor1"), at_desk("sf-agency-head")
    where = f"{LIST}cases/{late.case_id}/notice/?rule=decision.limit"
    form = Forms(boss.get(where)).with_field("f-finding")
    assert "办案期限" in form["f-finding"][0], "the warning fills in what it knows"
    assert "尽快作出处理决定" in form["f-demand"][0]
    answer = boss.post(where, form)
    assert answer.status_code == 302, told(answer)
    assert boss.post(where, form).status_code == 302, "twice is once"
    notice = SupervisionNotice.objects.get()
    where = answer.headers["Location"]
    at_desk("head").get(where, status=404)
    assert _send(head, where, "approve", {"f-opinion": ["同意发出。"]}).status_code == 302
    notice.refresh_from_db()
    assert notice.number == "雅司监督〔2026〕1号"
    assert at_desk("sf-seal-keeper").post(f"{where}document.seal/", {}).status_code == 302
    at_desk("head").get(where, status=404)
    received = {"f-received_by": ["示例收发员"]}
    assert _send(boss, where, "deliver", received).status_code == 302
    readers.catch_up()
    page = at_desk("head").get(where)
    assert "答复监督通知书" in page
    assert "怎么算的" in page
    assert "答复期限" in page
    assert at_desk("head").client.get(f"{where}paper/").content.startswith(b"%PDF")
    assert "答复监督通知书" in at_desk("head").get("/desk/"), "it stands among what is owed today"
    filled = {"f-answer": ["corrected"], "f-measures": ["已经公示。"]}
    refused = _send(at_desk("head"), where, "answer", filled)
    assert refused.status_code == 422
    assert "整改完成日期" in refused.content.decode()
    filled["f-done_on"] = [LATE.isoformat()]
    assert _send(at_desk("head"), where, "answer", filled).status_code == 302
    weighed = {"f-result": ["settled"], "f-opinion": ["已经公示，原因已说明。"]}
    assert _send(boss, where, "evaluate", weighed).status_code == 302
    assert _send(head, where, "close", {"f-summary": ["同意办结。"]}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == SupervisionNotice.State.CLOSED
    readers.catch_up()
    assert matters.matter(notice.matter_id).closed
    assert "已发通知书" in boss.get(LIST)
    case = at_desk("handler").get(f"/desk/cases/{late.case_id}/?part=links")
    assert "雅司监督〔2026〕1号" in case


OTHERS = ("handler", "reviewer", "publisher", "yc-supervisor", "ya-agency-head1", "yc-sysadmin")


def test_every_step_is_refused_to_whoever_does_not_owe_it(at_desk: AtDesk, late: Story) -> None:
    notice = deliver(late.case_id, LATE)
    where, before = f"{LIST}notices/{notice}/", events()
    for step in SUPERVISION.steps:
        for who in OTHERS:
            answer = at_desk(who).post(f"{where}{step}/", {"f-measures": ["甲"]})
            assert answer.status_code in (403, 404), (who, step, answer.status_code)
            assert FINDING not in answer.content.decode() or who == "yc-supervisor"
    for who in ("sf-supervisor1", "sf-agency-head", "sf-seal-keeper"):
        answer = at_desk(who).post(
            f"{where}answer/", {"f-answer": ["disputed"], "f-measures": ["甲"]}
        )
        assert answer.status_code == 403, who
    assert events() == before


def test_a_notice_that_has_not_reached_the_agency_is_hidden_from_it(
    at_desk: AtDesk, late: Story
) -> None:
    notice = propose(late.case_id, LATE)
    for who in ("head", "yc-review-head", "yc-supervisor", "handler"):
        at_desk(who).get(f"{LIST}notices/{notice}/", status=404)
        assert "雅雨市监案" not in at_desk(who).get(f"{LIST}notices/")
    assert (
        "监督"
        not in at_desk("handler")
        .get(f"/desk/cases/{late.case_id}/?part=links")
        .split('class="part"')[-1]
    )


def test_a_stale_page_and_a_hostile_one_change_nothing(at_desk: AtDesk, late: Story) -> None:
    notice = deliver(late.case_id, LATE)
    where, before = f"{LIST}notices/{notice}/", events()
    head = at_desk("head")
    good = {"f-answer": "disputed", "f-measures": "说明理由"}
    assert head.post(f"{where}answer/", good | {"seen": "99999"}).status_code == 422
    assert head.post(f"{where}answer/", good | {"f-answer": "x"}).status_code == 422
    assert head.post(f"{where}answer/", good | {"f-measures": "甲" * 5000}).status_code == 422
    assert head.post(f"{where}nothing/", good).status_code == 404
    assert events() == before
    assert head.post(f"{where}answer/", good | {"seen": "1"}).status_code == 409
    assert events() == before
    assert head.post(f"{where}answer/", good).status_code == 302
    taken = events()
    assert head.post(f"{where}answer/", good).status_code >= 400, "answered once"
    assert events() == taken


def test_the_events_of_reading_stay_as_they_were_written() -> None:
    kept = json.loads((ROOT / "tests/golden/events/supervision_register.json").read_text())
    written = {f"{e.kind}/{e.version}": [f.name for f in dataclasses.fields(e)] for e in EVENTS}
    assert {name: kept.get(name) for name in written} == written
    assert all(e.kind in wiring.current().readers for e in EVENTS)


def test_only_a_supervision_body_sends_notices(at_desk: AtDesk, late: Story) -> None:
    where, before = f"{LIST}cases/{late.case_id}/notice/", events()
    at_desk("yc-supervisor").get(where, status=403)
    form = {"f-origin": "other", "f-finding": "甲", "f-demand": "乙"}
    assert at_desk("yc-supervisor").post(where, form).status_code == 403
    assert events() == before
    assert Duty.SUPERVISOR in SUPERVISION.steps["propose"].who.duties
