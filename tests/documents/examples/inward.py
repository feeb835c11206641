"""Worked examples of approvals, review and the volume."""

from dataclasses import replace
from datetime import date

from tests.documents.examples.case import (
    AGENCY,
    BASES,
    CORRECTION,
    DIGEST,
    DISCRETION,
    EVIDENCE,
    FACTS,
    GAIN,
    OFFICERS,
    PARTY,
    PENALTIES,
    PENALTY_LAW,
    TITLE,
    VIOLATED,
    approvals,
    at,
    head,
)
from tests.documents.examples.outward import COURSE
from zhifa.records.inputs.decision import DecisionApproval
from zhifa.records.inputs.execution import ClosingApproval, ServedDocument, ServiceProof
from zhifa.records.inputs.filing import ClueRegistration, FilingApproval
from zhifa.records.inputs.investigation import (
    AddressConfirmation,
    EvidenceList,
    InvestigationReport,
)
from zhifa.records.inputs.notice import DefenceReview, ReviewedPoint
from zhifa.records.inputs.parts import Approval, Citation, Person, Row
from zhifa.records.inputs.review import (
    ReviewOpinion,
    ReviewPoint,
    ReviewSubmission,
    SubmittedPaper,
)
from zhifa.records.inputs.volume import (
    ContentsRow,
    VolumeContents,
    VolumeCover,
    VolumeNoteSheet,
)

CIVIL_PROCEDURE = "中华人民共和国民事诉讼法"

CLUE = ClueRegistration(
    head=head("雨市监源〔2026〕187号"),
    dated=date(2026, 9, 1),
    demo=True,
    source="监督检查",
    received_at=at(2026, 9, 1, 10, 20),
    received_by="周明禾",
    channel="现场",
    informant="本局执法人员",
    informant_contact="0835-0000000",
    subject=PARTY.name,
    subject_address=PARTY.address,
    content="日常监督检查发现，当事人货架上陈列销售的“示例牌”纯牛奶9盒已超过保质期，现场已制作笔录并拍照。",
    attachments=("《现场检查笔录》1份3页", "现场照片12张、录像1段"),
    verification="经核查，当事人持有有效的营业执照和食品经营许可证，属食品经营者，不属于食品小作坊、小经营店和摊贩；违法事实初步成立，属本局管辖。",
    verify_by=date(2026, 9, 22),
    approvals=(
        Approval(
            role="核查人意见",
            opinion="符合立案条件，建议立案调查。",
            signer="周明禾　高䶮",
            signed_on=date(2026, 9, 1),
        ),
        Approval(role="负责人意见"),
    ),
)

FILING = FilingApproval(
    head=head("雨市监案〔2026〕41号"),
    dated=date(2026, 9, 2),
    demo=True,
    source="监督检查",
    found_on=date(2026, 9, 1),
    party=PARTY,
    summary="2026年9月1日,本局执法人员检查发现,当事人涉嫌经营超过保质期的食品:货架上陈列销售的“示例牌”纯牛奶9盒,生产日期2026年2月10日,保质期6个月,已于2026年8月9日届满.",
    violated=VIOLATED,
    penalty_bases=BASES[:1],
    filing_bases=(Citation(law=PENALTY_LAW, article="第五十四条第二款"),),
    jurisdiction="违法行为发生地在雅安市雨城区，由本局管辖；本局最先立案，无管辖争议。",
    officers=OFFICERS,
    approvals=approvals(
        date(2026, 9, 2), first="有初步证据证明违法事实，属本局管辖，未超过追责时效，建议立案。"
    ),
)

