"""Every address as every role: who is let in, who is told nothing, who must sign in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import ELSEWHERE, EVERYBODY, OWN, SEE_CASES
from tests.journeys.telling import At, Tale, world
from tests.supervision.desk import deliver, somebody
from tests.test_house import addresses
from zhifa.accounts.access import access_of
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.law.actor import Duty
from zhifa.publicity import selectors as publications
from zhifa.publicity.models import PublishedDecision
from zhifa.records.models import Document, Evidence
from zhifa.review.models import Review
from zhifa.supervision import services as supervision
from zhifa.supervision.models import Reading, SupervisionNotice

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_QUERIES = 32
"""A page's ceiling, whoever opens it."""


@dataclass(frozen=True)
class Opens:
    """Who opens an address with a plain GET, and what the others of the agency are told."""

    to: frozenset[Duty]
    others: int = 404
    strangers: int = 404
    """What the same duties at other agencies are told; 0 where the address is not of one case."""
    answer: int = 200
    apart: Mapping[Duty, int] = field(default_factory=dict)
    """Who of the agency is told something else than the others."""

    def told(self, duty: Duty, *, of_a_case: bool) -> int:
        """The status for a duty of the agency; whoever sees no case is a stranger to this one."""
        if duty in self.to:
            return self.answer
        if duty in self.apart:
            return self.apart[duty]
        return self.strangers if of_a_case and duty not in SEE_CASES else self.others


ENTERING = frozenset({Duty.OFFICER, Duty.WINDOW_CLERK})
EXPORTING = frozenset(
    {
        Duty.OFFICER,
        Duty.HANDLING_HEAD,
        Duty.LEGAL_REVIEWER,
        Duty.REVIEW_HEAD,
        Duty.AGENCY_HEAD,
        Duty.ARCHIVIST,
        Duty.SUPERVISOR,
    }
)
ALL = Opens(EVERYBODY, strangers=0)
ENTER = Opens(ENTERING, others=403, strangers=0)
KEEPING = Opens(frozenset({Duty.REVIEW_HEAD}), others=403, strangers=0)
CASE = Opens(frozenset(SEE_CASES))
SUPERVISED = Opens(frozenset({Duty.AGENCY_HEAD, Duty.REVIEW_HEAD, Duty.SUPERVISOR}))
TABLE = {
    "desk/": ALL,
    "desk/cases/": ALL,
    "desk/clues/": ALL,
    "desk/search/": ALL,
    "desk/reviews/": ALL,
    "desk/publicity/": ALL,
    "desk/cases/new/": ENTER,
    "desk/parties/": ENTER,
    "desk/parties/new/": ENTER,
    "desk/cases/<uuid:matter_id>/": CASE,
    "desk/cases/<uuid:matter_id>/steps/": CASE,
    "desk/documents/<uuid:document_id>/": CASE,
    "desk/evidence/<uuid:evidence_id>/": CASE,
    "desk/reviews/<uuid:review_id>/": CASE,
    "desk/publicity/<uuid:publication_id>/": CASE,
    "desk/cases/<uuid:matter_id>/dossier.zip": Opens(EXPORTING),
    # A step's form opens for whoever owes it; the others of the agency are told who does.
    "desk/cases/<uuid:matter_id>/steps/<str:step>/": Opens(frozenset({Duty.CASHIER}), others=403),
    "desk/cases/<uuid:case_id>/review/": Opens(frozenset({Duty.OFFICER}), others=403),
    "desk/cases/<uuid:matter_id>/review/<str:step>/": Opens(frozenset()),
    # The registers are read by everybody at the desk; a list is changed by whoever keeps it.
    "desk/registry/": ALL,
    "desk/registry/powers/": ALL,
    "desk/registry/powers/<str:code>/": ALL,
    "desk/registry/benchmarks/": ALL,
    "desk/registry/benchmarks/<str:code>/": ALL,
    "desk/registry/changes/": ALL,
    "desk/registry/agencies/": ALL,
    "desk/registry/agencies/<str:code>/": ALL,
    "desk/registry/officers/": ALL,
    "desk/registry/competence/": ALL,
    "desk/registry/competence/<str:code>/": ALL,
    "desk/registry/powers/new/": KEEPING,
    "desk/registry/powers/import/": KEEPING,
    "desk/registry/powers/<str:code>/change/": Opens(frozenset(), others=403),
    "desk/registry/benchmarks/<str:code>/change/": Opens(frozenset(), others=403),
    "desk/registry/changes/<uuid:proposal_id>/": Opens(frozenset()),
    "desk/registry/changes/<uuid:proposal_id>/decide/": Opens(EVERYBODY, answer=405, strangers=405),
    # Supervision: the inner supervisor sees their agency; a notice is the bureau's to send, and who
    # is supervised reads it once it has arrived, and reads who looked at what.
    "desk/supervision/": Opens(
        frozenset({Duty.SUPERVISOR}),
        others=403,
        strangers=0,
        apart={Duty.AGENCY_HEAD: 302, Duty.REVIEW_HEAD: 302},
    ),
    "desk/supervision/cases/<uuid:matter_id>/": Opens(frozenset({Duty.SUPERVISOR})),
    "desk/supervision/cases/<uuid:matter_id>/notice/": Opens(
        frozenset(), apart={Duty.SUPERVISOR: 403}
    ),
    "desk/supervision/readings/": Opens(
        frozenset({Duty.SUPERVISOR, Duty.AGENCY_HEAD}), others=403, strangers=0
    ),
    "desk/supervision/readings/<uuid:reading_id>/": Opens(frozenset({Duty.SUPERVISOR})),
    "desk/supervision/readings/<uuid:reading_id>/documents/<uuid:document_id>/": Opens(
        frozenset({Duty.SUPERVISOR})
    ),
    "desk/supervision/notices/": ALL,
    "desk/supervision/notices/<uuid:notice_id>/": SUPERVISED,
    "desk/supervision/notices/<uuid:notice_id>/paper/": SUPERVISED,
    "desk/supervision/notices/<uuid:notice_id>/<str:step>/": Opens(
        EVERYBODY, answer=405, strangers=405
    ),
    # One's own account: everybody has one, and nobody sees another's.
    "desk/security/": ALL,
    "desk/security/totp/": ALL,
    "desk/security/password/": ALL,
    "desk/security/passkey/": ALL,
    "desk/security/prove/": Opens(EVERYBODY, answer=302, strangers=0),
    "desk/security/codes/": Opens(EVERYBODY, answer=405, strangers=0),
    "desk/security/factors/<uuid:factor_id>/remove/": Opens(EVERYBODY, answer=405, strangers=405),
    # People of one's own agency; what administrators do there is theirs alone.
    "desk/people/": ALL,
    "desk/people/delegations/": ALL,
    "desk/people/absences/": ALL,
    "desk/people/<uuid:person_id>/": Opens(EVERYBODY),
    "desk/people/<uuid:person_id>/handover/": Opens(frozenset({Duty.HANDLING_HEAD}), others=403),
    "desk/people/<uuid:person_id>/leave/": Opens(EVERYBODY, answer=405, strangers=405),
    "desk/people/new/": Opens(frozenset({Duty.SYSADMIN}), others=403, strangers=0),
    "desk/people/import/": Opens(frozenset({Duty.SYSADMIN}), others=403, strangers=0),
    "desk/people/agency/": Opens(frozenset({Duty.SYSADMIN}), others=403, strangers=0),
    "desk/people/audit/": Opens(frozenset({Duty.AUDITOR}), others=403, strangers=0),
    # Nothing is to be had here by asking: only by a form.
    "desk/cases/<uuid:matter_id>/party/": Opens(EVERYBODY, answer=405, strangers=405),
    "desk/publicity/<uuid:publication_id>/<str:step>/": Opens(EVERYBODY, answer=405, strangers=405),
}


