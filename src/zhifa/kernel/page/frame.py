"""The frame around every page: which doors its navigation shows, said by the composition root.

A door whose address does not exist is not shown, so that nothing dead stands on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation: its words, the name of its address, its icon."""

    label: str
    name: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The doors of the desk and of the portal, in the order in which they stand."""

    desk: tuple[Door, ...] = ()
    portal: tuple[Door, ...] = ()


_bound = Frame()


def bind(frame: Frame) -> None:
    """Say which doors there are. Called by the composition root when the process starts."""
    global _bound
    _bound = frame


def current() -> Frame:
    """The doors that are bound; none before the composition root has spoken."""
    return _bound


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door with its address; ``here`` when the page lies behind it."""

    label: str
    address: str
    icon: str
    here: bool


def open_doors(doors: tuple[Door, ...], path: str) -> tuple[OpenDoor, ...]:
    """The doors whose address exists. The one with the longest address around the page is here.

    A door that the others lie behind (the home of a face) is here on its own page alone.
    """
    found = [(door, where) for door in doors if (where := address(door.name))]
    homes = {w for _, w in found if any(o != w and o.startswith(w) for _, o in found)}
    around = [w for _, w in found if path == w or (w not in homes and path.startswith(w))]
    here = max(around, key=len, default="")
    return tuple(OpenDoor(d.label, w, d.icon, w == here) for d, w in found)


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of that name, or nothing where no room serves it."""
    if not name:
        return ""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
