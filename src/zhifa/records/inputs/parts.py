"""What many documents share: head, party, officers, opinions, amounts, remedies.

Pure values. Money is in 分; dates are legal dates; instants carry their offset. A field of type
``Prose`` is running Chinese text, whose punctuation is made full-width when it is set; a plain
``str`` (a name, a number, an address) is printed exactly as it stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

Prose = Annotated[str, "prose"]

PartyKind = Literal["自然人", "个体工商户", "法人", "其他组织"]


@dataclass(frozen=True, kw_only=True)
class Head:
    """Who issues the document, its number and the case it belongs to."""

    agency: str  # 机关全称（落款、抬头）
    number: str | None = None  # 文书编号，如 雨市监罚〔2026〕12号；不编号的文书为空
    case_no: str | None = None  # 案号
    case_title: str | None = None  # 案由／案件名称
    title: str | None = None  # 文书题名；空则用该文种的标准题名
    verify_url: str | None = None  # 核验地址，印成页脚二维码


@dataclass(frozen=True, kw_only=True)
class Document:
    """What every document has. ``dated`` is the day printed on it and the day in its metadata."""

    head: Head  # 抬头
    dated: date  # 成文日期
    demo: bool = False  # 演示数据：页眉印淡标


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A provision by title and article; its text is never typed here."""

    law: str  # 法律文件名称，不带书名号
    article: str  # 条款项，如 第三十四条第一款第十项


@dataclass(frozen=True, kw_only=True)
class Officer:
    """An enforcement officer as named on a document."""

    name: str  # 姓名
    certificate_no: str  # 执法证件号


@dataclass(frozen=True, kw_only=True)
class Person:
    """Anyone else named on a document."""

    name: str  # 姓名
    post: str  # 职务或身份


@dataclass(frozen=True, kw_only=True)
class PartyBlock:
    """The party as printed. Labels follow the kind of party and the identifier that it has."""

    name: str  # 姓名或者名称（个体工商户有字号的，写字号）
    kind: PartyKind  # 类别
    id_label: str  # 证照名称，如 统一社会信用代码、身份证号码
    id_number: str  # 证照号码
    address: str  # 住所（住址）
    representative_label: str | None = None  # 法定代表人／负责人／经营者
    representative: str | None = None  # 其姓名
    representative_id: str | None = None  # 其身份证件号码（依法需要载明时）
    phone: str | None = None  # 联系电话


@dataclass(frozen=True, kw_only=True)
class Approval:
    """One level of inner approval. Without a signer the place stays blank for a hand signature."""

    role: str  # 栏目，如 承办机构意见
    opinion: Prose = ""  # 意见
    signer: str | None = None  # 签署人
    signed_on: date | None = None  # 签署日期


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ask about the document."""

    name: str  # 联系人
    phone: str  # 联系电话
    address: str  # 地址


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """Where and until when the party may turn, as resolved for this act and this agency."""

    reconsideration_body: str  # 行政复议机关
    reconsideration_term: str  # 申请行政复议的期限，如 六十日
    court: str  # 有管辖权的人民法院
    litigation_term: str  # 起诉期限，如 六个月
    prerequisite: bool  # 是否复议前置
    bases: tuple[Citation, ...]  # 依据


@dataclass(frozen=True, kw_only=True)
class PaymentRoute:
    """Where a fine is paid, apart from who imposed it."""

    bank: str  # 代收银行
    account_name: str  # 收款单位
    account_no: str  # 收款账号
    payment_code: str  # 缴款码（执收编码）
    channels: Prose  # 缴款方式说明


@dataclass(frozen=True, kw_only=True)
class PenaltyItem:
    """One penalty. A sum of money is given in 分 and printed in figures and in words."""

    kind: str  # 处罚种类，如 罚款、没收违法所得、没收非法财物、警告
    amount_fen: int | None = None  # 金额（分）；非金钱处罚为空
    description: Prose = ""  # 内容，如 没收超过保质期的……共12瓶


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """A piece of evidence and what it proves."""

    no: int  # 序号
    kind: str  # 证据种类：书证、物证、视听资料、电子数据、当事人的陈述、现场笔录等
    name: Prose  # 证据名称
    source: str  # 来源（提供人、提取地点、制作人）
    obtained_on: date  # 取得日期
    proves: Prose  # 证明对象
    quantity: str  # 数量，如 1份3页
    digest: str | None = None  # 电子数据的摘要值（SHA-256）


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One line of a list of things."""

    name: str  # 品名
    spec: str  # 规格型号
    batch: str  # 生产日期或者批号
    quantity: str  # 数量
    unit_price_fen: int | None = None  # 单价（分）
    note: str = ""  # 备注


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A question and its answer."""

    question: Prose  # 问
    answer: Prose  # 答


@dataclass(frozen=True, kw_only=True)
class Speech:
    """What one person said at a meeting or hearing, in their own words."""

    name: str  # 姓名
    post: str  # 职务或身份
    text: Prose  # 发言


@dataclass(frozen=True, kw_only=True)
class Row:
    """A labelled line of a form."""

    label: str  # 栏目
    text: Prose  # 内容
