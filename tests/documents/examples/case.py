"""The one case that the worked examples tell. Every person and firm in it is made up."""

from datetime import UTC, date, datetime, timedelta, timezone

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    EvidenceItem,
    Goods,
    Head,
    Officer,
    PartyBlock,
    PaymentRoute,
    PenaltyItem,
    Remedies,
)

AGENCY = "雅安市雨城区市场监督管理局"
CASE_NO = "雨市监案〔2026〕41号"
TITLE = "雅安市雨城区示例食品店销售超过保质期的食品案"
PENALTY_LAW = "中华人民共和国行政处罚法"
FOOD_LAW = "中华人民共和国食品安全法"
DIGEST = "3f5c0b9a7d21e4886f0ab1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506"

OFFICERS = (
    Officer(name="周明禾", certificate_no="23180201001"),
    Officer(name="高䶮", certificate_no="23180201002"),
)
PARTY = PartyBlock(
    name="雅安市雨城区示例食品店",
    kind="个体工商户",
    id_label="统一社会信用代码",
    id_number="92511802MA0000001X",
    address="四川省雅安市雨城区示例街道样板路18号附3号",
    representative_label="经营者",
    representative="林𬭎",
    representative_id="511802××××××××001X",
    phone="0835-0000018",
)
CONTACT = Contact(
    name="周明禾、高䶮", phone="0835-0000000", address="四川省雅安市雨城区示例大道1号"
)
VIOLATED = (
    Citation(law=FOOD_LAW, article="第三十四条第十项"),
    Citation(law=FOOD_LAW, article="第五十三条第一款"),
)
BASES = (
    Citation(law=FOOD_LAW, article="第一百二十四条第一款第五项"),
    Citation(law=PENALTY_LAW, article="第三十二条第五项"),
)
REMEDIES = Remedies(
    reconsideration_body="雅安市雨城区人民政府",
    reconsideration_term="六十日",
    court="雅安市雨城区人民法院",
    litigation_term="六个月",
    prerequisite=False,
    bases=(
        Citation(law="中华人民共和国行政复议法", article="第二十条"),
        Citation(law="中华人民共和国行政诉讼法", article="第四十六条"),
    ),
)
ROUTE = PaymentRoute(
    bank="示例银行雅安雨城支行",
    account_name="雅安市雨城区财政局非税收入专户",
    account_no="5118 0200 0000 0000 018",
    payment_code="51180226000000000012",
    channels="凭缴款码到代收银行网点缴纳，或者通过电子支付系统缴纳。",
)
PENALTIES = (
    PenaltyItem(kind="警告", description="警告"),
    PenaltyItem(kind="没收违法所得", amount_fen=4200),
    PenaltyItem(
        kind="没收非法财物",
        description="没收超过保质期的“示例牌”纯牛奶（250毫升×12盒/箱，生产日期2026年2月10日）共9盒",
    ),
    PenaltyItem(kind="罚款", amount_fen=500_000),
)
MILK = Goods(
    name="“示例牌”纯牛奶",
    spec="250毫升/盒",
    batch="2026-02-10",
    quantity="9盒",
    unit_price_fen=350,
    note="货架陈列",
)
EVIDENCE = (
    EvidenceItem(
        no=1,
        kind="现场笔录",
        name="2026年9月1日《现场检查笔录》",
        source="本局执法人员制作",
        obtained_on=date(2026, 9, 1),
        proves="当事人经营场所货架上陈列销售超过保质期的纯牛奶9盒",
        quantity="1份3页",
    ),
    EvidenceItem(
        no=2,
        kind="视听资料",
        name="现场照片和执法记录仪录像",
        source="本局执法人员拍摄",
        obtained_on=date(2026, 9, 1),
        proves="涉案食品的陈列位置、标签标示的生产日期和保质期",
        quantity="照片12张、录像1段",
        digest=DIGEST,
    ),
    EvidenceItem(
        no=3,
        kind="书证",
        name="营业执照、食品经营许可证和经营者身份证复印件",
        source="当事人提供",
        obtained_on=date(2026, 9, 1),
        proves="当事人的主体资格",
        quantity="3份3页",
    ),
    EvidenceItem(
        no=4,
        kind="当事人的陈述",
        name="2026年9月3日对经营者林𬭎的《询问笔录》",
        source="本局执法人员制作",
        obtained_on=date(2026, 9, 3),
        proves="涉案食品的进货、销售数量、价格和违法所得",
        quantity="1份4页",
    ),
    EvidenceItem(
        no=5,
        kind="电子数据",
        name="收银系统销售明细（2026年8月10日至9月1日）",
        source="当事人收银电脑，由本局执法人员提取",
        obtained_on=date(2026, 9, 3),
        proves="超过保质期后售出12盒，销售额42.00元",
        quantity="1份2页",
        digest=DIGEST[::-1],
    ),
)
FACTS = (
    "经查明，2026年3月15日，当事人从雅安市雨城区样板商贸部购进“示例牌”纯牛奶2箱(共24盒)，进价每盒2.10元，售价每盒3.50元。"
    "该批食品标签标示生产日期为2026年2月10日、保质期6个月，于2026年8月9日届满。\n"
    "2026年8月10日至9月1日，当事人仍将上述食品陈列于货架销售，其间售出12盒，库存9盒，货值金额共计73.50元，违法所得42.00元。"
    "当事人未建立临近保质期食品的检查制度，也未按规定查验并记录该批食品的保质期。"
)
GAIN = (
    "违法所得以超过保质期后的销售收入计算：售出12盒，每盒3.50元，共计42.00元；"
    "未发生退款，无应予扣除的款项。"
)
CORRECTION = (
    "本局已于2026年9月1日以《责令改正通知书》(雨市监责改〔2026〕33号)责令当事人改正；"
    "经2026年9月16日复查，当事人已下架涉案食品并建立定期检查制度，改正到位。"
)
DISCRETION = (
    "当事人系初次违法，涉案食品货值金额73.50元，不足一万元，未发现危害后果；案发后配合调查，如实陈述，主动召回并公告提醒消费者，具有从轻、减轻情节。\n"
    "对照裁量基准第三阶次“违法行为轻微、货值较小且主动消除危害后果”，减轻处罚的罚款幅度为3,000元至10,000元。经计算，基准值为5,000.00元；未偏离基准。"
)


def head(number: str | None = None, *, url: bool = False) -> Head:
    """The head of a document of this case."""
    return Head(
        agency=AGENCY,
        number=number,
        case_no=CASE_NO,
        case_title=TITLE,
        verify_url="https://zhifa.example/v/7KQ2M9XD" if url else None,
    )


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant by Shanghai's clock."""
    local = timezone(timedelta(hours=8))
    return datetime(year, month, day, hour, minute, tzinfo=local).astimezone(UTC)


def approvals(day: date, *rest: str, first: str = "拟同意，请领导审批。") -> tuple[Approval, ...]:
    """Three levels: handlers, unit, head of the agency."""
    texts = (first, "同意承办人意见，报局领导审批。", "同意。", *rest)
    roles = ("承办人意见", "承办机构意见", "机关负责人意见")
    names = ("周明禾　高䶮", "沈一帆", "顾长青")
    return tuple(
        Approval(role=role, opinion=text, signer=name, signed_on=day)
        for role, text, name in zip(roles, texts, names, strict=False)
    )
