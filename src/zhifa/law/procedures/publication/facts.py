"""What the steps of a publication newly assert, and what their record says of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from zhifa.law.facts import Choice, Facts, Kind, encode, fact
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.law.publishing import Flag, Ruling
from zhifa.law.standing import Done, Standing


class Regime(Choice):
    """Which rule decides what becomes public: the city's plan, or the statute alone."""

    PLAN = "plan", "市方案：处罚决定一律公开"
    STATUTE = "statute", "行政处罚法：具有一定社会影响的处罚决定公开"


class TakeDown(Choice):
    """Why a published notice is taken down."""

    CHANGED = "changed", "行政处罚决定被依法变更"
    REVOKED = "revoked", "行政处罚决定被依法撤销"
    ILLEGAL = "illegal", "行政处罚决定被确认违法"
    VOID = "void", "行政处罚决定被确认无效"
    REDO = "redo", "行政处罚决定被依法撤销并责令重新作出"
    MISTAKE = "mistake", "公示了依法不应公开的内容"
    RECTIFIED = "rectified", "行政处罚决定的文字已更正，已按更正后的内容重新公示"


GROUND_OF = {
    OutcomeKind.ANNULLED: TakeDown.REVOKED,
    OutcomeKind.ANNULLED_REDO: TakeDown.REDO,
    OutcomeKind.PARTLY: TakeDown.REVOKED,
    OutcomeKind.CHANGED: TakeDown.CHANGED,
    OutcomeKind.ILLEGAL: TakeDown.ILLEGAL,
    OutcomeKind.VOID: TakeDown.VOID,
    OutcomeKind.REVOKED: TakeDown.REVOKED,
}
"""What a later instrument's outcome means for the publication."""


@dataclass(frozen=True)
class PublicationOpened(Facts):
    """The duty that a decision creates: which decision of which case, under which public id."""

    case: str = fact("案件", prefilled=True)
    decision: str = fact("决定书", Kind.DOCUMENT, prefilled=True)
    number: str = fact("决定书文号", prefilled=True, maximum=60)
    decided_on: date = fact("决定日期", Kind.DAY, prefilled=True)
    public_id: str = fact("公示编号", prefilled=True, maximum=16)


@dataclass(frozen=True)
class RulingProposed(Facts):
    """What shall become of the decision in public, after the catalogue has been asked."""

    regime: Regime = fact("适用的公开规则", Kind.CHOICE)
    flags: tuple[Flag, ...] = fact(
        "决定的情形",
        Kind.CHOICES,
        optional=True,
        default=(),
        help="没有所列情形的不选；所选情形决定目录的建议",
    )
    ruling: Ruling = fact("公示意见", Kind.CHOICE)
    reason: str = fact(
        "理由",
        Kind.TEXT,
        private=True,
        optional=True,
        default="",
        maximum=1000,
        help="不予公开、隐去部分内容或者与目录建议不一致的，应当写明理由",
    )


