"""A case's dossier: whole, bound by the ledger, and checked by a stranger with Python alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import ROOT
from tests.records.conftest import Until
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, ids, ledger, vault
from zhifa.kernel.errors import NotFound
from zhifa.procedure.models import Matter
from zhifa.records import selectors, services
from zhifa.records.models import Document, Evidence

TOOL = ROOT / "tools" / "verify_dossier.py"


def checked(path: Path) -> tuple[int, dict[str, Any]]:
    """What the stranger's program says, run apart with the standard library alone."""
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(TOOL), str(path), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return told.returncode, json.loads(told.stdout)


@pytest.fixture
def archived(played_until: Until, tmp_path: Path) -> tuple[Story, Path]:
    story = played_until("归档")
    with clock.scenario(clock.at(story.on, 12)):
        return story, services.export_dossier(story.case_id, tmp_path / "case.zip")


def test_it_verifies_offline_and_every_act_is_in_it(archived: tuple[Story, Path]) -> None:
    story, path = archived
    status, told = checked(path)
    assert (status, told["faults"]) == (0, [])
    assert told["events"] == len(ledger.events(story.case_id))


def test_each_document_and_exhibit_is_bound_by_an_event(archived: tuple[Story, Path]) -> None:
    story, path = archived
    told = {
        word
        for event in ledger.events(story.case_id)
        for word in event.body.replace('"', " ").split()
        if len(word) == 64
    }
    with zipfile.ZipFile(path) as dossier:
        listed = json.loads(dossier.read("contents.json"))
        assert len(listed["documents"]) == Document.objects.filter(matter_id=story.case_id).count()
        assert len(listed["evidence"]) == Evidence.objects.filter(matter_id=story.case_id).count()
        for one in listed["documents"]:
            digest = hashlib.sha256(dossier.read(one["content"])).hexdigest()
            assert digest == one["digest"]
            assert digest in told
            pdf = dossier.read(one["pdf"])
            assert pdf.startswith(b"%PDF-")
            if one["sealed_sha256"]:
                assert hashlib.sha256(pdf).hexdigest() == one["sealed_sha256"]
                assert one["sealed_sha256"] in told
            template = dossier.read(f"templates/{one['template_version']}.txt")
            assert hashlib.sha256(template).hexdigest() == one["template_version"]
        for one in listed["evidence"]:
            assert hashlib.sha256(dossier.read(one["file"])).hexdigest() == one["sha256"]
            assert one["sha256"] in told
        assert {one["volume"] for one in listed["documents"]} == {"正卷", "副卷"}
        assert [s["method"] for s in listed["services"]] == ["direct"] * 4


def test_a_flipped_byte_in_any_member_is_found_and_the_member_named(
    archived: tuple[Story, Path], tmp_path: Path
) -> None:
    _, path = archived
    data = path.read_bytes()
    with zipfile.ZipFile(path) as dossier:
        members = [(i.filename, i.header_offset, i.file_size) for i in dossier.infolist()]
    kinds = ("documents/", "internal/", "evidence/", "templates/", "contents.json", "ledger/")
    for kind in kinds:
        name, at, size = next(m for m in members if m[0].startswith(kind) and m[2] > 200)
        middle = at + 30 + len(name.encode()) + size // 2
        changed = tmp_path / "changed.zip"
        changed.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        status, told = checked(changed)
        assert status == 1
        assert any(name in fault for fault in told["faults"]), name


def test_the_manifest_says_which_case_it_is(archived: tuple[Story, Path]) -> None:
    story, path = archived
    with zipfile.ZipFile(path) as dossier:
        about = json.loads(dossier.read("manifest.json"))["about"]
    assert about["case_no"] == "雅雨市监案〔2026〕1号"
    assert about["decision_no"] == "雅雨市监罚〔2026〕1号"
    assert about["matter"] == str(story.case_id)


