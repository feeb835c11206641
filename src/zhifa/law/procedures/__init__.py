"""The procedures in force, by code."""

from zhifa.law.procedure import Procedure
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.publication import PUBLICATION
from zhifa.law.procedures.review import LEGAL_REVIEW
from zhifa.law.procedures.supervision import SUPERVISION

ALL: tuple[Procedure, ...] = (PENALTY_ORDINARY, LEGAL_REVIEW, PUBLICATION, SUPERVISION)
