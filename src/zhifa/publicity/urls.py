"""Addresses of the portal, from the root, and of the publishing desk."""

from django.urls import path

from zhifa.publicity.views import decisions, desk, home, laws, procedures, proofs, registers

app_name = "publicity"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("robots.txt", home.robots, name="robots"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<slug:public_id>/", decisions.decision, name="decision"),
    path("decisions/<slug:public_id>.json", decisions.as_json, name="decision-json"),
    path("decisions/<slug:public_id>/record.json", decisions.record, name="decision-record"),
    path("officers/", registers.officers, name="officers"),
    path("powers/", registers.powers, name="powers"),
    path("powers/<str:code>/", registers.power, name="power"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<str:code>/", procedures.procedure, name="procedure"),
    path("laws/", laws.search, name="statutes"),
    path("laws/cite/<str:key>/", laws.cited, name="article"),
    path("laws/<str:code>/", laws.statute, name="statute"),
    path("laws/<str:code>/<str:article>/", laws.article, name="statute-article"),
    path("ledger/", proofs.roots, name="ledger"),
    path("ledger/<int:number>/", proofs.root, name="root"),
    path("validate/", proofs.validate, name="validate"),
    path("desk/publicity/", desk.desk, name="desk"),
    path("desk/publicity/<uuid:publication_id>/", desk.publication, name="publication"),
    path("desk/publicity/<uuid:publication_id>/<str:step>/", desk.act, name="act"),
]
