"""What other rooms ask of the records: issue, seal, serve, enter evidence, archive."""

from zhifa.records.services.archive import archive
from zhifa.records.services.evidence import add_evidence, evidence_of
from zhifa.records.services.issuing import (
    ContentChanged,
    content_digest,
    issue,
    pdf,
    preview,
    typed_input,
    typeset,
)
from zhifa.records.services.sealing import seal, serve

__all__ = [
    "ContentChanged",
    "add_evidence",
    "archive",
    "content_digest",
    "evidence_of",
    "issue",
    "pdf",
    "preview",
    "seal",
    "serve",
    "typed_input",
    "typeset",
]
