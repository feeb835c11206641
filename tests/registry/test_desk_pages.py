"""The desk of the registers: read by everybody at the desk, changed by two, tried out by anyone."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.registry.drafts import COLUMNS, draft_of
from zhifa.registry.forms import initial_of
from zhifa.registry.models import ChangeProposal, Power
from zhifa.registry.spreadsheets import write_powers

TODAY = date(2026, 11, 24)
BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = [pytest.mark.usefixtures("seeded"), pytest.mark.django_db(databases=["default"])]


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(clock.at(TODAY, 10)):
        yield


def client(username):
    found = Client()
    found.force_login(Person.objects.get(username=username), backend=BACKEND)
    return found


def read(username, address, **more):
    answer = client(username).get(address, **more)
    assert answer.status_code == 200, answer.content.decode()[:600]
    return answer.content.decode()


PAGES = [
    "/desk/registry/", "/desk/registry/powers/",
    "/desk/registry/powers/?field=fire&grade=text&q=消防",
    "/desk/registry/powers/?agency=511800-zhzf&page=2", "/desk/registry/powers/food.expired/",
    "/desk/registry/powers/urban.open-air-barbecue/?version=1",
    "/desk/registry/powers/urban.street-vending/", "/desk/registry/powers/safety.gas-alarm/",
    "/desk/registry/benchmarks/", "/desk/registry/benchmarks/?field=fire",
    "/desk/registry/benchmarks/example.expired-food/", "/desk/registry/changes/",
    "/desk/registry/changes/?state=open", "/desk/registry/agencies/",
    "/desk/registry/agencies/511802-sthj/", "/desk/registry/agencies/511800-zf/",
    "/desk/registry/officers/", "/desk/registry/officers/?agency=511802-scjg&q=李",
    "/desk/registry/competence/",
    "/desk/registry/competence/?power=urban.straw-burning&area=511802101&on=2026-11-24",
    "/desk/registry/competence/?power=fire.exit&area=511803",
    "/desk/registry/competence/?mode=own_name",
    "/desk/registry/competence/2023-511802101-zf-conferred/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_read_by_an_officer(address, django_assert_max_num_queries):
    officer = client("xf-officer1")
    with django_assert_max_num_queries(20):
        answer = officer.get(address)
    assert answer.status_code == 200, answer.content.decode()[:600]


@pytest.mark.parametrize("address", ["/desk/registry/", "/desk/registry/powers/import/"])
def test_who_has_not_signed_in_is_led_to_the_sign_in(address):
    assert Client().get(address).status_code == 302


def test_an_officer_is_offered_no_change_and_refused_one():
    assert "提出新版本" not in read("xf-officer1", "/desk/registry/powers/fire.exit/")
    for address in ("powers/fire.exit/change/", "powers/new/", "powers/import/",
                    "benchmarks/example.fire-exit/change/"):  # fmt: skip
        answer = client("xf-officer1").get(f"/desk/registry/{address}")
        assert answer.status_code == 403
        assert "法制审核机构负责人提出" in answer.content.decode()
    assert client("ya-review-head").get(
        "/desk/registry/powers/fire.exit/change/"
    ).status_code == 403  # fmt: skip


def test_a_page_shows_the_articles_themselves_and_says_where_there_is_none():
    shown = read("yc-officer1", "/desk/registry/powers/food.expired/")
    assert "禁止生产经营下列食品" in shown
    assert "货值金额10倍以上20倍以下" in shown
    assert "未收录原文" in read("yc-officer1", "/desk/registry/powers/transport.modified-vehicle/")
    vending = read("yc-officer1", "/desk/registry/powers/urban.street-vending/")
    assert "待核实" in vending
    assert "没有登记罚款幅度" in vending


def test_who_is_competent_is_answered_or_refused_with_the_article():
    ask = "/desk/registry/competence/?power={}&area={}&on={}"
    conferred = read("cb-officer1", ask.format("urban.straw-burning", "511802101", "2026-11-24"))
    assert "雅安市雨城区草坝镇人民政府" in conferred
    assert "赋权乡镇街道" in conferred
    aside = read("zf-officer1", ask.format("urban.no-planning-permit", "511802", "2026-11-24"))
    assert "雅安市自然资源和规划局" in aside
    nobody = read("zf-officer1", ask.format("fire.exit", "511803", "2026-11-24"))
    assert "没有行政机关登记" in nobody


# --- trying out ----------------------------------------------------------------------------------

TRY = (
    "?try=1&f-exits=1&f-times_in_lookback=0&f-harm=none"
    "&f-removed_harm=&f-confessed=&f-cooperated=&f-obstructed=&f-crowded="
)


def test_a_try_out_answers_with_tier_range_amount_and_reasons_and_keeps_nothing():
    before = ChangeProposal.objects.count()
    shown = read("xf-officer1", f"/desk/registry/powers/fire.exit/{TRY}")
    assert "违法情节较轻" in shown
    assert "5000" in shown
    assert "裁量幅度" in shown
    address = f"/desk/registry/benchmarks/example.fire-exit/{TRY}"
    part = read("xf-officer1", address, headers={"hx-request": "true"})
    assert "<html" not in part
    assert "违法情节较轻" in part
    assert ChangeProposal.objects.count() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("f-exits=-1", "不能是负数"),
        ("f-exits=", "请填写这一项"),
        ("f-exits=1e99", "数值过大"),
        ("f-exits=abc", "应当是数字"),
        ("f-harm=nonsense", "有情节没有填写完整"),
    ],
)
def test_a_circumstance_that_is_nonsense_is_named(change, said):
    name = change.split("=")[0]
    asked = "&".join(p for p in TRY[1:].split("&") if not p.startswith(name + "="))
    shown = read("xf-officer1", f"/desk/registry/powers/fire.exit/?{asked}&{change}")
    assert said in shown


def test_the_value_that_a_range_is_measured_by_is_asked_for():
    shown = read("yc-officer1", "/desk/registry/powers/food.expired/")
    assert 'name="f-goods_value_fen"' in shown
    asked = read("yj-officer1", "/desk/registry/powers/safety.gas-alarm/")
    assert 'name="f-overdue"' in asked


# --- two people ----------------------------------------------------------------------------------


def form_of(code, **changed):
    words = draft_of(Power.objects.filter(code=code).latest("version"))
    return {
        **initial_of(words), "valid_from": "2026-12-01", "reason": "按新标准调整",
        "keeper": Power.objects.get(code=code).keeper,
    } | changed  # fmt: skip


def test_one_proposes_after_looking_and_another_publishes():
    proposer, head = client("xf-review-head"), client("xf-agency-head1")
    address = "/desk/registry/powers/fire.exit/change/"
    assert "提出新版本" in proposer.get(address).content.decode()
    data = form_of("fire.exit", fine="5000元以上30000元以下")
    looked = proposer.post(address, {**data, "do": "check"})
    assert looked.status_code == 200
    assert "30000元以下</ins>" in looked.content.decode()
    assert "与消防法第六十条第一款原文的写法不一致" in looked.content.decode()
    assert not ChangeProposal.objects.exists()
    done = proposer.post(address, {**data, "do": "submit"})
    assert done.status_code == 302
    row = ChangeProposal.objects.get()
    own = proposer.get(done.headers["Location"]).content.decode()
    assert "等待另一人审核" in own
    assert "同意并发布" not in own
    assert "等待我审核" in head.get("/desk/registry/").content.decode()
    assert "同意并发布" in head.get(f"/desk/registry/changes/{row.id}/").content.decode()
    acted = head.post(f"/desk/registry/changes/{row.id}/decide/", {"do": "approve"})
    assert acted.status_code == 302
    assert Power.objects.filter(code="fire.exit").count() == 2
    assert "已发布" in head.get(f"/desk/registry/changes/{row.id}/").content.decode()


def test_who_may_not_decide_is_refused_and_nothing_moves():
    client("xf-review-head").post(
        "/desk/registry/powers/fire.exit/change/",
        {**form_of("fire.exit", fine="5000元以上30000元以下"), "do": "submit"},
    )
    row = ChangeProposal.objects.get()
    for username in ("xf-review-head", "xf-officer1", "ya-agency-head1"):
        answer = client(username).post(
            f"/desk/registry/changes/{row.id}/decide/", {"do": "approve"}
        )
        assert answer.status_code == 403, username
    returned = client("xf-agency-head1").post(
        f"/desk/registry/changes/{row.id}/decide/", {"do": "return", "opinion": ""}
    )
    assert returned.status_code == 422
    assert "写明理由" in returned.content.decode()
    assert client("xf-agency-head1").post(
        f"/desk/registry/changes/{row.id}/decide/", {"do": "burn"}
    ).status_code == 404  # fmt: skip
    assert Power.objects.filter(code="fire.exit").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fine": "很多"}, "不能识别"),
        ({"penalty": "消防法第六十条第九款"}, "还不能提出"),
        ({"violated": "无此法第一条"}, "不是法规表中的"),
        ({"kinds": []}, "请填写这一项"),
        ({"valid_from": "2020-01-01", "fine": "5000元以上30000元以下"}, "不能早于今天"),
        ({"valid_from": "不知道"}, "不能识别"),
        ({"reason": ""}, "请填写这一项"),
        ({}, "没有变更"),
        ({"name": "x" * 201}, "200"),
        ({"keeper": "511800-scjg"}, ""),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_proposed(changed, said):
    data = {**form_of("fire.exit", **changed), "do": "submit"}
    answer = client("xf-review-head").post("/desk/registry/powers/fire.exit/change/", data)
    assert answer.status_code in (200, 422)
    assert said in answer.content.decode()
    assert not ChangeProposal.objects.exists()


def test_a_benchmark_is_turned_checked_and_proposed():
    address = "/desk/registry/benchmarks/example.fire-exit/change/"
    proposer = client("xf-review-head")
    assert "界限" in proposer.get(address).content.decode()
    data = {"valid_from": "2026-12-01", "reason": "调整界限", "keeper": "511802-xfjy"}
    looked = proposer.post(address, {**data, "k.b.exits.below.3": "4", "do": "check"})
    assert "4处</ins>" in looked.content.decode()
    wrong = proposer.post(address, {**data, "k.o.light.low": "200", "do": "submit"})
    assert wrong.status_code == 422
    assert "0至100" in wrong.content.decode()
    done = proposer.post(address, {**data, "k.b.exits.below.3": "4", "do": "submit"})
    assert done.status_code == 302
    row = ChangeProposal.objects.get()
    shown = read("xf-agency-head1", f"/desk/registry/changes/{row.id}/")
    assert "4处</ins>" in shown
    client("xf-agency-head1").post(f"/desk/registry/changes/{row.id}/decide/", {"do": "approve"})
    assert "自2026年12月1日起" in read(
        "xf-officer1", "/desk/registry/benchmarks/example.fire-exit/?from=2026-12-01"
    )


# --- spreadsheets --------------------------------------------------------------------------------


def test_the_list_is_exported_as_filtered_in_both_shapes():
    answer = client("xf-officer1").get("/desk/registry/powers/?field=fire&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [c.value for c in sheet[1]] == list(COLUMNS.values())
    assert sheet.max_row == 13
    lines = client("xf-officer1").get("/desk/registry/powers/?field=fire&format=csv")
    assert b"".join(lines.streaming_content).decode("utf-8-sig").count("fire.") >= 12


def upload(username, drafts=None, *, data=None, name="清单.xlsx", **changed):
    content = data if data is not None else write_powers(drafts)
    form = {"valid_from": "2026-12-01", "reason": "年度调整", "keeper": "511802-xfjy"} | changed
    return client(username).post(
        "/desk/registry/powers/import/", {**form, "file": SimpleUploadedFile(name, content)}
    )


def fire():
    return [draft_of(p) for p in Power.objects.filter(field="fire").order_by("code")]


def dearer(draft):
    return replace(draft, conditions="调整后的条件")


def test_what_changed_in_a_file_becomes_one_proposal_and_the_rest_is_left_out():
    drafts = fire()
    answer = upload("xf-review-head", [dearer(d) for d in drafts[:3]] + drafts[3:])
    assert answer.status_code == 302
    row = ChangeProposal.objects.get()
    assert (len(row.items), row.source_file) == (3, "清单.xlsx")
    client("xf-agency-head2").post(f"/desk/registry/changes/{row.id}/decide/", {"do": "approve"})
    assert Power.objects.filter(conditions="调整后的条件").count() == 3


def test_one_wrong_row_and_nothing_is_taken_in():
    book = load_workbook(io.BytesIO(write_powers([dearer(d) for d in fire()])))
    book.active["D4"] = "消防法第九百条"
    book.active["G6"] = "随便罚"
    out = io.BytesIO()
    book.save(out)
    answer = upload("xf-review-head", data=out.getvalue())
    shown = answer.content.decode()
    assert answer.status_code == 422
    for told in ("第4行", "没有第九百条", "第6行", "罚款幅度", "不能识别"):
        assert told in shown, told
    assert not ChangeProposal.objects.exists()
    assert Power.objects.filter(field="fire").count() == 12


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"not a list", "a.xlsx", "xlsx或者csv"),
        (b"", "a.xlsx", "文件是空的"),
        (b"PK\x03\x04", "a.xlsx", "不能作为xlsx"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data, name, said):
    answer = upload("xf-review-head", data=data, name=name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_same_list_again_changes_nothing_and_others_lists_are_not_touched():
    same = upload("xf-review-head", fire())
    assert "完全相同" in same.content.decode()
    food = [dearer(draft_of(Power.objects.get(code="food.label")))]
    other = upload("xf-review-head", food)
    assert other.status_code == 403
    assert "其他机关编制" in other.content.decode()
    assert not ChangeProposal.objects.exists()
