"""A power as somebody proposes it: read from words, checked against the library, compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from zhifa.law import range_words
from zhifa.law.cite import Cite
from zhifa.law.power import FIELDS, PenaltyKind, PowerRule
from zhifa.law.range import LegalRange
from zhifa.registry import citing

T = TypeVar("T")
LEVELS: Final = {"city": "市级", "county": "县级", "township": "乡镇（街道）"}
COLUMNS: Final = {
    "code": "事项编码",
    "name": "事项名称",
    "field": "执法领域",
    "violated": "违则",
    "penalty": "罚则",
    "kinds": "处罚种类",
    "fine": "罚款幅度",
    "fine_cites": "幅度依据",
    "conditions": "适用条件",
    "levels": "行使层级",
    "benchmark": "裁量基准",
}
"""What a power says, as forms and spreadsheets name it."""
_CODE = re.compile(r"^[a-z][a-z_]*\.[a-z0-9]+(-[a-z0-9]+)*$")


class DraftWrong(ValueError):
    """What cannot be read, each with its column."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("；".join(f"{COLUMNS[c]}：{why}" for c, why in errors))


@dataclass(frozen=True, slots=True)
class PowerDraft:
    """The content of a version of a power."""

    code: str
    name: str
    field: str
    violated: tuple[Cite, ...]
    penalty: tuple[Cite, ...]
    kinds: frozenset[PenaltyKind]
    fine: LegalRange | None = None
    conditions: str = ""
    levels: tuple[str, ...] = ("city", "county")
    benchmark: str = ""

    @property
    def rule(self) -> PowerRule:
        """The power as the law reads it, without its benchmark."""
        return PowerRule(
            self.code, self.name, self.field, self.violated, self.penalty, self.kinds, self.fine
        )

    def as_json(self) -> dict[str, Any]:
        """As plain data; ``parse`` reads it back."""
        return {
            "code": self.code,
            "name": self.name,
            "field": self.field,
            "violated": [c.key for c in self.violated],
            "penalty": [c.key for c in self.penalty],
            "kinds": sorted(k.value for k in self.kinds),
            "fine": self.fine.as_json() if self.fine else None,
            "conditions": self.conditions,
            "levels": list(self.levels),
            "benchmark": self.benchmark,
        }

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> PowerDraft:
        """Read what ``as_json`` wrote."""
        return cls(
            code=row["code"],
            name=row["name"],
            field=row["field"],
            violated=tuple(Cite.parse(k) for k in row["violated"]),
            penalty=tuple(Cite.parse(k) for k in row["penalty"]),
            kinds=frozenset(PenaltyKind(k) for k in row["kinds"]),
            fine=LegalRange.parse(row["fine"]) if row["fine"] else None,
            conditions=row["conditions"],
            levels=tuple(row["levels"]),
            benchmark=row["benchmark"],
        )

    def words(self) -> dict[str, str]:
        """Every column in words, as a form and a spreadsheet show it and ``read`` reads it."""
        return {
            "code": self.code,
            "name": self.name,
            "field": FIELDS.get(self.field, self.field),
            "violated": citing.write_cites(self.violated),
            "penalty": citing.write_cites(self.penalty),
            "kinds": "、".join(k.label for k in PenaltyKind if k in self.kinds),
            "fine": range_words.text(self.fine) if self.fine else "",
            "fine_cites": citing.write_cites(self.fine.cites) if self.fine else "",
            "conditions": self.conditions,
            "levels": "、".join(LEVELS[level] for level in self.levels),
            "benchmark": self.benchmark,
        }


