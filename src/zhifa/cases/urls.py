"""Addresses of the desk's home and of casework, from the root."""

from django.urls import path

from zhifa.cases.views import case, clues, handover, home, lists, parties, step

app_name = "cases"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/cases/", lists.cases, name="list"),
    path("desk/clues/", lists.clues, name="clues"),
    path("desk/cases/new/", clues.new, name="new"),
    path("desk/parties/", parties.parties, name="parties"),
    path("desk/parties/new/", parties.new, name="party-new"),
    path("desk/cases/<uuid:matter_id>/", case.detail, name="detail"),
    path("desk/cases/<uuid:matter_id>/steps/", case.steps, name="steps"),
    path("desk/cases/<uuid:matter_id>/steps/<str:step>/", step.step, name="step"),
    path("desk/people/<uuid:person_id>/handover/", handover.handover, name="handover"),
    path("desk/people/<uuid:person_id>/leave/", handover.leave, name="leave"),
    path("desk/cases/<uuid:matter_id>/party/", case.reveal, name="reveal"),
]
