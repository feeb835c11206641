"""The notice of supervision brought to where a test needs it, through the services."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhifa.accounts.models import Person
from zhifa.kernel import effectruns, readers
from zhifa.law.procedures import supervision as law
from zhifa.law.procedures.parts.approval import Approved
from zhifa.records import services as records
from zhifa.supervision import services
from zhifa.supervision.models import SupervisionNotice

FINDING = "办案期限届满后仍未作出处理决定。"


def somebody(name: str) -> UUID:
    return Person.objects.get(username=name).id


def propose(case_id: UUID, on: date, *, rule: str = "decision.limit") -> UUID:
    """A notice proposed by the bureau."""
    return services.propose(
        case_id=case_id,
        origin=law.Origin.WARNING,
        finding=FINDING,
        demand="尽快作出处理决定，并说明超期的原因。",
        rule=rule,
        by=somebody("sf-supervisor1"),
        on=on,
    ).matter_id


def issue(case_id: UUID, on: date) -> UUID:
    """Approved and sealed."""
    notice = propose(case_id, on)
    services.approve(
        notice_id=notice, facts=Approved(opinion="同意发出。"), by=somebody("sf-agency-head"), on=on
    )
    document = SupervisionNotice.objects.get(matter_id=notice).document_id
    assert document is not None
    records.seal(matter_id=notice, document_id=document, by=somebody("sf-seal-keeper"), on=on)
    return notice


def deliver(case_id: UUID, on: date) -> UUID:
    """Handed to the agency, which may read it now."""
    notice = issue(case_id, on)
    facts = law.Delivered(received_by="示例收发员")
    services.deliver(notice_id=notice, facts=facts, by=somebody("sf-supervisor1"), on=on)
    readers.catch_up()
    effectruns.run_owed()
    return notice
