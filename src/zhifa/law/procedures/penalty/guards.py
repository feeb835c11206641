"""The guards of a penalty case up to its proposal, each with its article."""

from __future__ import annotations

from datetime import date

from zhifa.law.actor import Duty
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.periods import add_months
from zhifa.law.procedures.parts.approval import approved, pending
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.days import legal_day
from zhifa.law.procedures.penalty.facts import (
    ClueRegistered,
    ClueSource,
    CorrectionOrdered,
    FilingOutcome,
    FilingProposed,
    GainFound,
    LawSettled,
    PartyConfirmed,
    Verified,
)
from zhifa.law.procedures.penalty.held import exhibits
from zhifa.law.sources import CF, FS, PLAN, SJ, TSB
from zhifa.law.standing import Standing
from zhifa.law.team import handlers, recused

ENDING = ("decision.approve",)


def filed(s: Standing) -> bool:
    """Whether the case was filed."""
    done = approved(s, "filing")
    return done is not None and done.facts.outcome is FilingOutcome.FILE


def refused_filing(s: Standing) -> bool:
    """Whether the clue ended without a case."""
    done = approved(s, "filing")
    return done is not None and done.facts.outcome is not FilingOutcome.FILE


def decided(s: Standing) -> bool:
    """Whether the decision was made."""
    return s.has("decision.approve")


def proposed(s: Standing) -> bool:
    """Whether the investigation ended with a proposal."""
    return s.has("investigation.end")


def closed(s: Standing) -> bool:
    """Whether the case is closed, or the clue ended without one."""
    return s.has("closing.approve") or refused_filing(s)


@guard("case.open", "案件未结案", CF(57))
def case_open(s: Standing, _a: Attempt) -> No | None:
    """Nothing but archiving happens to a closed case."""
    return No("案件已经结案") if closed(s) else None


@guard("clue.verified", "线索已经核查", CF(54), SJ(18))
def verified(s: Standing, _a: Attempt) -> No | None:
    """A clue is verified before it is decided whether to file."""
    if not s.has("clue.verify"):
        return No("线索尚未核查", then="clue.verify")
    return None


@guard("clue.undecided", "尚未决定是否立案", CF(54, 2))
def undecided(s: Standing, _a: Attempt) -> No | None:
    """The clue has not been decided yet."""
    return None if s.open(owed.CLUE_UNDECIDED.code) else No("是否立案已经决定")


@guard("clue.extension", "核查期限只能延长一次", SJ(18))
def not_extended(s: Standing, _a: Attempt) -> No | None:
    """Fifteen working days more, once."""
    return No("核查期限已经延长过一次") if s.has("clue.extend") else None


@guard("filing.standard", "符合标准的应当立案", CF(54, 2), CF(76))
def filing_standard(s: Standing, a: Attempt) -> No | None:
    """What meets the standard is filed; what does not is not."""
    met = s.latest(Verified)
    f: FilingProposed = a.facts
    if met is None:
        return None
    if met.criteria_met and f.outcome is FilingOutcome.NOT_FILE:
        return No(
            "核查认为符合立案标准的，应当及时立案", "请改为立案，或者重新核查", field="outcome"
        )
    if not met.criteria_met and f.outcome is FilingOutcome.FILE:
        return No("核查认为不符合立案标准", "请补充核查", "clue.verify", "outcome")
    return None


@guard("filing.complete", "立案要素齐全", CF(54, 2), SJ(19))
def filing_complete(_s: Standing, a: Attempt) -> No | None:
    """A case has a party, a power and the day on which the act ended."""
    f: FilingProposed = a.facts
    if f.outcome is FilingOutcome.FILE:
        for name, label in (
            ("party", "当事人"),
            ("power", "执法事项"),
            ("acted_until", "违法行为终了日期"),
        ):
            if not getattr(f, name):
                return No(f"立案应当写明{label}", field=name)
        if f.acted_until is not None and f.acted_until > a.on:
            return No("违法行为终了日期不能晚于今日", field="acted_until")
    if f.outcome in (FilingOutcome.HAND_OVER, FilingOutcome.MERGE) and not f.target:
        return No("应当写明移送机关或者并入的案件", field="target")
    return None


@guard("filing.preserved", "先行登记保存的物品已有着落", CF(56))
def nothing_left_behind(s: Standing, a: Attempt) -> No | None:
    """Without a case nothing of the party's stays preserved."""
    last = s.last("filing.propose")
    f = a.facts if isinstance(a.facts, FilingProposed) else last.facts if last else None
    if f is None or f.outcome is FilingOutcome.FILE:
        return None
    if s.open(owed.PRESERVATION_OPEN.code):
        return No("先行登记保存的证据尚未处理", then="preservation.dispose")
    if pending(s, "preservation") is not None:
        return No("先行登记保存意见正在审批", then="preservation.return")
    return None


@guard("gain.refund", "退赔金额合理", CF(28, 2))
def refund_true(_s: Standing, a: Attempt) -> No | None:
    """No more is refunded than was taken."""
    if a.facts.refunded_fen > a.facts.income_fen:
        return No("依法退赔金额不能大于违法所得款项", field="refunded_fen")
    return None


