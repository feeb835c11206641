"""The registers' tables. Rows are dated and never overwritten in what they once said."""

from zhifa.registry.models.acting import Absence, Delegation, Membership
from zhifa.registry.models.agencies import AgencyProfile, Region
from zhifa.registry.models.competence import CompetenceAssignment
from zhifa.registry.models.officers import Certificate, OfficerCard, Post, ReviewQualification
from zhifa.registry.models.parties import (
    Party,
    PartyClassification,
    PartyKind,
    PartyVersion,
    Subject,
    SubjectRule,
)
from zhifa.registry.models.powers import BenchmarkEdition, Power
from zhifa.registry.models.proposals import ChangeProposal
from zhifa.registry.models.registers import RegisterStream
from zhifa.registry.models.statutes import Article, Statute, StatuteSource, StatuteVersion

__all__ = [
    "Absence",
    "AgencyProfile",
    "Article",
    "BenchmarkEdition",
    "Certificate",
    "ChangeProposal",
    "CompetenceAssignment",
    "Delegation",
    "Membership",
    "OfficerCard",
    "Party",
    "PartyClassification",
    "PartyKind",
    "PartyVersion",
    "Post",
    "Power",
    "Region",
    "RegisterStream",
    "ReviewQualification",
    "Statute",
    "StatuteSource",
    "StatuteVersion",
    "Subject",
    "SubjectRule",
]
