"""Legal review (法制审核) and case examination (案件审核): a matter of its own beside the case.

Submitted with its papers, examined on eight points, passed or returned within its term. What it
decides enters the case as the case's own step, in the same act.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhifa.law.actor import Duty
from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Extends, Opens, Phase, Procedure, Starts, Step, Stops, Who
from zhifa.law.procedures.penalty.later import ReviewKind
from zhifa.law.sources import CF, SCS, SJ, SX118
from zhifa.law.standing import ObligationKind, Standing

PENDING = ObligationKind("review.unconcluded", "审核尚未作出结论", (CF(58),), "pass")


class Point(Choice):
    """The eight points of a review."""

    SUBJECT = "subject", "执法主体是否合法，执法人员是否具备执法资格"
    POWER = "power", "是否超越法定权限、滥用职权"
    PROCEDURE = "procedure", "执法程序是否合法"
    FACTS = "facts", "案件事实是否清楚，证据是否合法充分"
    LAW = "law", "适用法律、法规、规章是否准确"
    DISCRETION = "discretion", "裁量基准运用是否适当"
    PAPERS = "papers", "执法文书是否完备、规范"
    TRANSFER = "transfer", "违法行为是否涉嫌犯罪、需要移送司法机关"


class PointResult(Choice):
    """The answer to one point."""

    PASS = "pass", "符合"
    PROBLEM = "problem", "存在问题"
    NOT_APPLICABLE = "not_applicable", "不涉及"


class Conclusion(Choice):
    """What the review concludes; only the first two open the decision."""

    AGREE = "agree", "同意"
    AGREE_WITH_CORRECTION = "agree_with_correction", "文字更正后同意"
    SUPPLEMENT = "supplement_investigation", "补充调查"
    CORRECT_LAW = "correct_law", "纠正法律适用"
    CORRECT_PROCEDURE = "correct_procedure", "纠正程序"
    CHANGE_DISCRETION = "change_discretion", "调整裁量"
    NO_PENALTY = "no_penalty", "建议不予处罚"
    TRANSFER = "transfer", "建议移送"
    LACK_OF_POWER = "lack_of_power", "无权处理，退回"


PASSING = frozenset({Conclusion.AGREE, Conclusion.AGREE_WITH_CORRECTION})
REQUIRED_PAPERS = ("案件调查终结报告", "拟处理意见", "证据材料", "裁量基准适用说明")


@dataclass(frozen=True)
class PaperLine(Facts):
    """One line of the submission checklist."""

    name: str = fact("材料名称")
    present: bool = fact("齐备", Kind.FLAG, default=False)
    note: str = fact("说明", optional=True, default="", maximum=200)


@dataclass(frozen=True)
class Submitted(Facts):
    """A proposal submitted for review, with its checklist."""

    case: str = fact("案件", prefilled=True)
    kind: ReviewKind = fact("审核类别", Kind.CHOICE, prefilled=True)
    proposal: str = fact("送审意见摘要值", Kind.DIGEST, prefilled=True)
    round: int = fact("第几次送审", Kind.NUMBER, prefilled=True)
    catalogue: tuple[str, ...] = fact("命中的目录事项", prefilled=True, optional=True, default=())
    papers: tuple[PaperLine, ...] = fact("送审材料", Kind.ITEMS)
    note: str = fact("送审说明", Kind.TEXT, private=True, optional=True, default="", maximum=2000)


@dataclass(frozen=True)
class Assigned(Facts):
    """The reviewer named by the head of the review unit."""

    reviewer: str = fact("审核人", Kind.PERSON)


@dataclass(frozen=True)
class Extended(Facts):
    """Three more working days, with the reason."""

    reason: str = fact("延长理由", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class PointFinding(Facts):
    """The finding on one of the eight points."""

    point: Point = fact("审核事项", Kind.CHOICE)
    result: PointResult = fact("审核结果", Kind.CHOICE)
    opinion: str = fact("问题和意见", Kind.TEXT, optional=True, default="", maximum=2000)


@dataclass(frozen=True)
class Concluded(Facts):
    """The review concluded: eight points, a conclusion, advice."""

    findings: tuple[PointFinding, ...] = fact("逐项审核", Kind.ITEMS, private=True)
    conclusion: Conclusion = fact("审核结论", Kind.CHOICE)
    advice: str = fact("具体意见", Kind.TEXT, private=True, maximum=4000)


@guard("review.papers", "送审材料齐备", CF(58), SCS.whole)
def papers_complete(_s: Standing, a: Attempt) -> No | None:
    """What is incomplete goes back at once; the days do not begin."""
    present = {p.name for p in a.facts.papers if p.present}
    missing = [name for name in REQUIRED_PAPERS if name not in present]
    if missing:
        return No(f"送审材料不齐，缺少{'、'.join(missing)}", "请补齐后送审", field="papers")
    return None


@guard("review.open", "审核尚未作出结论", CF(58))
def unconcluded(s: Standing, _a: Attempt) -> No | None:
    """A review is concluded once."""
    return None if s.open(PENDING.code) else No("审核已经作出结论")


@guard("review.assigned", "由指定的审核人审核", CF(58), SCS.whole)
def by_assigned(s: Standing, a: Attempt) -> No | None:
    """Where a reviewer was named, that person reviews."""
    named = s.latest(Assigned)
    if named is not None and named.reviewer != a.actor.id:
        person = a.setting.people.get(named.reviewer)
        return No(f"本件已指定由{person.name if person else '另一名审核人'}审核")
    return None


@guard("review.eight-points", "逐项审核完毕", CF(58), SX118.whole)
def eight_points(_s: Standing, a: Attempt) -> No | None:
    """Every point is answered once; a problem says what it is."""
    found = [x.point for x in a.facts.findings]
    if len(set(found)) != len(found) or set(found) != set(Point):
        return No("八个方面应当逐项审核、各填一次", field="findings")
    for x in a.facts.findings:
        if x.result is PointResult.PROBLEM and not x.opinion.strip():
            return No(f"“{x.point.label}”存在问题，应当写明问题和意见", field="findings")
    return None


@guard("review.passing", "结论与逐项审核一致", CF(58))
def passing(_s: Standing, a: Attempt) -> No | None:
    """What has a problem does not pass."""
    if a.facts.conclusion not in PASSING:
        return No("审核通过的结论应当是同意", field="conclusion")
    if any(x.result is PointResult.PROBLEM for x in a.facts.findings):
        return No("存在问题的不能审核通过", "请退回并写明意见", field="findings")
    return None


@guard("review.returning", "退回有具体问题", CF(58), SCS.whole)
def returning(_s: Standing, a: Attempt) -> No | None:
    """A return names at least one problem."""
    if a.facts.conclusion in PASSING:
        return No("退回的结论不能是同意", field="conclusion")
    if not any(x.result is PointResult.PROBLEM for x in a.facts.findings):
        return No("退回应当至少指出一项问题", field="findings")
    return None


@guard("review.extension", "审核期限只能延长一次", SCS.whole)
def once_extended(s: Standing, _a: Attempt) -> No | None:
    """Once, by the head of the review unit."""
    return No("审核期限已经延长过一次") if s.has("extend") else None


_REVIEWER = Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD), cites=(CF(58),))


def _conclude(code: str, title: str, check: object, main: bool) -> Step:
    return Step(
        code,
        title,
        Concluded,
        _REVIEWER,
        (CF(58), SJ(50)),
        Phase.REVIEW,
        needs=(unconcluded, by_assigned),
        checks=(eight_points, check),  # type: ignore[arg-type]
        stops=(Stops("review"),),
        closes=(Closes(PENDING),),
        main=(lambda s: bool(s.open(PENDING.code))) if main else (lambda s: False),
        story=title,
        by="review",
    )


LEGAL_REVIEW = Procedure.of(
    "legal_review",
    "法制审核（案件审核）",
    Step(
        "submit",
        "送审",
        Submitted,
        Who((Duty.OFFICER,), cites=(CF(58),)),
        (CF(58), SJ(46)),
        Phase.REVIEW,
        checks=(papers_complete,),
        starts=(Starts("review"),),
        opens=(Opens(PENDING),),
        story="送审",
        by="review",
    ),
    Step(
        "assign",
        "指定审核人",
        Assigned,
        Who((Duty.REVIEW_HEAD,), cites=(SCS.whole,)),
        (CF(58), SCS.whole),
        Phase.REVIEW,
        needs=(unconcluded,),
        story="指定审核人",
        by="review",
    ),
    Step(
        "extend",
        "延长审核期限",
        Extended,
        Who((Duty.REVIEW_HEAD,), cites=(SCS.whole,)),
        (CF(58), SCS.whole),
        Phase.REVIEW,
        needs=(unconcluded, once_extended),
        extends=(Extends("review", by=lambda _s, _f: 3),),
        story="延长审核期限三个工作日",
        by="review",
    ),
    _conclude("pass", "审核通过", passing, True),
    _conclude("return", "审核后退回", returning, False),
    version=1,
    cites=(CF(58), SJ(46)),
    first="submit",
)
