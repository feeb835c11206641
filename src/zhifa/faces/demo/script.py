"""The demonstration as a list of scenes: a day, who acts, what they do, in the order of the law.

Each scene is one call of a service, the same that the pages make.
"""

from __future__ import annotations

from datetime import date

from zhifa.cases import services as cases
from zhifa.faces.demo import acts, exhibits, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.story import Scene, Story
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import current
from zhifa.law.procedures.review import Conclusion, Point
from zhifa.registry.services.parties import register_party


def _register(s: Story) -> None:
    s.party = str(register_party(facts=facts.shop(), agency=AGENCY, on=s.on, by=who("handler")))
    taken = s.do(
        cases.register_clue,
        agency=AGENCY,
        unit=UNIT,
        by=who("handler"),
        on=s.on,
        facts=facts.clue(s.party, s.on),
    )
    s.case_id = taken.matter_id


def _photo(s: Story) -> None:
    s.exhibit(
        "photo",
        exhibits.label_photo(),
        f.EvidenceKind.DOCUMENT,
        "现场照片（标签与货架）",
        "超过保质期的食品陈列待售及其数量、标价",
        facts.PLACE,
        10,
    )


def _note(s: Story) -> None:
    s.exhibit(
        "note",
        exhibits.purchase_note(),
        f.EvidenceKind.DOCUMENT,
        "送货单复印件",
        "涉案食品的进货来源、数量和价格",
        "雅安市雨城区市场监督管理局",
        16,
    )


def _slip(s: Story) -> None:
    s.exhibit(
        "slip",
        exhibits.sales_slip(),
        f.EvidenceKind.DOCUMENT,
        "销售小票复印件",
        "超过保质期后售出3袋及收入",
        facts.PLACE,
        10,
    )


def _waiver(s: Story) -> None:
    s.exhibit(
        "waiver",
        exhibits.waiver(),
        f.EvidenceKind.PARTY,
        "放弃听证声明",
        "当事人明确放弃听证",
        "雅安市雨城区市场监督管理局",
        15,
    )


def _return(s: Story) -> None:
    acts.conclude(
        s,
        facts.points(
            Point.FACTS,
            "认定售出3袋及违法所得，仅有当事人陈述，缺少销售凭证；陈列与销售两项事实应当分别认定、分别举证。",
        ),
        Conclusion.SUPPLEMENT,
        "请补充销售凭证，将陈列待售和已经销售的事实分项写明并对应证据后重新送审。",
    )


def _pass(s: Story) -> None:
    acts.conclude(
        s,
        facts.points(),
        Conclusion.AGREE,
        "主体适格，事实清楚，证据充分，适用法律正确，裁量适当，程序合法，同意拟处罚意见。",
    )


def _notice(s: Story) -> None:
    s.approve(
        "notice",
        later.NoticeProposed(
            proposal=s.proposal(),
            hearing_right=True,
            hearing_basis=("CF:63:1:1",),
        ),
        endorsed=False,
        words="同意告知。",
    )


def _decide(s: Story) -> None:
    s.approve(
        "decision",
        later.DecisionProposed(
            proposal=s.proposal(),
            defence_adopted="当事人提出陈述、申辩意见，经复核不予采纳。",
            summary="建议作出行政处罚决定。",
        ),
        endorsed=True,
        words="同意，作出行政处罚决定。",
    )


def _pay(s: Story) -> None:
    s.take(
        "payment.record",
        "cashier",
        later.PaymentRecorded(
            fine_fen=5_000_000,
            gain_fen=2_970,
            paid_on=s.on,
            receipt="示例票据0000001",
            bank="示例银行雅安分行（演示）",
        ),
    )


def _close(s: Story) -> None:
    s.approve(
        "closing",
        later.ClosingProposed(
            reason=later.ClosingReason.PERFORMED,
            execution="当事人已缴清罚款和没收款，没收的食品已收缴并依法销毁。",
        ),
        endorsed=False,
        words="同意结案。",
    )


