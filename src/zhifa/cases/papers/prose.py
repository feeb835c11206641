"""Sentences that several papers share, made from what the case has on record."""

from __future__ import annotations

from datetime import date

from zhifa.cases.papers.context import Context, day
from zhifa.law.cite import Cite, labels
from zhifa.law.leniency import WANTED
from zhifa.law.money import yuan
from zhifa.law.procedures.penalty.facts import (
    ClueRegistered,
    ClueSource,
    CorrectionOrdered,
    CorrectionRechecked,
    CorrectionWaived,
    GainFound,
    LawSettled,
)
from zhifa.law.procedures.penalty.gates import hearing_told, notice, notice_served
from zhifa.law.procedures.penalty.held import exhibits
from zhifa.law.procedures.penalty.later import DefenceHeard, DefenceReviewed
from zhifa.law.standing import Done
from zhifa.law.subject import FoodSubject
from zhifa.records.inputs.parts import EvidenceItem

COURSE = (
    ("clue.verify", "执法人员对线索进行核查"),
    ("inspection.record", "对当事人经营场所进行现场检查并制作现场检查笔录"),
    ("filing.approve", "经本局负责人批准立案"),
    ("interview.record", "进行询问并制作询问笔录"),
    ("preservation.approve", "对有关证据先行登记保存"),
    ("preservation.dispose", "对先行登记保存的证据作出处理"),
    ("correction.order", "责令当事人改正违法行为"),
    ("investigation.end", "案件调查终结"),
)


def course(c: Context) -> str:
    """Where the case came from and how it was investigated."""
    clue: ClueRegistered | None = c.clue
    told: list[tuple[date, str]] = []
    if clue is not None:
        own = clue.source is ClueSource.OWN
        how = clue.source.label if own else f"通过{clue.source.label}发现"
        told.append((clue.received_on, f"本局{how}案件线索"))
    for step, words in COURSE:
        told += [(done.on, words) for done in c.s.all(step)]
    if c.strand.step.code == "investigation.end":
        told.append((c.on, "案件调查终结"))
    told.sort(key=lambda line: line[0])
    return "；".join(f"{day(on)}，{words}" for on, words in told) + "。"


def findings(c: Context) -> str:
    """The facts found, numbered where there are several."""
    found = c.proposal.findings
    if len(found) == 1:
        return found[0].found
    return "\n".join(f"{n}．{f.found}" for n, f in enumerate(found, 1))


def evidence(c: Context) -> tuple[EvidenceItem, ...]:
    """Every piece of evidence of the file, in the order of entry."""
    items = []
    for n, done in enumerate(exhibits(c.s), 1):
        f = done.facts
        items.append(
            EvidenceItem(
                no=n,
                kind=f.kind.label,
                name=f.title,
                source=_source(done),
                obtained_on=done.on,
                proves=f.proves,
                quantity="1份",
                digest=f.sha256 or None,
            )
        )
    return tuple(items)


def _source(done: Done) -> str:
    """Where a piece of evidence comes from."""
    if done.step == "evidence.inherit":
        return f"{done.facts.place}，沿用原案{done.facts.original}"
    return f"{done.facts.place}，由{done.actor_name}采集"


def evidence_line(c: Context) -> str:
    """The evidence in one sentence."""
    names = [d.facts.title for d in exhibits(c.s)]
    return "、".join(names) + "等证据证明。"


def governing_law(c: Context) -> str:
    """Which law governs, and whether old or new."""
    f = c.s.latest(LawSettled)
    if f is None:
        return ""
    words = "" if f.subject is FoodSubject.NOT_FOOD else f"当事人属于{f.subject.label}，"
    words += f"适用{Cite(f.law, 0).label}"
    if f.law_version:
        words += f"（{f.law_version}）"
    if f.acted_from == f.acted_until:
        words += f"。违法行为发生于{day(f.acted_until)}。"
    else:
        words += f"。违法行为自{day(f.acted_from)}至{day(f.acted_until)}。"
    if f.comparison:
        words += f.comparison
    if f.law == "FS":
        article = Cite("FS", 136).label
        words += f"关于{article}规定的免予处罚情形：{f.diligence.label}。{f.diligence_reason}"
    return words


def law_choice(c: Context) -> str:
    """Old and new law compared, as it was settled; empty where nothing was."""
    f = c.s.latest(LawSettled)
    return f"关于法律适用：{f.comparison}" if f is not None and f.comparison else ""


def illegal_gain(c: Context) -> str:
    """The finding on goods' value and illegal gain."""
    f = c.facts if isinstance(c.facts, GainFound) else c.s.latest(GainFound)
    if f is None:
        return ""
    words = "经查，"
    if f.goods_value_fen:
        words += f"涉案货值金额{yuan(f.goods_value_fen)}，"
    if f.gain_fen:
        words += f"违法所得{yuan(f.gain_fen)}"
        if f.refunded_fen:
            words += f"（违法所得款项{yuan(f.income_fen)}，扣除依法退赔{yuan(f.refunded_fen)}）"
    else:
        words += "没有违法所得"
    return f"{words}。{f.method}"


def correction(c: Context) -> str:
    """What was ordered to be corrected and what became of it."""
    ordered, waived = c.s.last("correction.order"), c.s.latest(CorrectionWaived)
    words = ""
    if ordered is not None:
        f: CorrectionOrdered = ordered.facts
        words = f"{day(ordered.on)}责令当事人于{day(f.due_on)}前改正：{f.required.rstrip('。')}"
    elif waived is not None:
        state = "当事人已经改正" if waived.corrected else "违法行为不能改正或者无需责令改正"
        words = f"{state}：{waived.reason.rstrip('。')}"
    checked = c.s.latest(CorrectionRechecked)
    if checked is not None:
        words += f"。经复查，{checked.result.label}：{checked.found.rstrip('。')}"
    return words.rstrip("。") + "。" if words else "无。"


