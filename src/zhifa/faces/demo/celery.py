"""The celery case (芹菜案): five jin over the limit, a range from fifty thousand, no penalty."""

from __future__ import annotations

import dataclasses
from datetime import date

from zhifa.faces.demo import acts, exhibits, facts, residue
from zhifa.faces.demo.residue import OFFICE, Seller
from zhifa.faces.demo.story import Scene, Story
from zhifa.law.leniency import Condition
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    ConditionShown,
    Leniency,
    NoPenaltyGround,
    PenaltyProposed,
    SimilarDecision,
    current,
)
from zhifa.law.procedures.review import Conclusion, Point

STALL = Seller(
    name="雅安市雨城区示例蔬菜摊",
    owner="秦样例",
    code="92511802MA0000XD37",
    paper="511802198209110045",
    phone="13800000003",
    place="雅安市雨城区示例农贸市场31号摊位",
    goods="芹菜",
    sold="5斤",
    goods_value_fen=2_800,
    income_fen=2_000,
    refunded_fen=2_000,
    method=(
        "当事人购进芹菜7斤，标价每斤4.00元，货值金额28.00元；其中2斤被抽样，5斤售出，收入20.00元，已全部"
        "退还购买人，没有违法所得。"
    ),
    excess_percent=40,
    sold_on=date(2026, 5, 26),
)
TALK = (
    (
        "涉案芹菜从哪里购进？数量、价格是多少？",
        "5月26日清早从示例批发市场一位菜农手中购进7斤，每斤2.50元，售价每斤4.00元。",
    ),
    ("购进时是否查验、登记？", "没有登记，也没有留票据，只记得那位菜农的姓名和电话。"),
    ("售出多少？", "抽样用去2斤，其余5斤当天卖给附近住户，收入20元。"),
    (
        "接到检验报告以后做了什么？",
        "在摊位和住户微信群里发了召回告示，五位买主的货款都退了，芹菜早已吃完，没有人说不舒服。",
    ),
    ("以前有没有因为食品安全受过处罚？", "没有，这是第一次。"),
)
WHY_NOT = (
    "当事人没有建立进货查验记录，未索取、保存供货凭证和合格证明；能说出供货人的姓名和电话，经核实属实。"
    "三项条件没有全部具备，不适用免予处罚，继续审查行政处罚法第三十三条、第三十二条。"
)
PLAIN = (
    "货值28.00元，法定罚款最低五万元，是货值的一千七百多倍。当事人初次违法，涉案数量很小，已召回并全部退款，"
    "没有收到健康受损的反映，及时建立了进货查验制度。处罚应当与违法行为的事实、性质、情节和社会危害程度相当，"
    "本案以教育为主，可以不予行政处罚。"
)


def _refunds(s: Story) -> None:
    s.exhibit(
        "refunds",
        exhibits.picture(
            "召回告示和退款记录",
            "5月26日所售芹菜农药残留超标，请停止食用，可全额退款。　秦样例",
            "退款5笔，合计20.00元",
            ground="#fbfbf9",
        ),
        f.EvidenceKind.DOCUMENT,
        "召回告示和退款记录",
        "当事人主动召回并退还全部货款",
        STALL.place,
        9,
    )
    s.exhibit(
        "ledger",
        exhibits.picture("进货查验台账", "日期　品名　数量　供货人　凭证", "6月11日起逐日登记"),
        f.EvidenceKind.DOCUMENT,
        "进货查验台账复印件",
        "当事人已建立进货查验记录制度",
        STALL.place,
        10,
    )


def _fined(s: Story, *, evidence: bool, leniency: Leniency) -> PenaltyProposed:
    removed = (s.evidence["refunds"],) if evidence else ()
    return s.complete(
        residue.penalty(
            s,
            STALL,
            500_000,
            "当事人主动召回涉案芹菜并退还全部货款，减轻了违法行为危害后果，依法减轻处罚。",
            removed=removed,
            leniency=leniency,
        )
    )


