"""What the library and the law say to a proposed power or benchmark before anybody signs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhifa.law.benchmark import Benchmark, TierCode
from zhifa.law.cite import Cite, Grade, VersionNotHeld, version_on
from zhifa.law.discretion import gaps_and_overlaps
from zhifa.law.money import yuan
from zhifa.law.numerals import chinese_number
from zhifa.law.power import PenaltyKind
from zhifa.law.range import Band, LegalRange
from zhifa.registry import statutes
from zhifa.registry.drafts import PowerDraft

_TOLD_BY = {
    PenaltyKind.WARNING: "警告",
    PenaltyKind.CIRCULATED_CRITICISM: "通报批评",
    PenaltyKind.FINE: "罚款",
    PenaltyKind.CONFISCATE_GAIN: "没收",
    PenaltyKind.CONFISCATE_GOODS: "没收",
    PenaltyKind.LICENSE_REVOCATION: "吊销",
    PenaltyKind.CLOSURE: "关闭",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something found. ``stops``: it cannot be proposed so; otherwise a person must look at it."""

    words: str
    stops: bool = False


def power_remarks(draft: PowerDraft, on: date) -> list[Remark]:
    """What the statute library says to a power that would hold from that day."""
    cites = [*draft.violated, *draft.penalty, *(draft.fine.cites if draft.fine else ())]
    found = statutes.texts(cites, on)
    return [
        *_articles(list(dict.fromkeys(cites)), found, on),
        *(_amounts(draft.fine, found[draft.fine.cites[0]]) if draft.fine else ()),
        *_kinds(draft, on),
    ]


_Said = statutes.ArticleText | statutes.VersionNotHeld


def _articles(cites: list[Cite], found: dict[Cite, _Said], on: date) -> Iterator[Remark]:
    for c in cites:
        try:
            grade = version_on(c.law, on).grade
        except VersionNotHeld as missing:
            yield Remark(f"{c.label}：{missing}", stops=True)
            continue
        said = found[c]
        if isinstance(said, statutes.ArticleText):
            continue
        if grade is Grade.TEXT:
            yield Remark(f"{c.label}：{said.reason}", stops=True)
        elif grade is Grade.KNOWN:
            yield Remark(f"{c.label}未收录原文，数额由提出人和审核人对照文本核对")
        else:
            yield Remark(f"{c.label}待核实，核实前不应当据以罚款")


def _amounts(fine: LegalRange, said: _Said) -> Iterator[Remark]:
    if not isinstance(said, statutes.ArticleText):
        return
    words = f"{said.lead}{said.text}".replace(" ", "").replace("等值", "一倍")
    for bands in (fine.bands, *(h.bands for h in fine.heavier)):
        for band in bands:
            if _as_written(band) not in words:
                yield Remark(f"“{band.words}”与{fine.cites[0].label}原文的写法不一致，请核对")
    if fine.least_fen and _yuan(fine.least_fen) not in words:
        yield Remark(f"原文没有写明按{_yuan(fine.least_fen)}计算，请核对")


def _kinds(draft: PowerDraft, on: date) -> Iterator[Remark]:
    whole = statutes.texts({Cite(c.law, c.article, c.suffix) for c in draft.penalty}, on).values()
    if not all(isinstance(w, statutes.ArticleText) for w in whole):
        return
    words = "".join(w.whole for w in whole if isinstance(w, statutes.ArticleText))
    for kind in PenaltyKind:
        if kind in draft.kinds and _TOLD_BY.get(kind, "") not in words:
            yield Remark(f"罚则原文中没有{kind.label}，请核对")
    if PenaltyKind.FINE in draft.kinds and draft.fine is None:
        yield Remark("处罚种类包括罚款，但没有写明幅度；发布后不能据以确定罚款数额")


def _as_written(band: Band) -> str:
    """A band as a statute writes it: 一万元以上五万元以下, 十倍以上二十倍以下, 百分之三十以下."""
    if band.max_times is None:
        low = None if band.min_fen is None else _yuan(band.min_fen)
        high = _yuan(band.max_fen or 0)
    else:
        low = None if band.min_times is None else _times(band.min_times)
        high = _times(band.max_times)
    if low is None:
        return f"{high}以下"
    return high if low == high else f"{low}以上{high}以下"


def _yuan(fen: int) -> str:
    myriads, rest = divmod(fen // 100, 10_000)
    if myriads > 9999:
        return yuan(fen)
    head = f"{chinese_number(myriads)}万" if myriads else ""
    return f"{head}{chinese_number(rest) if rest or not myriads else ''}元"


def _times(n: Fraction) -> str:
    if n < 1:
        return f"百分之{chinese_number(int(n * 100))}"
    return f"{chinese_number(int(n))}倍" if n.denominator == 1 else f"{float(n):g}倍"


# --- benchmarks ----------------------------------------------------------------------------------

MOST_SHOWN = 12


def benchmark_remarks(benchmark: Benchmark) -> list[Remark]:
    """Gaps and overlaps at every bound, and tiers that do not rise from light to heavy."""
    try:
        found = gaps_and_overlaps(benchmark)
    except ValueError as error:
        return [Remark(str(error), stops=True)]
    remarks = []
    for finding in found[:MOST_SHOWN]:
        facts = "，".join(
            benchmark.factor(code).says(value) or f"没有{benchmark.factor(code).label}"
            for code, value in finding.facts
        )
        if finding.kind == "gap":
            remarks.append(Remark(f"没有适用的档次：{facts}", stops=True))
        else:
            both = "、".join(_title(benchmark, code) for code in finding.tiers)
            remarks.append(Remark(f"同时符合{both}：{facts}", stops=True))
    if len(found) > MOST_SHOWN:
        remarks.append(Remark(f"另有{len(found) - MOST_SHOWN}种情形存在空缺或者重叠", stops=True))
    return [*remarks, *_rising(benchmark)]


def _rising(benchmark: Benchmark) -> Iterator[Remark]:
    spans = [t for t in benchmark.tiers if t.outcome.kind == "span"]
    for lighter, heavier in itertools.pairwise(spans):
        if heavier.outcome.low < lighter.outcome.high:
            yield Remark(f"“{heavier.title}”的下限低于“{lighter.title}”的上限")
        elif heavier.outcome.low > lighter.outcome.high:
            yield Remark(f"“{lighter.title}”与“{heavier.title}”之间有一段幅度没有档次使用")
    for tier in spans:
        if not 0 <= tier.outcome.low <= tier.outcome.high <= 100:
            yield Remark(f"“{tier.title}”的幅度应当在法定幅度的0%至100%之间", stops=True)


def _title(benchmark: Benchmark, code: TierCode) -> str:
    tier = benchmark.tier(code)
    return f"“{tier.title}”" if tier else code.label
