"""What every paper of a case draws on: the act, where the case stands, and the registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from zhifa.cases.weighing import substance
from zhifa.kernel import clock
from zhifa.law.actor import Actor
from zhifa.law.cite import Cite, law
from zhifa.law.power import PowerRule
from zhifa.law.procedures.parts.approval import approved
from zhifa.law.procedures.penalty.facts import ClueRegistered, FilingProposed
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, current
from zhifa.law.standing import Done, Standing
from zhifa.law.team import handlers
from zhifa.procedure.services import Act, Strand
from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    Head,
    Officer,
    PartyBlock,
    PaymentRoute,
    PenaltyItem,
    Person,
    Remedies,
)
from zhifa.registry import selectors as registry


def day(on: date) -> str:
    """A date as a document writes it."""
    return f"{on.year}年{on.month}月{on.day}日"


@dataclass
class Context:
    """One act's view of the registers for the papers that it owes.

    `case_no` and `cause` are those of the case, or what this act gives it.
    """

    act: Act
    case_no: str = ""
    cause: str = ""
    matter_id: UUID | None = None
    """The case's matter, where the act is about another one (a review)."""

    @property
    def strand(self) -> Strand:
        """The strand of the case."""
        return self.act.main if self.matter_id is None else self.act.strand(self.matter_id)

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.act.on

    @property
    def facts(self) -> Any:
        """The facts that take effect."""
        return self.strand.effective

    @property
    def s(self) -> Standing:
        """Where the case stood before the act."""
        return self.strand.before

    @cached_property
    def agency(self) -> Any:
        """The agency's profile on the day."""
        return registry.agency(self.strand.matter.agency_code, self.on)

    @property
    def common(self) -> dict[str, Any]:
        """What every document carries."""
        return {
            "head": Head(
                agency=self.agency.full_name,
                case_no=self.case_no or None,
                case_title=self.cause or None,
            ),
            "dated": self.on,
            "demo": clock.is_demo(),
        }

    # --- people ------------------------------------------------------------------------------

    @cached_property
    def _people(self) -> dict[str, Actor]:
        ids = {d.actor for d in self.s.history if d.actor} | {str(self.act.by)} | handlers(self.s)
        ids |= set(getattr(self.facts, "handlers", ()))
        for name in ("co_officer", "chair", "reporter"):
            ids.add(getattr(self.facts, name, "") or "")
        for item in getattr(self.facts, "opinions", ()):
            ids.add(item.member)
        wanted = [UUID(i) for i in ids if i]
        return dict(registry.actors(wanted, self.on))

    def name(self, person: str) -> str:
        """A person's name."""
        found = self._people.get(person)
        return found.name if found is not None else ""

    def officer(self, person: str) -> Officer:
        """An officer with the number of the certificate."""
        found = self._people[person]
        return Officer(
            name=found.name,
            certificate_no=found.certificate.number if found.certificate else "",
        )

    def officers(self, *people: str) -> tuple[Officer, ...]:
        """Several officers, in the order given, each once."""
        return tuple(self.officer(p) for p in dict.fromkeys(people) if p in self._people)

    @property
    def pair(self) -> tuple[Officer, ...]:
        """Who acts and the second officer."""
        return self.officers(str(self.act.by), getattr(self.strand.facts, "co_officer", ""))

    @property
    def team(self) -> tuple[Officer, ...]:
        """The handlers of the case."""
        team = handlers(self.s) or frozenset(getattr(self.facts, "handlers", ()))
        return self.officers(*sorted(team))

    def person(self, person: str, post: str) -> Person:
        """A person with an office."""
        return Person(name=self.name(person), post=post)

    # --- the case ----------------------------------------------------------------------------

    @cached_property
    def clue(self) -> ClueRegistered | None:
        """The clue that the case came from."""
        return self.s.latest(ClueRegistered)

    @cached_property
    def filing(self) -> FilingProposed | None:
        """The filing as approved, or as this act approves it."""
        if isinstance(self.facts, FilingProposed):
            return self.facts
        done = approved(self.s, "filing")
        return done.facts if done is not None else None

    @property
    def filed_on(self) -> date:
        """The day on which the case was filed."""
        done = self.s.last("filing.approve")
        return done.on if done is not None else self.on

    @cached_property
    def proposal(self) -> PenaltyProposed:
        """The proposal as it stands, or as this act makes it."""
        if isinstance(self.facts, PenaltyProposed):
            return self.facts
        found = current(self.s)
        assert found is not None
        return found

    @property
    def party_id(self) -> str:
        """The party of the case."""
        for source in (self.facts, current(self.s), self.filing, self.clue):
            party = getattr(source, "party", "")
            if party:
                return str(party)
        return ""

    @cached_property
    def party(self) -> PartyBlock:
        """The party as printed."""
        return party_block(self.party_id, self.on)

    @property
    def party_name(self) -> str:
        """The party's name."""
        return self.party.name

    @cached_property
    def power(self) -> PowerRule:
        """The power of the case on the day."""
        code = getattr(self.facts, "power", "") or (self.filing.power if self.filing else "")
        return substance(self.s, code, self.on)

    @cached_property
    def remedies(self) -> Remedies:
        """Where the party may turn, resolved for this agency, act and day."""
        return remedies(self.strand.matter.agency_code, self.on)

    @property
    def contact(self) -> Contact:
        """Whom to ask: the first handler, at the agency."""
        first = self.team[0].name if self.team else self.name(str(self.act.by))
        return Contact(name=first, phone=self.agency.phone, address=self.agency.address)

    @property
    def route(self) -> PaymentRoute:
        """Where a fine is paid."""
        return PaymentRoute(
            bank=self.agency.bank,
            account_name=self.agency.bank_account_name,
            account_no=self.agency.bank_account_no,
            payment_code=self.agency.payment_code,
            channels=self.agency.payment_channels,
        )

    def penalties(self, proposal: PenaltyProposed | None = None) -> tuple[PenaltyItem, ...]:
        """The penalties of a proposal as printed."""
        return tuple(
            PenaltyItem(kind=i.kind.label, amount_fen=i.amount_fen or None, description=i.detail)
            for i in (proposal or self.proposal).items
        )

    # --- opinions ----------------------------------------------------------------------------

    def approvals(
        self, code: str, own: str = "承办人意见", words: str = ""
    ) -> tuple[Approval, ...]:
        """The three levels of an inner approval as they were given, this act's own included."""
        proposed = self.s.last(f"{code}.propose")
        lines = []
        if proposed is not None:
            lines.append(_line(own, words or "建议按上述意见办理", proposed))
            for done in self.s.since(proposed, f"{code}.endorse"):
                lines.append(_line("承办机构意见", done.facts.opinion, done))
        if self.strand.step.code == f"{code}.approve":
            lines.append(
                Approval(
                    role="行政机关负责人意见",
                    opinion=self.strand.facts.opinion,
                    signer=self.strand.signer,
                    signed_on=self.on,
                )
            )
        return tuple(lines)


