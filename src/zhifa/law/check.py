"""``zhifa law check``: does everything that decides stand on an article that we really hold?"""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import zhifa.law
from zhifa.law import params
from zhifa.law.cite import (
    Cite,
    Grade,
    Registration,
    VersionNotHeld,
    law,
    registered,
    version_on,
)


class Library(Protocol):
    """A statute library: whether an article's text stands in the version in force on a day."""

    def has(self, title: str, article: int, on: date) -> bool:
        """``title`` is the law's full title, ``article`` its number."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that fails the check, as one Chinese sentence."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found. ``by_grade`` counts citations, ``by_kind`` declarations."""

    on: date
    by_kind: dict[str, int]
    by_grade: dict[Grade, int]
    unconfirmed: tuple[str, ...]
    problems: tuple[Problem, ...]
    text_checked: bool

    @property
    def passes(self) -> bool:
        """Whether nothing fails."""
        return not self.problems


def load_all() -> None:
    """Import every module of the law room, so that all that declares has registered itself."""
    for module in pkgutil.walk_packages(zhifa.law.__path__, "zhifa.law."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def check(library: Library | None, on: date, entries: Iterable[Registration] = ()) -> Report:
    """Examine every declaration in force on the day (all that registered, or ``entries``).

    Without a library the texts are not looked up, and the report says so. Fails on a citation
    whose article is missing from the library, on one of a law not in force throughout the rule's
    own days, and on a rule that rests on unconfirmed sources alone without admitting it, itself
    or in ``params/unconfirmed.yaml``.
    """
    chosen = tuple(entries) or registered()
    active = [e for e in chosen if _active(e, on)]
    admitted = {(r["kind"], r["code"]) for r in params.load("unconfirmed")["admitted"]}
    problems: list[Problem] = []
    grades: Counter[Grade] = Counter()
    for entry in active:
        where = f"{entry.kind} {entry.code}"
        found: list[Grade] = []
        for c in entry.cites:
            grade, problem = _examine(c, entry, on, library)
            if grade:
                found.append(grade)
                grades[grade] += 1
            if problem:
                problems.append(Problem(problem[0], where, problem[1]))
        admits = entry.unconfirmed or (entry.kind, entry.code) in admitted
        if found and set(found) == {Grade.UNCONFIRMED} and not admits:
            problems.append(
                Problem("unconfirmed", where, f"{where}仅依据待核实的材料，却没有标明待核实")
            )
    return Report(
        on,
        dict(sorted(Counter(e.kind for e in active).items())),
        {g: grades[g] for g in Grade},
        tuple(
            f"{e.kind} {e.code}" for e in active if e.unconfirmed or (e.kind, e.code) in admitted
        ),
        tuple(problems),
        library is not None,
    )


def _active(entry: Registration, on: date) -> bool:
    return (entry.in_force_from is None or entry.in_force_from <= on) and (
        entry.in_force_until is None or on <= entry.in_force_until
    )


def _examine(
    c: Cite, entry: Registration, on: date, library: Library | None
) -> tuple[Grade | None, tuple[str, str] | None]:
    try:
        version = version_on(c.law, on)
        if entry.in_force_from:
            version_on(c.law, entry.in_force_from)
    except VersionNotHeld as missing:
        return None, ("outside", f"{c.label}：{missing}")
    if version.grade is not Grade.TEXT or not c.article or library is None:
        return version.grade, None
    if not library.has(law(c.law).title, c.article, on):
        return version.grade, ("dangling", f"{c.label}（{c.key}）在法规库中没有原文")
    return version.grade, None
