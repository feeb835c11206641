"""The paper of supervision: 行政执法监督通知书."""

from __future__ import annotations

from zhifa.cases.papers.context import citations
from zhifa.kernel import clock
from zhifa.law import terms
from zhifa.law.numerals import chinese_number
from zhifa.law.procedures.supervision import Proposed
from zhifa.law.sources import JD
from zhifa.procedure.services import Act
from zhifa.records.inputs.parts import Contact, Head
from zhifa.records.inputs.supervision import SupervisionNotice
from zhifa.registry import selectors as registry


def notice(act: Act, made: Proposed, *, case_no: str, supervisor: str) -> SupervisionNotice:
    """The notice as it goes to the agency."""
    body = registry.agency(act.matter.agency_code, act.on)
    term = terms.get("supervision.answer", act.on)
    return SupervisionNotice(
        head=Head(agency=body.full_name, case_no=case_no),
        dated=act.on,
        demo=clock.is_demo(),
        recipient=registry.agency(made.agency, act.on).full_name,
        origin=made.origin.label,
        finding=made.finding,
        bases=citations(made.bases),
        demand=made.demand,
        supervision_bases=citations((JD(2), JD(6))),
        answer_term=f"{chinese_number(term.length)}{term.unit.label}",
        contact=Contact(name=supervisor, phone=body.phone, address=body.address),
    )
