"""The proposal (拟处罚意见): what review, notice, discussion and decision are bound to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

from zhifa.law.cite import Cite, labels
from zhifa.law.facts import Choice, Facts, Kind, encode, fact
from zhifa.law.leniency import Condition
from zhifa.law.money import yuan
from zhifa.law.power import PenaltyKind
from zhifa.law.standing import Done, Standing


class DecisionKind(Choice):
    """What an ordinary procedure may end in (行政处罚法 57)."""

    PENALTY = "penalty", "给予行政处罚"
    NO_PENALTY = "no_penalty", "不予行政处罚"
    TRANSFER_CRIMINAL = "transfer_criminal", "移送司法机关"
    TRANSFER_AGENCY = "transfer_agency", "移送其他行政机关"
    WITHDRAW = "withdraw", "撤销案件"
    TERMINATE = "terminate", "终止调查"


class NoPenaltyGround(Choice):
    """The grounds for no penalty, each with its article."""

    MINOR = "minor", "违法行为轻微并及时改正，没有造成危害后果（第三十三条第一款）"
    FIRST = "first", "初次违法且危害后果轻微并及时改正（第三十三条第一款）"
    NO_FAULT = "no_fault", "当事人有证据足以证明没有主观过错（第三十三条第二款）"
    UNDERAGE = "underage", "不满十四周岁（第三十条）"
    INSANITY = "insanity", "不能辨认或者不能控制自己行为（第三十一条）"
    LIMITATION = "limitation", "超过处罚时效（第三十六条）"
    NOT_ESTABLISHED = "not_established", "违法事实不能成立（第五十七条第一款第三项）"
    DILIGENT_SELLER = "diligent_seller", "履行进货查验义务且不知情（食品安全法第一百三十六条）"


class Leniency(Choice):
    """Where the penalty stands against the statutory range."""

    NONE = "none", "无从轻、减轻、从重情节"
    LIGHTER = "lighter", "从轻"
    MITIGATED = "mitigated", "减轻"
    HEAVIER = "heavier", "从重"


class PartyClass(Choice):
    """How thresholds count the party; where unsettled, the class more favourable to the party."""

    PERSON = "person", "自然人"
    ORGANISATION = "organisation", "法人或者其他组织"


class ChangeCause(Choice):
    """Why a proposal is made or changed."""

    INITIAL = "initial", "调查终结首次提出"
    REVIEW = "review", "根据审核意见修改"
    DEFENCE = "defence", "采纳陈述申辩意见"
    HEARING = "hearing", "采纳听证意见"
    NEW_EVIDENCE = "new_evidence", "有新的证据"
    DISCUSSION = "discussion", "根据集体讨论意见修改"
    CLERICAL = "clerical", "文字更正"


@dataclass(frozen=True)
class Finding(Facts):
    """One fact found, the evidence that proves it, and the articles that it meets."""

    found: str = fact("查明的事实", Kind.TEXT, maximum=4000)
    evidence: tuple[str, ...] = fact("证据", Kind.EVIDENCE)
    articles: tuple[str, ...] = fact("法律依据", Kind.CITES)


@dataclass(frozen=True)
class Circumstance(Facts):
    """One factor of the benchmark as this case shows it, and the evidence that shows it."""

    factor: str = fact("裁量因素", prefilled=True)
    value: str = fact("本案情形", optional=True, default="", maximum=60)
    evidence: tuple[str, ...] = fact("证据", Kind.EVIDENCE, optional=True, default=())


@dataclass(frozen=True)
class ConditionShown(Facts):
    """A condition of leniency as this case meets it, and the evidence that shows it."""

    condition: Condition = fact("从宽条件", Kind.CHOICE)
    shown: str = fact("本案情况", Kind.TEXT, maximum=1000)
    evidence: tuple[str, ...] = fact("证据", Kind.EVIDENCE)


@dataclass(frozen=True)
class SimilarDecision(Facts):
    """An earlier decision of the same agency on the same power (类案); amounts in fen."""

    number: str = fact("决定书文号", maximum=60)
    decided_on: date = fact("决定日期", Kind.DAY)
    outcome: str = fact("处理结果", maximum=60)
    goods_value_fen: int = fact("货值金额", Kind.MONEY, default=0)
    fine_fen: int = fact("罚款", Kind.MONEY, default=0)
    confiscated_fen: int = fact("没收金额", Kind.MONEY, default=0)


@dataclass(frozen=True)
class PenaltyItem(Facts):
    """One penalty of the proposal; amounts in fen, 0 where the kind has none."""

    kind: PenaltyKind = fact("处罚种类", Kind.CHOICE)
    amount_fen: int = fact("金额", Kind.MONEY, default=0)
    detail: str = fact("内容", optional=True, default="", maximum=500)


@dataclass(frozen=True)
class PenaltyProposed(Facts):
    """The proposal whole: party, facts, evidence, articles, kinds and amounts.

    Version 2 lists the conditions of leniency with their evidence, and similar decisions.
    """

    version: ClassVar[int] = 2

    decision: DecisionKind = fact("处理意见", Kind.CHOICE)
    cause: ChangeCause = fact("提出或者修改的原因", Kind.CHOICE, default=ChangeCause.INITIAL)
    party: str = fact("当事人", Kind.PARTY)
    party_class: PartyClass = fact("当事人类别（听证、幅度）", Kind.CHOICE, prefilled=True)
    power: str = fact("执法事项", Kind.POWER)
    violated: tuple[str, ...] = fact("违反的规定", Kind.CITES)
    penalised_by: tuple[str, ...] = fact("处罚依据", Kind.CITES)
    items: tuple[PenaltyItem, ...] = fact("拟给予的处罚", Kind.ITEMS, optional=True, default=())
    ground: NoPenaltyGround | None = fact("不予处罚的理由", Kind.CHOICE, optional=True)
    education: bool = fact("已对当事人进行教育", Kind.FLAG, default=False)
    leniency: Leniency = fact("裁量情节", Kind.CHOICE, default=Leniency.NONE)
    tier: str = fact("裁量阶次", prefilled=True, default="")
    computed_fen: int = fact("基准计算金额", Kind.MONEY, prefilled=True, default=0)
    range_min_fen: int = fact("裁量幅度下限", Kind.MONEY, prefilled=True, default=0)
    range_max_fen: int = fact("裁量幅度上限", Kind.MONEY, prefilled=True, default=0)
    new_evidence: bool = fact("修改依据的是告知后取得的新证据", Kind.FLAG, default=False)
    co_officer: str = fact("另一名承办人", Kind.PERSON)
    findings: tuple[Finding, ...] = fact("事实、证据和依据", Kind.ITEMS, private=True)
    circumstances: tuple[Circumstance, ...] = fact(
        "裁量因素", Kind.ITEMS, private=True, optional=True, default=()
    )
    reasons: str = fact("裁量理由", Kind.TEXT, private=True, maximum=4000)
    grounds: tuple[ConditionShown, ...] = fact(
        "从宽情节和证据", Kind.ITEMS, private=True, optional=True, default=()
    )
    similar: tuple[SimilarDecision, ...] = fact(
        "本机关类似决定", Kind.ITEMS, private=True, prefilled=True, default=()
    )
    deviation: str = fact(
        "偏离裁量基准的理由", Kind.TEXT, private=True, optional=True, default="", maximum=2000
    )
    nonce: str = fact("绑定值", private=True, prefilled=True, default="", maximum=64)

    @property
    def fine_fen(self) -> int:
        """The fine in fen, 0 where there is none."""
        return sum(i.amount_fen for i in self.items if i.kind is PenaltyKind.FINE)

    @property
    def confiscated_fen(self) -> int:
        """Gain and goods' value confiscated, in fen."""
        return sum(
            i.amount_fen
            for i in self.items
            if i.kind in (PenaltyKind.CONFISCATE_GAIN, PenaltyKind.CONFISCATE_GOODS)
        )

    @property
    def kinds(self) -> frozenset[PenaltyKind]:
        """The kinds of penalty proposed."""
        return frozenset(i.kind for i in self.items)


