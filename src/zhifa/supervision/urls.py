"""Addresses of supervision, from the root."""

from django.urls import path

from zhifa.supervision.views import notices, readings, warnings

app_name = "supervision"
LEAD = "desk/supervision"
urlpatterns = [
    path(f"{LEAD}/", warnings.warnings, name="warnings"),
    path(f"{LEAD}/cases/<uuid:matter_id>/", warnings.case, name="case"),
    path(f"{LEAD}/cases/<uuid:matter_id>/notice/", notices.propose, name="propose"),
    path(f"{LEAD}/readings/", readings.log, name="readings"),
    path(f"{LEAD}/readings/<uuid:reading_id>/", readings.reading, name="reading"),
    path(
        f"{LEAD}/readings/<uuid:reading_id>/documents/<uuid:document_id>/",
        readings.document,
        name="reading-document",
    ),
    path(f"{LEAD}/notices/", notices.notices, name="notices"),
    path(f"{LEAD}/notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path(f"{LEAD}/notices/<uuid:notice_id>/paper/", notices.paper, name="paper"),
    path(f"{LEAD}/notices/<uuid:notice_id>/<str:step>/", notices.act, name="act"),
]
