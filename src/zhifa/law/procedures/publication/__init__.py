"""Publication of a decision (公示): ruled, confirmed, drafted, released by a second person,
taken down. The term to publish and the term to take down run on the case, whose own steps
`publicity.publish`, `.decline` and `.withdraw` are taken in the same act."""

from __future__ import annotations

from typing import Any

from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.procedure import Closes, Opens, Phase, Procedure, Separation, Step, Who
from zhifa.law.procedures.publication.facts import (
    ENDED,
    GROUND_OF,
    Kept,
    NoticeDrafted,
    NoticeReleased,
    NoticeWithdrawn,
    NotPublished,
    OutcomeNoted,
    PublicationOpened,
    Regime,
    RulingConfirmed,
    RulingProposed,
    SentBack,
    Superseded,
    TakeDown,
    digest,
    draft,
    is_public,
    proposed_ruling,
    ruling,
)
from zhifa.law.procedures.publication.guards import (
    NOTICE_DUE,
    TAKE_DOWN,
    bound,
    follows_catalogue,
    ground_true,
    is_clean,
    is_drafted,
    is_pending,
    is_unnoted,
    is_up,
    ruled_back,
    ruled_public,
    ruling_proposed,
    says_hidden,
    unruled,
)
from zhifa.law.publishing import Ruling
from zhifa.law.sources import CF, PLAN, SCG, SJGS, ZFGK
from zhifa.law.standing import Standing

__all__ = [
    "ENDED",
    "GROUND_OF",
    "NOTICE_DUE",
    "PUBLICATION",
    "TAKE_DOWN",
    "Kept",
    "NotPublished",
    "NoticeDrafted",
    "NoticeReleased",
    "NoticeWithdrawn",
    "OutcomeNoted",
    "PublicationOpened",
    "Regime",
    "RulingConfirmed",
    "RulingProposed",
    "SentBack",
    "Superseded",
    "TakeDown",
    "digest",
    "draft",
    "is_public",
    "proposed_ruling",
    "ruling",
]


SECOND: tuple[Cite, ...] = (CF(48, 1), SCG.whole)
PUBLISHER = Who((Duty.PUBLISHER,), cites=(CF(48, 1), PLAN(9)))


def _reviewer(step: str, reason: str) -> Who:
    return Who((Duty.PUBLISH_REVIEWER,), apart=(Separation((step,), reason, SECOND),), cites=SECOND)


def _publishes(s: Standing) -> bool:
    found = ruling(s)
    return found is not None and found.ruling is not Ruling.NONE and not s.has(*ENDED)


def _kept_back(s: Standing) -> bool:
    found = ruling(s)
    return found is not None and found.ruling is Ruling.NONE and not s.has(*ENDED)


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
        Who(
            (
                Duty.AGENCY_HEAD,
                Duty.PUBLISHER,
                Duty.OFFICER,
                Duty.LEGAL_REVIEWER,
                Duty.REVIEW_HEAD,
            ),
            cites=(CF(48, 1),),
        ),
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
        within="publicity.penalty",
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
        within="publicity.penalty",
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
        within="publicity.penalty",
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
        within="publicity.penalty",
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
        main=_kept_back,
        story="决定不予公示",
        by="publicity",
        within="publicity.penalty",
    ),
    Step(
        "outcome.note",
        "登记应当撤下的情形",
        OutcomeNoted,
        Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD, Duty.OFFICER), cites=(CF(48, 2),)),
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
        within="withdrawal",
    ),
    Step(
        "lapse",
        "终结公示事项",
        OutcomeNoted,
        Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD, Duty.OFFICER), cites=(CF(48, 2),)),
        (CF(48, 2), PLAN(10)),
        Phase.PUBLICITY,
        needs=(is_pending,),
        closes=(Closes(NOTICE_DUE),),
        story="处罚决定在公示前已被撤销，公示事项终结",
        by="publicity",
        elsewhere=True,
    ),
    Step(
        "supersede",
        "以更正后的公示替换",
        Superseded,
        Who((Duty.PUBLISH_REVIEWER,), cites=(CF(48, 1), PLAN(9))),
        (CF(48, 1), CF(75, 2), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_up, is_unnoted),
        story="以更正后的公示替换",
        by="publicity",
        elsewhere=True,
    ),
    version=1,
    cites=(CF(48), PLAN(9), PLAN(10)),
    first="open",
)