def discretion(c: Context) -> str:
    """Tier, range, amount and the reasons."""
    p = c.proposal
    words = ""
    if c.power.benchmark is not None and p.computed_fen:
        tier = next((t.title for t in c.power.benchmark.tiers if t.code.value == p.tier), p.tier)
        words = (
            f"适用《{c.power.benchmark.title}》，属于“{tier}”档次，裁量幅度为"
            f"{yuan(p.range_min_fen)}至{yuan(p.range_max_fen)}，按基准计算的罚款为"
            f"{yuan(p.computed_fen)}。"
        )
    words += p.reasons.rstrip("。") + "。"
    if p.grounds:
        words += f"\n从宽情节逐项有证据证明：\n{conditions(c)}"
    if p.deviation:
        words += f"偏离裁量基准的理由：{p.deviation.rstrip('。')}。"
    return words


def conditions(c: Context) -> str:
    """The conditions of leniency as they were shown, each with its evidence and article."""
    titles = {d.facts.evidence: d.facts.title for d in exhibits(c.s)}
    lines = []
    for n, g in enumerate(c.proposal.grounds, 1):
        proofs = "、".join(titles.get(e, e) for e in g.evidence)
        articles = labels(WANTED[g.condition].cites)
        lines.append(
            f"{n}．{g.condition.label}（{articles}）：{g.shown.rstrip('。')}。证据：{proofs}。"
        )
    return "\n".join(lines)


def similar(c: Context) -> str:
    """The agency's similar decisions that the proposal was weighed beside."""
    rows = [
        f"{d.number}（{day(d.decided_on)}）：{d.outcome}，"
        + (f"货值{yuan(d.goods_value_fen)}，" if d.goods_value_fen else "")
        + (f"罚款{yuan(d.fine_fen)}" if d.fine_fen else "未罚款")
        for d in c.proposal.similar
    ]
    return "；".join(rows) + "。" if rows else "本机关没有同一事项的在先决定。"


def spared(c: Context) -> str:
    """Why no penalty is given, in the order of the questions that the law asks."""
    p = c.proposal
    assert p.ground is not None
    parts = [f"一是关于适用的法律和免予处罚。{governing_law(c)}"] if governing_law(c) else []
    lead = "二是" if parts else ""
    parts.append(f"{lead}关于不予处罚。{p.ground.label.split('（')[0]}。{p.reasons.rstrip('。')}。")
    if p.grounds:
        parts.append(f"上述情节逐项有证据证明：\n{conditions(c)}")
    return "\n".join(parts)


def nature(c: Context) -> str:
    """What the act is in law."""
    cause = c.filing.cause if c.filing else ""
    return f"当事人的上述行为，构成{cause.removeprefix('涉嫌').removesuffix('案')}。"


def rights(c: Context) -> str:
    """What was told, and what the party did with its rights."""
    told = notice_served(c.s)
    if told is None:
        return "本案依法不需要事先告知。"
    papers = c.s.outputs("prior_notice")
    words = (
        f"{day(told.on)}，本局向当事人送达行政处罚事先告知书（{papers[-1].number}），告知拟作出的"
        "行政处罚内容及事实、理由、依据，以及依法享有的陈述、申辩权利"
    )
    if hearing_told(c.s):
        words += "和要求听证的权利"
    words += "。"
    if c.s.since(told, "hearing.hold"):
        held = c.s.last("hearing.hold")
        assert held is not None
        words += f"{day(held.on)}，本局依当事人申请举行听证。"
    elif c.s.since(told, "hearing.waive"):
        words += "当事人明确放弃听证。"
    elif hearing_told(c.s):
        words += "当事人在规定期限内未申请听证。"
    if not c.s.since(told, "defence.hear"):
        words += "当事人在规定期限内未提出陈述、申辩意见。"
    return words


def defence(c: Context) -> str:
    """The defence and what became of each point."""
    heard_facts, review = c.s.latest(DefenceHeard), c.s.latest(DefenceReviewed)
    if heard_facts is None:
        return "当事人未提出陈述、申辩意见。"
    words = f"当事人提出陈述、申辩意见：{heard_facts.content.rstrip('。')}。"
    if review is not None:
        for point in review.points:
            state = "予以采纳" if point.adopted else "不予采纳"
            words += f"对“{point.point.rstrip('。')}”的意见，{state}：{point.reason.rstrip('。')}。"
        words += f"复核结论：{review.conclusion.rstrip('。')}。"
    return words


def reviewed(c: Context) -> str:
    """The review as it was concluded."""
    done = c.s.last("review.pass")
    if done is None:
        return "未经审核。"
    rounds = c.s.count("review.submit")
    return (
        f"经{done.facts.kind.label}（第{rounds}次送审），审核人{done.actor_name}，"
        f"结论：通过。{done.facts.opinion}"
    )


def discussed(c: Context) -> str | None:
    """The collective discussion, where there was one."""
    done = c.s.last("discussion.hold")
    if done is None:
        return None
    return f"{day(done.on)}，经行政机关负责人集体讨论：{done.facts.conclusion}"


def procedure(c: Context) -> str:
    """Notice, review and discussion in one paragraph, as the decision tells it."""
    words = rights(c)
    passed = c.s.last("review.pass")
    if passed is not None:
        words += f"本案经{passed.facts.kind.label}通过"
        done = c.s.last("discussion.hold")
        words += "，并经本局负责人集体讨论决定。" if done is not None else "。"
    return words


def told_on(c: Context) -> str:
    """The number of the notice that covers the proposal."""
    if notice(c.s) is None:
        return ""
    papers = c.s.outputs("prior_notice")
    return papers[-1].number if papers else ""
