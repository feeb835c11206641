"""Worked examples of records that are signed page by page."""

from datetime import date

from tests.documents.examples.case import (
    DIGEST,
    DISCRETION,
    FACTS,
    OFFICERS,
    PARTY,
    PENALTY_LAW,
    at,
    head,
)
from zhifa.records.inputs.decision import CollectiveDiscussion
from zhifa.records.inputs.investigation import InterviewRecord, SiteRecord
from zhifa.records.inputs.notice import DefenceRecord, HearingRecord
from zhifa.records.inputs.parts import Citation, Exchange, Person, Speech

NOTICE = (
    "我们是雅安市雨城区市场监督管理局的执法人员周明禾、高䶮，这是我们的执法证件(证号见上)。现依法对你单位进行检查，请予配合。"
    "你单位有权进行陈述和申辩；认为执法人员与本案有直接利害关系的，有权申请回避。"
)

SITE_RECORD = SiteRecord(
    head=head(),
    dated=date(2026, 9, 1),
    demo=True,
    party=PARTY,
    place=PARTY.address,
    started_at=at(2026, 9, 1, 9, 30),
    ended_at=at(2026, 9, 1, 10, 45),
    officers=OFFICERS,
    recorder="高䶮",
    present="林𬭎（经营者）",
    witness=None,
    notice=NOTICE,
    notice_answer="看清楚了，不申请回避，愿意配合。",
    bases=(
        Citation(law=PENALTY_LAW, article="第五十四条"),
        Citation(law=PENALTY_LAW, article="第五十五条"),
    ),
    findings=(
        "一、当事人经营场所为临街门面一间，面积约40平方米，营业执照、食品经营许可证悬挂于收银台后方墙面。\n"
        "二、货架第三层左侧陈列“示例牌”纯牛奶9盒，规格250毫升/盒，标签标示生产日期2026年2月10日，保质期6个月，至检查时已超过保质期23天；标价签标示单价3.50元/盒。\n"
        "三、收银台未见临近保质期食品检查记录；进货台账中该批食品一栏未登记保质期。\n"
        "四、执法人员对上述食品逐盒清点、拍照，并对现场全程录像。"
    ),
    recordings=("照片编号20260901-001至012", "录像编号20260901-V01，时长1小时12分"),
    party_remark="以上笔录已阅，记录属实。",
)

INTERVIEW = InterviewRecord(
    head=head(),
    dated=date(2026, 9, 3),
    demo=True,
    interviewee="林𬭎",
    gender="女",
    born_on=date(1986, 5, 6),
    id_label="居民身份证号码",
    id_number="511802××××××××001X",
    employer=PARTY.name,
    post="经营者",
    address="四川省雅安市雨城区示例街道样板小区2幢1单元301号",
    phone="0835-0000018",
    time_no=1,
    started_at=at(2026, 9, 3, 14, 30),
    ended_at=at(2026, 9, 3, 16, 10),
    place="雅安市雨城区市场监督管理局询问室",
    officers=OFFICERS,
    recorder="高䶮",
    exchanges=(
        Exchange(question=NOTICE + "听清楚了吗？", answer="听清楚了，看过你们的证件了。"),
        Exchange(question="你是否申请回避？", answer="不申请。"),
        Exchange(
            question="请说明涉案牛奶的进货情况。",
            answer="今年3月15日从样板商贸部进的，2箱24盒，每盒2.10元，有送货单。当时没有看对方的合格证明文件，也没有登记保质期。",
        ),
        Exchange(
            question="8月9日以后还在卖吗?",
            answer="还在卖。我没有注意到已经过期，是你们来检查才知道的。",
        ),
        *(
            Exchange(
                question=f"请说明第{n}次售出的时间、数量和价格。",
                answer=f"8月{10 + n}日卖了1盒,3.50元,收银系统里有记录,流水号{n:04};买的人我不认识.",
            )
            for n in range(1, 13)
        ),
        Exchange(
            question="你还有什么要补充的？",
            answer="没有了。我已经把剩下的都下架了，店门口贴了退货的通知。",
        ),
    ),
    party_remark="以上笔录我已看过，与我说的一致。",
)

