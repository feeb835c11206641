"""The papers of a review: what is sent, and the opinion on eight points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zhifa.cases.papers import Context, prose
from zhifa.cases.papers.context import citations
from zhifa.law.actor import Actor
from zhifa.law.procedures.penalty.proposal import (
    PenaltyProposed,
    classify,
    differences,
    digest,
)
from zhifa.law.procedures.review import REQUIRED_PAPERS, Concluded, Submitted
from zhifa.law.sources import CF, SJ
from zhifa.records.inputs.parts import Approval, Person
from zhifa.records.inputs.review import (
    ReviewOpinion,
    ReviewPoint,
    ReviewSubmission,
    SubmittedPaper,
)


def changes(
    before: PenaltyProposed | None, after: PenaltyProposed, factors: Mapping[str, str]
) -> str | None:
    """What changed since the last submission, in words; None for a first one."""
    if before is None:
        return None
    lines = [
        f"{d.label}：由“{d.before}”改为“{d.after}”" for d in differences(before, after, factors)
    ]
    kind = classify(before, after).label
    return f"与上次送审相比，{kind}。" + "；".join(lines) + ("。" if lines else "")


def _factors(c: Context) -> dict[str, str]:
    benchmark = c.power.benchmark
    return {f.code: f.label for f in benchmark.factors} if benchmark is not None else {}


def submission(
    c: Context,
    f: Submitted,
    *,
    before: PenaltyProposed | None,
    unit: str,
    triggers: tuple[str, ...],
    due_on: date | None,
) -> ReviewSubmission:
    """法制审核送审表."""
    p = c.proposal
    return ReviewSubmission(
        **c.common,
        party=c.party,
        handling_unit=unit,
        officers=c.team,
        round_no=f.round,
        triggers=triggers or ("普通程序案件应当审核",),
        bases=citations((CF(58), SJ(46))),
        facts=prose.findings(c),
        violated=citations(p.violated),
        penalty_bases=citations(p.penalised_by),
        discretion=prose.discretion(c),
        proposal=c.penalties(p),
        proposal_digest=digest(p),
        papers=tuple(
            SubmittedPaper(
                name=x.name,
                copies="1份" if x.present else "",
                present=x.present,
                note=x.note or ("必备" if x.name in REQUIRED_PAPERS else ""),
            )
            for x in f.papers
        ),
        changes=changes(before, p, _factors(c)),
        approvals=(
            Approval(
                role="承办机构意见",
                opinion=f.note or "提请审核。",
                signer=c.act.main.signer,
                signed_on=c.on,
            ),
        ),
        received_by=None,
        received_on=c.on,
        due_on=due_on,
    )


def opinion(
    c: Context,
    f: Concluded,
    *,
    submitted_on: date,
    round_no: int,
    unit: str,
    reviewer: Actor,
    qualification: str,
) -> ReviewOpinion:
    """法制审核意见书."""
    p = c.proposal
    return ReviewOpinion(
        **c.common,
        party=c.party,
        handling_unit=unit,
        submitted_on=submitted_on,
        round_no=round_no,
        proposal=c.penalties(p),
        proposal_digest=digest(p),
        bases=citations((CF(58), SJ(46))),
        points=tuple(
            ReviewPoint(point=x.point.label, result=x.result.label, opinion=x.opinion)  # type: ignore[arg-type]
            for x in f.findings
        ),
        conclusion=f.conclusion.label,
        advice=f.advice,
        reviewer=Person(name=reviewer.name, post="审核人员"),
        qualification=qualification,
        approvals=(
            Approval(
                role="审核人意见",
                opinion=f"{f.conclusion.label}。",
                signer=reviewer.name,
                signed_on=c.on,
            ),
        ),
    )
