"""What the house fills into a step's form: what it knows already, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhifa.cases import choices
from zhifa.cases.page.case import CasePage
from zhifa.law.actor import Duty
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.facts import Json, encode, fields
from zhifa.law.guards import Attempt
from zhifa.law.money import yuan
from zhifa.law.procedure import Step
from zhifa.law.procedures.parts.approval import approved
from zhifa.law.procedures.penalty import aftermath, again, force, later, major, paying
from zhifa.law.procedures.penalty.decision import money_due
from zhifa.law.procedures.penalty.facts import ClueRegistered, FilingProposed, GainFound, Verified
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    DecisionKind,
    PartyClass,
    PenaltyProposed,
    digest,
)
from zhifa.law.subject import FOOD_LAWS
from zhifa.procedure.setting import gather
from zhifa.registry import selectors as registry

Values = dict[str, Json]
BY_DOCUMENT = "办理时按所选文书填写"
BY_HOUSE = "办理时由系统编号"
BY_UPLOAD = "上传后计算"
BY_CHOICE = "办理时按所选证据填写"
BY_ANSWER = "办理时按填写的主体和日期确定"


def of_step(page: CasePage, step: Step) -> Values:
    """The values that a step's form begins with. Prefilled fields are always among them."""
    made: Values = {}
    names = {f.name for f in fields(step.facts)}
    if "co_officer" in names:
        made["co_officer"] = _second(page)
    if "proposal" in names:
        made["proposal"] = digest(page.proposal) if page.proposal is not None else ""
    maker = _MAKERS.get(step.code)
    if maker is not None:
        made |= maker(page)
    return made


def _second(page: CasePage) -> str:
    team = [i for i in page.team_ids if i != page.desk.actor.id]
    if team:
        return team[0]
    verified = page.standing.latest(Verified)
    if verified is not None and verified.co_officer != page.desk.actor.id:
        return verified.co_officer
    return ""


def _place(page: CasePage) -> str:
    clue = page.standing.latest(ClueRegistered)
    return clue.place if clue is not None else ""


def _filing(page: CasePage) -> Values:
    s = page.standing
    clue, met, on = s.latest(ClueRegistered), s.latest(Verified), page.on.isoformat()
    done = s.last("clue.verify")
    team = [page.desk.actor.id]
    if met is not None and done is not None:
        team = [done.actor, met.co_officer]
    return {
        "outcome": "file" if met is not None and met.criteria_met else "not_file",
        "party": clue.party if clue is not None else "",
        "acted_until": clue.received_on.isoformat() if clue is not None else on,
        "handlers": list(dict.fromkeys(i for i in team if i)),
    }


def _handlers(page: CasePage) -> Values:
    return {"handlers": list(page.team_ids)}


def _party(page: CasePage) -> Values:
    p = page.party
    if p is None:
        return {}
    return {
        "party": str(p.id),
        "address": p.premises,
        "recipient": p.representative or p.name,
    }


def _inspection(page: CasePage) -> Values:
    return {"place": _place(page)}


def _interview(page: CasePage) -> Values:
    p = page.party
    return {"interviewee": (p.representative or p.name) if p is not None else ""}


def _evidence(page: CasePage) -> Values:
    return {"evidence": BY_HOUSE, "sha256": BY_UPLOAD, "place": _place(page)}


def _law(page: CasePage) -> Values:
    filing = page.standing.latest(FilingProposed)
    until = filing.acted_until if filing is not None else None
    rule = choices.power_rule(page)
    about_food = rule is None or rule.penalty[0].law in FOOD_LAWS
    answers: Values = {"subject": "licensed"}
    if not about_food:
        answers = {"subject": "not_food", "diligence_reason": "本案不涉及食品。"}
        answers |= dict.fromkeys(("inspected", "unaware", "source_named"), "not_applicable")
    return answers | {
        "law": BY_ANSWER,
        "law_version": BY_ANSWER,
        "comparison": BY_ANSWER,
        "acted_until": until.isoformat() if until is not None else "",
    }


def _recusal(page: CasePage) -> Values:
    asked = page.standing.open("recusal.undecided")
    return {"person": asked[0].key if asked else ""}


def _extension(_page: CasePage) -> Values:
    return {"days": 30}


