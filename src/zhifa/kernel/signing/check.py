"""Checking a sealed document, whoever hands it in."""

import asyncio
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from zhifa.kernel.signing import keys
from zhifa.kernel.signing.model import BadPdf, SealReport
from zhifa.kernel.signing.pades import key_folder

MAX_BYTES = 50 * 1024 * 1024
MAX_SEALS = 20


def verify(
    pdf: bytes, *, key_dir: Path | None = None, at: datetime | None = None, limit: int = MAX_BYTES
) -> SealReport:
    """What can be said of the document's seal. Raises BadPdf for what is not a readable PDF.

    ``at`` is the instant at which certificates must be valid (now, unless given). Several seals
    count only if all of them hold; the report then names the last.
    """
    screen(pdf, limit)
    with suppress(RuntimeError):
        asyncio.get_running_loop()
        raise TypeError("verify() is plain code: call it from a thread, not from an event loop")
    roots = keys.trust_roots(key_folder(key_dir))
    try:
        return _report(pdf, roots, at)
    except BadPdf:
        raise
    # Hostile files make parsers fail in ways that no list of exceptions names.
    except (Exception, RecursionError, MemoryError) as error:
        raise BadPdf("文件损坏或者不完整，不能验证") from error


def screen(pdf: bytes, limit: int) -> None:
    """Refuse at a glance what is empty, too big or no PDF."""
    if not pdf:
        raise BadPdf("文件是空的")
    if len(pdf) > limit:
        raise BadPdf(f"文件超过{limit // 1024 // 1024}兆字节，不能验证")
    if b"%PDF-" not in pdf[:1024]:
        raise BadPdf("这不是PDF文件，请上传文书的电子原件（PDF）")


def _report(pdf: bytes, roots: list[Any], at: datetime | None) -> SealReport:
    reader = PdfFileReader(BytesIO(pdf))
    found = reader.embedded_regular_signatures
    if not found:
        # Reading on makes a cut-off file show itself.
        int(reader.root["/Pages"]["/Count"])
        return SealReport(sealed=False, bottom_line=False)
    if len(found) > MAX_SEALS:
        raise BadPdf("文件中的签名过多，不能验证")
    reports = [
        _one(signature, roots, at, seals=len(found), last=signature is found[-1])
        for signature in found
    ]
    last = reports[-1]
    if all(report.bottom_line for report in reports):
        return last
    return next(report for report in reports if not report.bottom_line)


def _one(
    signature: Any, roots: list[Any], at: datetime | None, *, seals: int, last: bool
) -> SealReport:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    stamps = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    status = asyncio.run(
        async_validate_pdf_signature(
            signature, signer_validation_context=context, ts_validation_context=stamps
        )
    )
    subject = status.signing_cert.subject.native
    stamp = status.timestamp_validity
    # After the last seal not a byte may follow; after an earlier one, only the next seal.
    reach = [SignatureCoverageLevel.ENTIRE_FILE]
    if not last:
        reach.append(SignatureCoverageLevel.ENTIRE_REVISION)
    whole = status.coverage in reach and status.modification_level in (
        None,
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
    )
    return SealReport(
        sealed=True,
        bottom_line=bool(status.bottom_line) and whole,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        covers_whole=whole,
        signer=str(subject.get("organization_name", "")),
        agency_code=str(subject.get("serial_number", "")),
        signed_at=status.signer_reported_dt,
        timestamped_at=stamp.timestamp if stamp else None,
        seals=seals,
    )
