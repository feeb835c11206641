"""The typed inputs of documents: pure values, one frozen dataclass for each kind.

What is put into a document is fixed by the act that issues it; setting it on paper is a pure
function of this input (``rendering``). Nothing here knows Django or the database.
"""

from zhifa.records.inputs.codec import BadInput, decode, digest, encode
from zhifa.records.inputs.kinds import KINDS, DocumentKind, kind_of

__all__ = ["KINDS", "BadInput", "DocumentKind", "decode", "digest", "encode", "kind_of"]
