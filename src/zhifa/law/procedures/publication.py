"""Publication of a decision (公示): ruled, confirmed, drafted, released by a second person,
taken down. The term to publish and the term to take down run on the case, whose own steps
`publicity.publish`, `.decline` and `.withdraw` are taken in the same act."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhifa.law import publishing
from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.facts import Choice, Facts, Kind, encode, fact
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Opens, Phase, Procedure, Separation, Step, Who
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.law.publishing import Flag, Ruling
from zhifa.law.redaction import leftovers
from zhifa.law.sources import CF, PLAN, SCG, SJGS, ZFGK
from zhifa.law.standing import Done, ObligationKind, Standing


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


GROUND_OF = {
    OutcomeKind.ANNULLED: TakeDown.REVOKED,
    OutcomeKind.ANNULLED_REDO: TakeDown.REDO,
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

    regime: Regime = fact("适用的公开规则", Kind.CHOICE, default=Regime.PLAN)
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


# --- reading the standing --------------------------------------------------------------------

ENDED = ("release", "decline")


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
    return next(
        d.facts for d in reversed(s.history) if d.step == "rule.propose" and d.seq < confirmed.seq
    )


def draft(s: Standing) -> NoticeDrafted | None:
    """The draft that waits to be released or was released: the latest, unless sent back."""
    last = s.last("draft")
    if last is None or s.since(last, "draft.return"):
        return None
    found: NoticeDrafted = last.facts
    return found


def is_public(s: Standing) -> bool:
    """Whether the notice is up now."""
    done = s.last("release", "withdraw")
    return done is not None and done.step == "release"


def _publishes(s: Standing) -> bool:
    found = ruling(s)
    return found is not None and found.ruling is not Ruling.NONE and not s.has(*ENDED)


# --- guards ----------------------------------------------------------------------------------


@guard("publication.pending", "公示尚未办结", CF(48, 1), PLAN(9))
def is_pending(s: Standing, _a: Attempt) -> No | None:
    """Neither released nor declined yet."""
    return No("这一决定的公示已经办结") if s.has(*ENDED) else None


@guard("publication.unruled", "没有正在审核或者已经生效的裁定", CF(48, 1))
def unruled(s: Standing, _a: Attempt) -> No | None:
    """One ruling at a time."""
    if proposed_ruling(s) is not None:
        return No("公示裁定已经提出，正在审核", then="rule.confirm")
    return No("公示裁定已经生效") if ruling(s) is not None else None


@guard("publication.ruling.proposed", "公示裁定已提出", CF(48, 1))
def ruling_proposed(s: Standing, _a: Attempt) -> No | None:
    """There is something to confirm."""
    if proposed_ruling(s) is None:
        return No("没有待审核的公示裁定", then="rule.propose")
    return None


@guard("publication.ruling.catalogue", "裁定符合目录，或者写明偏离的理由", CF(48, 1), ZFGK(14))
def follows_catalogue(_s: Standing, a: Attempt) -> No | None:
    """The catalogue proposes; a person may depart with a reason, but never publish what is
    sealed or secret by law."""
    f: RulingProposed = a.facts
    asked = publishing.propose(frozenset(f.flags), field=a.setting.field, regime=f.regime.value)
    if asked.binds_providing and f.ruling is not Ruling.NONE:
        return No(f"{asked.why}，依法不得公开", field="ruling")
    if f.ruling is not asked.ruling and not f.reason.strip():
        return No(
            f"目录的建议是“{asked.ruling.label}”（{asked.why}），偏离的应当写明理由",
            field="reason",
        )
    if f.ruling is not Ruling.PUBLISH and not f.reason.strip():
        return No("不予公开或者隐去部分内容的，应当写明理由", field="reason")
    return None


@guard("publication.ruling.publish", "已裁定公开", CF(48, 1), PLAN(9))
def ruled_public(s: Standing, _a: Attempt) -> No | None:
    """A notice is drafted on a confirmed ruling to publish."""
    found = ruling(s)
    if found is None:
        waits = proposed_ruling(s) is not None
        return No("尚未裁定公开", then="rule.confirm" if waits else "rule.propose")
    return No("已裁定不予公开", then="decline") if found.ruling is Ruling.NONE else None


@guard("publication.ruling.none", "已裁定不予公开", CF(48, 1))
def ruled_back(s: Standing, _a: Attempt) -> No | None:
    """Only a confirmed ruling keeps a decision back."""
    found = ruling(s)
    if found is None or found.ruling is not Ruling.NONE:
        return No("没有裁定不予公开", then="rule.propose")
    return None


@guard("publication.draft.reduced", "隐去的内容写明理由", CF(48, 1), ZFGK(15))
def says_hidden(s: Standing, a: Attempt) -> No | None:
    """A reduced notice says what was left out and why."""
    found, f = ruling(s), a.facts
    if found is not None and found.ruling is Ruling.REDUCED and not f.hidden.strip():
        return No("裁定隐去部分内容后公开，应当写明隐去的内容和理由", field="hidden")
    return None


@guard("publication.drafted", "公示内容已拟定", CF(48, 1))
def is_drafted(s: Standing, _a: Attempt) -> No | None:
    """There is a draft to read."""
    return No("公示内容尚未拟定", then="draft") if draft(s) is None else None


@guard("publication.draft.bound", "审核的是最新的公示内容", CF(48, 1))
def bound(s: Standing, a: Attempt) -> No | None:
    """What is released is what was read."""
    found = draft(s)
    if found is None or a.facts.notice != digest(found):
        return No("公示内容已有修改，请重新审核后再发布", field="notice")
    return None


@guard("publication.clean", "没有应当隐去的信息", CF(48, 1), ZFGK(15), SJGS(6))
def is_clean(s: Standing, a: Attempt) -> No | None:
    """No number, phone, plate or address of mail stands in the notice, unless kept with reason.
    Names are searched by the publicity room, which knows them; each kept one comes with its
    reason too."""
    found, f = draft(s), a.facts
    assert found is not None
    if any(not k.reason.strip() for k in f.kept):
        return No("保留疑似敏感信息的，应当逐项写明理由", field="kept")
    allowed = tuple(k.words for k in f.kept)
    for field in ("case_name", "party_name", "violation", "facts", "penalty"):
        text = getattr(found, field)
        for words in leftovers(text, keep=(found.party_code,)):
            if words not in allowed:
                return No(
                    f"公示内容中仍有“{words}”", "请退回修改，或者写明保留的理由", then="draft"
                )
    return None


@guard("publication.up", "正在公示", CF(48, 2))
def is_up(s: Standing, _a: Attempt) -> No | None:
    """Only what is up is taken down."""
    return None if is_public(s) else No("没有正在公示的内容")


@guard("publication.unnoted", "尚未登记撤下情形", CF(48, 2))
def is_unnoted(s: Standing, _a: Attempt) -> No | None:
    """One outcome takes it down."""
    return No("应当撤下的情形已经登记", then="withdraw") if s.open(TAKE_DOWN.code) else None


@guard("publication.ground", "撤下的情形属实，文书已经生效", CF(48, 2), PLAN(10))
def ground_true(s: Standing, a: Attempt) -> No | None:
    """The ground is that of the instrument on record, in effect; else the notice itself was wrong."""
    f: NoticeWithdrawn = a.facts
    noted = s.latest(OutcomeNoted) if s.open(TAKE_DOWN.code) else None
    if noted is None:
        if f.ground is not TakeDown.MISTAKE:
            return No(
                "没有登记变更、撤销、确认违法或者无效的法律文书",
                "请先在案件中登记复议、诉讼等结果",
                field="ground",
            )
        return None
    if f.ground is not TakeDown.MISTAKE:
        if (f.ground, f.instrument) != (noted.ground, noted.instrument):
            return No(f"登记的情形是“{noted.ground.label}”（{noted.instrument}）", field="ground")
        if noted.effective_on > a.on:
            return No("法律文书尚未生效", field="effective_on")
    return None


# --- steps -----------------------------------------------------------------------------------

NOTICE_DUE = ObligationKind(
    "publication.due", "行政处罚决定的公示尚未办结", (CF(48, 1), PLAN(9)), "release"
)
TAKE_DOWN = ObligationKind(
    "publication.take_down", "公示内容尚未撤下", (PLAN(10), CF(48, 2)), "withdraw"
)
SECOND: tuple[Cite, ...] = (CF(48, 1), SCG.whole)
PUBLISHER = Who((Duty.PUBLISHER,), cites=(CF(48, 1), PLAN(9)))


def _reviewer(step: str, reason: str) -> Who:
    return Who((Duty.PUBLISH_REVIEWER,), apart=(Separation((step,), reason, SECOND),), cites=SECOND)


def _effective_ruling(s: Standing, f: Any) -> Any:
    done = proposed_ruling(s)
    return done.facts if done is not None else f


PUBLICATION = Procedure.of(
    "publication",
    "行政处罚决定公示",
    Step(
        "open",
        "登记公示事项",
        PublicationOpened,
        Who((Duty.AGENCY_HEAD, Duty.PUBLISHER), cites=(CF(48, 1),)),
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        opens=(Opens(NOTICE_DUE),),
        story="作出处罚决定，公示义务由此产生",
        by="publicity",
    ),
    Step(
        "rule.propose",
        "提出公示裁定",
        RulingProposed,
        PUBLISHER,
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_pending, unruled),
        checks=(follows_catalogue,),
        main=lambda s: not s.has(*ENDED) and ruling(s) is None and proposed_ruling(s) is None,
        story="提出公示裁定",
        by="publicity",
    ),
    Step(
        "rule.confirm",
        "确认公示裁定",
        RulingConfirmed,
        _reviewer("rule.propose", "提出裁定的人不能审核自己的裁定"),
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_pending, ruling_proposed),
        main=lambda s: proposed_ruling(s) is not None,
        effective=_effective_ruling,
        story="确认公示裁定",
        by="publicity",
    ),
    Step(
        "rule.return",
        "退回公示裁定",
        SentBack,
        _reviewer("rule.propose", "提出裁定的人不能审核自己的裁定"),
        (CF(48, 1),),
        Phase.PUBLICITY,
        needs=(is_pending, ruling_proposed),
        story="退回公示裁定",
        by="publicity",
    ),
    Step(
        "draft",
        "拟定公示内容",
        NoticeDrafted,
        PUBLISHER,
        (CF(48, 1), SJGS(6), ZFGK(15)),
        Phase.PUBLICITY,
        needs=(is_pending, ruled_public),
        checks=(says_hidden,),
        main=lambda s: _publishes(s) and draft(s) is None,
        story="拟定公示内容，隐去依法不公开的信息",
        by="publicity",
    ),
    Step(
        "draft.return",
        "退回公示内容",
        SentBack,
        _reviewer("draft", "起草人不能审核自己起草的公示内容"),
        (CF(48, 1),),
        Phase.PUBLICITY,
        needs=(is_pending, is_drafted),
        story="退回公示内容",
        by="publicity",
    ),
    Step(
        "release",
        "发布公示",
        NoticeReleased,
        _reviewer("draft", "起草人不能审核发布自己起草的公示内容"),
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_pending, ruled_public, is_drafted),
        checks=(bound, is_clean),
        closes=(Closes(NOTICE_DUE),),
        main=lambda s: _publishes(s) and draft(s) is not None,
        story="审核并发布公示",
        by="publicity",
    ),
    Step(
        "decline",
        "决定不予公示",
        NotPublished,
        _reviewer("rule.propose", "提出裁定的人不能决定不予公示"),
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_pending, ruled_back),
        closes=(Closes(NOTICE_DUE),),
        main=lambda s: (
            not s.has(*ENDED) and (r := ruling(s)) is not None and r.ruling is Ruling.NONE
        ),
        story="决定不予公示",
        by="publicity",
    ),
    Step(
        "outcome.note",
        "登记应当撤下的情形",
        OutcomeNoted,
        Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD), cites=(CF(48, 2),)),
        (CF(48, 2), PLAN(10)),
        Phase.PUBLICITY,
        needs=(is_up, is_unnoted),
        opens=(Opens(TAKE_DOWN),),
        story="登记复议、诉讼等结果，应当撤下公示",
        by="publicity",
    ),
    Step(
        "withdraw",
        "撤下公示",
        NoticeWithdrawn,
        Who((Duty.PUBLISH_REVIEWER,), cites=(CF(48, 2), PLAN(10))),
        (CF(48, 2), PLAN(10)),
        Phase.PUBLICITY,
        needs=(is_up,),
        checks=(ground_true,),
        closes=(Closes(TAKE_DOWN),),
        main=lambda s: bool(s.open(TAKE_DOWN.code)),
        story="撤下公示，公开说明理由",
        by="publicity",
    ),
    version=1,
    cites=(CF(48), PLAN(9), PLAN(10)),
    first="open",
)