ADDRESS = AddressConfirmation(
    head=head(),
    dated=date(2026, 9, 1),
    demo=True,
    party=PARTY,
    notice=(
        "一、请如实提供送达地址、收件人和联系方式。\n二、送达地址变更的，应当及时书面告知本局；未告知的，按本确认书所填地址送达。\n"
        "三、因提供的地址不准确、拒不提供或者变更后未告知，导致文书未能实际接收的，依法承担相应后果。"
    ),
    bases=(
        Citation(law=PENALTY_LAW, article="第六十一条"),
        Citation(law=CIVIL_PROCEDURE, article="第九十条"),
    ),
    postal_address=PARTY.address,
    postcode="625000",
    recipient="林𬭎",
    recipient_phone="0835-0000018",
    electronic=True,
    electronic_channel="电子邮箱",
    electronic_address="shili@example.com",
    agent=None,
    officers=OFFICERS,
)

EVIDENCE_LIST = EvidenceList(
    head=head(),
    dated=date(2026, 9, 28),
    demo=True,
    party=PARTY,
    items=tuple(replace(item, no=i + 1) for i, item in enumerate(EVIDENCE * 4)),
    officers=OFFICERS,
)

REPORT = InvestigationReport(
    head=head(),
    dated=date(2026, 9, 28),
    demo=True,
    party=PARTY,
    filed_on=date(2026, 9, 2),
    officers=OFFICERS,
    course=COURSE,
    facts=FACTS,
    evidence=EVIDENCE,
    governing_law="当事人为取得食品经营许可的食品经营者，适用《中华人民共和国食品安全法》；行为终了时与调查终结时法律版本相同。当事人未能证明履行进货查验义务，不符合免予处罚的条件。",
    violated=VIOLATED,
    penalty_bases=BASES,
    nature="当事人的行为构成经营超过保质期的食品",
    discretion=DISCRETION,
    illegal_gain=GAIN,
    correction=CORRECTION,
    proposal=PENALTIES,
    proposal_text="建议减轻处罚；拟处罚款属于应当告知听证权利的情形，建议告知听证权。",
    proposal_digest=DIGEST,
    remarks=(Row(label="回避情况", text="当事人和承办人均未提出回避。"),),
    approvals=approvals(date(2026, 9, 28), first="案件事实清楚，证据确凿，建议按处理建议办理。")[
        :2
    ],
)

SUBMISSION = ReviewSubmission(
    head=head(),
    dated=date(2026, 11, 10),
    demo=True,
    party=PARTY,
    handling_unit="食品经营安全监管股",
    officers=OFFICERS,
    round_no=2,
    triggers=("法制审核目录第3项：拟作出的行政处罚属于应当告知听证权利的案件",),
    bases=(Citation(law=PENALTY_LAW, article="第五十八条"),),
    facts=FACTS,
    violated=VIOLATED,
    penalty_bases=BASES,
    discretion=DISCRETION,
    proposal=PENALTIES,
    proposal_digest=DIGEST,
    papers=(
        SubmittedPaper(name="拟作出的行政处罚决定书", copies="1份4页", present=True),
        SubmittedPaper(name="案件调查终结报告", copies="1份5页", present=True),
        SubmittedPaper(name="证据材料", copies="5份13页", present=True, note="含电子数据2件"),
        SubmittedPaper(name="听证笔录、听证报告", copies="—", present=False, note="当事人放弃听证"),
    ),
    changes="按第一次审核意见补充了违法所得的计算过程和经营者身份证件核对记录；拟处罚内容未变。",
    approvals=approvals(date(2026, 11, 10))[:2],
    received_by="苏闻笛",
    received_on=date(2026, 11, 10),
    due_on=date(2026, 11, 17),
)

