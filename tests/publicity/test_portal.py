"""The portal through its own role: what is shown, what is refused, how often it asks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import _clone, _drop, _using
from tests.publicity import factories
from tests.registry.seeded import seeded_template
from zhifa.config import postgres
from zhifa.kernel import clock
from zhifa.kernel.page.words import yuan
from zhifa.publicity import figures, reading
from zhifa.publicity.models import PublishedDecision
from zhifa.publicity.reading import Wanted

__all__ = ["seeded_template"]

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rows(seeded_template: str, django_db_blocker: Any) -> Iterator[list[PublishedDecision]]:
    """A database with filled registers and a handful of public decisions, really committed."""
    name = f"zhifa_run_{os.getpid()}_portal"
    _clone(name, seeded_template)
    with _using(name):
        with django_db_blocker.unblock():
            factories.root(1)
            factories.root(2, date(2026, 11, 23))
            factories.tombstone()
            made = factories.city_of_decisions()
        yield made
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def client(rows: Any, django_db_blocker: Any) -> Iterator[Client]:
    """A reader without name or session, on the day after the last decision."""
    with django_db_blocker.unblock(), clock.frozen(clock.at(TODAY)):
        yield Client()


def text(answer: Any) -> str:
    return str(answer.content.decode())


# --- the role ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    ["matter", "ledger_event", "ledger_private", "penalty_case", "registry_partyversion",
     "publication", "publication_notice", "accounts_person", "document"],
)  # fmt: skip
def test_the_portals_role_reads_no_table_that_holds_unredacted_data(client, table):
    with connections["portal"].cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(f"SELECT * FROM zhifa.{table} LIMIT 1")
    connections["portal"].close()


def test_the_portals_role_may_only_look(client):
    for sql in ("DELETE FROM published_decision", "UPDATE public_root SET hash = ''",
                "CREATE TABLE portal.mine (a int)"):  # fmt: skip
        with (
            connections["portal"].cursor() as cursor,
            pytest.raises(Exception, match=r"only|denied"),
        ):
            cursor.execute(sql)
        connections["portal"].close()


def test_what_the_portals_role_may_read_is_a_list_that_somebody_looked_at(client):
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.role_table_grants"
            " WHERE grantee = 'zhifa_portal' ORDER BY 1"
        )
        found = {row[0] for row in cursor.fetchall()}
    assert found == {
        f"portal.{name}"
        for name in (
            "published_decision", "publication_tombstone", "public_root",
            "registry_region", "registry_agencyprofile", "registry_competenceassignment",
            "registry_officercard", "registry_power", "registry_benchmarkedition",
            "registry_statute", "registry_statuteversion", "registry_article",
        )
    }  # fmt: skip


CEILINGS = {
    "/": 4,
    "/about/": 1,
    "/decisions/": 4,
    "/decisions/?q=保质期": 5,
    "/decisions/?agency=511802-scjg&year=2026&kind=fine": 5,
    "/officers/": 1,
    "/officers/?number=00180200001": 2,
    "/officers/?agency=511802-scjg": 2,
    "/powers/": 3,
    "/powers/food.expired/": 4,
    "/laws/": 1,
    "/laws/?q=食品安全法124": 2,
    "/laws/?q=超过保质期": 3,
    "/laws/FS/": 3,
    "/laws/FS/124/": 4,
    "/laws/cite/FS:124:1:5/": 1,
    "/ledger/": 2,
    "/ledger/2/": 1,
    "/validate/": 0,
    "/robots.txt": 0,
}


@pytest.mark.parametrize("address", CEILINGS)
def test_every_page_answers_to_anybody_within_its_ceiling_and_touches_no_inner_table(
    client, address
):
    with (
        CaptureQueriesContext(connections["portal"]) as asked,
        CaptureQueriesContext(connections["default"]) as inner,
    ):
        answer = client.get(address)
    assert answer.status_code == 200
    foot = 1  # the newest root, in the foot of every page
    queries = [q["sql"] for q in asked if not q["sql"].startswith(("SET", "BEGIN"))]
    assert len(queries) <= CEILINGS[address] + foot, queries
    assert [q["sql"] for q in inner if "demo_mark" not in q["sql"]] == []


# --- decisions ---------------------------------------------------------------------------------


def test_the_list_shows_the_newest_first_and_finds_by_number_party_and_words(client, rows):
    said = text(client.get("/decisions/"))
    assert said.index("雅雨市监罚〔2026〕28号") < said.index("雅雨市监罚〔2026〕1号")
    for asked, found in (
        ("雅雨市监罚〔2026〕1号", rows[0]),
        ("张某副食店", rows[0]),
        ("超过保质期 糕点", rows[0]),
        ("好再来土特产品", rows[1]),
        ("综合行政执法局", rows[2]),
    ):
        said = text(client.get("/decisions/", {"q": asked}))
        assert found.public_id in said, asked
    assert "没有符合条件" in text(client.get("/decisions/", {"q": "航空母舰"}))


@pytest.mark.parametrize(
    "asked",
    [
        "'; DROP TABLE published_decision; --",
        "a\x00b",
        "%%%",
        "'' & |",
        "\\",
        "（" * 400,
        "🀄" * 60,
    ],
)
def test_whatever_is_asked_is_answered(client, asked):
    answer = client.get("/decisions/", {"q": asked, "year": asked, "kind": asked, "page": asked})
    assert answer.status_code == 200


def test_of_more_hits_than_are_counted_the_newest_are_walked(client, rows, monkeypatch):
    monkeypatch.setattr(reading, "CAP", 1)
    found = reading.decisions(Wanted(text="糕点"), TODAY, 1)
    assert found.more_than == 1
    assert found.leaf.total is None
    days = [d.decided_on for d in found.leaf.items]
    assert len(days) == 2
    assert days == sorted(days, reverse=True)
    said = text(client.get("/decisions/", {"q": "糕点"}))
    assert "超过1件，请缩小范围" in said


def test_filters_narrow_the_list(client, rows):
    said = text(client.get("/decisions/", {"agency": "511800-zhzf"}))
    assert rows[2].public_id in said
    assert rows[0].public_id not in said
    said = text(client.get("/decisions/", {"kind": "warning"}))
    assert rows[1].public_id in said
    assert rows[0].public_id not in said
    assert rows[0].public_id not in text(client.get("/decisions/", {"year": "2025"}))


def test_the_home_counts_by_district_and_month_what_the_list_then_shows(client, rows):
    counted = figures.count(TODAY)
    shown = [d for d in rows if d.published_until is None or d.published_until >= TODAY]
    recent = [d for d in shown if d.decided_on >= counted.months[0].first]
    assert counted.total == len(recent) > 0
    assert [m.first for m in counted.months[:2]] == [date(2025, 12, 1), date(2026, 1, 1)]
    home = text(client.get("/"))
    for tile in (*counted.placed, *counted.beside):
        assert tile.count == sum(d.region_code == tile.code for d in recent), tile
        assert f"/decisions/?region={tile.code}" in home
    assert len(counted.placed) == 8
    there = next(t for t in counted.placed if t.count)
    listed = text(client.get(f"/decisions/?region={there.code}"))
    elsewhere = next(d for d in shown if d.region_code != there.code)
    assert next(d for d in recent if d.region_code == there.code).number in listed
    assert elsewhere.number not in listed


def test_a_decision_is_said_in_plain_words_made_of_what_is_public(client, rows):
    row = next(d for d in rows if d.fine_fen and "fine" in d.kinds)
    page = text(client.get(f"/decisions/{row.public_id}/"))
    plain = page[page.index("一看就懂") : page.index("由公示内容自动生成")]
    assert row.party_name in plain
    assert f"罚款{yuan(row.fine_fen)}元" in plain
    assert "六十日内申请行政复议" in plain
    assert "六个月内提起行政诉讼" in plain


def test_a_decision_reads_like_a_document_with_its_proof(client, rows):
    shown = rows[0]
    said = text(client.get(f"/decisions/{shown.public_id}/"))
    for words in (
        shown.case_name, shown.number, shown.agency_name, "公示中，至2029年9月16日",
        shown.sha256, shown.event_hash, "第1号", "食品安全法第三十四条第一款第十项",
    ):  # fmt: skip
        assert words in said, words
    assert "/laws/cite/FS:124:1:5/?on=2026-09-14" in said
    assert "<svg" in said


def test_the_record_is_handed_out_to_the_byte(client, rows):
    answer = client.get(f"/decisions/{rows[0].public_id}/record.json")
    assert hashlib.sha256(answer.content).hexdigest() == rows[0].sha256
    said = client.get(f"/decisions/{rows[0].public_id}.json").json()
    assert said["record"] == json.loads(answer.content)
    assert said["proof"]["sha256"] == rows[0].sha256


def test_a_sole_traders_and_a_persons_code_are_never_given(client, rows):
    for shown in (rows[0], rows[2]):
        said = client.get(f"/decisions/{shown.public_id}.json").json()["record"]
        assert said["party"]["code"] == ""
    said = client.get(f"/decisions/{rows[1].public_id}.json").json()["record"]
    assert said["party"]["code"] == "91511802MA6XXXXX0X"


def test_the_list_is_had_as_a_table_and_as_json(client, rows):
    answer = client.get("/decisions/", {"format": "csv", "q": "张某副食店"})
    lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert lines[0][1] == "决定书文号"
    assert lines[1][1] == rows[0].number
    assert lines[1][7] == "50,000.00"
    said = client.get("/decisions/", {"format": "json"}).json()
    assert len(said["decisions"]) == 3


def test_where_a_decision_was_taken_down_stands_a_tombstone_without_name_or_facts(client):
    answer = client.get("/decisions/k3m7q9w2xz/")
    assert answer.status_code == 410
    said = text(answer)
    assert "已经依法撤下" in said
    assert "行政处罚决定被依法撤销" in said
    assert "2026年11月20日" in said
    for words in ("张某", "副食店", "罚款5", "〔2026〕1号"):
        assert words not in said
    machine = client.get("/decisions/k3m7q9w2xz.json")
    assert machine.status_code == 410
    assert machine.json()["state"] == "withdrawn"
    assert client.get("/decisions/k3m7q9w2xz/record.json").status_code == 404


def test_a_decision_whose_time_is_over_is_no_longer_shown(client, rows):
    shown = rows[0]
    with clock.frozen(clock.at(date(2029, 9, 17))):
        answer = client.get(f"/decisions/{shown.public_id}/")
        assert answer.status_code == 410
        assert shown.case_name not in text(answer)
        assert client.get(f"/decisions/{shown.public_id}.json").status_code == 410
        assert client.get(f"/decisions/{shown.public_id}/record.json").status_code == 404
        assert shown.public_id not in text(client.get("/decisions/"))
    with clock.frozen(clock.at(date(2029, 9, 16))):
        assert client.get(f"/decisions/{shown.public_id}/").status_code == 200


def test_an_unknown_id_is_a_sentence(client):
    answer = client.get("/decisions/nothere/")
    assert answer.status_code == 404
    assert "没有这一公示编号" in text(answer)


def test_caches_must_ask_again_before_they_show_a_decision(client, rows):
    address = f"/decisions/{rows[0].public_id}/"
    answer = client.get(address)
    assert "no-cache" in answer.headers["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert "max-age=60" in client.get("/").headers["Cache-Control"]
    assert "sessionid" not in answer.cookies


def test_pages_take_no_form(client):
    for address in ("/", "/decisions/", "/officers/"):
        assert client.post(address).status_code == 405


# --- registers and law -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("00180200001", "证件有效"),
        ("00180200091", "证件不在有效期内"),
        ("00180200092", "证件已收回"),
        ("99999999999", "查无此证"),
        ("<script>", "查无此证"),
    ],
)
def test_a_certificate_gets_one_answer(client, number, answer):
    said = text(client.get("/officers/", {"number": number}))
    assert answer in said
    assert "<script>alert" not in said


def test_a_power_shows_basis_range_and_a_benchmark_marked_as_example(client):
    said = text(client.get("/powers/food.expired/"))
    for words in (
        "食品安全法第一百二十四条第一款第五项",
        "货值金额不足10000元",
        "50000元以上100000元以下",
        "10倍以上20倍以下",
        "示例，未经机关公布",
        "违法情节较轻",
    ):
        assert words in said, words
    assert client.get("/powers/no.such/").status_code == 404


def test_a_citation_opens_its_article_with_the_item_marked(client):
    said = text(client.get("/laws/cite/FS:124:1:5/", {"on": "2026-09-14"}))
    assert said.count('class="item marked"') == 1
    marked = said.split('class="item marked">')[1]
    assert "超过保质期" in marked.split("</p>")[0]
    part = client.get("/laws/cite/FS:124:1:5/", headers={"HX-Request": "true"})
    assert "<html" not in text(part)


def test_a_law_whose_text_is_not_held_says_so(client):
    said = text(client.get("/laws/cite/SJGS:9/"))
    assert "未收录原文" in said
    assert client.get("/laws/cite/NOLAW:1/").status_code == 404
    assert client.get("/laws/cite/x/").status_code == 404
    assert client.get("/laws/FS/9999/").status_code == 404
    assert client.get("/laws/FS/abc/").status_code == 404


# --- proofs ------------------------------------------------------------------------------------


def test_the_newest_root_stands_in_the_foot_and_on_its_page(client):
    said = text(client.get("/"))
    assert "2026-11-23" in said
    said = text(client.get("/ledger/"))
    assert "2026年11月23日" in said
    assert client.get("/ledger/2/").status_code == 200
    assert client.get("/ledger/99/").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"not a pdf at all", "不是PDF"),
        (b"%PDF-1.7\n" + b"\x00garbage" * 400, "不能验证"),
        (b"MZ" + b"\x90" * 3000, "不是PDF"),
    ],
)
def test_a_hostile_upload_gets_a_clear_sentence(client, content, words):
    given = SimpleUploadedFile("../../<b>x</b>.pdf", content)
    answer = client.post("/validate/", {"document": given})
    assert answer.status_code == 422
    assert words in text(answer)
    assert "<b>x</b>" not in text(answer)


def test_an_upload_that_is_too_large_is_refused_unread(client):
    given = SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * (15 * 1024 * 1024 + 70_000))
    answer = client.post("/validate/", {"document": given})
    assert answer.status_code == 422
    assert "15兆字节" in text(answer)


def test_no_upload_at_all_asks_for_one(client):
    answer = client.post("/validate/", {})
    assert answer.status_code == 422
    assert "请选择" in text(answer)


def test_robots_may_read_what_is_public_and_not_the_desk(client):
    said = text(client.get("/robots.txt"))
    assert "Disallow: /desk/" in said
    assert "Disallow: /\n" not in said
