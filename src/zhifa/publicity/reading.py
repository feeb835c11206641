"""What the portal reads, through the portal's own role: published decisions, tombstones, roots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, transaction
from django.db.models import Q, QuerySet

from zhifa.kernel.page import Leaf
from zhifa.law.power import PenaltyKind
from zhifa.publicity.models import PublicRoot, PublishedDecision, Tombstone
from zhifa.registry import segments

PORTAL = "portal"
CAP = 2_000
"""So many hits are counted and sorted exactly; of more, the newest are walked by day."""
EXPORT = 5_000
PER = 20
LIST = (
    "public_id", "number", "agency_name", "case_name", "party_name", "violation", "kinds",
    "fine_fen", "confiscated_fen", "decided_on", "published_at", "published_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks the list for."""

    text: str = ""
    agency: str = ""
    year: int = 0
    kind: str = ""
    region: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing in particular is asked for."""
        return not (self.text or self.agency or self.year or self.kind or self.region)

    @classmethod
    def of(cls, asked: Any) -> Wanted:
        """From the query of an address; what makes no sense is left out."""
        text = " ".join("".join(c if c.isprintable() else " " for c in asked.get("q", "")).split())
        year = asked.get("year", "")
        kind = asked.get("kind", "")
        region = asked.get("region", "")
        return cls(
            text[:100],
            "".join(c for c in asked.get("agency", "") if c.isalnum() or c == "-")[:32],
            int(year) if year.isascii() and year.isdigit() and 1990 <= int(year) <= 2100 else 0,
            kind if kind in set(PenaltyKind) else "",
            region if region.isascii() and region.isdigit() and len(region) <= 12 else "",
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list. ``more_than`` is set where there are too many to count."""

    leaf: Leaf[PublishedDecision]
    more_than: int = 0


def shown(on: date) -> QuerySet[PublishedDecision]:
    """The decisions whose time of display is not over."""
    rows = PublishedDecision.objects.using(PORTAL)
    return rows.filter(Q(published_until__isnull=True) | Q(published_until__gte=on))


def newest(on: date, count: int) -> list[PublishedDecision]:
    """The newest decisions."""
    return list(shown(on).only(*LIST).order_by("-decided_on", "public_id")[:count])


def decisions(wanted: Wanted, on: date, page: int) -> Found:
    """One page of the decisions that fit, newest first.

    A search by words has its own trap: sorting by day, the planner walks the index of days, which
    for a rare combination ends seconds later. So at most `CAP` hits are fetched unordered and
    sorted here; only where there are more, and so not rare, the days are walked.
    """
    start = (page - 1) * PER
    rows = _narrowed(wanted, on)
    if wanted.text or wanted.kind:
        hits = _hits(rows, wanted)
        if len(hits) <= CAP:
            hits.sort(key=lambda hit: (-hit[1].toordinal(), hit[0]))
            ids = [hit[0] for hit in hits[start : start + PER]]
            by_id = {d.public_id: d for d in _rows(ids)}
            items = tuple(by_id[i] for i in ids if i in by_id)
            return Found(Leaf(items, page, PER, len(hits) > start + PER, len(hits)))
        return _walked(_worded(rows, wanted), page, start, more_than=CAP)
    return _walked(rows, page, start)


def _walked(rows: QuerySet[PublishedDecision], page: int, start: int, more_than: int = 0) -> Found:
    """A page found by walking the days. The planner thinks words independent and a common
    phrase rare; where more hits are known than are counted, it is kept from sorting them all."""
    wanted = rows.only(*LIST).order_by("-decided_on", "public_id")[start : start + PER + 1]
    if not more_than:
        return _page(tuple(wanted), page)
    with transaction.atomic(using=PORTAL):
        with connections[PORTAL].cursor() as cursor:
            cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off")
        return _page(tuple(wanted), page, more_than)


def _page(found: tuple[PublishedDecision, ...], page: int, more_than: int = 0) -> Found:
    return Found(Leaf(found[:PER], page, PER, len(found) > PER), more_than)


def exported(wanted: Wanted, on: date) -> Iterator[PublishedDecision]:
    """The decisions that fit, for a file: at most `EXPORT`, newest first."""
    rows = _worded(_narrowed(wanted, on), wanted)
    yield from rows.order_by("-decided_on", "public_id")[:EXPORT]


def decision(public_id: str) -> PublishedDecision | None:
    """One published decision, shown or past its time."""
    return PublishedDecision.objects.using(PORTAL).filter(public_id=public_id).first()


def tombstone(public_id: str) -> Tombstone | None:
    """What stands where a decision was taken down."""
    return Tombstone.objects.using(PORTAL).filter(public_id=public_id).first()


def first_year() -> int | None:
    """The year of the oldest decision."""
    rows = PublishedDecision.objects.using(PORTAL).order_by("decided_on", "public_id")
    oldest = rows.values_list("decided_on", flat=True).first()
    return oldest.year if oldest else None


# --- the ledger's roots ----------------------------------------------------------------------


def newest_root() -> PublicRoot | None:
    """The newest daily root."""
    return PublicRoot.objects.using(PORTAL).order_by("-number").first()


def roots(page: int, per: int = 60) -> Leaf[PublicRoot]:
    """A page of the daily roots, newest first."""
    start = (page - 1) * per
    rows = PublicRoot.objects.using(PORTAL).only("number", "day", "hash", "stamped")
    found = tuple(rows.order_by("-number")[start : start + per + 1])
    return Leaf(found[:per], page, per, len(found) > per)


def root(number: int) -> PublicRoot | None:
    """One daily root."""
    return PublicRoot.objects.using(PORTAL).filter(number=number).first()


def root_after(day: date) -> PublicRoot | None:
    """The first root that covers what was recorded on the day."""
    return PublicRoot.objects.using(PORTAL).filter(day__gte=day).order_by("number").first()


# --- inside ----------------------------------------------------------------------------------


def _narrowed(wanted: Wanted, on: date) -> QuerySet[PublishedDecision]:
    rows = shown(on)
    if wanted.agency:
        rows = rows.filter(agency_code=wanted.agency)
    if wanted.region:
        rows = rows.filter(region_code=wanted.region)
    if wanted.year:
        rows = rows.filter(
            decided_on__gte=date(wanted.year, 1, 1), decided_on__lte=date(wanted.year, 12, 31)
        )
    if wanted.kind:
        rows = rows.filter(kinds__contains=[wanted.kind])
    return rows


def _worded(rows: QuerySet[PublishedDecision], wanted: Wanted) -> QuerySet[PublishedDecision]:
    words = segments.words_of(wanted.text)
    if not wanted.text:
        return rows
    if not words:
        return rows.none()
    return rows.extra(where=["terms @@ %s::tsquery"], params=[segments.all_of(words)])


def _hits(rows: QuerySet[PublishedDecision], wanted: Wanted) -> list[tuple[str, date]]:
    """Ids and days of what fits, unordered, one more than are counted. Where no word fits, names
    that hold the text as it stands."""
    keys = ("public_id", "decided_on")
    hits = list(_worded(rows, wanted).values_list(*keys)[: CAP + 1])
    if not hits and len(wanted.text) >= 3:
        named = rows.filter(Q(case_name__contains=wanted.text))
        hits = list(named.values_list(*keys)[: CAP + 1])
    return hits


def _rows(ids: list[str]) -> list[PublishedDecision]:
    if not ids:
        return []
    rows = PublishedDecision.objects.using(PORTAL).filter(public_id__in=ids)
    return list(rows.only(*LIST))
