"""An act goes to the database and back at most ten times, counted where the bytes pass."""

from __future__ import annotations

from bench import toys, trips
from bench.ours import matter

from tests.procedure.toy import DAY
from zhifa.faces.demo import cast
from zhifa.kernel.ledger import verify
from zhifa.law.procedure import Procedure
from zhifa.procedure import definitions


def dearest(procedure: Procedure) -> tuple[int, int]:
    """Trips of the act that begins a matter, and of the dearest after it."""
    counted = []
    with definitions.lent(procedure):
        for _ in matter(procedure, cast.who("handler"), DAY):
            pass  # what is asked once in a process was asked
        acts = matter(procedure, cast.who("handler"), DAY)
        for _ in range(toys.STEPS):
            with trips.listening() as wire:
                next(acts)
            counted.append(wire)
    assert all("BEGIN" in w.statements and "COMMIT" in w.statements for w in counted)
    return counted[0].trips, max(w.trips for w in counted[1:])


def test_an_act_takes_at_most_ten_round_trips_begin_and_commit_included(committed: None) -> None:
    begins, later = dearest(toys.bare())
    assert begins <= 10
    assert later <= 7


def test_so_does_one_that_ends_a_term_begins_another_and_issues_a_numbered_paper(
    committed: None,
) -> None:
    begins, later = dearest(toys.full())
    assert later <= 10
    assert begins <= 13  # it opens the stream and the matter too


def test_what_was_written_so_cheaply_verifies(committed: None) -> None:
    with definitions.lent(toys.full()):
        for _ in matter(toys.full(), cast.who("handler"), DAY):
            pass
    found = verify()
    assert found.ok, found.faults
    assert found.events > toys.STEPS
    assert found.private_parts >= toys.STEPS
