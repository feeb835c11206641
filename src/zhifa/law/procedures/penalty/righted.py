"""The conditions of what is done after service, each with its article."""

from __future__ import annotations

from typing import Any

from zhifa.law.guards import Attempt, No, guard
from zhifa.law.money import capitals, yuan
from zhifa.law.procedures.parts.approval import approved
from zhifa.law.procedures.parts.paper import served
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.aftermath import (
    EntryStruck,
    GoodsReturned,
    RectificationProposed,
    RefundPaid,
    RefundProposed,
    RemedyBegun,
    ReturnMode,
    RevocationKind,
    RevocationProposed,
)
from zhifa.law.procedures.penalty.later import Forum, OutcomeKind, OutcomeRecorded
from zhifa.law.sources import CF, FY, GP, SS
from zhifa.law.standing import Standing

STRIKEABLE = {
    "reporter.tell": "告知举报人",
    "clock.suspend": "不计入办案期限的时间",
    "payment.record": "缴款",
    "payment.defer": "延期缴纳",
    "record_filing.send": "备案报送",
    "remedy.begin": "复议、诉讼受理",
    "remedy.answer": "复议、诉讼答复",
}
"""The entries that may be struck out: mere records of what happened, on which no paper rests."""


@guard("decision.made", "已作出决定", CF(57))
def is_decided(s: Standing, _a: Attempt) -> No | None:
    """There is a decision to carry out."""
    return None if g.decided(s) else No("尚未作出决定", then="decision.propose")


@guard("decision.stands", "决定没有被撤销", CF(48, 2), CF(75))
def stands(s: Standing, _a: Attempt) -> No | None:
    """What was annulled is neither published nor collected."""
    return No("处罚决定已被撤销或者确认无效") if force.undone(s) else None


@guard("decision.served", "决定书已送达", CF(61))
def decision_served(s: Standing, _a: Attempt) -> No | None:
    """The party carries out what it has received."""
    if not served(s, "penalty_decision"):
        return No("处罚决定书尚未送达", then="document.serve")
    return None


# --- reconsideration and court -----------------------------------------------------------------


@guard("remedy.days", "申请、收到日期合理", FY(48), SS(67, 1))
def remedy_days(s: Standing, a: Attempt) -> No | None:
    """The party applies after the decision; the copy arrives after that, and before the entry."""
    f: RemedyBegun = a.facts
    decided = s.last("decision.approve")
    if decided is not None and f.applied_on < decided.on:
        return No("申请日期不能早于处罚决定日期", field="applied_on")
    if f.received_on < f.applied_on:
        return No("收到副本日期不能早于申请日期", field="received_on")
    if f.received_on > a.on:
        return No("收到副本日期不能晚于登记日期", field="received_on")
    return None


@guard("remedy.one", "复议、诉讼不同时进行", FY(29))
def one_remedy(s: Standing, a: Attempt) -> No | None:
    """While one body has accepted the matter, no other does."""
    f: RemedyBegun = a.facts
    if f.forum is Forum.SUPERIOR:
        return No("上级机关监督不需要登记受理，可以直接登记结果", field="forum")
    if pending := s.open(owed.REMEDY_PENDING.code):
        label = Forum(pending[0].key).label
        return No(f"{label}正在进行", "请先登记其结果", then="outcome.record", field="forum")
    return None


@guard("remedy.reply.owed", "有待答复的复议、诉讼", FY(48), SS(67, 1))
def reply_owed(s: Standing, a: Attempt) -> No | None:
    """An application waits for the agency's reply."""
    key = a.facts.forum.value if a.facts is not None else None
    if not s.open(owed.REPLY_DUE.code, key):
        return No("没有待答复的复议、诉讼", field="forum" if key else "")
    if a.facts is not None and a.facts.sent_on > a.on:
        return No("提交日期不能晚于登记日期", field="sent_on")
    return None


@guard("outcome.days", "文书日期、收到日期、生效日期合理", CF(48, 2))
def outcome_days(_s: Standing, a: Attempt) -> No | None:
    """Date, service and effect are three days; what is not in effect yet changes nothing."""
    f: OutcomeRecorded = a.facts
    if f.served_on < f.dated_on:
        return No("收到日期不能早于文书日期", field="served_on")
    if f.effective_on < f.dated_on:
        return No("生效日期不能早于文书日期", field="effective_on")
    if f.served_on > a.on:
        return No("收到日期不能晚于登记日期", field="served_on")
    if f.effective_on > a.on:
        return No("法律文书尚未生效", "请在生效以后登记", field="effective_on")
    if f.kind is OutcomeKind.ANNULLED_REDO and not f.redo_days:
        return No("责令重新作出的应当写明期限", field="redo_days")
    if f.kind is not OutcomeKind.ANNULLED_REDO and f.redo_days:
        return No("没有责令重新作出的，不填写期限", field="redo_days")
    return None