def read(words: Mapping[str, str]) -> PowerDraft:
    """A power from its columns in words. ``DraftWrong`` names every column that is not right."""
    errors: list[tuple[str, str]] = []

    def column(name: str, make: Callable[[str], T], default: T) -> T:
        try:
            return make(words.get(name, "").strip())
        except ValueError as error:
            errors.append((name, str(error)))
            return default

    no_cites: tuple[Cite, ...] = ()
    no_levels: tuple[str, ...] = ()
    no_kinds: frozenset[PenaltyKind] = frozenset()
    code = column("code", _code, "")
    name = column("name", _name, "")
    field = column("field", _field, "")
    violated = column("violated", _some_cites, no_cites)
    penalty = column("penalty", _some_cites, no_cites)
    kinds = column("kinds", _kinds, no_kinds)
    on = column("fine_cites", citing.read_cites, no_cites) or _paragraph(penalty)
    fine = column("fine", lambda text: range_words.read(text, on) if text and on else None, None)
    if fine is not None and PenaltyKind.FINE not in kinds and not errors:
        errors.append(("kinds", "写明了罚款幅度，处罚种类应当包括罚款"))
    conditions = column("conditions", _at_most(300), "")
    levels = column("levels", _levels, no_levels)
    benchmark = column("benchmark", _at_most(80), "")
    if errors:
        raise DraftWrong(errors)
    return PowerDraft(
        code, name, field, violated, penalty, kinds, fine, conditions, levels, benchmark
    )


def differences(before: PowerDraft | None, after: PowerDraft) -> list[tuple[str, str, str]]:
    """The columns that change: name, what it was, what it would be."""
    was = before.words() if before else dict.fromkeys(COLUMNS, "")
    now = after.words()
    return [(COLUMNS[c], was[c], now[c]) for c in COLUMNS if was[c] != now[c]]


# --- columns -------------------------------------------------------------------------------------


def _code(text: str) -> str:
    if not _CODE.match(text) or len(text) > 60:
        raise ValueError("应当是小写字母和连字符组成的编码，例如 food.expired")
    return text


def _name(text: str) -> str:
    if not 2 <= len(text) <= 200:
        raise ValueError("应当有2至200个字")
    return text


def _field(text: str) -> str:
    for code, name in FIELDS.items():
        if text in (code, name):
            return code
    raise ValueError(f"“{text}”不是执法领域，可以是{'、'.join(FIELDS.values())}")


def _some_cites(text: str) -> tuple[Cite, ...]:
    found = citing.read_cites(text)
    if not found:
        raise ValueError("应当写明法律依据")
    return found


def _kinds(text: str) -> frozenset[PenaltyKind]:
    known = {k.label: k for k in PenaltyKind} | {k.value: k for k in PenaltyKind}
    parts = [p.strip() for p in re.split(r"[、；;\n,，]", text) if p.strip()]
    unknown = [p for p in parts if p not in known]
    if unknown:
        raise ValueError(f"“{unknown[0]}”不是处罚种类")
    if not parts:
        raise ValueError("应当写明处罚种类")
    return frozenset(known[p] for p in parts)


def _levels(text: str) -> tuple[str, ...]:
    known = {name: code for code, name in LEVELS.items()} | {"乡镇": "township"}
    known |= {code: code for code in LEVELS}
    parts = [p.strip() for p in re.split(r"[、；;\n,，]", text) if p.strip()]
    unknown = [p for p in parts if p not in known]
    if unknown or not parts:
        raise ValueError(f"应当是{'、'.join(LEVELS.values())}中的一个或者几个")
    held = {known[p] for p in parts}
    return tuple(level for level in LEVELS if level in held)


def _at_most(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"不能超过{most}个字")
        return text

    return check


def _paragraph(penalty: tuple[Cite, ...]) -> tuple[Cite, ...]:
    """The paragraph of the first penalty article: where its amounts stand, unless said."""
    first = penalty[:1]
    return tuple(Cite(c.law, c.article, c.suffix, c.paragraph) for c in first)


def draft_of(row: Any) -> PowerDraft:
    """The content of a published version."""
    return PowerDraft.parse(
        {
            "code": row.code,
            "name": row.name,
            "field": row.field,
            "violated": row.violated,
            "penalty": row.penalty,
            "kinds": row.kinds,
            "fine": row.range,
            "conditions": row.conditions,
            "levels": row.levels,
            "benchmark": row.benchmark_code,
        }
    )