def client(username: str) -> Client:
    found = Client()
    found.force_login(Person.objects.get(username=username), backend=BACKEND)
    return found


@pytest.fixture(scope="module")
def _supervised(_road: Any, django_db_blocker: Any) -> None:
    """The case at its end, with a notice of supervision that arrived and a reading; once."""
    with django_db_blocker.unblock():
        story = _road.to("归档")
        with clock.scenario(clock.at(story.on, 14)):
            deliver(story.case_id, story.on)
            supervision.open_reading(
                case_id=story.case_id,
                purpose="核查公示情况",
                by=somebody(OWN[Duty.SUPERVISOR]),
                on=story.on,
            )


@pytest.fixture
def tale(_supervised: None, at: At) -> Tale:
    reset_queries()
    return at("归档")


@dataclass(frozen=True)
class Place:
    """An address as the urlconf has it, and filled in with what the case has."""

    pattern: str
    where: str
    access: str

    @property
    def of_a_case(self) -> bool:
        return "<uuid:" in self.pattern and not self.of_a_person

    @property
    def of_a_person(self) -> bool:
        return "<uuid:person_id>" in self.pattern


def places(tale: Tale) -> list[Place]:
    """Every address of the house."""
    publication = publications.of_case(tale.case_id)
    review = Review.objects.filter(case_matter_id=tale.case_id).first()
    document = Document.objects.filter(matter_id=tale.case_id, kind="filing_approval").first()
    exhibit = Evidence.objects.filter(matter_id=tale.case_id).first()
    public = PublishedDecision.objects.first()
    assert publication is not None
    assert review is not None
    assert document is not None
    assert exhibit is not None
    assert public is not None
    given = {
        "<uuid:matter_id>": tale.case_id,
        "<uuid:case_id>": tale.case_id,
        "<uuid:review_id>": review.matter_id,
        "<uuid:publication_id>": publication.matter_id,
        "<uuid:document_id>": document.id,
        "<uuid:notice_id>": SupervisionNotice.objects.get().matter_id,
        "<uuid:reading_id>": Reading.objects.get().id,
        "<uuid:evidence_id>": exhibit.id,
        "<slug:public_id>": public.public_id,
        "<uuid:proposal_id>": uuid.uuid4(),
        "<uuid:factor_id>": uuid.uuid4(),
        "<uuid:person_id>": Person.objects.get(username="yc-officer2").id,
        "<str:step>": "payment.record",
        "<str:key>": "CF:58",
        "<str:article>": "58",
        "<int:number>": "1",
    }
    found = []
    for pattern, view in addresses():
        code = "food.expired" if "powers/" in pattern else "CF"
        code = "example.expired-food" if "benchmarks/" in pattern else code
        code = "511802-scjg" if "agencies/" in pattern else code
        code = "2026-511800-zhzf-urban" if "competence/" in pattern else code
        code = "penalty_ordinary" if pattern.startswith("procedures/") else code
        filled = pattern.replace("<str:code>", code)
        for name, value in given.items():
            filled = filled.replace(name, str(value))
        assert "<" not in filled, f"this test does not know how to fill in {pattern}"
        found.append(Place(pattern, f"/{filled}", access_of(view.callback)))
    return found


