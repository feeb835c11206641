"""What is said in the demonstration case, step by step; every person and firm is made up."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta, timezone

from zhifa.faces.demo.cast import who
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    Circumstance,
    DecisionKind,
    Finding,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)
from zhifa.law.procedures.review import (
    Point,
    PointFinding,
    PointResult,
)
from zhifa.law.subject import Answer, FoodSubject
from zhifa.registry.models import PartyKind
from zhifa.registry.services.parties import PartyFacts

POWER = "food.expired"
VIOLATED = ("FS:34::10", "FS:54:1")
PENALISED_BY = ("FS:124:1:5",)
SHOP = "雅安市雨城区示例食品店"
PLACE = "雅安市雨城区示例路18号"
OWNER = "林样例"
DEMO_CODE = "92511802MA0000XY5Y"
"""A unified code of the right shape, made up here."""
SHANGHAI = timezone(timedelta(hours=8))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of the story, in the city's time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def shop() -> PartyFacts:
    """The party: an individual business, its trade name, operator and number all made up."""
    return PartyFacts(
        kind=PartyKind.BUSINESS,
        name=SHOP,
        representative=OWNER,
        usc_code=DEMO_CODE,
        licence_no="JY15118020000000",
        paper="511802198501010017",
        phone="13800000000",
        premises=PLACE,
    )


def clue(party: str, day: date) -> f.ClueRegistered:
    """The clue: daily supervision finds packs past their date."""
    return f.ClueRegistered(
        source=f.ClueSource.INSPECTION,
        received_on=day,
        place=PLACE,
        party=party,
        summary="日常监督检查中发现，货架上陈列待售的示例牌原味饼干标注的保质期已经届满。",
    )


def verified() -> f.Verified:
    """The clue verified on the spot."""
    return f.Verified(
        co_officer=str(who("second")),
        acts=(f.VerificationAct.VISIT, f.VerificationAct.RECORDS),
        found="现场核实货架上有超过保质期的示例牌原味饼干十二袋，生产日期2025年8月20日，保质期6个月。",
        criteria_met=True,
    )


def inspection(day: date) -> f.SiteInspected:
    """The record made on the spot."""
    return f.SiteInspected(
        co_officer=str(who("second")),
        place=PLACE,
        started_at=moment(day, 9, 40),
        ended_at=moment(day, 10, 35),
        identity_shown=True,
        recusal_told=True,
        present=f"{OWNER}（经营者）",
        found=(
            "该店正在营业，悬挂营业执照和食品经营许可证。货架第三层陈列示例牌原味饼干十二袋，标注净含量"
            "100克、生产日期2025年8月20日、保质期6个月，标价9.90元每袋，至检查当日已超过保质期12日。"
            "执法人员当场拍照，经营者当场将上述食品撤下货架，单独封存于店内库房。"
        ),
    )


def evidence(
    number: str,
    kind: f.EvidenceKind,
    title: str,
    proves: str,
    day: date,
    hour: int,
    place: str,
    second: str = "",
) -> f.EvidenceAdded:
    """One piece of evidence with its five facts; `second` is the other officer."""
    return f.EvidenceAdded(
        co_officer=second or str(who("second")),
        evidence=number,
        kind=kind,
        title=title,
        proves=proves,
        collected_at=moment(day, hour),
        place=place,
    )


def filing(party: str, day: date) -> f.FilingProposed:
    """The filing proposed."""
    return f.FilingProposed(
        outcome=f.FilingOutcome.FILE,
        cause="涉嫌经营超过保质期的食品案",
        party=party,
        power=POWER,
        acted_until=day,
        handlers=(str(who("handler")), str(who("second"))),
        suspected="当事人涉嫌经营超过保质期的示例牌原味饼干十二袋。",
        reasons="有证据初步证明存在违法行为，依法应当给予行政处罚，属于本局管辖，未超过处罚时效。",
    )


def party_confirmed(party: str) -> f.PartyConfirmed:
    """Identity and address for service."""
    return f.PartyConfirmed(
        co_officer=str(who("second")),
        party=party,
        address=PLACE,
        recipient=OWNER,
        phone="13800000000",
        electronic_service=True,
        electronic_address="shili@example.invalid",
    )


def interview(day: date) -> f.Interviewed:
    """The operator questioned."""
    return f.Interviewed(
        co_officer=str(who("second")),
        role=f.IntervieweeRole.PARTY,
        interviewee=OWNER,
        identity_no="511802198501010017",
        place="雅安市雨城区市场监督管理局询问室",
        started_at=moment(day, 14, 30),
        ended_at=moment(day, 15, 40),
        identity_shown=True,
        rights_told=True,
        exchange=(
            f.QuestionAnswer(
                question="请介绍你店的基本情况。",
                answer="我是该店的经营者，个体工商户，主要零售预包装食品，没有雇员。",
            ),
            f.QuestionAnswer(
                question="被查获的示例牌原味饼干从哪里购进？数量、价格是多少？",
                answer="2025年9月12日从雅安市示例食品批发部购进60袋，每袋进价7.20元，售价9.90元，有送货单。",
            ),
            f.QuestionAnswer(
                question="购进时是否查验供货者的许可证和合格证明？",
                answer="看过许可证复印件，没有逐批登记，也没有定期检查库存。",
            ),
            f.QuestionAnswer(
                question="超过保质期以后是否还有销售？",
                answer="2026年2月21日以后卖出过3袋，共29.70元，当时没有注意到日期。",
            ),
            f.QuestionAnswer(question="有没有人反映食用后身体不适？", answer="没有。"),
        ),
    )


def correction(day: date) -> f.CorrectionOrdered:
    """The order to correct."""
    return f.CorrectionOrdered(
        co_officer=str(who("second")),
        violation="经营超过保质期的示例牌原味饼干，未定期检查库存食品。",
        required="立即停止经营超过保质期的食品，对在售和库存食品逐一清查，建立定期检查库存的记录。",
        due_on=day,
    )


def settled(day: date) -> f.LawSettled:
    """Which law governs is computed; the answer to art. 136 is found, condition by condition."""
    return f.LawSettled(
        subject=FoodSubject.LICENSED,
        acted_from=date(2026, 2, 21),
        acted_until=day,
        inspected=Answer.NO,
        unaware=Answer.NO,
        source_named=Answer.YES,
        diligence_reason=(
            "当事人没有逐批登记进货查验，未定期检查库存。保质期在包装上明示，当事人应当知道食品超过"
            "保质期，不符合“不知道所采购的食品不符合食品安全标准”的条件。"
        ),
    )


def gain() -> f.GainFound:
    """Goods' value and gain: fifteen packs at the marked price, three of them sold."""
    return f.GainFound(
        co_officer=str(who("second")),
        goods_value_fen=14_850,
        income_fen=2_970,
        refunded_fen=0,
        method=(
            "货值金额按标价计算：超过保质期的食品共15袋（查获12袋、已售3袋），每袋9.90元，计148.50元；"
            "违法所得按已售3袋的销售收入计算，计29.70元。"
        ),
    )


