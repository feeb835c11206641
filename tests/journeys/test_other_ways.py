"""Cases that leave the road before the decision: each by the people who owe it, to its own end."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.journeys.conftest import TITLES
from tests.journeys.telling import At, Tale, follow, somebody
from zhifa.cases import services as cases
from zhifa.cases.models import Case, Decision
from zhifa.faces.demo import cast, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.play import ALL
from zhifa.kernel import ledger
from zhifa.kernel.errors import AgainstLaw, NotPermitted
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.leniency import CONDITIONS
from zhifa.law.procedures.penalty.proposal import (
    ConditionShown,
    DecisionKind,
    NoPenaltyGround,
    PenaltyProposed,
)
from zhifa.law.procedures.review import REQUIRED_PAPERS, Conclusion, PaperLine
from zhifa.publicity.models import Publication
from zhifa.records import services as records
from zhifa.registry.services.parties import register_party
from zhifa.review import services as review

SPARED = "当事人初次违法，货值金额不足二百元，没有造成危害后果，并且及时改正。"


def reviewed(tale: Tale, note: str = "提请审核。") -> None:
    """Submitted and passed."""
    tale.do(
        review.submit,
        case_id=tale.case_id,
        by=who("handler"),
        on=tale.on,
        lines=tuple(PaperLine(name=name, present=True) for name in REQUIRED_PAPERS),
        note=note,
    )
    tale.do(
        review.conclude,
        review_id=tale.review_id(),
        by=who("reviewer"),
        on=tale.on,
        findings=facts.points(),
        conclusion=Conclusion.AGREE,
        advice="主体适格，事实清楚，证据充分，适用法律正确，程序合法，同意。",
    )


def decided(tale: Tale) -> None:
    """Proposed, endorsed, decided."""
    tale.approve(
        "decision",
        later.DecisionProposed(
            proposal=tale.proposal(), defence_adopted="无。", summary="建议作出决定。"
        ),
        endorsed=True,
        words="同意。",
    )


def closed(tale: Tale, reason: later.ClosingReason, execution: str) -> None:
    """Closed, the volume taken over."""
    made = later.ClosingProposed(reason=reason, execution=execution)
    tale.approve("closing", made, endorsed=False, words="同意结案。")
    tale.do(
        records.archive,
        matter_id=tale.case_id,
        by=who("archivist"),
        on=tale.on,
        retention=later.Retention.TEN,
        checked="文书齐全。",
    )


def proposed(tale: Tale, decision: DecisionKind, **changed: object) -> PenaltyProposed:
    """The demonstration's findings, with another end."""
    usual = facts.proposal(tale.party, tale.evidence["photo"], tale.evidence["note"])
    return tale.complete(
        dataclasses.replace(usual, decision=decision, items=(), circumstances=(), **changed)
    )


def test_a_clue_that_is_not_filed_ends_and_its_named_reporter_is_told(outset: Tale) -> None:
    tale = outset
    tale.party = str(
        register_party(facts=facts.shop(), agency=AGENCY, on=tale.on, by=who("handler"))
    )
    tale.case_id = tale.do(
        cases.register_clue,
        agency=AGENCY,
        unit=UNIT,
        by=who("handler"),
        on=tale.on,
        facts=dataclasses.replace(
            facts.clue(tale.party, tale.on),
            source=f.ClueSource.REPORT,
            named_reporter=True,
            reporter="郝举报，13900000000",
        ),
    ).matter_id
    refusal = f.FilingProposed(
        outcome=f.FilingOutcome.NOT_FILE,
        cause="涉嫌经营超过保质期的食品案",
        handlers=(str(who("handler")), str(who("second"))),
        suspected="经核查，未发现超过保质期的食品。",
        reasons="没有违法事实，不符合立案条件。",
    )
    with tale.refused(AgainstLaw, "线索尚未核查", article="CF:54"):
        tale.by("handler", "filing.propose", refusal)

    found = dataclasses.replace(
        facts.verified(), criteria_met=False, found="现场核实，货架上的食品均在保质期内。"
    )
    tale.by("handler", "clue.verify", found)
    with tale.refused(AgainstLaw, "不符合立案标准", article="CF:54:2"):
        tale.by("handler", "filing.propose", facts.filing(tale.party, tale.on))
    tale.approve("filing", refusal, endorsed=True, words="不予立案。")

    case = Case.objects.get(matter_id=tale.case_id)
    assert (case.case_no, case.filed_on, case.closed_on) == (None, None, tale.on)
    assert tale.waits_for() == {"reporter.tell"}
    with tale.refused(AgainstLaw, "尚未立案", article="CF:54:2"):
        tale.by("handler", "law.settle", facts.settled(tale.on))
    with tale.refused(AgainstLaw, "不能早于"):
        tale.by("handler", "reporter.tell", _told(date(2026, 3, 1)))

    tale.day(date(2026, 3, 5))
    tale.by("handler", "reporter.tell", _told(tale.on))
    assert tale.owes() == set()
    assert tale.waits_for() == set()
    reply = tale.stands().term("reporter.reply")
    assert reply is not None
    assert reply.stopped_on == tale.on <= reply.due.due
    events = "".join(e.body for e in ledger.events(tale.case_id))
    assert "郝举报" not in events
    assert "13900000000" not in events
    assert "郝举报" not in tale.says("clue_registration")
    assert [kind for kind, _ in tale.papers()] == ["clue_registration", "filing_approval"]


def _told(day: date) -> f.ReporterTold:
    """The reporter told by telephone."""
    return f.ReporterTold(told_on=day, how="电话告知")


def test_who_is_recused_leaves_and_the_case_goes_on_with_others(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    tale = at("立案审批")
    second = str(who("second"))
    tale.day(date(2026, 3, 5))
    asked = f.RecusalRequested(
        person=second, requested_by=f.RecusalBy.PARTY, reason="与当事人有亲属关系。"
    )
    tale.by("handler", "recusal.request", asked)
    assert tale.waits_for() >= {"recusal.decide"}
    # The investigation goes on until it is decided (行政处罚法 43 III).
    tale.by("handler", "party.confirm", facts.party_confirmed(tale.party))

    granted = f.RecusalDecided(person=second, granted=True, reason="应当回避。")
    with tale.refused(NotPermitted, "行政机关负责人", article="CF:43:3"):
        tale.by("handling_head", "recusal.decide", granted)
    tale.by("head", "recusal.decide", granted)
    with tale.refused(AgainstLaw, "没有待决定的回避申请", article="CF:43"):
        tale.by("head", "recusal.decide", granted)

    with tale.refused(AgainstLaw, "回避") as no:
        tale.by("handler", "interview.record", facts.interview(tale.on))
    assert no.value.field == "co_officer"
    with tale.refused(NotPermitted, "已被决定回避"):
        tale.by("second", "law.settle", facts.settled(date(2026, 3, 3)))
    same = f.HandlersChanged(handlers=(str(who("handler")), second), reason="照旧。")
    with tale.refused(AgainstLaw, "已被决定回避", article="CF:42"):
        tale.by("handling_head", "handlers.change", same)
    other = str(somebody("yc-officer3"))
    tale.by(
        "handling_head",
        "handlers.change",
        f.HandlersChanged(handlers=(str(who("handler")), other), reason="王示例回避。"),
    )

    monkeypatch.setitem(cast.PARTS, "second", "yc-officer3")
    cast.ids.cache_clear()
    for scene in ALL[TITLES.index("询问笔录") :]:
        tale.day(scene.on)
        scene.act(tale)
        follow()
    monkeypatch.undo()
    cast.ids.cache_clear()
    assert tale.owes() == set()
    acted = {d.facts.co_officer for d in tale.stands().all("document.serve")}
    assert acted == {other}
    assert "王示例" not in tale.says("penalty_decision")


def test_what_is_preserved_is_disposed_of_within_seven_working_days(at: At) -> None:
    tale = at("立案审批")
    tale.day(date(2026, 3, 5))
    kept = f.PreservationProposed(
        co_officer=str(who("second")),
        reason="涉案食品可能灭失或者以后难以取得。",
        place="雅安市雨城区市场监督管理局涉案物品仓库",
        exhibits=(f.Exhibit(name="示例牌原味饼干", batch="2025年8月20日", quantity="12袋"),),
    )
    tale.by("handler", "preservation.propose", kept)
    with tale.refused(NotPermitted, "行政机关负责人", article="CF:56"):
        tale.by("handling_head", "preservation.approve", Approved(opinion="同意。"))
    tale.by("head", "preservation.approve", Approved(opinion="同意先行登记保存。"))
    with tale.refused(AgainstLaw, "前一次先行登记保存尚未处理", article="CF:56"):
        tale.by("handler", "preservation.propose", kept)
    term = tale.stands().term("preservation")
    assert term is not None
    assert term.due.due == date(2026, 3, 16), "seven working days, no weekend among them"
    assert "preservation.dispose" in tale.waits_for()
    tale.seal_and_serve("preservation_notice")

    tale.day(date(2026, 3, 13))
    disposed = f.PreservationDisposed(
        co_officer=str(who("second")),
        disposal=f.Disposal.KEEP_RECORD,
        detail="已逐袋拍照记录，退还当事人就地封存。",
    )
    tale.by("handler", "preservation.dispose", disposed)
    tale.seal_and_serve("preservation_disposal")
    assert "preservation.open" not in tale.owes()
    ended = tale.stands().term("preservation")
    assert ended is not None
    assert ended.stopped_on == date(2026, 3, 13)
    numbers = dict(tale.papers())
    assert numbers["preservation_notice"] == "雅雨市监登保〔2026〕1号"
    assert numbers["preservation_disposal"] == "雅雨市监登处〔2026〕1号"
    with tale.refused(AgainstLaw, "没有待处理", article="CF:56"):
        tale.by("handler", "preservation.dispose", disposed)


def test_no_penalty_comes_with_education_and_is_neither_told_beforehand_nor_published(
    at: At,
) -> None:
    tale = at("复查改正情况")
    tale.day(date(2026, 3, 16))
    ground = {"ground": NoPenaltyGround.FIRST, "reasons": SPARED}
    with tale.refused(AgainstLaw, "应当对当事人进行教育", article="CF:33"):
        uneducated = proposed(tale, DecisionKind.NO_PENALTY, **ground)
        tale.by("handler", "investigation.end", uneducated)
    with tale.refused(AgainstLaw, "法定理由", article="CF:33"):
        groundless = proposed(tale, DecisionKind.NO_PENALTY, education=True, reasons=SPARED)
        tale.by("handler", "investigation.end", groundless)
    with tale.refused(AgainstLaw, "“初次违法”没有列明证据", article="CF:33"):
        bare = proposed(tale, DecisionKind.NO_PENALTY, education=True, **ground)
        tale.by("handler", "investigation.end", bare)
    shown = tuple(
        ConditionShown(condition=c, shown="有证据证明", evidence=(tale.evidence["note"],))
        for c in CONDITIONS[NoPenaltyGround.FIRST]
    )
    spared = proposed(tale, DecisionKind.NO_PENALTY, education=True, grounds=shown, **ground)
    tale.by("handler", "investigation.end", spared)

    tale.day(date(2026, 3, 18))
    with tale.refused(AgainstLaw, "审核", article="CF:58"):
        tale.by(
            "handler",
            "decision.propose",
            later.DecisionProposed(
                proposal=tale.proposal(), defence_adopted="无。", summary="不予处罚。"
            ),
        )
    reviewed(tale)
    with tale.refused(AgainstLaw, "不需要事先告知", article="CF:44"):
        tale.by("handler", "notice.propose", later.NoticeProposed(proposal=tale.proposal()))
    tale.day(date(2026, 3, 20))
    with tale.refused(AgainstLaw, "集体讨论", article="CF:57:2"):
        decided(tale)
    assert "discussion.hold" in tale.waits_for()
    tale.by("head", "discussion.hold", facts.discussion(tale.proposal()))
    decided(tale)
    follow()
    tale.seal_and_serve("no_penalty_decision")

    row = Decision.objects.get(matter_id=tale.case_id)
    assert (row.kind, row.fine_fen, row.number) == ("no_penalty", 0, "雅雨市监不罚〔2026〕1号")
    assert "已对当事人进行教育" in tale.says("no_penalty_decision")
    assert tale.owes() == set()
    assert not Publication.objects.filter(case_matter_id=tale.case_id).exists()
    with tale.refused(AgainstLaw, "不予行政处罚", article="SJ:77"):
        tale.by(
            "handler",
            "closing.propose",
            later.ClosingProposed(reason=later.ClosingReason.PERFORMED, execution="无。"),
        )
    closed(tale, later.ClosingReason.NO_PENALTY, "不予行政处罚，已教育。")
    assert tale.waits_for() == set()
    assert "penalty_decision" not in dict(tale.papers())


def test_a_case_of_another_agency_is_transferred_and_closed(at: At) -> None:
    tale = at("复查改正情况")
    tale.day(date(2026, 3, 16))
    moved = proposed(
        tale,
        DecisionKind.TRANSFER_AGENCY,
        reasons="经调查，当事人的生产加工行为属于其他机关管辖，应当移送。",
    )
    tale.by("handler", "investigation.end", moved)
    tale.day(date(2026, 3, 18))
    reviewed(tale)
    decided(tale)
    row = Decision.objects.get(matter_id=tale.case_id)
    assert (row.kind, row.number, row.document_id) == ("transfer_agency", "", None)
    with tale.refused(AgainstLaw, "移送其他行政机关", article="SJ:77"):
        tale.by(
            "handler",
            "closing.propose",
            later.ClosingProposed(reason=later.ClosingReason.PERFORMED, execution="无。"),
        )
    closed(tale, later.ClosingReason.TRANSFERRED, "案件材料已移送。")
    assert tale.owes() == set()
    assert tale.waits_for() == set()
