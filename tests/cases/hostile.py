"""What strangers and mistaken hands send to a form; all of it must be told and change nothing."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.cases.desk import Desk, Forms, events, told
from zhifa.cases.page import doors
from zhifa.faces.demo.script import Story
from zhifa.law.actor import Duty
from zhifa.law.facts import Field, Kind, fields
from zhifa.law.procedures.penalty import PENALTY_ORDINARY

AtDesk = Callable[[str], Desk]
BY_DUTY = {
    Duty.OFFICER: "handler",
    Duty.HANDLING_HEAD: "handling_head",
    Duty.AGENCY_HEAD: "head",
    Duty.LEGAL_REVIEWER: "reviewer",
    Duty.HEARING_CHAIR: "yc-hearing-chair",
    Duty.SEAL_KEEPER: "seal_keeper",
    Duty.CASHIER: "cashier",
    Duty.PROPERTY_KEEPER: "property_keeper",
    Duty.ARCHIVIST: "archivist",
}
HOSTILE = (
    "\x00\x07\x1b[31m",
    "甲" * 30_000,
    "<script>alert(1)</script>",
    "01999999-0000-7000-8000-000000000000",
    "-1",
    "99999999999999999999",
    "2026-02-30",
    "\u202e\ufeff",
    "' OR 1=1 --",
)


TEXTS = (Kind.LINE, Kind.TEXT)
SPOILS_TEXT = (HOSTILE[0], HOSTILE[1], HOSTILE[7])
"""What no text takes; markup and quotes are plain text to it."""


def _attacks(cls: type[Any], lead: str = "f") -> Iterator[dict[str, Any]]:
    """What must be refused in each field of a form, and in what goes along with it."""
    for field in fields(cls):
        name = f"{lead}-{field.name}"
        if field.kind is Kind.FLAG and not field.prefilled:
            continue  # ticked or not: there is nothing else
        if field.kind is Kind.ITEMS:
            yield {f"{name}-_count": "1", **_spoilt_row(field, f"{name}-0")}
            continue
        plain = field.kind in TEXTS and not field.prefilled
        yield from ({name: value} for value in (SPOILS_TEXT if plain else HOSTILE))
        if field.required and not field.prefilled:
            yield {name: []}
    yield {"f-unasked": "1"}
    yield {"act_id": "no uuid"}
    yield {"seen": "minus one"}
    yield {"seen": "999999"}
    yield {"on": "2099-01-01"}
    yield {"on": "yesterday"}
    yield {"on": "2020-01-01", "late_reason": "补录"}


def _spoilt_row(field: Field, lead: str) -> dict[str, str]:
    inner: tuple[Field, ...] = fields(field.item) if field.item is not None else ()
    return {f"{lead}-{f.name}": HOSTILE[0] for f in inner}


def attacked(at_desk: AtDesk, story: Story, *, most: int) -> int:
    before, tried = events(), 0
    for number, step in enumerate(PENALTY_ORDINARY.steps.values()):
        if step.by not in doors.HERE or step.code == PENALTY_ORDINARY.first:
            continue
        where = f"/desk/cases/{story.case_id}/steps/{step.code}/"
        desk = at_desk(BY_DUTY[step.who.duties[0]])
        page = desk.client.get(where)
        if page.status_code != 200:
            continue
        offered = Forms(page.content.decode()).with_field("act_id")
        attacks = list(_attacks(step.facts))
        stride = max(1, len(attacks) // most)
        for attack in attacks[number % stride :: stride]:
            answer = desk.post(where, {**offered, "_act": ["perform"], **attack})
            assert answer.status_code in (403, 409, 422), (step.code, attack, told(answer))
            assert "Traceback" not in answer.content.decode()
            tried += 1
    assert events() == before
    return tried
