"""A competence that is recalled names the running cases that it touches."""

from datetime import timedelta

import pytest

from zhifa.accounts.models import Person
from zhifa.cases.recall import recall_panel, running_under
from zhifa.registry.models import CompetenceAssignment

STATION = "立案审批"
FOOD, OWN = "2025-511802-scjg-food-retail", "2026-511802-sthj-own-name"
pytestmark = pytest.mark.django_db(databases=["default"])


def row(code):
    return CompetenceAssignment.objects.get(code=code)


def someone(username):
    return Person.objects.get(username=username)


def test_the_running_case_is_named_under_its_assignment_and_no_other(story):
    assert [c.pk for c in running_under(row(FOOD), story.on)] == [story.case_id]
    assert running_under(row(OWN), story.on) == []


def test_a_case_filed_under_an_earlier_assignment_is_not_this_ones(story):
    food = row(FOOD)
    food.valid_from = story.on + timedelta(days=30)
    food.save(update_fields=["valid_from"])
    assert running_under(food, story.on) == []


def test_who_may_not_read_the_case_learns_the_number_and_nothing_of_it(story):
    seen = recall_panel(someone("yc-agency-head1"), row(FOOD))
    assert [t.number for t in seen.context["touched"]] != []
    assert seen.context["hidden"] == 0
    outside = recall_panel(someone("cb-agency-head1"), row(FOOD))
    assert outside.context["touched"] == []
    assert outside.context["hidden"] == 1
    assert recall_panel(someone("yc-agency-head1"), row(OWN)) is None


def test_the_page_of_the_assignment_shows_it(story, at_desk):
    shown = at_desk("head").get(f"/desk/registry/competence/{FOOD}/")
    assert "1件在办案件" in shown
