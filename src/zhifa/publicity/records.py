"""The public record of a decision: its exact bytes, its short public id, what search looks at."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from zhifa.kernel import canonical
from zhifa.law.procedures.publication import NoticeDrafted
from zhifa.publicity.models import Publication

FORMAT = "zhifa/public-decision/1"
COPIED = (
    "case_name",
    "party_name",
    "party_kind",
    "party_code",
    "violation",
    "facts",
    "penalty",
    "fine_fen",
    "confiscated_fen",
    "hidden",
)
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10


def public_id(decision_id: UUID) -> str:
    """The short id under which the public finds a decision: ten characters that nobody mistakes.

    Made from the decision's own random id, so that the same decision always has the same.
    """
    number = int.from_bytes(hashlib.sha256(b"zhifa/public-id\n" + decision_id.bytes).digest()[:8])
    return "".join(_ALPHABET[(number >> 5 * n) & 31] for n in range(_LENGTH))


def nonce(act_id: UUID) -> str:
    """What binds a draft, so that its digest tells nobody what it says: the act's own secret."""
    return hashlib.sha256(b"zhifa/notice-nonce\n" + act_id.bytes).hexdigest()[:32]


def record(
    row: Publication, made: NoticeDrafted, *, agency_name: str, on: date, until: date | None
) -> str:
    """The record as it is hashed and handed out: canonical JSON, amounts in fen.

    `salt` keeps the digest, which outlives the record, from confirming a guess at what it said.
    """
    return canonical.text(
        canonical.plain(
            {
                "format": FORMAT,
                "id": row.public_id,
                "number": row.number,
                "agency": {
                    "code": row.agency_code,
                    "name": agency_name,
                    "region": row.region_code,
                },
                "case_name": made.case_name,
                "party": {
                    "name": made.party_name,
                    "kind": made.party_kind,
                    "code": made.party_code,
                },
                "violation": made.violation,
                "facts": made.facts,
                "violated": made.violated,
                "penalised_by": made.penalised_by,
                "penalty": made.penalty,
                "kinds": made.kinds,
                "fine_fen": made.fine_fen,
                "confiscated_fen": made.confiscated_fen,
                "hidden": made.hidden,
                "decided_on": row.decided_on,
                "published_on": on,
                "published_until": until,
                "salt": made.nonce,
            }
        )
    )


def searched(row: Publication, made: NoticeDrafted, agency_name: str) -> str:
    """What a search looks at: only what stands in the record."""
    return "\n".join(
        (
            row.number,
            made.case_name,
            made.party_name,
            made.party_code,
            made.violation,
            made.facts,
            made.penalty,
            agency_name,
        )
    )
