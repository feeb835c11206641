"""Use cases of the registers: the only writers, each recorded in its register's stream."""

from zhifa.registry.services.acting import (
    call_off_absence,
    delegate,
    note_absence,
    revoke_delegation,
)
from zhifa.registry.services.administration import (
    propose_profile,
    propose_reset,
    propose_staff,
)
from zhifa.registry.services.agencies import Profile, profile_agency, register_region
from zhifa.registry.services.changes import (
    approve_change,
    propose_benchmark,
    propose_powers,
    return_change,
    withdraw_change,
)
from zhifa.registry.services.officers import (
    end_post,
    hold_post,
    issue_certificate,
    record_review_qualification,
    revoke_certificate,
)
from zhifa.registry.services.parties import (
    PartyFacts,
    classify_party,
    correct_party,
    register_party,
    reveal_identity,
)
from zhifa.registry.services.powers import (
    assign_competence,
    issue_benchmark,
    publish_power,
    recall_competence,
)
from zhifa.registry.services.staff import (
    close_account,
    end_duties,
    grant_duty,
    open_account,
    reopen_account,
    reset_password,
    withdraw_duty,
)

__all__ = [
    "PartyFacts",
    "Profile",
    "approve_change",
    "assign_competence",
    "call_off_absence",
    "classify_party",
    "close_account",
    "correct_party",
    "delegate",
    "end_duties",
    "end_post",
    "grant_duty",
    "hold_post",
    "issue_benchmark",
    "issue_certificate",
    "note_absence",
    "open_account",
    "profile_agency",
    "propose_benchmark",
    "propose_powers",
    "propose_profile",
    "propose_reset",
    "propose_staff",
    "publish_power",
    "recall_competence",
    "record_review_qualification",
    "register_party",
    "register_region",
    "reopen_account",
    "reset_password",
    "return_change",
    "reveal_identity",
    "revoke_certificate",
    "revoke_delegation",
    "withdraw_change",
    "withdraw_duty",
]
