"""Units, people and posts from a file: read without writing, agreed by two, the same twice."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from zhifa.accounts.models import Person, SecurityEvent, Unit
from zhifa.kernel import clock
from zhifa.kernel.errors import NotPermitted
from zhifa.law.actor import Duty
from zhifa.registry import selectors, services, staffing
from zhifa.registry.models import ChangeProposal, Post

TODAY = date(2026, 11, 24)
YC = "511802-scjg"
HEAD = list(staffing.COLUMNS.values())
GOOD = [
    ["patrol", "市场巡查中队", "", "", "", "", "", ""],
    ["patrol", "", "yc-new1", "甲示例", "执法人员", "队员", "示例任〔2026〕2号", "2026-11-01"],
    ["", "", "yc-new2", "乙示例", "", "", "", ""],
    ["enforcement", "", "yc-officer1", "李示例", "执法人员", "", "示例任〔2023〕1号", ""],
]


@pytest.fixture(autouse=True)
def _today(seeded):
    with clock.frozen(clock.at(TODAY)):
        yield


def as_csv(rows, encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows):
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def who(username):
    return Person.objects.get(username=username).id


def read(data, name="人员.csv"):
    return staffing.read(data, name, agency=YC, on=TODAY)


def state():
    return (Person.objects.count(), Post.objects.count(), Unit.objects.count(),
            ChangeProposal.objects.count())  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name"),
    [(as_csv(GOOD), "a.csv"), (as_csv(GOOD, "gb18030"), "a.csv"), (as_xlsx(GOOD), "a.xlsx")],
)
def test_a_file_is_read_row_by_row_and_writes_nothing(data, name):
    before = state()
    found = read(data, name)
    assert found.errors == ()
    assert [words for _n, words in found.changes] == [
        "内设机构市场巡查中队", "账号yc-new1（甲示例），甲示例任执法人员", "账号yc-new2（乙示例）",
    ]  # fmt: skip
    assert found.same == 1
    assert state() == before


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (["nowhere", "", "yc-x1", "某示例"] + [""] * 4,
         "内设机构名称", "应当写明名称"),
        (["", "", "YC 大写", "某示例"] + [""] * 4, "登录名", "小写字母"),
        (["", "", "yc-x1", ""] + [""] * 4, "姓名", "应当写明姓名"),
        (["", "", "ya-officer1", "唐示范"] + [""] * 4, "登录名", "其他机关"),
        (["", "", "yc-officer1", "另一示例"] + [""] * 4, "姓名", "另一姓名"),
        (["", "", "yc-x1", "某示例", "皇帝", "", "文", ""], "职责", "不是职责"),
        (["", "", "yc-x1", "某示例", "档案员", "", "", ""], "任职依据", "应当写明"),
        (["", "", "yc-x1", "某示例", "档案员", "", "文", "去年"], "任职自", "应当是日期"),
        (["", "", "yc-officer1", "李示例", "系统管理员", "", "文", ""], "职责", "三员"),
        (["", "", "", "某示例", "档案员", "", "文", ""], "登录名", "应当写明登录名"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_told_with_its_number_and_column(row, column, why):
    found = read(as_csv([*GOOD, row]))
    assert [(e.row, e.column) for e in found.errors] == [(6, column)]
    assert why in found.errors[0].reason


def proposed(rows=GOOD, by="yc-sysadmin"):
    return services.propose_staff(
        agency=YC, lines=read(as_csv(rows)).lines, reason="机构调整", on=TODAY, by=who(by)
    )


def test_one_administrator_proposes_the_other_approves_and_twice_is_once():
    row = proposed()
    for nobody in ("yc-sysadmin", "yc-auditor", "yc-agency-head1", "ya-secadmin"):
        with pytest.raises(NotPermitted):
            services.approve_change(proposal_id=row.id, on=TODAY, by=who(nobody))
    services.approve_change(proposal_id=row.id, on=TODAY, by=who("yc-secadmin"))
    actor = selectors.actor(who("yc-new1"), TODAY)
    assert [(p.duty, p.unit) for p in actor.posts] == [(Duty.OFFICER, "patrol")]
    assert not selectors.actor(who("yc-new2"), TODAY).posts
    assert not Person.objects.get(username="yc-new1").has_usable_password()
    assert SecurityEvent.objects.filter(kind="created").count() == 2
    again = read(as_csv(GOOD))
    assert again.lines == ()
    assert again.same == 4


def test_what_changed_between_proposal_and_approval_is_not_done_twice():
    row = proposed()
    services.open_account(
        agency=YC, username="yc-new2", name="乙示例", on=TODAY, by=who("yc-sysadmin")
    )
    services.approve_change(proposal_id=row.id, on=TODAY, by=who("yc-secadmin"))
    assert Person.objects.filter(username="yc-new2").count() == 1


def test_at_the_desk_it_is_tried_then_proposed_and_an_error_stops_all():
    browser = Client()
    browser.force_login(
        Person.objects.get(username="yc-sysadmin"),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    def send(rows, do):
        file = SimpleUploadedFile("人员.csv", as_csv(rows))
        return browser.post("/desk/people/import/", {"file": file, "reason": "调整", "do": do})

    before = state()
    tried = send(GOOD, "check")
    assert "甲示例任执法人员" in tried.content.decode()
    wrong = send([*GOOD, ["", "", "yc-x1", ""] + [""] * 4], "propose")
    assert wrong.status_code == 422
    assert "应当写明姓名" in wrong.content.decode()
    broken = browser.post(
        "/desk/people/import/",
        {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04rubbish"), "reason": "x", "do": "check"},
    )
    assert "不能作为xlsx文件读取" in broken.content.decode()
    assert state() == before
    answer = send(GOOD, "propose")
    row = ChangeProposal.objects.get()
    assert answer.headers["Location"] == f"/desk/registry/changes/{row.id}/"
    assert "甲示例" in browser.get(answer.headers["Location"]).content.decode()
