"""Supervision of enforcement (行政执法监督): a notice to the agency, its answer, the evaluation.

A matter of the supervision body's own beside the case that it is about. It never moves that case:
what is to be put right there, the supervised agency does by the case's own steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhifa.law.actor import Duty
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.guards import Attempt, Guard, No, guard
from zhifa.law.procedure import (
    Closes,
    Opens,
    Owed,
    Phase,
    Procedure,
    Separation,
    Starts,
    Step,
    Stops,
    Who,
)
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.parts.paper import Sealed
from zhifa.law.sources import JD, PLAN
from zhifa.law.standing import ObligationKind, Standing

BODY = (JD(6),)
"""Who supervises: the judicial administration, for its government."""
HOW = (JD.whole, PLAN(39))
"""With what instruments; their own articles are not held, so the regulation is cited as a whole."""

UNANSWERED = ObligationKind("supervision.unanswered", "监督通知书尚未答复", (JD.whole,), "answer")
UNEVALUATED = ObligationKind("supervision.unevaluated", "答复尚未评估", (JD.whole,), "evaluate")
UNCLOSED = ObligationKind("supervision.unclosed", "监督事项尚未办结", (JD.whole,), "close")


class Origin(Choice):
    """How the supervision body came to know."""

    WARNING = "warning", "系统预警"
    FILE_REVIEW = "file_review", "案卷评查"
    COMPLAINT = "complaint", "投诉举报"
    OTHER = "other", "其他监督检查"


class Answer(Choice):
    """What the supervised agency says to the finding."""

    CORRECTED = "corrected", "问题属实，已经整改"
    CORRECTING = "correcting", "问题属实，正在整改"
    DISPUTED = "disputed", "有不同意见，说明理由"


class Result(Choice):
    """What the supervision body makes of the answer."""

    SETTLED = "settled", "整改到位"
    EXPLAINED = "explained", "说明的理由成立"
    AGAIN = "again", "整改不到位，应当再次答复"


@dataclass(frozen=True)
class Proposed(Facts):
    """What is found and what is demanded of whom."""

    case: str = fact("案件", prefilled=True)
    agency: str = fact("被监督机关", prefilled=True)
    rule: str = fact("预警规则", prefilled=True, optional=True, default="")
    bases: tuple[str, ...] = fact("依据", Kind.CITES, prefilled=True)
    origin: Origin = fact("问题来源", Kind.CHOICE)
    finding: str = fact("发现的问题", Kind.TEXT, private=True, maximum=2000)
    demand: str = fact("监督要求", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class Declined(Facts):
    """Why no notice goes out."""

    reason: str = fact("不予发出的理由", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class Delivered(Facts):
    """The notice handed to the agency, against a signature."""

    received_by: str = fact("签收人", private=True, help="被监督机关的签收人员")
    note: str = fact("备注", Kind.TEXT, optional=True, private=True, default="", maximum=500)


@dataclass(frozen=True)
class Answered(Facts):
    """The agency's answer."""

    answer: Answer = fact("答复意见", Kind.CHOICE)
    measures: str = fact("整改情况或者理由", Kind.TEXT, private=True, maximum=4000)
    done_on: date | None = fact("整改完成日期", Kind.DAY, optional=True)


