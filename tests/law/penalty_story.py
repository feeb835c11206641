"""A penalty case driven through the law room alone: no database, a cast, a day, and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from zhifa.law.actor import Actor, Certificate, Duty, Post
from zhifa.law.calendar import WorkCalendar
from zhifa.law.facts import Facts, NoFacts
from zhifa.law.guards import Attempt, Refusal, Setting
from zhifa.law.power import PowerRule
from zhifa.law.procedure import Procedure
from zhifa.law.procedures.parts.approval import Approved, Endorsed, Returned
from zhifa.law.procedures.parts.paper import Sealed
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, later
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, current, digest
from zhifa.law.standing import Done, Output, Standing

AGENCY = "511802-scjg"
CERTIFICATE = Certificate("23110001", date(2024, 1, 1), date(2028, 12, 31))
EXPIRED = Certificate("23110002", date(2020, 1, 1), date(2025, 12, 31))
DAY = date(2026, 3, 2)
"""The day on which a story begins: a Monday."""


def person(
    name: str, *duties: Duty, certificate: Certificate | None = None, reviews: bool = False
) -> Actor:
    return Actor(
        name, name, tuple(Post(d, AGENCY) for d in duties), certificate, may_review=reviews
    )


CAST = {
    a.id: a
    for a in (
        person("承办人", Duty.OFFICER, certificate=CERTIFICATE),
        person("协办人", Duty.OFFICER, certificate=CERTIFICATE),
        person("外勤", Duty.OFFICER, certificate=CERTIFICATE),
        person("无证人员", Duty.OFFICER),
        person("过期人员", Duty.OFFICER, certificate=EXPIRED),
        person(
            "转岗审核员", Duty.OFFICER, Duty.LEGAL_REVIEWER, certificate=CERTIFICATE, reviews=True
        ),
        person("双岗局长", Duty.OFFICER, Duty.AGENCY_HEAD, certificate=CERTIFICATE),
        person("双岗主持", Duty.OFFICER, Duty.HEARING_CHAIR, certificate=CERTIFICATE),
        person("审核局长", Duty.LEGAL_REVIEWER, Duty.AGENCY_HEAD, reviews=True),
        person("科长", Duty.HANDLING_HEAD),
        person("局长", Duty.AGENCY_HEAD),
        person("副局长", Duty.AGENCY_HEAD),
        person("副局长二", Duty.AGENCY_HEAD),
        person("审核员", Duty.LEGAL_REVIEWER, reviews=True),
        person("无资格审核员", Duty.LEGAL_REVIEWER),
        person("法制科长", Duty.REVIEW_HEAD, reviews=True),
        person("主持人", Duty.HEARING_CHAIR),
        person("另一主持人", Duty.HEARING_CHAIR),
        person("印章员", Duty.SEAL_KEEPER),
        person("出纳", Duty.CASHIER),
        person("保管员", Duty.PROPERTY_KEEPER),
        person("公示审核员", Duty.PUBLISH_REVIEWER),
        person("档案员", Duty.ARCHIVIST),
        person("公众"),
    )
}
CALENDAR = WorkCalendar.standard()


@dataclass
class Story:
    """One case and its days; refuses as the house does, by returning the refusal."""

    procedure: Procedure = PENALTY_ORDINARY
    standing: Standing = field(default_factory=PENALTY_ORDINARY.empty)
    on: date = DAY
    powers: Mapping[str, PowerRule] = field(default_factory=lambda: {POWER.code: POWER})
    sector: str = "market"
    then: Mapping[str, PowerRule] | None = None
    """The powers on the act's last day, where they differ from today's."""

    def attempt(self, step: str, who: str, facts: Facts | None = None) -> Attempt:
        then = self.powers if self.then is None else self.then
        setting = Setting(CALENDAR, AGENCY, self.sector, self.powers, then, CAST)
        return Attempt(step, self.on, CAST[who], setting, facts or NoFacts())

    def refused(self, step: str, who: str, facts: Facts | None = None) -> Refusal | None:
        return self.procedure.refuse(self.standing, self.attempt(step, who, facts))

    def take(self, step: str, who: str, facts: Facts | None = None) -> Story:
        """Take a step, which must be lawful, producing just the documents that it owes."""
        refusal = self.refused(step, who, facts)
        assert refusal is None, f"{step}: {refusal}"
        return self.record(step, who, facts)

    def record(self, step: str, who: str, facts: Facts | None = None) -> Story:
        """Fold a step without asking whether it is lawful."""
        given = facts or NoFacts()
        seq = self.standing.seq + 1
        kinds = self.procedure.steps[step].owed(self.standing, given)
        outputs = tuple(Output(f"{seq}-{k}", k, "", "") for k in kinds)
        done = Done(step, self.on, given, who, seq=seq, outputs=outputs, actor_name=who)
        return replace(self, standing=self.procedure.fold(self.standing, done, CALENDAR))

    def at(self, on: date) -> Story:
        return replace(self, on=on)

    def owes(self, code: str, key: str | None = None) -> bool:
        return bool(self.standing.open(code, key))

    def due(self, term: str) -> date:
        """The last day of a term's latest run."""
        run = self.standing.term(term)
        assert run is not None, term
        return run.due.due

    def runs(self, term: str) -> bool:
        run = self.standing.term(term)
        return run is not None and run.running

    # --- the recurring pairs ---------------------------------------------------------------

    def approve(self, code: str, proposer: str, facts: Facts, endorsed: bool = True) -> Story:
        s = self.take(f"{code}.propose", proposer, facts)
        if endorsed:
            s = s.take(f"{code}.endorse", "科长", ENDORSED)
        return s.take(f"{code}.approve", "局长", APPROVED)

    def last_paper(self, kind: str) -> str:
        return self.standing.outputs(kind)[-1].id

    def seal(self, kind: str) -> Story:
        return self.take("document.seal", "印章员", Sealed(document=self.last_paper(kind)))

    def serve(self, kind: str, **changed: Any) -> Story:
        facts = say.served(self.last_paper(kind), kind, **changed)
        return self.take("document.serve", "承办人", facts)

    def seal_and_serve(self, kind: str) -> Story:
        return self.seal(kind).serve(kind)

    @property
    def proposal(self) -> str:
        found = current(self.standing)
        assert found is not None
        return digest(found)


