"""From a clue to the filing of the case."""

from __future__ import annotations

from zhifa.law.actor import Duty
from zhifa.law.procedure import Closes, Extends, Opens, Owed, Phase, Starts, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval
from zhifa.law.procedures.penalty import again, days
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.facts import (
    ClueRegistered,
    FilingOutcome,
    FilingProposed,
    HandlersChanged,
    ReporterTold,
    VerificationExtended,
    Verified,
)
from zhifa.law.sources import CF, SJ, TSB
from zhifa.law.standing import Standing

OFFICERS = Who((Duty.OFFICER,), certified=True, two=True, cites=(CF(42),))
OFFICER = Who((Duty.OFFICER,), certified=True, cites=(CF(42),))


def _named(s: Standing, _f: object) -> bool:
    clue = s.latest(ClueRegistered)
    return clue is not None and clue.named_reporter


STEPS: tuple[Step, ...] = (
    Step(
        "clue.register",
        "登记案源",
        ClueRegistered,
        Who((Duty.OFFICER, Duty.WINDOW_CLERK), cites=(CF(54),)),
        (CF(54, 1), SJ(18)),
        Phase.CLUE,
        checks=(days.clue_day,),
        owes=(Owed("clue_registration"),),
        starts=(Starts("clue.verification", start=lambda d: d.facts.received_on),),
        opens=(Opens(owed.CLUE_UNDECIDED),),
        story="登记案源",
    ),
    Step(
        "clue.verify",
        "核查线索",
        Verified,
        OFFICERS,
        (CF(54, 1), SJ(18)),
        Phase.CLUE,
        needs=(g.undecided, again.original_told),
        main=lambda s: bool(s.open(owed.CLUE_UNDECIDED.code)) and not s.has("clue.verify"),
        story="核查线索",
    ),
    Step(
        "clue.extend",
        "延长核查期限",
        VerificationExtended,
        Who((Duty.AGENCY_HEAD,), cites=(SJ(18),)),
        (SJ(18),),
        Phase.CLUE,
        needs=(g.undecided, g.not_extended),
        extends=(Extends("clue.verification", by=lambda _s, _f: 15),),
        story="批准延长核查期限十五个工作日",
    ),
    *approval(
        "filing",
        "立案审批意见",
        FilingProposed,
        (CF(54, 2), SJ(19)),
        Phase.FILING,
        propose=OFFICER,
        needs=(g.undecided, g.verified),
        checks=(
            g.filing_standard,
            g.filing_complete,
            g.nothing_left_behind,
            g.two_handlers,
            g.within_limitation,
            g.power_known,
        ),
        again=(g.undecided, g.nothing_left_behind),
        owes=(Owed("filing_approval"),),
        starts=(
            Starts("decision", when=lambda _s, f: f.outcome is FilingOutcome.FILE),
            Starts("reporter.reply", when=_named),
        ),
        stops=(Stops("clue.verification"),),
        opens=(Opens(owed.REPORTER_UNTOLD, when=_named),),
        closes=(Closes(owed.CLUE_UNDECIDED),),
        main=lambda s: bool(s.open(owed.CLUE_UNDECIDED.code)) and s.has("clue.verify"),
    ),
    Step(
        "reporter.tell",
        "告知实名举报人",
        ReporterTold,
        OFFICER,
        (TSB.whole,),
        Phase.FILING,
        needs=(g.reporter_waits,),
        checks=(days.reporter_day,),
        stops=(Stops("reporter.reply"),),
        closes=(Closes(owed.REPORTER_UNTOLD),),
        main=lambda s: bool(s.open(owed.REPORTER_UNTOLD.code)),
        story="将处理结果告知实名举报人",
    ),
    Step(
        "handlers.change",
        "变更承办人",
        HandlersChanged,
        Who((Duty.HANDLING_HEAD,), cites=(CF(42),)),
        (CF(42),),
        Phase.INVESTIGATION,
        needs=(g.is_filed, g.case_open),
        checks=(g.two_handlers,),
        story="变更承办人并办理移交",
    ),
)
