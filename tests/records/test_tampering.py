"""Whatever a forger does to the dossier of a real case is found, and the thing is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.test_dossier import found, members, named, parts, rezipped, verifier
from tests.records.conftest import LATER, _silent
from zhifa.faces.demo.play import play
from zhifa.faces.demo.story import Story
from zhifa.kernel import canonical, clock
from zhifa.kernel.ledger import package
from zhifa.records import services

Files = dict[str, bytes]
Change = Callable[[Files], str]
"""Changes the members; gives what the fault must name."""

_once: Files = {}


@pytest.fixture
def dossier(decided: Story, tmp_path: Path) -> bytes:
    """The archived case's dossier, played and exported once for the whole module."""
    if "whole" not in _once:
        story = play(LATER, story=decided, say=_silent)
        with clock.scenario(clock.at(story.on, 12)):
            out = services.export_dossier(story.case_id, tmp_path / "case.zip")
        _once["whole"] = out.read_bytes()
    return _once["whole"]


@pytest.fixture
def signed_anew(dossier: bytes, tmp_path: Path) -> Callable[[Change], str]:
    """Packs changed members under a new manifest with the platform's own key, and checks them."""

    def changed(change: Change) -> str:
        files = dict(parts(dossier)[2:])
        names = change(files)
        out = tmp_path / "changed.zip"
        package.pack(dict(files), out, about={})
        status, told = found(out.read_bytes())
        assert status == 1
        assert names in told, told
        return told

    return changed


# --- who cannot sign ------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(chosen=st.data())
def _flips(data: bytes, chosen: Any) -> None:
    at = chosen.draw(st.integers(0, len(data) - 1))
    bit = chosen.draw(st.integers(0, 7))
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    status, told = found(bytes(changed))
    assert status in ((1, 2) if at < 4 else (1,))
    assert status == 2 or any(name in told for name in named(data, at)), (at, told)


def test_any_flipped_bit_is_found_and_its_member_named(dossier: bytes) -> None:
    assert found(dossier) == (0, "")
    _flips(dossier)


@settings(max_examples=15, deadline=None)
@given(chosen=st.data())
def _cuts(data: bytes, chosen: Any) -> None:
    start = chosen.draw(st.integers(0, len(data) - 1))
    end = chosen.draw(st.integers(start + 1, min(start + 4000, len(data))))
    assert found(data[:start] + data[end:])[0] in (1, 2)
    extra = chosen.draw(st.binary(min_size=1, max_size=20))
    assert found(data[:start] + extra + data[start:])[0] in (1, 2)


def test_whatever_is_cut_out_or_put_in_is_found(dossier: bytes) -> None:
    _cuts(dossier)


@pytest.mark.parametrize(
    "kind", ["documents/", "internal/", "evidence/", "templates/", "ledger/", "contents.json"]
)
def test_a_missing_or_moved_member_of_any_sort_is_named(dossier: bytes, kind: str) -> None:
    whole = parts(dossier)
    at = next(i for i, (name, _) in enumerate(whole) if name.startswith(kind))
    name = whole[at][0]
    assert f"{name}: is missing" in found(rezipped([*whole[:at], *whole[at + 1 :]]))[1]
    moved = [*whole[:at], *whole[at + 1 :], whole[at]]
    assert "stands at another place" in found(rezipped(moved))[1]
    assert [n for n, _, _ in members(dossier)] == [n for n, _ in whole]


def test_an_added_member_is_named(dossier: bytes) -> None:
    told = found(rezipped([*parts(dossier), ("evidence/证9 后补.png", b"x")]))[1]
    assert "evidence/证9 后补.png: was added" in told


# --- who can sign a manifest, but not turn the ledger back ----------------------------------------


def _name(files: Files, prefix: str, ending: str, word: str = "") -> str:
    return next(n for n in files if n.startswith(prefix) and n.endswith(ending) and word in n)


def _listed(change: Callable[[dict[str, Any]], None]) -> Change:
    def apply(files: Files) -> str:
        contents = json.loads(files["contents.json"])
        change(contents)
        files["contents.json"] = canonical.encode(contents)
        return "contents.json"

    return apply