def _end(s: Story) -> list[str]:
    """Below the range without a ground, and with a ground that nothing shows: refused; then with
    its evidence."""
    told = s.refused(
        "investigation.end", "handler", _fined(s, evidence=False, leniency=Leniency.NONE)
    )
    told += s.refused(
        "investigation.end", "handler", _fined(s, evidence=False, leniency=Leniency.MITIGATED)
    )
    made = _fined(s, evidence=True, leniency=Leniency.MITIGATED)
    s.take("investigation.end", "handler", made)
    return [*told, *(f"　　类似决定：{_line(d)}" for d in made.similar)]


def _line(d: SimilarDecision) -> str:
    return f"{d.number}　{d.outcome}　罚款{d.fine_fen // 100}元"


def _return(s: Story) -> None:
    acts.conclude(
        s,
        facts.points(
            Point.DISCRETION,
            "货值28.00元，应当先审查行政处罚法第三十三条第一款（初次违法且危害后果轻微并及时改正），再考虑减轻"
            "处罚；是否初次违法、有无健康受损的反映尚无证据。已对照本局两件类似决定，本案数量和后果均更轻。",
        ),
        Conclusion.SUPPLEMENT,
        "请查询处罚记录和投诉举报记录，逐项列明证据后重新提出处理意见。",
    )


def _queries(s: Story) -> None:
    s.exhibit(
        "record",
        exhibits.picture("处罚记录查询结果", "查询对象：雅安市雨城区示例蔬菜摊", "结果：无记录"),
        f.EvidenceKind.ELECTRONIC,
        "处罚记录查询结果",
        "当事人此前没有同类违法记录",
        OFFICE,
        9,
    )
    s.exhibit(
        "complaints",
        exhibits.picture(
            "投诉举报查询结果", "期间：5月26日至6月22日", "涉案摊位：无投诉、举报，无食源性疾病报告"
        ),
        f.EvidenceKind.ELECTRONIC,
        "投诉举报和食源性疾病报告查询结果",
        "没有收到食用后健康受损的反映",
        OFFICE,
        10,
    )


def _educate(s: Story) -> None:
    s.exhibit(
        "education",
        exhibits.picture(
            "教育谈话记录",
            "内容：进货查验义务、农药残留的危害、再次违法的后果",
            "当事人：我已听明白，保证逐日登记、留存票据。　秦样例",
            ground="#fbfbf9",
        ),
        f.EvidenceKind.PARTY,
        "教育谈话记录和承诺书",
        "已对当事人进行教育，当事人作出承诺",
        OFFICE,
        15,
    )


def _grounds(s: Story) -> tuple[ConditionShown, ...]:
    e = s.evidence
    return (
        ConditionShown(
            condition=Condition.FIRST_TIME,
            shown="经查询处罚记录，当事人此前没有同类违法记录",
            evidence=(e["record"],),
        ),
        ConditionShown(
            condition=Condition.SLIGHT_HARM,
            shown="售出5斤，已召回并全部退款，没有投诉举报和食源性疾病报告",
            evidence=(e["report"], e["refunds"], e["complaints"]),
        ),
        ConditionShown(
            condition=Condition.CORRECTED,
            shown="责令改正当日建立进货查验台账，经复查已改正",
            evidence=(e["ledger"],),
        ),
        ConditionShown(
            condition=Condition.EDUCATED,
            shown="6月22日当面讲明进货查验义务、农药残留的危害和再次违法的后果，当事人书面承诺逐日登记、留存票据",
            evidence=(e["education"],),
        ),
    )


def _amend(s: Story) -> list[str]:
    """A condition that nothing shows: refused; then with each condition's evidence."""
    before = current(s.standing())
    assert before is not None
    made = dataclasses.replace(
        residue.spared(before),
        cause=ChangeCause.REVIEW,
        ground=NoPenaltyGround.FIRST,
        education=True,
        grounds=_grounds(s),
        reasons=PLAIN,
    )
    bare = dataclasses.replace(made, grounds=made.grounds[1:])
    told = s.refused("proposal.amend", "handler", s.complete(bare))
    s.take("proposal.amend", "handler", s.complete(made))
    return told


