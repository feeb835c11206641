"""Addresses of papers, exhibits and dossiers, from the root."""

from django.urls import path

from zhifa.records import views

app_name = "records"
urlpatterns = [
    path("desk/documents/<uuid:document_id>/", views.document, name="document"),
    path("desk/evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    path("desk/cases/<uuid:matter_id>/dossier.zip", views.dossier, name="dossier"),
]
