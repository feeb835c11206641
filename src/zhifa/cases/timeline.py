"""The course of a case as a story: each act in a sentence, with its papers and its hash mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhifa.cases.page.case import CasePage
from zhifa.kernel.models import LedgerEvent
from zhifa.kernel.page import Paper, Told, address
from zhifa.law import documents
from zhifa.law.actor import Duty
from zhifa.law.money import yuan
from zhifa.law.procedures.penalty.proposal import PenaltyProposed
from zhifa.law.standing import Done, acting

SHORT = 90


def story(page: CasePage) -> tuple[Told, ...]:
    """What happened, newest first. One query for the hashes; the rest is known."""
    marks = dict(LedgerEvent.objects.filter(stream_id=page.id).values_list("seq", "hash"))
    s = page.standing
    struck = {d.seq for d in s.struck}
    entries = sorted((*s.history, *s.struck), key=lambda d: d.seq, reverse=True)
    return tuple(_told(page, done, marks, done.seq in struck) for done in entries)


def _told(page: CasePage, done: Done, marks: Mapping[int, str], struck: bool) -> Told:
    step = page.view.procedure.steps[done.step]
    sentence, note = _sentence(page, done)
    if struck:
        note = f"此项记录已被划去，不再作为办案依据。{note}"
    second = str(getattr(done.facts, "co_officer", "") or "")
    who = done.actor_name
    if second in page.people:
        who += f"、{page.people[second].name}"
    return Told(
        on=done.on,
        who=who,
        duty=acting(Duty(done.duty).label, done.acting_for) if done.duty else "",
        sentence=sentence or step.told,
        papers=tuple(
            Paper(
                documents.rule(o.kind).title,
                o.number,
                address("records:document", document_id=o.id),
                o.digest,
            )
            for o in done.outputs
        ),
        hash=marks.get(done.seq, ""),
        late=done.reason,
        note=note,
    )


def _sentence(page: CasePage, done: Done) -> tuple[str, str]:
    teller = _TELLERS.get(done.step)
    if teller is not None:
        return teller(page, done.facts)
    for ending in (".endorse", ".approve", ".return"):
        if done.step.endswith(ending):
            words = getattr(done.facts, "opinion", "") or getattr(done.facts, "reason", "")
            return "", f"意见：{_short(words)}" if words else ""
    return "", ""


def _document(page: CasePage, key: str) -> str:
    for done in page.standing.history:
        for o in done.outputs:
            if o.id == key:
                return f"《{documents.rule(o.kind).title}》{o.number}"
    return "文书"


def _proposed(_page: CasePage, p: PenaltyProposed) -> tuple[str, str]:
    items = "；".join(
        i.kind.label + (yuan(i.amount_fen) if i.amount_fen else f"（{i.detail}）") for i in p.items
    )
    changed = f"，{p.cause.label}" if p.cause.value != "initial" else ""
    words = "提出处理意见" if not changed else f"修改处理意见{changed}"
    return f"{words}：{p.decision.label}", items


def _clue(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"登记案源：{f.source.label}", _short(f.summary)


def _verified(_page: CasePage, f: Any) -> tuple[str, str]:
    met = "符合立案标准" if f.criteria_met else "不符合立案标准"
    return f"核查线索，认为{met}", _short(f.found)


def _filing(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"提出立案审批意见：{f.outcome.label}", f.cause


def _evidence(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"登记{f.evidence}《{f.title}》", f"{f.kind.label}，证明{_short(f.proves)}"


def _law(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"确定适用的法律，主体为{f.subject.label}", f.law_version


def _gain(_page: CasePage, f: Any) -> tuple[str, str]:
    gain = f"违法所得{yuan(f.gain_fen)}" if f.gain_fen else "没有违法所得"
    return f"认定货值{yuan(f.goods_value_fen)}、{gain}", ""


def _ordered(_page: CasePage, f: Any) -> tuple[str, str]:
    day = f"{f.due_on.month}月{f.due_on.day}日"
    return f"责令当事人于{day}前改正", _short(f.required)


def _rechecked(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"复查改正情况：{f.result.label}", _short(f.found)


def _submitted(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"将处理意见送{f.kind.label}", ""


def _passed(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"{f.kind.label}通过", _short(f.opinion)


def _returned(_page: CasePage, f: Any) -> tuple[str, str]:
    return "审核后退回", _short(f.opinion)


def _notice(_page: CasePage, f: Any) -> tuple[str, str]:
    right = "告知听证权利" if f.hearing_right else "不属于应当告知听证权利的情形"
    return "提出事先告知意见", right


def _defence(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"听取当事人{f.form.label}陈述申辩", _short(f.content)


def _answered(_page: CasePage, f: Any) -> tuple[str, str]:
    adopted = sum(p.adopted for p in f.points)
    return f"复核陈述申辩{len(f.points)}项，采纳{adopted}项", _short(f.conclusion)


def _discussed(_page: CasePage, f: Any) -> tuple[str, str]:
    outcome = "同意拟处理意见" if f.agreed else "不同意拟处理意见"
    return f"主持集体讨论，{len(f.opinions)}人参加，{outcome}", _short(f.conclusion)


def _sealed(page: CasePage, f: Any) -> tuple[str, str]:
    return f"在{_document(page, f.document)}上加盖印章", ""


def _served(page: CasePage, f: Any) -> tuple[str, str]:
    relation = f"（{f.relation}）" if f.relation else ""
    taken = "拒绝签收" if f.refused else f"由{f.received_by}{relation}签收"
    return f"{f.method.label}{_document(page, f.document)}", taken


def _paid(_page: CasePage, f: Any) -> tuple[str, str]:
    total = f.fine_fen + f.gain_fen + f.surcharge_fen
    return f"登记缴款{yuan(total)}", f"{f.bank}，票据{f.receipt}"


def _begun(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"登记当事人{_day(f.applied_on)}申请{f.forum.label}", f"{f.body}，{f.number}"


def _answered_remedy(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"向{f.forum.label}机关提出书面答复", _short(f.reply)


def _outcome(_page: CasePage, f: Any) -> tuple[str, str]:
    why = f"（{f.ground.label}）" if f.ground is not None else ""
    left = "，变更后：" + _items(f.items) if f.items else ""
    days = f"，责令{f.redo_days}日内重新作出" if f.redo_days else ""
    words = f"登记{f.forum.label}结果：{f.kind.label}{why}{days}{left}"
    return words, f"{f.body}{f.instrument}，{_day(f.effective_on)}生效"


def _revoking(_page: CasePage, f: Any) -> tuple[str, str]:
    left = f"为：{_items(f.items)}" if f.items else ""
    return f"提出{f.kind.label}处罚决定{left}", _short(f.error)


def _rectifying(_page: CasePage, f: Any) -> tuple[str, str]:
    slips = "；".join(f"“{e.wrong}”更正为“{e.right}”" for e in f.errata)
    return f"提出更正处罚决定的文字差错{len(f.errata)}处", _short(slips)


def _refunding(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"提出退还罚没款{yuan(f.total_fen)}", ""


def _refunded(_page: CasePage, f: Any) -> tuple[str, str]:
    extra = f"，另付利息{yuan(f.interest_fen)}" if f.interest_fen else ""
    return f"登记退付{yuan(f.amount_fen)}{extra}", f"退库凭证{f.receipt}"


def _returned_goods(_page: CasePage, f: Any) -> tuple[str, str]:
    sum_ = yuan(f.amount_fen) if f.amount_fen else ""
    return f"退还没收的财物：{f.mode.label}{sum_}", _short(f.detail)


def _struck(page: CasePage, f: Any) -> tuple[str, str]:
    entry = next((d for d in page.standing.struck if str(d.seq) == f.entry), None)
    what = page.view.procedure.steps[entry.step].title if entry is not None else "记录"
    return f"划去第{f.entry}号记录（{what}）", _short(f.reason)


def _reopened(_page: CasePage, f: Any) -> tuple[str, str]:
    return "另行登记案件，对被撤销的处罚重新处理", _short(f.reason)


def _inherited(_page: CasePage, f: Any) -> tuple[str, str]:
    told = f"原处罚决定{f.decision_no}被{f.instrument}{f.outcome.label}"
    return f"承接原案{f.case_no}，登记不得重复的处罚", told


def _taken_over(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"沿用{f.evidence}《{f.title}》", _short(f.examined)


def _items(items: Any) -> str:
    return "；".join(i.kind.label + (yuan(i.amount_fen) if i.amount_fen else "") for i in items)


def _day(day: Any) -> str:
    return f"{day.month}月{day.day}日"


def _closing(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"提出结案意见：{f.reason.label}", _short(f.execution)


def _archived(_page: CasePage, f: Any) -> tuple[str, str]:
    return f"案卷归档，案卷号{f.file_no}", f"保管期限{f.retention.label}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


_TELLERS: Mapping[str, Callable[[CasePage, Any], tuple[str, str]]] = {
    "clue.register": _clue,
    "clue.verify": _verified,
    "filing.propose": _filing,
    "evidence.add": _evidence,
    "law.settle": _law,
    "gain.find": _gain,
    "correction.order": _ordered,
    "correction.recheck": _rechecked,
    "investigation.end": _proposed,
    "proposal.amend": _proposed,
    "review.submit": _submitted,
    "review.pass": _passed,
    "review.return": _returned,
    "notice.propose": _notice,
    "defence.hear": _defence,
    "defence.review": _answered,
    "discussion.hold": _discussed,
    "document.seal": _sealed,
    "document.serve": _served,
    "payment.record": _paid,
    "remedy.begin": _begun,
    "remedy.answer": _answered_remedy,
    "outcome.record": _outcome,
    "revocation.propose": _revoking,
    "rectification.propose": _rectifying,
    "refund.propose": _refunding,
    "refund.pay": _refunded,
    "goods.return": _returned_goods,
    "entry.strike": _struck,
    "redo.open": _reopened,
    "redo.inherit": _inherited,
    "evidence.inherit": _taken_over,
    "closing.propose": _closing,
    "archive.file": _archived,
}
