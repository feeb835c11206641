"""Publishing and taking down through the services, on the demonstration case."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from uuid import uuid4

import pytest

from tests.publicity.desk import Desk
from zhifa.faces.demo import facts as demo
from zhifa.faces.demo.cast import who
from zhifa.kernel import ledger, readers
from zhifa.kernel.errors import AgainstLaw, BadInput, NotPermitted, Stale, WrongStep
from zhifa.law.procedures import publication as law
from zhifa.law.procedures.penalty import later
from zhifa.law.publishing import Flag, Ruling
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import MatterLink, TodoItem
from zhifa.publicity import effects, services
from zhifa.publicity.models import Notice, Publication, PublishedDecision, Tombstone


def counts() -> tuple[int, int, int]:
    return (
        PublishedDecision.objects.count(),
        Tombstone.objects.count(),
        Publication.objects.filter(state=Publication.State.PUBLIC).count(),
    )


# --- the duty ----------------------------------------------------------------------------------


def test_a_decision_creates_the_duty_to_publish_it_and_a_second_run_creates_no_other(decided: Desk):
    row = decided.row
    assert (row.number, row.decided_on) == ("雅雨市监罚〔2026〕1号", date(2026, 4, 9))
    assert decided.standing.open("publication.due")
    assert MatterLink.objects.filter(
        from_matter=row.matter_id, to_matter=decided.story.case_id, kind="publication_of"
    ).exists()

    (event,) = (
        e
        for e in ledger.events(decided.story.case_id)
        if e.kind == "penalty_ordinary/decision.approve"
    )
    effects.open_for_decision(event)
    assert Publication.objects.count() == 1


def test_the_duty_stands_on_the_publishers_list_with_the_term_that_runs_on_the_case(decided: Desk):
    readers.catch_up()
    item = TodoItem.objects.get(matter_id=decided.id)
    assert (item.step, item.duties) == ("rule.propose", ["publisher"])
    assert (item.due_on, item.term) == (date(2026, 4, 20), "publicity.penalty")


def test_the_term_runs_from_the_day_of_the_decision_not_of_service(desk: Desk):
    run = desk.case.term("publicity.penalty")
    assert run.start == date(2026, 4, 9)
    # Seven working days after Thursday 9 April: the 20th; twenty by the rule: 8 May.
    assert run.due.due == date(2026, 4, 20)


# --- the ruling and the draft ---------------------------------------------------------------------


def test_the_drafted_notice_holds_no_name_number_or_address_of_the_file(desk: Desk):
    made = desk.suggested()
    whole = json.dumps(law_texts(made), ensure_ascii=False)
    for secret in (demo.OWNER, demo.OWNER[1:], "511802", "138"):
        assert secret not in whole, secret
    assert made.party_kind == "individual_business"
    assert made.party_code == ""
    assert made.fine_fen == 5_000_000
    assert made.violated
    assert made.penalised_by
    assert "罚款50000元" in made.penalty


def law_texts(made: law.NoticeDrafted) -> list[str]:
    return [made.case_name, made.party_name, made.violation, made.facts, made.penalty]


def test_what_the_decision_says_of_money_and_articles_is_not_for_the_drafter_to_change(desk: Desk):
    desk.rule().draft(fine_fen=1, kinds=("warning",), violated=("CF:1",), party_code="x")
    made = law.draft(desk.standing)
    assert made is not None
    assert (made.fine_fen, made.party_code) == (5_000_000, "")
    assert "fine" in made.kinds
    assert made.violated != ("CF:1",)


# --- release -----------------------------------------------------------------------------------


def test_a_release_is_one_act_on_the_publication_and_the_case(desk: Desk):
    taken = desk.rule().draft().release()

    kinds = {e.kind for e in ledger.of_act(taken.act_id)}
    assert kinds == {"publication/release", "penalty_ordinary/publicity.publish"}
    assert not desk.case.open("publicity.due")
    assert desk.case.term("publicity.penalty").stopped_on == desk.on
    assert not desk.standing.obligations
    readers.catch_up()
    assert not TodoItem.objects.filter(matter_id=desk.id).exists()


def test_what_is_public_is_the_record_whose_digest_the_ledger_holds(desk: Desk):
    taken = desk.rule().draft().release()

    shown = PublishedDecision.objects.get(public_id=desk.row.public_id)
    event = ledger.event(taken.event_id)
    assert shown.sha256 == hashlib.sha256(shown.record.encode()).hexdigest()
    assert event.data["facts"]["record"] == shown.sha256
    assert (shown.event_id, shown.event_hash) == (event.id, event.hash)
    said = json.loads(shown.record)
    assert said["facts"] == shown.facts
    assert said["fine_fen"] == shown.fine_fen
    assert said["published_until"] == "2029-04-13"
    assert shown.published_until == date(2029, 4, 13)
    assert demo.OWNER not in shown.record
    assert demo.OWNER not in event.body


def test_the_ledger_holds_nothing_of_the_notice_but_digests(desk: Desk):
    desk.rule().draft().release()
    for event in ledger.events(desk.id):
        assert "示例牌" not in event.body
        assert demo.OWNER not in event.body


def test_an_unsealed_decision_is_not_published(decided: Desk):
    decided.rule().draft()
    before = counts()
    with pytest.raises(AgainstLaw) as refused:
        decided.release()
    assert refused.value.cites
    assert "用印" in refused.value.message
    assert counts() == before
    assert not decided.standing.has("release")


def test_who_drafted_does_not_release_and_nothing_changes(desk: Desk):
    desk.rule().draft()
    before, seq = counts(), desk.standing.seq
    for part in ("publisher", "handler", "head", "archivist"):
        with pytest.raises(NotPermitted):
            desk.release(part=part)
    assert counts() == before
    assert desk.standing.seq == seq


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("facts", f"经营者{demo.OWNER}承认上述事实。"),
        ("case_name", f"{demo.OWNER}销售超过保质期的食品案"),
        ("facts", "联系电话13800138000。"),
        ("penalty", "罚款50000元，缴至6222021234567890123。"),
    ],
)
def test_a_notice_with_leftovers_is_not_released(desk: Desk, field: str, text: str):
    desk.rule().draft(**{field: text})
    before, seq = counts(), desk.standing.seq
    with pytest.raises(AgainstLaw) as refused:
        desk.release()
    assert refused.value.cites
    assert counts() == before
    assert desk.standing.seq == seq


def test_a_leftover_is_kept_only_with_a_reason(desk: Desk):
    text = "举报电话0835-2222222。"
    desk.rule().draft(facts=text)
    with pytest.raises(BadInput, match="保留的理由：必须填写"):
        desk.release(law.Kept(words="0835-2222222", reason=" "))
    desk.release(law.Kept(words="0835-2222222", reason="系机关对外公布的举报电话"))
    assert PublishedDecision.objects.get().facts == text


def test_a_draft_changed_meanwhile_is_not_released_unread(desk: Desk):
    desk.rule().draft()
    old = law.draft(desk.standing)
    seen = desk.standing.seq
    desk.draft(facts="改写后的事实。")
    assert old is not None
    with desk.today(), pytest.raises((AgainstLaw, Stale)):
        services.release(notice=law.digest(old), **desk.given("publish_reviewer", seen=seen))
    assert counts()[0] == 0


def test_a_double_click_publishes_once(desk: Desk):
    desk.rule().draft()
    act_id = uuid4()
    first = desk.release(act_id=act_id)
    again = desk.release(act_id=act_id)
    assert (first.event_id, again.event_id) == (again.event_id, first.event_id)
    assert again.repeated
    assert PublishedDecision.objects.count() == 1


def test_a_decision_ruled_out_is_declined_on_both_matters(desk: Desk):
    desk.rule(Ruling.NONE, flags=(Flag.MINOR,), reason="当事人是未成年人")
    with desk.today():
        taken = services.decline(
            facts=law.NotPublished(ground="当事人是未成年人"), **desk.given("publish_reviewer")
        )
    assert {e.kind for e in ledger.of_act(taken.act_id)} == {
        "publication/decline",
        "penalty_ordinary/publicity.decline",
    }
    assert counts() == (0, 0, 0)
    assert not desk.case.open("publicity.due")
    with pytest.raises((AgainstLaw, WrongStep)):
        desk.draft()


# --- withdrawal --------------------------------------------------------------------------------


def test_an_annulment_starts_the_term_from_its_effect_and_the_duty_to_take_down(desk: Desk):
    desk.rule().draft().release()
    desk.annulled()

    run = desk.case.term("withdrawal")
    assert run.start == date(2026, 8, 31)
    assert run.due.due == date(2026, 9, 1)
    noted = desk.standing.latest(law.OutcomeNoted)
    assert noted is not None
    assert noted.ground is law.TakeDown.REVOKED
    readers.catch_up()
    item = TodoItem.objects.get(matter_id=desk.id)
    assert (item.step, item.due_on) == ("withdraw", date(2026, 9, 1))


def test_a_withdrawal_leaves_a_tombstone_without_name_or_facts_and_the_proof_stays(desk: Desk):
    desk.rule().draft().release()
    shown = PublishedDecision.objects.get()
    record, sha256 = shown.record, shown.sha256
    desk.annulled()
    taken = desk.withdraw()

    assert not PublishedDecision.objects.exists()
    gone = Tombstone.objects.get(public_id=desk.row.public_id)
    everything = " ".join(str(getattr(gone, f.attname)) for f in gone._meta.concrete_fields)
    said = json.loads(record)
    for private in (said["party"]["name"], said["number"], said["facts"], said["case_name"]):
        assert private not in everything
    assert gone.sha256 == sha256
    assert gone.withdrawal_hash == ledger.event(taken.event_id).hash
    kept = Notice.objects.get(matter_id=desk.id)
    assert hashlib.sha256(kept.record.encode()).hexdigest() == gone.sha256
    assert not desk.case.open("withdrawal.due")
    assert desk.case.term("withdrawal").stopped_on == desk.on


def test_an_upheld_decision_stays_up(desk: Desk):
    desk.rule().draft().release()
    desk.annulled(later.OutcomeKind.UPHELD)
    assert not desk.standing.open("publication.take_down")
    with pytest.raises(AgainstLaw):
        desk.withdraw()
    assert counts() == (1, 0, 1)


def test_an_outcome_before_publication_asks_for_no_withdrawal(desk: Desk):
    desk.annulled()
    assert not desk.standing.has("outcome.note")


def test_a_notice_that_should_not_be_public_comes_down_without_an_instrument(desk: Desk):
    desk.rule().draft().release()
    desk.withdraw(
        ground=law.TakeDown.MISTAKE, instrument="", effective_on=None, reason="误公开个人信息"
    )
    assert counts() == (0, 1, 0)
    assert Tombstone.objects.get().ground == "mistake"


def test_every_reader_of_the_ledger_finds_the_same_standing(desk: Desk):
    desk.rule().draft().release()
    standing: Standing = matters.standing(desk.row.matter, desk.on)
    assert [d.step for d in standing.history] == [
        "open",
        "rule.propose",
        "rule.confirm",
        "draft",
        "release",
    ]
    assert standing.history[0].actor == str(who("head"))
