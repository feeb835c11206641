"""Sealing with PAdES: EC P-256, SHA-256, optionally with an RFC 3161 time stamp."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhifa.kernel.signing import keys
from zhifa.kernel.signing.model import (
    SEAL_DIAMETER,
    AlreadySealed,
    BadPdf,
    NoSealPlace,
    SealError,
    SealIdentity,
    SealPlace,
)
from zhifa.kernel.signing.picture import SealInk, fonts_of, seal_picture

FIELD = "Seal1"
DESTINATION = "seal"
LIFT = 10.0
"""Typst points a destination ten points above what it names, so that a reader sees it."""


class DemoSigner:
    """Seals with the demonstration's keys. Nothing that it seals has legal effect.

    ``stamped`` adds a time stamp of the local stand-in for a time stamp authority.
    """

    def __init__(
        self,
        key_dir: Path | None = None,
        *,
        stamped: bool = False,
        font_dirs: Sequence[Path] | None = None,
    ) -> None:
        self._folder = _demo_folder(key_dir)
        self._stamped = stamped
        self._font_dirs = fonts_of(font_dirs)

    def seal(
        self,
        pdf: bytes,
        *,
        identity: SealIdentity,
        at: datetime,
        place: SealPlace | None = None,
    ) -> bytes:
        """See ``Signer.seal``."""
        if at.tzinfo is None:
            raise ValueError("the instant of sealing needs an offset")
        pair = keys.seal_pair(self._folder, identity)
        try:
            reader = PdfFileReader(BytesIO(pdf))
            if reader.embedded_signatures:
                raise AlreadySealed("文书已加盖电子印章，不能重复加盖")
            where = place or _place(reader)
            writer = IncrementalPdfFileWriter.from_reader(reader)
        except (PdfError, OSError, ValueError, KeyError) as error:
            raise BadPdf("文书文件损坏，不能加盖电子印章") from error
        half = SEAL_DIAMETER / 2
        left, bottom = round(where.x - half), round(where.y - half)
        box = (left, bottom, left + round(SEAL_DIAMETER), bottom + round(SEAL_DIAMETER))
        style = StaticStampStyle(
            background=SealInk(seal_picture(identity.agency, identity.word, self._font_dirs)),
            background_opacity=1.0,
            background_layout=SimpleBoxLayoutRule(
                x_align=AxisAlignment.ALIGN_MID,
                y_align=AxisAlignment.ALIGN_MID,
                margins=Margins.uniform(0),
            ),
            border_width=0,
        )
        signer = _TimedSigner(
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                subfilter=SigSeedSubFilter.PADES,
                md_algorithm="sha256",
                certify=True,
                docmdp_permissions=MDPPerm.NO_CHANGES,
                name=identity.agency,
            ),
            signer=signers.SimpleSigner(
                signing_cert=pair.certificate,
                signing_key=pair.key,
                cert_registry=_store(keys.authority(self._folder).certificate),
            ),
            timestamper=self._time_stamper(at) if self._stamped else None,
            stamp_style=style,
            new_field_spec=SigFieldSpec(sig_field_name=FIELD, on_page=where.page, box=box),
        )
        signer.at = at
        out = BytesIO()
        signer.sign_pdf(writer, output=out)
        return out.getvalue()

    def _time_stamper(self, at: datetime) -> TimeStamper:
        pair = keys.time_stamper(self._folder)
        root = keys.authority(self._folder).certificate
        return DummyTimeStamper(
            tsa_cert=pair.certificate,
            tsa_key=pair.key,
            certs_to_embed=_store(root),
            fixed_dt=at,
        )


class _TimedSigner(signers.PdfSigner):
    """A signer whose time is given, not read from the clock of the machine."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def _demo_folder(key_dir: Path | None) -> Path:
    if key_dir is None:
        from django.conf import settings

        if settings.ZHIFA_MODE == "production":
            raise SealError("正式运行不得使用演示印章：请接入本机关的电子印章系统")
    return key_folder(key_dir)


def key_folder(key_dir: Path | None) -> Path:
    """Where seal keys lie: the parameter, or the settings."""
    if key_dir is not None:
        return key_dir
    from django.conf import settings

    return Path(settings.KEY_DIR)


def _store(*certificates: asn1_x509.Certificate) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple(certificates)
    return store


def _place(reader: PdfFileReader) -> SealPlace:
    """Where the document's sign-off keeps room: the destination named ``seal``."""
    try:
        names = reader.root["/Names"]["/Dests"]["/Names"]
    except KeyError as error:
        raise NoSealPlace("本文书不需要加盖印章") from error
    for index in range(0, len(names) - 1, 2):
        if str(names[index]) == DESTINATION:
            target = names[index + 1]
            return SealPlace(
                page=_number(reader, target), x=float(target[2]), y=float(target[3]) - LIFT
            )
    raise NoSealPlace("本文书不需要加盖印章")


def _number(reader: PdfFileReader, target: Any) -> int:
    wanted = target.raw_get(0).reference
    for number in range(int(reader.root["/Pages"]["/Count"])):
        if reader.find_page_for_modification(number)[0].reference == wanted:
            return number
    raise NoSealPlace("文书中印章位置的页码无效")
