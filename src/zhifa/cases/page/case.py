"""Where a case stands, as its page opens: its phases, what is next, what else may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from zhifa.cases.models import Case
from zhifa.cases.page import doors
from zhifa.cases.page.desk import Desk
from zhifa.kernel.errors import NotFound
from zhifa.kernel.page import Station
from zhifa.law import documents
from zhifa.law.actor import Actor, Duty
from zhifa.law.guards import Check
from zhifa.law.procedure import Phase, Step
from zhifa.law.procedures.penalty import force, gates, paying
from zhifa.law.procedures.penalty.decision import LETTERS, money_due
from zhifa.law.procedures.penalty.guards import decided, filed, proposed, refused_filing
from zhifa.law.procedures.penalty.proposal import DecisionKind, PenaltyProposed, current
from zhifa.law.standing import Obligation, Standing, TermRun
from zhifa.law.team import handlers
from zhifa.procedure import selectors as matters
from zhifa.procedure.selectors import NextStep, View
from zhifa.registry import selectors as registry
from zhifa.registry.policies import DELEGABLE
from zhifa.registry.selectors import PartyView

AWAITED = {"review.pass": "审核处理意见"}
"""What is awaited where a step's own title says how it ends."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A step that the case waits for: who owes it, what it needs, where it is taken."""

    found: NextStep
    who: str
    address: str

    @property
    def step(self) -> Step:
        """The step."""
        return self.found.step

    @property
    def title(self) -> str:
        """The act as the case waits for it."""
        return AWAITED.get(self.step.code, self.step.title)

    @property
    def unmet(self) -> tuple[Check, ...]:
        """The conditions that are not met."""
        return tuple(c for c in self.found.checks if not c.met)

    @property
    def met(self) -> tuple[Check, ...]:
        """The conditions that are met."""
        return tuple(c for c in self.found.checks if c.met)


@dataclass(frozen=True)
class CasePage:
    """A case as one person opens it on one day. Everything else is asked of it."""

    desk: Desk
    case: Case
    view: View

    @property
    def id(self) -> UUID:
        """The matter's id."""
        return self.case.matter_id

    @property
    def on(self) -> date:
        """The legal day."""
        return self.desk.on

    @property
    def standing(self) -> Standing:
        """Where the case stands."""
        return self.view.standing

    @property
    def number(self) -> str:
        """The case's number, before its filing that of the clue."""
        return self.case.case_no or self.case.clue_no

    @property
    def title(self) -> str:
        """The cause, before the filing what the clue is called."""
        return self.case.cause or self.case.matter.title

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where each step is taken."""
        return doors.addresses(self.view.procedure, self.id)

    @cached_property
    def party(self) -> PartyView | None:
        """The party, as known today. One query."""
        return registry.party(self.case.party_id, self.on) if self.case.party_id else None

    @cached_property
    def proposal(self) -> PenaltyProposed | None:
        """The proposal as it stands."""
        return current(self.standing)

    @cached_property
    def people(self) -> Mapping[str, Actor]:
        """Everybody who acted or handles. One query."""
        ids = {d.actor for d in self.standing.history if d.actor} | set(self.team_ids)
        ids |= {str(getattr(d.facts, "co_officer", "") or "") for d in self.standing.history}
        return registry.actors([UUID(i) for i in ids if i], self.on)

    @property
    def team_ids(self) -> tuple[str, ...]:
        """The handlers, in a steady order."""
        return tuple(sorted(handlers(self.standing)))

    @property
    def team(self) -> str:
        """The handlers' names."""
        return "、".join(self.people[i].name for i in self.team_ids if i in self.people)

    @cached_property
    def fell(self) -> force.Instrument | None:
        """What annulled or changed the decision, the latest of it."""
        return force.last_change(self.standing)

    # --- what is next -----------------------------------------------------------------------

    @cached_property
    def awaited(self) -> tuple[Awaited, ...]:
        """What the case waits for, this person's own first."""
        found = sorted(self.view.owed, key=lambda s: not s.mine)
        return tuple(Awaited(s, self._who(s.step), self.addresses[s.step.code]) for s in found)

    @cached_property
    def ahead(self) -> NextStep | None:
        """The next great gate that is not open, where the case does not stand before it yet."""
        s = self.standing
        if refused_filing(s) or s.has("closing.approve"):
            return None
        if decided(s):
            code = "closing.propose"
        elif proposed(s):
            code = "decision.propose"
        else:
            code = "investigation.end" if filed(s) else "filing.propose"
        found = self.view.step(code)
        waiting = {a.step.code for a in self.awaited}
        if code in waiting or code.replace("propose", "approve") in waiting or found.open:
            return None
        return found

    @property
    def ahead_unmet(self) -> tuple[Check, ...]:
        """What the next gate still lacks."""
        return tuple(c for c in self.ahead.checks if not c.met) if self.ahead else ()

    @property
    def ahead_met(self) -> tuple[Check, ...]:
        """What the next gate has already."""
        return tuple(c for c in self.ahead.checks if c.met) if self.ahead else ()

    @cached_property
    def others(self) -> tuple[Awaited, ...]:
        """What this person may do besides."""
        awaited = {a.step.code for a in self.awaited}
        return tuple(
            Awaited(s, "", where)
            for s in self.view.steps
            if s.step.code not in awaited
            and s.mine
            and s.open
            and not s.step.elsewhere
            and (where := self.addresses[s.step.code])
        )

    @cached_property
    def barred(self) -> tuple[tuple[NextStep, str], ...]:
        """What cannot be done now, each with its reason."""
        open_now = {a.step.code for a in (*self.awaited, *self.others)}
        found = []
        for s in self.view.steps:
            if s.step.code in open_now or s.step.elsewhere:
                continue
            if s.may is not None:
                found.append((s, s.may.message))
            else:
                unmet = next((c for c in s.checks if c.no is not None), None)
                found.append((s, unmet.no.reason if unmet and unmet.no else "暂时没有办理页面"))
        return tuple(found)

    def _who(self, step: Step) -> str:
        if step.who.handlers_only and self.team_ids:
            return f"承办人{self.team}"
        names = []
        for duty in step.who.duties:
            if holders := self._holders(duty):
                few = "、".join(holders[:4])
                few += "等" if len(holders) > 4 else ""
                names.append(f"{duty.label}（{few}）")
        return "或者".join(names) or "、".join(d.label for d in step.who.duties)

    @cached_property
    def _held(self) -> dict[Duty, list[str]]:
        return {}

    def _holders(self, duty: Duty) -> list[str]:
        if duty not in self._held:
            agency = self.case.agency_code
            own = [h.name for h in registry.people_with(duty, agency, self.on)]
            lent = registry.acting_with(duty, agency, self.on) if duty in DELEGABLE else []
            self._held[duty] = [*lent, *own]
        return self._held[duty]

    # --- terms and what is open -----------------------------------------------------------------

    @property
    def agency_terms(self) -> tuple[TermRun, ...]:
        """The agency's own limits that run, soonest first."""
        return self._terms(True)

    @property
    def party_terms(self) -> tuple[TermRun, ...]:
        """The party's terms that run, soonest first."""
        return self._terms(False)

    def _terms(self, agency: bool) -> tuple[TermRun, ...]:
        running = [
            t
            for t in self.standing.terms
            if t.running and (t.due.addressee.value == "agency") is agency
        ]
        if not agency:
            running = [t for t in running if not t.over(self.on)]
        return tuple(sorted(running, key=lambda t: t.due.due))

    @property
    def obligations(self) -> tuple[tuple[Obligation, str, str], ...]:
        """What is open: the obligation, what it is about, where it is settled."""
        return tuple(
            (
                o,
                f"《{documents.rule(o.about).title}》" if o.about in documents.RULES else "",
                self.addresses.get(o.kind.settled_by, ""),
            )
            for o in self.standing.obligations
        )

    # --- the line of phases ---------------------------------------------------------------------

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """The phases: done, now, still to come, or not on this case's way."""
        now = Phase(self.case.matter.phase)
        ended = self.case.matter.closed
        stations = []
        for phase in Phase:
            day = _reached(self.standing, phase)
            if phase is now and not ended:
                stations.append(Station(phase.label, "now", _day(day)))
            elif day is not None:
                stations.append(Station(phase.label, "done", _day(day)))
            elif ended or refused_filing(self.standing) or _left_out(self.standing, phase):
                stations.append(Station(phase.label, "skipped"))
            else:
                stations.append(Station(phase.label, "next"))
        return tuple(stations)


