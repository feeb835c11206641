"""What the file holds as evidence: entered in this case, or taken over from the one undone."""

from __future__ import annotations

from zhifa.law.standing import Done, Standing

EVIDENCE = ("evidence.add", "evidence.inherit")


def exhibits(s: Standing) -> tuple[Done, ...]:
    """Every piece of evidence, in the order of entry; their facts name number, kind, title, what
    it proves, when and where it was collected, and the file's digest."""
    return s.all(*EVIDENCE)


def numbers(s: Standing) -> frozenset[str]:
    """The numbers of the file's evidence."""
    return frozenset(d.facts.evidence for d in exhibits(s))