def _proposal(page: CasePage) -> Values:
    s, before = page.standing, page.proposal
    if before is not None:
        kept = encode(before)
        assert isinstance(kept, dict)
        return {**kept, "cause": _cause(page).value, "co_officer": _second(page)}
    filing = s.latest(FilingProposed)
    rule = registry.power(page.case.power, page.on) if page.case.power else None
    gain = s.latest(GainFound)
    items: list[Json] = [{"kind": "fine"}]
    if gain is not None and gain.gain_fen:
        items.append({"kind": "confiscate_gain", "amount_fen": gain.gain_fen})
    return {
        "decision": DecisionKind.PENALTY.value,
        "party": filing.party if filing is not None else "",
        "party_class": PartyClass.PERSON.value,
        "power": page.case.power,
        "violated": [c.key for c in rule.violated] if rule is not None else [],
        "penalised_by": [c.key for c in rule.penalty] if rule is not None else [],
        "items": items,
    }


def _cause(page: CasePage) -> ChangeCause:
    """Why the proposal changes, as the latest of what may change it suggests."""
    last = page.standing.last("review.return", "defence.review", "hearing.hold", "discussion.hold")
    return {
        "review.return": ChangeCause.REVIEW,
        "defence.review": ChangeCause.DEFENCE,
        "hearing.hold": ChangeCause.HEARING,
        "discussion.hold": ChangeCause.DISCUSSION,
    }.get(last.step if last is not None else "", ChangeCause.NEW_EVIDENCE)


def hearing_right(page: CasePage, p: PenaltyProposed) -> tuple[bool, tuple[str, ...], str]:
    """Whether the party may ask for a hearing, the articles' keys, and why."""
    actor, setting = gather(page.case.matter, page.standing, by=page.desk.id, on=page.on)
    due, cites, why = major.hearing(p, Attempt("notice.propose", page.on, actor, setting))
    return due, tuple(c.key for c in cites), why


def _notice(page: CasePage) -> Values:
    if page.proposal is None:
        return {}
    due, cites, _why = hearing_right(page, page.proposal)
    return {"hearing_right": due, "hearing_basis": list(cites) if due else []}


def _heard(page: CasePage) -> Values:
    p = page.party
    return {
        "speaker": (p.representative or p.name) if p is not None else "",
        "place": registry.agency(page.case.agency_code, page.on).full_name,
    }


def _answered(page: CasePage) -> Values:
    heard = page.standing.latest(later.DefenceHeard)
    return {"points": [{"point": heard.content[:2000]}] if heard is not None else []}


def _hearing(page: CasePage) -> Values:
    chairs = registry.people_with(Duty.HEARING_CHAIR, page.case.agency_code, page.on)
    return {"chair": chairs[0].id if chairs else "", "public": True}


def _discussion(page: CasePage) -> Values:
    heads = registry.people_with(Duty.AGENCY_HEAD, page.case.agency_code, page.on)
    me = page.desk.actor.id
    ordered = [h for h in heads if h.id != me] + [h for h in heads if h.id == me]
    return {
        "quorum": len(heads),
        "reporter": page.team_ids[0] if page.team_ids else "",
        "opinions": [{"member": h.id, "office": h.title} for h in ordered],
    }


def _decision(page: CasePage) -> Values:
    s, p = page.standing, page.proposal
    answered = s.latest(later.DefenceReviewed)
    if answered is not None:
        adopted = f"当事人提出陈述、申辩，经复核：{answered.conclusion}"
    else:
        adopted = "当事人在规定期限内没有提出陈述、申辩意见。"
    items = ""
    if p is not None:
        items = "、".join(
            i.kind.label + (yuan(i.amount_fen) if i.amount_fen else "") for i in p.items
        )
    words = f"建议{p.decision.label}：{items}。" if p is not None and items else ""
    return {"defence_adopted": adopted, "summary": words}


def _served(page: CasePage) -> Values:
    s = page.standing
    unsealed = {o.key for o in s.open(UNSEALED.code)}
    waiting = [o.key for o in s.open(UNSERVED.code) if o.key not in unsealed]
    confirmed = s.last("party.confirm")
    made: Values = {"document": waiting[0] if waiting else "", "document_kind": BY_DOCUMENT}
    if confirmed is not None:
        made |= {"place": confirmed.facts.address, "received_by": confirmed.facts.recipient}
    if page.party is not None and page.party.representative_label:
        made["relation"] = page.party.representative_label
    return made


def _sealed(page: CasePage) -> Values:
    waiting = page.standing.open(UNSEALED.code)
    return {"document": waiting[0].key if waiting else ""}


