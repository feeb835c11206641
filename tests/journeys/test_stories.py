"""The celery case and the factory, played whole: what the law made of them and what is printed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.cases.desk import Desk
from zhifa.cases.models import Decision
from zhifa.faces.demo import cast, celery, factory, precedents
from zhifa.faces.demo.play import play
from zhifa.faces.demo.stories import TELLINGS
from zhifa.faces.demo.story import Scene, Story
from zhifa.kernel import clock
from zhifa.law.procedures.penalty.facts import DiligenceAnswer, LawSettled
from zhifa.law.procedures.penalty.proposal import (
    DecisionKind,
    Leniency,
    NoPenaltyGround,
    SimilarDecision,
    current,
)
from zhifa.publicity.models import PublishedDecision
from zhifa.records.models import Document
from zhifa.registry import seeding
from zhifa.registry import selectors as registry

UNTIL = "复查改正情况"


@dataclasses.dataclass
class Played:
    """The stories with the lines that were told."""

    bean: Story
    celery: Story
    factory: Story
    told: list[str]
    form: str
    """The page on which the celery case's first proposal is made."""


def _until(scenes: tuple[Scene, ...], title: str) -> int:
    return [scene.title for scene in scenes].index(title) + 1


def _begin(code: str) -> Story:
    return next(t for t in TELLINGS if t.code == code).begin()


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[Played]:
    """One earlier decision, the celery case and the factory, once for the module."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        cast.ids.cache_clear()
        seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
        bean, case, works = (_begin(code) for code in ("bean", "celery", "factory"))
        decided = _until(precedents.BEAN_SCENES, "作出处罚决定")
        play(precedents.BEAN_SCENES[:decided], story=bean, say=told.append)
        checked = _until(celery.SCENES, UNTIL)
        play(celery.SCENES[:checked], story=case, say=told.append)
        with clock.scenario(clock.at(date(2026, 6, 16))):
            page = Desk("handler").client.get(
                f"/desk/cases/{case.case_id}/steps/investigation.end/"
            )
            case.on = date(2026, 6, 16)
            made = celery._fined(case, evidence=True, leniency=Leniency.MITIGATED)
            forged = SimilarDecision(
                number="雅雨市监罚〔2026〕99号", decided_on=case.on, outcome="不予行政处罚"
            )
            told += case.refused(
                "investigation.end", "handler", dataclasses.replace(made, similar=(forged,))
            )
        play(celery.SCENES[checked:], story=case, say=told.append)
        play(factory.SCENES, story=works, say=told.append)
        yield Played(bean, case, works, told, page.content.decode())
        transaction.set_rollback(True)
    cast.ids.cache_clear()


def _paper(matter_id: UUID, kind: str) -> str:
    found = Document.objects.filter(matter_id=matter_id, kind=kind).order_by("id").last()
    assert found is not None, kind
    return found.content.input


def _refusals(played: Played) -> str:
    return "\n".join(line for line in played.told if "拒绝" in line)


# --- the celery case ------------------------------------------------------------------------------


def test_the_seller_of_bought_produce_is_under_the_food_law_and_not_exempt(
    played: Played,
) -> None:
    settled = played.celery.standing().latest(LawSettled)
    assert (settled.law, settled.diligence) == ("FS", DiligenceAnswer.REJECTED)
    assert "不是销售自产农产品的农户" in settled.comparison


def test_below_the_range_without_ground_or_evidence_is_refused_with_its_article(
    played: Played,
) -> None:
    said = _refusals(played)
    assert "罚款5000元不在法定幅度（50000元以上100000元以下）内" in said
    assert "减轻处罚没有列明法定情节的证据。（依据行政处罚法第三十二条" in said
    assert "条件“初次违法”没有列明证据。（依据行政处罚法第三十三条" in said


def test_the_earlier_decision_is_shown_beside_the_proposal_and_kept_with_it(
    played: Played,
) -> None:
    number = Decision.objects.get(matter_id=played.bean.case_id).number
    assert number in played.form
    assert "处罚记录查询结果" in played.form, "the evidence that each condition asks for is listed"
    kept = current(played.celery.standing())
    assert kept is not None
    assert [(d.number, d.fine_fen, d.goods_value_fen) for d in kept.similar] == [
        (number, 800_000, 12_000)
    ]
    assert number in _paper(played.celery.case_id, "investigation_report")
    assert "所列类似决定与本机关登记的决定不符" in _refusals(played)


def test_the_heads_discuss_it_and_the_dissent_is_recorded(played: Played) -> None:
    record = _paper(played.celery.case_id, "collective_discussion")
    assert '"dissent":"周示例：农药残留关系群众健康' in record
    assert "法律规定“可以”不予或者免予处罚" in record


def test_the_decision_spares_the_penalty_with_education_and_plain_reasons(
    played: Played,
) -> None:
    letter = _paper(played.celery.case_id, "no_penalty_decision")
    for words in (
        "第一百三十六条规定的免予处罚情形：经审查不成立",
        "初次违法（行政处罚法第三十三条第一款）",
        "证据：处罚记录查询结果",
        "处罚应当与违法行为的事实、性质、情节和社会危害程度相当",
        "已对当事人进行教育。6月22日当面讲明",
        "经法制审核通过，并经本局负责人集体讨论决定",
    ):
        assert words in letter
    row = Decision.objects.get(matter_id=played.celery.case_id)
    assert (row.kind, row.ground, row.fine_fen, row.goods_value_fen) == (
        DecisionKind.NO_PENALTY, NoPenaltyGround.FIRST, 0, 2_800,
    )  # fmt: skip
    assert not played.celery.standing().outputs("prior_notice")
    assert not PublishedDecision.objects.filter(number=row.number).exists()


# --- the factory ----------------------------------------------------------------------------------


def test_the_sub_bureau_acts_in_its_own_name_since_the_code(played: Played) -> None:
    said = "\n".join(played.told)
    assert "2026-08-12的执法名义：雅安市生态环境局（委托实施）" in said
    assert "2026-08-18的执法名义：雅安市雨城生态环境局（派出机构以自己名义）" in said
    letter = _paper(played.factory.case_id, "penalty_decision")
    assert '"agency":"雅安市雨城生态环境局"' in letter
    report = _paper(played.factory.case_id, "investigation_report")
    assert "派出机构以自己名义（生态环境法典第五十三条）" in report
    assert registry.competence(factory.POWER, "511802", date(2026, 11, 9)).body == "511802-sthj"


def test_the_lighter_new_law_applies_and_both_are_printed(played: Played) -> None:
    settled = played.factory.standing().latest(LawSettled)
    assert (settled.law, settled.applies_on) == ("EC", date(2026, 8, 25))
    for kind in ("investigation_report", "prior_notice", "penalty_decision"):
        paper = _paper(played.factory.case_id, kind)
        assert "罚款100000元以上1000000元以下（固体废物污染环境防治法第一百一十二条" in paper
        assert "罚款50000元以上200000元以下（生态环境法典第一千一百七十五条" in paper
        assert "新规定处罚较轻，适用决定时的新规定（行政处罚法第三十七条）" in paper
    assert "罚款300000元不在法定幅度（50000元以上200000元以下）内" in _refusals(played)
    assert Decision.objects.get(matter_id=played.factory.case_id).fine_fen == 5_000_000


def test_the_terms_that_run_out_soon_are_told(played: Played) -> None:
    said = "\n".join(played.told)
    assert "作出处理决定至11月18日届满，剩12日" in said
    assert "要求听证至11月5日届满，剩7日" in said


def test_both_cases_end_archived_and_owe_nothing(played: Played) -> None:
    for story in (played.celery, played.factory):
        standing = story.standing()
        assert standing.has("archive.file")
        assert not standing.obligations
