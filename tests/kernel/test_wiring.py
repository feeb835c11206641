"""One table, bound once, and without contradiction; otherwise the process does not start."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from zhifa.kernel import wiring
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Effect, Panel, Projection, Wiring, WiringRefused


@pytest.fixture
def unbound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_bound", None)


def nothing(event: StoredEvent) -> None:
    """A reader that does nothing."""


def other(event: StoredEvent) -> None:
    """Another one."""


def test_an_unbound_table_is_refused_and_a_bound_one_is_not_bound_again(unbound: None) -> None:
    with pytest.raises(WiringRefused, match="not bound"):
        wiring.current()
    table = Wiring({"case_filed": ()})
    wiring.bind(table)
    assert wiring.current() is table
    with pytest.raises(WiringRefused, match="already"):
        wiring.bind(table)


TODO = Projection("todo", nothing, lambda: None)


@pytest.mark.parametrize(
    "table",
    [
        Wiring({"a": (TODO, TODO)}),
        Wiring({"a": (TODO,), "b": (Effect("todo", nothing),)}),
        Wiring({"a": (Effect("send", nothing),), "b": (Effect("send", other),)}),
        Wiring({"a": (Effect(wiring.EFFECTS_READER, nothing),)}),
        Wiring({"a": (Effect("", nothing),)}),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(table: Wiring, unbound: None) -> None:
    with pytest.raises(WiringRefused):
        wiring.bind(table)
    assert not wiring.is_bound()


def test_one_reader_may_listen_to_many_kinds() -> None:
    table = Wiring({"a": (TODO,), "b": (TODO, Effect("send", nothing)), "c": ()})
    assert table.kinds_of("todo") == {"a", "b"}
    assert [r.name for r in table.effects_of("b")] == ["send"]
    assert table.projections() == {"todo": TODO}


def test_panels_come_in_the_order_of_the_table_and_only_where_there_is_something() -> None:
    def review(person: object, thing: object) -> Panel:
        return Panel("review/_panel.html", {"of": thing})

    def notice(person: object, thing: object) -> None:
        return None

    with wiring.rebound(Wiring({}, {"case.detail": (notice, review)})):
        assert wiring.panels("case.detail", "somebody", "case") == (
            Panel("review/_panel.html", {"of": "case"}),
        )
        assert wiring.panels("case.other", "somebody", "case") == ()


def test_a_process_without_wiring_fails_its_check(unbound: None) -> None:
    with pytest.raises(SystemCheckError, match="wiring is not bound"):
        call_command("check")


def test_this_process_is_wired_by_the_composition_root() -> None:
    assert wiring.is_bound()
