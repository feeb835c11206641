"""A tree of digests: one root for many leaves, and a short proof that a leaf is among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhifa.kernel import canonical
from zhifa.kernel.ledger.hashing import NODE_TAG, node

EMPTY: Final = canonical.digest(NODE_TAG)


def root(leaves: Sequence[str]) -> str:
    """The root of the tree. A leaf without a neighbour rises as it is (RFC 6962's shape)."""
    level = list(leaves)
    if not level:
        return EMPTY
    while len(level) > 1:
        level = _rise(level)
    return level[0]


def path(leaves: Sequence[str], index: int) -> list[str]:
    """The neighbours that lead from the leaf at ``index`` up to the root."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, found = list(leaves), []
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            found.append(level[neighbour])
        level, index = _rise(level), index // 2
    return found


def climb(leaf: str, index: int, size: int, neighbours: Sequence[str]) -> str:
    """The root that a proof leads to. Raises ``ValueError`` if the proof has another length."""
    here, waiting = leaf, list(neighbours)
    while size > 1:
        if index ^ 1 < size:
            if not waiting:
                raise ValueError("the proof is too short")
            other = waiting.pop(0)
            here = node(other, here) if index % 2 else node(here, other)
        index, size = index // 2, (size + 1) // 2
    if waiting:
        raise ValueError("the proof is too long")
    return here


def _rise(level: list[str]) -> list[str]:
    pairs = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