@guard("outcome.content", "结果的内容完整", FY(63), FY(64), SS(70), SS(77))
def outcome_content(s: Standing, a: Attempt) -> No | None:
    """What annuls says why; what changes says what is left; nobody else's is recorded here."""
    f: OutcomeRecorded = a.facts
    if f.kind is OutcomeKind.REVOKED:
        return No(
            "本机关自行撤销处罚决定的，应当作出撤销决定并送达",
            then="revocation.propose",
            field="kind",
        )
    annuls = (OutcomeKind.ANNULLED, OutcomeKind.ANNULLED_REDO, OutcomeKind.PARTLY)
    if f.kind in annuls and f.ground is None:
        return No("撤销的应当写明撤销的理由", field="ground")
    if f.kind in force.CHANGES and not f.items:
        return No("应当逐项写明仍然有效的处罚", field="items")
    if f.kind not in force.CHANGES and f.items:
        return No("只有变更、部分撤销才填写变更以后的处罚", field="items")
    if len({i.kind for i in f.items}) != len(f.items):
        return No("同一种处罚只写一项", field="items")
    if f.items and f.items == force.items(s):
        return No("与现行有效的处罚相同，没有变更", field="items")
    return None


@guard("outcome.not-worse", "变更没有更为不利", FY(63, 2), SS(77, 2))
def not_worse(s: Standing, a: Attempt) -> No | None:
    """Whoever seeks a remedy is not made worse off, unless a third person asked for that."""
    f: OutcomeRecorded = a.facts
    if f.items and not f.third_party and force.heavier(force.items(s), f.items):
        return No(
            "不得作出对申请人更为不利的变更，但是第三人提出相反请求的除外",
            "请核对文书内容",
            field="items",
        )
    return None


def forum(_s: Standing, f: Any) -> str:
    """The forum as the key of what is open before it."""
    return str(f.forum.value)


def by(wanted: Forum) -> Any:
    """Whether an act is of that forum."""
    return lambda _s, f: f.forum is wanted


# --- of one's own motion -----------------------------------------------------------------------


def says(kind: RevocationKind) -> Any:
    """Whether a proposal is of that kind."""
    return lambda _s, f: isinstance(f, RevocationProposed) and f.kind is kind


@guard("revocation.content", "撤销、变更的内容合法", CF(75, 2), CF(44), CF(45, 2))
def revocation_content(s: Standing, a: Attempt) -> No | None:
    """A change of one's own motion lightens; what is heavier or different needs a case anew."""
    f: RevocationProposed = a.facts
    if f.kind is RevocationKind.REVOKE:
        return No("撤销的不填写变更以后的处罚", field="items") if f.items else None
    if not f.items:
        return No("变更的应当逐项写明仍然有效的处罚", field="items")
    if len({i.kind for i in f.items}) != len(f.items):
        return No("同一种处罚只写一项", field="items")
    if not force.lighter(force.items(s), f.items):
        return No(
            "变更只能减轻处罚",
            "加重处罚或者改变事实、依据的，应当撤销原决定，重新调查、告知后另行作出",
            field="items",
        )
    return None


@guard("rectification.clerical", "只更正文字", CF(75, 2), CF(59))
def is_clerical(s: Standing, a: Attempt) -> No | None:
    """A slip of the pen is put right; what was decided is not touched by that."""
    f: RectificationProposed = a.facts
    if not f.clerical:
        return No(
            "改变事实、依据或者处罚内容的，不能更正",
            "应当撤销或者变更处罚决定",
            then="revocation.propose",
            field="clerical",
        )
    sums = {w for i in force.decided_items(s) if i.amount_fen for w in _sums(i.amount_fen)}
    for slip in f.errata:
        if slip.wrong == slip.right:
            return No("原文与更正后的文字相同", field="errata")
        if any((w in slip.wrong) != (w in slip.right) for w in sums):
            return No(
                "处罚数额不属于文字更正",
                "应当撤销或者变更处罚决定",
                then="revocation.propose",
                field="errata",
            )
    return None


def _sums(fen: int) -> tuple[str, str]:
    return yuan(fen), capitals(fen)