def _payment(page: CasePage) -> Values:
    s = page.standing
    rest = max(0, money_due(s) - paying.paid(s))
    fine = min(rest, max(0, force.fine(force.items(s)) - paying.fine_paid(s)))
    return {
        "fine_fen": fine,
        "gain_fen": rest - fine,
        "surcharge_fen": paying.surcharge_due(s, page.on),
        "paid_on": page.on.isoformat(),
        "bank": registry.agency(page.case.agency_code, page.on).bank[:100],
    }


def _report(page: CasePage) -> Values:
    return {"sent_on": page.on.isoformat()}


def _closing(page: CasePage) -> Values:
    p = page.proposal
    kind = DecisionKind.PENALTY if p is None else p.decision
    reason = {
        DecisionKind.PENALTY: "performed",
        DecisionKind.NO_PENALTY: "no_penalty",
        DecisionKind.TRANSFER_CRIMINAL: "transferred",
        DecisionKind.TRANSFER_AGENCY: "transferred",
        DecisionKind.WITHDRAW: "withdrawn",
        DecisionKind.TERMINATE: "terminated",
    }[kind]
    total = paying.paid(page.standing)
    execution = f"当事人已缴清罚没款{yuan(total)}。" if total else ""
    if force.undone(page.standing):
        back = force.given_back(page.standing).total
        reason = "annulled"
        execution = "处罚决定已被依法撤销" + (f"，已退还罚没款{yuan(back)}。" if back else "。")
    return {"reason": reason, "execution": execution}


def _begun(page: CasePage) -> Values:
    day = page.on.isoformat()
    body = registry.remedies(page.case.agency_code, "penalty", page.on).reconsideration_body
    return {"forum": "reconsideration", "body": body, "applied_on": day, "received_on": day}


def _reply(page: CasePage) -> Values:
    open_ones = page.standing.open("remedy.reply")
    forum = open_ones[0].key if open_ones else "reconsideration"
    return {"forum": forum, "sent_on": page.on.isoformat()}


def _outcome(page: CasePage) -> Values:
    begun, day = page.standing.latest(aftermath.RemedyBegun), page.on.isoformat()
    made: Values = {"dated_on": day, "served_on": day, "effective_on": day}
    if begun is not None and page.standing.open("remedy.pending"):
        made |= {"forum": begun.forum.value, "body": begun.body}
    return made


def _revocation(_page: CasePage) -> Values:
    return {"kind": aftermath.RevocationKind.REVOKE.value}


def _refund(page: CasePage) -> Values:
    due = force.overpaid(page.standing, force.items(page.standing), page.on)
    payee = page.party.name if page.party is not None else ""
    return {
        "fine_fen": due.fine,
        "gain_fen": due.gain,
        "surcharge_fen": due.surcharge,
        "payee": payee,
    }


def _refunded(page: CasePage) -> Values:
    made = approved(page.standing, "refund")
    total = made.facts.total_fen if made is not None else 0
    return {"amount_fen": total, "paid_on": page.on.isoformat()}


def _reopened(_page: CasePage) -> Values:
    return {"matter": BY_HOUSE}


def _inherited(page: CasePage) -> Values:
    left = again.inheritable(page.standing)
    return {
        "original": left[0].evidence if left else "",
        "evidence": BY_CHOICE,
        "matter": BY_CHOICE,
        "kind": left[0].kind.value if left else "document",
        "title": BY_CHOICE,
        "proves": BY_CHOICE,
        "place": BY_CHOICE,
        "sha256": BY_CHOICE,
    }


def _archive(_page: CasePage) -> Values:
    return {"file_no": BY_HOUSE, "retention": "thirty_years"}


_MAKERS: Mapping[str, Callable[[CasePage], Values]] = {
    "filing.propose": _filing,
    "handlers.change": _handlers,
    "party.confirm": _party,
    "inspection.record": _inspection,
    "interview.record": _interview,
    "evidence.add": _evidence,
    "law.settle": _law,
    "recusal.decide": _recusal,
    "extension.propose": _extension,
    "investigation.end": _proposal,
    "proposal.amend": _proposal,
    "notice.propose": _notice,
    "defence.hear": _heard,
    "defence.review": _answered,
    "hearing.notify": _hearing,
    "discussion.hold": _discussion,
    "decision.propose": _decision,
    "document.seal": _sealed,
    "document.serve": _served,
    "payment.record": _payment,
    "remedy.begin": _begun,
    "remedy.answer": _reply,
    "outcome.record": _outcome,
    "revocation.propose": _revocation,
    "refund.propose": _refund,
    "refund.pay": _refunded,
    "redo.open": _reopened,
    "evidence.inherit": _inherited,
    "record_filing.send": _report,
    "closing.propose": _closing,
    "archive.file": _archive,
}