def _pass(s: Story) -> None:
    acts.conclude(
        s,
        facts.points(),
        Conclusion.AGREE,
        "适用法律的顺序正确，各项条件均有证据，与类似决定的差别有理由，同意不予行政处罚并做好教育。",
    )


def _discuss(s: Story) -> None:
    acts.discuss(
        s,
        (
            (
                "deputy1",
                "副局长",
                "数量小，后果轻微，已经改正，处罚五千元也远超货值，同意不予处罚。",
                later.Vote.AGREE,
            ),
            (
                "deputy2",
                "副局长",
                "农药残留关系群众健康，本局对同类行为有过减轻处罚的先例，完全不罚难以起到警示作用，"
                "主张减轻处罚，罚款五千元。",
                later.Vote.DISAGREE,
            ),
            (
                "head",
                "局长",
                "过罚应当相当，教育和改正已经达到目的，同意不予处罚，加强回访和抽检。",
                later.Vote.AGREE,
            ),
        ),
        place="局机关会议室",
        conclusion="多数同意不予行政处罚，对当事人进行教育；不同意见记录在案。",
    )


SCENES = (
    Scene(date(2026, 6, 8), "登记案源（监督抽检不合格）", lambda s: residue.register(s, STALL)),
    Scene(date(2026, 6, 8), "核查并现场检查", lambda s: residue.verify(s, STALL)),
    Scene(date(2026, 6, 8), "登记检验报告", lambda s: residue.inspection_report(s, STALL)),
    Scene(date(2026, 6, 9), "立案审批", lambda s: residue.filing(s, STALL)),
    Scene(
        date(2026, 6, 10),
        "确认身份，询问笔录",
        lambda s: residue.party_and_interview(s, STALL, *TALK),
    ),
    Scene(date(2026, 6, 10), "责令改正", lambda s: residue.correct(s, date(2026, 6, 11))),
    Scene(date(2026, 6, 11), "登记召回退款和台账", _refunds),
    Scene(
        date(2026, 6, 12),
        "确定适用的法律，审查进货查验免责",
        lambda s: residue.settle(s, STALL, WHY_NOT),
    ),
    Scene(date(2026, 6, 15), "复查改正情况", residue.recheck),
    Scene(date(2026, 6, 16), "终结调查，提出减轻处罚的意见", _end),
    Scene(date(2026, 6, 17), "首次送审", lambda s: acts.submit(s, "提请法制审核。")),
    Scene(date(2026, 6, 18), "审核退回", _return),
    Scene(date(2026, 6, 22), "查询处罚记录和投诉举报", _queries),
    Scene(date(2026, 6, 22), "对当事人进行教育", _educate),
    Scene(date(2026, 6, 23), "修改处理意见：不予行政处罚", _amend),
    Scene(
        date(2026, 6, 23), "再次送审", lambda s: acts.submit(s, "已逐项列明不予处罚的条件和证据。")
    ),
    Scene(date(2026, 6, 25), "审核通过", _pass),
    Scene(date(2026, 6, 26), "集体讨论（有不同意见）", _discuss),
    Scene(
        date(2026, 6, 29),
        "作出不予行政处罚决定",
        lambda s: acts.decide(
            s,
            heard="拟不予行政处罚，不需要事先告知。",
            summary="建议不予行政处罚，对当事人进行教育。",
            words="同意，不予行政处罚。",
        ),
    ),
    Scene(date(2026, 6, 30), "决定书用印送达", lambda s: s.seal_and_serve("no_penalty_decision")),
    Scene(
        date(2026, 7, 2),
        "结案审批",
        lambda s: acts.close(
            s, later.ClosingReason.NO_PENALTY, "不予行政处罚，已对当事人进行教育，经复查已经改正。"
        ),
    ),
    Scene(date(2026, 7, 3), "归档", acts.archive),
)
