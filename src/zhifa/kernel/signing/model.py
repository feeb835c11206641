"""What sealing deals in: whose seal, where it goes, and what a check found.

The interface says nothing of the algorithm: a signer with a national-algorithm key in a signature
machine takes the place of the demonstration's by implementing ``Signer``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

SEAL_DIAMETER = 42 / 25.4 * 72
"""A seal of 42 mm, in points."""


class SealError(RuntimeError):
    """A document cannot be sealed or checked. The message is for the official or citizen."""


class NoSealPlace(SealError):
    """The document has no place for a seal: it is not one that goes out under seal."""


class AlreadySealed(SealError):
    """The document carries a seal; a served document is never edited."""


class BadPdf(SealError):
    """What was given is not a PDF that can be read: another format, cut off, damaged or too big."""


@dataclass(frozen=True)
class SealIdentity:
    """Whose seal it is."""

    agency: str
    agency_code: str
    word: str = "演示专用"
    """The word under the star: 演示专用 in the demonstration, else 行政处罚专用章 or none."""


@dataclass(frozen=True)
class SealPlace:
    """Where the middle of the seal goes: page from 0, points from the page's lower left corner."""

    page: int
    x: float
    y: float


class Signer(Protocol):
    """Whoever holds seals and can put one on a document."""

    def seal(
        self,
        pdf: bytes,
        *,
        identity: SealIdentity,
        at: datetime,
        place: SealPlace | None = None,
    ) -> bytes:
        """The document with a visible seal and a signature over every byte of it.

        ``at`` is the instant of sealing. Without ``place`` the seal goes where the document's
        sign-off keeps room for it. Raises NoSealPlace, AlreadySealed or BadPdf.
        """
        ...


@dataclass(frozen=True)
class SealReport:
    """What a check of a document found. ``bottom_line`` is what counts; the rest says why."""

    sealed: bool
    bottom_line: bool
    intact: bool = False
    """The signed bytes are as they were."""
    valid: bool = False
    """The signature over them is mathematically right."""
    trusted: bool = False
    """Its certificate was issued by an authority that we trust."""
    covers_whole: bool = False
    """Nothing was added after the seal."""
    signer: str = ""
    agency_code: str = ""
    signed_at: datetime | None = None
    timestamped_at: datetime | None = None
    seals: int = 0

    @property
    def sentence(self) -> str:
        """The answer in one sentence, for a citizen."""
        if not self.sealed:
            return "本文件没有电子印章，不能验证其来源"
        if self.bottom_line:
            return f"电子印章有效：由{self.signer}加盖，盖章后文件未被改动"
        if not self.intact:
            return "电子印章无效：文件内容在盖章后被改动"
        if not self.covers_whole:
            return "电子印章无效：盖章后文件被追加了内容"
        if not self.valid:
            return "电子印章无效：签名验证不通过"
        return "电子印章的证书不受信任，不能确认由该机关加盖"
