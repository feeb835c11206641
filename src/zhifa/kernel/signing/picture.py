"""The picture of a round seal, drawn by code: ring, name on the arc, star; vermilion."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader

from zhifa.kernel import typesetting

HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=256)
def seal_picture(name: str, word: str, font_dirs: tuple[Path, ...] | None = None) -> bytes:
    """The seal as a PDF of one page of 42 mm without ground."""
    return typesetting.typeset(
        "seal.typ", {}, root=HERE, font_dirs=font_dirs, inputs={"name": name, "word": word}
    )


class SealInk(ImportedPdfPage):
    """The picture as a stamp's ground, printed like ink: what is black below stays black."""

    def __init__(self, picture: bytes) -> None:
        super().__init__("")
        self._picture = picture

    def render(self) -> bytes:
        """The drawing commands; the page is imported on the way."""
        writer = self._ensure_writer
        xobject = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._picture)), page_ix=0)
        self.resources.xobject["/Seal"] = xobject
        self.set_resource(
            category=ResourceType.EXT_G_STATE,
            name=pdf_name("/SealInk"),
            value=generic.DictionaryObject({pdf_name("/BM"): pdf_name("/Multiply")}),
        )
        left, bottom, right, top = (float(edge) for edge in xobject.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/SealInk gs /Seal Do"


def fonts_of(font_dirs: Sequence[Path] | None) -> tuple[Path, ...] | None:
    """The folders as a key for the cache."""
    return None if font_dirs is None else tuple(font_dirs)