@dataclass(frozen=True)
class RulingConfirmed(Facts):
    """A second person's opinion, which gives effect to the ruling."""

    opinion: str = fact("审核意见", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class SentBack(Facts):
    """Why a ruling or a draft is sent back."""

    reason: str = fact("退回理由", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class NoticeDrafted(Facts):
    """The notice as it will stand in public: all of it, and nothing else. Amounts in fen."""

    case_name: str = fact("案件名称", private=True, maximum=160)
    party_name: str = fact("当事人（公示名称）", private=True, maximum=160)
    party_kind: str = fact("当事人类别", prefilled=True, maximum=24)
    party_code: str = fact(
        "统一社会信用代码", prefilled=True, optional=True, default="", maximum=18
    )
    violation: str = fact("违法行为类型", Kind.TEXT, private=True, maximum=2000)
    facts: str = fact("主要违法事实", Kind.TEXT, private=True, maximum=5000)
    violated: tuple[str, ...] = fact("违反的规定", Kind.CITES, prefilled=True)
    penalised_by: tuple[str, ...] = fact("处罚依据", Kind.CITES, prefilled=True)
    penalty: str = fact("处罚内容", Kind.TEXT, private=True, maximum=3000)
    kinds: tuple[str, ...] = fact("处罚种类", prefilled=True)
    fine_fen: int = fact("罚款", Kind.MONEY, prefilled=True, default=0)
    confiscated_fen: int = fact("没收金额", Kind.MONEY, prefilled=True, default=0)
    hidden: str = fact(
        "隐去的内容和理由",
        Kind.TEXT,
        private=True,
        optional=True,
        default="",
        maximum=1000,
        help="经裁定隐去部分内容后公开的，应当写明",
    )
    nonce: str = fact("绑定值", private=True, prefilled=True, default="", maximum=64)


@dataclass(frozen=True)
class Kept(Facts):
    """A piece of text that looks like what must go, kept with a reason."""

    words: str = fact("保留的文字", maximum=200)
    reason: str = fact("保留的理由", maximum=300)


@dataclass(frozen=True)
class NoticeReleased(Facts):
    """The notice made public: bound to the draft that was read, proved by the record's digest."""

    notice: str = fact("公示内容摘要值", Kind.DIGEST, prefilled=True)
    record: str = fact("公示记录摘要值", Kind.DIGEST, prefilled=True)
    until: date | None = fact("公示截止日期", Kind.DAY, prefilled=True, optional=True)
    kept: tuple[Kept, ...] = fact(
        "仍保留的疑似敏感信息", Kind.ITEMS, private=True, optional=True, default=()
    )


@dataclass(frozen=True)
class NotPublished(Facts):
    """The decision kept back, on the confirmed ruling."""

    ground: str = fact("不予公示的理由", maximum=500)


@dataclass(frozen=True)
class OutcomeNoted(Facts):
    """A later instrument that obliges to take the notice down, from the day of its effect."""

    ground: TakeDown = fact("撤下的情形", Kind.CHOICE, prefilled=True)
    instrument: str = fact("法律文书文号", prefilled=True, maximum=120)
    effective_on: date = fact("生效日期", Kind.DAY, prefilled=True)


@dataclass(frozen=True)
class NoticeWithdrawn(Facts):
    """The notice taken down; the public reads the ground, and nothing of party or facts."""

    ground: TakeDown = fact("撤下的情形", Kind.CHOICE)
    instrument: str = fact("法律文书文号", optional=True, default="", maximum=120)
    effective_on: date | None = fact("文书生效日期", Kind.DAY, optional=True)
    reason: str = fact("撤下说明", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class Superseded(Facts):
    """The notice replaced by one that reads as the rectified decision does."""

    publication: str = fact("重新公示的编号", prefilled=True, maximum=16)


# --- reading the standing --------------------------------------------------------------------

ENDED = ("release", "decline", "lapse")


def digest(draft: NoticeDrafted) -> str:
    """SHA-256 (hex) of a drafted notice; the nonce keeps it from being guessed."""
    text = json.dumps(encode(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"zhifa/notice\n" + text.encode()).hexdigest()


def proposed_ruling(s: Standing) -> Done | None:
    """The ruling that waits for its second person."""
    last = s.last("rule.propose")
    return None if last is None or s.since(last, "rule.confirm", "rule.return") else last


def ruling(s: Standing) -> RulingProposed | None:
    """The ruling in force: proposed by one, confirmed by another."""
    confirmed = s.last("rule.confirm")
    if confirmed is None:
        return None
    found: RulingProposed = next(
        d.facts for d in reversed(s.history) if d.step == "rule.propose" and d.seq < confirmed.seq
    )
    return found


def draft(s: Standing) -> NoticeDrafted | None:
    """The draft that waits to be released or was released: the latest, unless sent back."""
    last = s.last("draft")
    if last is None or s.since(last, "draft.return"):
        return None
    found: NoticeDrafted = last.facts
    return found


def is_public(s: Standing) -> bool:
    """Whether the notice is up now."""
    done = s.last("release", "withdraw", "supersede")
    return done is not None and done.step == "release"
