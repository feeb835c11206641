"""What the stories of pesticide residue share: facts by the seller, the goods and the days."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from zhifa.faces.demo import acts, exhibits
from zhifa.faces.demo.cast import AGENCY
from zhifa.faces.demo.facts import moment
from zhifa.faces.demo.story import Story
from zhifa.law.leniency import Condition
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.proposal import (
    Circumstance,
    ConditionShown,
    DecisionKind,
    Finding,
    Leniency,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)
from zhifa.law.subject import Answer, FoodSubject
from zhifa.registry.models import PartyKind
from zhifa.registry.services.parties import PartyFacts, register_party

POWER = "food.residue"
VIOLATED = ("FS:34::2",)
PENALISED_BY = ("FS:124:1:1",)
OFFICE = "雅安市雨城区市场监督管理局"


@dataclass(frozen=True)
class Seller:
    """A made-up seller of vegetables and what was found there."""

    name: str
    owner: str
    code: str
    paper: str
    phone: str
    place: str
    goods: str
    sold: str
    """How much was sold, in words: 5斤."""
    goods_value_fen: int
    income_fen: int
    refunded_fen: int
    method: str
    excess_percent: int
    sold_on: date


def register(s: Story, seller: Seller) -> None:
    """Party and clue: an inspection report of the city's sampling."""
    party = PartyFacts(
        kind=PartyKind.BUSINESS,
        name=seller.name,
        representative=seller.owner,
        usc_code=seller.code,
        paper=seller.paper,
        phone=seller.phone,
        premises=seller.place,
    )
    s.place, s.owner = seller.place, seller.owner
    s.party = str(register_party(facts=party, agency=AGENCY, on=s.on, by=s.who("handler")))
    acts.register(
        s,
        f.ClueRegistered(
            source=f.ClueSource.OWN,
            received_on=s.on,
            place=seller.place,
            party=s.party,
            summary=(
                f"收到食用农产品监督抽检检验报告：{seller.name}销售的{seller.goods}农药残留超过"
                f"食品安全国家标准限量{seller.excess_percent}%。"
            ),
        ),
    )


def verify(s: Story, seller: Seller) -> None:
    """The clue verified and the place looked at."""
    second = str(s.who("second"))
    s.take(
        "clue.verify",
        "handler",
        f.Verified(
            co_officer=second,
            acts=(f.VerificationAct.VISIT, f.VerificationAct.RECORDS),
            found=f"已送达检验报告并核实抽样情况，当事人对检验结论无异议，未申请复检。涉案{seller.goods}已售完。",
            criteria_met=True,
        ),
    )
    s.take(
        "inspection.record",
        "handler",
        f.SiteInspected(
            co_officer=second,
            place=seller.place,
            started_at=moment(s.on, 9, 20),
            ended_at=moment(s.on, 10, 5),
            identity_shown=True,
            recusal_told=True,
            present=f"{seller.owner}（经营者）",
            found=(
                f"摊位正在营业，销售各类蔬菜。现场未见同批次{seller.goods}。经营者不能提供该批次的进货查验"
                "记录和供货凭证。执法人员当场拍照。"
            ),
        ),
    )


def inspection_report(s: Story, seller: Seller) -> None:
    """The laboratory's report as evidence."""
    s.exhibit(
        "report",
        exhibits.picture(
            "检验报告",
            f"样品名称：{seller.goods}　被抽样单位：{seller.name}",
            f"检验项目：农药残留　检验结论：不合格（超过限量{seller.excess_percent}%）",
            "检验机构：示例检验检测中心（演示）",
        ),
        f.EvidenceKind.APPRAISAL,
        "检验报告",
        f"涉案{seller.goods}农药残留超过食品安全国家标准限量",
        OFFICE,
        10,
    )


def filing(s: Story, seller: Seller) -> None:
    """The case filed."""
    handlers = (str(s.who("handler")), str(s.who("second")))
    made = f.FilingProposed(
        outcome=f.FilingOutcome.FILE,
        cause="涉嫌经营农药残留超过食品安全标准限量的食用农产品案",
        party=s.party,
        power=POWER,
        acted_until=seller.sold_on,
        handlers=handlers,
        suspected=f"当事人涉嫌销售农药残留超过限量的{seller.goods}{seller.sold}。",
        reasons="有检验报告初步证明存在违法行为，属于本局管辖，未超过处罚时效。",
    )
    s.approve("filing", made, endorsed=True, words="同意立案。")