POINTS = (
    "执法主体、执法人员资格",
    "执法权限和管辖",
    "执法程序",
    "事实认定和证据",
    "法律、法规、规章适用",
    "裁量权行使",
    "执法文书",
    "涉嫌犯罪或者其他需要移送的情形",
)
OPINION = ReviewOpinion(
    head=head("雨市监审〔2026〕15号"),
    dated=date(2026, 11, 16),
    demo=True,
    party=PARTY,
    handling_unit="食品经营安全监管股",
    submitted_on=date(2026, 11, 10),
    round_no=2,
    proposal=PENALTIES,
    proposal_digest=DIGEST,
    bases=(Citation(law=PENALTY_LAW, article="第五十八条"),),
    points=tuple(
        ReviewPoint(
            point=point,
            result="不涉及" if i == 7 else "符合",
            opinion="已补充违法所得计算过程，与电子数据（证据5第2页）一致。" if i == 3 else "",
        )
        for i, point in enumerate(POINTS)
    ),
    conclusion="同意",
    advice="事实清楚，证据确凿，适用法律正确，程序合法，裁量适当，同意提请机关负责人集体讨论决定。",
    reviewer=Person(name="苏闻笛", post="法规股股长"),
    qualification="法律职业资格证书 A20185118020018",
    approvals=(
        Approval(
            role="审核机构意见",
            opinion="同意审核意见。",
            signer="苏闻笛",
            signed_on=date(2026, 11, 16),
        ),
    ),
)

DEFENCE_REVIEW = DefenceReview(
    head=head(),
    dated=date(2026, 10, 28),
    demo=True,
    party=PARTY,
    notice_no="雨市监告〔2026〕9号",
    heard_on=date(2026, 10, 23),
    points=(
        ReviewedPoint(
            claim="涉案食品数量少，货值小，请求减轻处罚。",
            finding="经核对进货票据和销售明细，货值金额73.50元，情况属实。拟处罚内容已按减轻处罚提出。",
            accepted="采纳",
        ),
        ReviewedPoint(
            claim="不知道食品已过期，应当免予处罚。",
            finding="当事人未履行进货查验和定期检查义务，不能证明其已尽到注意义务。",
            accepted="不予采纳",
        ),
    ),
    conclusion="维持拟处罚内容，未因当事人陈述、申辩而加重处罚。",
    bases=(Citation(law=PENALTY_LAW, article="第四十五条"),),
    proposal=PENALTIES,
    officers=OFFICERS,
    approvals=approvals(date(2026, 10, 28))[:2],
)

DECISION_APPROVAL = DecisionApproval(
    head=head(),
    dated=date(2026, 11, 23),
    demo=True,
    party=PARTY,
    filed_on=date(2026, 9, 2),
    officers=OFFICERS,
    facts=FACTS,
    evidence="《现场检查笔录》、现场照片和录像、主体资格证明、《询问笔录》、收银系统销售明细。",
    violated=VIOLATED,
    penalty_bases=BASES,
    discretion=DISCRETION,
    defence="2026年10月20日送达事先告知书；当事人放弃听证，于10月23日陈述申辩，采纳一项、不予采纳一项，理由见复核意见书。",
    review="2026年11月16日法制审核通过（雨市监审〔2026〕15号），审核内容与本表拟决定内容一致。",
    discussion="2026年11月20日集体讨论，一致同意。",
    proposal=PENALTIES,
    proposal_digest=DIGEST,
    approvals=approvals(date(2026, 11, 23)),
)

SERVICE_PROOF = ServiceProof(
    head=head(),
    dated=date(2026, 11, 26),
    demo=True,
    recipient=PARTY.name,
    documents=(
        ServedDocument(name="行政处罚决定书", number="雨市监罚〔2026〕12号", copies=1),
        ServedDocument(name="罚款缴款通知书", number="雨市监缴〔2026〕12号", copies=1),
    ),
    mode="直接送达",
    place=PARTY.address,
    served_at=at(2026, 11, 26, 15, 5),
    received_by="林𬭎",
    substitute_reason=None,
    refusal=None,
    witness=None,
    arrival_system=None,
    arrival_digest=None,
    bases=(
        Citation(law=PENALTY_LAW, article="第六十一条"),
        Citation(law=CIVIL_PROCEDURE, article="第八十八条"),
    ),
    officers=OFFICERS,
)

