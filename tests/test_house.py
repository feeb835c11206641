"""The promises of the whole house: each fails when somebody breaks it, wherever that is."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from zhifa.accounts.access import access_of
from zhifa.faces import wiring
from zhifa.law import check, documents
from zhifa.law.procedures import ALL
from zhifa.records.inputs import KINDS
from zhifa.registry.statutes import StatuteLibrary

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
    assert open_desk <= {"desk/sign-in/", "desk/sign-out/"}


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


def test_pages_panels_and_readings_write_nothing() -> None:
    reading = ("views", "panels", "selectors", "forms", "templatetags", "page")
    offenders = {
        str(path): found
        for path, tree in sources(*reading)
        if path.parts[0] != "kernel" and (found := writes(tree))
    }
    assert offenders == {}


def test_only_the_procedure_room_writes_matters() -> None:
    for path, tree in sources():
        if path.parts[0] == "procedure":
            continue
        for line in writes(tree):
            assert not re.search(r"\b(Matter|RunningTerm|TodoItem)\.objects", line), (path, line)
            assert not re.match(r"(act\.)?matter\.save\(", line), (path, line)


# --- 3 ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_rule_cites_and_the_law_check_passes() -> None:
    for procedure in ALL:
        for step in procedure.steps.values():
            assert step.cites
            assert all(g.cites for g in (*step.needs, *step.checks))
            assert all(o.kind.cites for o in step.opens)
    assert all(rule.cites for rule in documents.RULES.values())
    assert StatuteLibrary is not None
    check.load_all()


# --- 4, 5 ---------------------------------------------------------------------------------------


def test_every_event_kind_has_a_reader_or_says_that_it_has_none() -> None:
    kinds = {f"{p.code}/{code}" for p in ALL for code in p.steps} | {"genesis"}
    assert kinds <= set(wiring.READERS)


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


# --- texts and files ----------------------------------------------------------------------------


def test_the_project_speaks_of_itself_alone() -> None:
    said = subprocess.run(
        ["git", "grep", "-nIE", r"(^|[^.a-z])/work/|pypi\.org|registry\.npmjs|deb\.debian"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert [line for line in said.splitlines() if "tests/test_house.py" not in line] == []


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
                }, path


def test_no_file_has_a_second_idea_inside() -> None:
    long = [
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text("utf-8").splitlines()) > 500
    ]
    assert long == []
