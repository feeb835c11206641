"""What happened in a register, in the past tense. Ids, codes and days; never a name or number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RegisterEvent:
    """Base of a change in a register."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class AgencyProfiled(RegisterEvent):
    """An agency's names, seal, addresses and bank hold from a day."""

    kind: ClassVar[str] = "agency.profiled"
    agency: str
    profile: UUID
    valid_from: date


@dataclass(frozen=True, slots=True)
class PostHeld(RegisterEvent):
    """A person holds a duty from a day."""

    kind: ClassVar[str] = "post.held"
    post: UUID
    person: UUID
    agency: str
    unit: str
    duty: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PostEnded(RegisterEvent):
    """The last day on which a person holds a duty was set."""

    kind: ClassVar[str] = "post.ended"
    post: UUID
    person: UUID
    last_day: date


@dataclass(frozen=True, slots=True)
class AccountOpened(RegisterEvent):
    """An account was opened for a person at an agency; it brings no duty."""

    kind: ClassVar[str] = "account.opened"
    person: UUID
    agency: str


@dataclass(frozen=True, slots=True)
class AccountClosed(RegisterEvent):
    """A person's account was closed: sign-in and session are over."""

    kind: ClassVar[str] = "account.closed"
    person: UUID
    agency: str


@dataclass(frozen=True, slots=True)
class AccountReopened(RegisterEvent):
    """A person's account that was closed is open again."""

    kind: ClassVar[str] = "account.reopened"
    person: UUID
    agency: str


@dataclass(frozen=True, slots=True)
class DutyDelegated(RegisterEvent):
    """The holder of duties lets another exercise them, from a day to a day, up to an amount."""

    kind: ClassVar[str] = "duty.delegated"
    delegation: UUID
    agency: str
    giver: UUID
    holder: UUID
    duties: tuple[str, ...]
    limit_fen: int | None
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class DelegationRevoked(RegisterEvent):
    """A delegation was taken back; from that day it is worth nothing."""

    kind: ClassVar[str] = "delegation.revoked"
    delegation: UUID
    revoked_on: date


@dataclass(frozen=True, slots=True)
class AbsenceNoted(RegisterEvent):
    """It was noted that a person is away, and who looks after what waits for them."""

    kind: ClassVar[str] = "absence.noted"
    absence: UUID
    person: UUID
    deputy: UUID | None
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class AbsenceCalledOff(RegisterEvent):
    """A person who was to be away is there."""

    kind: ClassVar[str] = "absence.called-off"
    absence: UUID
    called_off_on: date


@dataclass(frozen=True, slots=True)
class CertificateIssued(RegisterEvent):
    """An enforcement certificate was issued."""

    kind: ClassVar[str] = "certificate.issued"
    certificate: UUID
    person: UUID
    agency: str
    fields: tuple[str, ...]
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class CertificateRevoked(RegisterEvent):
    """An enforcement certificate was withdrawn; from that day it is worth nothing."""

    kind: ClassVar[str] = "certificate.revoked"
    certificate: UUID
    person: UUID
    revoked_on: date


@dataclass(frozen=True, slots=True)
class ReviewQualificationRecorded(RegisterEvent):
    """It was recorded why a person may review penalties."""

    kind: ClassVar[str] = "review-qualification.recorded"
    person: UUID
    obtained_on: date | None
    first_reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class PowerPublished(RegisterEvent):
    """A version of a power holds from a day."""

    kind: ClassVar[str] = "power.published"
    power: UUID
    code: str
    number: int
    valid_from: date
    violated: tuple[str, ...]
    penalty: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class BenchmarkIssued(RegisterEvent):
    """An edition of a discretion benchmark holds from a day."""

    kind: ClassVar[str] = "benchmark.issued"
    edition: UUID
    code: str
    power: str
    status: str
    valid_from: date
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeProposed(RegisterEvent):
    """A version of a power or an edition of a benchmark was proposed; nothing holds yet."""

    kind: ClassVar[str] = "change.proposed"
    proposal: UUID
    register: str
    codes: tuple[str, ...]
    valid_from: date
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeApproved(RegisterEvent):
    """Another person approved a proposal, which published what it proposed."""

    kind: ClassVar[str] = "change.approved"
    proposal: UUID
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeReturned(RegisterEvent):
    """Another person sent a proposal back; why stands in the private part."""

    kind: ClassVar[str] = "change.returned"
    proposal: UUID


@dataclass(frozen=True, slots=True)
class ChangeWithdrawn(RegisterEvent):
    """Whoever proposed a change took it back."""

    kind: ClassVar[str] = "change.withdrawn"
    proposal: UUID


@dataclass(frozen=True, slots=True)
class CompetenceAssigned(RegisterEvent):
    """It was assigned who exercises powers where, and in whose name."""

    kind: ClassVar[str] = "competence.assigned"
    assignment: UUID
    agency: str
    mode: str
    regions: tuple[str, ...]
    powers: tuple[str, ...]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PartyRegistered(RegisterEvent):
    """A party became known. Who it is stands only in the private part."""

    kind: ClassVar[str] = "party.registered"
    party: UUID
    subject: str


@dataclass(frozen=True, slots=True)
class PartyChanged(RegisterEvent):
    """What is known of a party changed. What it is now stands only in the private part."""

    kind: ClassVar[str] = "party.changed"
    party: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class PartyClassified(RegisterEvent):
    """A party counts as person or organisation under a rule from a day."""

    kind: ClassVar[str] = "party.classified"
    party: UUID
    rule: str
    subject: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PartyIdentityRead(RegisterEvent):
    """Somebody saw a party's identity number, phone or address in full, for a stated purpose."""

    kind: ClassVar[str] = "party.identity-read"
    party: UUID
    shown: tuple[str, ...]


EVENTS: Final[tuple[type[RegisterEvent], ...]] = (
    AgencyProfiled,
    PostHeld,
    PostEnded,
    AccountOpened,
    AccountClosed,
    AccountReopened,
    DutyDelegated,
    DelegationRevoked,
    AbsenceNoted,
    AbsenceCalledOff,
    CertificateIssued,
    CertificateRevoked,
    ReviewQualificationRecorded,
    PowerPublished,
    BenchmarkIssued,
    ChangeProposed,
    ChangeApproved,
    ChangeReturned,
    ChangeWithdrawn,
    CompetenceAssigned,
    PartyRegistered,
    PartyChanged,
    PartyClassified,
    PartyIdentityRead,
)
"""Every kind of event that this room writes; nobody need listen to them."""