DEFENCE = DefenceRecord(
    head=head(),
    dated=date(2026, 10, 23),
    demo=True,
    party=PARTY,
    speaker="林𬭎",
    speaker_role="经营者",
    speaker_id="511802××××××××001X",
    notice_no="雨市监告〔2026〕9号",
    started_at=at(2026, 10, 23, 10, 0),
    ended_at=at(2026, 10, 23, 10, 40),
    place="雅安市雨城区市场监督管理局询问室",
    officers=OFFICERS,
    recorder="高䶮",
    statement="我对告知书认定的事实没有意见。\n一、牛奶数量少，货值小，而且已经退货、下架，请求减轻处罚。\n二、我确实不知道已经过期，希望免予处罚。",
    submitted=("退货登记表1份1页", "门店公告照片2张"),
    hearing_waived="本人已知悉有权要求听证，明确表示放弃听证。",
    party_remark="以上笔录已阅，记录属实。",
)

HEARING = HearingRecord(
    head=head(),
    dated=date(2026, 11, 9),
    demo=True,
    party=PARTY,
    agents=(Person(name="罗既白", post="委托代理人，示例律师事务所律师"),),
    held_at=at(2026, 11, 9, 9, 30),
    ended_at=at(2026, 11, 9, 11, 5),
    place="雅安市雨城区市场监督管理局二楼听证室",
    public=True,
    chair=Person(name="苏闻笛", post="法规股股长"),
    members=(Person(name="何犇", post="法规股工作人员"),),
    recorder=Person(name="叶知微", post="法规股工作人员"),
    officers=OFFICERS,
    opening="主持人核对听证参加人身份，宣布案由和听证纪律，告知当事人权利义务，询问是否申请回避。当事人表示听清，不申请回避。",
    speeches=(
        Speech(name="周明禾", post="案件调查人员", text=FACTS),
        Speech(
            name="罗既白",
            post="委托代理人",
            text="对事实无异议。当事人初次违法，货值小，请求从宽处理。",
        ),
        Speech(name="高䶮", post="案件调查人员", text="裁量时已考虑上述情节。\n" + DISCRETION),
        Speech(
            name="罗既白", post="委托代理人", text="对证据5的提取过程有疑问，请说明提取人和校验值。"
        ),
        Speech(
            name="周明禾",
            post="案件调查人员",
            text="提取由两名执法人员在当事人见证下进行，摘要值已载入证据清单。",
        ),
    ),
    closing="当事人最后陈述：请求减轻处罚。主持人宣布听证结束，笔录交听证参加人核对。",
    party_remark="笔录已阅，无误。",
)

DISCUSSION = CollectiveDiscussion(
    head=head(),
    dated=date(2026, 11, 20),
    demo=True,
    party=PARTY,
    held_at=at(2026, 11, 20, 15, 0),
    ended_at=at(2026, 11, 20, 16, 10),
    place="雅安市雨城区市场监督管理局三楼会议室",
    reason="本案拟减轻处罚，属于情节复杂的案件",
    bases=(Citation(law=PENALTY_LAW, article="第五十七条第二款"),),
    chair=Person(name="顾长青", post="局长"),
    members=(
        Person(name="秦晚舟", post="副局长"),
        Person(name="陆之衡", post="副局长"),
        Person(name="许望舒", post="机关党委书记"),
    ),
    attending=(
        Person(name="周明禾", post="承办人"),
        Person(name="苏闻笛", post="法制审核人"),
    ),
    quorum="应到4人，实到4人",
    recused=(),
    recorder="叶知微",
    report=FACTS + "\n" + DISCRETION,
    review_report="法制审核通过。主体、权限、程序合法，事实清楚，证据确凿，适用法律正确，裁量适当。",
    opinions=(
        Speech(name="秦晚舟", post="副局长", text="同意。货值小，危害轻微，减轻处罚有依据。"),
        Speech(
            name="陆之衡",
            post="副局长",
            text="同意减轻处罚。建议在决定书中写明违法所得的计算过程。",
        ),
        Speech(name="许望舒", post="机关党委书记", text="同意。"),
        Speech(name="顾长青", post="局长", text="同意承办机构意见，按拟决定内容办理。"),
    ),
    conclusion="一致同意：给予警告，没收违法所得42.00元，没收超过保质期的食品9盒，罚款5,000.00元。",
    dissent=None,
    proposal_digest=DIGEST,
)

RECORDS = (SITE_RECORD, INTERVIEW, DEFENCE, HEARING, DISCUSSION)
