"""One worked example of every document, all of one made-up case."""

from tests.documents.examples.inward import INWARD
from tests.documents.examples.outward import OUTWARD
from tests.documents.examples.records import RECORDS
from tests.documents.examples.righting import RIGHTING
from zhifa.records.inputs import kind_of
from zhifa.records.inputs.parts import Document

EXAMPLES: dict[str, Document] = {
    kind_of(document).code: document for document in (*OUTWARD, *INWARD, *RECORDS, *RIGHTING)
}
