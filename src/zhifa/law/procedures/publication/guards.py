"""The conditions of a publication's steps, each with its article."""

from __future__ import annotations

from zhifa.law import publishing
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.publication.facts import (
    ENDED,
    NoticeWithdrawn,
    OutcomeNoted,
    RulingProposed,
    TakeDown,
    digest,
    draft,
    is_public,
    proposed_ruling,
    ruling,
)
from zhifa.law.publishing import Ruling
from zhifa.law.redaction import leftovers
from zhifa.law.sources import CF, PLAN, SJGS, ZFGK
from zhifa.law.standing import ObligationKind, Standing

NOTICE_DUE = ObligationKind(
    "publication.due", "行政处罚决定的公示尚未办结", (CF(48, 1), PLAN(9)), "release"
)
TAKE_DOWN = ObligationKind(
    "publication.take_down", "公示内容尚未撤下", (PLAN(10), CF(48, 2)), "withdraw"
)


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
    """The ground is that of the instrument on record, in effect; else the notice was wrong."""
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
