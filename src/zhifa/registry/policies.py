"""Who may change a register: one duty proposes, another person of two duties approves."""

from __future__ import annotations

from typing import Final

from zhifa.law.actor import Actor, Duty
from zhifa.registry.models import ChangeProposal
from zhifa.registry.selectors import maintenance

PROPOSES: Final = frozenset({Duty.REVIEW_HEAD})
APPROVES: Final = frozenset({Duty.REVIEW_HEAD, Duty.AGENCY_HEAD})


def may_propose(who: Actor, keeper: str) -> bool:
    """Whether the person may propose a change to what the agency keeps."""
    return bool(who.duties(keeper) & PROPOSES)


def may_approve(who: Actor, row: ChangeProposal) -> bool:
    """Whether the person may approve or return the proposal: never their own."""
    return bool(who.duties(row.keeper) & APPROVES) and str(row.proposed_by_id) != who.id


def proposes_for(who: Actor) -> list[str]:
    """The agencies for which the person may propose."""
    return sorted({p.agency for p in who.posts if p.duty in PROPOSES})


def approves_for(who: Actor) -> list[str]:
    """The agencies for which the person may approve what others proposed."""
    return sorted({p.agency for p in who.posts if p.duty in APPROVES})


def waiting_for(who: Actor) -> list[ChangeProposal]:
    """The open proposals that the person could approve or return today."""
    rows = maintenance.proposals(state=ChangeProposal.State.OPEN, keepers=approves_for(who))
    return [row for row in rows if may_approve(who, row)]
