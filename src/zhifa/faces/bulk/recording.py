"""The demonstration played once and rolled back; what it had written at each station, as rows."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test.utils import override_settings

from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.story import Story
from zhifa.kernel import vault
from zhifa.procedure.models import MatterLink
from zhifa.records.numbers import FILES
from zhifa.records.services.issuing import SECRECY

STATIONS: Mapping[str, int] = {
    "登记案源": 3, "核查线索": 2, "立案审批": 5, "询问笔录": 5, "责令改正通知书用印送达": 4,
    "认定货值和违法所得": 3, "终结调查，提出处理意见": 3, "首次送审": 3, "审核退回": 2,
    "再次送审": 2, "审核通过": 2, "事先告知书用印送达": 4, "登记放弃听证": 2, "集体讨论": 2,
    "作出处罚决定": 2, "送达缴款通知书": 3, "审核发布公示": 5, "登记缴款": 3, "结案审批": 5,
    "归档": 40,
}  # fmt: skip
"""Where matters stand, by the scene that they came to last, with how many in a hundred."""

_PAPERS = "document_id IN (SELECT id FROM document WHERE matter_id = ANY(%(matters)s))"
_OWN = "matter_id = ANY(%(matters)s)"
TABLES: Mapping[str, str] = {
    "matter": "id = ANY(%(matters)s)",
    "matter_link": "from_matter_id = ANY(%(matters)s)",
    "document": _OWN,
    "document_content": _PAPERS,
    "document_seal": _PAPERS,
    "document_service": _PAPERS,
    "evidence": _OWN,
    "archive_volume": _OWN,
    "penalty_case": _OWN,
    "penalty_decision": _OWN,
    "penalty_payment": _OWN,
    "review": _OWN,
    "publication": _OWN,
    "publication_notice": _OWN,
    "published_decision": "public_id IN (SELECT public_id FROM publication"
    " WHERE matter_id = ANY(%(matters)s))",
}
"""What a case leaves behind, in the order in which rows may refer to one another. Running terms
and to-do items are not copied: they are computed from the history."""

_STREAMS = """
SELECT jsonb_build_object('id', s.id, 'kind', s.kind, 'agency_code', s.agency_code,
    'region_code', s.region_code, 'events', (
        SELECT jsonb_agg(jsonb_build_object(
            'id', e.id, 'kind', e.kind, 'version', e.version, 'data', e.data, 'act_id', e.act_id,
            'actor_id', e.actor_id, 'duty', e.duty, 'occurred_at', e.occurred_at,
            'recorded_at', e.recorded_at, 'private', (
                SELECT coalesce(jsonb_object_agg(p.name, p.content::jsonb), '{}')
                FROM ledger_private p WHERE p.event_id = e.id)) ORDER BY e.seq)
        FROM ledger_event e WHERE e.stream_id = s.id))::text
FROM ledger_stream s WHERE s.id = ANY(%(matters)s)"""


@dataclass(frozen=True)
class Station:
    """A case as it stands after a scene: its streams, the case's own first, and its rows."""

    scene: str
    days: int
    """From the first scene to this one."""
    text: str
    """Streams and rows as one JSON text, in which names, days and ids are replaced."""
    numbers: tuple[tuple[str, str, date], ...]
    """The numbers in it: as printed, 文种字 (案卷 for the case file), and the day it was given."""


@dataclass(frozen=True)
class Recording:
    """All stations, and whose case it was."""

    stations: tuple[Station, ...]
    party: str
    exhibits: Mapping[str, bytes]
    """The files of the exhibits, by their key in the recording."""


def record() -> Recording:
    """Play, look at each station, roll back. Needs a database that is marked as a demonstration."""
    titles = [scene.title for scene in ALL]
    stations: list[Station] = []
    exhibits: dict[str, bytes] = {}
    story = Story(name=uuid4())

    with _undone():
        for title in STATIONS:
            done = stations[-1].scene if stations else None
            begin = titles.index(done) + 1 if done else 0
            play(ALL[begin : titles.index(title) + 1], story=story, say=_nothing)
            stations.append(_station(title, story))
        for row in json.loads(stations[-1].text)["rows"]["evidence"]:
            exhibits[row["vault_key"]] = vault.read(row["vault_key"])
    cast.ids.cache_clear()
    return Recording(tuple(stations), story.party, exhibits)


def kept_exhibits(recording: Recording) -> dict[str, str]:
    """The exhibits' files put into the vault, each once for all: new key by recorded key."""
    return {
        key: vault.put(content, agency=cast.AGENCY, secrecy=SECRECY).key
        for key, content in recording.exhibits.items()
    }


def _nothing(_line: str) -> None:
    """The recording is not told line by line."""


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside leaves no row and no file."""
    with (
        tempfile.TemporaryDirectory(prefix="zhifa-bulk-") as folder,
        override_settings(VAULT_DIR=folder),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)


def _matters(case_id: UUID) -> list[UUID]:
    belonging = MatterLink.objects.filter(to_matter=case_id).values_list("from_matter", flat=True)
    return [case_id, *sorted(set(belonging))]


def _station(title: str, story: Story) -> Station:
    matters = _matters(story.case_id)
    asked = {"matters": matters}
    with connection.cursor() as cursor:
        cursor.execute(_STREAMS, asked)
        streams = sorted(
            (json.loads(row[0]) for row in cursor.fetchall()),
            key=lambda s: (s["id"] != str(story.case_id), s["id"]),
        )
        rows: dict[str, list[Any]] = {}
        for table, where in TABLES.items():
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t WHERE {where}", asked)
            rows[table] = [json.loads(row[0]) for row in cursor.fetchall()]
    for row in rows["document"]:
        row["pdf_key"] = row["sealed_key"] = ""  # set again when somebody asks; never really sealed
    text = json.dumps({"streams": streams, "rows": rows}, ensure_ascii=False)
    return Station(title, (story.on - ALL[0].on).days, text, _numbers(rows))


def _numbers(rows: Mapping[str, Sequence[Any]]) -> tuple[tuple[str, str, date], ...]:
    papers = [(r["number"], r["word"], r["issued_on"]) for r in rows["document"] if r["number"]]
    files = {(r["file_no"], FILES, r["archived_on"]) for r in rows["archive_volume"]}
    return tuple((n, w, date.fromisoformat(day)) for n, w, day in (*papers, *sorted(files)))
