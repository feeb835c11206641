"""Two people at one register at once: one lawful result."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection

from zhifa.kernel import ledger
from zhifa.registry import services
from zhifa.registry.models import Party, PartyKind, RegisterStream
from zhifa.registry.services import PartyFacts

TODAY = date(2026, 11, 24)
YC = "511802-scjg"
PERSON = PartyFacts(kind=PartyKind.PERSON, name="孙样本", paper="511802199003071233")


def test_the_same_party_registered_by_six_at_once_is_one_party(fresh_seeded_database):
    """The register has no stream yet, so that they also race to open it."""
    ready = Barrier(6)

    def register(_: int) -> object:
        try:
            ready.wait(10)
            return services.register_party(facts=PERSON, agency=YC, on=TODAY, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(register, range(6)))
    assert len(set(ids)) == 1
    assert Party.objects.count() == 1
    stream = RegisterStream.objects.get(register="parties", agency_code=YC)
    assert [e.seq for e in ledger.events(stream.stream_id)] == [1]
