"""Competence (执法权限): which body may use a power in an area on a day, and in whose name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.sources import CF, EC

RULE = cite.register("rule", "competence", (CF(17), CF(18), CF(20), CF(22), CF(23), CF(24), CF(25)))


class Mode(StrEnum):
    """How a body comes to hold a power."""

    STATUTORY = "statutory"
    CONCENTRATED = "concentrated"
    COMMISSIONED = "commissioned"
    CONFERRED = "conferred"
    OWN_NAME = "own_name"

    @property
    def label(self) -> str:
        """法定职权, 相对集中行政处罚权, 委托, 赋权乡镇街道, 派出机构以自己名义."""
        return {
            "statutory": "法定职权",
            "concentrated": "相对集中行政处罚权",
            "commissioned": "委托实施",
            "conferred": "赋权乡镇街道",
            "own_name": "派出机构以自己名义",
        }[self.value]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The article that knows this mode."""
        return {
            "statutory": (CF(17),),
            "concentrated": (CF(18, 2),),
            "commissioned": (CF(20),),
            "conferred": (CF(24, 1),),
            "own_name": (EC(53),),
        }[self.value]

    @property
    def displaces(self) -> bool:
        """Whether the body that held the power by statute loses it while this lasts."""
        return self in (Mode.CONCENTRATED, Mode.CONFERRED, Mode.OWN_NAME)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One dated row: this body holds these powers in these areas.

    ``powers`` are power codes, or fields (every power of the field); ``areas`` region codes, each
    meant exactly. ``level`` is city, county or township. ``name`` and ``seal`` are those that a
    document bears, ``in_name_of`` the code of the body whose name it is (another body for a
    commission). ``review_unit`` does the legal review; ``respondent`` answers in reconsideration.
    ``in_force_until`` is the last day. ``source`` is the published document.
    """

    id: str
    powers: tuple[str, ...]
    areas: tuple[str, ...]
    level: str
    body: str
    mode: Mode
    name: str
    seal: str
    in_name_of: str
    review_unit: str
    respondent: str
    in_force_from: date
    source: str
    in_force_until: date | None = None
    cites: tuple[Cite, ...] = ()

    def __post_init__(self) -> None:
        if self.mode is Mode.COMMISSIONED and self.in_name_of == self.body:
            raise ValueError(f"委托实施应当以委托机关名义：{self.id}")
        if self.mode is not Mode.COMMISSIONED and self.in_name_of != self.body:
            raise ValueError(f"只有委托实施才以其他机关名义：{self.id}")
        if not self.source.strip():
            raise ValueError(f"权限登记没有写明来源：{self.id}")

    def in_force(self, on: date) -> bool:
        """Whether the row holds on the day."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )

    def reaches(self, power: str, field: str, area: str) -> bool:
        """Whether the row is about this power in this area, whatever the day."""
        return bool({power, field} & set(self.powers)) and area in self.areas


@dataclass(frozen=True, slots=True)
class Competence:
    """Who acts, in whose name, and why. ``set_aside`` are rows that a stronger one displaces."""

    assignment: Assignment
    cites: tuple[Cite, ...]
    why: str
    set_aside: tuple[Assignment, ...] = ()

    @property
    def body(self) -> str:
        """The code of the body that acts."""
        return self.assignment.body

    @property
    def name(self) -> str:
        """The name that documents bear."""
        return self.assignment.name

    @property
    def mode(self) -> Mode:
        """How the body holds the power."""
        return self.assignment.mode


class CompetenceRefused(LookupError):
    """No single body may act; a Chinese sentence, with the article."""

    def __init__(
        self, message: str, cites: tuple[Cite, ...], found: tuple[Assignment, ...] = ()
    ) -> None:
        self.cites = cites
        self.found = found
        super().__init__(message)


class NoCompetence(CompetenceRefused):
    """Nobody holds the power there on the day, or the body asked about does not."""


class TwoCompetent(CompetenceRefused):
    """Two bodies hold it, each in its own name: the register or the law must decide first."""


def resolve(
    power: str,
    area: str,
    on: date,
    assignments: Iterable[Assignment],
    *,
    field: str = "",
    level: str = "",
    body: str = "",
) -> Competence:
    """Which body may use the power in the area on the day.

    ``field`` is the power's field, so that rows for a whole field count; ``level`` narrows to one
    level; ``body`` asks whether that very body may. A concentrated, conferred or own-name row
    displaces the statutory one. Raises ``NoCompetence`` (none, or expired) or ``TwoCompetent``.
    """
    reaching = [
        a for a in assignments if a.reaches(power, field, area) and (not level or a.level == level)
    ]
    rows = [a for a in reaching if a.in_force(on)]
    if not rows:
        raise _none(reaching, on)
    strong = [a for a in rows if a.mode.displaces]
    weak = [a for a in rows if a.mode is Mode.STATUTORY]
    set_aside = tuple(weak) if strong else ()
    holding = [a for a in rows if a not in set_aside]
    holding = [a for a in holding if not _orphan(a, holding)]
    names = sorted({a.in_name_of for a in holding})
    if len(names) > 1:
        whose = "、".join(sorted({a.name for a in holding}))
        raise TwoCompetent(
            f"同一事项在该区域有两个以上行政机关登记了权限：{whose}；应当先确定管辖",
            (CF(25),),
            tuple(holding),
        )
    if body:
        holding = [a for a in holding if a.body == body]
    if not holding:
        displaced = [a for a in set_aside if a.body == body]
        if displaced:
            raise NoCompetence(
                f"{displaced[0].name}的该项权限已由{strong[0].name}行使", (CF(18, 2),), set_aside
            )
        raise NoCompetence("该机关在该区域没有行使该项权限的登记", (CF(17), CF(38, 1)))
    holding.sort(key=lambda a: (a.mode is Mode.COMMISSIONED, a.id))
    chosen = holding[0]
    why = f"{chosen.name}依{chosen.mode.label}行使，依据：{chosen.source}"
    return Competence(chosen, chosen.cites or chosen.mode.cites, why, set_aside)


def _orphan(row: Assignment, holding: list[Assignment]) -> bool:
    """A commission ends with the power of the body that gave it."""
    return row.mode is Mode.COMMISSIONED and not any(a.body == row.in_name_of for a in holding)


def _none(reaching: list[Assignment], on: date) -> NoCompetence:
    gone = [a for a in reaching if a.in_force_until is not None and a.in_force_until < on]
    if gone:
        last = max(gone, key=lambda a: a.in_force_until or on)
        day = last.in_force_until
        assert day is not None
        return NoCompetence(
            f"{last.name}的该项权限已于{day.year}年{day.month}月{day.day}日届满，没有新的登记",
            (CF(17), CF(38, 1)),
            tuple(gone),
        )
    coming = [a for a in reaching if a.in_force_from > on]
    if coming:
        return NoCompetence("该项权限在这一天尚未生效", (CF(17), CF(38, 1)), tuple(coming))
    return NoCompetence("该区域没有行政机关登记行使该项权限", (CF(17), CF(22), CF(23)))


def affected_by_recall(row: Assignment, running: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The running matters that a recall of the row touches.

    ``running`` pairs a matter's id with the id of the assignment under which it runs.
    """
    return tuple(matter for matter, assignment in running if assignment == row.id)
