"""Whatever is handed to a service: a refusal in a sentence and nothing changed, or a lawful act.

The demonstration is played; before each of its acts the same act is tried with every kind of wrong
and absurd content. What is accepted is done in full and undone.
"""

from __future__ import annotations

import dataclasses
import os
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import transaction

from tests.journeys.telling import At, somebody, world
from zhifa.cases import services as cases
from zhifa.faces.demo import facts as demo
from zhifa.faces.demo.cast import who
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.story import Story
from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import AgainstLaw, BadInput, NotFound, NotPermitted, Refused, WrongStep
from zhifa.law import facts as codec
from zhifa.law.facts import Facts, Kind
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.procedure.services import Taken
from zhifa.records import services as records
from zhifa.records.models import Document

LONG = bool(os.environ.get("ZHIFA_LONG"))
PER_ACT = 10**6 if LONG else 14
STRANGER = "ya-officer1"


@dataclasses.dataclass(frozen=True)
class Attack:
    """One thing changed in what an act is given, and whether it can be lawful at all."""

    name: str
    value: Any
    never: bool


def of_wrong_type(hint: Any) -> Iterator[Any]:
    """Values that no field of this type holds."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        yield from ("text", [], (object(),), (None,), 5)
    elif origin is not None:  # an optional
        yield from (v for v in of_wrong_type(codec._inner(hint)) if v is not None)
    elif hint is bool:
        yield from ("yes", 1, None)
    elif hint is int:
        yield from ("5", 1.5, True, None)
    elif hint is datetime:
        yield from ("2026-03-03", datetime(2026, 3, 3), date(2026, 3, 3), 5)  # noqa: DTZ001
    elif hint is date:
        yield from ("2026-03-03", datetime(2026, 3, 3, tzinfo=UTC), 5)
    elif hint is str:
        yield from (5, None, b"bytes", ["x"], "\ud800")
    elif isinstance(hint, type) and issubclass(hint, Enum):
        yield from ("nonsense", 5, None)
    else:
        yield from ("text", 5, None, object())


def absurd(hint: Any, field: codec.Field, given: Any) -> Iterator[tuple[Any, bool]]:
    """Values of the type that make no sense; True where none of them can ever be lawful."""
    if field.kind in (Kind.LINE, Kind.TEXT) and hint is str:
        yield from (("\x00", True), ("甲" * 30_000, True), (" \t", field.required))
        yield from (("\u202e\ufeff", False), ("<script>alert(1)</script>", False))
    elif field.kind in (Kind.PERSON, Kind.PARTY, Kind.DOCUMENT, Kind.EVIDENCE) and hint is str:
        yield from (("no such thing", False), (str(uuid4()), False))
        yield str(somebody(STRANGER)), False
    elif field.kind is Kind.PERSONS:
        yield from (((str(uuid4()), str(uuid4())), False), (given * 2, False))
    elif hint is int:
        yield from ((-1, True), (10**18, True), (0, False))
    elif hint is date:
        yield from ((date.min, False), (date.max, False))
    elif hint is datetime:
        yield datetime.max.replace(tzinfo=UTC), False
        yield datetime.min.replace(tzinfo=UTC), False
    elif field.kind in (Kind.CHOICE,) and isinstance(given, Enum):
        yield from ((other, False) for other in type(given) if other is not given)
    elif field.kind is Kind.FLAG:
        yield not given, False
    elif field.kind is Kind.DIGEST:
        yield "0" * 64, False
    elif field.kind is Kind.CITES:
        yield from ((("CF:9999",), False), (("nonsense",), False))
    elif field.kind is Kind.ITEMS and given:
        yield given * 201, True
        inner = given[0]
        for sub in codec.fields(type(inner)):
            for value in of_wrong_type(codec.hints(type(inner))[sub.name]):
                yield (_changed(inner, sub.name, value), *given[1:]), True
            for value, never in absurd(
                codec.hints(type(inner))[sub.name], sub, getattr(inner, sub.name)
            ):
                yield (_changed(inner, sub.name, value), *given[1:]), never


def _changed(made: Any, name: str, value: Any) -> Any:
    return dataclasses.replace(made, **{name: value})


def attacks(made: Facts) -> Iterator[Attack]:
    """Everything that is wrong or absurd in one field of a facts class."""
    for field in codec.fields(type(made)):
        hint = codec.hints(type(made))[field.name]
        for value in of_wrong_type(hint):
            yield Attack(field.name, _changed(made, field.name, value), not field.prefilled)
        for value, never in absurd(hint, field, getattr(made, field.name)):
            # What the house fills in itself it may put right.
            lawful = field.prefilled or not never
            yield Attack(field.name, _changed(made, field.name, value), not lawful)


@dataclasses.dataclass
class Attacked(Story):
    """A story before whose every act somebody tries the same with something changed."""

    tried: int = 0
    accepted: int = 0
    acts: int = 0
    broken: list[str] = dataclasses.field(default_factory=list)

    def do(self, service: Callable[..., Taken], **given: Any) -> Taken:
        if "facts" in given:
            chosen = list(attacks(given["facts"]))
            stride = max(1, len(chosen) // PER_ACT)
            for attack in chosen[self.calls % stride :: stride]:
                self.attack(service, {**given, "facts": attack.value}, attack)
        for changed in self.strangers(given):
            self.attack(service, {**given, **changed}, Attack(str(changed), changed, True))
        self.acts += 1
        return super().do(service, **given)

    def strangers(self, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Somebody else, another day, or another's matter: never lawful."""
        yield {"by": somebody(STRANGER)}
        yield {"by": uuid4()}
        yield {"on": date(2026, 1, 5)}
        yield {"on": date(2099, 1, 1)}
        for name in ("matter_id", "case_id", "review_id", "publication_id", "document_id"):
            if isinstance(given.get(name), UUID):
                yield {name: uuid4()}
                yield {name: somebody(STRANGER)}

    def attack(self, service: Callable[..., Taken], given: dict[str, Any], attack: Attack) -> None:
        before, point = world(), transaction.savepoint()
        made = {k: v() if callable(v) and k == "review_id" else v for k, v in given.items()}
        self.tried += 1
        try:
            service(act_id=ids.uuid7(), **made)
        except Refused:
            if world() != before:
                self.note(service, attack, "refused, and yet something changed")
        except Exception as error:
            self.note(service, attack, repr(error)[:300])
        else:
            self.accepted += 1
            if attack.never:
                self.note(service, attack, "accepted")
        finally:
            transaction.savepoint_rollback(point)

    def note(self, service: Callable[..., Taken], attack: Attack, what: str) -> None:
        said = getattr(attack.value, attack.name, attack.value)
        self.broken.append(f"{service.__name__} {attack.name}={said!r:.90}: {what}")