def asked(who: Client, where: str) -> Any:
    """The answer, a streamed one read to its end, so that its file is closed."""
    answer = who.get(where)
    if answer.streaming:
        for _ in answer.streaming_content:
            pass
    return answer


def guarded(tale: Tale) -> Iterator[tuple[Place, Opens]]:
    for place in places(tale):
        if place.access == "person":
            assert place.pattern in TABLE, f"say in this table who may open {place.pattern}"
            yield place, TABLE[place.pattern]


def test_who_has_not_signed_in_sees_what_is_public_and_nothing_else(tale: Tale) -> None:
    before = world()
    for place in places(tale):
        for answer in (Client().get(place.where), Client().post(place.where, {})):
            if place.access == "person":
                assert answer.status_code == 302, place
                assert answer.headers["Location"].startswith("/desk/sign-in/"), place
            else:
                assert answer.status_code < 500, place
    assert world() == before


@pytest.mark.parametrize("duty", list(OWN))
def test_an_address_opens_for_whoever_the_table_says_and_for_nobody_else(
    tale: Tale, duty: Duty
) -> None:
    who, before = client(OWN[duty]), world()
    for place, opens in guarded(tale):
        connection.queries_log.clear()  # it is kept for a whole test, and is not endless
        with CaptureQueriesContext(connection) as queries:
            answer = asked(who, place.where)
        wanted = opens.told(duty, of_a_case=place.of_a_case)
        assert answer.status_code == wanted, (duty, place.where, answer.status_code)
        if not place.where.endswith("dossier.zip"):
            assert len(queries) <= MOST_QUERIES, (duty, place.where, len(queries))
        if wanted == 404 and place.of_a_case:
            assert "示例食品店" not in answer.content.decode(errors="ignore"), (duty, place)
    assert world() == before


@pytest.mark.parametrize("duty", list(ELSEWHERE))
def test_the_same_duty_at_another_agency_is_told_nothing_of_the_case(
    tale: Tale, duty: Duty
) -> None:
    before = world()
    for username in ELSEWHERE[duty]:
        who = client(username)
        for place, opens in guarded(tale):
            answer = asked(who, place.where)
            if place.of_a_case or place.of_a_person:
                assert answer.status_code == opens.strangers, (username, place.where)
            shown = answer.content.decode(errors="ignore") if not answer.streaming else ""
            for secret in ("示例食品店", "林样例", "雅雨市监案"):
                assert secret not in shown, (username, place.where)
            told = who.post(place.where, {"act_id": str(uuid.uuid4())})
            if place.of_a_case or place.of_a_person:
                assert told.status_code in (403, 404, 405), (username, place.where)
    assert world() == before


@pytest.mark.parametrize("duty", list(OWN))
def test_an_empty_write_to_any_address_changes_nothing(tale: Tale, duty: Duty) -> None:
    who, before = client(OWN[duty]), world()
    for place, opens in guarded(tale):
        answer = who.post(place.where, {})
        assert answer.status_code < 500, (duty, place.where)
        if duty not in opens.to and opens.others == 404:
            assert answer.status_code in (403, 404, 405), (duty, place.where)
    assert world() == before
