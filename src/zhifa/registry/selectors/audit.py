"""What the auditor reads: the account log and the registers' events of one agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from zhifa.accounts.models import Person, SecurityEvent
from zhifa.kernel.models import LedgerEvent
from zhifa.registry.models import Membership, Post, RegisterStream

ADMINISTRATION: Final = (
    "agencies", "posts", "certificates", "review-qualifications", "changes", "accounts",
    "delegations", "absences",
)  # fmt: skip
"""The registers whose changes the auditor reads: who may do what, and what the agency is."""
LABELS: Final = {
    "agency.profiled": "变更机关信息",
    "post.held": "授予职责",
    "post.ended": "终止职责",
    "account.opened": "开立账号",
    "account.closed": "停用账号",
    "account.reopened": "恢复账号",
    "duty.delegated": "授权代为行使职责",
    "delegation.revoked": "撤回授权",
    "absence.noted": "登记外出",
    "absence.called-off": "取消外出",
    "certificate.issued": "登记执法证件",
    "certificate.revoked": "收回执法证件",
    "review-qualification.recorded": "登记审核资格",
    "change.proposed": "提出变更",
    "change.approved": "同意变更",
    "change.returned": "退回变更",
    "change.withdrawn": "撤回变更",
}


def account_events(agency: str) -> QuerySet[SecurityEvent]:
    """What happened to the accounts of the agency's people, the newest first."""
    members = Membership.objects.filter(organ_id=agency).values("person_id")
    posted = Post.objects.filter(organ_id=agency).values("person_id")
    rows = SecurityEvent.objects.filter(Q(person_id__in=members) | Q(person_id__in=posted))
    return rows.select_related("person", "by").order_by("-id")


def register_events(agency: str) -> QuerySet[LedgerEvent]:
    """Changes of the agency's registers of people, agencies and proposals, the newest first."""
    streams = RegisterStream.objects.filter(agency_code=agency, register__in=ADMINISTRATION)
    rows = LedgerEvent.objects.filter(stream_id__in=streams.values("stream_id"))
    return rows.order_by("-recorded_at", "-seq")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of who did it and of whom it was about."""

    people: dict[UUID, str]

    def of(self, person: UUID | None) -> str:
        """A person's name; empty for nobody."""
        return self.people.get(person, "") if person is not None else ""

    def about(self, row: LedgerEvent) -> str:
        """Whom an event is about, and with which duty."""
        return "、".join(filter(None, (self.of(id) for id in _named(row))))


def names(rows: Iterable[LedgerEvent]) -> Names:
    """The names that a page of events needs, in one query."""
    listed = list(rows)
    ids = {r.actor_id for r in listed if r.actor_id} | {i for r in listed for i in _named(r)}
    return Names(dict(Person.objects.filter(id__in=ids).values_list("id", "name")))


def _named(row: LedgerEvent) -> list[UUID]:
    found = (row.data.get(key) for key in ("person", "giver", "holder", "deputy"))
    return [UUID(value) for value in found if value]
