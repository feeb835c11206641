"""The demonstration *annulled*, played through the services: what falls is given back and taken
down, and is handled anew without being repeated."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.conftest import ROOT
from tests.journeys.conftest import _found
from tests.journeys.telling import world
from zhifa.cases import redo
from zhifa.cases.models import Case, Decision
from zhifa.faces.demo import annulled, cast, facts
from zhifa.faces.demo.annulled import Annulled
from zhifa.faces.demo.play import play, recall
from zhifa.kernel import ledger
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.aftermath import RedoInherited
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.publicity.models import PublishedDecision, Tombstone
from zhifa.records import selectors as papers
from zhifa.records import services as records
from zhifa.records.models import Evidence
from zhifa.registry import selectors as registry

END = date(2026, 6, 23)


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: Any) -> Iterator[Annulled]:
    """The whole of it, told once for the module, which only reads it."""
    with django_db_blocker.unblock(), transaction.atomic():
        _found()
        told = Annulled()
        play(annulled.ALL, story=told, say=lambda _line: None)
        yield told
        transaction.set_rollback(True)
    cast.ids.cache_clear()


@pytest.fixture(scope="module")
def new(story: Annulled) -> UUID:
    """The case in which it is handled anew."""
    return redo.redone_by(story.old)


def stands(matter_id: Any) -> Standing:
    return matters.standing(matters.matter(matter_id), END)


def test_all_that_was_taken_is_given_back_and_the_case_owes_nothing(story: Annulled) -> None:
    s = stands(story.old)
    assert force.undone(s)
    assert s.obligations == ()
    assert force.received(s).total == 5_002_970
    assert force.given_back(s).total == 5_002_970
    assert force.overpaid(s, (), END).total == 0
    assert matters.matter(story.old).closed
    (letter,) = s.outputs("refund_notice")
    assert letter.number == "雅雨市监退〔2026〕1号"


def test_the_public_finds_that_it_was_taken_down_and_nothing_of_party_or_facts(
    story: Annulled,
) -> None:
    assert not PublishedDecision.objects.exists()
    (stone,) = Tombstone.objects.all()
    assert stone.ground == "redo"
    for said in vars(stone).values():
        for secret in (annulled.shop().name, facts.OWNER, "饼干", "雅雨市监罚"):
            assert secret not in str(said)
    run = stands(story.old).term("withdrawal")
    assert run is not None
    assert run.stopped_on == date(2026, 6, 5) <= run.due.due


def test_the_new_decision_came_within_the_days_that_were_ordered(
    story: Annulled, new: UUID
) -> None:
    s = stands(story.old)
    run, done = s.term("redo"), s.last("redo.finish")
    assert run is not None
    assert done is not None
    assert (run.start, run.due.raw_due) == (date(2026, 6, 5), date(2026, 7, 5))
    assert run.stopped_on == date(2026, 6, 18)
    assert done.facts.matter == str(new)
    row = Decision.objects.get(matter_id=new)
    assert (row.kind, row.fine_fen, row.decided_on) == ("no_penalty", 0, date(2026, 6, 18))


def test_the_new_case_knows_what_fell_and_takes_its_evidence_over_without_copying_it(
    story: Annulled,
    new: UUID,
) -> None:
    s = stands(new)
    told = s.latest(RedoInherited)
    assert told is not None
    assert told.decision_no == "雅雨市监罚〔2026〕1号"
    assert told.before.fine_fen == 5_000_000
    files = papers.files(new, s)
    assert set(files) == {"原证1", "原证2", "原证3", "证1", "证2"}
    assert {files[n].matter_id for n in ("原证1", "原证2", "原证3")} == {story.old}
    assert Evidence.objects.filter(matter_id=new).count() == 2
    for d in s.all("evidence.inherit"):
        assert files[d.facts.evidence].sha256 == d.facts.sha256
    case = Case.objects.get(matter_id=new)
    assert case.case_no == "雅雨市监案〔2026〕2号"
    for part in ("handler", "second"):
        actor = registry.actor(cast.who(part), END)
        assert matters.visible(story.old, actor)


def test_everything_that_is_kept_is_what_was_recorded(
    story: Annulled, new: UUID, tmp_path: Path
) -> None:
    assert ledger.verify().ok
    tool = [sys.executable, "-I", "-S", str(ROOT / "tools" / "verify_dossier.py")]
    for matter_id in (story.old, new):
        assert records.faults_of(matter_id, stands(matter_id)) == ()
        out = records.export_dossier(matter_id, tmp_path / f"{matter_id}.zip")
        sound = subprocess.run([*tool, str(out)], capture_output=True, text=True, check=False)
        assert sound.returncode == 0, sound.stdout + sound.stderr


def test_the_story_is_told_once(story: Annulled) -> None:
    before = world()
    again = Annulled()
    assert recall(again)
    assert again.case_id == story.old
    again = Annulled()
    play(annulled.ALL, story=again, say=lambda _line: None)
    assert (again.old, again.case_id) == (story.old, story.old)
    assert world() == before
