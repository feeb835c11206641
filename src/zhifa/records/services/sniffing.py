"""What a file is, told by its content: its name and what a browser says of it are not believed."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import PurePosixPath
from typing import Final

HEAD: Final = 4096
"""How many of the first bytes are looked at."""

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_RIFF: Final = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_BRANDS: Final = {
    b"M4A ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
}
_SIGNS: Final = ("\t", "\n", "\r", "\f")
_MARKUP: Final = ("<", "{\\rtf", "#!", "%!PS")
EXTENSIONS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "video/x-msvideo": "avi",
    "text/plain": "txt",
}
"""The formats that evidence may have, and the ending under which each is handed out."""


def sniff(head: bytes) -> str | None:
    """The format of a file by its first bytes; None for one that evidence may not have."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    return "text/plain" if _is_text(head) else None


def shown_name(name: str) -> str:
    """An uploaded name as display text: no folders, no control or direction signs."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", clean).strip()[:200]


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)  # a cut last sign is no fault
    except UnicodeDecodeError:
        return False
    if not text.strip() or text.lstrip("\ufeff \t\r\n").startswith(_MARKUP):
        return False
    return all(c in _SIGNS or unicodedata.category(c) != "Cc" for c in text)
