"""Worked examples of what puts a decision right."""

from datetime import date

from tests.documents.examples.case import CONTACT, PARTY, PENALTIES, REMEDIES, head
from zhifa.records.inputs.parts import Citation, PenaltyItem
from zhifa.records.inputs.righting import (
    ChangeDecision,
    Erratum,
    RectificationDecision,
    RefundNotice,
    RevocationDecision,
)

DECISION_NO, DECIDED = "雨市监罚〔2026〕12号", date(2026, 11, 24)
OWN = (Citation(law="中华人民共和国行政处罚法", article="第七十五条第二款"),)
BACK = (
    Citation(law="中华人民共和国行政复议法", article="第七十二条第二款"),
    Citation(law="中华人民共和国国家赔偿法", article="第三十六条第一项"),
)

RIGHTING = (
    RectificationDecision(
        head=head("雨市监更〔2026〕1号", url=True),
        dated=date(2026, 12, 1),
        demo=True,
        party=PARTY,
        decision_no=DECISION_NO,
        decided_on=DECIDED,
        served_on=date(2026, 11, 26),
        reason="决定书首部的门牌号码因打印误写,与营业执照和送达地址确认书不一致。",
        errata=(
            Erratum(
                place="首部“当事人”住所",
                wrong="雅安市雨城区示例路81号",
                right="雅安市雨城区示例路18号",
            ),
            Erratum(place="第2页第3行", wrong="超过保质期的牛扔", right="超过保质期的牛奶"),
        ),
        bases=OWN,
        contact=CONTACT,
    ),
    RevocationDecision(
        head=head("雨市监撤〔2026〕1号", url=True),
        dated=date(2026, 12, 3),
        demo=True,
        party=PARTY,
        decision_no=DECISION_NO,
        decided_on=DECIDED,
        penalties=PENALTIES,
        error="作出决定所依据的销售记录属于另一经营者,认定当事人销售超过保质期食品的主要证据不足。",
        reasons="经本局复查,现有证据不能证明当事人在认定的期间销售涉案食品。",
        bases=OWN,
        consequence="自本决定送达之日起，上述行政处罚决定不再执行。已经缴纳的罚没款中，5042元由本局依法退还。",
        remedies=REMEDIES,
        contact=CONTACT,
    ),
    ChangeDecision(
        head=head("雨市监变〔2026〕1号", url=True),
        dated=date(2026, 12, 4),
        demo=True,
        party=PARTY,
        decision_no=DECISION_NO,
        decided_on=DECIDED,
        before=PENALTIES,
        after=(*PENALTIES[:-1], PenaltyItem(kind="罚款", amount_fen=300_000)),
        error="裁量时没有考虑当事人主动召回已售食品的情节，罚款数额明显不当。",
        reasons="当事人主动消除违法行为危害后果，依法应当从轻处罚。",
        bases=OWN,
        consequence="变更后的处罚按原决定载明的方式和期限履行。已经缴纳的罚没款中，2000元由本局依法退还。",
        remedies=REMEDIES,
        contact=CONTACT,
    ),
    RefundNotice(
        head=head("雨市监退〔2026〕1号", url=True),
        dated=date(2026, 12, 8),
        demo=True,
        party=PARTY,
        decision_no=DECISION_NO,
        instrument="雅雨府复决〔2026〕示例3号",
        effective_on=date(2026, 12, 7),
        fine_fen=500_000,
        gain_fen=4_200,
        surcharge_fen=0,
        payee=PARTY.name,
        account="示例银行雅安分行　6200 0000 0000 0000",
        note="退还的款项由财政部门依规定从国库退付。",
        bases=BACK,
        contact=CONTACT,
    ),
)
