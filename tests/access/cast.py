"""One person of the demonstration's agency for each duty, and strangers to its cases."""

from zhifa.law.actor import Duty

OWN = {
    Duty.OFFICER: "yc-officer1",
    Duty.HANDLING_HEAD: "yc-handling-head",
    Duty.LEGAL_REVIEWER: "yc-legal-reviewer",
    Duty.REVIEW_HEAD: "yc-review-head",
    Duty.AGENCY_HEAD: "yc-agency-head1",
    Duty.HEARING_CHAIR: "yc-hearing-chair",
    Duty.SEAL_KEEPER: "yc-seal-keeper",
    Duty.PUBLISHER: "yc-publisher",
    Duty.PUBLISH_REVIEWER: "yc-publish-reviewer",
    Duty.CASHIER: "yc-cashier",
    Duty.PROPERTY_KEEPER: "yc-property-keeper",
    Duty.ARCHIVIST: "yc-archivist",
    Duty.SUPERVISOR: "yc-supervisor",
    Duty.WINDOW_CLERK: "yc-window-clerk",
    Duty.SYSADMIN: "yc-sysadmin",
    Duty.SECADMIN: "yc-secadmin",
    Duty.AUDITOR: "yc-auditor",
}
ELSEWHERE = {
    Duty.OFFICER: ("ya-officer1", "zf-officer1"),
    Duty.AGENCY_HEAD: ("ya-agency-head1", "zf-agency-head"),
    Duty.SUPERVISOR: ("ya-supervisor",),
}
"""The same duties at other agencies: they see their own agency's matters, and none of these."""
EVERYBODY = frozenset(Duty)
SEE_NO_CASE = {Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR, Duty.WINDOW_CLERK}
SEE_CASES = EVERYBODY - SEE_NO_CASE
