"""Streams and events as the kernel's tests need them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from zhifa.kernel import ledger

ACTOR = UUID(int=7)


def opened() -> UUID:
    """A stream of the city's market supervision bureau."""
    return ledger.open_stream(kind="matter", agency_code="511800-scjg", region_code="511800")


def said(stream: UUID, **changes: Any) -> ledger.StoredEvent:
    """A filing, or what ``changes`` make of it."""
    told: dict[str, Any] = {
        "stream_id": stream,
        "kind": "case_filed",
        "version": 1,
        "body": {"amount_fen": 500_000, "power": "food-expired"},
        "act_id": uuid4(),
        "actor_id": ACTOR,
        "duty": "handle",
        "agency_code": "511800-scjg",
        "occurred_at": date(2026, 3, 2),
    }
    return ledger.append(**{**told, **changes})