@guard("recusal.not-own", "不决定自己的回避", CF(43, 3))
def not_own(_s: Standing, a: Attempt) -> No | None:
    """Nobody decides on their own recusal."""
    if a.facts.person == a.actor.id:
        return No("不能决定本人的回避", "请由其他负责人决定", field="person")
    return None


@guard("filing.handlers", "承办人不少于两人且持有效证件", CF(42))
def two_handlers(s: Standing, a: Attempt) -> No | None:
    """Two certified officers handle a case."""
    team = set(a.facts.handlers)
    if len(team) < 2:
        return No("承办人不得少于两人", field="handlers")
    for person in sorted(team):
        actor = a.setting.people.get(person)
        if actor is None or not actor.holds(Duty.OFFICER, a.setting.agency):
            return No("承办人应当是本机关执法人员", field="handlers")
        if not actor.certified_on(a.on):
            return No(f"{actor.name}没有有效的行政执法证件", "请另行指定承办人", field="handlers")
        if person in recused(s):
            return No(f"{actor.name}已被决定回避本案", "请另行指定承办人", field="handlers")
    return None


@guard("filing.limitation", "没有超过处罚时效", CF(36))
def within_limitation(s: Standing, a: Attempt) -> No | None:
    """Two years until it is discovered, five where life, health or financial safety suffered
    harm; the clue's arrival is the discovery, and a redo's was that of the annulled case."""
    f: FilingProposed = a.facts
    if f.outcome is not FilingOutcome.FILE or f.acted_until is None:
        return None
    years = 5 if f.life_or_health else 2
    clue = s.latest(ClueRegistered)
    if clue is not None and clue.source is ClueSource.REDO:
        return None
    found = clue.received_on if clue is not None else a.on
    if found > add_months(f.acted_until, 12 * years):
        return No(f"违法行为终了已满{years}年未被发现，不再给予行政处罚", field="acted_until")
    return None


@guard("filing.power", "执法事项属于本机关", CF(22), CF(17))
def power_known(_s: Standing, a: Attempt) -> No | None:
    """The power is one that the agency holds at the place on the day."""
    power = getattr(a.facts, "power", "")
    if power and power not in a.setting.powers:
        return No("该执法事项不在本机关的权责清单内，或者当日没有有效的权限", field="power")
    return None


@guard("reporter.waits", "有待告知的实名举报人", TSB.whole)
def reporter_waits(s: Standing, _a: Attempt) -> No | None:
    """There is a named reporter who waits for an answer."""
    return None if s.open(owed.REPORTER_UNTOLD.code) else No("没有待告知的实名举报人")


@guard("case.filed", "已经立案", CF(54, 2))
def is_filed(s: Standing, _a: Attempt) -> No | None:
    """Investigation proper begins with the filing."""
    return None if filed(s) else No("案件尚未立案", then="filing.propose")


@guard("case.active", "线索正在核查或者案件已经立案", CF(54), SJ(18))
def is_active(s: Standing, _a: Attempt) -> No | None:
    """What is found while a clue is verified may serve as evidence once the case is filed."""
    if filed(s) or s.open(owed.CLUE_UNDECIDED.code):
        return None
    return No("没有立案", then="filing.propose")


@guard("case.undecided", "尚未作出决定", CF(57))
def not_decided(s: Standing, _a: Attempt) -> No | None:
    """What prepares the decision comes before it."""
    return No("处理决定已经作出") if decided(s) else None


@guard("investigation.running", "调查没有终结", CF(57))
def not_proposed(s: Standing, _a: Attempt) -> No | None:
    """The report ends the investigation once; later changes amend the proposal."""
    return No("调查已经终结", then="proposal.amend") if proposed(s) else None


@guard("identity.shown", "已出示执法证件并告知权利", CF(55, 1), CF(43), PLAN(7))
def identity_shown(_s: Standing, a: Attempt) -> No | None:
    """Officers show their certificates unasked and tell the right to ask for recusal."""
    f = a.facts
    if not f.identity_shown:
        return No("执法人员应当主动出示执法证件", field="identity_shown")
    if not getattr(f, "recusal_told", True):
        return No("应当告知当事人申请回避等权利", field="recusal_told")
    if not getattr(f, "rights_told", True):
        return No("应当告知被询问人权利义务", field="rights_told")
    return None


@guard("record.hours", "起止时间合理", CF(55))
def hours_true(_s: Standing, a: Attempt) -> No | None:
    """A record ends after it began, and has ended when it is entered."""
    f = a.facts
    if f.ended_at <= f.started_at:
        return No("结束时间应当晚于开始时间", field="ended_at")
    if legal_day(f.ended_at) > a.on:
        return No("结束时间不能晚于办理日期", field="ended_at")
    return None


@guard("site.refusal", "拒绝签字的有见证", CF(55))
def refusal_witnessed(_s: Standing, a: Attempt) -> No | None:
    """A refusal to sign is noted with a witness."""
    if a.facts.refused and not a.facts.witness:
        return No("当事人拒绝签字的，应当由见证人签字或者注明情况", field="witness")
    return None


