"""Matters written in bulk are like lived ones: the ledger verifies, lists agree, the law holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import connections

from tests.conftest import _clone, _drop, _using
from zhifa.cases.models import Case, Decision
from zhifa.config import postgres
from zhifa.faces.bulk import writing
from zhifa.faces.demo import cast
from zhifa.kernel import clock, readers
from zhifa.kernel.ledger import verify
from zhifa.kernel.models import EffectRun
from zhifa.law.guards import Attempt
from zhifa.procedure import definitions, folding, projections
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter, RunningTerm, TodoItem
from zhifa.procedure.setting import gather
from zhifa.publicity.models import Publication, PublishedDecision
from zhifa.records.models import Counter, Document
from zhifa.records.services import issuing
from zhifa.registry import seeding
from zhifa.registry import selectors as registry

COUNT = 60
TODAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def written(_template: str, django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """A database of its own with matters at every station; gives how many events."""
    name = f"zhifa_run_{os.getpid()}_bulk"
    _clone(name, _template)
    cast.ids.cache_clear()
    with _using(name), django_db_blocker.unblock():  # type: ignore[attr-defined]
        seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
        with clock.frozen(clock.at(TODAY, 12)):
            yield writing.write(COUNT, seed=7, on=TODAY, say=lambda _line: None)
        connections.close_all()
    cast.ids.cache_clear()
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


def cases() -> list[Matter]:
    return list(Matter.objects.filter(case__isnull=False).order_by("id"))


def test_every_chain_and_commitment_verifies(written: int) -> None:
    found = verify()
    assert found.ok, found.faults
    assert found.events >= written > COUNT * 20
    assert Case.objects.count() == COUNT


def test_they_stand_at_many_stations_of_two_agencies_and_several_years(written: int) -> None:
    assert len(set(Matter.objects.values_list("phase", flat=True))) >= 6
    assert set(Case.objects.values_list("agency_code", flat=True)) == set(writing.planning.AGENCIES)
    assert len({c.received_on.year for c in Case.objects.all()}) >= 3
    assert len(set(Case.objects.values_list("party_id", flat=True))) > 10


def test_each_paper_has_the_digest_that_its_event_carries(written: int) -> None:
    for paper in Document.objects.all()[:300]:
        issuing.kept_text(paper)
    for matter in cases():
        said = {o.id: o.digest for d in standing(matter).history for o in d.outputs}
        assert said == {str(p.id): p.digest for p in Document.objects.filter(matter=matter)}


def standing(matter: Matter) -> object:
    folding.forget()
    return matters.standing(matter, TODAY)


def test_terms_phase_and_handlers_are_those_that_the_ledger_folds_to(written: int) -> None:
    for matter in Matter.objects.all():
        s = standing(matter)
        rows = RunningTerm.objects.filter(matter=matter)
        assert {(r.code, r.key, r.started_seq, r.due_on, r.stopped_on) for r in rows} == {
            (t.code, t.key, t.seq, t.due.due, t.stopped_on) for t in s.terms
        }
        assert matter.seq == s.seq
        assert matter.last_on == s.last_day


def test_the_to_do_list_is_what_the_projection_would_write(written: int) -> None:
    def listed() -> set[tuple[object, ...]]:
        return {
            (t.matter_id, t.step, tuple(t.duties), tuple(t.person_ids), t.due_on, t.term, t.since)
            for t in TodoItem.objects.all()
        }

    before = listed()
    assert before
    readers.rebuild(projections.TODO.name)
    assert listed() == before


def test_no_effect_is_owed_and_no_reader_is_behind(written: int) -> None:
    assert not EffectRun.objects.exclude(state="DONE").exists()
    assert all(lag.events == 0 for lag in readers.lag() if "todo" in lag.reader)


def test_numbers_have_no_gap(written: int) -> None:
    for counter in Counter.objects.exclude(word="案卷"):
        given = Document.objects.filter(
            agency_code=counter.agency_code, word=counter.word, year=counter.year
        ).values_list("serial", flat=True)
        assert sorted(given) == list(range(1, counter.value + 1))


def test_a_published_decision_names_the_event_that_published_it(written: int) -> None:
    assert PublishedDecision.objects.count() == Publication.objects.filter(state="PUBLIC").count()
    for shown in PublishedDecision.objects.all():
        row = Publication.objects.get(public_id=shown.public_id)
        release = standing(row.matter).last("release")
        assert release.facts.record == shown.sha256
        assert Decision.objects.get(document_id=row.decision_id).number == shown.number
        assert shown.case_name
        assert "示例" in shown.party_name or "某" in shown.party_name


def test_what_happened_lately_at_the_demonstrations_agency_was_lawful(written: int) -> None:
    """Each step is asked of the law again, with the registers of its day."""
    asked = 0
    lately = Matter.objects.filter(
        agency_code=cast.AGENCY, opened_on__gte=date(2026, 3, 1), procedure="penalty_ordinary"
    )
    for matter in lately[:8]:
        procedure = definitions.get(matter.procedure)
        s = procedure.empty()
        for done in standing(matter).history:
            actor, setting = gather(matter, s, by=UUID(done.actor), on=done.on, facts=done.facts)
            refused = procedure.refuse(s, Attempt(done.step, done.on, actor, setting, done.facts))
            assert refused is None, (done.step, done.on, refused)
            s = procedure.fold(s, done, registry.calendar(done.on))
            asked += 1
    assert asked > 40


def test_on_such_a_matter_work_goes_on(written: int) -> None:
    """The next lawful step can be taken through the same door."""
    from zhifa.cases import services
    from zhifa.law.procedures.penalty import facts as f

    waiting = TodoItem.objects.filter(step="clue.verify", agency_code=cast.AGENCY).first()
    if waiting is None:
        pytest.fail("no clue waits to be verified")
    actor = cast.who("handler")
    taken = services.take(
        matter_id=waiting.matter_id,
        step="clue.verify",
        by=actor,
        on=TODAY,
        facts=f.Verified(
            co_officer=str(cast.who("second")),
            acts=(f.VerificationAct.VISIT,),
            found="现场核实有超过保质期的食品。",
            criteria_met=True,
        ),
    )
    assert taken.seq == 3
    assert verify([waiting.matter_id]).ok