# --- money and goods back ----------------------------------------------------------------------


@guard("refund.owed", "有待退还的罚没款", FY(72, 2), GP(36, item=1))
def refund_owed(s: Standing, _a: Attempt) -> No | None:
    """More was received than is owed."""
    return None if s.open(owed.REFUND_DUE.code) else No("没有待退还的罚没款")


@guard("refund.sums", "退还数额相符", FY(72, 2), GP(36, item=1))
def refund_sums(s: Standing, a: Attempt) -> No | None:
    """All that was received too much, each sum of its kind."""
    f: RefundProposed = a.facts
    due = force.overpaid(s, force.items(s), a.on)
    if (f.fine_fen, f.gain_fen, f.surcharge_fen) != (due.fine, due.gain, due.surcharge):
        return No(f"应当退还{yuan(due.total)}", field="fine_fen")
    return None


@guard("refund.unapproved", "没有已经批准而未退付的", CF(74, 3))
def refund_unapproved(s: Standing, _a: Attempt) -> No | None:
    """One refund at a time."""
    return None if refund_open(s) else No("退还已经批准，等待退付", then="refund.pay")


@guard("refund.approved", "退还已经批准", CF(74, 3))
def refund_approved(s: Standing, _a: Attempt) -> No | None:
    """Nothing leaves the treasury without the head's approval."""
    last = s.last("refund.approve")
    if last is None or s.since(last, "refund.pay"):
        return No("退还尚未批准", then="refund.propose")
    return None


@guard("refund.paid", "退付金额与批准的一致", CF(74, 3), GP(36, item=7))
def refund_paid(s: Standing, a: Attempt) -> No | None:
    """As much as was approved, on a day that has come."""
    f: RefundPaid = a.facts
    made = approved(s, "refund")
    if made is not None and f.amount_fen != made.facts.total_fen:
        return No(f"批准退还的是{yuan(made.facts.total_fen)}", field="amount_fen")
    if f.paid_on > a.on:
        return No("退付日期不能晚于登记日期", field="paid_on")
    return None


@guard("goods.back.owed", "有待退还的财物", FY(72, 2), GP(36, item=1))
def goods_owed_back(s: Standing, _a: Attempt) -> No | None:
    """Goods were taken that are no longer confiscated."""
    return None if s.open(owed.GOODS_BACK.code) else No("没有待退还的财物")


@guard("goods.back.value", "给付的写明金额", GP(36))
def goods_value(_s: Standing, a: Attempt) -> No | None:
    """Where the goods themselves cannot be given back, their value is."""
    f: GoodsReturned = a.facts
    if (f.mode is ReturnMode.GOODS) == bool(f.amount_fen):
        why = "退还原物的不填写金额" if f.amount_fen else "应当写明给付的金额"
        return No(why, field="amount_fen")
    return None


def refund_open(s: Standing) -> bool:
    """Whether a refund is still to be proposed or approved."""
    last = s.last("refund.approve")
    return last is None or bool(s.since(last, "refund.pay"))


# --- striking out ------------------------------------------------------------------------------


@guard("entry.strikeable", "可以划去的记录", CF(47), CF(75, 2))
def strikeable(s: Standing, a: Attempt) -> No | None:
    """A mere record, on which nothing was built since."""
    f: EntryStruck = a.facts
    entry = next((d for d in s.history if str(d.seq) == f.entry), None)
    if entry is None:
        return No("本案没有这一记录，或者已经划去", field="entry")
    if entry.step not in STRIKEABLE or entry.outputs:
        return No(
            "这一记录不能划去",
            f"只有{'、'.join(STRIKEABLE.values())}的登记有误的可以划去；文书有误的依法更正、撤销",
            field="entry",
        )
    if s.since(entry, "refund.propose", "refund.pay", "closing.approve"):
        return No("此后已经据此办理退还或者结案，不能划去", field="entry")
    if entry.step == "remedy.begin" and s.since(entry, "remedy.answer", "outcome.record"):
        return No("此后已经登记答复或者结果，应当先划去答复", field="entry")
    if entry.actor == a.actor.id:
        return No("不能划去自己登记的记录", "请由其他负责人办理", field="entry")
    return None


@guard("entry.any", "有可以划去的记录", CF(47))
def any_entry(s: Standing, _a: Attempt) -> No | None:
    """Something was entered that may be struck out."""
    return None if s.has(*STRIKEABLE) else No("没有可以划去的记录")
