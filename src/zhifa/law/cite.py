"""Citations: every rule names its article, and says how well that article is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from zhifa.law import params
from zhifa.law.numerals import chinese_number


class Grade(StrEnum):
    """How well a version of a law is known to us."""

    TEXT = "text"
    """The version's articles stand in the statute library."""
    KNOWN = "known"
    """Title, number, issuer and dates are recorded with a source; no text held (未收录原文)."""
    UNCONFIRMED = "unconfirmed"
    """From secondary material or memory: configurable, shown as 待核实."""

    @property
    def label(self) -> str:
        """What a screen says beside the citation."""
        return {"text": "已收录原文", "known": "未收录原文", "unconfirmed": "待核实"}[self.value]


class UnknownLaw(LookupError):
    """A citation names a law that our table does not hold."""


class VersionNotHeld(LookupError):
    """Our table holds no version of this law for this day (version not held)."""


class NoCitation(ValueError):
    """A rule was declared without saying which article it stands on."""


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of a law and the days on which it is in force (both ends included)."""

    promulgated: date | None
    in_force_from: date
    in_force_until: date | None
    number: str
    source: str
    grade: Grade

    def covers(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation, rule or plan as our own dated table records it.

    ``word`` is what its units are called (条 for statutes, 项 for the city's plan, 章 for a
    national standard). ``versions`` are ascending and do not overlap.
    """

    code: str
    title: str
    short: str
    abbr: str
    issuer: str
    level: str
    word: str
    versions: tuple[LawVersion, ...]

    @property
    def current(self) -> LawVersion:
        """The newest version that our table holds, in force or about to be."""
        return self.versions[-1]


@cache
def laws() -> dict[str, Law]:
    """Every law of our table by code, from ``params/laws.yaml``."""
    return {row["code"]: _law(row) for row in params.load("laws")["laws"]}


def _law(row: dict[str, Any]) -> Law:
    versions: list[LawVersion] = []
    for v in row["versions"]:
        if versions and versions[-1].in_force_until is None:
            versions[-1] = replace(versions[-1], in_force_until=v["from"] - timedelta(days=1))
        versions.append(
            LawVersion(
                v.get("promulgated"),
                v["from"],
                v.get("until"),
                v.get("number", ""),
                v["source"],
                Grade(v["grade"]),
            )
        )
    short = row["short"]
    return Law(
        row["code"],
        row["title"],
        short,
        row.get("abbr", short),
        row["issuer"],
        row["level"],
        row.get("word", "条"),
        tuple(versions),
    )


def law(code: str) -> Law:
    """The law with this code; ``UnknownLaw`` when the table does not hold it."""
    try:
        return laws()[code]
    except KeyError:
        raise UnknownLaw(f"法规表中没有代码“{code}”") from None


def version_on(of: Law | str, day: date) -> LawVersion:
    """The version in force on the day; ``VersionNotHeld`` when our table holds none for it."""
    held = of if isinstance(of, Law) else law(of)
    for version in held.versions:
        if version.covers(day):
            return version
    raise VersionNotHeld(f"未收录《{held.title}》在{day.isoformat()}施行的版本")


