"""Submitting a proposal for review, and concluding the review. Each is one act on two matters:
the review and the case whose gate it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhifa.cases.models import Case
from zhifa.cases.papers import Context
from zhifa.kernel.errors import AgainstLaw, NotFound, WrongStep
from zhifa.law.guards import Attempt
from zhifa.law.procedures.penalty import later, major
from zhifa.law.procedures.penalty.proposal import current, digest, of_digest
from zhifa.law.procedures.review import (
    LEGAL_REVIEW,
    PASSING,
    Assigned,
    Concluded,
    Conclusion,
    Extended,
    PaperLine,
    PointFinding,
    Submitted,
)
from zhifa.law.sources import CF
from zhifa.law.terms import compute, get
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import (
    Act,
    Move,
    Taken,
    link_matters,
    once,
    open_matter,
    perform,
)
from zhifa.procedure.setting import gather
from zhifa.records import services as records
from zhifa.registry import selectors as registry
from zhifa.review import papers
from zhifa.review.models import Review


@once
def submit(
    *,
    case_id: UUID,
    by: UUID,
    on: date,
    lines: Sequence[PaperLine],
    note: str = "",
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Submit the proposal as it stands. Whether it is a legal review follows from the catalogue."""
    case = _case(case_id)
    standing = matters.standing(case.matter, on)
    proposal = current(standing)
    if proposal is None:
        raise WrongStep("案件尚无处理意见，不能送审。", remedy_step="investigation.end")
    actor, setting = gather(case.matter, standing, by=by, on=on)
    hits = major.catalogue(standing, proposal, Attempt("review.submit", on, actor, setting))
    kind = later.ReviewKind.LEGAL if hits else later.ReviewKind.EXAMINATION
    codes = tuple(h.code for h in hits)
    bound = digest(proposal)
    facts = Submitted(
        case=str(case_id),
        kind=kind,
        proposal=bound,
        round=standing.count("review.submit") + 1,
        catalogue=codes,
        papers=tuple(lines),
        note=note,
    )
    last = standing.latest(later.ReviewSubmitted)
    before = of_digest(standing, last.proposal) if last is not None else None
    with open_matter(
        LEGAL_REVIEW.code,
        agency=case.agency_code,
        region=case.region_code,
        unit=case.matter.unit_code,
        title=f"{kind.label}：{case.cause}"[:200],
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        reason=reason,
        also=lambda review_id: (
            Move(
                case_id,
                "review.submit",
                later.ReviewSubmitted(
                    review=str(review_id), kind=kind, proposal=bound, catalogue=codes
                ),
                seen,
            ),
        ),
    ) as act:
        link_matters(from_id=act.matter.id, to_id=case_id, kind="review_of")
        Review.objects.create(
            matter=act.matter,
            case_matter_id=case_id,
            agency_code=case.agency_code,
            kind=kind.value,
            round=facts.round,
            proposal=bound,
            submitted_on=on,
        )
        due = compute(get("review", on), on, setting.calendar).due
        paper = papers.submission(
            _context(act, case),
            facts,
            before=before[1] if before is not None else None,
            unit=registry.unit_name(case.agency_code, case.matter.unit_code),
            triggers=tuple(h.why for h in hits),
            due_on=due,
        )
        records.issue(act, "review_submission", paper, on_matter=case_id)
    assert act.taken is not None
    return act.taken


@once
def assign(
    *,
    review_id: UUID,
    reviewer: UUID,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Name the reviewer."""
    facts = Assigned(reviewer=str(reviewer))
    with perform(
        review_id, "assign", by=by, on=on, facts=facts, act_id=act_id, seen=seen, reason=reason
    ) as act:
        Review.objects.filter(matter_id=review_id).update(reviewer_id=reviewer)
    assert act.taken is not None
    return act.taken


@once
def extend(
    *,
    review_id: UUID,
    why: str,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Give the review three more working days."""
    with perform(
        review_id,
        "extend",
        by=by,
        on=on,
        facts=Extended(reason=why),
        act_id=act_id,
        seen=seen,
        reason=reason,
    ) as act:
        pass
    assert act.taken is not None
    return act.taken


@once
def conclude(
    *,
    review_id: UUID,
    by: UUID,
    on: date,
    findings: Sequence[PointFinding],
    conclusion: Conclusion,
    advice: str,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Conclude a review. Passed or returned, the case learns of it in the same act."""
    review = Review.objects.select_related("matter").filter(matter_id=review_id).first()
    if review is None:
        raise NotFound("没有找到这件审核事项。", code="no-such-review")
    case = _case(review.case_matter_id)
    facts = Concluded(findings=tuple(findings), conclusion=conclusion, advice=advice)
    passes = conclusion in PASSING
    entered: later.ReviewPassed | later.ReviewReturned
    if passes:
        entered = later.ReviewPassed(
            review=str(review_id),
            kind=later.ReviewKind(review.kind),
            proposal=review.proposal,
            opinion=advice,
        )
    else:
        entered = later.ReviewReturned(
            review=str(review_id), proposal=review.proposal, opinion=advice
        )
    step = "pass" if passes else "return"
    with perform(
        review_id,
        step,
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        seen=seen,
        reason=reason,
        also=(Move(case.matter_id, f"review.{step}", entered),),
    ) as act:
        review.state = Review.State.PASSED if passes else Review.State.RETURNED
        review.reviewer_id, review.concluded_on, review.conclusion = by, on, conclusion.value
        review.save(update_fields=["state", "reviewer_id", "concluded_on", "conclusion"])
        qualification = registry.review_qualification(by)
        if qualification is None:
            raise AgainstLaw("审核人员没有登记审核资格。", cites=(CF(58, 2),))
        paper = papers.opinion(
            _context(act, case),
            facts,
            submitted_on=review.submitted_on,
            round_no=review.round,
            unit=registry.unit_name(case.agency_code, case.matter.unit_code),
            reviewer=act.main.actor,
            qualification=qualification,
        )
        records.issue(act, "review_opinion", paper, on_matter=case.matter_id)
    assert act.taken is not None
    return act.taken


def _case(case_id: UUID) -> Case:
    found = Case.objects.select_related("matter").filter(matter_id=case_id).first()
    if found is None:
        raise NotFound("没有找到这件案件。", code="no-such-case")
    return found


def _context(act: Act, case: Case) -> Context:
    return Context(act, case_no=case.case_no or "", cause=case.cause, matter_id=case.matter_id)