def _line(role: str, opinion: str, done: Done) -> Approval:
    return Approval(role=role, opinion=opinion, signer=done.signed, signed_on=done.on)


def citations(keys: Iterable[str | Cite]) -> tuple[Citation, ...]:
    """Citations as printed: full title and place."""
    found = []
    for key in keys:
        cite = Cite.parse(key) if isinstance(key, str) else key
        found.append(Citation(law=law(cite.law).title, article=cite.place))
    return tuple(found)


def party_block(party_id: str, on: date) -> PartyBlock:
    """The party as printed, from the register."""
    if not party_id:
        return PartyBlock(name="", kind="其他组织", id_label="", id_number="", address="")
    p = registry.party(UUID(party_id), on)
    return PartyBlock(
        name=p.name,
        kind=p.kind_label,  # type: ignore[arg-type]
        id_label=p.id_label,
        id_number=p.id_number,
        address=p.address,
        representative_label=p.representative_label or None,
        representative=p.representative or None,
        phone=p.phone or None,
    )


def remedies(agency: str, on: date) -> Remedies:
    """Where the party may turn against a penalty of the agency."""
    r = registry.remedies(agency, "penalty", on)
    return Remedies(
        reconsideration_body=r.reconsideration_body,
        reconsideration_term=r.reconsideration_length,
        court=r.court,
        litigation_term=r.litigation_length,
        prerequisite=r.prerequisite,
        bases=citations(r.cites),
    )