def test_a_running_case_is_exported_as_far_as_it_got(decided: Story, tmp_path: Path) -> None:
    with clock.scenario(clock.at(decided.on, 12)):
        path = services.export_dossier(decided.case_id, tmp_path / "case.zip")
    assert checked(path)[0] == 0
    with zipfile.ZipFile(path) as dossier:
        listed = json.loads(dossier.read("contents.json"))
    sealed = {one["kind"]: bool(one["sealed_sha256"]) for one in listed["documents"]}
    assert (sealed["prior_notice"], sealed["penalty_decision"]) == (True, False)


def test_no_plain_copy_of_evidence_stays_behind(
    played_until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = tmp_path / "between"  # not the folder that others write to meanwhile
    between.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(between))
    made: list[str] = []
    make = tempfile.mkdtemp

    def noted(*args: Any, **more: Any) -> str:
        made.append(make(*args, **more))
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", noted)
    story = played_until("归档")
    with clock.scenario(clock.at(story.on, 12)):
        path = services.export_dossier(story.case_id, tmp_path / "case.zip")
    assert any(Path(folder).parent == between for folder in made)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert not list(between.iterdir())


def test_a_damaged_exhibit_is_never_exported_as_if_it_were_whole(
    decided: Story, vault_of_tests: Path, tmp_path: Path
) -> None:
    exhibit = Evidence.objects.filter(matter_id=decided.case_id)[0]
    file = vault_of_tests / exhibit.vault_key[:2] / exhibit.vault_key
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with clock.scenario(clock.at(decided.on, 12)), pytest.raises(vault.Damaged):
        services.export_dossier(decided.case_id, tmp_path / "case.zip")
    file.write_bytes(whole)
    assert not (tmp_path / "case.zip").exists()


# --- the command ----------------------------------------------------------------------------------


def test_the_command_takes_a_decision_a_filing_and_a_matter(decided: Story, tmp_path: Path) -> None:
    numbers = ("雅雨市监罚〔2026〕1号", "雅雨市监案〔2026〕1号", str(decided.case_id))
    with clock.scenario(clock.at(decided.on, 12)):
        for n, said in enumerate(numbers):
            out = tmp_path / f"{n}.zip"
            call_command("dossier", "export", said, "-o", str(out), stdout=StringIO())
            assert checked(out)[0] == 0
    with pytest.raises(CommandError, match="没有找到"):
        call_command("dossier", "export", "雅雨市监罚〔2026〕99号", "-o", str(tmp_path / "x.zip"))
    with pytest.raises(CommandError, match="没有文件夹"):
        call_command("dossier", "export", numbers[0], "-o", str(tmp_path / "no" / "x.zip"))


def test_the_command_compares_what_is_kept_with_the_ledger(
    decided: Story, vault_of_tests: Path
) -> None:
    told = StringIO()
    call_command("dossier", "check", str(decided.case_id), "--set-again", stdout=told)
    assert told.getvalue().strip() == "案卷与账本记载一致。"
    document = Document.objects.get(matter_id=decided.case_id, kind="penalty_decision")
    file = vault_of_tests / document.pdf_key[:2] / document.pdf_key
    whole = file.read_bytes()
    file.unlink()
    with pytest.raises(CommandError, match="行政处罚决定书：文件损坏或者缺失"):
        call_command("dossier", "check", str(decided.case_id))
    file.write_bytes(whole)


def test_a_number_that_two_agencies_bear_is_not_guessed(decided: Story) -> None:
    document = Document.objects.get(matter_id=decided.case_id, kind="penalty_decision")
    assert selectors.matter_of(document.number) == decided.case_id
    document.id, document.agency_code = ids.uuid7(), "511800-scjg"
    document.matter = Matter.objects.exclude(id=decided.case_id)[0]
    document.save(force_insert=True)
    for unclear in (document.number, "", str(ids.uuid7())):
        with pytest.raises(NotFound):
            selectors.matter_of(unclear)
