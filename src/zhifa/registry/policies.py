"""Who may change a register, and who must prove twice who they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from zhifa.kernel import clock
from zhifa.law.actor import Actor, Duty
from zhifa.registry.models import ChangeProposal, Delegation
from zhifa.registry.selectors import maintenance

Kind = ChangeProposal.Kind
_LISTS: Final = (frozenset({Duty.REVIEW_HEAD}), frozenset({Duty.REVIEW_HEAD, Duty.AGENCY_HEAD}))
_ADMINISTRATORS: Final = frozenset({Duty.SYSADMIN, Duty.SECADMIN})
TWO_PEOPLE: Final[Mapping[str, tuple[frozenset[Duty], frozenset[Duty]]]] = {
    Kind.POWERS: _LISTS,
    Kind.BENCHMARK: _LISTS,
    Kind.PROFILE: (frozenset({Duty.SYSADMIN}), frozenset({Duty.SECADMIN, Duty.AGENCY_HEAD})),
    Kind.RESET: (_ADMINISTRATORS, _ADMINISTRATORS),
    Kind.STAFF: (frozenset({Duty.SYSADMIN}), frozenset({Duty.SECADMIN})),
}
"""For each kind of change: who of the agency proposes it, and who approves it."""
CLOSED: Final = (Kind.RESET, Kind.STAFF)
"""Kinds that only administrators and heads of the agency see, and the person concerned."""


def proposers(kind: str) -> str:
    """Who proposes such a change, in words."""
    return _words(TWO_PEOPLE[kind][0])


def approvers(kind: str) -> str:
    """Who approves such a change, in words."""
    return _words(TWO_PEOPLE[kind][1])


def may_propose(who: Actor, keeper: str, kind: str) -> bool:
    """Whether the person may propose such a change to what the agency keeps."""
    return bool(who.duties(keeper) & TWO_PEOPLE[kind][0])


def may_approve(who: Actor, row: ChangeProposal) -> bool:
    """Whether the person may approve or return the proposal: never their own, nor one about them.

    An administrator's own proof is reset by the other administrator and a head of the agency.
    """
    if who.id in (str(row.proposed_by_id), _about(row)):
        return False
    duties = TWO_PEOPLE[row.kind][1]
    if row.kind == Kind.RESET and row.items[0].get("administrator"):
        duties |= {Duty.AGENCY_HEAD}
    return bool(who.duties(row.keeper) & duties)


def may_see(who: Actor, row: ChangeProposal) -> bool:
    """Whether the person may read the proposal at all."""
    return visible_to(who).filter(id=row.id).exists()


def visible_to(who: Actor) -> QuerySet[ChangeProposal]:
    """The proposals that the person may read, the newest first."""
    where = {p.agency for p in who.posts if p.duty in _ADMINISTRATORS | {Duty.AGENCY_HEAD}}
    mine = Q(keeper__in=where) | Q(proposed_by=who.id) | Q(codes__contains=[f"person:{who.id}"])
    return maintenance.proposals().filter(~Q(kind__in=CLOSED) | mine)


def proposes_for(who: Actor, kind: str = Kind.POWERS) -> list[str]:
    """The agencies for which the person may propose such a change."""
    return sorted({p.agency for p in who.posts if p.duty in TWO_PEOPLE[kind][0]})


def approves_for(who: Actor) -> list[str]:
    """The agencies for which the person may approve something that others proposed."""
    duties = {d for _, approve in TWO_PEOPLE.values() for d in approve}
    return sorted({p.agency for p in who.posts if p.duty in duties})


def waiting_for(who: Actor) -> list[ChangeProposal]:
    """The open proposals that the person could approve or return today."""
    rows = maintenance.proposals(state=ChangeProposal.State.OPEN, keepers=approves_for(who))
    return [row for row in rows if may_approve(who, row)]


def _about(row: ChangeProposal) -> str:
    return str(row.items[0].get("person", "")) if row.kind == Kind.RESET else ""


def _words(duties: frozenset[Duty]) -> str:
    return "或者".join(d.label for d in Duty if d in duties)


# --- acting for another, being away ---------------------------------------------------------------

DELEGABLE: Final = (Duty.AGENCY_HEAD, Duty.HANDLING_HEAD, Duty.REVIEW_HEAD)
"""The duties that approve, which their holder may let another exercise for a time."""
_HEADS: Final = (Duty.HANDLING_HEAD, Duty.REVIEW_HEAD)


def delegable(who: Actor, agency: str) -> list[Duty]:
    """The duties that the person may let others exercise at the agency: their own alone."""
    return [d for d in DELEGABLE if who.holds_itself(d, agency)]


def may_revoke(who: Actor, row: Delegation) -> bool:
    """Whether the person may take a delegation back."""
    return str(row.giver_id) == who.id or who.holds(Duty.SECADMIN, row.organ_id)


def may_manage_absence(who: Actor, person: Actor, agency: str) -> bool:
    """Whether one may note that the person is away: themselves, their unit's or agency's head."""
    if who.id == person.id or who.holds(Duty.AGENCY_HEAD, agency):
        return True
    units = {p.unit for p in person.posts if p.agency == agency and not p.of}
    return any(p.duty in _HEADS and p.agency == agency and p.unit in units for p in who.posts)


# --- the second proof ----------------------------------------------------------------------------

PROVES_TWICE: Final = frozenset(
    {
        Duty.HANDLING_HEAD,
        Duty.LEGAL_REVIEWER,
        Duty.REVIEW_HEAD,
        Duty.AGENCY_HEAD,
        Duty.PUBLISH_REVIEWER,
        Duty.SEAL_KEEPER,
        Duty.SUPERVISOR,
        Duty.SYSADMIN,
        Duty.SECADMIN,
        Duty.AUDITOR,
    }
)
"""Heads, who approves or reviews, who seals, supervisors and the three administrators."""


def proves_twice(who: Actor) -> list[Duty]:
    """The duties for which the person must have a second proof; none where none is asked."""
    return [d for d in Duty if d in PROVES_TWICE and who.holds(d)]


def second_proof_enforced() -> bool:
    """Whether this installation refuses the desk without it; a demonstration never does."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and not clock.is_demo()
