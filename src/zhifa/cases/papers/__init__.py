"""The papers that a case owes, each built from the act, the standing and the registers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhifa.cases.papers import decision, filing, investigation, notice, righting
from zhifa.cases.papers.context import Context
from zhifa.records.inputs.parts import Document

BUILDERS: Mapping[str, Callable[[Context], Document]] = {
    "clue_registration": filing.clue_registration,
    "filing_approval": filing.filing_approval,
    "site_record": investigation.site_record,
    "interview_record": investigation.interview_record,
    "address_confirmation": investigation.address_confirmation,
    "preservation_notice": investigation.preservation_notice,
    "preservation_disposal": investigation.preservation_disposal,
    "correction_order": investigation.correction_order,
    "evidence_list": investigation.evidence_list,
    "investigation_report": investigation.investigation_report,
    "prior_notice": notice.prior_notice,
    "defence_record": notice.defence_record,
    "defence_review": notice.defence_review,
    "hearing_notice": notice.hearing_notice,
    "hearing_record": notice.hearing_record,
    "collective_discussion": decision.collective_discussion,
    "decision_approval": decision.decision_approval,
    "penalty_decision": decision.penalty_decision,
    "no_penalty_decision": decision.no_penalty_decision,
    "payment_notice": decision.payment_notice,
    "rectification_decision": righting.rectification_decision,
    "revocation_decision": righting.revocation_decision,
    "change_decision": righting.change_decision,
    "refund_notice": righting.refund_notice,
    "closing_approval": decision.closing_approval,
}

__all__ = ["BUILDERS", "Context"]
