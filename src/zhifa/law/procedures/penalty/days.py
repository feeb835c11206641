"""Guards on days: what is recorded has happened, and what may be lengthened is, by as much."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from zhifa.law import terms
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.penalty.held import numbers
from zhifa.law.sources import CF, SCBA, SJ, TSB
from zhifa.law.standing import Standing

_CHINA = timezone(timedelta(hours=8))


def legal_day(instant: datetime) -> date:
    """The day on which an instant falls in China."""
    return instant.astimezone(_CHINA).date()


@guard("clue.day", "收到日期不晚于登记日期", CF(54), SJ(18))
def clue_day(_s: Standing, a: Attempt) -> No | None:
    """A clue is entered when it has arrived: its days count from the arrival."""
    if a.facts.received_on > a.on:
        return No("收到或者发现日期不能晚于登记日期", field="received_on")
    return None


@guard("evidence.day", "采集时间不晚于登记日期", CF(46))
def evidence_day(_s: Standing, a: Attempt) -> No | None:
    """Evidence is collected before it is entered."""
    if legal_day(a.facts.collected_at) > a.on:
        return No("采集时间不能晚于登记日期", field="collected_at")
    return None


@guard("reporter.day", "告知日期合理", TSB.whole)
def reporter_day(s: Standing, a: Attempt) -> No | None:
    """The reporter is told after the filing was decided, and before it is noted."""
    decided = s.last("filing.approve")
    if a.facts.told_on > a.on:
        return No("告知日期不能晚于登记日期", field="told_on")
    if decided is not None and a.facts.told_on < decided.on:
        return No("告知日期不能早于决定是否立案之日", field="told_on")
    return None


@guard("record_filing.day", "报送日期合理", SCBA(4))
def record_filing_day(s: Standing, a: Attempt) -> No | None:
    """A decision is reported after it was made, and before the report is noted."""
    decided = s.last("decision.approve")
    if a.facts.sent_on > a.on:
        return No("报送日期不能晚于登记日期", field="sent_on")
    if decided is not None and a.facts.sent_on < decided.on:
        return No("报送日期不能早于处罚决定日期", field="sent_on")
    return None


@guard("suspension.days", "不计入期限的时间合法", CF(60), SJ(64))
def suspension_days(s: Standing, a: Attempt) -> No | None:
    """A span of a kind that the term's law knows, within what has happened since the filing."""
    f, run = a.facts, s.term("decision")
    if f.until_on < f.from_on:
        return No("结束日期不能早于开始日期", field="until_on")
    if f.until_on > a.on:
        return No("期间结束后才能登记", field="until_on")
    if run is None or not run.running:
        return No("办案期限没有在计算")
    if f.from_on < run.start:
        return No("开始日期不能早于立案之日", field="from_on")
    if f.kind not in terms.get("decision", run.start).suspensions:
        return No(f"{f.kind.label}的时间依法应当计入办案期限", field="kind")
    return None


@guard("extension.length", "延长期限合法", CF(60), SJ(64))
def extension_length(s: Standing, a: Attempt) -> No | None:
    """Thirty days by the head; beyond that the heads together fix the days, on the record."""
    run = s.term("decision")
    if run is None or not run.running:
        return No("办案期限没有在计算")
    lengths = (*run.extensions, a.facts.days)
    if (why := terms.get("decision", run.start).refuse_extensions(lengths)) is not None:
        return No(why, field="days")
    held = numbers(s)
    if run.extensions and a.facts.discussion not in held:
        return No(
            "再次延长应当经行政机关负责人集体讨论决定",
            "请先将集体讨论笔录登记入卷",
            then="evidence.add",
            field="discussion",
        )
    return None


@guard("payment.deferral", "延期合法", CF(66, 2))
def deferral_length(s: Standing, a: Attempt) -> No | None:
    """The payment is put off once, by the days that the head grants."""
    run = s.term("payment")
    if run is None:
        return No("缴款期限没有在计算")
    lengths = (*run.extensions, a.facts.days)
    why = terms.get("payment", run.start).refuse_extensions(lengths)
    return No(why, field="days") if why is not None else None
