"""The wiring table: which reader reads which event, which panel shows where, which doors stand.

Read it from top to bottom and you know who listens to whom; there is no other place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhifa.cases.effects import NOTE_FALL
from zhifa.cases.handover import matters_panel
from zhifa.cases.panels import agency_panel, person_panel
from zhifa.cases.recall import recall_panel
from zhifa.kernel import wiring
from zhifa.kernel.ledger import disposal
from zhifa.kernel.page import frame
from zhifa.kernel.page.frame import Door, Frame
from zhifa.kernel.wiring import PanelMaker, Reader, Wiring
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.publication import PUBLICATION
from zhifa.law.procedures.review import LEGAL_REVIEW
from zhifa.law.procedures.supervision import SUPERVISION
from zhifa.procedure.projections import TODO, kinds
from zhifa.publicity.effects import FOLLOW_SERVICE, NOTE_OUTCOME, OPEN_FOR_DECISION
from zhifa.publicity.panels import case_panel, root_panel
from zhifa.records.effects import TYPESET, issuing
from zhifa.records.events import EVENTS as NUMBERING
from zhifa.registry.events import EVENTS
from zhifa.registry.panels import expiring_panel, security_panel
from zhifa.review.panels import assigned_panel
from zhifa.review.panels import case_panel as review_panel
from zhifa.supervision.events import EVENTS as READING
from zhifa.supervision.panels import case_panel as supervision_panel
from zhifa.supervision.projections import CERTIFICATES, WARNINGS

PENALTY: Final[dict[str, tuple[Reader, ...]]] = {
    **dict.fromkeys(kinds(PENALTY_ORDINARY), (TODO, WARNINGS)),
    **dict.fromkeys(issuing(PENALTY_ORDINARY), (TODO, WARNINGS, TYPESET)),
    "penalty_ordinary/decision.approve": (TODO, WARNINGS, TYPESET, OPEN_FOR_DECISION),
    "penalty_ordinary/outcome.record": (TODO, WARNINGS, NOTE_OUTCOME, NOTE_FALL),
    "penalty_ordinary/document.serve": (TODO, WARNINGS, TYPESET, FOLLOW_SERVICE, NOTE_FALL),
}
REVIEW: Final = dict.fromkeys(kinds(LEGAL_REVIEW), (TODO,))
PUBLICATIONS: Final = dict.fromkeys(kinds(PUBLICATION), (TODO,))
SUPERVISIONS: Final[dict[str, tuple[Reader, ...]]] = {
    **dict.fromkeys(kinds(SUPERVISION), (TODO,)),
    **dict.fromkeys(issuing(SUPERVISION), (TODO, TYPESET)),
}

REGISTERS: Final[dict[str, tuple[Reader, ...]]] = {
    **{e.kind: () for e in (*EVENTS, *NUMBERING, *READING)},
    **dict.fromkeys(CERTIFICATES, (WARNINGS,)),
}

READERS: Final[Mapping[str, tuple[Reader, ...]]] = {
    "genesis": (),
    disposal.KIND: (),
    **REGISTERS,
    **PENALTY,
    **REVIEW,
    **PUBLICATIONS,
    **SUPERVISIONS,
}

PANELS: Final[Mapping[str, tuple[PanelMaker, ...]]] = {
    "desk.agency": (agency_panel,),
    "desk.person": (person_panel,),
    "case.review": (review_panel,),
    "case.detail": (case_panel,),
    "case.supervision": (supervision_panel,),
    "portal.root": (root_panel,),
    "registry.assignment": (recall_panel,),
    "account.security": (security_panel,),
    "desk.beside": (expiring_panel,),
    "person.matters": (matters_panel, assigned_panel),
}

FRAME: Final = Frame(
    desk=(
        Door("今日", "cases:home"),
        Door("线索", "cases:clues"),
        Door("案件", "cases:list"),
        Door("法制审核", "review:list"),
        Door("公示", "publicity:desk"),
        Door("监督", "supervision:warnings"),
        Door("资源库", "registry:desk"),
        Door("人员", "registry:people"),
    ),
    portal=(
        Door("查决定", "publicity:decisions"),
        Door("查人员", "publicity:officers"),
        Door("查权责", "publicity:powers"),
        Door("查依据", "publicity:statutes"),
    ),
)


def bind_all() -> None:
    """Bind the table and the doors; once in a process."""
    wiring.bind(Wiring(readers=READERS, panels=PANELS))
    frame.bind(FRAME)