def open_case(desk: Desk, matter_id: UUID) -> CasePage:
    """The case, if the person may read it; `NotFound` otherwise, without saying which."""
    allowed = matters.visible_to(desk.actor).filter(id=matter_id)
    case = Case.objects.select_related("matter").filter(matter__in=allowed).first()
    if case is None:
        raise NotFound("没有找到这件案件，或者您无权查看。", code="no-such-case")
    return CasePage(desk, case, matters.view(case.matter, desk.id, desk.on))


def _reached(s: Standing, phase: Phase) -> date | None:
    """The day on which a phase was completed, None while it is not."""
    step = {
        Phase.CLUE: "clue.verify",
        Phase.FILING: "filing.approve",
        Phase.INVESTIGATION: "investigation.end",
        Phase.DECISION: "decision.approve",
        Phase.CLOSING: "closing.approve",
        Phase.ARCHIVE: "archive.file",
    }.get(phase)
    if step is not None:
        done = s.last(step)
    elif phase is Phase.REVIEW:
        done = gates.review_passed(s)
    elif phase is Phase.NOTICE:
        done = gates.notice_served(s)
    elif phase is Phase.SERVICE:
        letters = {o.id for kind in LETTERS.values() for o in s.outputs(kind)}
        done = s.find(lambda d: d.step == "document.serve" and d.facts.document in letters)
    elif phase is Phase.PUBLICITY:
        done = s.last("publicity.publish", "publicity.decline")
    elif money_due(s) and decided(s) and paying.paid(s) >= money_due(s):
        done = s.last("payment.record")
    else:
        done = None
    return done.on if done is not None else None


def _left_out(s: Standing, phase: Phase) -> bool:
    """Whether the proposal's kind leads past the phase."""
    p = current(s)
    if p is None or p.decision is DecisionKind.PENALTY:
        return False
    return phase in (Phase.NOTICE, Phase.PUBLICITY, Phase.PERFORMANCE) or (
        phase is Phase.SERVICE and p.decision not in LETTERS
    )


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day is not None else ""
