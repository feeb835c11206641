"""Papers that put a served decision right, and give back what was taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhifa.cases.papers.context import Context, citations
from zhifa.law.money import yuan
from zhifa.law.procedures.parts.paper import served_on
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.effects import published
from zhifa.law.sources import CF, FY, GP
from zhifa.records.inputs.parts import PenaltyItem
from zhifa.records.inputs.righting import (
    ChangeDecision,
    Erratum,
    RectificationDecision,
    RefundNotice,
    RevocationDecision,
)

INTEREST = (
    "退还的款项由财政部门依规定从国库退付。依法应当支付银行同期存款利息或者国家赔偿的，"
    "可以依照《中华人民共和国国家赔偿法》的规定提出请求。"
)


def _decision(c: Context) -> dict[str, Any]:
    """The decision that is put right."""
    paper = c.s.outputs("penalty_decision")[-1]
    made = c.s.last("decision.approve")
    return {
        "party": c.party,
        "decision_no": paper.number,
        "decided_on": made.on if made is not None else c.on,
    }


def _served(c: Context) -> date | None:
    done = force.served_letter(c.s, ("penalty_decision",))
    return served_on(done) if done is not None else None


def _printed(items: Iterable[Any]) -> tuple[PenaltyItem, ...]:
    return tuple(
        PenaltyItem(kind=i.kind.label, amount_fen=i.amount_fen or None, description=i.detail)
        for i in items
    )


def _back(c: Context, left: force.Items) -> str:
    """What is given back once those penalties are in force, and what becomes of the publicity."""
    due = force.overpaid(c.s, left, c.on)
    words = f"已经缴纳的罚没款中，{yuan(due.total)}由本局依法退还。" if due.total else ""
    was, is_taken = force.takes_goods(force.items(c.s)), c.s.has("confiscation.record")
    if was and is_taken and not force.takes_goods(left):
        words += "已经没收的财物依法退还；不能退还的，依法给付相应的价款或者赔偿金。"
    if published(c.s):
        words += "已经公开的行政处罚决定信息依法撤下并公开说明理由。"
    return words


def rectification_decision(c: Context) -> RectificationDecision:
    """行政处罚决定更正书."""
    f = c.facts
    return RectificationDecision(
        **c.common,
        **_decision(c),
        served_on=_served(c),
        reason=f.reason,
        errata=tuple(Erratum(place=e.place, wrong=e.wrong, right=e.right) for e in f.errata),
        bases=citations((CF(75, 2),)),
        contact=c.contact,
    )


def revocation_decision(c: Context) -> RevocationDecision:
    """撤销行政处罚决定书."""
    f = c.facts
    return RevocationDecision(
        **c.common,
        **_decision(c),
        penalties=_printed(force.items(c.s)),
        error=f.error,
        reasons=f.reasons,
        bases=citations((CF(75, 2),)),
        consequence="自本决定送达之日起，上述行政处罚决定不再执行。" + _back(c, ()),
        remedies=c.remedies,
        contact=c.contact,
    )


def change_decision(c: Context) -> ChangeDecision:
    """变更行政处罚决定书."""
    f = c.facts
    return ChangeDecision(
        **c.common,
        **_decision(c),
        before=_printed(force.items(c.s)),
        after=_printed(f.items),
        error=f.error,
        reasons=f.reasons,
        bases=citations((CF(75, 2),)),
        consequence="变更后的处罚按原决定载明的方式和期限履行。" + _back(c, f.items),
        remedies=c.remedies,
        contact=c.contact,
    )


def refund_notice(c: Context) -> RefundNotice:
    """退还罚没款通知书."""
    f = c.facts
    last = [i for i in force.instruments(c.s) if i.kind in force.UNDONE | force.CHANGES][-1]
    made = _decision(c)
    return RefundNotice(
        **c.common,
        party=made["party"],
        decision_no=made["decision_no"],
        instrument=last.number,
        effective_on=last.on,
        fine_fen=f.fine_fen,
        gain_fen=f.gain_fen,
        surcharge_fen=f.surcharge_fen,
        payee=f.payee,
        account=f.account,
        note=f"{f.note.rstrip('。')}。{INTEREST}" if f.note else INTEREST,
        bases=citations((FY(72, 2), GP(36, item=1))),
        contact=c.contact,
    )
