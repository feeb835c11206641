"""Reading reviews: which wait, what was said, and what changed between two submissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.errors import NotFound
from zhifa.law.actor import Actor
from zhifa.law.benchmark import Benchmark, Factor, FactorKind
from zhifa.law.procedures.penalty.proposal import (
    Change,
    Circumstance,
    Difference,
    PenaltyProposed,
    classify,
    differences,
    of_digest,
)
from zhifa.law.procedures.review import Concluded, Submitted
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.registry import selectors as registry
from zhifa.review.models import Review


@dataclass(frozen=True, slots=True)
class Compared:
    """Two submissions side by side."""

    change: Change
    differences: Sequence[Difference]
    since: int
    """The round with which it is compared."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of review, whole."""

    row: Review
    reviewer: str
    submitted: Submitted | None
    concluded: Concluded | None
    compared: Compared | None


def visible_to(actor: Actor) -> QuerySet[Review]:
    """The reviews that a person may read: those of the matters that they may read."""
    allowed = matters.visible_to(actor)
    return Review.objects.filter(case_matter__in=allowed).select_related("matter", "case_matter")


def visible(review_id: UUID, actor: Actor) -> Review:
    """One review, if the person may read it; `NotFound` otherwise."""
    found = visible_to(actor).filter(matter_id=review_id).first()
    if found is None:
        raise NotFound("没有找到这次审核，或者您无权查看。", code="no-such-review")
    return found


def open_of(case_id: UUID) -> Review | None:
    """The review that runs on a case."""
    return Review.objects.filter(case_matter_id=case_id, state=Review.State.OPEN).first()


def rounds(case_matter: Matter) -> tuple[Round, ...]:
    """Every round of a case, newest first."""
    rows = list(
        Review.objects.filter(case_matter=case_matter).select_related("matter").order_by("round")
    )
    if not rows:
        return ()
    on = clock.today()
    case = matters.standing(case_matter, on)
    names = dict(
        Person.objects.filter(id__in=[r.reviewer_id for r in rows]).values_list("id", "name")
    )
    found = []
    for n, row in enumerate(rows):
        own = matters.standing(row.matter, on)
        found.append(
            Round(
                row,
                names.get(row.reviewer_id, "") if row.reviewer_id is not None else "",
                own.latest(Submitted),
                own.latest(Concluded),
                compared(case, rows[n - 1], row, on) if n else None,
            )
        )
    return tuple(reversed(found))


def compared(case: Standing, before: Review, after: Review, on: date) -> Compared | None:
    """What changed from one submission to the next, in words."""
    old, new = of_digest(case, before.proposal), of_digest(case, after.proposal)
    if old is None or new is None:
        return None
    benchmark = _benchmark(new[1].power, on)
    bare = [replace(p, circumstances=()) for p in (old[1], new[1])]
    plain = differences(bare[0], bare[1])
    changed = (*plain, *_factors(old[1], new[1], benchmark))
    return Compared(classify(old[1], new[1]), changed, before.round)


def _factors(
    old: PenaltyProposed, new: PenaltyProposed, benchmark: Benchmark | None
) -> Iterator[Difference]:
    """The factors that changed, as the benchmark names and shows them."""
    before = {c.factor: c for c in old.circumstances}
    after = {c.factor: c for c in new.circumstances}
    for code in dict.fromkeys((*before, *after)):
        if before.get(code) == after.get(code):
            continue
        factor = next((f for f in benchmark.factors if f.code == code), None) if benchmark else None
        label = factor.label if factor is not None else code
        yield Difference(
            f"裁量因素“{label}”",
            _shown(before.get(code), factor),
            _shown(after.get(code), factor),
        )


def _shown(c: Circumstance | None, factor: Factor | None) -> str:
    if c is None:
        return "未填写"
    value: str = c.value
    if factor is not None and factor.kind is FactorKind.FLAG:
        value = factor.show(c.value == "1")
    elif factor is not None and (factor.kind is FactorKind.CHOICE or c.value.isdecimal()):
        value = factor.show(c.value if factor.kind is FactorKind.CHOICE else int(c.value))
    proofs = "、".join(c.evidence)
    return f"{value}，证据：{proofs}" if proofs else f"{value}，没有证据"


def _benchmark(power: str, on: date) -> Benchmark | None:
    try:
        return registry.power(power, on).benchmark
    except NotFound:
        return None
