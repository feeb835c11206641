"""The demonstrations in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.faces.demo import annulled, celery, factory, precedents, supervised
from zhifa.faces.demo.play import ALL, recall
from zhifa.faces.demo.story import STORY, Scene, Story


def _name(n: int) -> UUID:
    return UUID(f"0197a000-0000-7000-8000-{n:012d}")


@dataclass(frozen=True)
class Telling:
    """A story to be told: its code, its title, its scenes, and how it begins."""

    code: str
    title: str
    scenes: tuple[Scene, ...]
    begin: Callable[[], Story]
    is_told: Callable[[Story], bool] = recall


TELLINGS = (
    Telling("food", "第一案：超过保质期的食品", ALL, lambda: Story(name=STORY)),
    Telling(
        "leek",
        "在先案件：韭菜农药残留（最低幅度处罚）",
        precedents.LEEK_SCENES,
        lambda: Story(on=date(2026, 4, 13), name=_name(21)),
    ),
    Telling(
        "bean",
        "在先案件：豇豆农药残留（减轻处罚）",
        precedents.BEAN_SCENES,
        lambda: Story(on=date(2026, 5, 6), name=_name(22)),
    ),
    Telling(
        "celery",
        "第二案：五斤芹菜（不予处罚）",
        celery.SCENES,
        lambda: Story(on=date(2026, 6, 8), name=_name(2)),
    ),
    Telling(
        "factory",
        "第三案：跨越2026年8月15日的工厂（从旧兼从轻）",
        factory.SCENES,
        lambda: Story(on=date(2026, 8, 18), name=_name(3), house="sy"),
    ),
    Telling(
        "annulled",
        "第四案：被撤销的处罚",
        annulled.ALL,
        annulled.Annulled,
    ),
    Telling(
        "supervised",
        "另一案：超期被监督",
        supervised.SCENES,
        lambda: supervised.story(_name(31)),
        supervised.told,
    ),
)
"""The first case, the celery case after the two that it is weighed beside, the factory, the
annulled one; and a case that the supervision body wrote about, which then waits for whoever tries
the demonstration."""
