"""A stranger with Python alone finds and names whatever was done to an exported dossier."""

import hashlib
import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.cast import opened, said
from tests.kernel.test_verification import disposed
from zhifa.kernel import canonical, clock, keys
from zhifa.kernel.ledger import export, package, roots

TOOL = Path(__file__).parents[2] / "tools" / "verify_dossier.py"
DECISION = b"%PDF-1.7 \xe8\xa1\x8c\xe6\x94\xbf\xe5\xa4\x84\xe7\xbd\x9a"


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("verify_dossier", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = _load()


@pytest.fixture
def folder(db: None, settings: Any, tmp_path: Path) -> Path:
    settings.KEY_DIR = tmp_path / "keys"
    return tmp_path


@pytest.fixture
def stream(folder: Path) -> UUID:
    """A matter with five events, private parts, one of them disposed of, among other matters."""
    stream, register = opened(), opened()
    for _ in range(4):
        said(opened())
    for number in range(4):
        event = said(stream, private={"narrative": f"第{number}次询问", "name": "张某某𠮷"})
        if number == 1:
            disposed(event, register)
    digest = hashlib.sha256(DECISION).hexdigest()
    said(stream, body={"outputs": [{"kind": "penalty_decision", "digest": digest}]})
    return stream


@pytest.fixture
def files(stream: UUID) -> dict[str, package.Content]:
    return {
        **export.stream_bundle(stream),
        "documents/01 行政处罚决定书.pdf": DECISION,
        "cover.txt": b"cover",
    }


def packed(files: dict[str, package.Content], folder: Path) -> bytes:
    out = folder / f"{uuid4()}.zip"
    package.pack(files, out, about={"case_no": "川雅市监案〔2026〕1号"})
    return out.read_bytes()


def found(data: bytes, **options: Any) -> tuple[int, str]:
    """Status and all faults in one text; what is no dossier at all is status 2."""
    try:
        report, status = verifier.check(data, **options)
    except verifier.Wrong as wrong:
        return 2, str(wrong)
    return status, "\n".join(f"{where}: {what}" for where, what in report.faults)


def test_an_untouched_dossier_holds(files: dict[str, package.Content], folder: Path) -> None:
    data = packed(files, folder)
    root = roots.latest()
    assert root
    key = keys.key_id(root.certificate)
    assert found(data, wanted_root=root.hash, wanted_key=key) == (0, "")
    report, _ = verifier.check(data)
    assert report.facts["bound"] == 1
    assert any("cover.txt" in note for note in report.notes)
    assert report.facts["events"] == report.facts["covered"] == 5
    (folder / "d.zip").write_bytes(data)
    with zipfile.ZipFile(folder / "d.zip") as opened_by_others:
        assert opened_by_others.testzip() is None
        assert opened_by_others.read("cover.txt") == b"cover"


def test_it_runs_with_the_standard_library_alone(
    files: dict[str, package.Content], folder: Path
) -> None:
    path = folder / "d.zip"
    path.write_bytes(packed(files, folder))
    bare = [sys.executable, "-I", "-S", str(TOOL)]
    told = subprocess.run([*bare, str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "不能证明" in told.stdout
    assert "not proved" in told.stdout
    path.write_bytes(path.read_bytes().replace("第3次".encode(), "第9次".encode()))
    told = subprocess.run([*bare, str(path), "--json"], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert any("ledger/private.jsonl" in fault for fault in json.loads(told.stdout)["faults"])
    assert subprocess.run([*bare, str(TOOL)], capture_output=True, check=False).returncode == 2
    assert subprocess.run(bare, capture_output=True, check=False).returncode == 2


# --- any byte ------------------------------------------------------------------------------------

_once: dict[str, bytes] = {}


@pytest.fixture
def dossier(request: pytest.FixtureRequest) -> bytes:
    """One dossier for the whole module; making it needs the database, checking it does not."""
    if "data" not in _once:
        built = request.getfixturevalue("files")
        _once["data"] = packed(built, request.getfixturevalue("folder"))
    return _once["data"]


def members(data: bytes) -> list[tuple[str, int, int]]:
    """(name, start with header, end) of each member."""
    at, listed = 0, []
    while data[at : at + 4] == b"PK\3\4":
        size = int.from_bytes(data[at + 22 : at + 26], "little")
        length = int.from_bytes(data[at + 26 : at + 28], "little")
        end = at + 30 + length + size
        listed.append((data[at + 30 : at + 30 + length].decode(), at, end))
        at = end
    return listed


def named(data: bytes, at: int) -> set[str]:
    """How a fault at that byte may be named: by its member, or the container past the members."""
    for name, start, end in members(data):
        if start <= at < end:
            return {name, "container"} if at < start + 30 + len(name.encode()) else {name}
    return {"container"}


@settings(max_examples=120, deadline=None)
@given(chosen=st.data())
def _flips(data: bytes, chosen: Any) -> None:
    at = chosen.draw(st.integers(0, len(data) - 1))
    bit = chosen.draw(st.integers(0, 7))
    changed = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
    status, told = found(changed)
    assert status in ((1, 2) if at < 4 else (1,))
    assert status == 2 or any(name in told for name in named(data, at)), (at, told)


def test_any_flipped_bit_is_found_and_its_member_named(dossier: bytes) -> None:
    _flips(dossier)


@settings(max_examples=40, deadline=None)
@given(chosen=st.data())
def _cuts(data: bytes, chosen: Any) -> None:
    start = chosen.draw(st.integers(0, len(data) - 1))
    end = chosen.draw(st.integers(start + 1, min(start + 400, len(data))))
    assert found(data[:start] + data[end:])[0] in (1, 2)
    extra = chosen.draw(st.binary(min_size=1, max_size=20))
    assert found(data[:start] + extra + data[start:])[0] in (1, 2)


def test_any_byte_cut_out_or_put_in_is_found(dossier: bytes) -> None:
    _cuts(dossier)


def rezipped(parts: list[tuple[str, bytes]]) -> bytes:
    """Members in a given order, as somebody would write them who knows the container's form."""
    in_order = dict(parts)
    offsets, body = {}, b""
    for name, content in in_order.items():
        offsets[name] = len(body)
        body += verifier.local_header(name, content) + content
    return bytes(body + verifier.central_directory(in_order, offsets))


def parts(data: bytes) -> list[tuple[str, bytes]]:
    return [
        (name, data[start + 30 + len(name.encode()) : end]) for name, start, end in members(data)
    ]


def test_a_missing_added_renamed_or_moved_member_is_named(dossier: bytes) -> None:
    whole = parts(dossier)
    assert rezipped(whole) == dossier
    for index, (name, content) in enumerate(whole):
        status, told = found(rezipped(whole[:index] + whole[index + 1 :]))
        assert status == 1
        assert name in told
        renamed = [*whole[:index], (name + "x", content), *whole[index + 1 :]]
        assert f"{name}" in found(rezipped(renamed))[1]
        swapped = list(whole)
        swapped.append(swapped.pop(index))
        assert found(rezipped(swapped))[0] == (0 if index == len(whole) - 1 else 1)
    assert "extra.pdf: was added" in found(rezipped([*whole, ("extra.pdf", b"x")]))[1]
    assert "is there twice" in found(_twice(dossier))[1]


def _twice(data: bytes) -> bytes:
    _name, start, end = members(data)[-1]
    return data[:end] + data[start:end] + data[end:]


# --- what somebody does who can make a new manifest ----------------------------------------------


def line(files: dict[str, package.Content], name: str, number: int, old: str, new: str) -> None:
    rows = bytes(files[name]).decode().splitlines(keepends=True)  # type: ignore[arg-type]
    assert old in rows[number]
    rows[number] = rows[number].replace(old, new)
    files[name] = "".join(rows).encode()


def rows(files: dict[str, package.Content], name: str) -> list[bytes]:
    return bytes(files[name]).splitlines(keepends=True)  # type: ignore[arg-type]


def test_ledger_members_are_checked_though_the_manifest_was_made_anew(
    files: dict[str, package.Content], folder: Path
) -> None:
    events, private = "ledger/events.jsonl", "ledger/private.jsonl"

    def after(change: Any) -> str:
        changed = dict(files)
        change(changed)
        status, told = found(packed(changed, folder))
        assert status == 1
        return told

    def put(name: str, content: bytes | None) -> Any:
        return lambda f: f.pop(name) if content is None else f.update({name: content})

    e, p = rows(files, events), rows(files, private)
    assert "line 2: event 2 was changed" in after(lambda f: line(f, events, 1, "500000", "5000"))
    assert "line 2: is event 3 where" in after(put(events, b"".join([e[0], *e[2:]])))
    assert "events 5 to 5 are missing" in after(put(events, b"".join(e[:-1])))
    assert "line 1: is event 2 where" in after(put(events, b"".join([e[1], e[0], *e[2:]])))
    assert "line 6: is event 5 where" in after(put(events, b"".join([*e, e[-1]])))
    assert "canonical" in after(put(events, e[0].replace(b'":"', b'": "', 1) + b"".join(e[1:])))
    assert "event 3, name: was changed" in after(lambda f: line(f, private, 3, "张", "李"))
    assert "event 1, name: is missing" in after(put(private, b"".join(p[1:])))
    assert "out of order" in after(put(private, b"".join([p[1], p[0], *p[2:]])))
    assert "was added" in after(put(private, b"".join([*p, p[0]])))
    assert "event 2, narrative: is missing" in after(put("ledger/disposals.jsonl", None))
    assert "ledger/root.json: is missing" in after(put("ledger/root.json", None))
    assert "ledger/stream.json: is missing" in after(put("ledger/stream.json", None))
    root = bytes(files["ledger/root.json"])  # type: ignore[arg-type]
    assert "root.json: was changed" in after(
        put("ledger/root.json", root.replace(b'"number":1', b'"number":2'))
    )
    proof = json.loads(bytes(files["ledger/proof.json"]))  # type: ignore[arg-type]
    for change in ({"seq": 4}, {"index": proof["index"] ^ 1}, {"path": proof["path"][1:]}):
        wrong = canonical.encode({**proof, **change})
        assert "ledger/proof.json" in after(put("ledger/proof.json", wrong))


def test_a_document_that_was_exchanged_loses_its_tie_to_the_ledger(
    files: dict[str, package.Content], folder: Path
) -> None:
    files["documents/01 行政处罚决定书.pdf"] = DECISION + b" "
    report, status = verifier.check(packed(files, folder))
    assert status == 0  # whoever holds the platform's key signed it; but the ledger does not
    assert report.facts["bound"] == 0
    assert any("行政处罚决定书" in note for note in report.notes)


def test_a_dossier_signed_by_a_stranger_is_told_by_the_key(
    files: dict[str, package.Content], folder: Path, settings: Any
) -> None:
    known = keys.key_id(keys.root_certificate())
    settings.KEY_DIR = folder / "a stranger's keys"
    data = packed(files, folder)
    assert found(data)[0] == 0
    assert "was not made by the key" in found(data, wanted_key=known)[1]
    assert "is not the root" in found(data, wanted_root="0" * 64)[1]


def test_an_end_that_no_root_covers_is_said(stream: UUID, folder: Path) -> None:
    bundle = export.stream_bundle(stream, fresh_root=False)
    assert found(packed(dict(bundle), folder)) == (3, "")
    roots.make(clock.today())
    said(stream)
    late = export.stream_bundle(stream, fresh_root=False)
    report, status = verifier.check(packed(dict(late), folder))
    assert (status, report.facts["covered"], report.facts["events"]) == (3, 5, 6)
    assert found(packed(dict(export.stream_bundle(stream)), folder)) == (0, "")


def test_sm3_in_the_chain_is_checked_by_the_tools_own_sm3(folder: Path, settings: Any) -> None:
    settings.LEDGER_ALGORITHM = "sha256+sm3"
    stream = opened()
    said(stream)
    data = packed(dict(export.stream_bundle(stream)), folder)
    assert found(data) == (0, "")


@given(st.binary(max_size=300))
def test_the_tools_sm3_is_that_of_the_standard(message: bytes) -> None:
    assert verifier.sm3(message) == hashlib.new("sm3", message).hexdigest()


def test_the_tools_signatures_are_those_of_the_library() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    point = (numbers.x, numbers.y)
    for message in (b"", b"a", b"b"):
        digest = hashlib.sha256(message).hexdigest()
        signature = key.sign(message, ec.ECDSA(hashes.SHA256()))
        assert verifier.signature_holds(digest, signature.hex(), point)
        assert not verifier.signature_holds(
            hashlib.sha256(b"c").hexdigest(), signature.hex(), point
        )
        r, s = decode_dss_signature(signature)
        assert verifier.der_integers(signature) == [r, s]
    with pytest.raises(verifier.Wrong):
        verifier.signature_holds(digest, signature.hex(), (numbers.x, numbers.y ^ 1))


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../b", "", "manifest.json", "a\\b", "a//b", "a\n"]
)
def test_a_name_that_leads_out_of_the_dossier_is_not_packed(name: str, folder: Path) -> None:
    with pytest.raises(package.CannotPack):
        package.pack({name: b"x"}, folder / "d.zip", about={})
    assert not (folder / "d.zip").exists()
