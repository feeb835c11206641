"""The whole life of a penalty case, by the people who owe each step, through services alone."""

from __future__ import annotations

from tests.journeys.conftest import Until
from zhifa.cases.models import Case, Decision
from zhifa.procedure import selectors as matters
from zhifa.publicity.models import PublishedDecision
from zhifa.records.models import Document


def test_a_case_runs_from_clue_to_archive(played_until: Until) -> None:
    story = played_until("归档")

    case = Case.objects.get(matter_id=story.case_id)
    decision = Decision.objects.get(matter_id=story.case_id)
    assert case.case_no == "雅雨市监案〔2026〕1号"
    assert decision.number == "雅雨市监罚〔2026〕1号"
    assert decision.fine_fen == 5_000_000
    standing = matters.standing(matters.matter(story.case_id), story.on)
    assert not standing.obligations
    shown = PublishedDecision.objects.get(number=decision.number)
    assert shown.fine_fen == decision.fine_fen
    issued = Document.objects.filter(matter_id=story.case_id)
    assert issued.count() >= 25
    assert not issued.filter(outward=True, sealed_on__isnull=True).exists()
    assert not issued.filter(outward=True, served_on__isnull=True).exists()
