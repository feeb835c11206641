"""The promises of the whole house: each fails when somebody breaks it, wherever that is."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from zhifa.accounts.access import access_of
from zhifa.faces import wiring
from zhifa.law import check, documents
from zhifa.law.procedures import ALL
from zhifa.records.events import EVENTS as NUMBERED
from zhifa.records.inputs import KINDS
from zhifa.registry.events import EVENTS as REGISTERED
from zhifa.supervision.events import EVENTS as READ

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "zhifa"
GOLDEN = ROOT / "tests" / "documents" / "golden"


def sources(*parts: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SRC.rglob("*.py")):
        said = path.relative_to(SRC)
        if "migrations" in said.parts:
            continue
        if not parts or any(p in said.parts or said.stem == p for p in parts):
            yield said, ast.parse(path.read_text("utf-8"))


def addresses(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from addresses(found, prefix + str(found.pattern))
        else:
            yield prefix + str(found.pattern), found


# --- 1 ------------------------------------------------------------------------------------------


def test_every_address_asks_for_a_person_or_says_that_it_is_public() -> None:
    silent = [
        where
        for where, found in addresses()
        if access_of(found.callback) not in ("person", "public")
    ]
    assert silent == []


def test_everything_at_the_desk_asks_for_a_person_but_the_sign_in() -> None:
    open_desk = {
        where
        for where, found in addresses()
        if where.startswith("desk/") and access_of(found.callback) == "public"
    }
    assert open_desk <= {
        "desk/sign-in/",
        "desk/sign-in/second/",
        "desk/sign-in/oidc/",
        "desk/sign-in/oidc/back/",
        "desk/sign-out/",
    }


# --- 2 ------------------------------------------------------------------------------------------

WRITES = {
    "create",
    "bulk_create",
    "update_or_create",
    "get_or_create",
    "bulk_update",
    "delete",
    "save",
}


def writes(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            through_rows = ".objects" in ast.unparse(node.func.value)
            if node.func.attr == "save" and node.args:
                continue  # a picture or a file, not a row
            if node.func.attr in WRITES or (node.func.attr == "update" and through_rows):
                found.append(ast.unparse(node)[:80])
    return found


STATEMENT = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE \w+ SET)\b")


def statements(tree: ast.Module) -> list[str]:
    return [
        node.value[:80]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and STATEMENT.search(node.value)
    ]


def may_write(path: Path) -> bool:
    """Use cases and what is wired to events; the kernel's own tables; the spine, the counters and
    the register that use cases of other rooms go through; the generator of measured loads."""
    room, *rest = path.with_suffix("").parts
    if room == "kernel":
        return not {"page", "templatetags", "factform", "typesetting"} & set(rest)
    named = {"services", "projections", "effects"}
    return bool(named & set(rest)) or str(path) in {
        "procedure/spine.py",
        "procedure/bulk.py",
        "records/numbers.py",
        "registry/register.py",
        "registry/seeding.py",
    } or path.parts[:2] == ("faces", "bulk")  # fmt: skip


def test_only_use_cases_write() -> None:
    offenders = {
        str(path): found
        for path, tree in sources()
        if not may_write(path) and (found := writes(tree) + statements(tree))
    }
    assert offenders == {}


def test_a_write_anywhere_else_would_be_found() -> None:
    for words in (
        "Case.objects.filter(id=1).update(cause='x')",
        "case.save()",
        "Case.objects.get_or_create(id=1)",
        "case.delete()",
    ):
        assert writes(ast.parse(words))
    assert statements(ast.parse("cursor.execute('UPDATE penalty_case SET cause = %s', ['x'])"))
    for place in ("cases/views/case.py", "cases/panels.py", "review/selectors.py", "faces/kit.py"):
        assert (SRC / place).exists()
        assert not may_write(Path(place))


def test_only_the_procedure_room_writes_matters() -> None:
    for path, tree in sources():
        if path.parts[0] == "procedure":
            continue
        for line in statements(tree):
            assert not re.search(r"\b(matter|running_term|todo_item)\b", line), (path, line)
        for line in writes(tree):
            assert not re.search(r"\b(Matter|RunningTerm|TodoItem)\.objects", line), (path, line)
            assert not re.match(r"(act\.)?matter\.save\(", line), (path, line)


# --- 3 ------------------------------------------------------------------------------------------


def test_every_rule_cites_and_the_law_check_passes() -> None:
    for procedure in ALL:
        for step in procedure.steps.values():
            assert step.cites
            assert all(g.cites for g in (*step.needs, *step.checks))
            assert all(o.kind.cites for o in step.opens)
    assert all(rule.cites for rule in documents.RULES.values())
    check.load_all()
    report = check.check(None, date(2026, 5, 6))
    assert report.problems == ()
    assert report.by_kind["step"] >= sum(len(p.steps) for p in ALL)
    assert {"guard", "term", "obligation", "document", "review", "warning"} <= set(report.by_kind)


# --- 4, 5 ---------------------------------------------------------------------------------------


def test_every_event_kind_has_a_reader_or_says_that_it_has_none() -> None:
    kinds = {f"{p.code}/{code}" for p in ALL for code in p.steps} | {"genesis"}
    kinds |= {e.kind for e in (*REGISTERED, *NUMBERED, *READ)}
    assert kinds <= set(wiring.READERS)
    unread = {kind for kind, readers in wiring.READERS.items() if not readers}
    assert not {k for k in unread if "/" in k and k.split("/")[0] in {p.code for p in ALL}}


def test_every_queue_that_is_named_is_served() -> None:
    named = set()
    for _path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "queue":
                named.add(ast.unparse(node.value))
    assert named, "the jobs name their queues"
    serve = (SRC / "config" / "serve.py").read_text("utf-8")
    # The worker is started without a list of queues: it serves every one.
    assert '"worker"' in serve
    assert "--queues" not in serve


# --- 6 ------------------------------------------------------------------------------------------


def test_every_document_template_has_a_golden_text() -> None:
    assert {p.stem for p in GOLDEN.glob("*.txt")} >= set(KINDS)
    owed = {o.kind for p in ALL for s in p.steps.values() for o in s.owes}
    assert owed <= set(KINDS)


# --- 9 ------------------------------------------------------------------------------------------


@pytest.mark.django_db(databases=["default", "portal"])
def test_the_portal_s_role_reads_its_own_schema_and_nothing_else() -> None:
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname NOT LIKE 'pg\\_%'"
            " AND n.nspname <> 'information_schema'"
            " AND (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))"
        )
        readable = {row[0] for row in cursor.fetchall()}
    assert readable
    assert {name for name in readable if not name.startswith("portal.")} == set()


@pytest.mark.django_db(databases=["default", "portal"])
def test_a_page_of_the_portal_asks_its_own_connection_and_no_other() -> None:
    given = {
        "<slug:public_id>": "AAAA0000",
        "<str:key>": "CF:58",
        "<str:article>": "58",
        "<int:number>": "1",
    }
    asked = 0
    for where, found in addresses():
        if access_of(found.callback) != "public" or where.startswith(("desk/", "kit/", "healthz")):
            continue
        code = "penalty_ordinary" if where.startswith("procedures/") else "CF"
        filled = where.replace("<str:code>", code)
        for name, value in given.items():
            filled = filled.replace(name, value)
        with CaptureQueriesContext(connections["default"]) as queries:
            assert Client().get("/" + filled).status_code in (200, 302, 404), where
        # Whether the house is a demonstration is said on every page, and is nobody's secret.
        told = [q["sql"] for q in queries if 'FROM "demo_mark"' not in q["sql"]]
        assert told == [], where
        asked += 1
    assert asked >= 15


# --- texts and files ----------------------------------------------------------------------------


def found_in_the_project(words: str, *how: str) -> list[str]:
    said = subprocess.run(
        ["git", "grep", "-nIE", *how, words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    return [line for line in said.splitlines() if "tests/test_house.py" not in line]


def test_the_project_speaks_of_itself_alone() -> None:
    elsewhere = r"(^|[^.a-z])/work/|/tmp/plan|handbook|pypi\.org|registry\.npmjs|deb\.debian"
    assert found_in_the_project(elsewhere, "-i") == []
    assert found_in_the_project(r"\bissue #?[0-9]", "-i") == []


def test_nothing_is_left_for_later_in_words() -> None:
    assert found_in_the_project(r"\b(FIXME|XXX|TODO):|# ?(FIXME|XXX|TODO)\b") == []


def test_only_the_kernel_s_clock_reads_the_clock() -> None:
    for path, tree in sources():
        if str(path) == "kernel/clock.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in {
                    "datetime.now",
                    "date.today",
                    "timezone.now",
                    "time.time",
                    "time.localtime",
                    "datetime.utcnow",
                    "datetime.today",
                    "timezone.localdate",
                }, path
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\b(CURRENT_DATE|CURRENT_TIMESTAMP|now\(\))", node.value), (
                    path
                )
            if isinstance(node, ast.keyword):
                assert node.arg not in ("auto_now", "auto_now_add"), path


def test_no_file_has_a_second_idea_inside() -> None:
    long = [
        str(path.relative_to(ROOT))
        for folder in (SRC, ROOT / "tests")
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text("utf-8").splitlines()) > 500
    ]
    assert long == []