def rechecked() -> f.CorrectionRechecked:
    """The correction found made."""
    return f.CorrectionRechecked(
        co_officer=str(who("second")),
        result=f.RecheckResult.CORRECTED,
        found="在售和库存食品均在保质期内，已建立每周检查库存的记录。",
    )


def circumstances(photo: str, slip: str, talk: str) -> tuple[Circumstance, ...]:
    """The factors of the benchmark as this case shows them."""
    rows = {
        "past_days": ("12", photo),
        "sold": ("1", slip or talk),
        "times_in_lookback": ("0", talk),
        "harm": ("none", talk),
        "removed_harm": ("0", ""),
        "confessed": ("0", ""),
        "cooperated": ("0", ""),
        "minor": ("0", ""),
        "obstructed": ("0", ""),
        "emergency": ("0", ""),
    }
    return tuple(
        Circumstance(factor=k, value=v, evidence=(e,) if e else ()) for k, (v, e) in rows.items()
    )


def proposal(party: str, photo: str, note: str) -> PenaltyProposed:
    """The proposal as first made: the sale rests on the operator's word alone."""
    return PenaltyProposed(
        decision=DecisionKind.PENALTY,
        party=party,
        party_class=PartyClass.PERSON,
        power=POWER,
        violated=VIOLATED,
        penalised_by=PENALISED_BY,
        items=(
            PenaltyItem(kind=PenaltyKind.FINE, amount_fen=5_000_000),
            PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=2_970),
            PenaltyItem(
                kind=PenaltyKind.CONFISCATE_GOODS,
                detail="没收超过保质期的示例牌原味饼干12袋",
            ),
        ),
        co_officer=str(who("second")),
        findings=(
            Finding(
                found=(
                    "2026年3月3日，当事人在店内货架陈列待售超过保质期12日的示例牌原味饼干12袋；"
                    "2026年2月21日以后已售出3袋，收入29.70元。"
                ),
                evidence=(photo, note),
                articles=VIOLATED,
            ),
        ),
        circumstances=circumstances(photo, "", note),
        reasons="当事人系首次违法，货值金额较小，没有造成危害后果，积极配合调查。",
    )


