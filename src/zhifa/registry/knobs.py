"""What of a benchmark can be turned without rebuilding it: bounds, shares, titles, evidence.

A bound that several tiers use (不足2000元 here, 2000元以上 there) is one knob, so that turning it
leaves neither gap nor overlap.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhifa.law.benchmark import Benchmark, FactorKind, TierCode
from zhifa.law.money import yuan

_SIDE = {"lt": "below", "ge": "below", "le": "upto", "gt": "upto"}
_WORDS = {"below": "不足／达到", "upto": "不超过／超过"}
MOST = 10**12


class KnobWrong(ValueError):
    """A value that a knob cannot take; ``name`` is the knob's."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing that can be turned: its name in a form, what it is, its value as typed."""

    name: str
    label: str
    value: str
    kind: str = "text"
    unit: str = ""
    note: str = ""


def knobs(content: Mapping[str, Any]) -> list[Knob]:
    """Everything that can be turned, in the order of a page."""
    read = Benchmark.parse(content)
    return [
        Knob("title", "名称", read.title),
        Knob("issuer", "制定机关", read.issuer),
        Knob("source", "来源", read.source),
        *(Knob(f"e.{f.code}", f"{f.label}的证据", f.evidence) for f in read.factors),
        *_bounds(read, content),
        *_tiers(read),
    ]


def turned(content: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The content with the values of the knobs; a knob that is not named stays as it is."""
    made: dict[str, Any] = copy.deepcopy(dict(content))
    known = {k.name: k for k in knobs(content)}
    for name, typed in values.items():
        knob = known.get(name)
        if knob is None or typed.strip() == knob.value:
            continue
        _turn(made, knob, typed.strip())
    Benchmark.parse(made)
    return made


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """What changes: the knob's label, what it was, what it would be."""
    now = _shown(after)
    was = _shown(before) if before else {}
    found = [
        (label, was.get(key, ("", ""))[1], value)
        for key, (label, value) in now.items()
        if was.get(key, ("", ""))[1] != value
    ]
    gone = [(label, value, "") for key, (label, value) in was.items() if key not in now]
    return found + gone


def _shown(content: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    read = Benchmark.parse(content)
    shown = {"title": ("名称", read.title), "issuer": ("制定机关", read.issuer),
             "source": ("来源", read.source), "power": ("执法事项", read.power),
             "status": ("性质", "示例" if read.status == "example" else "已公布")}  # fmt: skip
    for f in read.factors:
        shown[f"e.{f.code}"] = (f"{f.label}的证据", f.evidence)
    for n, (test, bound) in enumerate(_tests(content)):
        if isinstance(bound, int) and not isinstance(bound, bool):
            factor = read.factor(test["factor"])
            where = f"第{n + 1}处条件：{factor.label}"
            shown[f"c.{n}.{factor.code}"] = (where, factor.show(bound))
    for tier in read.tiers:
        out = tier.outcome
        shown[f"n.{tier.code}"] = ("档次名称", tier.title)
        shown[f"o.{tier.code}"] = (
            f"“{tier.title}”的幅度",
            f"{float(out.low):g}%至{float(out.high):g}%，取值点{out.point}",
        )
    for m in read.modifiers:
        shown[f"m.{m.code}"] = (f"情节“{m.label}”", f"{m.effect} {m.amount}".strip())
    return shown


# --- bounds --------------------------------------------------------------------------------------


def _bounds(read: Benchmark, content: Mapping[str, Any]) -> Iterator[Knob]:
    seen: dict[str, Knob] = {}
    for test, bound in _tests(content):
        op = next(o for o in _OPS if o in test)
        if op not in _SIDE or isinstance(bound, bool) or not isinstance(bound, int):
            continue
        factor = read.factor(test["factor"])
        side = _SIDE[op]
        name = f"b.{factor.code}.{side}.{bound}"
        money = factor.kind is FactorKind.MONEY
        shown = yuan(bound).removesuffix("元") if money else str(bound)
        unit = "元" if money else factor.unit
        seen.setdefault(
            name, Knob(name, factor.label, shown, "money" if money else "count", unit, _WORDS[side])
        )
    yield from seen.values()


_OPS = ("lt", "le", "gt", "ge", "eq", "in")


def _tests(content: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every single test of the tiers, as it stands in the data."""
    for tier in content["tiers"]:
        if tier.get("when"):
            yield from _walk(tier["when"])


def _walk(node: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    for part in (*node.get("all", ()), *node.get("any", ())):
        yield from _walk(part)
    if "not" in node:
        yield from _walk(node["not"])
    if "factor" in node:
        yield node, next(node[op] for op in _OPS if op in node)


def _tiers(read: Benchmark) -> Iterator[Knob]:
    for tier in read.tiers:
        out = tier.outcome
        yield Knob(f"n.{tier.code}", "档次名称", tier.title)
        if out.kind in ("span", "of_min", "percent"):
            of = "法定最低罚款数额" if out.kind == "of_min" else "法定幅度"
            yield Knob(f"o.{tier.code}.low", "下限", f"{float(out.low):g}", "count", "%", of)
            yield Knob(f"o.{tier.code}.high", "上限", f"{float(out.high):g}", "count", "%", of)
            yield Knob(
                f"o.{tier.code}.point", "取值点", str(out.point), "count", "", "0为下限，100为上限"
            )


def by_tier(found: list[Knob]) -> list[tuple[TierCode, list[Knob]]]:
    """The knobs of the tiers, a list for each tier."""
    tiers: dict[str, list[Knob]] = {}
    for knob in found:
        if knob.name.startswith(("n.", "o.")):
            tiers.setdefault(knob.name.split(".")[1], []).append(knob)
    return [(TierCode(code), held) for code, held in tiers.items()]


# --- turning -------------------------------------------------------------------------------------


def _turn(made: dict[str, Any], knob: Knob, typed: str) -> None:
    kind, *path = knob.name.split(".")
    if kind in ("title", "issuer", "source"):
        made[kind] = _text(knob, typed)
    elif kind == "e":
        next(f for f in made["factors"] if f["code"] == path[0])["evidence"] = _text(knob, typed)
    elif kind == "n":
        next(t for t in made["tiers"] if t["code"] == path[0])["title"] = _text(knob, typed)
    elif kind == "o":
        tier = next(t for t in made["tiers"] if t["code"] == path[0])
        tier["outcome"][path[1]] = _share(knob, typed)
    else:
        factor, side, old = path
        value = _number(knob, typed)
        for test, bound in list(_tests(made)):
            op = next(o for o in _OPS if o in test)
            if test["factor"] == factor and _SIDE.get(op) == side and bound == int(old):
                test[op] = value


def _text(knob: Knob, typed: str) -> str:
    if not 1 <= len(typed) <= 200:
        raise KnobWrong(knob.name, "应当有1至200个字")
    return typed


def _share(knob: Knob, typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) <= 100):
        raise KnobWrong(knob.name, "应当是0至100之间的整数")
    return int(typed)


def _number(knob: Knob, typed: str) -> int:
    try:
        number = Fraction(typed.replace(",", "")) * (100 if knob.kind == "money" else 1)
    except (ValueError, ZeroDivisionError):
        raise KnobWrong(knob.name, "应当是数字") from None
    if number.denominator != 1 or not 0 <= number <= MOST:
        raise KnobWrong(knob.name, "应当是有效的非负数")
    return int(number)
