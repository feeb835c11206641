"""Setting documents: Typst to PDF/A-2b, the same bytes for the same input.

The kernel knows how to set a template, not which documents there are: the template folder is given,
the font folders are those of the settings unless given. A compiler holds its fonts in memory and
is kept for each process; it is not re-entrant, so a lock lets one thread at a time through.
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import segno
import typst

from zhifa.kernel.punctuation import normalise

__all__ = [
    "FontReport",
    "TypesettingError",
    "font_report",
    "normalise",
    "opened",
    "page_text",
    "page_texts",
    "qr_svg",
    "template_version",
    "typeset",
]

PREFERRED = ("FandolFang R", "FandolSong", "FandolHei", "FandolKai")
FALLBACK = "Noto Serif CJK SC"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class TypesettingError(RuntimeError):
    """A document could not be set. The message is for the official; ``detail`` for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


_PDFIUM = threading.Lock()


@dataclass(frozen=True)
class FontReport:
    """Which typefaces are there. Without 仿宋 and its kin documents fall back to Noto."""

    missing: tuple[str, ...]
    fallback: bool

    @property
    def ok(self) -> bool:
        """Whether documents are set in the typefaces that they ask for."""
        return not self.missing and self.fallback

    @property
    def sentence(self) -> str:
        """One sentence for the operator."""
        if not self.missing and self.fallback:
            return "公文字体齐备"
        if self.missing and not self.fallback:
            return "未安装中文字体，不能排印文书：请运行 make setup"
        if self.missing:
            return f"缺少字体{'、'.join(self.missing)}，文书以{FALLBACK}代替"
        return f"缺少补字字体{FALLBACK}，生僻字不能排印"


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    root: Path,
    font_dirs: Sequence[Path] | None = None,
    stamp: datetime = EPOCH,
    inputs: Mapping[str, str] | None = None,
) -> bytes:
    """Set ``template`` (a file in ``root``) with ``data`` and return the PDF/A-2b.

    ``stamp`` is the date in the file's metadata; it is part of the input, never the clock, so that
    setting again gives the same bytes. Raises TypesettingError where a character is in no
    typeface, a font is missing, or the template fails.
    """
    if not (root / template).is_file():
        raise TypesettingError(f"没有文书模板“{template}”", str(root / template))
    fonts = font_report(font_dirs)
    if fonts.missing and not fonts.fallback:
        raise TypesettingError(fonts.sentence)  # else text would vanish without a word
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    compiler, lock = _compiler(root, _font_dirs(font_dirs), os.getpid())
    with lock:
        try:
            made = compiler.compile(
                input=root / template,
                format="pdf",
                sys_inputs={"data": text, **(inputs or {})},
                pdf_standards="a-2b",
                timestamp=int(stamp.timestamp()),
            )
        except typst.TypstError as error:
            raise _explained(error) from error
    if not isinstance(made, bytes):
        raise TypesettingError("文书排印没有结果")
    return made


def template_version(template: str, *, root: Path) -> str:
    """Digest (SHA-256, hexadecimal) of a template with the whole library it may draw on."""
    files = [root / template, *sorted((root / "lib").rglob("*.typ"))]
    whole = sha256()
    for file in files:
        name = file.relative_to(root).as_posix().encode()
        body = file.read_bytes()
        whole.update(b"%d:%b%d:%b" % (len(name), name, len(body), body))
    return whole.hexdigest()


def font_report(font_dirs: Sequence[Path] | None = None) -> FontReport:
    """Which of the typefaces that documents ask for are installed."""
    families = _families(_font_dirs(font_dirs))
    return FontReport(
        missing=tuple(name for name in PREFERRED if name not in families),
        fallback=FALLBACK in families,
    )


def qr_svg(text: str) -> str:
    """A QR code (error correction M, quiet zone 2) as SVG, for a template to place."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True))


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF to read from. PDFium is not made for threads: one reads at a time."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, in reading order, with plain line ends."""
    with opened(pdf) as document:
        return [page_text(page) for page in document]


def page_text(page: pypdfium2.PdfPage) -> str:
    """The text of one page, in reading order, with plain line ends."""
    return str(page.get_textpage().get_text_range()).replace("\r\n", "\n").strip()


def _font_dirs(font_dirs: Sequence[Path] | None) -> tuple[Path, ...]:
    if font_dirs is not None:
        return tuple(font_dirs)
    from django.conf import settings

    return tuple(Path(folder) for folder in settings.FONT_DIRS)


@lru_cache(maxsize=4)
def _fonts(font_dirs: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_dirs if folder.is_dir()],
    )


@lru_cache(maxsize=4)
def _families(font_dirs: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(_fonts(font_dirs).families())


@lru_cache(maxsize=8)
def _compiler(
    root: Path, font_dirs: tuple[Path, ...], pid: int
) -> tuple[typst.Compiler, threading.Lock]:
    """One compiler for each process (``pid`` keeps a forked child from using its parent's)."""
    compiler = typst.Compiler(
        root=str(root), font_paths=_fonts(font_dirs), ignore_system_fonts=True
    )
    return compiler, threading.Lock()


def _explained(error: typst.TypstError) -> TypesettingError:
    message = str(error.message)
    if "could not be displayed with font" in message:
        missing = message.split('"')[1] if '"' in message else ""
        codes = "、".join(f"{char}（U+{ord(char):04X}）" for char in dict.fromkeys(missing))
        return TypesettingError(f"字库缺字：{codes}。请补装收有该字的字体后重新排印", message)
    return TypesettingError("文书排印失败", error.diagnostic or message)