def amended(before: PenaltyProposed, photo: str, note: str, slip: str) -> PenaltyProposed:
    """The proposal after the review: the sale proved by the slip, the facts set apart."""
    return dataclasses.replace(
        before,
        cause=ChangeCause.REVIEW,
        findings=(
            Finding(
                found="2026年3月3日，当事人在店内货架陈列待售超过保质期12日的示例牌原味饼干12袋。",
                evidence=(photo, note),
                articles=VIOLATED,
            ),
            Finding(
                found="2026年2月24日、2月27日，当事人售出超过保质期的示例牌原味饼干3袋，收入29.70元。",
                evidence=(slip,),
                articles=VIOLATED,
            ),
        ),
        circumstances=circumstances(photo, slip, note),
        reasons=(
            "当事人系首次违法，货值金额148.50元，没有造成危害后果，积极配合调查并及时改正，"
            "在法定幅度内从轻处罚。"
        ),
    )


def points(problem: Point | None = None, opinion: str = "") -> tuple[PointFinding, ...]:
    """The eight points, with a problem on one of them or none."""
    found = []
    for point in Point:
        if point is problem:
            found.append(PointFinding(point=point, result=PointResult.PROBLEM, opinion=opinion))
        elif point is Point.TRANSFER:
            found.append(PointFinding(point=point, result=PointResult.NOT_APPLICABLE))
        else:
            found.append(PointFinding(point=point, result=PointResult.PASS))
    return tuple(found)


def defence() -> later.DefenceHeard:
    """The defence as heard."""
    return later.DefenceHeard(
        co_officer=str(who("second")),
        form=later.DefenceForm.ORAL,
        speaker=OWNER,
        place="雅安市雨城区市场监督管理局",
        content=(
            "对违法事实没有异议，放弃听证。但是店小利薄，涉案饼干只值一百多元，罚款五万元过重，请求减轻处罚。"
        ),
    )


def answered() -> later.DefenceReviewed:
    """Every point of the defence answered."""
    return later.DefenceReviewed(
        co_officer=str(who("second")),
        points=(
            later.DefencePoint(
                point="货值较小，罚款五万元过重，请求减轻处罚。",
                adopted=False,
                reason=(
                    "货值金额不足一万元的法定罚款幅度为五万元以上十万元以下，已按最低限确定；经审查不具有"
                    "行政处罚法第三十二条规定的应当减轻处罚的情形。"
                ),
            ),
            later.DefencePoint(
                point="经营困难，一次缴纳有困难。",
                adopted=False,
                reason="不属于处罚幅度问题；确有经济困难的，可以依法申请延期或者分期缴纳。",
            ),
        ),
        conclusion="陈述申辩意见不予采纳，维持拟处罚意见。",
    )


def discussion(proposal: str) -> later.Discussed:
    """The heads discuss together."""

    def opinion(part: str, office: str, words: str) -> later.MemberOpinion:
        return later.MemberOpinion(
            member=str(who(part)), office=office, opinion=words, vote=later.Vote.AGREE
        )

    return later.Discussed(
        proposal=proposal,
        place="局机关会议室",
        quorum=3,
        reporter=str(who("handler")),
        opinions=(
            opinion("deputy1", "副局长", "事实清楚，证据确凿，同意。"),
            opinion(
                "deputy2", "副局长", "已按法定最低限处罚，并应当提示当事人可以申请分期缴纳，同意。"
            ),
            opinion("head", "局长", "同意拟处罚意见，做好释法说理。"),
        ),
        agreed=True,
        conclusion="一致同意拟作出的行政处罚。",
    )
