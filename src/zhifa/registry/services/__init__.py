"""Use cases of the registers: the only writers, each recorded in its register's stream."""

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

__all__ = [
    "PartyFacts",
    "Profile",
    "approve_change",
    "assign_competence",
    "classify_party",
    "correct_party",
    "end_post",
    "hold_post",
    "issue_benchmark",
    "issue_certificate",
    "profile_agency",
    "propose_benchmark",
    "propose_powers",
    "publish_power",
    "recall_competence",
    "record_review_qualification",
    "register_party",
    "register_region",
    "return_change",
    "reveal_identity",
    "revoke_certificate",
    "withdraw_change",
]