@dataclass(frozen=True)
class Evaluated(Facts):
    """The answer weighed."""

    result: Result = fact("评估结果", Kind.CHOICE)
    opinion: str = fact("评估意见", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class Ended(Facts):
    """The matter closed, with what remains to be said."""

    summary: str = fact("办结意见", Kind.TEXT, private=True, maximum=2000)


def waits(s: Standing) -> bool:
    """Whether the proposal is neither approved nor declined."""
    return bool(s.history) and not s.has("approve", "decline")


def addressed(s: Standing) -> str:
    """The agency that is supervised."""
    made = s.latest(Proposed)
    return made.agency if made is not None else ""


def delivered(s: Standing) -> bool:
    """Whether the notice has reached the agency, which may read it from then on."""
    return s.has("deliver")


@guard("supervision.pending", "监督通知书待审批", JD.whole)
def is_pending(s: Standing, _a: Attempt) -> No | None:
    """Approved or declined once."""
    return None if waits(s) else No("监督通知书已经审批")


@guard("supervision.to-seal", "监督通知书待用印", JD.whole)
def to_seal(s: Standing, a: Attempt) -> No | None:
    """The notice is issued and bears no seal yet."""
    key = a.facts.document if a.facts is not None else None
    return None if s.open(UNSEALED.code, key) else No("没有待用印的监督通知书")


@guard("supervision.sealed", "监督通知书已用印，尚未送达", JD.whole)
def to_deliver(s: Standing, _a: Attempt) -> No | None:
    """Only what bears the seal goes out."""
    if s.open(UNSEALED.code):
        return No("监督通知书尚未加盖印章", "请先由印章管理员用印", then="document.seal")
    return None if s.open(UNSERVED.code) else No("没有待送达的监督通知书")


def _is_open(kind: ObligationKind, code: str, title: str, no: str) -> Guard:
    def test(s: Standing, _a: Attempt) -> No | None:
        return None if s.open(kind.code) else No(no)

    return Guard(code, title, (JD.whole,), test)


TO_ANSWER = _is_open(UNANSWERED, "supervision.answering", "监督通知书待答复", "没有待答复的通知书")
TO_EVALUATE = _is_open(UNEVALUATED, "supervision.evaluating", "答复待评估", "没有待评估的答复")


@guard("supervision.corrected-day", "整改完成日期真实", JD.whole)
def corrected_by(_s: Standing, a: Attempt) -> No | None:
    """What is said to be corrected has its day, and no day lies ahead."""
    f: Answered = a.facts
    if f.answer is Answer.CORRECTED and f.done_on is None:
        return No("已经整改的，应当写明整改完成日期", field="done_on")
    if f.done_on is not None and f.done_on > a.on:
        return No("整改完成日期不能晚于答复日期", field="done_on")
    return None


@guard("supervision.evaluated", "答复经评估通过", JD.whole)
def is_evaluated(s: Standing, _a: Attempt) -> No | None:
    """Closed only when nothing is left to answer or to weigh."""
    if not s.open(UNCLOSED.code):
        return No("监督事项没有发出通知书，或者已经办结")
    last = s.last("evaluate")
    if last is None or s.open(UNANSWERED.code) or s.open(UNEVALUATED.code):
        return No("被监督机关的答复尚未评估通过", then="evaluate")
    return None


def _may_end(s: Standing) -> bool:
    waiting = s.open(UNANSWERED.code) or s.open(UNEVALUATED.code)
    return bool(s.open(UNCLOSED.code)) and s.has("evaluate") and not waiting


def _again(_s: Standing, f: Any) -> bool:
    return f.result is Result.AGAIN


SUPERVISOR = Who((Duty.SUPERVISOR,), cites=BODY)
HEAD = Who(
    (Duty.AGENCY_HEAD,),
    apart=(Separation(("propose",), "提出监督意见的人不能审批自己的意见", BODY),),
    cites=BODY,
)
ANSWERING = Who((Duty.AGENCY_HEAD, Duty.REVIEW_HEAD), cites=(JD(2),), at=addressed)
"""The supervised agency: its head, or the head of its legal unit on the head's behalf."""

SUPERVISION = Procedure.of(
    "supervision",
    "行政执法监督通知",
    Step(
        "propose",
        "提出监督意见",
        Proposed,
        SUPERVISOR,
        (*BODY, *HOW),
        Phase.CLUE,
        story="提出监督意见，拟发监督通知书",
        by="supervision",
    ),
    Step(
        "approve",
        "批准发出监督通知书",
        Approved,
        HEAD,
        (*BODY, JD.whole),
        Phase.DECISION,
        needs=(is_pending,),
        owes=(Owed("supervision_notice"),),
        opens=(Opens(UNCLOSED),),
        main=waits,
        story="批准发出监督通知书",
        by="supervision",
    ),
    Step(
        "decline",
        "不予发出",
        Declined,
        HEAD,
        (*BODY, JD.whole),
        Phase.DECISION,
        needs=(is_pending,),
        story="决定不发出监督通知书",
        by="supervision",
    ),
    Step(
        "document.seal",
        "加盖印章",
        Sealed,
        Who((Duty.SEAL_KEEPER,), cites=(JD.whole,)),
        (JD.whole,),
        Phase.SERVICE,
        needs=(to_seal,),
        links=("seal",),
        closes=(Closes(UNSEALED, key=lambda _s, f: f.document),),
        main=lambda s: bool(s.open(UNSEALED.code)),
        story="在监督通知书上加盖印章",
        by="supervision",
    ),
    Step(
        "deliver",
        "送达被监督机关",
        Delivered,
        SUPERVISOR,
        (*BODY, JD.whole),
        Phase.SERVICE,
        needs=(to_deliver,),
        closes=(Closes(UNSERVED),),
        starts=(Starts("supervision.answer"),),
        opens=(Opens(UNANSWERED),),
        main=lambda s: bool(s.open(UNSERVED.code)) and not s.open(UNSEALED.code),
        story="将监督通知书送达被监督机关",
        by="supervision",
    ),
    Step(
        "answer",
        "答复监督通知书",
        Answered,
        ANSWERING,
        (JD(2), JD.whole),
        Phase.PERFORMANCE,
        needs=(TO_ANSWER,),
        checks=(corrected_by,),
        stops=(Stops("supervision.answer"),),
        closes=(Closes(UNANSWERED),),
        opens=(Opens(UNEVALUATED),),
        main=lambda s: bool(s.open(UNANSWERED.code)),
        story="答复监督通知书",
        by="supervision",
    ),
    Step(
        "evaluate",
        "评估答复",
        Evaluated,
        SUPERVISOR,
        (*BODY, JD.whole),
        Phase.REVIEW,
        needs=(TO_EVALUATE,),
        closes=(Closes(UNEVALUATED),),
        starts=(Starts("supervision.answer", when=_again),),
        opens=(Opens(UNANSWERED, when=_again),),
        main=lambda s: bool(s.open(UNEVALUATED.code)),
        story="评估被监督机关的答复",
        by="supervision",
    ),
    Step(
        "close",
        "办结监督事项",
        Ended,
        Who(
            (Duty.AGENCY_HEAD,),
            apart=(Separation(("evaluate",), "评估答复的人不能审批办结", BODY),),
            cites=BODY,
        ),
        (*BODY, JD.whole),
        Phase.CLOSING,
        needs=(is_evaluated,),
        closes=(Closes(UNCLOSED),),
        main=_may_end,
        story="办结监督事项",
        by="supervision",
    ),
    version=1,
    cites=(*BODY, *HOW),
    first="propose",
)
