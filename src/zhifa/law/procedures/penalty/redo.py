"""The steps by which an annulled case is handled anew in a matter of its own."""

from __future__ import annotations

from zhifa.law.actor import Duty
from zhifa.law.procedure import Closes, Phase, Starts, Step, Stops, Who
from zhifa.law.procedures.penalty import again
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.aftermath import (
    EvidenceInherited,
    RedoDone,
    RedoInherited,
    RedoOpened,
)
from zhifa.law.procedures.penalty.clue import OFFICER
from zhifa.law.procedures.penalty.investigation import GATHERING, HANDLERS
from zhifa.law.sources import CF, FY, SS

STEPS: tuple[Step, ...] = (
    Step(
        "redo.open",
        "另行立案重新处理",
        RedoOpened,
        OFFICER,
        (FY(64, 1), FY(77, 1), SS(70), CF(75, 2)),
        Phase.PERFORMANCE,
        needs=(again.is_undone, again.not_redone),
        main=lambda s: bool(s.open(owed.REDO_DUE.code)) and not s.has("redo.open"),
        story="另行登记案件，对被撤销的处罚重新处理",
    ),
    Step(
        "redo.finish",
        "登记重新作出的决定",
        RedoDone,
        Who((Duty.AGENCY_HEAD,), cites=(FY(64, 1),)),
        (FY(64, 1), FY(77, 1), SS(70)),
        Phase.PERFORMANCE,
        needs=(again.is_redone,),
        stops=(Stops("redo"),),
        closes=(Closes(owed.REDO_DUE),),
        story="重新处理的案件已经作出决定",
        elsewhere=True,
    ),
    Step(
        "redo.inherit",
        "登记被撤销的处罚",
        RedoInherited,
        OFFICER,
        (FY(64, 2), SS(71)),
        Phase.CLUE,
        needs=(again.not_inherited,),
        starts=(
            Starts(
                "redo",
                lambda _s, f: f.redo_days > 0,
                start=lambda d: d.facts.effective_on,
                days=lambda _s, f: f.redo_days,
            ),
        ),
        story="登记被撤销的处罚决定及其证据",
        elsewhere=True,
    ),
    Step(
        "evidence.inherit",
        "沿用原案证据",
        EvidenceInherited,
        HANDLERS,
        (CF(40), CF(46), FY(64, 2)),
        Phase.INVESTIGATION,
        needs=(*GATHERING, again.has_inheritable),
        checks=(g.by_team, again.has_inheritable, again.evidence_true),
        links=("inherited_evidence",),
        story="审查并沿用原案证据",
        by="records",
    ),
)
