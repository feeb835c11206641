"""A dossier as one file: a ZIP whose every byte is laid down, with a signed manifest.

``docs/dossier-format.md`` describes it; ``tools/verify_dossier.py`` checks it without this code.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from zhifa.kernel import canonical, keys
from zhifa.kernel.canonical import Json
from zhifa.kernel.ledger import roots

FORMAT: Final = "zhifa-dossier/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig.json"
MANIFEST_TAG: Final = "zhifa/dossier-manifest/1"
_LIMIT: Final = 2**32 - 1
_UTF8: Final = 0x0800
_FIRST_OF_1980: Final = 0x21
_PLAIN_FILE: Final = 0o100644 << 16
_BLOCK: Final = 1024 * 1024

Content = bytes | Path


class CannotPack(ValueError):
    """A name or a size that the format does not hold."""


def pack(files: Mapping[str, Content], out: Path, *, about: Mapping[str, Json]) -> str:
    """Write the files with a signed manifest into ``out``; gives the SHA-256 of the whole.

    ``about`` says in the manifest what the dossier is (case number, agency, when it was made).
    The same files with the same ``about`` give the same bytes, apart from the signature.
    """
    members = dict(sorted(files.items(), key=lambda pair: pair[0].encode()))
    for name in members:
        _check_name(name)
    certificate = keys.root_certificate()
    manifest = canonical.encode(
        {
            "about": dict(about),
            "files": [_entry(name, content) for name, content in members.items()],
            "format": FORMAT,
            "key": keys.key_id(certificate),
        }
    )
    signature = canonical.encode(
        {
            "certificate": certificate,
            "signature": roots.sign(canonical.digest(MANIFEST_TAG, manifest)),
        }
    )
    fresh = out.with_name(f".{out.name}.part")
    with fresh.open("wb") as file:
        _write(file, {MANIFEST: manifest, SIGNATURE: signature, **members})
    fresh.replace(out)
    return _digest(out)


def _check_name(name: str) -> None:
    parts = PurePosixPath(name).parts
    if (
        not name
        or name in (MANIFEST, SIGNATURE)
        or name != "/".join(parts)
        or "\\" in name
        or any(part in ("..", "/") for part in parts)
        or name != unicodedata.normalize("NFC", name)
        or any(ord(c) < 32 for c in name)
    ):
        raise CannotPack(f"a file in a dossier cannot be called {name!r}")


def _entry(name: str, content: Content) -> dict[str, Json]:
    digest, size = sha256(), 0
    for block in _blocks(content):
        digest.update(block)
        size += len(block)
    return {"name": name, "sha256": digest.hexdigest(), "size": size}


def _digest(path: Path) -> str:
    digest = sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _write(file: BinaryIO, members: Mapping[str, Content]) -> None:
    """A ZIP without compression, dates or extras: one way only to write given members."""
    central, at = [], 0
    for name, content in members.items():
        crc, size = 0, 0
        for block in _blocks(content):
            crc, size = zlib.crc32(block, crc), size + len(block)
        if at + size > _LIMIT - 1024:
            raise CannotPack("a dossier holds less than 4 GiB: export recordings apart")
        raw = name.encode()
        common = (20, _UTF8, 0, 0, _FIRST_OF_1980, crc, size, size, len(raw), 0)
        header = b"PK\3\4" + struct.pack("<HHHHHIIIHH", *common) + raw
        file.write(header)
        for block in _blocks(content):
            file.write(block)
        tail = (0, 0, 0, _PLAIN_FILE, at)
        central.append(
            b"PK\1\2\x14\3" + struct.pack("<HHHHHIIIHH", *common) + struct.pack("<HHHII", *tail)
            + raw
        )  # fmt: skip
        at += len(header) + size
    if len(central) > 65_535:
        raise CannotPack("a dossier holds at most 65,535 files")
    directory = b"".join(central)
    end = (0, 0, len(central), len(central), len(directory), at, 0)
    file.write(directory + b"PK\5\6" + struct.pack("<HHHHIIH", *end))
