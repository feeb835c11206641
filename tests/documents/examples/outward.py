"""Worked examples of what goes to the party under seal."""

from datetime import date

from tests.documents.examples.case import (
    BASES,
    CONTACT,
    CORRECTION,
    DISCRETION,
    EVIDENCE,
    FACTS,
    GAIN,
    MILK,
    OFFICERS,
    PARTY,
    PENALTIES,
    PENALTY_LAW,
    REMEDIES,
    ROUTE,
    VIOLATED,
    at,
    head,
)
from zhifa.records.inputs.decision import NoPenaltyDecision, PenaltyDecision
from zhifa.records.inputs.execution import PaymentNotice
from zhifa.records.inputs.investigation import (
    CorrectionOrder,
    DisposedGoods,
    PreservationDisposal,
    PreservationNotice,
)
from zhifa.records.inputs.notice import HearingNotice, HearingRight, PriorNotice
from zhifa.records.inputs.parts import Citation, Contact, Head, Person
from zhifa.records.inputs.supervision import SupervisionNotice

COURSE = (
    "2026年9月1日，本局执法人员在日常监督检查中发现当事人经营场所陈列销售超过保质期的食品，当日登记案件来源并开展核查，"
    "于2026年9月2日批准立案。调查中，执法人员依法进行现场检查、询问经营者、提取收银系统电子数据，全过程出示执法证件并音像记录。"
)

PENALTY_DECISION = PenaltyDecision(
    head=head("雨市监罚〔2026〕12号", url=True),
    dated=date(2026, 11, 24),
    demo=True,
    party=PARTY,
    course=COURSE,
    facts=FACTS,
    evidence=EVIDENCE,
    procedure=(
        "2026年10月20日，本局向当事人送达《行政处罚事先告知书》(雨市监告〔2026〕9号)，告知拟作出行政处罚的内容及事实、理由、依据，"
        "以及依法享有的陈述、申辩和要求听证的权利。当事人书面表示放弃听证，于2026年10月23日提出陈述、申辩。\n"
        "2026年11月16日，本案经法制审核通过；2026年11月20日，经本局负责人集体讨论决定。"
    ),
    defence=(
        "当事人提出，涉案食品数量少，系疏忽所致，请求减轻处罚。经复核，当事人所述情况属实，本局在裁量时已予考虑；"
        "其提出的不知情一节，因未履行进货查验和定期检查义务，不予采纳。"
    ),
    law_choice=(
        "违法行为自2026年8月10日持续至9月1日，行为终了时与作出决定时适用的《中华人民共和国食品安全法》版本相同，不存在新旧法律的选择。"
    ),
    violated=VIOLATED,
    penalty_bases=BASES,
    nature="当事人经营超过保质期的食品，且未履行查验义务，事实清楚，证据确凿",
    discretion=DISCRETION,
    illegal_gain=GAIN,
    correction=CORRECTION,
    penalties=PENALTIES,
    payment=ROUTE,
    payment_term="自收到本决定书之日起十五日内",
    surcharge="逾期不缴纳罚款的，本局将每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额，并可以依法申请人民法院强制执行",
    performance="没收的食品由本局依法处理。",
    performance_bases=(
        Citation(law=PENALTY_LAW, article="第六十七条第三款"),
        Citation(law=PENALTY_LAW, article="第七十二条"),
    ),
    remedies=REMEDIES,
    publicity="行政复议和行政诉讼期间，本决定不停止执行。本决定将依法向社会公开。",
)

NO_PENALTY_DECISION = NoPenaltyDecision(
    head=head("雨市监不罚〔2026〕3号", url=True),
    dated=date(2026, 11, 24),
    demo=True,
    party=PARTY,
    course=COURSE,
    facts=FACTS,
    evidence=EVIDENCE[:4],
    violated=VIOLATED,
    ground=(
        "当事人初次违法，货值金额较小，及时下架并召回涉案食品，未造成危害后果，属于初次违法且危害后果轻微并及时改正的情形。"
    ),
    ground_bases=(Citation(law=PENALTY_LAW, article="第三十三条第一款"),),
    education=CORRECTION
    + "\n本局已对当事人进行教育，当事人签署承诺书，承诺建立并执行食品保质期定期检查制度。",
    remedies=REMEDIES,
    publicity=None,
    contact=CONTACT,
)

PRIOR_NOTICE = PriorNotice(
    head=head("雨市监告〔2026〕9号", url=True),
    dated=date(2026, 10, 20),
    demo=True,
    party=PARTY,
    facts=FACTS,
    evidence="上述事实，有《现场检查笔录》、现场照片和录像、《询问笔录》、收银系统销售明细、营业执照复印件等证据证明。",
    violated=VIOLATED,
    penalty_bases=BASES,
    reasons=DISCRETION + "\n" + GAIN,
    proposal=PENALTIES,
    notice_bases=(
        Citation(law=PENALTY_LAW, article="第四十四条"),
        Citation(law=PENALTY_LAW, article="第四十五条"),
    ),
    defence_term="五个工作日",
    hearing=HearingRight(
        reason="本案拟作出的行政处罚属于依法应当告知听证权利的情形",
        term="五个工作日",
        bases=(
            Citation(law=PENALTY_LAW, article="第六十三条"),
            Citation(law=PENALTY_LAW, article="第六十四条"),
        ),
    ),
    contact=CONTACT,
)

