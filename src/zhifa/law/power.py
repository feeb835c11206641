"""An enforcement power (权责事项) as the law needs it: what it forbids and allows, how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhifa.law.cite import Cite
from zhifa.law.discretion import Benchmark
from zhifa.law.facts import Choice
from zhifa.law.range import LegalRange

FIELDS: Mapping[str, str] = {
    "market": "市场监督管理",
    "ecology": "生态环境",
    "work_safety": "安全生产",
    "fire": "消防",
    "urban": "城市管理",
    "transport": "交通运输",
    "culture": "文化旅游",
}
"""The fields of enforcement (执法领域): code and name."""


class PenaltyKind(Choice):
    """The kinds of administrative penalty, in the order of 行政处罚法 9, lightest first."""

    WARNING = "warning", "警告"
    CIRCULATED_CRITICISM = "circulated_criticism", "通报批评"
    FINE = "fine", "罚款"
    CONFISCATE_GAIN = "confiscate_gain", "没收违法所得"
    CONFISCATE_GOODS = "confiscate_goods", "没收非法财物"
    LICENSE_SUSPENSION = "license_suspension", "暂扣许可证件"
    QUALIFICATION_DOWNGRADE = "qualification_downgrade", "降低资质等级"
    BUSINESS_RESTRICTION = "business_restriction", "限制开展生产经营活动"
    BUSINESS_SUSPENSION = "suspension_of_business", "责令停产停业"
    CLOSURE = "closure", "责令关闭"
    PRACTICE_BAN = "practice_ban", "限制从业"
    LICENSE_REVOCATION = "license_revocation", "吊销许可证件"
    OTHER = "other", "法律、行政法规规定的其他行政处罚"


@dataclass(frozen=True, slots=True)
class PowerRule:
    """A power on a day. `fine` is None where no fine may be set."""

    code: str
    name: str
    field: str
    violated: tuple[Cite, ...]
    penalty: tuple[Cite, ...]
    kinds: frozenset[PenaltyKind]
    fine: LegalRange | None = None
    benchmark: Benchmark | None = None

    def __post_init__(self) -> None:
        if not self.violated or not self.penalty:
            raise TypeError(f"power {self.code} cites no violated or no penalty article")