def _another_fine(files: Files) -> str:
    """The decision's content with another sum, and the contents made to agree with it."""
    name = _name(files, "documents/", ".content.txt", "行政处罚决定书")
    changed = files[name].replace(b"00", b"01", 1)
    assert changed != files[name]
    digest = hashlib.sha256(changed).hexdigest()
    contents = json.loads(files["contents.json"])
    next(d for d in contents["documents"] if d["content"] == name)["digest"] = digest
    files[name], files["contents.json"] = changed, canonical.encode(contents)
    return f"{name}: is not the content that event"


def _another_sealed_file(files: Files) -> str:
    name = _name(files, "documents/", ".pdf", "行政处罚决定书")
    files[name] += b"\n"
    contents = json.loads(files["contents.json"])
    listed = next(d for d in contents["documents"] if d["pdf"] == name)
    listed["sealed_sha256"] = hashlib.sha256(files[name]).hexdigest()
    files["contents.json"] = canonical.encode(contents)
    return f"{name}: is not the file that event"


def _another_photo(files: Files) -> str:
    name = _name(files, "evidence/", ".png")
    files[name] += b"\0"
    contents = json.loads(files["contents.json"])
    listed = next(e for e in contents["evidence"] if e["file"] == name)
    listed["sha256"] = hashlib.sha256(files[name]).hexdigest()
    files["contents.json"] = canonical.encode(contents)
    return f"{name}: is not the file that event"


def _another_template(files: Files) -> str:
    name = _name(files, "templates/", ".txt")
    files[name] += b" "
    return f"{name}: is not the template"


def _no_discussion(files: Files) -> str:
    """The collective discussion left out altogether, with its line in the contents."""
    contents = json.loads(files["contents.json"])
    gone = next(d for d in contents["documents"] if d["kind"] == "collective_discussion")
    contents["documents"].remove(gone)
    files["contents.json"] = canonical.encode(contents)
    del files[gone["content"]], files[gone["pdf"]]
    return "issued is missing: collective_discussion"


def _no_photo(files: Files) -> str:
    contents = json.loads(files["contents.json"])
    del files[contents["evidence"].pop(0)["file"]]
    files["contents.json"] = canonical.encode(contents)
    return "entered is missing"


def _no_contents(files: Files) -> str:
    del files["contents.json"]
    return "contents.json: is missing"


def _a_paper_more(files: Files) -> str:
    files["documents/31 补充说明.pdf"] = b"%PDF-1.7"
    return "documents/31 补充说明.pdf: was added"


def _a_paper_listed(contents: dict[str, Any]) -> None:
    contents["documents"].append({**contents["documents"][0], "id": "another"})


def _another_number(contents: dict[str, Any]) -> None:
    next(d for d in contents["documents"] if d["number"])["number"] = "雅雨市监罚〔2026〕9号"


def _another_day(contents: dict[str, Any]) -> None:
    contents["documents"][0]["issued_on"] = "2026-01-01"


def _unsealed(contents: dict[str, Any]) -> None:
    next(d for d in contents["documents"] if d["sealed_sha256"])["sealed_sha256"] = None


def _served_earlier(contents: dict[str, Any]) -> None:
    contents["services"][0]["served_on"] = "2026-01-01"


def _twice(contents: dict[str, Any]) -> None:
    contents["evidence"].append(contents["evidence"][0])


@pytest.mark.parametrize(
    "change",
    [
        _another_fine,
        _another_sealed_file,
        _another_photo,
        _another_template,
        _no_discussion,
        _no_photo,
        _no_contents,
        _a_paper_more,
        *map(
            _listed,
            (_a_paper_listed, _another_number, _another_day, _unsealed, _served_earlier, _twice),
        ),
    ],
)
def test_the_ledger_itself_says_which_papers_there_are(
    signed_anew: Callable[[Change], str], change: Change
) -> None:
    signed_anew(change)


def test_only_what_typesetting_makes_of_bound_content_rests_on_the_manifest_alone(
    dossier: bytes,
) -> None:
    report, status = verifier.check(dossier)
    assert status == 0
    (note,) = report.notes
    loose = note.split("): ")[1].split("、")
    assert all(name == "contents.json" or name.endswith(".pdf") for name in loose)
    assert not any("行政处罚决定书" in name or "告知书" in name for name in loose)