PROPOSING = ("investigation.end", "proposal.amend")


@lru_cache(maxsize=1024)
def digest(p: PenaltyProposed) -> str:
    """SHA-256 (hex) of the proposal's whole content; a nonce keeps it from being guessed."""
    content = encode(p)
    assert isinstance(content, dict)
    for later in ("grounds", "similar"):  # what proposals gained later: the old digests stand
        if not content[later]:
            del content[later]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"zhifa/proposal\n" + text.encode()).hexdigest()


class Change(StrEnum):
    """How a proposal differs from an earlier one, as the party would feel it."""

    SAME = "same"
    LIGHTER = "lighter"
    HEAVIER = "heavier"
    DIFFERENT = "different"

    @property
    def label(self) -> str:
        """The change in words."""
        return {
            "same": "实质内容未变",
            "lighter": "变轻",
            "heavier": "变重",
            "different": "事实、依据或者处罚种类不同",
        }[self.value]


def classify(before: PenaltyProposed, after: PenaltyProposed) -> Change:
    """Classify a change of proposal. What is neither same nor plainly lighter or heavier is
    different, and needs what a heavier one needs."""
    if (before.party, before.party_class, before.power) != (
        after.party,
        after.party_class,
        after.power,
    ):
        return Change.DIFFERENT
    if before.decision is not after.decision:
        lighter = after.decision in (DecisionKind.NO_PENALTY, DecisionKind.WITHDRAW)
        return (
            Change.LIGHTER
            if lighter and before.decision is DecisionKind.PENALTY
            else Change.DIFFERENT
        )
    if (
        before.findings != after.findings
        or before.violated != after.violated
        or before.penalised_by != after.penalised_by
    ):
        return Change.DIFFERENT
    why = (before.ground, before.grounds) != (after.ground, after.grounds)
    if after.decision is DecisionKind.NO_PENALTY and why:
        return Change.DIFFERENT
    words = {i.kind: i.detail for i in before.items}
    if any(words.get(i.kind, i.detail) != i.detail for i in after.items):
        return Change.DIFFERENT
    old = {i.kind: i.amount_fen for i in before.items}
    new = {i.kind: i.amount_fen for i in after.items}
    if old == new:
        return Change.SAME
    if set(new) <= set(old) and all(new[k] <= old[k] for k in new):
        return Change.LIGHTER
    if set(new) >= set(old) and all(new[k] >= old[k] for k in old):
        return Change.HEAVIER
    return Change.DIFFERENT