@guard("preservation.open", "有尚未处理的先行登记保存", CF(56))
def preserved(s: Standing, _a: Attempt) -> No | None:
    """There is something to dispose of."""
    return None if s.open(owed.PRESERVATION_OPEN.code) else No("没有待处理的先行登记保存")


@guard("preservation.settled", "没有尚未处理的先行登记保存", CF(56))
def nothing_preserved(s: Standing, _a: Attempt) -> No | None:
    """One preservation is settled before the next."""
    if s.open(owed.PRESERVATION_OPEN.code):
        return No("前一次先行登记保存尚未处理", then="preservation.dispose")
    return None


@guard("recusal.requested", "有待决定的回避申请", CF(43))
def recusal_asked(s: Standing, a: Attempt) -> No | None:
    """A request by name is waiting."""
    key = a.facts.person if a.facts is not None else None
    if not s.open(owed.RECUSAL_UNDECIDED.code, key):
        return No("没有待决定的回避申请", then="recusal.request")
    return None


@guard("recusal.decided", "回避申请已经决定", CF(43))
def recusal_settled(s: Standing, _a: Attempt) -> No | None:
    """No proposal while a recusal is undecided."""
    if s.open(owed.RECUSAL_UNDECIDED.code):
        return No("回避申请尚未决定", then="recusal.decide")
    return None


@guard("law.settled", "已确定适用的法律", CF(37), FS(36), FS(127))
def law_settled(s: Standing, _a: Attempt) -> No | None:
    """Which law governs this subject is the first question of a food case."""
    return None if s.has("law.settle") else No("尚未确定适用的法律", then="law.settle")


@guard("law.days", "违法行为起止日期合理", CF(36), CF(37))
def law_days(_s: Standing, a: Attempt) -> No | None:
    """A continuing act counts from its end, which lies in the past."""
    f: LawSettled = a.facts
    if f.acted_until < f.acted_from:
        return No("终了日期不能早于开始日期", field="acted_until")
    if f.acted_until > a.on:
        return No("终了日期不能晚于办理日期", field="acted_until")
    return None


@guard("gain.found", "已认定违法所得", CF(28, 2))
def gain_found(s: Standing, _a: Attempt) -> No | None:
    """No decision without a finding on illegal gain."""
    return None if s.latest(GainFound) else No("尚未认定违法所得", then="gain.find")


@guard("correction.ordered", "已责令改正或者说明理由", CF(28, 1))
def correction_settled(s: Standing, _a: Attempt) -> No | None:
    """No decision without a correction order, or a reasoned 'corrected' or 'cannot be'."""
    if s.has("correction.order", "correction.waive"):
        return None
    return No("尚未责令当事人改正违法行为", then="correction.order")


@guard("correction.day", "改正期限合理", CF(28, 1))
def correction_day(_s: Standing, a: Attempt) -> No | None:
    """The time to correct lies ahead, or is at once."""
    f: CorrectionOrdered = a.facts
    return No("改正期限不能早于责令之日", field="due_on") if f.due_on < a.on else None


@guard("correction.waiting", "有待复查的责令改正", CF(28, 1))
def correction_waiting(s: Standing, _a: Attempt) -> No | None:
    """There is an order to recheck."""
    return None if s.open(owed.CORRECTION_UNCHECKED.code) else No("没有待复查的责令改正")


@guard("party.confirmed", "已确认当事人身份和送达地址", CF(61), SJ(83))
def party_confirmed(s: Standing, _a: Attempt) -> No | None:
    """The party's identity and address for service are on record."""
    if s.latest(PartyConfirmed) is None:
        return No("尚未确认当事人身份和送达地址", then="party.confirm")
    return None


@guard("evidence.any", "已收集证据", CF(40), CF(46))
def evidence_any(s: Standing, _a: Attempt) -> No | None:
    """Facts unclear or evidence insufficient: no penalty."""
    return None if exhibits(s) else No("尚未收集证据", then="evidence.add")


@guard("investigation.record", "已全面客观公正调查", CF(54), CF(55))
def investigated(s: Standing, _a: Attempt) -> No | None:
    """A record of inspection or interview stands in the file."""
    if s.has("inspection.record", "interview.record"):
        return None
    return No("尚无现场检查笔录或者询问笔录", then="inspection.record")


@guard("handlers.team", "由本案承办人办理", CF(42))
def by_team(s: Standing, a: Attempt) -> No | None:
    """Both who sign are handlers of the case."""
    second = getattr(a.facts, "co_officer", "") if a.facts is not None else ""
    if second and handlers(s) and second not in handlers(s):
        return No("另一名执法人员应当是本案承办人", field="co_officer")
    return None


def waiting(s: Standing, code: str) -> bool:
    """Whether an approval is under way."""
    return pending(s, code) is not None


def first_day(s: Standing) -> date | None:
    """The day on which the case was filed."""
    done = s.last("filing.approve")
    return done.on if done is not None and filed(s) else None
