"""Doing it again: a matter of its own that knows what was annulled, and may not repeat it.

行政复议法 64 II and 行政诉讼法 71: ordered to act anew, the agency may not on the same facts and
grounds do the same or basically the same, unless the decision fell for its procedure alone.
"""

from __future__ import annotations

from dataclasses import replace

from zhifa.law import cite, params
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.aftermath import EvidenceInherited, OldEvidence, RedoInherited
from zhifa.law.procedures.penalty.facts import ClueRegistered, ClueSource
from zhifa.law.procedures.penalty.later import AnnulGround, Forum
from zhifa.law.procedures.penalty.proposal import DecisionKind, PenaltyProposed
from zhifa.law.sources import CF, FY, SS, SSJS
from zhifa.law.standing import Standing

SAME = (FY(64, 2), SS(71))
cite.register("rule", "redo.basically-same", SAME, unconfirmed=True)


def basically_same(before: PenaltyProposed, now: PenaltyProposed) -> bool:
    """Whether two penalties are the same or basically the same: the same kinds, and no fine or sum
    lower by more than the margin."""
    if now.decision is not DecisionKind.PENALTY or now.kinds != before.kinds:
        return False
    margin = params.load("limits")["redo_basically_same_percent"]
    old = {i.kind: i.amount_fen for i in before.items}
    return all(100 * i.amount_fen >= (100 - margin) * old[i.kind] for i in now.items)


def same_basis(inherited: RedoInherited, now: PenaltyProposed) -> bool:
    """Whether a proposal rests on the annulled decision's facts and grounds: the same articles,
    and not one piece of evidence that was not in that file. Other words alone are no other facts.
    """
    before = inherited.before
    if (before.violated, before.penalised_by) != (now.violated, now.penalised_by):
        return False
    taken_over = {number(e) for e in inherited.evidence}
    return all(e in taken_over for f in now.findings for e in f.evidence)


def number(old: OldEvidence) -> str:
    """The number that inherited evidence bears in the new file: 原证3."""
    return f"原{old.evidence}"


def inheritable(s: Standing) -> tuple[OldEvidence, ...]:
    """The evidence of the annulled case that was not taken over yet."""
    source = s.latest(RedoInherited)
    taken = {d.facts.evidence for d in s.all("evidence.inherit")}
    return tuple(e for e in source.evidence if number(e) not in taken) if source else ()


@guard("redo.undone", "处罚决定已被撤销", FY(64, 1), SS(70), CF(75, 2))
def is_undone(s: Standing, _a: Attempt) -> No | None:
    """Only what fell is done again."""
    return None if force.undone(s) else No("处罚决定没有被撤销", then="outcome.record")


@guard("redo.once", "尚未重新处理", CF(29))
def not_redone(s: Standing, _a: Attempt) -> No | None:
    """One act is handled anew once."""
    return No("已经另行立案重新处理") if s.has("redo.open") else None


@guard("redo.begun", "正在重新处理", FY(64, 1))
def is_redone(s: Standing, _a: Attempt) -> No | None:
    """The new matter was opened from this one."""
    return None if s.has("redo.open") else No("没有重新处理的案件", then="redo.open")


@guard("redo.fresh", "重新处理的案件尚未登记原案", FY(64, 2))
def not_inherited(s: Standing, _a: Attempt) -> No | None:
    """What a redo is bound by is fixed once, when it begins."""
    clue = s.latest(ClueRegistered)
    if clue is None or clue.source is not ClueSource.REDO:
        return No("本案不是重新处理的案件")
    if s.has("redo.inherit", "clue.verify"):
        return No("原案情况在登记案源时一并登记，不能再次登记")
    return None


@guard("redo.told", "重新处理的案件已登记原案", FY(64, 2), SS(71))
def original_told(s: Standing, _a: Attempt) -> No | None:
    """No redo goes on without the decision that it may not repeat."""
    clue = s.latest(ClueRegistered)
    if clue is not None and clue.source is ClueSource.REDO and not s.has("redo.inherit"):
        return No("没有登记被撤销的处罚决定", "重新处理的案件应当从被撤销的案件另行立案")
    return None


@guard("redo.evidence", "有可以沿用的原案证据", CF(46), FY(64, 2))
def has_inheritable(s: Standing, a: Attempt) -> No | None:
    """Evidence of the annulled case, named piece by piece."""
    left = inheritable(s)
    if not left:
        return No("没有可以沿用的原案证据")
    f = a.facts
    if f is not None and f.original not in {e.evidence for e in left}:
        return No("原案没有这份证据，或者已经沿用", field="original")
    return None


@guard("redo.evidence.true", "沿用的证据与原案一致", CF(46, 3))
def evidence_true(s: Standing, a: Attempt) -> No | None:
    """What is taken over is what was entered there; nobody types it anew."""
    f: EvidenceInherited = a.facts
    if taken_over(s, f) != f:
        return No("沿用的证据与原案登记的不一致", "请重新选择", field="original")
    return None


def taken_over(s: Standing, f: EvidenceInherited) -> EvidenceInherited:
    """The facts with what follows from the piece that was chosen."""
    source = s.latest(RedoInherited)
    old = next((e for e in inheritable(s) if e.evidence == f.original), None)
    if source is None or old is None:
        return f
    return replace(
        f,
        evidence=number(old),
        matter=source.matter,
        kind=old.kind,
        title=old.title,
        proves=old.proves,
        collected_at=old.collected_at,
        place=old.place,
        sha256=old.sha256,
    )


@guard("redo.different", "没有重复被撤销的处罚", FY(64, 2), SS(71), SSJS(90))
def different(s: Standing, a: Attempt) -> No | None:
    """On the same facts and grounds not the same or basically the same; the procedure's fault
    alone leaves the agency free."""
    source = s.latest(RedoInherited)
    if source is None or source.forum not in (Forum.RECONSIDERATION, Forum.COURT):
        return None
    if source.ground is AnnulGround.PROCEDURE:
        return None
    p: PenaltyProposed = a.facts
    if not (same_basis(source, p) and basically_same(source.before, p)):
        return None
    return No(
        f"原处罚决定（{source.decision_no}）已被{source.instrument}撤销，不得以同一事实和理由作出与其"
        "相同或者基本相同的处罚",
        "请补充新的证据查清事实，或者依法改变适用的依据、处罚的种类和幅度，或者不予处罚",
        field="items",
    )