def rises(before: PenaltyProposed, after: PenaltyProposed) -> bool:
    """Whether the party would be penalised more heavily: a further kind, or a greater amount."""
    old = {i.kind: i.amount_fen for i in before.items}
    return any(i.amount_fen > old.get(i.kind, -1) for i in after.items)


def current(s: Standing) -> PenaltyProposed | None:
    """The proposal as it stands now."""
    return s.latest(PenaltyProposed, *PROPOSING)


def of_digest(s: Standing, wanted: str) -> tuple[Done, PenaltyProposed] | None:
    """The proposal that a digest names, with the step that made it."""
    for d in reversed(s.history):
        if isinstance(d.facts, PenaltyProposed) and digest(d.facts) == wanted:
            return d, d.facts
    return None


def covers(s: Standing, bound_to: str) -> bool:
    """Whether an act that is bound to a digest still covers the proposal as it stands: it is the
    same, or has become lighter since."""
    found, now = of_digest(s, bound_to), current(s)
    if found is None or now is None:
        return False
    return classify(found[1], now) in (Change.SAME, Change.LIGHTER)


NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Difference:
    """One thing in which two proposals differ, as a reader is shown it."""

    label: str
    before: str
    after: str


def differences(
    before: PenaltyProposed, after: PenaltyProposed, factors: Mapping[str, str] = NO_NAMES
) -> tuple[Difference, ...]:
    """What changed between two proposals, field by field, in words.

    `factors` are the names of the benchmark's factors by code, for those that changed.
    """
    found = []
    for name, label, words in (
        ("decision", "处理意见", lambda p: p.decision.label),
        ("items", "处罚种类和数额", _items_words),
        ("findings", "事实和证据", _findings_words),
        ("violated", "违反的规定", lambda p: _cites_words(p.violated)),
        ("penalised_by", "处罚依据", lambda p: _cites_words(p.penalised_by)),
        ("leniency", "裁量情节", lambda p: p.leniency.label),
        ("ground", "不予处罚的理由", lambda p: p.ground.label if p.ground else "无"),
        ("grounds", "从宽情节和证据", _grounds_words),
        ("reasons", "裁量理由", lambda p: p.reasons),
        ("deviation", "偏离理由", lambda p: p.deviation),
    ):
        if getattr(before, name) != getattr(after, name):
            found.append(Difference(label, words(before), words(after)))
    old = {c.factor: c for c in before.circumstances}
    new = {c.factor: c for c in after.circumstances}
    for code in dict.fromkeys((*old, *new)):
        if old.get(code) != new.get(code):
            label = f"裁量因素“{factors.get(code, code)}”"
            found.append(
                Difference(label, _factor_words(old.get(code)), _factor_words(new.get(code)))
            )
    return tuple(found)


def _items_words(p: PenaltyProposed) -> str:
    return "；".join(
        i.kind.label + (yuan(i.amount_fen) if i.amount_fen else i.detail) for i in p.items
    )


def _findings_words(p: PenaltyProposed) -> str:
    return "\n".join(f"{f.found}（证据{len(f.evidence)}份）" for f in p.findings)


def _grounds_words(p: PenaltyProposed) -> str:
    rows = (f"{g.condition.label}（证据{len(g.evidence)}份）" for g in p.grounds)
    return "；".join(rows) or "无"


def _cites_words(keys: tuple[str, ...]) -> str:
    return labels(Cite.parse(k) for k in keys)


def _factor_words(c: Circumstance | None) -> str:
    return f"{c.value}，证据{len(c.evidence)}份" if c is not None else "未填写"
