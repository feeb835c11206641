"""One more telling of the recorded case: other party, people, days, numbers; digests anew."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from zhifa.faces.bulk.recording import Station
from zhifa.kernel import ids
from zhifa.law import facts as fact_codec
from zhifa.law.calendar import WorkCalendar
from zhifa.law.facts import Facts
from zhifa.law.procedures import publication
from zhifa.law.procedures.penalty import proposal
from zhifa.procedure import bulk, definitions
from zhifa.procedure.folding import GENESIS
from zhifa.publicity import records as public_records
from zhifa.records.models import Document
from zhifa.records.services.issuing import content_digest
from zhifa.registry import segments

Row = dict[str, Any]
_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_DAY = r"(?<![0-9])20\d\d-\d\d-\d\d(?![0-9])"
_SAID_DAY = r"(?<![0-9])20\d\d年\d{1,2}月\d{1,2}日"
_LAWS = re.compile(_SAID_DAY + "(?:公布|起施行)")
"""The days of laws, which stay what they are."""
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@dataclass(frozen=True)
class Plan:
    """What is different in a telling."""

    station: int
    weeks: int
    """By how many weeks all days are moved, so that weekdays stay weekdays."""
    words: Mapping[str, str]
    """Names, numbers and codes of the recording, and what stands in their place."""
    people: Mapping[str, str]
    """The recording's people and party, by id."""
    serials: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Year and serial of each new number, as printed."""


@dataclass
class Case:
    """A telling as rows: pasts of its matters, the case first, and the rows beside them."""

    pasts: list[bulk.Past]
    rows: dict[str, list[Row]]
    released: list[tuple[UUID, Row]] = field(default_factory=list)
    """Published decisions with the event that published them, whose hash they will name."""


def tell(station: Station, plan: Plan, calendar: WorkCalendar) -> Case:
    """The case told by a plan."""
    data = json.loads(_digested(_renamed(station.text, plan), station.text))
    for row in data["rows"]["document"]:
        if row["number"]:
            row["year"], row["serial"] = plan.serials[row["number"]]
    return _folded(data["streams"], data["rows"], calendar)


# --- names, days and ids -------------------------------------------------------------------------


def _renamed(text: str, plan: Plan) -> str:
    words: dict[str, str] = {**plan.words, **{law: law for law in _LAWS.findall(text)}}
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        "|".join([*map(re.escape, longest), f"({_ID})", f"({_DAY})", f"({_SAID_DAY})"])
    )
    moved = timedelta(weeks=plan.weeks)
    fresh: dict[str, str] = dict(plan.people)
    days: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        said = str(found.group())
        if found.lastindex is None:
            return words[said]
        if found.lastindex == 1:
            if said not in fresh:
                fresh[said] = str(ids.uuid7())
            return fresh[said]
        if said not in days:
            days[said] = _moved(said, moved)
        return days[said]

    return pattern.sub(other, text)


def _moved(said: str, by: timedelta) -> str:
    year, month, day = (int(n) for n in re.findall(r"\d+", said))
    then = date(year, month, day) + by
    return then.isoformat() if "-" in said else f"{then.year}年{then.month}月{then.day}日"


# --- digests -------------------------------------------------------------------------------------


def _digested(text: str, recorded: str) -> str:
    """Replace each digest by that of the new content: proposals, then papers, then the notice."""
    for before, found in zip(_before(recorded), _KINDS, strict=True):
        text = _replaced(text, dict(zip(before, found(json.loads(text)), strict=True)))
    return text


@lru_cache(maxsize=64)
def _before(recorded: str) -> tuple[list[str], ...]:
    data = json.loads(recorded)
    return tuple(found(data) for found in _KINDS)


def _replaced(text: str, changed: Mapping[str, str]) -> str:
    nonces = {old: new for old, new in changed.items() if len(old) != 64}
    for old, new in nonces.items():
        text = text.replace(old, new)
    return _DIGEST.sub(lambda m: changed.get(m.group(), m.group()), text)


def _facts_of(data: Row, kind: type[Facts]) -> Iterable[Any]:
    for stream in data["streams"]:
        procedure = None
        for event in stream["events"]:
            if event["kind"] == GENESIS:
                procedure = definitions.get(event["data"]["procedure"])
                continue
            assert procedure is not None
            step = procedure.steps[event["data"]["step"]]
            if issubclass(step.facts, kind):
                yield fact_codec.restore(step.facts, event["data"]["facts"], event["private"])


def _proposals(data: Row) -> list[str]:
    return [proposal.digest(p) for p in _facts_of(data, proposal.PenaltyProposed)]


def _secrets(data: Row) -> list[str]:
    """The nonce and the public id that the publishing room makes of ids."""
    drafts = [
        public_records.nonce(UUID(event["act_id"]))
        for stream in data["streams"]
        for event in stream["events"]
        if event["kind"] == f"{publication.PUBLICATION.code}/draft"
    ]
    made = [
        public_records.public_id(UUID(row["decision_id"])) for row in data["rows"]["publication"]
    ]
    return [*drafts, *made]


def _papers(data: Row) -> list[str]:
    contents = {row["document_id"]: row for row in data["rows"]["document_content"]}
    found = []
    for row in data["rows"]["document"]:
        kept = contents[row["id"]]
        paper = Document(
            id=row["id"],
            kind=row["kind"],
            template=row["template"],
            template_version=row["template_version"],
        )
        found.append(content_digest(paper, kept["input"], kept["nonce"]))
    return found


def _notices(data: Row) -> list[str]:
    drafts = [publication.digest(d) for d in _facts_of(data, publication.NoticeDrafted)]
    kept = data["rows"]["publication_notice"]
    return [*drafts, *(hashlib.sha256(row["record"].encode()).hexdigest() for row in kept)]


_KINDS: tuple[Callable[[Row], list[str]], ...] = (_proposals, _secrets, _papers, _notices)


# --- histories -----------------------------------------------------------------------------------


def _folded(streams: list[Row], rows: dict[str, list[Row]], calendar: WorkCalendar) -> Case:
    matters = {row["id"]: row for row in rows["matter"]}
    pasts: list[bulk.Past] = []
    case = Case(pasts, rows)
    released: dict[str, UUID] = {}
    for stream in streams:
        told = [_told(event) for event in stream["events"]]
        matter = {**matters[stream["id"]], "demo": True}
        pasts.append(bulk.tell(matter, told, calendar, pasts[0].standing if pasts else None))
        for event in told:
            if event.kind == f"{publication.PUBLICATION.code}/release":
                released[stream["id"]] = event.id
    rows["matter"] = [past.matter for past in pasts]
    rows["running_term"] = [row for past in pasts for row in past.terms]
    rows["todo_item"] = [row for past in pasts for row in past.todo]
    shown = {row["public_id"]: row["matter_id"] for row in rows["publication"]}
    for row in rows.pop("published_decision"):
        row["terms"] = segments.terms_of("\n".join(row[name] for name in _SEARCHED))
        case.released.append((released[shown[row["public_id"]]], row))
    for row in rows["matter_link"]:
        del row["id"]
    return case


_SEARCHED = (
    "number", "case_name", "party_name", "party_code", "violation", "facts", "penalty",
    "agency_name",
)  # fmt: skip


def _told(event: Row) -> bulk.Told:
    return bulk.Told(
        UUID(event["id"]),
        event["kind"],
        event["version"],
        event["data"],
        UUID(event["act_id"]),
        UUID(event["actor_id"]) if event["actor_id"] else None,
        event["duty"],
        date.fromisoformat(event["occurred_at"][:10]),
        datetime.fromisoformat(event["recorded_at"]),
        event["private"],
    )
