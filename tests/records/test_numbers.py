"""Document numbers: no gap, none twice, whatever happens at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from zhifa.cases import services as cases
from zhifa.faces.demo import cast, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, ledger
from zhifa.kernel.errors import BadInput, NotPermitted, Refused, WrongStep
from zhifa.law.procedures import ALL
from zhifa.records import inputs, numbers, services
from zhifa.records.models import Counter, Document, VoidNumber
from zhifa.registry.models import RegisterStream

DAY = date(2026, 3, 3)


def clue(by: UUID, on: date = DAY) -> Any:
    with clock.scenario(clock.at(on)):
        return cases.register_clue(agency=AGENCY, unit=UNIT, by=by, on=on, facts=facts.clue("", on))


def test_no_number_is_given_twice_or_left_out_however_many_register_at_once_and_fail(
    fresh_seeded_database: str,
) -> None:
    """Every third is undone after it took its number; the others leave no gap where it was."""
    cast.ids.cache_clear()
    officer = who("handler")
    ready = Barrier(6)

    class Undone(Exception):
        pass

    def register(n: int) -> bool:
        try:
            if n < 6:
                ready.wait(10)
            with transaction.atomic():
                clue(officer)
                if n % 3 == 2:
                    raise Undone
        except Undone:
            return False
        finally:
            connection.close()
        return True

    with clock.scenario(clock.at(DAY)), ThreadPoolExecutor(6) as pool:
        kept = sum(pool.map(register, range(18)))
    cast.ids.cache_clear()
    assert kept == 12
    serials = sorted(Document.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 13))
    printed = set(Document.objects.values_list("number", flat=True))
    assert printed == {f"雅雨市监源〔2026〕{n}号" for n in range(1, 13)}
    assert Counter.objects.get(word="源").value == 12


def test_an_act_that_the_law_refuses_takes_no_number(decided: Story) -> None:
    before = dict(Counter.objects.values_list("word", "value"))
    with pytest.raises(Refused):
        clue(who("cashier"))
    assert dict(Counter.objects.values_list("word", "value")) == before


def test_every_year_begins_with_one(decided: Story) -> None:
    clue(who("handler"), date(2026, 5, 6))
    clue(who("handler"), date(2026, 11, 2))
    clue(who("handler"), date(2026, 11, 2))
    taken = Document.objects.filter(word="源").order_by("serial").values_list("serial", flat=True)
    assert list(taken) == [1, 2, 3, 4]
    assert numbers.serial(AGENCY, "源", 2027) == 1


def test_no_two_acts_can_wait_for_each_others_counters() -> None:
    """Over all steps of all procedures the words are taken in one order: no ring among them."""
    after: dict[str, set[str]] = {}
    for procedure in ALL:
        for step in procedure.steps.values():
            words = [w for o in step.owes if (w := inputs.KINDS[o.kind].serial_word)]
            for n, word in enumerate(words):
                after.setdefault(word, set()).update(words[n + 1 :])

    def reaches(start: str, word: str, seen: frozenset[str] = frozenset()) -> bool:
        following = after.get(word, set()) - seen
        return start in following or any(reaches(start, w, seen | {w}) for w in following)

    assert any(after.values())
    assert not [word for word in after if reaches(word, word)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE document_counter SET value = value - 1",
        "UPDATE document_counter SET value = value + 2",
        "UPDATE document_counter SET word = '另'",
        "DELETE FROM document_counter",
    ],
)
def test_a_counter_is_not_turned_back_skipped_or_removed(decided: Story, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- numbers given outside the house --------------------------------------------------------------


def given(part: str, **changed: Any) -> dict[str, Any]:
    values = {"agency": AGENCY, "word": "移", "year": 2026, "by": who(part), "on": DAY}
    return {**values, "word": "听通", "reason": "启用前已在纸质登记簿编至此号", **changed}


def test_the_house_goes_on_where_the_paper_register_stopped(decided: Story) -> None:
    services.start_numbers(**given("archivist"), last=17)
    assert str(numbers.allocate(AGENCY, "听通", DAY)) == "雅雨市监听通〔2026〕18号"
    with pytest.raises(WrongStep, match="已经启用"):
        services.start_numbers(**given("archivist"), last=30)
    stream = RegisterStream.objects.get(register="document-numbers", agency_code=AGENCY)
    (event,) = ledger.events(stream.stream_id)
    assert (event.kind, event.data["last"]) == ("numbering.started", 17)


def test_a_void_number_says_why_and_a_number_in_use_is_never_void(decided: Story) -> None:
    services.start_numbers(**given("archivist"), last=17)
    services.void_number(**given("archivist", reason="纸质文书填写错误作废"), serial=9)
    assert VoidNumber.objects.get().reason == "纸质文书填写错误作废"
    stream = RegisterStream.objects.get(register="document-numbers", agency_code=AGENCY)
    assert [e.kind for e in ledger.events(stream.stream_id)][-1] == "number.voided"
    for changed, refused in (
        ({"serial": 9}, WrongStep),
        ({"serial": 18}, BadInput),
        ({"serial": 1, "reason": "  "}, BadInput),
        ({"serial": 1, "word": "杜撰"}, BadInput),
        ({"serial": 1, "word": "罚"}, WrongStep),
    ):
        with pytest.raises(refused):
            services.void_number(**given("archivist", **changed))
    with pytest.raises(NotPermitted):
        services.void_number(**given("handler"), serial=3)
    assert VoidNumber.objects.count() == 1
