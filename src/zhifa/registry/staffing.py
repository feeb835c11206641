"""Units, people and posts from a spreadsheet: read row by row, compared with what is known.

A row names a unit, a person, and a duty of theirs; what it leaves empty it does not touch. Reading
writes nothing; the same file a second time brings no change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from zhifa.accounts.models import Person
from zhifa.law.actor import ADMINISTRATORS, Duty
from zhifa.registry.models import Post
from zhifa.registry.models.dated import holding
from zhifa.registry.selectors.agencies import units
from zhifa.registry.selectors.people import belongs
from zhifa.registry.spreadsheets import RowError, rows

COLUMNS: Final = {
    "unit": "内设机构代码",
    "unit_name": "内设机构名称",
    "username": "登录名",
    "name": "姓名",
    "duty": "职责",
    "title": "职务",
    "basis": "任职依据",
    "since": "任职自",
}
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
_DUTIES: Final = {d.label: d for d in Duty} | {d.value: d for d in Duty}


@dataclass(frozen=True, slots=True)
class Line:
    """One row, read. A duty is empty where the row only makes a unit or a person known."""

    unit: str
    unit_name: str
    username: str
    name: str
    duty: str
    title: str
    basis: str
    since: str

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Line:
        """The line that a proposal kept."""
        return cls(**{column: str(item[column]) for column in COLUMNS})

    def as_json(self) -> dict[str, str]:
        """The line as a proposal keeps it."""
        return {column: getattr(self, column) for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file brought: the lines that change something, in words, and what is wrong."""

    lines: tuple[Line, ...]
    changes: tuple[tuple[int, str], ...]
    errors: tuple[RowError, ...]
    same: int
    """Rows that say what is known already."""


def read(data: bytes, filename: str, *, agency: str, on: date) -> Reading:
    """Read a file for an agency. Raises ``Unreadable`` where it is no table at all."""
    known = _Known(agency, on)
    lines: list[Line] = []
    changes: list[tuple[int, str]] = []
    errors: list[RowError] = []
    same = 0
    names = {label: column for column, label in COLUMNS.items()}
    for number, words in rows(data, filename, names, ()):
        line = Line(**{c: words.get(c, "").strip() for c in COLUMNS})
        wrong = [RowError(number, COLUMNS[c], why) for c, why in _wrong(line, known)]
        if wrong:
            errors += wrong
            continue
        if told := known.takes(line):
            lines.append(line)
            changes.append((number, told))
        else:
            same += 1
    return Reading(tuple(lines), tuple(changes), tuple(errors), same)


def since_of(line: Line, on: date) -> date:
    """The first day of the post; today where the row does not say."""
    return date.fromisoformat(line.since) if line.since else on


def duty_of(line: Line) -> Duty:
    """The duty that the row names."""
    return _DUTIES[line.duty]


class _Known:
    """What is known of an agency, growing with each row that is read."""

    def __init__(self, agency: str, on: date) -> None:
        self.agency, self.on = agency, on
        self.units = {u.code: u.name for u in units(agency)}
        people = Person.objects.all()
        self.people: dict[str, tuple[UUID | None, str]] = {
            p.username: (p.id, p.name) for p in people.only("id", "username", "name")
        }
        held = holding(Post.objects.select_related("person"), on)
        self.posts: dict[str, set[tuple[str, str, Duty]]] = {}
        for post in held:
            mine = self.posts.setdefault(post.person.username, set())
            mine.add((str(post.organ_id), post.unit_code, Duty(post.duty)))

    def takes(self, line: Line) -> str:
        """What the row would change, in words; it counts as known from then on."""
        told = []
        if line.unit and line.unit_name and self.units.get(line.unit) != line.unit_name:
            told.append(f"内设机构{line.unit_name}")
            self.units[line.unit] = line.unit_name
        if line.username and line.username not in self.people:
            told.append(f"账号{line.username}（{line.name}）")
            self.people[line.username] = (None, line.name)
        if line.duty:
            post = (self.agency, line.unit, duty_of(line))
            if post not in self.posts.setdefault(line.username, set()):
                told.append(f"{line.name}任{duty_of(line).label}")
                self.posts[line.username].add(post)
        return "，".join(told)


def _wrong(line: Line, known: _Known) -> list[tuple[str, str]]:
    """Everything that is wrong with a row: column and reason."""
    found: list[tuple[str, str]] = []
    if not (line.unit or line.username or line.duty or line.name):
        found.append(("username", "应当写明内设机构代码或者登录名"))
    if line.unit and not _CODE.fullmatch(line.unit):
        found.append(("unit", "应当是小写字母、数字和连字符"))
    elif line.unit and line.unit not in known.units and not line.unit_name:
        found.append(("unit_name", f"没有代码为{line.unit}的内设机构，新增的应当写明名称"))
    if len(line.unit_name) > 80:
        found.append(("unit_name", "不能超过80个字"))
    if line.username:
        found += _wrong_person(line, known)
    elif line.duty or line.name:
        found.append(("username", "应当写明登录名"))
    if line.duty:
        found += _wrong_duty(line, known)
    return found


def _wrong_person(line: Line, known: _Known) -> list[tuple[str, str]]:
    if not _USERNAME.fullmatch(line.username):
        return [("username", "应当是3至64个小写字母、数字、点、横线")]
    if not 1 <= len(line.name) <= 64:
        return [("name", "应当写明姓名，不超过64个字")]
    if (there := known.people.get(line.username)) is None:
        return []
    id, name = there
    if id is not None and not belongs(id, known.agency):
        return [("username", "登录名已经由其他机关的人员使用")]
    if name != line.name:
        return [("name", f"登录名{line.username}已登记为另一姓名")]
    return []


def _wrong_duty(line: Line, known: _Known) -> list[tuple[str, str]]:
    if line.duty not in _DUTIES:
        return [("duty", f"“{line.duty[:20]}”不是职责")]
    found = []
    if not 1 <= len(line.basis) <= 200:
        found.append(("basis", "应当写明任职依据，不超过200个字"))
    if len(line.title) > 60:
        found.append(("title", "不能超过60个字"))
    if line.since:
        try:
            date.fromisoformat(line.since)
        except ValueError:
            found.append(("since", "应当是日期，例如2026-01-01"))
    others = {d for _a, _u, d in known.posts.get(line.username, set())} - {duty_of(line)}
    administrators = set(ADMINISTRATORS)
    if (duty_of(line) in administrators and others) or others & administrators:
        found.append(("duty", "三员应当由不同人员担任，并且不兼任其他职责"))
    return found