BEFORE_DECISION = (
    Scene(date(2026, 3, 3), "登记案源", _register),
    Scene(
        date(2026, 3, 3), "核查线索", lambda s: s.take("clue.verify", "handler", facts.verified())
    ),
    Scene(
        date(2026, 3, 3),
        "现场检查笔录",
        lambda s: s.take("inspection.record", "handler", facts.inspection(s.on)),
    ),
    Scene(date(2026, 3, 3), "登记现场照片", _photo),
    Scene(
        date(2026, 3, 4),
        "立案审批",
        lambda s: s.approve(
            "filing", facts.filing(s.party, date(2026, 3, 3)), endorsed=True, words="同意立案。"
        ),
    ),
    Scene(
        date(2026, 3, 5),
        "确认身份和送达地址",
        lambda s: s.take("party.confirm", "handler", facts.party_confirmed(s.party)),
    ),
    Scene(
        date(2026, 3, 5),
        "询问笔录",
        lambda s: s.take("interview.record", "handler", facts.interview(s.on)),
    ),
    Scene(date(2026, 3, 5), "登记送货单", _note),
    Scene(
        date(2026, 3, 5),
        "责令改正",
        lambda s: s.take("correction.order", "handler", facts.correction(date(2026, 3, 6))),
    ),
    Scene(
        date(2026, 3, 5), "责令改正通知书用印送达", lambda s: s.seal_and_serve("correction_order")
    ),
    Scene(
        date(2026, 3, 9),
        "确定适用的法律",
        lambda s: s.take("law.settle", "handler", s.settle(facts.settled(date(2026, 3, 3)))),
    ),
    Scene(
        date(2026, 3, 9),
        "认定货值和违法所得",
        lambda s: s.take("gain.find", "handler", facts.gain()),
    ),
    Scene(
        date(2026, 3, 10),
        "复查改正情况",
        lambda s: s.take("correction.recheck", "handler", facts.rechecked()),
    ),
    Scene(
        date(2026, 3, 16),
        "终结调查，提出处理意见",
        lambda s: s.take(
            "investigation.end",
            "handler",
            s.complete(facts.proposal(s.party, s.evidence["photo"], s.evidence["note"])),
        ),
    ),
    Scene(date(2026, 3, 17), "首次送审", lambda s: acts.submit(s, "提请法制审核。")),
    Scene(date(2026, 3, 19), "审核退回", _return),
    Scene(date(2026, 3, 23), "补充销售小票", _slip),
    Scene(
        date(2026, 3, 23),
        "修改处理意见",
        lambda s: s.take(
            "proposal.amend",
            "handler",
            s.complete(
                facts.amended(
                    current(s.standing()),  # type: ignore[arg-type]
                    s.evidence["photo"],
                    s.evidence["note"],
                    s.evidence["slip"],
                )
            ),
        ),
    ),
    Scene(
        date(2026, 3, 24), "再次送审", lambda s: acts.submit(s, "已补充销售凭证并分项认定事实。")
    ),
    Scene(date(2026, 3, 26), "审核通过", _pass),
    Scene(date(2026, 3, 27), "事先告知审批", _notice),
    Scene(date(2026, 3, 30), "事先告知书用印送达", lambda s: s.seal_and_serve("prior_notice")),
    Scene(
        date(2026, 3, 31),
        "听取陈述申辩",
        lambda s: s.take("defence.hear", "handler", facts.defence()),
    ),
    Scene(date(2026, 3, 31), "登记放弃听证声明", _waiver),
    Scene(
        date(2026, 3, 31),
        "登记放弃听证",
        lambda s: s.take(
            "hearing.waive",
            "handler",
            later.RightWaived(evidence=s.evidence["waiver"], words="自愿放弃要求听证。"),
        ),
    ),
    Scene(
        date(2026, 4, 2),
        "复核陈述申辩",
        lambda s: s.take("defence.review", "handler", facts.answered()),
    ),
    Scene(
        date(2026, 4, 8),
        "集体讨论",
        lambda s: s.take("discussion.hold", "head", facts.discussion(s.proposal())),
    ),
)
DECISION = (Scene(date(2026, 4, 9), "作出处罚决定", _decide),)
AFTER = (
    Scene(date(2026, 4, 9), "决定书用印", lambda s: s.seal("penalty_decision")),
    Scene(date(2026, 4, 9), "缴款通知书用印", lambda s: s.seal("payment_notice")),
    Scene(date(2026, 4, 10), "送达决定书", lambda s: s.serve("penalty_decision")),
    Scene(date(2026, 4, 10), "送达缴款通知书", lambda s: s.serve("payment_notice")),
    Scene(date(2026, 4, 13), "裁定公开", acts.rule),
    Scene(date(2026, 4, 13), "拟定公示内容", acts.draft),
    Scene(date(2026, 4, 14), "审核发布公示", acts.release),
    Scene(date(2026, 4, 15), "报送重大行政处罚备案", acts.report),
    Scene(date(2026, 4, 20), "登记缴款", _pay),
    Scene(
        date(2026, 4, 21),
        "没收财物收缴处理",
        lambda s: s.take(
            "confiscation.record",
            "property_keeper",
            later.GoodsTaken(
                keeper_note="没收的示例牌原味饼干12袋已入库，4月21日依法销毁。",
                witnessed_by="高示例",
            ),
        ),
    ),
)
CLOSING = (
    Scene(date(2026, 4, 22), "结案审批", _close),
    Scene(date(2026, 4, 24), "归档", acts.archive),
)
