"""The procedure of publication, in the law room alone: who may, in which order, what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from zhifa.law.actor import Actor, Duty, Post
from zhifa.law.calendar import WorkCalendar
from zhifa.law.guards import Attempt, Refusal, Setting
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.law.procedures.publication import (
    GROUND_OF,
    NOTICE_DUE,
    PUBLICATION,
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
    TakeDown,
    digest,
)
from zhifa.law.publishing import Flag, Ruling
from zhifa.law.standing import Done, Standing

AGENCY = "511802-scjg"
CALENDAR = WorkCalendar.standard()
DAY = date(2026, 9, 14)


def person(name: str, *duties: Duty) -> Actor:
    return Actor(name, name, tuple(Post(d, AGENCY) for d in duties))


CAST = {
    a.id: a
    for a in (
        person("局长", Duty.AGENCY_HEAD),
        person("公示员", Duty.PUBLISHER),
        person("审核员", Duty.PUBLISH_REVIEWER),
        person("两职人员", Duty.PUBLISHER, Duty.PUBLISH_REVIEWER),
        person("法制员", Duty.LEGAL_REVIEWER),
        person("公众"),
    )
}


@dataclass
class Notice:
    """One publication and its day."""

    standing: Standing = field(default_factory=PUBLICATION.empty)
    on: date = DAY
    field_of_law: str = "market"

    def attempt(self, step: str, who: str, facts: Any) -> Attempt:
        return Attempt(
            step, self.on, CAST[who], Setting(CALENDAR, AGENCY, self.field_of_law), facts
        )

    def refused(self, step: str, who: str, facts: Any) -> Refusal | None:
        return PUBLICATION.refuse(self.standing, self.attempt(step, who, facts))

    def take(self, step: str, who: str, facts: Any) -> Notice:
        refusal = self.refused(step, who, facts)
        assert refusal is None, f"{step}: {refusal}"
        done = Done(step, self.on, facts, who, seq=self.standing.seq + 1, actor_name=who)
        return replace(self, standing=PUBLICATION.fold(self.standing, done, CALENDAR))

    @property
    def waits_for(self) -> list[str]:
        return [s.code for s in PUBLICATION.next(self.standing)]


def draft(**changed: Any) -> NoticeDrafted:
    values: dict[str, Any] = {
        "case_name": "某食品店销售超过保质期的食品案",
        "party_name": "雨城区王某副食店",
        "party_kind": "individual_business",
        "violation": "销售超过保质期的食品",
        "facts": "当事人销售超过保质期的糕点三袋。",
        "violated": ("FS:34:1:10",),
        "penalised_by": ("FS:124:1:5",),
        "penalty": "罚款5000元",
        "kinds": ("fine",),
        "fine_fen": 500_000,
        "nonce": "n",
    }
    return NoticeDrafted(**values | changed)


def opened() -> Notice:
    return Notice().take(
        "open",
        "局长",
        PublicationOpened(
            case="c", decision="d", number="雅雨市监罚〔2026〕3号", decided_on=DAY, public_id="x"
        ),
    )


def ruled(ruling: Ruling = Ruling.PUBLISH, **changed: Any) -> Notice:
    made = RulingProposed(regime=Regime.PLAN, ruling=ruling, **changed)
    return (
        opened()
        .take("rule.propose", "公示员", made)
        .take("rule.confirm", "审核员", RulingConfirmed(opinion="同意"))
    )


def drafted(made: NoticeDrafted | None = None) -> Notice:
    return ruled().take("draft", "公示员", made or draft())


def release(made: NoticeDrafted | None = None, *kept: Kept) -> NoticeReleased:
    return NoticeReleased(notice=digest(made or draft()), record="r", kept=kept)


def released() -> Notice:
    return drafted().take("release", "审核员", release())


def test_the_line_from_decision_to_publication_waits_for_one_step_at_a_time():
    s = opened()
    assert s.waits_for == ["rule.propose"]
    s = s.take("rule.propose", "公示员", RulingProposed(regime=Regime.PLAN, ruling=Ruling.PUBLISH))
    assert s.waits_for == ["rule.confirm"]
    s = s.take("rule.confirm", "审核员", RulingConfirmed(opinion="同意"))
    assert s.waits_for == ["draft"]
    s = s.take("draft", "公示员", draft())
    assert s.waits_for == ["release"]
    assert s.standing.open(NOTICE_DUE.code)
    s = s.take("release", "审核员", release())
    assert s.waits_for == []
    assert not s.standing.obligations


def test_who_proposed_the_ruling_does_not_confirm_it():
    s = opened().take(
        "rule.propose", "两职人员", RulingProposed(regime=Regime.PLAN, ruling=Ruling.PUBLISH)
    )
    refusal = s.refused("rule.confirm", "两职人员", RulingConfirmed(opinion="同意"))
    assert refusal is not None
    assert (refusal.kind, refusal.code) == ("person", "separation")
    assert refusal.cites


def test_who_drafted_the_notice_does_not_release_it():
    s = ruled().take("draft", "两职人员", draft())
    refusal = s.refused("release", "两职人员", release())
    assert refusal is not None
    assert refusal.code == "separation"


@pytest.mark.parametrize("who", ["公众", "局长", "公示员", "法制员"])
def test_only_the_publishing_reviewer_releases(who):
    refusal = drafted().refused("release", who, release())
    assert refusal is not None
    assert refusal.kind == "person"


def test_a_draft_without_a_confirmed_ruling_is_refused_and_led_to_it():
    s = opened().take(
        "rule.propose", "公示员", RulingProposed(regime=Regime.PLAN, ruling=Ruling.PUBLISH)
    )
    refusal = s.refused("draft", "公示员", draft())
    assert refusal is not None
    assert refusal.then == "rule.confirm"


def test_departing_from_the_catalogue_needs_a_reason():
    s = opened()
    bare = RulingProposed(regime=Regime.PLAN, ruling=Ruling.PUBLISH, flags=(Flag.MINOR,))
    refusal = s.refused("rule.propose", "公示员", bare)
    assert refusal is not None
    assert refusal.field == "reason"
    assert s.refused("rule.propose", "公示员", replace(bare, reason="已成年")) is None


@pytest.mark.parametrize("flag", [Flag.SEALED, Flag.STATE_SECRET])
def test_what_is_sealed_or_secret_is_not_published_for_any_reason(flag):
    made = RulingProposed(
        regime=Regime.PLAN, ruling=Ruling.PUBLISH, flags=(flag,), reason="公众关心"
    )
    refusal = Notice.refused(opened(), "rule.propose", "公示员", made)
    if flag is Flag.SEALED or flag is Flag.STATE_SECRET:
        assert refusal is not None
        assert refusal.field == "ruling"


def test_keeping_back_needs_a_reason_and_is_declined_not_drafted():
    refusal = opened().refused(
        "rule.propose", "公示员", RulingProposed(regime=Regime.PLAN, ruling=Ruling.NONE)
    )
    assert refusal is not None
    s = ruled(Ruling.NONE, flags=(Flag.MINOR,), reason="当事人未成年")
    assert s.waits_for == ["decline"]
    assert s.refused("draft", "公示员", draft()) is not None
    s = s.take("decline", "审核员", NotPublished(ground="当事人未成年"))
    assert not s.standing.obligations


def test_a_reduced_notice_says_what_was_left_out():
    s = ruled(Ruling.REDUCED, flags=(Flag.BUSINESS_SECRET,), reason="涉及配方")
    refusal = s.refused("draft", "公示员", draft())
    assert refusal is not None
    assert refusal.field == "hidden"
    assert s.refused("draft", "公示员", draft(hidden="配方，商业秘密")) is None


@pytest.mark.parametrize(
    "left",
    ["511802199001011237", "13800138000", "川T12345", "0835-2222222", "a.b@example.cn"],
)
@pytest.mark.parametrize("where", ["facts", "penalty", "case_name"])
def test_leftovers_refuse_the_release_unless_kept_with_a_reason(left, where):
    made = draft(**{where: f"联系{left}。"})
    s = drafted(made)
    refusal = s.refused("release", "审核员", release(made))
    assert refusal is not None
    assert refusal.then == "draft"
    assert left in refusal.message
    kept = Kept(words=left, reason="系企业对外公布的号码")
    assert s.refused("release", "审核员", release(made, kept)) is None
    without = Kept(words=left, reason=" ")
    assert s.refused("release", "审核员", release(made, without)) is not None


def test_an_organisations_own_code_may_stand():
    made = draft(party_code="91511802MA0000000X", facts="当事人（91511802MA0000000X）。")
    assert drafted(made).refused("release", "审核员", release(made)) is None


def test_what_is_released_is_what_was_read():
    s = drafted().take("draft", "公示员", draft(facts="改过的事实。"))
    refusal = s.refused("release", "审核员", release())
    assert refusal is not None
    assert refusal.field == "notice"


def test_a_draft_sent_back_is_not_released():
    s = drafted().take("draft.return", "审核员", SentBack(reason="姓名未隐去"))
    assert s.waits_for == ["draft"]
    refusal = s.refused("release", "审核员", release())
    assert refusal is not None
    assert refusal.then == "draft"


def test_a_notice_goes_up_once():
    assert released().refused("release", "审核员", release()) is not None


def noted(effective: date = DAY) -> OutcomeNoted:
    return OutcomeNoted(
        ground=TakeDown.REVOKED, instrument="雅复〔2026〕8号", effective_on=effective
    )


def test_an_outcome_opens_the_duty_to_take_down_and_its_withdrawal_closes_it():
    s = released().take("outcome.note", "法制员", noted())
    assert s.waits_for == ["withdraw"]
    s = s.take(
        "withdraw",
        "审核员",
        NoticeWithdrawn(
            ground=TakeDown.REVOKED, instrument="雅复〔2026〕8号", effective_on=DAY, reason="撤销"
        ),
    )
    assert not s.standing.obligations
    assert s.waits_for == []


def test_the_ground_is_that_of_the_instrument_on_record():
    s = released().take("outcome.note", "法制员", noted())
    other = NoticeWithdrawn(
        ground=TakeDown.VOID, instrument="雅复〔2026〕8号", effective_on=DAY, reason="x"
    )
    refusal = s.refused("withdraw", "审核员", other)
    assert refusal is not None
    assert refusal.field == "ground"


def test_nothing_is_taken_down_before_the_instrument_takes_effect():
    s = released().take("outcome.note", "法制员", noted(date(2026, 9, 20)))
    made = NoticeWithdrawn(
        ground=TakeDown.REVOKED, instrument="雅复〔2026〕8号", effective_on=None, reason="x"
    )
    refusal = s.refused("withdraw", "审核员", made)
    assert refusal is not None
    assert refusal.field == "effective_on"


def test_without_an_instrument_only_a_mistake_of_the_notice_itself_is_a_ground():
    made = NoticeWithdrawn(ground=TakeDown.REVOKED, reason="x")
    assert released().refused("withdraw", "审核员", made) is not None
    mistake = NoticeWithdrawn(ground=TakeDown.MISTAKE, reason="误公开未成年人信息")
    assert released().refused("withdraw", "审核员", mistake) is None


def test_every_outcome_that_takes_a_notice_down_has_a_ground():
    from zhifa.law.procedures.penalty.force import TAKES_DOWN

    assert set(GROUND_OF) == TAKES_DOWN
    assert OutcomeKind.UPHELD not in GROUND_OF