CORRECTION_ORDER = CorrectionOrder(
    head=head("雨市监责改〔2026〕33号", url=True),
    dated=date(2026, 9, 1),
    demo=True,
    party=PARTY,
    facts="2026年9月1日，本局执法人员检查发现，当事人经营场所货架上陈列销售超过保质期的“示例牌”纯牛奶9盒。",
    violated=VIOLATED,
    bases=(Citation(law=PENALTY_LAW, article="第二十八条第一款"),),
    demands=(
        "立即停止销售并下架全部超过保质期的食品，单独存放并作明显标识",
        "对已售出的食品发布提醒，接受消费者退货",
        "建立食品保质期定期检查制度，并如实记录",
    ),
    due_on=date(2026, 9, 15),
    recheck="本局将于改正期限届满之日起五个工作日内进行复查。",
    consequence="逾期不改正的，本局将依法处理。责令改正不代替对违法行为的行政处罚。",
    remedies=REMEDIES,
    contact=CONTACT,
)

PRESERVATION_NOTICE = PreservationNotice(
    head=head("雨市监登保〔2026〕6号", url=True),
    dated=date(2026, 9, 1),
    demo=True,
    party=PARTY,
    reason="因涉嫌经营超过保质期的食品，本局正在进行调查。",
    bases=(Citation(law=PENALTY_LAW, article="第五十六条"),),
    keep_at=PARTY.address + "（原地封存）",
    keeper="林𬭎",
    conditions="常温、避光，不得启封、销售、使用、转移或者销毁",
    term="七个工作日",
    ends_on=date(2026, 9, 10),
    goods=(MILK,),
    officers=OFFICERS,
    contact=CONTACT,
)

PRESERVATION_DISPOSAL = PreservationDisposal(
    head=head("雨市监登处〔2026〕6号", url=True),
    dated=date(2026, 9, 9),
    demo=True,
    party=PARTY,
    notice_no="雨市监登保〔2026〕6号",
    notice_on=date(2026, 9, 1),
    bases=(Citation(law=PENALTY_LAW, article="第五十六条"),),
    reasons="经调查，上述物品系证明当事人违法行为的物证，需要作为证据继续保管至案件办结。",
    items=(
        DisposedGoods(goods=MILK, disposal="作为物证由本局提取保管，待行政处罚决定作出后一并处理"),
    ),
    remedies=REMEDIES,
    contact=CONTACT,
)

HEARING_NOTICE = HearingNotice(
    head=head("雨市监听通〔2026〕2号", url=True),
    dated=date(2026, 10, 26),
    demo=True,
    party=PARTY,
    requested_on=date(2026, 10, 23),
    held_at=at(2026, 11, 9, 9, 30),
    place="雅安市雨城区市场监督管理局二楼听证室",
    public=True,
    private_reason=None,
    chair=Person(name="苏闻笛", post="法规股股长，非本案调查人员"),
    members=(Person(name="何犇", post="法规股工作人员"),),
    recorder=Person(name="叶知微", post="法规股工作人员"),
    bases=(
        Citation(law=PENALTY_LAW, article="第六十三条"),
        Citation(law=PENALTY_LAW, article="第六十四条"),
    ),
    rights=(
        "你单位认为听证主持人与本案有直接利害关系的，有权申请回避",
        "你单位可以亲自参加听证，也可以委托一至二人代理；委托代理的，应当在听证前提交授权委托书",
        "无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利，终止听证",
        "请携带身份证件和有关证据材料，按时到场",
    ),
    contact=CONTACT,
)

PAYMENT_NOTICE = PaymentNotice(
    head=head("雨市监缴〔2026〕12号", url=True),
    dated=date(2026, 11, 26),
    demo=True,
    party=PARTY,
    decision_no="雨市监罚〔2026〕12号",
    decided_on=date(2026, 11, 24),
    fine_fen=500_000,
    confiscated_fen=4200,
    payment_term="自收到行政处罚决定书之日起十五日内",
    route=ROUTE,
    surcharge="逾期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额",
    deferral="确有经济困难，需要延期或者分期缴纳罚款的，可以向本局提出申请，经批准后暂缓或者分期缴纳。",
    bases=(
        Citation(law=PENALTY_LAW, article="第六十七条第三款"),
        Citation(law=PENALTY_LAW, article="第七十二条第一款第一项"),
    ),
    contact=CONTACT,
)

SUPERVISION_NOTICE = SupervisionNotice(
    head=Head(agency="雅安市司法局", number="雅司监督〔2026〕1号", case_no="雨市监案〔2026〕41号"),
    dated=date(2026, 12, 28),
    demo=True,
    recipient="雅安市雨城区市场监督管理局",
    origin="系统预警",
    finding="该案行政处罚决定于2026年11月24日作出，公示期限2026年12月3日届满，至今尚未公示。",
    bases=(
        Citation(law="雅安市“三项制度”工作方案", article="第九项"),
        Citation(law=PENALTY_LAW, article="第四十八条第一款"),
    ),
    demand="立即公示该处罚决定，查明迟延的原因，并对同期作出的处罚决定的公示情况进行自查。",
    supervision_bases=(
        Citation(law="行政执法监督条例", article="第二条"),
        Citation(law="行政执法监督条例", article="第六条"),
    ),
    answer_term="十个工作日",
    contact=Contact(name="戴示范", phone="0835-0000401", address="四川省雅安市雨城区示例大道4号"),
)

OUTWARD = (
    PENALTY_DECISION,
    NO_PENALTY_DECISION,
    PRIOR_NOTICE,
    CORRECTION_ORDER,
    PRESERVATION_NOTICE,
    PRESERVATION_DISPOSAL,
    HEARING_NOTICE,
    PAYMENT_NOTICE,
    SUPERVISION_NOTICE,
)
