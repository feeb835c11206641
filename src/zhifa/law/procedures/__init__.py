"""The procedures in force, by code."""

from zhifa.law.procedure import Procedure
from zhifa.law.procedures.penalty import PENALTY_ORDINARY

ALL: tuple[Procedure, ...] = (PENALTY_ORDINARY,)
