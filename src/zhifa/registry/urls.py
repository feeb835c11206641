"""Addresses of the registers' desk, from the root."""

from django.urls import path

from zhifa.registry.views import (
    administering,
    agencies,
    benchmarks,
    changes,
    people,
    powers,
    standing_in,
)

app_name = "registry"
urlpatterns = [
    path("desk/registry/", agencies.desk, name="desk"),
    path("desk/registry/powers/", powers.powers, name="powers"),
    path("desk/registry/powers/new/", powers.power_new, name="power-new"),
    path("desk/registry/powers/import/", changes.powers_import, name="powers-import"),
    path("desk/registry/powers/<str:code>/", powers.power, name="power"),
    path("desk/registry/powers/<str:code>/change/", powers.power_change, name="power-change"),
    path("desk/registry/benchmarks/", benchmarks.benchmarks, name="benchmarks"),
    path("desk/registry/benchmarks/<str:code>/", benchmarks.benchmark, name="benchmark"),
    path(
        "desk/registry/benchmarks/<str:code>/change/",
        benchmarks.benchmark_change,
        name="benchmark-change",
    ),
    path("desk/registry/changes/", changes.changes, name="changes"),
    path("desk/registry/changes/<uuid:proposal_id>/", changes.change, name="change"),
    path("desk/registry/changes/<uuid:proposal_id>/decide/", changes.change_act, name="change-act"),
    path("desk/registry/agencies/", agencies.agencies, name="agencies"),
    path("desk/registry/agencies/<str:code>/", agencies.agency, name="agency"),
    path("desk/registry/officers/", agencies.officers, name="officers"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/new/", people.new, name="person-new"),
    path("desk/people/delegations/", standing_in.delegations, name="delegations"),
    path("desk/people/absences/", standing_in.absences, name="absences"),
    path("desk/people/audit/", administering.audit, name="audit"),
    path("desk/people/import/", administering.staff_import, name="staff-import"),
    path("desk/people/agency/", administering.profile, name="profile"),
    path("desk/people/<uuid:person_id>/", people.person, name="person"),
    path("desk/registry/competence/", agencies.competence, name="competence"),
    path("desk/registry/competence/<str:code>/", agencies.assignment, name="assignment"),
]