CLOSING = ClosingApproval(
    head=head(),
    dated=date(2026, 12, 14),
    demo=True,
    party=PARTY,
    filed_on=date(2026, 9, 2),
    decision_no="雨市监罚〔2026〕12号",
    decided_on=date(2026, 11, 24),
    served_on=date(2026, 11, 26),
    officers=OFFICERS,
    outcome="行政处罚决定执行完毕",
    summary="当事人经营超过保质期的食品，本局依法给予警告、没收违法所得42.00元、没收超过保质期的食品9盒、罚款5,000.00元的行政处罚。",
    performance="当事人于2026年12月8日缴清罚没款共计5,042.00元。",
    correction="2026年9月16日复查，改正到位。",
    publicity="2026年11月30日在行政执法公示平台公开。",
    goods="没收的食品9盒已于2026年12月10日监督销毁。",
    retention="三十年",
    remarks=(),
    approvals=approvals(date(2026, 12, 14), first="行政处罚决定已执行完毕，建议结案。"),
)

COVER = VolumeCover(
    head=head(),
    dated=date(2026, 12, 18),
    demo=True,
    volume="正卷",
    file_no="20260018",
    fonds="雅安市雨城区市场监督管理局（0118）",
    case_name=TITLE,
    decision_no="雨市监罚〔2026〕12号",
    handling_unit="食品经营安全监管股",
    officers=OFFICERS,
    filed_on=date(2026, 9, 2),
    closed_on=date(2026, 12, 14),
    outcome="警告；没收违法所得42.00元；没收超过保质期的食品9盒；罚款5,000.00元",
    archived_on=date(2026, 12, 18),
    retention="三十年",
    volumes="共2卷，第1卷",
    papers=18,
    pages=46,
    secrecy=None,
)

CONTENTS = VolumeContents(
    head=head(),
    dated=date(2026, 12, 18),
    demo=True,
    volume="正卷",
    file_no="20260018",
    rows=tuple(
        ContentsRow(
            no=i + 1,
            document_no=number,
            author=AGENCY,
            title=title,
            dated=day,
            pages=f"{i * 3 + 1}-{i * 3 + 3}",
        )
        for i, (number, title, day) in enumerate(
            (
                ("雨市监案〔2026〕41号", "立案审批表", date(2026, 9, 2)),
                ("雨市监罚〔2026〕12号", "行政处罚决定书及送达回证", date(2026, 11, 24)),
                ("雨市监告〔2026〕9号", "行政处罚事先告知书及送达回证", date(2026, 10, 20)),
                ("雨市监责改〔2026〕33号", "责令改正通知书及送达回证", date(2026, 9, 1)),
                (
                    "雨市监登保〔2026〕6号",
                    "先行登记保存证据通知书、物品清单及送达回证",
                    date(2026, 9, 1),
                ),
                ("", "现场检查笔录", date(2026, 9, 1)),
                ("", "询问笔录（经营者林𬭎，第一次）", date(2026, 9, 3)),
                ("", "当事人身份与送达地址确认书", date(2026, 9, 1)),
                ("", "证据清单", date(2026, 9, 28)),
                ("", "陈述申辩笔录", date(2026, 10, 23)),
                ("雨市监缴〔2026〕12号", "罚款缴款通知书及缴款凭证", date(2026, 11, 26)),
            )
        )
    ),
)

NOTE_SHEET = VolumeNoteSheet(
    head=head(),
    dated=date(2026, 12, 18),
    demo=True,
    volume="正卷",
    file_no="20260018",
    papers=18,
    pages=46,
    state="本卷材料齐全，装订整齐，无缺页、损毁。证据5另附光盘1张，存证据柜第3格。",
    integrity="电子文件18件，摘要值逐件校验一致；电子签章18枚，验证均有效。",
    maker="叶知微",
    made_on=date(2026, 12, 18),
    checker=None,
    checked_on=None,
)

INWARD = (
    CLUE,
    FILING,
    ADDRESS,
    EVIDENCE_LIST,
    REPORT,
    SUBMISSION,
    OPINION,
    DEFENCE_REVIEW,
    DECISION_APPROVAL,
    SERVICE_PROOF,
    CLOSING,
    COVER,
    CONTENTS,
    NOTE_SHEET,
)
