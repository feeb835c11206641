"""The vault: files of cases, each under a random address, encrypted by a key of its own.

A file's digest is a recorded fact and never its address, so that destroying one object's key
disposes of that object alone. Nothing is ever overwritten. Objects lie on the local disk under
``settings.VAULT_DIR``; what reaches the disk is already encrypted, block by block.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from zhifa.kernel import clock, keys
from zhifa.kernel.errors import NotFound
from zhifa.kernel.models import VaultObject

BLOCK: Final = 1024 * 1024
_MAGIC: Final = b"ZHIFA-V1"
_TAG_BYTES: Final = 16


class Damaged(RuntimeError):
    """An object on the disk is not what was put there; the message names the object."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """The facts of a stored file: its address, its digest in hex, its size in bytes."""

    key: str
    sha256: str
    size: int


def put(stream: IO[bytes] | bytes, *, agency: str, secrecy: str) -> StoredObject:
    """Store a file and register it; the file is on the disk, whole, before this returns.

    If the surrounding transaction is rolled back, what stays on the disk opens for nobody: its key
    was kept in the register alone.
    """
    source = BytesIO(stream) if isinstance(stream, bytes) else stream
    key = secrets.token_hex(16)
    data_key = secrets.token_bytes(keys.KEY_BYTES)
    digest, size = _write(_path(key), key, data_key, source)
    VaultObject.objects.create(
        key=key,
        agency_code=agency,
        secrecy=secrecy,
        sha256=digest,
        size=size,
        wrapped_key=keys.wrapped(keys.vault_key(agency, secrecy), data_key, key.encode()),
        stored_at=clock.now(),
    )
    return StoredObject(key, digest, size)


def open(key: str) -> BinaryIO:
    """The plain bytes of an object, as a stream; each block is authenticated as it is read.

    Raises :class:`NotFound` if there is no such object or its key was destroyed, and
    :class:`Damaged` from the reads themselves.
    """
    found = VaultObject.objects.filter(key=key).first()
    if found is None:
        raise NotFound("没有找到这份文件。", code="no-such-object")
    if found.wrapped_key is None:
        raise NotFound("这份文件已依法销毁。", code="object-disposed")
    master = keys.vault_key(found.agency_code, found.secrecy)
    try:
        data_key = keys.unwrapped(master, bytes(found.wrapped_key), key.encode())
    except InvalidTag as error:
        raise Damaged(f"{key}: its key does not open") from error
    return BufferedReader(_Plain(_blocks(key, data_key)), BLOCK)


def read(key: str) -> bytes:
    """The whole object at once; for documents, not for recordings."""
    with open(key) as stream:
        return stream.read()


def verify(key: str) -> StoredObject:
    """Read the object through and compare it with its registered facts.

    Raises :class:`Damaged`, naming the object, if one bit of it differs.
    """
    digest, size = sha256(), 0
    with open(key) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            size += len(block)
    found = VaultObject.objects.get(key=key)
    if (digest.hexdigest(), size) != (found.sha256, found.size):
        raise Damaged(f"{key}: its content is not what was registered")
    return StoredObject(key, found.sha256, found.size)


def destroy(key: str) -> None:
    """Dispose of an object: its wrapped key goes first, and with it the content; then the file."""
    VaultObject.objects.filter(key=key).update(wrapped_key=None)
    with suppress(FileNotFoundError):
        _path(key).unlink()


def _path(key: str) -> Path:
    if len(key) != 32 or not set(key) <= set("0123456789abcdef"):
        raise NotFound("没有找到这份文件。", code="no-such-object")
    return Path(settings.VAULT_DIR) / key[:2] / key


def _write(path: Path, key: str, data_key: bytes, source: IO[bytes]) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.part")
    cipher, digest, size = AESGCM(data_key), sha256(), 0
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC)
            for number, block, is_last in _cut(source):
                digest.update(block)
                size += len(block)
                file.write(cipher.encrypt(_nonce(number), block, _about(key, is_last)))
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)  # fails if the address is taken: nothing is overwritten
    finally:
        fresh.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return digest.hexdigest(), size


def _cut(source: IO[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Full blocks and a last one, which says that it is the last (and may be empty)."""
    number, block = 0, _full(source)
    while True:
        following = _full(source) if len(block) == BLOCK else b""
        is_last = not following
        yield number, block, is_last
        if is_last:
            return
        number, block = number + 1, following


def _full(source: IO[bytes]) -> bytes:
    """A whole block, though the source may give less at a time."""
    parts, missing = [], BLOCK
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _nonce(number: int) -> bytes:
    # Each object has its own key, so its blocks' numbers never repeat under one key.
    return number.to_bytes(keys.NONCE_BYTES, "big")


def _about(key: str, is_last: bool) -> bytes:
    return key.encode() + (b"/last" if is_last else b"/more")


def _blocks(key: str, data_key: bytes) -> Iterator[bytes]:
    cipher, number, is_last = AESGCM(data_key), 0, False
    try:
        with _path(key).open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise Damaged(f"{key}: the file is no vault object")
            sealed = file.read(BLOCK + _TAG_BYTES)
            while not is_last:
                following = file.read(BLOCK + _TAG_BYTES)
                is_last = not following
                yield cipher.decrypt(_nonce(number), sealed, _about(key, is_last))
                number, sealed = number + 1, following
    except FileNotFoundError as error:
        raise Damaged(f"{key}: the file is missing") from error
    except InvalidTag as error:
        raise Damaged(f"{key}: block {number} was changed, or the file was cut") from error


class _Plain(RawIOBase):
    """The decrypted blocks as a stream."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            try:
                self._rest = memoryview(next(self._blocks))
            except StopIteration:
                return 0
            if not self._rest:
                return 0  # an empty object is one empty block
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken
