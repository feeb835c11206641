"""What a penalty case may assert, filled in for a shop that sold food past its date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from zhifa.law.benchmark import Benchmark
from zhifa.law.leniency import Condition
from zhifa.law.params import load
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.law.procedures.penalty import aftermath, again, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.governing import settle
from zhifa.law.procedures.penalty.leniency import CONDITIONS
from zhifa.law.procedures.penalty.proposal import (
    Circumstance,
    ConditionShown,
    DecisionKind,
    Finding,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)
from zhifa.law.range import Band, LegalRange
from zhifa.law.sources import FS
from zhifa.law.subject import Answer, FoodSubject
from zhifa.law.term import SuspensionKind

POWER = PowerRule(
    code="food.expired",
    name="对经营超过保质期的食品的处罚",
    field="market",
    violated=(FS(34, 1, 10),),
    penalty=(FS(124, 1, 5),),
    kinds=frozenset(
        {
            PenaltyKind.FINE,
            PenaltyKind.CONFISCATE_GAIN,
            PenaltyKind.CONFISCATE_GOODS,
            PenaltyKind.LICENSE_REVOCATION,
        }
    ),
    fine=LegalRange(
        (FS(124, 1),),
        (
            Band(min_fen=5_000_000, max_fen=10_000_000, until_fen=1_000_000),
            Band(min_times=10, max_times=20, from_fen=1_000_000),  # type: ignore[arg-type]
        ),
        base="goods_value_fen",
    ),
    benchmark=Benchmark.parse(load("benchmarks/expired_food")),
)


def served(document: str, kind: str, **changed: Any) -> Served:
    values: dict[str, Any] = {
        "document": document,
        "document_kind": kind,
        "co_officer": "协办人",
        "method": ServiceMethod.DIRECT,
        "place": "店内",
        "received_by": "经营者",
    }
    return Served(**values | changed)


def instant(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def clue(on: date, **changed: Any) -> f.ClueRegistered:
    values: dict[str, Any] = {
        "source": f.ClueSource.INSPECTION,
        "received_on": on,
        "place": "雨城区",
        "summary": "货架上有超过保质期的食品",
    }
    return f.ClueRegistered(**values | changed)


def verified(**changed: Any) -> f.Verified:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "acts": (f.VerificationAct.VISIT,),
        "found": "情况属实",
        "criteria_met": True,
    }
    return f.Verified(**values | changed)


def filing(on: date, **changed: Any) -> f.FilingProposed:
    values: dict[str, Any] = {
        "outcome": f.FilingOutcome.FILE,
        "cause": "涉嫌经营超过保质期的食品案",
        "party": "party-1",
        "power": POWER.code,
        "acted_until": on,
        "handlers": ("承办人", "协办人"),
        "suspected": "涉嫌经营超过保质期的食品",
        "reasons": "符合立案标准",
    }
    return f.FilingProposed(**values | changed)


def evidence(on: date, code: str = "证1", **changed: Any) -> f.EvidenceAdded:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "evidence": code,
        "kind": f.EvidenceKind.DOCUMENT,
        "title": "标签照片",
        "proves": "超过保质期",
        "collected_at": instant(on, 2),
        "place": "店内",
    }
    return f.EvidenceAdded(**values | changed)


def inspection(on: date, **changed: Any) -> f.SiteInspected:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "place": "店内",
        "started_at": instant(on, 1),
        "ended_at": instant(on, 2),
        "identity_shown": True,
        "recusal_told": True,
        "present": "经营者",
        "found": "货架上有超过保质期的食品十二袋",
    }
    return f.SiteInspected(**values | changed)


def settled(on: date, **changed: Any) -> f.LawSettled:
    values: dict[str, Any] = {
        "subject": FoodSubject.LICENSED,
        "acted_from": on,
        "acted_until": on,
        "inspected": Answer.NO,
        "unaware": Answer.NO,
        "source_named": Answer.YES,
        "diligence_reason": "保质期标注明显，当事人应当知道",
    }
    return settle(f.LawSettled(**values | changed), on, POWER, POWER, {})


def gain(**changed: Any) -> f.GainFound:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "goods_value_fen": 126_800,
        "income_fen": 8_600,
        "method": "按实际售价乘以已售数量",
    }
    return f.GainFound(**values | changed)


def circumstances(**changed: str) -> tuple[Circumstance, ...]:
    values = {
        "past_days": "12",
        "sold": "1",
        "times_in_lookback": "0",
        "harm": "none",
        "removed_harm": "0",
        "confessed": "0",
        "cooperated": "0",
        "minor": "0",
        "obstructed": "0",
        "emergency": "0",
    }
    return tuple(
        Circumstance(factor=k, value=v, evidence=("证1",) if v == "1" and k in changed else ())
        for k, v in (values | changed).items()
    )


def proposal(**changed: Any) -> PenaltyProposed:
    values: dict[str, Any] = {
        "decision": DecisionKind.PENALTY,
        "party": "party-1",
        "party_class": PartyClass.PERSON,
        "power": POWER.code,
        "violated": (FS(34, 1, 10).key,),
        "penalised_by": (FS(124, 1, 5).key,),
        "items": (
            PenaltyItem(kind=PenaltyKind.FINE, amount_fen=5_000_000),
            PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=8_600),
            PenaltyItem(kind=PenaltyKind.CONFISCATE_GOODS, detail="超过保质期的食品十二袋"),
        ),
        "tier": "light",
        "computed_fen": 5_000_000,
        "co_officer": "协办人",
        "findings": (
            Finding(found="经营超过保质期的食品", evidence=("证1",), articles=(FS(34, 1, 10).key,)),
        ),
        "circumstances": circumstances(),
        "reasons": "货值较小，没有造成危害后果",
        "nonce": "n",
    }
    return PenaltyProposed(**values | changed)


def shown(*conditions: Condition, evidence: str = "证1") -> tuple[ConditionShown, ...]:
    return tuple(
        ConditionShown(condition=c, shown="有证据证明", evidence=(evidence,)) for c in conditions
    )


def no_penalty(**changed: Any) -> PenaltyProposed:
    asked = CONDITIONS.get(changed["ground"], ()) if "ground" in changed else ()
    return proposal(
        **{
            "decision": DecisionKind.NO_PENALTY,
            "items": (),
            "tier": "",
            "computed_fen": 0,
            "grounds": shown(*asked),
        }
        | changed
    )


def discussed(proposal_digest: str, **changed: Any) -> later.Discussed:
    def opinion(member: str) -> later.MemberOpinion:
        return later.MemberOpinion(
            member=member, office="负责人", opinion="同意", vote=later.Vote.AGREE
        )

    values: dict[str, Any] = {
        "proposal": proposal_digest,
        "place": "会议室",
        "quorum": 3,
        "reporter": "承办人",
        "opinions": (opinion("副局长"), opinion("副局长二"), opinion("局长")),
        "agreed": True,
        "conclusion": "同意拟处理意见",
    }
    return later.Discussed(**values | changed)


def defence(**changed: Any) -> later.DefenceHeard:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "form": later.DefenceForm.ORAL,
        "speaker": "经营者",
        "place": "办公室",
        "content": "请求从轻处罚",
    }
    return later.DefenceHeard(**values | changed)


def answered(**changed: Any) -> later.DefenceReviewed:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "points": (later.DefencePoint(point="请求从轻", adopted=False, reason="已经按最低幅度"),),
        "conclusion": "不予采纳",
    }
    return later.DefenceReviewed(**values | changed)


def confirmed(**changed: Any) -> f.PartyConfirmed:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "party": "party-1",
        "address": "店内",
        "recipient": "经营者",
        "phone": "1",
    }
    return f.PartyConfirmed(**values | changed)


def interview(on: date, **changed: Any) -> f.Interviewed:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "role": f.IntervieweeRole.PARTY,
        "interviewee": "经营者",
        "identity_no": "1",
        "place": "办公室",
        "started_at": instant(on, 1),
        "ended_at": instant(on, 2),
        "identity_shown": True,
        "rights_told": True,
        "exchange": (f.QuestionAnswer(question="卖过吗？", answer="卖过三袋。"),),
    }
    return f.Interviewed(**values | changed)


def correction(due_on: date, **changed: Any) -> f.CorrectionOrdered:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "violation": "经营超过保质期的食品",
        "required": "下架",
        "due_on": due_on,
    }
    return f.CorrectionOrdered(**values | changed)


def rechecked(result: f.RecheckResult = f.RecheckResult.CORRECTED) -> f.CorrectionRechecked:
    return f.CorrectionRechecked(co_officer="协办人", result=result, found="已经下架")


def preserving(**changed: Any) -> f.PreservationProposed:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "reason": "可能灭失",
        "place": "库房",
        "exhibits": (f.Exhibit(name="饼干", quantity="12袋"),),
    }
    return f.PreservationProposed(**values | changed)


def disposing(**changed: Any) -> f.PreservationDisposed:
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "disposal": f.Disposal.RETURN,
        "detail": "退还当事人",
    }
    return f.PreservationDisposed(**values | changed)


def recusal(person: str) -> f.RecusalRequested:
    return f.RecusalRequested(
        person=person, requested_by=f.RecusalBy.PARTY, reason="与当事人是近亲属"
    )


def recusal_decided(person: str, granted: bool = True) -> f.RecusalDecided:
    return f.RecusalDecided(person=person, granted=granted, reason="情况属实")


def suspended(since: date, until: date, kind: SuspensionKind) -> f.ClockSuspended:
    return f.ClockSuspended(kind=kind, from_on=since, until_on=until, reason="送检")


def extending(days: int, discussion: str = "") -> f.ExtensionProposed:
    return f.ExtensionProposed(days=days, discussion=discussion, reason="案情复杂")


def waived(evidence: str = "证1") -> later.RightWaived:
    return later.RightWaived(evidence=evidence, words="自愿放弃")


def hearing_notified(held_on: date, **changed: Any) -> later.HearingNotified:
    values: dict[str, Any] = {"held_on": held_on, "place": "会议室", "chair": "主持人"}
    return later.HearingNotified(**values | changed)


def hearing_held() -> later.HearingHeld:
    return later.HearingHeld(present="当事人", record="申辩", opinion="事实清楚")


def paying(paid_on: date, **changed: Any) -> later.PaymentRecorded:
    values: dict[str, Any] = {"paid_on": paid_on, "receipt": "1", "bank": "银行"}
    return later.PaymentRecorded(**values | changed)


def outcome(
    effective_on: date, kind: later.OutcomeKind = later.OutcomeKind.ANNULLED, **changed: Any
) -> later.OutcomeRecorded:
    values: dict[str, Any] = {
        "kind": kind,
        "instrument": "复议决定书1号",
        "body": "雨城区人民政府",
        "dated_on": effective_on,
        "served_on": effective_on,
        "effective_on": effective_on,
    }
    if kind in ANNULLING:
        values["ground"] = later.AnnulGround.FACTS
    if kind is later.OutcomeKind.ANNULLED_REDO:
        values["redo_days"] = 30
    if kind in (later.OutcomeKind.CHANGED, later.OutcomeKind.PARTLY):
        values["items"] = (PenaltyItem(kind=PenaltyKind.FINE, amount_fen=3_000_000),)
    return later.OutcomeRecorded(**values | changed)


ANNULLING = (
    later.OutcomeKind.ANNULLED,
    later.OutcomeKind.ANNULLED_REDO,
    later.OutcomeKind.PARTLY,
)


def closing(
    reason: later.ClosingReason = later.ClosingReason.PERFORMED,
) -> later.ClosingProposed:
    return later.ClosingProposed(reason=reason, execution="已经履行")


def deciding(proposal_digest: str) -> later.DecisionProposed:
    return later.DecisionProposed(
        proposal=proposal_digest, defence_adopted="未提出", summary="作出处罚"
    )


def telling(proposal_digest: str, hearing_right: bool = True) -> later.NoticeProposed:
    return later.NoticeProposed(proposal=proposal_digest, hearing_right=hearing_right)


def submitting(
    proposal_digest: str, kind: later.ReviewKind = later.ReviewKind.LEGAL
) -> later.ReviewSubmitted:
    return later.ReviewSubmitted(review="r", kind=kind, proposal=proposal_digest)


def passing(
    proposal_digest: str, kind: later.ReviewKind = later.ReviewKind.LEGAL, review: str = "r"
) -> later.ReviewPassed:
    return later.ReviewPassed(review=review, kind=kind, proposal=proposal_digest, opinion="同意")


def returning(proposal_digest: str) -> later.ReviewReturned:
    return later.ReviewReturned(review="r", proposal=proposal_digest, opinion="证据不足")


# --- after service -------------------------------------------------------------------------------


def begun(on: date, forum: later.Forum = later.Forum.RECONSIDERATION, **changed: Any) -> Any:
    values: dict[str, Any] = {
        "forum": forum,
        "number": "复议1号",
        "body": "雨城区人民政府",
        "applied_on": on,
        "received_on": on,
        "claim": "处罚过重",
    }
    return aftermath.RemedyBegun(**values | changed)


def answered_remedy(
    on: date, forum: later.Forum = later.Forum.RECONSIDERATION
) -> aftermath.RemedyAnswered:
    return aftermath.RemedyAnswered(forum=forum, sent_on=on, reply="事实清楚")


def revoking(*fine_fen: int, **changed: Any) -> aftermath.RevocationProposed:
    """A revocation, or with an amount a change to that fine."""
    kind = aftermath.RevocationKind.CHANGE if fine_fen else aftermath.RevocationKind.REVOKE
    items = tuple(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen) for fen in fine_fen)
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "kind": kind,
        "error": "裁量明显不当",
        "reasons": "应当减轻",
        "items": items,
    }
    return aftermath.RevocationProposed(**values | changed)


def rectifying(wrong: str = "示列路", right: str = "示例路", **changed: Any) -> Any:
    slip = aftermath.Erratum(place="首部", wrong=wrong, right=right)
    values: dict[str, Any] = {
        "co_officer": "协办人",
        "errata": (slip,),
        "reason": "误写",
        "clerical": True,
    }
    return aftermath.RectificationProposed(**values | changed)


def refunding(fine: int = 0, gain: int = 0, surcharge: int = 0) -> aftermath.RefundProposed:
    return aftermath.RefundProposed(
        fine_fen=fine, gain_fen=gain, surcharge_fen=surcharge, payee="当事人", account="示例"
    )


def refunded(amount_fen: int, on: date) -> aftermath.RefundPaid:
    return aftermath.RefundPaid(amount_fen=amount_fen, paid_on=on, receipt="退1")


def striking(entry: int) -> aftermath.EntryStruck:
    return aftermath.EntryStruck(entry=str(entry), reason="登记错误")


def inherited(before: PenaltyProposed, **changed: Any) -> aftermath.RedoInherited:
    old = aftermath.OldEvidence(
        evidence="证1", kind=f.EvidenceKind.DOCUMENT, title="照片", proves="陈列",
        collected_at=instant(date(2026, 3, 2), 10), place="店内",
    )  # fmt: skip
    values: dict[str, Any] = {
        "matter": "原案",
        "case_no": "案1号",
        "decision_no": "罚1号",
        "outcome": later.OutcomeKind.ANNULLED_REDO,
        "forum": later.Forum.RECONSIDERATION,
        "ground": later.AnnulGround.FACTS,
        "instrument": "复议决定书1号",
        "effective_on": date(2026, 3, 2),
        "redo_days": 30,
        "before": before,
        "evidence": (old,),
    }
    return aftermath.RedoInherited(**values | changed)


def inheriting(s: Any, original: str = "证1", **changed: Any) -> aftermath.EvidenceInherited:
    bare = aftermath.EvidenceInherited(co_officer="协办人", original=original, examined="来源合法")
    return replace(again.taken_over(s, bare), **changed)
