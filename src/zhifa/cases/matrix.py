"""Facts, evidence, law: a row for each thing found, what proves it, its articles, what is missing.

Before a proposal the rows are what the proposal will need; afterwards what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhifa.kernel.page import address
from zhifa.law.benchmark import Benchmark, FactorKind
from zhifa.law.cite import Cite
from zhifa.law.leniency import WANTED
from zhifa.law.money import yuan
from zhifa.law.procedures.penalty.facts import (
    CorrectionOrdered,
    CorrectionRechecked,
    CorrectionWaived,
    GainFound,
    LawSettled,
)
from zhifa.law.procedures.penalty.held import exhibits
from zhifa.law.procedures.penalty.proposal import PenaltyProposed
from zhifa.law.procedures.penalty.weigh import base, values
from zhifa.law.sources import CF, FS
from zhifa.law.standing import Standing
from zhifa.law.subject import FoodSubject
from zhifa.records import selectors as papers

IMAGES = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of evidence as a row shows it."""

    number: str
    title: str
    address: str
    picture: bool
    kind: str = ""
    proves: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what is found, what proves it, on which articles, and what is missing."""

    found: str
    head: str = ""
    chips: Sequence[Chip] = ()
    cites: Sequence[Cite] = ()
    missing: Sequence[str] = ()
    missing_articles: str = ""
    door: str = ""
    """Where what is missing is settled."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole: the facts, the findings that the law asks beside them, the factors."""

    facts: Sequence[Line]
    findings: Sequence[Line]
    factors: Sequence[Line] = field(default_factory=tuple)
    grounds: Sequence[Line] = field(default_factory=tuple)
    """The conditions of leniency."""

    @property
    def missing(self) -> int:
        """How many things are missing in all."""
        lines = (*self.facts, *self.findings, *self.factors, *self.grounds)
        return sum(len(x.missing) + bool(x.missing_articles) for x in lines)


def chips(s: Standing, matter_id: UUID) -> dict[str, Chip]:
    """Every piece of evidence of the file by its number. One query."""
    files = papers.files(matter_id, s)
    made = {}
    for done in exhibits(s):
        f = done.facts
        kept = files.get(f.evidence)
        where = address("records:evidence", evidence_id=kept.id) if kept else ""
        picture = kept is not None and kept.mime in IMAGES
        made[f.evidence] = Chip(f.evidence, f.title, where, picture, f.kind.label, f.proves)
    return made


def build(
    s: Standing,
    matter_id: UUID,
    proposal: PenaltyProposed | None,
    benchmark: Benchmark | None,
    doors: dict[str, str],
) -> Matrix:
    """The matrix of a case as it stands, or of one proposal of it."""
    held = chips(s, matter_id)
    facts = _of_proposal(proposal, held) if proposal is not None else _before(held, doors)
    factors = _factors(s, proposal, benchmark, held) if proposal and benchmark else ()
    grounds = _grounds(proposal, held) if proposal is not None else ()
    return Matrix(facts, _findings(s, doors), factors, grounds)


def _grounds(p: PenaltyProposed, held: dict[str, Chip]) -> tuple[Line, ...]:
    return tuple(
        Line(
            g.shown,
            g.condition.label,
            chips=[held[e] for e in g.evidence if e in held],
            cites=WANTED[g.condition].cites,
            missing=[f"{e}不在本案" for e in g.evidence if e not in held],
        )
        for g in p.grounds
    )


def _of_proposal(p: PenaltyProposed, held: dict[str, Chip]) -> tuple[Line, ...]:
    lines = []
    for finding in p.findings:
        missing = [f"{e}不在本案" for e in finding.evidence if e not in held]
        proofs = [held[e] for e in finding.evidence if e in held]
        if not proofs:
            missing.append("没有证据证明")
        elif {c.kind for c in proofs} == {"当事人的陈述"}:
            missing.append("只有当事人的陈述，没有其他证据")
        lines.append(
            Line(
                finding.found,
                chips=proofs,
                cites=tuple(Cite.parse(k) for k in finding.articles),
                missing=missing,
                missing_articles="" if finding.articles else "没有写明法律依据",
            )
        )
    return tuple(lines)


