"""perform: one event for one act, or nothing at all and the reason why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.procedure.toy import DAY, PAPER, TOY, Begun, Checked, begin, issue, take
from zhifa.faces.demo import cast
from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import (
    AgainstLaw,
    BadInput,
    NotFound,
    NotPermitted,
    Refused,
    Stale,
    WrongStep,
)
from zhifa.kernel.models import LedgerEvent
from zhifa.procedure import folding, selectors
from zhifa.procedure.models import Draft, Matter, RunningTerm
from zhifa.procedure.services import (
    Move,
    OwedMissing,
    link_matters,
    open_matter,
    perform,
    save_draft,
)

pytestmark = pytest.mark.usefixtures("toy")


def written() -> tuple[int, int, int]:
    """How much stands in ledger, matters and terms."""
    return LedgerEvent.objects.count(), Matter.objects.count(), RunningTerm.objects.count()


def unchanged(act: Callable[[], object], refusal: type[BaseException]) -> Any:
    """The act is refused, and nothing was written."""
    before = written(), list(Matter.objects.order_by("id").values())
    with pytest.raises(refusal) as raised:
        act()
    assert (written(), list(Matter.objects.order_by("id").values())) == before
    return raised.value


# --- what an act writes --------------------------------------------------------------------------


def test_an_act_writes_one_event_with_what_happened_and_no_secret() -> None:
    first = begin(name="甲", secret="张三身份证号")
    genesis, event = ledger.events(first.matter_id)
    assert genesis.kind == "genesis"
    assert event.kind == "toy/begin"
    assert event.id == first.event_id
    assert event.data["facts"] == {"name": "甲"}
    assert event.private == {"secret": "张三身份证号"}
    assert "张三" not in event.body
    assert [o["kind"] for o in event.data["outputs"]] == [PAPER]
    assert event.data["terms"][0]["code"] == "clue.verification"
    assert event.duty == "officer"
    then = take(first.matter_id, "check")
    assert then.seq == first.seq + 1
    assert ledger.event(then.event_id).data["links"][0]["kind"] == "evidence"
    assert not ledger.verify().faults


def test_lists_follow_the_act_in_the_same_commit() -> None:
    first = begin()
    matter = Matter.objects.get(id=first.matter_id)
    assert (matter.seq, matter.phase, matter.closed) == (first.seq, "clue", False)
    assert RunningTerm.objects.get(matter=matter).due_on == date(2026, 3, 24)
    take(first.matter_id, "check")
    assert RunningTerm.objects.get(matter=matter).stopped_on == DAY
    take(first.matter_id, "finish", "head")
    matter.refresh_from_db()
    assert (matter.phase, matter.closed) == ("closing", True)


def test_the_standing_that_is_remembered_is_the_one_that_is_stored() -> None:
    first = begin(secret="内情")
    take(first.matter_id, "check", found="情况属实")
    matter = selectors.matter(first.matter_id)
    warm = selectors.standing(matter, DAY)
    folding.forget()
    assert selectors.standing(matter, DAY) == warm
    assert warm.history[0].facts == Begun(name="甲", secret="内情")


def test_a_draft_goes_with_the_act_that_it_was_for_and_only_with_that() -> None:
    first = begin()
    for step in ("check", "note"):
        save_draft(
            person_id=cast.who("handler"),
            matter_id=first.matter_id,
            step=step,
            content={"found": "x"},
        )
    save_draft(
        person_id=cast.who("second"),
        matter_id=first.matter_id,
        step="check",
        content={"found": "y"},
    )
    take(first.matter_id, "check")
    left = {(d.person_id, d.step) for d in Draft.objects.all()}
    assert left == {(cast.who("handler"), "note"), (cast.who("second"), "check")}


# --- what is owed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "papers", [(), (PAPER, PAPER), (PAPER, "filing_approval"), ("site_record",)]
)
def test_an_act_produces_just_the_papers_that_its_step_owes(papers: tuple[str, ...]) -> None:
    unchanged(lambda: begin(papers=papers), OwedMissing)


@pytest.mark.parametrize("links", [(), ("evidence", "evidence"), ("seal",)])
def test_and_just_the_rows(links: tuple[str, ...]) -> None:
    first = begin()
    unchanged(lambda: take(first.matter_id, "check", links=links), OwedMissing)
    unchanged(lambda: take(first.matter_id, "check", papers=(PAPER,)), OwedMissing)


def test_a_body_that_fails_leaves_nothing_behind() -> None:
    first = begin()

    def broken() -> None:
        with perform(first.matter_id, "note", by=cast.who("handler"), on=DAY, facts=Checked()):
            raise ZeroDivisionError

    unchanged(broken, ZeroDivisionError)
    standing = selectors.standing(selectors.matter(first.matter_id), DAY)
    assert [d.step for d in standing.history] == ["begin"]


def test_what_was_rolled_back_is_not_remembered() -> None:
    first = begin()
    matter = selectors.matter(first.matter_id)
    before = selectors.standing(matter, DAY)

    def half() -> None:
        with transaction.atomic():
            take(first.matter_id, "check")
            raise ZeroDivisionError

    unchanged(half, ZeroDivisionError)
    assert selectors.standing(matter, DAY) == before
    assert take(first.matter_id, "check").seq == first.seq + 1
    assert selectors.standing(matter, DAY).has("check")


# --- who, what, when -----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["head", "reviewer", "cashier", "seal_keeper", "archivist"])
def test_the_wrong_duty_changes_nothing(part: str) -> None:
    refused = unchanged(lambda: begin(part=part), NotPermitted)
    assert refused.code == "duty"
    assert refused.cites


def test_the_law_refuses_with_article_remedy_and_step() -> None:
    first = begin()
    refused = unchanged(lambda: take(first.matter_id, "finish", "head"), AgainstLaw)
    assert refused.code == "toy.checked"
    assert refused.message == "不能办结：尚未核对。"
    assert refused.remedy_step == "check"
    assert [c.key for c in refused.cites] == ["CF:57"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [(Begun(name="", secret="x"), "name"), (Begun(name="甲\x00", secret="x"), "name"),
     (Begun(name="甲" * 201, secret="x"), "name"), (Checked(), "facts")],
)  # fmt: skip
def test_facts_that_do_not_fit_name_their_field(facts: Any, field: str) -> None:
    def act() -> None:
        with open_matter(
            "toy", agency=cast.AGENCY, region="511802", unit=cast.UNIT, title="甲",
            by=cast.who("handler"), on=DAY, facts=facts,
        ):  # fmt: skip
            pass

    assert unchanged(act, BadInput).field == field


def test_nobody_acts_tomorrow_and_who_enters_yesterday_says_why() -> None:
    assert unchanged(lambda: begin(on=date(2026, 3, 4)), BadInput).field == "on"
    yesterday = date(2026, 3, 2)
    assert unchanged(lambda: begin(on=yesterday), BadInput).field == "reason"
    assert unchanged(lambda: begin(on=yesterday, reason="  "), BadInput).field == "reason"
    late = begin(on=yesterday, reason="系统停机，事后补录")
    event = ledger.event(late.event_id)
    assert event.data["late"] == "系统停机，事后补录"
    standing = selectors.standing(selectors.matter(late.matter_id), DAY)
    assert (standing.history[0].on, standing.history[0].recorded_on) == (yesterday, DAY)
    refused = unchanged(
        lambda: take(late.matter_id, "check", on=date(2026, 3, 1), reason="补录"), AgainstLaw
    )
    assert refused.code == "day-order"


def test_what_does_not_exist_is_not_found() -> None:
    first = begin()
    unchanged(lambda: take(ids.uuid7(), "check"), NotFound)

    def nowhere() -> None:
        with perform(first.matter_id, "dance", by=cast.who("handler"), on=DAY):
            pass

    def nobody() -> None:
        with perform(first.matter_id, "note", by=ids.uuid7(), on=DAY, facts=Checked()):
            pass

    assert unchanged(nowhere, NotFound).code == "no-such-step"
    assert unchanged(nobody, NotFound).code == "no-such-person"


# --- twice ---------------------------------------------------------------------------------------


def test_the_same_act_again_answers_what_it_wrote_the_first_time() -> None:
    act_id = ids.uuid7()
    first = begin(act_id=act_id)
    before = written()
    again = begin(act_id=act_id)
    assert again.repeated
    assert (again.matter_id, again.event_id, again.seq) == (
        first.matter_id, first.event_id, first.seq
    )  # fmt: skip
    assert again.outputs == first.outputs
    step_id = ids.uuid7()
    one = take(first.matter_id, "check", act_id=step_id, found="属实")
    two = take(first.matter_id, "check", act_id=step_id, found="属实")
    assert two.repeated
    assert two.event_id == one.event_id
    assert written()[0] == before[0] + 1


def test_the_same_number_for_another_content_is_a_conflict() -> None:
    act_id = ids.uuid7()
    first = begin(act_id=act_id)
    for act in (
        lambda: begin(act_id=act_id, name="乙"),
        lambda: begin(act_id=act_id, secret="别的内情"),
        lambda: begin(act_id=act_id, part="second"),
        lambda: take(first.matter_id, "check", act_id=act_id),
    ):
        assert unchanged(act, WrongStep).code == "act-id-reused"


# --- on an old page ------------------------------------------------------------------------------


def test_what_moved_without_touching_the_step_does_not_stop_it() -> None:
    first = begin()
    take(first.matter_id, "note", "second")
    assert take(first.matter_id, "check", seen=first.seq).seq == first.seq + 2


def test_what_moved_and_touches_the_step_stops_it_and_says_what_happened() -> None:
    first = begin()
    take(first.matter_id, "check", "second")
    refused = unchanged(lambda: take(first.matter_id, "check", seen=first.seq), Stale)
    assert len(refused.changes) == 1
    assert "核对" in refused.changes[0]
    assert refused.status == 409
    early = unchanged(lambda: take(first.matter_id, "finish", "head", seen=first.seq), Stale)
    assert early.changes == refused.changes


def test_the_same_step_by_another_is_shown_even_where_it_may_be_taken_twice() -> None:
    first = begin()
    take(first.matter_id, "note", "second")
    unchanged(lambda: take(first.matter_id, "note", seen=first.seq), Stale)


def test_a_page_from_the_future_is_refused() -> None:
    first = begin()
    refused = unchanged(lambda: take(first.matter_id, "check", seen=first.seq + 1), Refused)
    assert refused.field == "seen"


# --- several matters -----------------------------------------------------------------------------


def test_one_act_on_two_matters_is_one_commit_locked_in_order() -> None:
    one, two = begin(name="甲"), begin(name="乙")
    by = cast.who("handler")
    low, high = sorted((one.matter_id, two.matter_id))
    with (
        CaptureQueriesContext(connection) as queries,
        perform(
            high, "note", by=by, on=DAY, facts=Checked(), also=(Move(low, "note", Checked()),)
        ) as act,
    ):
        assert [s.matter.id for s in act.strands] == [high, low]
    locks = [q["sql"] for q in queries if "FOR UPDATE" in q["sql"]]
    assert len(locks) == 1
    assert "ORDER BY m.id" in locks[0]
    both = ledger.of_act(act.id)
    assert {e.stream_id for e in both} == {low, high}


def test_if_one_matter_refuses_neither_moves() -> None:
    one, two = begin(name="甲"), begin(name="乙")

    def act() -> None:
        with perform(
            one.matter_id, "note", by=cast.who("handler"), on=DAY, facts=Checked(),
            also=(Move(two.matter_id, "begin", Begun(name="丙", secret="x")),),
        ):  # fmt: skip
            pass

    assert unchanged(act, WrongStep).code == "begun"


def test_papers_and_rows_are_counted_for_each_matter() -> None:
    one, two = begin(name="甲"), begin(name="乙")

    def act(on: UUID) -> None:
        with perform(
            one.matter_id, "note", by=cast.who("handler"), on=DAY, facts=Checked(),
            also=(Move(two.matter_id, "check", Checked()),),
        ) as running:  # fmt: skip
            running.link("evidence", ids.uuid7(), on=on)

    unchanged(lambda: act(one.matter_id), OwedMissing)
    act(two.matter_id)
    assert selectors.standing(selectors.matter(two.matter_id), DAY).has("check")


def test_matters_are_linked_once() -> None:
    one, two = begin(name="甲"), begin(name="乙")
    for _ in range(2):
        link_matters(from_id=one.matter_id, to_id=two.matter_id, kind="belongs")
    assert Matter.objects.get(id=one.matter_id).links_out.count() == 1


# --- the price -----------------------------------------------------------------------------------


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE")) for q in queries)


def test_an_act_asks_the_database_ten_times_at_most_whatever_its_history() -> None:
    first = begin()
    short = queries_of(lambda: take(first.matter_id, "note"))
    for _ in range(30):
        take(first.matter_id, "note")
    long = queries_of(lambda: take(first.matter_id, "note"))
    assert long == short <= 10
    folding.forget()
    assert queries_of(lambda: take(first.matter_id, "note")) <= 10


def test_only_perform_appends_to_a_matter() -> None:
    """A body has no way to write an event of its own: what it registers is judged on exit."""
    first = begin()
    with perform(first.matter_id, "note", by=cast.who("handler"), on=DAY, facts=Checked()) as act:
        assert act.taken is None
        issue(act)
    assert act.taken is not None
    assert TOY.steps["note"].owed(act.standing, None) == ()