@dataclass(frozen=True, slots=True)
class Cite:
    """One place in one law: article, and where it matters paragraph (款) and item (项).

    ``suffix`` counts the 之一, 之二 of an inserted article. ``article`` 0 cites the law as a
    whole. An unknown law is refused at once. The version is a matter of the day: ``version_on``.
    """

    law: str
    article: int
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        law(self.law)
        if self.article < 0:
            raise ValueError(f"条文序号不能为负：{self.article}")
        for part in (self.suffix, self.paragraph, self.item):
            if part is not None and part < 1:
                raise ValueError(f"款、项序号从一开始：{part}")

    def __lt__(self, other: "Cite") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, int, int]:
        return (self.law, self.article, self.suffix or 0, self.paragraph or 0, self.item or 0)

    @property
    def place(self) -> str:
        """The place within the law: 第六十三条第一款第二项. Empty for the law as a whole."""
        if not self.article:
            return ""
        text = f"第{chinese_number(self.article)}{law(self.law).word}"
        if self.suffix:
            text += f"之{chinese_number(self.suffix)}"
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            text += f"第{chinese_number(self.item)}项"
        return text

    @property
    def label(self) -> str:
        """How an official reads it: 行政处罚法第六十三条第一款第二项."""
        return law(self.law).short + self.place

    @property
    def full_label(self) -> str:
        """How a document quotes it: 《中华人民共和国行政处罚法》第六十三条第一款第二项."""
        return f"《{law(self.law).title}》{self.place}"

    @property
    def short(self) -> str:
        """How a narrow column shows it: 处罚法§63."""
        if not self.article:
            return law(self.law).abbr
        return f"{law(self.law).abbr}§{self.article}" + (f"-{self.suffix}" if self.suffix else "")

    @property
    def key(self) -> str:
        """How data and addresses name it: CF:63:1:2. ``parse`` reads it back."""
        article = f"{self.article}-{self.suffix}" if self.suffix else str(self.article)
        parts = [self.law, article, str(self.paragraph or ""), str(self.item or "")]
        return ":".join(parts).rstrip(":")

    @property
    def grade(self) -> Grade:
        """The grade of the newest version held. For a given day ask ``grade_on``."""
        return law(self.law).current.grade

    def grade_on(self, day: date) -> Grade:
        """The grade of the version in force on the day; ``VersionNotHeld`` when none is held."""
        return version_on(self.law, day).grade

    @classmethod
    def parse(cls, key: str) -> "Cite":
        """Read a ``key`` back; ``ValueError`` or ``UnknownLaw`` when it is none."""
        code, _, rest = key.partition(":")
        parts = rest.split(":")
        article, paragraph, item = [*parts, "", ""][:3]
        if len(parts) > 3 or not article:
            raise ValueError(f"引用格式不正确：{key}")
        number, _, suffix = article.partition("-")
        try:
            return cls(
                code,
                int(number),
                int(suffix) if suffix else None,
                int(paragraph) if paragraph else None,
                int(item) if item else None,
            )
        except ValueError:
            raise ValueError(f"引用格式不正确：{key}") from None


def labels(cites: Iterable[Cite]) -> str:
    """Several citations in one sentence, in the order given: 甲法第一条、乙法第二条."""
    return "、".join(c.label for c in cites)


@dataclass(frozen=True, slots=True)
class Registration:
    """A rule, term, guard, step or parameter that has said which articles it stands on.

    ``unconfirmed`` is the rule's own admission that its content is not verified against a text.
    """

    kind: str
    code: str
    cites: tuple[Cite, ...]
    in_force_from: date | None = None
    in_force_until: date | None = None
    unconfirmed: bool = False


_registered: dict[tuple[str, str], Registration] = {}


def register(
    kind: str,
    code: str,
    cites: Iterable[Cite],
    *,
    in_force_from: date | None = None,
    in_force_until: date | None = None,
    unconfirmed: bool = False,
) -> tuple[Cite, ...]:
    """Record what a declaration stands on, so that ``zhifa law check`` can examine all of them.

    ``kind`` is what it is (term, guard, step …), ``code`` its stable name within that kind.
    ``NoCitation`` without any article; ``ValueError`` when the name is taken by another content.
    """
    standing_on = tuple(cites)
    if not standing_on:
        raise NoCitation(f"{kind} {code} 没有写明法律依据")
    entry = Registration(kind, code, standing_on, in_force_from, in_force_until, unconfirmed)
    if _registered.setdefault((kind, code), entry) != entry:
        raise ValueError(f"{kind} {code} 已以不同内容登记")
    return standing_on


def registered() -> tuple[Registration, ...]:
    """Everything declared so far, by kind and code. Import the declaring modules first."""
    return tuple(_registered[name] for name in sorted(_registered))
