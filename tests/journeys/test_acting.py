"""A deputy decides for the head: shown as 代 in event, paper and story; within amount and law."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest
from django.test import Client

from tests.journeys.telling import At, Tale, follow, somebody
from zhifa.accounts.models import Person
from zhifa.cases import services as cases
from zhifa.cases.handover import estate
from zhifa.faces.demo.cast import AGENCY, who
from zhifa.kernel import ledger
from zhifa.kernel.errors import AgainstLaw, BadInput, NotPermitted, Refused, WrongStep
from zhifa.law.actor import Duty
from zhifa.law.procedures.parts.approval import Approved, Endorsed
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import current
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import save_draft
from zhifa.registry import selectors as registry
from zhifa.registry import services as registers
from zhifa.registry.models import Absence
from zhifa.review import services as review

DEPUTY = "yc-publish-reviewer"


def browser(username: str) -> Client:
    found = Client()
    found.force_login(
        Person.objects.get(id=somebody(username)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return found


def test_a_reviewer_s_open_reviews_stand_on_their_page_for_the_head_of_review(at: At) -> None:
    tale = at("首次送审")
    reviewer = somebody("reviewer")
    review.assign(
        review_id=tale.review_id(), reviewer=reviewer, by=somebody("yc-review-head"), on=tale.on
    )
    where = f"/desk/people/{reviewer}/"
    page = browser("yc-review-head").get(where).content.decode()
    assert f"/desk/reviews/{tale.review_id()}/" in page
    assert "正在审核" not in browser("yc-secadmin").get(where).content.decode()


@pytest.fixture
def tale(at: At) -> Tale:
    """Everything is ready for the head; the head has given the day's duty to a deputy."""
    tale = at("集体讨论")
    tale.day(date(2026, 4, 9))
    tale.by(
        "handler",
        "decision.propose",
        later.DecisionProposed(
            proposal=tale.proposal(), defence_adopted="不予采纳。", summary="建议作出决定。"
        ),
    )
    return tale


def give(tale: Tale, to: str, limit_fen: int | None = None, giver: str = "head") -> None:
    registers.delegate(
        agency=AGENCY, holder_id=somebody(to), duties=[Duty.AGENCY_HEAD], valid_from=tale.on,
        valid_until=date(2026, 4, 30), basis="示例授权〔2026〕1号", on=tale.on, by=who(giver),
        limit_fen=limit_fen,
    )  # fmt: skip


def endorse(tale: Tale) -> None:
    tale.by("handling_head", "decision.endorse", Endorsed(opinion="同意。"))


APPROVED = Approved(opinion="同意，作出处罚决定。")


def test_a_deputy_decides_for_the_head_and_everything_says_so(tale: Tale) -> None:
    endorse(tale)
    with tale.refused(NotPermitted, "应当由行政机关负责人办理"):
        tale.by(DEPUTY, "decision.approve", APPROVED)
    give(tale, DEPUTY, limit_fen=100_000_00)
    follow()
    actor = registry.actor(somebody(DEPUTY), tale.on)
    item = next(i for i in matters.todo(actor) if i.step == "decision.approve")
    post = matters.on_behalf(item, actor)
    assert post is not None
    assert post.of_name == "赵示例"
    page = browser(DEPUTY).get(f"/desk/cases/{tale.case_id}/").content.decode()
    assert "胡示例（代赵示例）" in page
    taken = tale.by(DEPUTY, "decision.approve", APPROVED)
    (event,) = ledger.of_act(taken.act_id)
    assert event.duty == "agency_head"
    assert event.data["acting"]["for"] == str(who("head"))
    assert event.data["acting"]["delegation"] == post.delegation
    done = tale.stands().last("decision.approve")
    assert done is not None
    assert done.signed == "胡示例（代赵示例）"
    assert "胡示例（代赵示例）" in tale.says("decision_approval")
    assert ledger.verify().ok


def test_an_amount_above_the_limit_is_left_to_the_head(tale: Tale) -> None:
    endorse(tale)
    give(tale, DEPUTY, limit_fen=100)
    with tale.refused(NotPermitted, "数额以1元为限", article="CF:57:1"):
        tale.by(DEPUTY, "decision.approve", APPROVED)
    tale.by("head", "decision.approve", APPROVED)


def test_handling_review_and_decision_stay_apart_for_the_person(tale: Tale) -> None:
    endorse(tale)
    for person in ("yc-officer1", "yc-legal-reviewer"):
        give(tale, person)
        with tale.refused(NotPermitted, "办理、审核、决定应当相分离"):
            tale.by(person, "decision.approve", APPROVED)


def test_who_examined_does_not_then_approve_for_the_head(tale: Tale) -> None:
    endorse(tale)
    give(tale, "yc-handling-head")
    with tale.refused(NotPermitted, "已经审查本件"):
        tale.by("yc-handling-head", "decision.approve", APPROVED)


def test_nobody_votes_for_another_in_the_heads_discussion(tale: Tale) -> None:
    give(tale, DEPUTY)
    assert not registry.actor(somebody(DEPUTY), tale.on).holds_itself(Duty.AGENCY_HEAD, AGENCY)
    assert somebody(DEPUTY) not in {
        UUID(h.id) for h in registry.people_with(Duty.AGENCY_HEAD, AGENCY, tale.on)
    }


