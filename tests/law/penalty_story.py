"""A penalty case driven through the law room alone: no database, a cast, a day, and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from zhifa.law.actor import Actor, Certificate, Duty, Post
from zhifa.law.benchmark import Benchmark
from zhifa.law.calendar import WorkCalendar
from zhifa.law.facts import Facts, NoFacts
from zhifa.law.guards import Attempt, Refusal, Setting
from zhifa.law.params import load
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.procedure import Procedure
from zhifa.law.procedures.parts.approval import Approved, Endorsed
from zhifa.law.procedures.parts.paper import Sealed, Served, ServiceMethod
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.proposal import (
    Circumstance,
    DecisionKind,
    Finding,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
    current,
    digest,
)
from zhifa.law.range import Band, LegalRange
from zhifa.law.sources import FS
from zhifa.law.standing import Done, Output, Standing

AGENCY = "511802-scjg"
CERTIFICATE = Certificate("23110001", date(2024, 1, 1), date(2028, 12, 31))


def person(name: str, *duties: Duty, certified: bool = False, reviews: bool = False) -> Actor:
    return Actor(
        name,
        name,
        tuple(Post(d, AGENCY) for d in duties),
        CERTIFICATE if certified else None,
        may_review=reviews,
    )


CAST = {
    a.id: a
    for a in (
        person("承办人", Duty.OFFICER, certified=True),
        person("协办人", Duty.OFFICER, certified=True),
        person("外勤", Duty.OFFICER, certified=True),
        person("无证人员", Duty.OFFICER),
        person("科长", Duty.HANDLING_HEAD),
        person("局长", Duty.AGENCY_HEAD),
        person("副局长", Duty.AGENCY_HEAD),
        person("副局长二", Duty.AGENCY_HEAD),
        person("审核员", Duty.LEGAL_REVIEWER, reviews=True),
        person("无资格审核员", Duty.LEGAL_REVIEWER),
        person("主持人", Duty.HEARING_CHAIR),
        person("印章员", Duty.SEAL_KEEPER),
        person("出纳", Duty.CASHIER),
        person("保管员", Duty.PROPERTY_KEEPER),
        person("公示审核员", Duty.PUBLISH_REVIEWER),
        person("档案员", Duty.ARCHIVIST),
        person("公众"),
    )
}

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
CALENDAR = WorkCalendar.standard()


@dataclass
class Story:
    """One case and its days; refuses as the house does, by returning the refusal."""

    procedure: Procedure = PENALTY_ORDINARY
    standing: Standing = field(default_factory=PENALTY_ORDINARY.empty)
    on: date = date(2026, 3, 2)

    def attempt(self, step: str, who: str, facts: Facts | None = None) -> Attempt:
        setting = Setting(CALENDAR, AGENCY, powers={POWER.code: POWER}, people=CAST)
        return Attempt(step, self.on, CAST[who], setting, facts or NoFacts())

    def refused(self, step: str, who: str, facts: Facts | None = None) -> Refusal | None:
        return self.procedure.refuse(self.standing, self.attempt(step, who, facts))

    def take(self, step: str, who: str, facts: Facts | None = None) -> Story:
        """Take a step, which must be lawful, producing just the documents that it owes."""
        refusal = self.refused(step, who, facts)
        assert refusal is None, f"{step}: {refusal}"
        return self.record(step, who, facts)

    def record(self, step: str, who: str, facts: Facts | None = None) -> Story:
        """Fold a step without asking whether it is lawful."""
        given = facts or NoFacts()
        seq = self.standing.seq + 1
        kinds = self.procedure.steps[step].owed(self.standing, given)
        outputs = tuple(Output(f"{seq}-{k}", k, "", "") for k in kinds)
        done = Done(step, self.on, given, who, seq=seq, outputs=outputs, actor_name=who)
        return replace(self, standing=self.procedure.fold(self.standing, done, CALENDAR))

    def at(self, on: date) -> Story:
        return replace(self, on=on)

    def may_be_taken(self, steps: Iterable[tuple[str, str, Facts | None]]) -> set[str]:
        return {s for s, who, facts in steps if self.refused(s, who, facts) is None}

    # --- the recurring pairs ---------------------------------------------------------------

    def approve(self, code: str, proposer: str, facts: Facts, endorsed: bool = True) -> Story:
        s = self.take(f"{code}.propose", proposer, facts)
        if endorsed:
            s = s.take(f"{code}.endorse", "科长", Endorsed(opinion="同意"))
        return s.take(f"{code}.approve", "局长", Approved(opinion="同意"))

    def last_paper(self, kind: str) -> str:
        return self.standing.outputs(kind)[-1].id

    def seal(self, kind: str) -> Story:
        return self.take("document.seal", "印章员", Sealed(document=self.last_paper(kind)))

    def serve(self, kind: str, **changed: Any) -> Story:
        return self.take("document.serve", "承办人", served(self.last_paper(kind), kind, **changed))

    def seal_and_serve(self, kind: str) -> Story:
        return self.seal(kind).serve(kind)

    @property
    def proposal(self) -> str:
        found = current(self.standing)
        assert found is not None
        return digest(found)


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
        "subject": f.SubjectKind.OPERATOR,
        "law": "FS",
        "acted_from": on,
        "acted_until": on,
        "diligence": f.DiligenceAnswer.NOT_CLAIMED,
        "diligence_reason": "保质期标注明显，当事人应当知道",
    }
    return f.LawSettled(**values | changed)


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
    return tuple(Circumstance(factor=k, value=v) for k, v in (values | changed).items())


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


def no_penalty(**changed: Any) -> PenaltyProposed:
    return proposal(
        **{"decision": DecisionKind.NO_PENALTY, "items": (), "tier": "", "computed_fen": 0}
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


# --- stations --------------------------------------------------------------------------------


def registered(on: date = date(2026, 3, 2)) -> Story:
    return Story(on=on).take("clue.register", "外勤", clue(on))


def filed(on: date = date(2026, 3, 2)) -> Story:
    s = registered(on).take("clue.verify", "承办人", verified())
    return s.approve("filing", "承办人", filing(on))


def investigated(on: date = date(2026, 3, 2)) -> Story:
    """Filed, and everything done that a proposal waits for."""
    s = filed(on)
    return (
        s.take("inspection.record", "承办人", inspection(on))
        .take(
            "party.confirm",
            "承办人",
            f.PartyConfirmed(
                co_officer="协办人", party="party-1", address="店内", recipient="经营者", phone="1"
            ),
        )
        .take("evidence.add", "承办人", evidence(on))
        .take("law.settle", "承办人", settled(on))
        .take("gain.find", "承办人", gain())
        .take(
            "correction.order",
            "承办人",
            f.CorrectionOrdered(
                co_officer="协办人", violation="经营超过保质期的食品", required="下架", due_on=on
            ),
        )
    )


def proposed(made: PenaltyProposed | None = None) -> Story:
    return investigated().take("investigation.end", "承办人", made or proposal())


def submit(s: Story, kind: later.ReviewKind = later.ReviewKind.LEGAL) -> Story:
    return s.take(
        "review.submit",
        "承办人",
        later.ReviewSubmitted(review="r", kind=kind, proposal=s.proposal),
    )


def passed(s: Story, kind: later.ReviewKind = later.ReviewKind.LEGAL) -> Story:
    return submit(s, kind).take(
        "review.pass",
        "审核员",
        later.ReviewPassed(review="r", kind=kind, proposal=s.proposal, opinion="同意"),
    )


def noticed(s: Story, hearing_right: bool = True) -> Story:
    facts = later.NoticeProposed(proposal=s.proposal, hearing_right=hearing_right)
    return s.approve("notice", "承办人", facts, endorsed=False).seal_and_serve("prior_notice")


def told() -> Story:
    """Reviewed, told, and the notice served on 2026-03-02."""
    return noticed(passed(proposed()))


def decided(s: Story | None = None) -> Story:
    """The decision made after the party's days are over, on 2026-03-16."""
    s = (s or told()).at(date(2026, 3, 16))
    s = s.take("discussion.hold", "局长", discussed(s.proposal))
    return s.approve(
        "decision",
        "承办人",
        later.DecisionProposed(proposal=s.proposal, defence_adopted="未提出", summary="作出处罚"),
    )
