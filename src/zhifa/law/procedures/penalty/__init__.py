"""The ordinary procedure (普通程序) of an administrative penalty, from clue to archive."""

from __future__ import annotations

from zhifa.law.procedure import Procedure
from zhifa.law.procedures.penalty import (
    after,
    before,
    clue,
    decision,
    investigation,
    redo,
    righting,
)
from zhifa.law.sources import CF, SJ

PENALTY_ORDINARY = Procedure.of(
    "penalty_ordinary",
    "行政处罚普通程序",
    *clue.STEPS,
    *investigation.STEPS,
    *before.STEPS,
    *decision.STEPS,
    *righting.STEPS,
    *after.STEPS,
    *redo.STEPS,
    version=1,
    cites=(CF(54), CF(57), SJ.whole),
    first="clue.register",
)
