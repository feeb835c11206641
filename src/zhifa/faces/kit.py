"""The page ``/kit/``: every component of the kit, as it stands on real pages; also a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhifa.accounts.access import public
from zhifa.kernel import clock
from zhifa.kernel.errors import AgainstLaw, Stale
from zhifa.kernel.factform import fact_form, shown
from zhifa.kernel.page import (
    Badge,
    Cell,
    Column,
    Leaf,
    Paper,
    Row,
    Station,
    Table,
    Told,
    page,
)
from zhifa.kernel.page.shapes import Tone
from zhifa.kernel.templatetags.kit import icon_names
from zhifa.law import terms
from zhifa.law.calendar import WorkCalendar
from zhifa.law.cite import Cite
from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.guards import No

PEOPLE = (("w", "王样例（川雅市监执0011号）"), ("l", "李样例（川雅市监执0012号）"))
POWERS = tuple((f"P{n}", f"样例事项{n}：对销售超过保质期的食品的处罚") for n in range(1, 7))
CITES = tuple((f"CF:{n}", Cite("CF", n).label) for n in range(40, 52))
LONG = "雅安市雨城区青衣江畔好再来土特产品及散装食品批发零售有限责任公司第十二分公司"


class Way(Choice):
    """How a document of the sample is served."""

    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"


@dataclass(frozen=True)
class Thing(Facts):
    """A row of the sample form."""

    name: str = fact("名称")
    amount: int = fact("数量", Kind.NUMBER, maximum=9999)
    value: int = fact("货值", Kind.MONEY)


@dataclass(frozen=True)
class Sample(Facts):
    """One field of every kind that a page may ask for."""

    number: str = fact("案号", prefilled=True, default="")
    cause: str = fact("案由", help="涉嫌＋违法行为＋案")
    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    served_on: date = fact("送达日期", Kind.DAY)
    begun_at: datetime | None = fact("开始时间", Kind.INSTANT, optional=True)
    way: Way = fact("送达方式", Kind.CHOICE)
    powers: tuple[str, ...] = fact("执法事项", Kind.POWER, optional=True, default=())
    fine: int = fact("罚款金额", Kind.MONEY, help="以元为单位，可以有两位小数", maximum=10**11)
    cites: tuple[str, ...] = fact("适用条文", Kind.CITES)
    signed: bool = fact("当事人已签字", Kind.FLAG, default=False, help="拒绝签字的，写明情况")
    found: str = fact("查明的事实", Kind.TEXT, private=True, maximum=6000)
    things: tuple[Thing, ...] = fact("涉案物品", Kind.ITEMS, maximum=20)


@dataclass(frozen=True)
class _Condition:
    """Looks like a guard, without being registered as one."""

    title: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class _Checked:
    guard: _Condition
    no: No | None = None

    @property
    def met(self) -> bool:
        return self.no is None


CHOICES = {"co_officer": PEOPLE, "powers": POWERS, "cites": CITES}
EXAMPLE = Sample(
    number="雅市监案〔2026〕41号",
    cause="涉嫌销售超过保质期的食品案",
    co_officer="w",
    served_on=date(2026, 11, 12),
    way=Way.DIRECT,
    fine=500_000,
    cites=("CF:45", "CF:44"),
    signed=True,
    found="样例文字：货架上有三袋食品已超过保质期。\n当事人未能提供进货查验记录。",
    things=(Thing(name="样例糕点", amount=12, value=24_000),),
)


@public
def kit(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return page(request, "kit/page_kit.html", **_samples())


@public
def form(request: HttpRequest) -> HttpResponse:
    """The sample form, empty, or as it was sent with what is wrong in it."""
    given = {"number": EXAMPLE.number}
    if request.method != "POST":
        made = fact_form(Sample, choices=CHOICES, initial=given, prefix="f")
        return page(request, "kit/page_form.html", block="form", form=made)
    made = fact_form(Sample, choices=CHOICES, data=request.POST, initial=given, prefix="f")
    if not made.is_valid():
        status = 200 if made.adds else 422
        return page(request, "kit/page_form.html", block="form", status=status, form=made)
    facts = shown(made.facts(), CHOICES)
    return page(request, "kit/page_form.html", block="form", form=made, facts=facts)


@public
def refuse(request: HttpRequest) -> HttpResponse:
    """A refusal as every page meets it."""
    raise AgainstLaw(
        "不能作出决定：当事人11月20日提出陈述申辩，尚未复核",
        cites=[Cite("CF", 45)],
        remedy="去复核",
        remedy_step="defence.review",
    )


def _samples() -> dict[str, Any]:
    on = date(2026, 11, 24)
    calendar = WorkCalendar.standard()
    dues = [
        (terms.compute(terms.get("decision"), date(2026, 9, 2), calendar), "决定期限"),
        (terms.compute(terms.get("publicity.penalty"), date(2026, 11, 16), calendar), ""),
        (terms.compute(terms.get("defence"), date(2026, 11, 10), calendar), ""),
    ]
    return {
        "on": on,
        "dues": dues,
        "tones": _badges(),
        "icons": sorted(icon_names()),
        "stations": _stations(),
        "cites": (Cite("CF", 45), Cite("CF", 57, paragraph=2)),
        "checks": _checks(),
        "addresses": {"defence.review": "/kit/"},
        "refusal": AgainstLaw(
            "不能作出决定：当事人11月20日提出陈述申辩，尚未复核",
            cites=[Cite("CF", 45)],
            remedy="去复核",
        ),
        "stale": Stale(
            "案件已有新的进展，请核对后再办理",
            changes=["2026年11月23日，王样例提交了陈述申辩复核意见。"],
        ),
        "told": _told(),
        "table": _table(),
        "none": Table("案件", (Column("no", "案号"),), (), empty="没有符合条件的案件。"),
        "leaf": Leaf(tuple(range(50)), 3, 50, True, 231),
        "pairs": (
            ("当事人", LONG),
            ("统一社会信用代码", "91511800MA0000000X"),
            ("罚款", "5,000.00 元"),
            ("没收", None),
        ),
        "days": (1, 2, 0, 4, 1, 0, 0, 3, 6, 1, 0, 2, 1, 1),
        "form": fact_form(Sample, choices=CHOICES, initial=EXAMPLE, prefix="f"),
    }


def _badges() -> list[Badge]:
    said: list[tuple[str, Tone]] = [
        ("已送达", "done"),
        ("办理中", "now"),
        ("等待审核", "wait"),
        ("余2天", "soon"),
        ("逾期3天", "late"),
        ("已撤销", "void"),
        ("普通程序", "plain"),
    ]
    return [Badge(words, tone) for words, tone in said]


def _stations() -> tuple[Station, ...]:
    done = [Station(label, "done") for label in ("立案", "调查", "审核", "告知")]
    rest = [Station(label, "next") for label in ("送达", "公示", "执行", "结案")]
    return (*done, Station("决定", "now", "余7天"), *rest)


def _checks() -> list[_Checked]:
    waiting = No("陈述申辩尚未复核", "去复核", then="defence.review")
    return [
        _Checked(_Condition("已事先告知", (Cite("CF", 44),))),
        _Checked(_Condition("法制审核通过", (Cite("CF", 58),))),
        _Checked(_Condition("陈述申辩已复核", (Cite("CF", 45),)), waiting),
    ]


def _told() -> list[Told]:
    mark = "3fa9c1d2e4b5a6978877665544332211"
    return [
        Told(
            date(2026, 9, 2), "张样例、李样例", "提出立案建议", "承办人",
            (Paper("立案审批表", "雅市监立审〔2026〕57号", "/kit/", mark),), mark,
        ),
        Told(date(2026, 9, 3), "王样例", "批准立案", "负责人", hash=mark),
        Told(
            date(2026, 11, 10), "张样例、李样例", "向当事人送达行政处罚告知书", "承办人",
            (
                Paper("行政处罚告知书", "雅市监罚告〔2026〕33号", "/kit/", mark),
                Paper("送达回证", "", "/kit/", mark),
            ), mark, late="当日网络中断，11月11日补录",
        ),
        Told(
            clock.at(date(2026, 11, 20)), LONG, "提出陈述申辩，请求从轻处罚", "当事人",
            note="尚未复核", hash=mark,
        ),
    ]  # fmt: skip


def _table() -> Table:
    columns = (
        Column("no", "案号", sorts=True),
        Column("party", "当事人"),
        Column("phase", "阶段", "badge"),
        Column("due", "期限", "date", sorts=True),
        Column("fine", "罚款（元）", "money", sorts=True),
    )
    rows = [
        Row(
            {
                "no": "雅市监案〔2026〕41号",
                "party": Cell("某食品店", "个体工商户"),
                "phase": Badge("决定", "now"),
                "due": date(2026, 12, 1),
                "fine": 500_000,
            },
            "/kit/",
        ),
        Row(
            {
                "no": "雅市监案〔2026〕38号",
                "party": Cell(LONG, "法人"),
                "phase": Badge("逾期3天", "late"),
                "due": date(2026, 11, 21),
                "fine": 1_234_567_890,
            },
            "/kit/",
            "late",
        ),
        Row(
            {
                "no": "雅市监案〔2026〕12号",
                "party": Cell("赵样例", "公民"),
                "phase": Badge("已结案", "done"),
                "due": None,
                "fine": None,
            },
            "/kit/",
        ),
    ]
    return Table("案件", columns, rows, sorted_by="due", descending=True)
