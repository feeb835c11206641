"""Two texts side by side: what stood in the original and is hidden, what stands there instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``changed`` where the other side says something else."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The original with what was hidden marked, the notice with what replaces it marked."""

    original: tuple[Piece, ...]
    notice: tuple[Piece, ...]

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is no longer there, each once."""
        return tuple(dict.fromkeys(p.text for p in self.original if p.changed and p.text.strip()))


def compare(original: str, notice: str) -> Comparison:
    """Compare by characters, numbers and Latin words kept whole."""
    before = _PIECE.findall(original[:LONGEST])
    after = _PIECE.findall(notice[:LONGEST])
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = kind == "equal"
        if b > a:
            left.append(Piece("".join(before[a:b]), not same))
        if d > c:
            right.append(Piece("".join(after[c:d]), not same))
    return Comparison(_joined(left), _joined(right))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Runs of one kind together; a lone character between two changed runs belongs to them."""
    found: list[Piece] = []
    for n, piece in enumerate(pieces):
        around = pieces[n - 1 : n] + pieces[n + 1 : n + 2]
        lone = len(piece.text) == 1 and len(around) == 2 and all(p.changed for p in around)
        changed = piece.changed or lone
        if found and found[-1].changed is changed:
            found[-1] = Piece(found[-1].text + piece.text, changed)
        else:
            found.append(Piece(piece.text, changed))
    return tuple(found)
