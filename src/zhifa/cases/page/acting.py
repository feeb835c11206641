"""What surrounds an act on a page: its number, what was seen, the day, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import BadInput, Stale
from zhifa.kernel.factform import reading
from zhifa.kernel.factform.reading import Unreadable
from zhifa.law import documents
from zhifa.law.guards import Check, Refusal
from zhifa.procedure.acting import raise_refusal
from zhifa.procedure.selectors import NextStep, View
from zhifa.procedure.services import Taken

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sends beside its facts. `late` is set where an earlier day was asked for."""

    act_id: UUID
    seen: int | None
    on: date
    reason: str


def read_sent(request: HttpRequest, today: date) -> Sent:
    """The act's number, the sequence seen, the day and the reason for a late entry.

    Raises `BadInput`: these come from our own page, so whatever does not fit was tampered with.
    """
    post = request.POST
    try:
        act_id = UUID(post.get("act_id", ""))
    except ValueError:
        raise BadInput("页面的办理编号不完整，请刷新页面后重新办理。", field="act_id") from None
    raw = post.get("seen", "").strip()
    if raw and not (raw.isascii() and raw.isdigit() and len(raw) < 10):
        raise BadInput("页面的进度号不完整，请刷新页面后重新办理。", field="seen")
    try:
        on = date.fromisoformat(reading.day(post["on"])) if post.get("on", "").strip() else today
        reason = reading.text(post.get("late_reason", ""), LONGEST_REASON, line=False)
    except Unreadable as no:
        raise BadInput(f"补录日期和理由：{no}。", field="on") from None
    return Sent(act_id, int(raw) if raw else None, on, reason)


def new_act() -> UUID:
    """The number of an act that a page is about to offer."""
    return ids.uuid7()


def done_before(act_id: UUID, by: UUID, step: str, matter_id: UUID | None = None) -> UUID | None:
    """The matter on which the same person took the same step by the same act, if it was taken."""
    for event in ledger.of_act(act_id):
        if matter_id in (None, event.stream_id) and (
            event.actor_id == by and event.kind.endswith(f"/{step}")
        ):
            return event.stream_id
    return None


def refuse_closed(view: View, found: NextStep, seen: int | None) -> None:
    """Refuse a step that is not this person's, or not open, before its form is looked at.

    Where the matter has moved since the page was opened, say so, with what moved.
    """
    refusal = found.may or next(
        (_refusal(found, check) for check in found.checks if not check.met), None
    )
    if refusal is None:
        return
    if found.may is None and seen is not None and seen < view.seen and (told := moved(view, seen)):
        raise Stale(
            "您打开页面之后，案件有了新的进展，本次操作没有生效。",
            changes=told,
            cites=refusal.cites,
            remedy="请看过最新进展后再办理；您填写的内容已经保留。",
        )
    raise_refusal(refusal)


def moved(view: View, seen: int) -> tuple[str, ...]:
    """What happened on the matter after the sequence that was seen."""
    return tuple(
        f"{d.on.isoformat()} {d.actor_name}{view.procedure.steps[d.step].told}"
        for d in view.standing.history
        if d.seq > seen
    )


def tell(request: HttpRequest, taken: Taken, title: str) -> None:
    """Say what was done and which documents it made."""
    made = "、".join(f"《{documents.rule(o.kind).title}》{o.number}" for o in taken.outputs)
    said = f"已{title}"
    if made:
        said += f"，形成{made}"
    messages.success(request, f"{said}。")


def _refusal(found: NextStep, check: Check) -> Refusal:
    assert check.no is not None
    return Refusal(
        "law",
        check.guard.code,
        f"不能{found.step.title}：{check.no.reason}",
        check.guard.cites,
        check.no.remedy,
        check.no.then,
        check.no.field,
    )
