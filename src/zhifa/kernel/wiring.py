"""Who listens to which fact, and who adds a panel to which page: one table, bound once.

Lower rooms never learn who listens. The kernel declares the empty table and its types; the
composition root fills it when the process starts, the same for web, worker, command and test.
A process in which it is not bound, or bound twice, does not start.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from zhifa.kernel.ledger import StoredEvent


class WiringRefused(RuntimeError):
    """The table is not bound, bound twice, or contradicts itself: the process must not start."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A table that follows the ledger.

    ``apply`` writes what one event changes, in the transaction that moves the reader on. ``clear``
    empties the table, so that it can be built again from nothing.
    """

    name: str
    apply: Callable[[StoredEvent], None]
    clear: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Effect:
    """Something done once because of one event (typeset, send, draft a notice): one queued job.

    A worker that dies may run it again, so ``run`` must find its own work done and leave it.
    """

    name: str
    run: Callable[[StoredEvent], None]


Reader = Projection | Effect


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel shows: a template of the room that owns it, and its context."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelMaker = Callable[[Any, Any], Panel | None]
"""(person, thing) → a panel, or None where there is nothing to show to this person."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """The whole table.

    ``readers``: by event kind. An empty tuple says that nobody listens to this kind, on purpose.
    ``panels``: by the name of a slot that a lower room's page leaves open.
    """

    readers: Mapping[str, tuple[Reader, ...]]
    panels: Mapping[str, tuple[PanelMaker, ...]] = field(default_factory=dict)

    def projections(self) -> dict[str, Projection]:
        """Every projection by name."""
        return {r.name: r for r in self._readers() if isinstance(r, Projection)}

    def effects(self) -> dict[str, Effect]:
        """Every effect by name."""
        return {r.name: r for r in self._readers() if isinstance(r, Effect)}

    def projections_of(self, kind: str) -> tuple[Projection, ...]:
        """The projections that listen to a kind of event."""
        return tuple(r for r in self.readers.get(kind, ()) if isinstance(r, Projection))

    def effects_of(self, kind: str) -> tuple[Effect, ...]:
        """The effects that a kind of event has."""
        return tuple(r for r in self.readers.get(kind, ()) if isinstance(r, Effect))

    def kinds_of(self, name: str) -> frozenset[str]:
        """The kinds of event that a reader listens to."""
        return frozenset(k for k, found in self.readers.items() if name in {r.name for r in found})

    def _readers(self) -> Iterable[Reader]:
        return (reader for found in self.readers.values() for reader in found)


EFFECTS_READER: Final = "kernel.effects"
"""The reader that turns events into owed effects; no projection may take its name."""

_bound: Wiring | None = None


def bind(wiring: Wiring) -> None:
    """Bind the table. Called once, by the composition root, when the process starts."""
    global _bound
    if _bound is not None:
        raise WiringRefused("the wiring is bound already")
    _check(wiring)
    _bound = wiring


def current() -> Wiring:
    """The bound table."""
    if _bound is None:
        raise WiringRefused("the wiring is not bound: the composition root binds it at start")
    return _bound


def is_bound() -> bool:
    """Whether the table is bound; the system check asks this."""
    return _bound is not None


@contextmanager
def rebound(wiring: Wiring) -> Iterator[None]:
    """For tests of the readers themselves: another table for a while."""
    global _bound
    if "pytest" not in sys.modules:
        raise WiringRefused("the wiring is bound once")
    _check(wiring)
    before, _bound = _bound, wiring
    try:
        yield
    finally:
        _bound = before


def panels(slot: str, person: Any, thing: Any) -> tuple[Panel, ...]:
    """What the rooms above add to a slot of a page, in the order of the table."""
    made = (maker(person, thing) for maker in current().panels.get(slot, ()))
    return tuple(panel for panel in made if panel is not None)


def _check(wiring: Wiring) -> None:
    seen: dict[str, Reader] = {}
    for kind, readers in wiring.readers.items():
        names = [reader.name for reader in readers]
        if len(set(names)) != len(names):
            raise WiringRefused(f"{kind}: a reader is listed twice")
        for reader in readers:
            if reader.name == EFFECTS_READER or not reader.name:
                raise WiringRefused(f"{kind}: a reader cannot be called {reader.name!r}")
            if seen.setdefault(reader.name, reader) != reader:
                raise WiringRefused(f"two readers are called {reader.name}")
    for slot, makers in wiring.panels.items():
        if len(set(makers)) != len(makers):
            raise WiringRefused(f"{slot}: a panel is listed twice")