def test_the_desk_of_one_who_is_away_shows_to_the_deputy_and_no_term_moves(tale: Tale) -> None:
    follow()
    reader = somebody("yc-officer3")
    before = registry.actor(reader, tale.on)
    assert not matters.visible_to(before).filter(id=tale.case_id).exists()
    terms = tale.stands().terms
    registers.note_absence(
        person_id=who("handler"), agency=AGENCY, kind=Absence.Kind.SICK, valid_from=tale.on,
        valid_until=tale.on, on=tale.on, by=who("handler"), deputy_id=reader,
    )  # fmt: skip
    after = registry.actor(reader, tale.on)
    assert matters.visible_to(after).filter(id=tale.case_id).exists()
    assert set(matters.todo(registry.actor(who("handler"), tale.on))) <= set(matters.todo(after))
    assert tale.stands().terms == terms
    with tale.refused(NotPermitted, "只有本案承办人"):
        cases.take(
            matter_id=tale.case_id, step="proposal.amend", by=reader, on=tale.on,
            facts=current(tale.stands()),
        )  # fmt: skip


# --- a leaver ---


def hand(tale: Tale, by: str = "yc-handling-head", **other: object) -> dict[UUID, Refused | None]:
    given = {
        "person_id": who("handler"), "to_id": somebody("yc-officer3"), "agency": AGENCY,
        "matter_ids": [tale.case_id], "reason": "调离执法岗位。", "by": somebody(by), "on": tale.on,
        "act_id": uuid5(tale.case_id, "leaves"), **other,
    }  # fmt: skip
    return cases.hand_over(**given)


def test_a_leaver_s_matters_are_handed_over_by_the_unit_s_head_one_event_each(tale: Tale) -> None:
    save_draft(
        person_id=who("handler"), matter_id=tale.case_id, step="evidence.add", content={"a": "b"}
    )
    terms = tale.stands().terms
    left = estate(who("handler"), AGENCY, tale.on)
    assert [m.matter.id for m in left.matters] == [tale.case_id]
    assert left.drafts[0][0] == "登记证据"
    assert str(somebody("yc-expired")) not in dict(left.takers)
    with tale.refused(WrongStep, "还有1件承办事项没有移交", article="CF:42"):
        cases.leave(
            person_id=who("handler"),
            agency=AGENCY,
            by=somebody("yc-secadmin"),
            on=tale.on,
            why="调离",
        )
    assert hand(tale) == {tale.case_id: None}
    done = tale.stands().history[-1]
    assert (done.step, done.facts.reason) == ("handlers.change", "调离执法岗位。")
    assert set(done.facts.handlers) == {str(who("second")), str(somebody("yc-officer3"))}
    assert tale.stands().terms == terms
    assert matters.draft(somebody("yc-officer3"), tale.case_id, "evidence.add") == {"a": "b"}
    assert estate(who("handler"), AGENCY, tale.on).empty
    seq = tale.stands().seq
    with pytest.raises(BadInput, match="正在承办"):
        hand(tale)
    assert tale.stands().seq == seq


def test_then_the_duties_end_and_with_the_account_the_session(tale: Tale) -> None:
    hand(tale)
    registers.delegate(
        agency=AGENCY, holder_id=who("handler"), duties=[Duty.HANDLING_HEAD], valid_from=tale.on,
        valid_until=date(2026, 4, 30), basis="示例", on=tale.on, by=who("handling_head"),
    )  # fmt: skip
    security = {
        "agency": AGENCY,
        "why": "示例调〔2026〕1号",
        "by": somebody("yc-secadmin"),
        "on": tale.on,
    }
    assert cases.leave(person_id=who("handler"), **security) == 1
    tomorrow = tale.on + timedelta(days=1)
    assert not registry.actor(who("handler"), tomorrow).posts
    person = Person.objects.get(id=who("handler"))
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    registers.close_account(
        person_id=person.id, agency=AGENCY, by=somebody("yc-sysadmin"), on=tale.on
    )
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize("by", ["yc-review-head", "ya-handling-head", "yc-secadmin", "yc-officer2"])
def test_nobody_but_the_unit_s_head_hands_over(tale: Tale, by: str) -> None:
    with tale.refused(NotPermitted, "所在承办机构的负责人", article="CF:42"):
        hand(tale, by=by)


def test_at_the_desk_the_head_chooses_and_hands_over_and_a_second_click_changes_nothing(
    tale: Tale,
) -> None:
    where = f"/desk/people/{who('handler')}/handover/"
    head = browser("yc-handling-head")
    page = head.get(where).content.decode()
    assert "雅雨市监案" in page
    sent = {
        "matter": [str(tale.case_id)], "to": str(somebody("yc-officer3")), "reason": "调离。",
        "act": str(uuid5(tale.case_id, "click")),
    }  # fmt: skip
    assert head.post(where, {**sent, "to": str(somebody("yc-expired"))}).status_code == 422
    seq = tale.stands().seq
    assert head.post(where, sent).status_code == 302
    assert head.post(where, sent).status_code == 422
    assert tale.stands().seq == seq + 1
    assert browser("yc-officer2").post(where, sent).status_code == 403


def test_who_cannot_handle_the_case_does_not_get_it_and_the_answer_says_why(tale: Tale) -> None:
    told = hand(tale, to_id=somebody("yc-expired"))
    no = told[tale.case_id]
    assert isinstance(no, AgainstLaw)
    assert "没有有效的行政执法证件" in no.message
    with tale.refused(BadInput, "理由"):
        hand(tale, reason=" ")
