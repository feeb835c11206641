"""What an approval rests on, in full: what was proposed, opinions so far, the proposal itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhifa.cases import choices, matrix
from zhifa.cases.matrix import Matrix
from zhifa.cases.page.case import CasePage
from zhifa.kernel.factform import Shown, shown
from zhifa.law.cite import Cite
from zhifa.law.power import PowerRule
from zhifa.law.procedure import Step
from zhifa.law.procedures.penalty.proposal import DecisionKind, PenaltyProposed, digest
from zhifa.law.standing import Done

ABOUT_THE_PROPOSAL = (
    "review.submit",
    "notice.propose",
    "notice.approve",
    "notice.return",
    "defence.review",
    "discussion.hold",
    "decision.propose",
    "decision.endorse",
    "decision.approve",
    "decision.return",
    "closing.approve",
)
NOT_SHOWN = ("proposal", "nonce")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said on the way to an approval."""

    who: str
    what: str
    on: date | None
    words: str


@dataclass(frozen=True)
class ProposalView:
    """A proposal as it is read before it is judged."""

    p: PenaltyProposed
    matrix: Matrix
    rule: PowerRule | None
    party: str

    @property
    def digest(self) -> str:
        """What every gate is bound to."""
        return digest(self.p)

    @property
    def violated(self) -> tuple[Cite, ...]:
        """The articles violated."""
        return tuple(Cite.parse(k) for k in self.p.violated)

    @property
    def penalised_by(self) -> tuple[Cite, ...]:
        """The articles that penalise."""
        return tuple(Cite.parse(k) for k in self.p.penalised_by)

    @property
    def tier(self) -> str:
        """The tier by its title in the benchmark."""
        if self.rule is None or self.rule.benchmark is None:
            return ""
        found = (t.title for t in self.rule.benchmark.tiers if t.code.value == self.p.tier)
        return next(found, "")

    @property
    def benchmark(self) -> str:
        """The benchmark's title."""
        return self.rule.benchmark.title if self.rule and self.rule.benchmark else ""

    @property
    def is_penalty(self) -> bool:
        """Whether a penalty is proposed."""
        return self.p.decision is DecisionKind.PENALTY


@dataclass(frozen=True, slots=True)
class Basis:
    """What the page of an approval shows above its form."""

    proposed: Sequence[Shown]
    by: str
    on: date | None
    title: str
    opinions: Sequence[Opinion]
    proposal: ProposalView | None


def basis(page: CasePage, step: Step) -> Basis | None:
    """What the step is to judge, where it judges something."""
    code, _, ending = step.code.rpartition(".")
    about = of_proposal(page) if step.code in ABOUT_THE_PROPOSAL else None
    if ending not in ("endorse", "approve", "return") or not page.standing.has(f"{code}.propose"):
        return Basis((), "", None, "", (), about) if about is not None else None
    done = page.standing.last(f"{code}.propose")
    assert done is not None
    facts = tuple(
        s
        for s in shown(done.facts, choices.words(page, type(done.facts)))
        if s.name not in NOT_SHOWN
    )
    since = page.standing.since(done, f"{code}.endorse", f"{code}.return")
    title = page.view.procedure.steps[done.step].title
    return Basis(facts, done.actor_name, done.on, title, _opinions(page, since), about)


def of_proposal(page: CasePage, p: PenaltyProposed | None = None) -> ProposalView | None:
    """The proposal as it stands, or another of the case, to be read."""
    p = p or page.proposal
    if p is None:
        return None
    rule = choices.power_rule(page, p.power)
    benchmark = rule.benchmark if rule is not None else None
    made = matrix.build(page.standing, page.id, p, benchmark, page.addresses)
    return ProposalView(p, made, rule, page.party.name if page.party is not None else "")


def _opinions(page: CasePage, done: Sequence[Done]) -> tuple[Opinion, ...]:
    steps = page.view.procedure.steps
    return tuple(
        Opinion(
            d.actor_name,
            steps[d.step].told,
            d.on,
            getattr(d.facts, "opinion", "") or getattr(d.facts, "reason", ""),
        )
        for d in done
    )