def party_and_interview(s: Story, seller: Seller, *talk: tuple[str, str]) -> None:
    """Identity and address confirmed, the operator questioned."""
    second = str(s.who("second"))
    s.take(
        "party.confirm",
        "handler",
        f.PartyConfirmed(
            co_officer=second,
            party=s.party,
            address=seller.place,
            recipient=seller.owner,
            phone=seller.phone,
        ),
    )
    s.take(
        "interview.record",
        "handler",
        f.Interviewed(
            co_officer=second,
            role=f.IntervieweeRole.PARTY,
            interviewee=seller.owner,
            identity_no=seller.paper,
            place=f"{OFFICE}询问室",
            started_at=moment(s.on, 14, 30),
            ended_at=moment(s.on, 15, 20),
            identity_shown=True,
            rights_told=True,
            exchange=tuple(f.QuestionAnswer(question=q, answer=a) for q, a in talk),
        ),
    )


def correct(s: Story, due_on: date) -> None:
    """The order to correct, sealed and served."""
    made = f.CorrectionOrdered(
        co_officer=str(s.who("second")),
        violation="销售农药残留超过食品安全标准限量的食用农产品，未建立进货查验记录制度。",
        required="立即停止销售该批次食用农产品，建立进货查验记录制度，索取并保存供货凭证。",
        due_on=due_on,
    )
    s.take("correction.order", "handler", made)
    s.seal_and_serve("correction_order")


def settle(s: Story, seller: Seller, reason: str) -> None:
    """Which law governs, and whether 食品安全法 136 spares the seller; then value and gain."""
    asked = f.LawSettled(
        subject=FoodSubject.PRODUCE_SELLER,
        acted_from=seller.sold_on,
        acted_until=seller.sold_on,
        inspected=Answer.NO,
        unaware=Answer.NO,
        source_named=Answer.YES,
        diligence_reason=reason,
    )
    s.take("law.settle", "handler", s.settle(asked))
    found = f.GainFound(
        co_officer=str(s.who("second")),
        goods_value_fen=seller.goods_value_fen,
        income_fen=seller.income_fen,
        refunded_fen=seller.refunded_fen,
        method=seller.method,
    )
    s.take("gain.find", "handler", found)


def recheck(s: Story) -> None:
    """The correction found made."""
    made = f.CorrectionRechecked(
        co_officer=str(s.who("second")),
        result=f.RecheckResult.CORRECTED,
        found="已建立进货查验记录，抽查当日在售蔬菜均有供货凭证。",
    )
    s.take("correction.recheck", "handler", made)


def penalty(
    s: Story,
    seller: Seller,
    fine_fen: int,
    reasons: str,
    *,
    removed: tuple[str, ...] = (),
    leniency: Leniency = Leniency.NONE,
) -> PenaltyProposed:
    """A penalty proposed: `removed` is the evidence that the party undid the harm."""
    report = s.evidence["report"]
    items = [PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fine_fen)]
    gain = seller.income_fen - seller.refunded_fen
    if gain:
        items.append(PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=gain))
    rows = {
        "excess_percent": (str(seller.excess_percent), (report,)),
        "times_in_lookback": ("0", (report,)),
        "harm": ("none", (report,)),
        "removed_harm": ("1" if leniency is Leniency.MITIGATED else "0", removed),
        "confessed": ("0", ()),
        "cooperated": ("0", ()),
        "obstructed": ("0", ()),
    }
    found = (
        f"{_day(seller.sold_on)}，当事人销售{seller.goods}{seller.sold}，经抽样检验，农药残留超过食品安全"
        f"国家标准限量{seller.excess_percent}%。{seller.method}"
    )
    shown = ConditionShown(
        condition=Condition.REMOVED_HARM,
        shown="当事人张贴召回告示，并向购买人退还全部货款",
        evidence=removed,
    )
    return PenaltyProposed(
        decision=DecisionKind.PENALTY,
        party=s.party,
        party_class=PartyClass.PERSON,
        power=POWER,
        violated=VIOLATED,
        penalised_by=PENALISED_BY,
        items=tuple(items),
        leniency=leniency,
        co_officer=str(s.who("second")),
        findings=(Finding(found=found, evidence=(report,), articles=VIOLATED),),
        circumstances=tuple(
            Circumstance(factor=k, value=v, evidence=e) for k, (v, e) in rows.items()
        ),
        grounds=(shown,) if removed else (),
        reasons=reasons,
    )


def spared(before: PenaltyProposed) -> PenaltyProposed:
    """The same facts without a penalty: its items and its place in the benchmark fall away."""
    return dataclasses.replace(
        before,
        decision=DecisionKind.NO_PENALTY,
        items=(),
        leniency=Leniency.NONE,
        circumstances=(),
        tier="",
        computed_fen=0,
        range_min_fen=0,
        range_max_fen=0,
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