def _before(held: dict[str, Chip], doors: dict[str, str]) -> tuple[Line, ...]:
    """Until facts are found, each piece of evidence with what it is to prove."""
    if not held:
        return (
            Line(
                "违法事实",
                missing=["尚未收集证据"],
                missing_articles="调查终结时写明",
                door=doors.get("evidence.add", ""),
            ),
        )
    return tuple(
        Line(f"拟证明：{c.proves}", chips=(c,), missing_articles="调查终结时写明")
        for c in held.values()
    )


def _findings(s: Standing, doors: dict[str, str]) -> tuple[Line, ...]:
    return (_law(s, doors), _gain(s, doors), _correction(s, doors))


def _law(s: Standing, doors: dict[str, str]) -> Line:
    articles: tuple[Cite, ...] = (CF(37), FS(36), FS(136))
    f = s.latest(LawSettled)
    if f is None:
        return Line(
            "",
            "适用的法律",
            cites=articles,
            missing=["尚未确定"],
            door=doors.get("law.settle", ""),
        )
    words = f"适用{Cite(f.law, 0).label}"
    if f.law_version:
        words += f"（{f.law_version}）"
    if f.acted_from == f.acted_until:
        words += f"。行为发生于{_day(f.acted_until)}。"
    else:
        words += f"。行为自{_day(f.acted_from)}至{_day(f.acted_until)}。"
    if f.law == "FS":
        words += f"进货查验免责：{f.diligence.label}。"
    if f.subject is FoodSubject.NOT_FOOD:
        articles = (CF(37),)
    else:
        words = f"{f.subject.label}，{words}"
    return Line("\n".join((words, *compared(f))), "适用的法律", cites=articles)


def compared(f: LawSettled) -> tuple[str, ...]:
    """Old and new law as they were compared, a line each."""
    return tuple(line for line in re.split("(?<=[；。])", f.comparison) if line)


def _gain(s: Standing, doors: dict[str, str]) -> Line:
    f = s.latest(GainFound)
    if f is None:
        return Line(
            "",
            "货值和违法所得",
            cites=(CF(28, 2),),
            missing=["尚未认定"],
            door=doors.get("gain.find", ""),
        )
    gain = f"违法所得{yuan(f.gain_fen)}" if f.gain_fen else "没有违法所得"
    return Line(
        f"货值{yuan(f.goods_value_fen)}，{gain}。{f.method}", "货值和违法所得", cites=(CF(28, 2),)
    )


def _correction(s: Standing, doors: dict[str, str]) -> Line:
    ordered, waived = s.latest(CorrectionOrdered), s.latest(CorrectionWaived)
    checked = s.latest(CorrectionRechecked)
    if ordered is None and waived is None:
        return Line(
            "",
            "责令改正",
            cites=(CF(28, 1),),
            missing=["尚未责令改正，也没有说明理由"],
            door=doors.get("correction.order", ""),
        )
    if ordered is None:
        assert waived is not None
        return Line(waived.reason, "责令改正", cites=(CF(28, 1),))
    words = f"责令于{_day(ordered.due_on)}前改正。"
    if checked is None:
        missing = ["尚未复查"]
        door = doors.get("correction.recheck", "")
        return Line(words, "责令改正", cites=(CF(28, 1),), missing=missing, door=door)
    return Line(f"{words}复查：{checked.result.label}。", "责令改正", cites=(CF(28, 1),))


def _factors(
    s: Standing, p: PenaltyProposed, benchmark: Benchmark, held: dict[str, Chip]
) -> tuple[Line, ...]:
    if not p.circumstances:
        return ()
    known = {f.code: f for f in benchmark.factors}
    given = {c.factor: c for c in p.circumstances}
    try:
        read = {**values(benchmark, p.circumstances), **base(s)}
    except ValueError:
        return ()
    lines = []
    absent = []
    for code, factor in known.items():
        if code not in read:
            continue
        if factor.kind is FactorKind.FLAG and not read[code]:
            absent.append(factor.label)
            continue
        of = given.get(code)
        proofs = [held[e] for e in of.evidence if e in held] if of is not None else []
        unproved = of is not None and not proofs
        lines.append(
            Line(
                factor.show(read[code]),
                factor.label,
                chips=proofs,
                missing=[f"没有证据（应有{factor.evidence}）"] if unproved else [],
            )
        )
    if absent:
        lines.append(Line("均无", "、".join(absent)))
    return tuple(lines)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
