"""Reminders: to whom, when, how often, and that they say number and act and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from tests.journeys.telling import At, Tale, follow, world
from tests.supervision.desk import deliver
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.law import terms
from zhifa.law.procedures import ALL
from zhifa.notifier import hours, planning, services, sinks, tasks
from zhifa.notifier.models import Notification
from zhifa.notifier.planning import Planned
from zhifa.notifier.sinks import FileSink, Message

Kind = Notification.Kind
REVIEWER, SECOND = "yc-legal-reviewer", "yc-review-head"
DUE = date(2026, 3, 24)
"""The review that was asked for on 2026-03-17 ends."""


@pytest.fixture
def tale(at: At) -> Tale:
    found = at("首次送审")
    follow()
    return found


def said(on: date, who: str, kind: Kind) -> list[str]:
    return [p.text for p in planning.plan(on) if (p.username, p.kind) == (who, kind)]


class Taker:
    """A sink that remembers; it may fail, or die after it took the message."""

    def __init__(self, *, fails: int = 0, dies: bool = False) -> None:
        self.taken: list[Message] = []
        self.fails, self.dies = fails, dies

    def put(self, message: Message) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("gateway")
        self.taken.append(message)
        if self.dies:
            raise SystemExit  # the process is gone before the transaction commits


def at_ten(day: date) -> datetime:
    return clock.at(day, 10)


# --- what is said to whom ------------------------------------------------------------------------


def test_whoever_owes_something_is_told_each_working_morning_with_number_act_and_day(
    tale: Tale,
) -> None:
    (text,) = said(date(2026, 3, 18), REVIEWER, Kind.DIGEST)
    assert text == (
        "【智法】3月18日待办1项，逾期0项，3日内到期0项。"
        "雅雨市监案〔2026〕1号：待办“审核通过”，期限3月24日。"
    )
    assert said(date(2026, 3, 18), "yc-cashier", Kind.DIGEST) == [], "who owes nothing has peace"
    assert said(date(2026, 3, 21), REVIEWER, Kind.DIGEST) == [], "a Saturday"


def test_three_days_before_and_on_the_last_day_those_who_owe_it_are_told(tale: Tale) -> None:
    assert said(date(2026, 3, 20), REVIEWER, Kind.SOON) == []
    (soon,) = said(date(2026, 3, 21), REVIEWER, Kind.SOON)
    assert soon == "【智法】雅雨市监案〔2026〕1号：“法制审核”，期限3月24日，3日后到期。"
    (today,) = said(DUE, REVIEWER, Kind.TODAY)
    assert "今日到期" in today
    for who in ("yc-officer1", "ya-legal-reviewer"):
        assert said(DUE, who, Kind.TODAY) == [], who


def test_what_is_overdue_goes_to_those_above_and_only_in_the_same_agency(tale: Tale) -> None:
    late = [p for p in planning.plan(date(2026, 3, 25)) if p.kind is Kind.OVERDUE]
    told = {p.username for p in late}
    assert "yc-agency-head1" in told
    assert REVIEWER not in told
    assert all(name.startswith("yc-") for name in told)
    assert all("已逾期，请督促办理" in p.text for p in late)


def test_the_handlers_superior_hears_of_a_decision_that_is_late(tale: Tale) -> None:
    on = date(2026, 6, 3)
    assert "“作出处理决定”" in "".join(said(on, "yc-handling-head", Kind.OVERDUE))
    assert said(on + timedelta(days=60), "yc-handling-head", Kind.OVERDUE) == []


def test_a_supervised_agency_s_head_is_told_of_the_answer_that_it_owes(tale: Tale) -> None:
    deliver(tale.case_id, tale.on)
    follow()
    due = date(2026, 3, 31)
    (text,) = said(due, "yc-agency-head1", Kind.TODAY)
    assert "“答复行政执法监督通知书”，期限3月31日，今日到期" in text
    assert text.startswith("【智法】雅雨市监案〔2026〕1号")


# --- number and act only -------------------------------------------------------------------------


def _bare(text: str) -> str:
    """What is left of a message when number, act, day and the fixed words are taken away."""
    acts = {s.title for p in ALL for s in p.steps.values()}
    acts |= {terms.get(code).title for code in terms.codes()}
    for act in sorted(acts, key=len, reverse=True):
        text = text.replace(f"“{act}”", "")
    text = re.sub(r"[\u4e00-\u9fff]{2,8}〔\d{4}〕\d+号|未编号事项", "", text)
    text = re.sub(r"\d+月\d+日|\d+[件项]|\d+日(内|后)", "", text)
    words = "【智法】|等|待办|逾期|到期|另有|期限|今日|已|请督促办理"
    return re.sub(f"{words}|[，。；：]", "", text)


def test_no_message_ever_names_a_party_or_a_fact(tale: Tale) -> None:
    deliver(tale.case_id, tale.on)
    follow()
    seen: set[Kind] = set()
    for n in (*range(12), *range(74, 80)):
        for p in planning.plan(date(2026, 3, 17) + timedelta(days=n)):
            seen.add(p.kind)
            assert _bare(p.text) == "", p.text
            for secret in ("示例食品店", "林样例", "饼干", "超过保质期", "大道", "示例"):
                assert secret not in p.text
    assert seen == set(Kind)


def test_many_acts_of_one_case_stand_in_one_line() -> None:
    number = "雅雨市监案〔2026〕1号"
    acts = [planning.Owed(str(n), number, f"“甲{n}”", DUE, "", "", frozenset(), frozenset())
            for n in range(5)]  # fmt: skip
    assert planning._file(number, acts) == f"{number}：待办“甲0”“甲1”“甲2”等5项，期限3月24日"


def test_a_party_s_name_in_a_number_s_place_would_be_found() -> None:
    assert _bare("【智法】雅安市雨城区示例食品店：待办“审核通过”。") != ""


# --- once, and not at night ----------------------------------------------------------------------


@pytest.fixture
def planned(tale: Tale) -> Iterator[Tale]:
    with clock.scenario(at_ten(DUE)):
        services.plan_day(DUE, clock.now())
        yield tale


def test_the_same_thing_is_said_once_however_often_it_is_planned(planned: Tale) -> None:
    count = Notification.objects.count()
    assert count > 1
    taker = Taker()
    assert services.send(taker, clock.now()) == count
    services.plan_day(DUE, clock.now())
    Notification.objects.bulk_create(
        [
            Notification(id=uuid4(), planned_at=clock.now(), day=DUE, text=p.text, kind=p.kind,
                         person_id=p.person_id, username=p.username, subject=p.subject)
            for p in planning.plan(DUE)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    assert Notification.objects.count() == count
    assert services.send(taker, clock.now()) == 0
    assert len({m.id for m in taker.taken}) == count == len(taker.taken)


def test_a_worker_that_dies_after_the_handing_over_sends_it_again_under_the_same_id(
    planned: Tale, tmp_path: Path
) -> None:
    dying = Taker(dies=True)
    with pytest.raises(SystemExit):
        services.send(dying, clock.now())
    assert not Notification.objects.filter(sent_at__isnull=False).exists()
    again = Taker()
    services.send(again, clock.now())
    assert again.taken[0] == dying.taken[0], "the sink knows it by its id"
    sink = FileSink(tmp_path)
    for message in (dying.taken[0], again.taken[0]):
        sink.put(message)
    (kept,) = tmp_path.rglob("*.json")
    assert json.loads(kept.read_text("utf-8"))["text"] == again.taken[0].text
    assert kept.stat().st_mode & 0o077 == 0
    assert [f.name for f in kept.parent.iterdir()] == [kept.name], "nothing half-written is left"


def test_a_gateway_that_fails_holds_up_no_other_message_and_is_tried_again(planned: Tale) -> None:
    count = Notification.objects.count()
    taker = Taker(fails=1)
    assert services.send(taker, clock.now()) == count - 1
    failed = Notification.objects.get(sent_at__isnull=True)
    assert (failed.attempts, failed.error) == (1, "ConnectionError: gateway")
    assert services.send(taker, clock.now()) == 1


def test_nothing_goes_out_at_night_and_what_waits_goes_out_in_the_morning(
    planned: Tale, settings: Any, tmp_path: Path
) -> None:
    settings.NOTIFY_SINK, settings.NOTIFY_DIR = "file", tmp_path
    sinks._made.cache_clear()
    count = Notification.objects.count()
    assert services.tick(clock.at(DUE, 20)) == 0
    assert services.tick(clock.at(DUE + timedelta(days=1), 7, 59)) == 0
    assert Notification.objects.filter(sent_at__isnull=True).count() == count
    with clock.scenario(clock.at(DUE + timedelta(days=1), 8)):
        tasks.tick(timestamp=0)
    assert not Notification.objects.filter(sent_at__isnull=True).exists()
    assert len(list(tmp_path.rglob("*.json"))) == Notification.objects.count() > count
    sinks._made.cache_clear()


@pytest.mark.parametrize(
    ("text", "hour", "held"),
    [("20:00-08:00", 23, True), ("20:00-08:00", 8, False), ("12:00-14:00", 13, True),
     ("12:00-14:00", 14, False), ("00:00-00:00", 3, False)],
)  # fmt: skip
def test_quiet_hours_go_over_midnight_or_not(text: str, hour: int, held: bool) -> None:
    quiet = hours.Quiet.read(text)
    assert quiet.holds(clock.at(DUE, hour)) is held
    assert isinstance(quiet.since, time)


def test_switched_off_nothing_is_planned_at_all(tale: Tale, settings: Any) -> None:
    settings.NOTIFY_SINK = "off"
    assert services.tick(at_ten(DUE)) == 0
    assert not Notification.objects.exists()


def test_a_city_names_its_own_sink(settings: Any) -> None:
    settings.NOTIFY_SINK = "tests.notifier.test_notifier:Taker"
    assert isinstance(sinks.sink(), Taker)
    sinks._made.cache_clear()


def test_a_dry_run_shows_the_day_and_changes_nothing(tale: Tale, capsys: Any) -> None:
    before = world()
    call_command("notify", "--dry-run", "--on", DUE.isoformat())
    shown = capsys.readouterr().out
    assert f"{REVIEWER}\t今日到期\t【智法】雅雨市监案〔2026〕1号" in shown
    assert shown.rstrip().endswith("条")
    assert world() == before
    assert not Notification.objects.exists()


def test_who_has_left_is_told_nothing(tale: Tale) -> None:
    Person.objects.filter(username=REVIEWER).update(is_active=False)
    assert all(isinstance(p, Planned) and p.username != REVIEWER for p in planning.plan(DUE))