def test_no_act_of_the_whole_case_breaks_on_what_it_is_given(city: None) -> None:
    story = Attacked()
    play(ALL, story=story, say=lambda _line: None)
    assert not story.broken, "\n".join(story.broken)
    assert story.acts >= 45
    assert story.tried > 10 * story.acts
    assert story.accepted < story.tried / 4, "most of what is absurd is refused"
    assert ledger.verify().ok


def test_an_act_s_number_is_used_for_one_content_alone(at: At) -> None:
    tale = at("核查线索")
    given: dict[str, Any] = {
        "matter_id": tale.case_id,
        "step": "inspection.record",
        "by": who("handler"),
        "on": tale.on,
        "facts": demo.inspection(tale.on),
        "act_id": ids.uuid7(),
    }
    first = cases.take(**given)
    before = world()
    again = cases.take(**given)
    assert (again.event_id, again.repeated) == (first.event_id, True)
    assert world() == before
    other = dataclasses.replace(given["facts"], present="另一人")
    for changed in (
        {"facts": other},
        {"by": who("second")},
        {"step": "clue.verify", "facts": demo.verified()},
    ):
        with tale.refused(WrongStep, "编号已经用于另一内容") as no:
            cases.take(**{**given, **changed})
        assert no.value.code == "act-id-reused"
    # The number of an act of another case is no key to this one either.
    taken = uuid5(tale.name, "1")
    with tale.refused(WrongStep, "编号已经用于另一内容"):
        cases.take(**{**given, "act_id": taken})


def test_a_stale_or_invented_page_is_told(at: At) -> None:
    tale = at("登记现场照片")
    given: dict[str, Any] = {
        "matter_id": tale.case_id,
        "step": "filing.propose",
        "by": who("handler"),
        "on": tale.on,
        "facts": demo.filing(tale.party, tale.on),
    }
    with tale.refused(BadInput, "进度号不存在"):
        cases.take(**given, seen=10**6)
    cases.take(**given, seen=tale.stands().seq)


def test_steps_of_other_rooms_are_not_to_be_had_through_the_case(at: At) -> None:
    tale = at("责令改正")
    paper = tale.stands().outputs("correction_order")[-1]
    served = Served(
        document=paper.id,
        document_kind="correction_order",
        co_officer=str(who("second")),
        method=ServiceMethod.DIRECT,
        place=demo.PLACE,
        received_by=demo.OWNER,
    )
    for step in ("document.serve", "review.pass", "publicity.publish", "archive.file", "no.such"):
        with tale.refused(NotFound, "没有这一步"):
            tale.by("handler", step, served)
    with tale.refused(BadInput, "内容类型不符"):
        tale.by("handler", "interview.record", served)


def test_another_agency_s_paper_person_and_party_are_no_use_here(at: At) -> None:
    tale = at("责令改正通知书用印送达")
    mine = Document.objects.filter(matter_id=tale.case_id).first()
    assert mine is not None
    for keeper in ("ya-seal-keeper", "zf-seal-keeper"):
        with tale.refused(NotPermitted, "印章管理员", article="CF:59:2"):
            records.seal(
                matter_id=tale.case_id, document_id=mine.id, by=somebody(keeper), on=tale.on
            )
    sealed = tale.stands().outputs("correction_order")[-1]
    with tale.refused(AgainstLaw, "已经用印"):
        records.seal(
            matter_id=tale.case_id,
            document_id=UUID(sealed.id),
            by=who("seal_keeper"),
            on=tale.on,
        )


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2025, 12, 31)])
def test_a_day_before_the_last_step_is_refused_even_with_a_reason(at: At, day: date) -> None:
    tale = at("责令改正通知书用印送达")
    with tale.refused(AgainstLaw, "不能早于上一步的日期"):
        cases.take(
            matter_id=tale.case_id,
            step="interview.record",
            by=who("handler"),
            on=day,
            facts=demo.interview(day),
            reason="补录",
        )
