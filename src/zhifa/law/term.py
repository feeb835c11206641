"""What a term (期限) is: its unit and length, who owes it, what may stop, lengthen or move it.

The rules are R1 the starting day is not counted; R2 a party's last day that is a day off moves to
the next working day; R4-R5 working days only where the law says so; R6 months end on the same day
number or the month's last; R7 hours run through; R8 suspended days do not count, overlaps once;
R9 a limit on the agency's power never moves; R10 "N days before" counts back from the act's day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhifa.law import cite
from zhifa.law.cite import Cite


class Unit(StrEnum):
    """What a term is counted in."""

    NATURAL_DAY = "natural_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    HOUR = "hour"

    @property
    def label(self) -> str:
        """The Chinese measure word: 日, 个工作日, 个月, 小时."""
        return {
            "natural_day": "日",
            "working_day": "个工作日",
            "month": "个月",
            "hour": "小时",
        }[self.value]


class Addressee(StrEnum):
    """Who must act within the term: its holiday relief depends on it."""

    PARTY = "party"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """当事人 or 行政机关."""
        return "当事人" if self is Addressee.PARTY else "行政机关"


class RollOver(StrEnum):
    """What happens when the last day is a day off."""

    WORKS = "works"
    """The next working day is the last day: the party's terms (民诉法 85, or by analogy)."""
    ARGUABLE = "arguable"
    """The raw day works; the later one can only be argued: an agency's own limit."""
    NEVER = "never"
    """Nothing moves: the power itself ends, or the law says when an effect occurs."""


class SuspensionKind(StrEnum):
    """What may stop a term from running, where the law of the term allows that kind."""

    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    IDENTIFICATION = "identification"
    HEARING = "hearing"
    ANNOUNCEMENT = "announcement"
    SUSPENSION = "suspension"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    EXPERT_REVIEW = "expert_review"
    FORCE_MAJEURE = "force_majeure"

    @property
    def label(self) -> str:
        """The Chinese word for the kind."""
        return {
            "testing": "检测检验",
            "quarantine": "检疫",
            "appraisal": "鉴定",
            "identification": "权利人辨认鉴别",
            "hearing": "听证",
            "announcement": "公告",
            "suspension": "中止",
            "reconsideration": "行政复议",
            "litigation": "行政诉讼",
            "expert_review": "专家评审",
            "force_majeure": "不可抗力",
        }[self.value]


class ExtensionNotAllowed(ValueError):
    """A term is lengthened more often or by more than its law allows."""


@dataclass(frozen=True, slots=True)
class Extension:
    """One lengthening that the law allows, in the order in which it may be used.

    ``length`` is the most it may add, in the term's unit; None where the deciders fix it.
    """

    length: int | None
    by: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Another limit for the same duty: the statute behind a stricter plan, or the reverse."""

    code: str
    title: str
    unit: Unit
    length: int
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as some law sets it, within the days on which that law does.

    ``starts`` and ``title`` are Chinese for the reader. ``backwards`` counts back from the day of
    the act to the last day on which the preparation may happen. ``suspensions`` lists the kinds
    that may stop it, ``extensions`` the lengthenings in their order. ``layers`` are further limits
    of the same duty; the term's own length is the one to work by. ``unconfirmed`` admits that the
    number is not verified against the article's text. Refused without a citation.
    """

    code: str
    title: str
    starts: str
    unit: Unit
    length: int
    addressee: Addressee
    cites: tuple[Cite, ...]
    roll_over: RollOver
    backwards: bool = False
    suspensions: frozenset[SuspensionKind] = frozenset()
    extensions: tuple[Extension, ...] = ()
    layers: tuple[Layer, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None
    unconfirmed: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not self.cites or not all(
            (*(e.cites for e in self.extensions), *(x.cites for x in self.layers))
        ):
            raise cite.NoCitation(f"期限 {self.code} 没有写明法律依据")
        if self.length < (0 if self.extensions else 1):
            raise ValueError(f"期限 {self.code} 的长度应当是正数：{self.length}")
        if self.backwards and (self.unit in (Unit.MONTH, Unit.HOUR) or self.suspensions):
            raise ValueError(f"倒算期限 {self.code} 只能按日计算，且不能中止")

    @property
    def measure(self) -> str:
        """The length in words: 90日, 5个工作日, 6个月; or that an instrument says it."""
        if not self.length:
            return "由文书确定"
        return f"{self.length}{self.unit.label}"

    def in_force(self, day: date) -> bool:
        """Whether this row is the law on the day."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )

    def refuse_extensions(self, lengths: Iterable[int]) -> str | None:
        """Why these lengthenings are not lawful, as a sentence; None when they are."""
        for n, length in enumerate(lengths):
            if n >= len(self.extensions):
                times = f"最多延长{len(self.extensions)}次" if self.extensions else "不得延长"
                return f"“{self.title}”{times}"
            most = self.extensions[n].length
            if length < 1 or (most is not None and length > most):
                bound = f"不得超过{most}{self.unit.label}" if most else "应当是正数"
                return f"“{self.title}”第{n + 1}次延长{bound}，填写的是{length}{self.unit.label}"
        return None
