"""What other rooms ask of the records: issue, seal, serve, enter evidence, archive, export."""

from zhifa.records.services.archive import archive
from zhifa.records.services.checking import faults_of
from zhifa.records.services.dossier import export_dossier
from zhifa.records.services.evidence import add_evidence, evidence_of, inherit_evidence
from zhifa.records.services.issuing import (
    ContentChanged,
    content_digest,
    issue,
    pdf,
    preview,
    typed_input,
    typeset,
)
from zhifa.records.services.numbering import start_numbers, void_number
from zhifa.records.services.sealing import note_handed_over, seal, serve

__all__ = [
    "ContentChanged",
    "add_evidence",
    "archive",
    "content_digest",
    "evidence_of",
    "export_dossier",
    "faults_of",
    "inherit_evidence",
    "issue",
    "note_handed_over",
    "pdf",
    "preview",
    "seal",
    "serve",
    "start_numbers",
    "typed_input",
    "typeset",
    "void_number",
]