ENDORSED = Endorsed(opinion="同意")
APPROVED = Approved(opinion="同意")
RETURNED = Returned(reason="请补充")


def refuses(
    story: Story, step: str, who: str, facts: Facts | None, code: str, *cites: str
) -> Refusal:
    """The step is refused on just that ground, with those articles among the cited ones."""
    refusal = story.refused(step, who, facts)
    assert refusal is not None, f"{step} by {who} was not refused"
    assert refusal.code == code, f"{step}: {refusal.code}: {refusal.message}"
    told = {c.key for c in refusal.cites}
    assert refusal.cites
    assert set(cites) <= told, f"{code} cites {sorted(told)}"
    assert refusal.message
    assert "。" not in refusal.message
    return refusal


# --- stations --------------------------------------------------------------------------------


def registered(on: date = DAY, **changed: Any) -> Story:
    return Story(on=on).take("clue.register", "外勤", say.clue(on, **changed))


def clue_verified(on: date = DAY, **changed: Any) -> Story:
    return registered(on, **changed).take("clue.verify", "承办人", say.verified())


def filed(on: date = DAY) -> Story:
    return clue_verified(on).approve("filing", "承办人", say.filing(on))


INVESTIGATION = (
    "inspection.record",
    "party.confirm",
    "evidence.add",
    "law.settle",
    "gain.find",
    "correction.order",
)


def investigated(on: date = DAY, without: str = "", **changed: Facts) -> Story:
    """Filed, and everything done that a proposal waits for, but for what is left out."""
    s = filed(on)
    facts: dict[str, Facts] = {
        "inspection.record": say.inspection(on),
        "party.confirm": say.confirmed(),
        "evidence.add": say.evidence(on),
        "law.settle": say.settled(on),
        "gain.find": say.gain(),
        "correction.order": say.correction(on),
    }
    for step in INVESTIGATION:
        if step != without:
            s = s.take(step, "承办人", changed.get(step.split(".")[0], facts[step]))
    return s


def proposed(made: PenaltyProposed | None = None) -> Story:
    return investigated().take("investigation.end", "承办人", made or say.proposal())


def submit(s: Story, kind: later.ReviewKind = later.ReviewKind.LEGAL) -> Story:
    return s.take("review.submit", "承办人", say.submitting(s.proposal, kind))


def passed(s: Story, kind: later.ReviewKind = later.ReviewKind.LEGAL) -> Story:
    return submit(s, kind).take("review.pass", "审核员", say.passing(s.proposal, kind))


def noticed(s: Story, hearing_right: bool = True) -> Story:
    facts = say.telling(s.proposal, hearing_right)
    return s.approve("notice", "承办人", facts, endorsed=False).seal_and_serve("prior_notice")


def told() -> Story:
    """Reviewed, told, and the notice served on 2026-03-02."""
    return noticed(passed(proposed()))


PARTY_DAYS_OVER = date(2026, 3, 10)
"""The day after the five working days of a notice served on 2026-03-02."""


def discussed(s: Story) -> Story:
    return s.take("discussion.hold", "局长", say.discussed(s.proposal))


def decided(s: Story | None = None, on: date = date(2026, 3, 16)) -> Story:
    """The decision made after the party's days are over, on 2026-03-16."""
    s = discussed((s or told()).at(on))
    return s.approve("decision", "承办人", say.deciding(s.proposal))


def served(s: Story | None = None) -> Story:
    """The decision and all its papers sealed and served, on 2026-03-16."""
    s = s or decided()
    for kind in ("correction_order", "penalty_decision", "payment_notice"):
        s = s.seal_and_serve(kind)
    return s


def performed() -> Story:
    """Corrected, paid, and the goods taken over."""
    s = served()
    return (
        s.take("correction.recheck", "承办人", say.rechecked())
        .take("payment.record", "出纳", say.paying(s.on, fine_fen=5_000_000, gain_fen=8_600))
        .take(
            "confiscation.record",
            "保管员",
            later.GoodsTaken(keeper_note="已经入库", witnessed_by="监督人"),
        )
    )
