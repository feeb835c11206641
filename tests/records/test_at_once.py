"""Two at once: one is done, the other is told, and nothing is left of the one that was not."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.records.conftest import LATER, _silent
from zhifa.cases import services as cases
from zhifa.faces.demo import cast, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.play import BEFORE_DECISION, DECISION, play
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, ledger, vault
from zhifa.kernel.errors import Refused
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.law.procedures.penalty.facts import EvidenceKind
from zhifa.law.procedures.penalty.later import Retention
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.procedure.services import Taken
from zhifa.records import services
from zhifa.records.models import Counter, Document, Evidence, Seal, Service, Volume

Answer = Taken | Refused


@pytest.fixture
def house(fresh_seeded_database: str) -> Iterator[None]:
    """A private seeded house whose commits are real."""
    cast.ids.cache_clear()
    yield
    cast.ids.cache_clear()


def together(day: date, works: list[Callable[[], Taken]]) -> list[Answer]:
    """Each in a thread and a transaction of its own, all let go at the same moment of the day."""
    ready = Barrier(len(works))

    def run(work: Callable[[], Taken]) -> Answer:
        try:
            ready.wait(20)
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with clock.scenario(clock.at(day, 15)), ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def on(day: date, service: Callable[..., Taken], **given: Any) -> Callable[[], Taken]:
    return lambda: service(on=day, **given)


def done(answers: list[Answer]) -> list[Taken]:
    return [a for a in answers if isinstance(a, Taken) and not a.repeated]


def sound(case_id: UUID, day: date) -> bool:
    """The ledger and every file of the case agree."""
    standing = matters.standing(matters.matter(case_id), day)
    return services.faults_of(case_id, standing) == () and standing.seq == len(
        ledger.events(case_id)
    )


def test_seal_service_and_archive_are_done_once_however_many_press_at_once(house: None) -> None:
    story = play((*BEFORE_DECISION, *DECISION), say=_silent)
    _race_to_seal(story)
    _race_to_serve(story)
    _race_to_archive(story)
    assert sound(story.case_id, date(2026, 4, 24))


def _race_to_seal(story: Story) -> None:
    day = date(2026, 4, 9)
    decision, notice = (
        Document.objects.get(matter_id=story.case_id, kind=kind)
        for kind in ("penalty_decision", "payment_notice")
    )
    common: dict[str, Any] = {"matter_id": story.case_id, "by": who("seal_keeper")}
    before = len(ledger.events(story.case_id))
    answers = together(
        day, [on(day, services.seal, document_id=decision.id, **common) for _ in range(3)]
    )
    assert len(done(answers)) == 1
    assert len([a for a in answers if isinstance(a, Refused)]) == 2
    assert Seal.objects.filter(document=decision).count() == 1
    assert len(ledger.events(story.case_id)) == before + 1

    one_click = on(day, services.seal, document_id=notice.id, act_id=UUID(int=21), **common)
    answers = together(day, [one_click] * 3)
    assert len({a.event_id for a in answers if isinstance(a, Taken)}) == 1
    assert sorted(a.repeated for a in answers if isinstance(a, Taken)) == [False, True, True]
    notice.refresh_from_db()
    seal = Seal.objects.get(document=notice)
    assert vault.verify(notice.sealed_key).sha256 == seal.sha256


def _race_to_serve(story: Story) -> None:
    day = date(2026, 4, 10)
    document = Document.objects.get(matter_id=story.case_id, kind="penalty_decision")
    said = Served(
        document=str(document.id),
        document_kind=document.kind,
        co_officer=str(who("second")),
        method=ServiceMethod.DIRECT,
        place=facts.PLACE,
        received_by="林样例",
        relation="经营者",
    )
    story.calls += 4  # two seals and two services of the story, done here by hand
    proofs = Document.objects.filter(matter_id=story.case_id, kind="service_proof")
    before = proofs.count()
    common: dict[str, Any] = {"matter_id": story.case_id, "by": who("handler"), "facts": said}
    clicks = [on(day, services.serve, act_id=UUID(int=31), **common)] * 2
    others = [on(day, services.serve, act_id=UUID(int=32), **common)] * 2
    answers = together(day, [*clicks, *others])
    assert len(done(answers)) == 1
    assert Tally(type(a) is Taken for a in answers) == {True: 2, False: 2}
    assert Service.objects.filter(document=document).count() == 1
    assert proofs.count() == before + 1
    notice = Document.objects.get(matter_id=story.case_id, kind="payment_notice")
    with clock.scenario(clock.at(day, 16)):
        services.serve(
            matter_id=story.case_id,
            on=day,
            by=who("handler"),
            facts=Served(
                **{**vars(said), "document": str(notice.id), "document_kind": notice.kind}
            ),
        )


def _race_to_archive(story: Story) -> None:
    titles = [scene.title for scene in LATER]
    play(LATER[titles.index("裁定公开") : titles.index("归档")], story=story, say=_silent)
    day = date(2026, 4, 24)
    common: dict[str, Any] = {
        "matter_id": story.case_id,
        "by": who("archivist"),
        "retention": Retention.THIRTY,
        "checked": "文书齐全，页号连续。",
    }
    clicks = [on(day, services.archive, act_id=UUID(int=41), **common)] * 2
    others = [on(day, services.archive, act_id=UUID(int=42), **common)]
    answers = together(day, [*clicks, *others])
    (first,) = done(answers)
    for answer in answers:
        assert isinstance(answer, Refused) or answer.event_id == first.event_id
    assert len([a for a in answers if isinstance(a, Refused)]) in (1, 2)
    assert {v.file_no for v in Volume.objects.all()} == {"20260001"}
    assert Volume.objects.count() == 2
    assert Counter.objects.get(word="案卷").value == 1


def test_exhibits_entered_at_once_have_numbers_without_a_gap_and_one_click_adds_one(
    house: None, vault_of_tests: Path
) -> None:
    titles = [s.title for s in BEFORE_DECISION]
    story = play(BEFORE_DECISION[: titles.index("询问笔录") + 1], say=_silent)
    day = date(2026, 3, 16)
    first = Evidence.objects.count()
    before = {p.name for p in vault_of_tests.rglob("*") if p.is_file()}
    found = facts.evidence(
        "", EvidenceKind.DOCUMENT, "说明", "涉案食品的数量", date(2026, 3, 3), 10, facts.PLACE
    )
    common: dict[str, Any] = {
        "matter_id": story.case_id,
        "by": who("handler"),
        "facts": found,
        "filename": "说明.txt",
    }
    each = [on(day, services.add_evidence, content=b"note %d" % n, **common) for n in range(5)]
    click = on(day, services.add_evidence, content=b"clicked", act_id=UUID(int=51), **common)
    refused = on(
        day, services.add_evidence, content=b"no right", **{**common, "by": who("cashier")}
    )
    answers = together(day, [*each, click, click, refused])
    assert len(done(answers)) == 6
    assert len([a for a in answers if isinstance(a, Refused)]) == 1
    serials = sorted(Evidence.objects.values_list("serial", flat=True))
    assert serials == list(range(1, first + 7))
    after = {p.name for p in vault_of_tests.rglob("*") if p.is_file()}
    kept = set(Evidence.objects.values_list("vault_key", flat=True))
    assert after - before <= kept
    assert sound(story.case_id, day)


def test_one_click_opens_one_matter(house: None) -> None:
    day = date(2026, 3, 3)
    click = on(
        day,
        cases.register_clue,
        agency=AGENCY,
        unit=UNIT,
        by=who("handler"),
        facts=facts.clue("", day),
        act_id=UUID(int=61),
    )
    answers = together(day, [click] * 4)
    assert len({a.matter_id for a in answers if isinstance(a, Taken)}) == 1
    assert Matter.objects.count() == 1
    assert Counter.objects.get(word="源").value == 1
