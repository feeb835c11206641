"""Who acts: the posts, certificate and qualification of a person on a day, as the law sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Duty(StrEnum):
    """A duty (职责) that a dated post gives to a person; the value is its stable code."""

    OFFICER = "officer"
    HANDLING_HEAD = "handling_head"
    LEGAL_REVIEWER = "legal_reviewer"
    REVIEW_HEAD = "review_head"
    AGENCY_HEAD = "agency_head"
    HEARING_CHAIR = "hearing_chair"
    SEAL_KEEPER = "seal_keeper"
    PUBLISHER = "publisher"
    PUBLISH_REVIEWER = "publish_reviewer"
    CASHIER = "cashier"
    PROPERTY_KEEPER = "property_keeper"
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"
    WINDOW_CLERK = "window_clerk"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The duty's name in Chinese, as screens and refusals say it."""
        return _LABELS[self]


_LABELS = {
    Duty.OFFICER: "执法人员",
    Duty.HANDLING_HEAD: "承办机构负责人",
    Duty.LEGAL_REVIEWER: "法制审核人员",
    Duty.REVIEW_HEAD: "法制审核机构负责人",
    Duty.AGENCY_HEAD: "行政机关负责人",
    Duty.HEARING_CHAIR: "听证主持人",
    Duty.SEAL_KEEPER: "印章管理员",
    Duty.PUBLISHER: "公示管理员",
    Duty.PUBLISH_REVIEWER: "公示审核员",
    Duty.CASHIER: "罚没款核对员",
    Duty.PROPERTY_KEEPER: "涉案物品管理员",
    Duty.ARCHIVIST: "档案员",
    Duty.SUPERVISOR: "执法监督人员",
    Duty.WINDOW_CLERK: "窗口人员",
    Duty.SYSADMIN: "系统管理员",
    Duty.SECADMIN: "安全保密管理员",
    Duty.AUDITOR: "安全审计员",
}


ADMINISTRATORS = (Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR)
"""The three administrators (三员): three people, none of whom handles any matter."""


@dataclass(frozen=True, slots=True)
class Post:
    """A duty held at an agency, and in a unit of it where the duty is a unit's.

    A duty that is exercised for another (代) names whose it is, by which delegation, and up to
    what amount in fen (none: any).
    """

    duty: Duty
    agency: str
    unit: str = ""
    of: str = ""
    of_name: str = ""
    delegation: str = ""
    limit_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """An enforcement certificate (行政执法证); the span is inclusive."""

    number: str
    valid_from: date
    valid_until: date
    revoked_on: date | None = None
    fields: frozenset[str] = frozenset()

    def valid_on(self, day: date) -> bool:
        """Whether an officer may act on the strength of it that day (行政处罚法 42)."""
        if self.revoked_on is not None and day >= self.revoked_on:
            return False
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the law sees them on one day."""

    id: str
    name: str
    posts: tuple[Post, ...] = ()
    certificate: Certificate | None = None
    may_review: bool = False
    """Holds the legal qualification, or first reviewed before it was asked (行政处罚法 58)."""
    looks_after: tuple[Post, ...] = ()
    """Posts of people who are away, whose to-do this person sees: they give no right to act."""

    def holds(self, duty: Duty, agency: str | None = None) -> bool:
        """Whether the person holds the duty, at that agency if one is named."""
        return any(p.duty is duty and agency in (None, p.agency) for p in self.posts)

    def holds_itself(self, duty: Duty, agency: str) -> bool:
        """Whether the duty is the person's own, and not exercised for another."""
        return any(p.duty is duty and p.agency == agency and not p.of for p in self.posts)

    def posts_for(self, duties: tuple[Duty, ...], agency: str) -> tuple[Post, ...]:
        """The posts on which the person may act by one of the duties: their own before others',
        without a limit before with one, the higher limit first."""
        found = [p for d in duties for p in self.posts if p.duty is d and p.agency == agency]
        return tuple(
            sorted(found, key=lambda p: (bool(p.of), p.limit_fen is not None, -(p.limit_fen or 0)))
        )

    def duties(self, agency: str) -> frozenset[Duty]:
        """The duties that the person holds at an agency."""
        return frozenset(p.duty for p in self.posts if p.agency == agency)

    def certified_on(self, day: date) -> bool:
        """Whether a certificate is held that is valid that day."""
        return self.certificate is not None and self.certificate.valid_on(day)
