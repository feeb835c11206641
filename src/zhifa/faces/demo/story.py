"""The story that the scenes tell: what they remember, and how each act is done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import FunctionType
from typing import Any
from uuid import UUID, uuid5

from zhifa.cases import services as cases
from zhifa.cases import weighing
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import who
from zhifa.kernel import ledger
from zhifa.law.facts import Facts
from zhifa.law.procedures.parts.approval import Approved, Endorsed
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, current, digest
from zhifa.law.standing import Output
from zhifa.procedure import selectors as matters
from zhifa.procedure.folding import GENESIS
from zhifa.procedure.services import Taken
from zhifa.publicity import selectors as publications
from zhifa.records import services as records
from zhifa.review.models import Review

STORY = UUID("0197a000-0000-7000-8000-000000000001")
"""The name under which the acts of the demonstration are numbered."""


@dataclass
class Story:
    """What the scenes remember of one another."""

    on: date = date(2026, 3, 3)
    party: str = ""
    case_id: UUID = field(default_factory=lambda: UUID(int=0))
    evidence: dict[str, str] = field(default_factory=dict)
    calls: int = 0
    name: UUID = STORY
    place: str = facts.PLACE
    owner: str = facts.OWNER

    def act(self, number: int) -> UUID:
        """The id of the story's act of that number."""
        return uuid5(self.name, str(number))

    def do(self, service: Callable[..., Taken], **given: Any) -> Taken:
        """Call a service, once: the act's id follows from its place in the story.

        A story that was interrupted is played again from its beginning; what was done stands.
        """
        self.calls += 1
        act_id = self.act(self.calls)
        done = _done(act_id)
        if done is not None:
            return done
        made = {k: v() if isinstance(v, FunctionType) else v for k, v in given.items()}
        return service(act_id=act_id, **made)

    def take(self, step: str, part: str, made: Facts) -> Taken:
        """A step of the case's own, by the person who has the part."""
        return self.do(
            cases.take, matter_id=self.case_id, step=step, by=who(part), on=self.on, facts=made
        )

    def approve(self, code: str, made: Facts, *, endorsed: bool, words: str) -> None:
        """Proposed, endorsed where it is asked, approved by the head."""
        self.take(f"{code}.propose", "handler", made)
        if endorsed:
            self.take(f"{code}.endorse", "handling_head", Endorsed(opinion="情况属实，同意。"))
        self.take(f"{code}.approve", "head", Approved(opinion=words))

    def standing(self) -> Any:
        """Where the case stands."""
        return matters.standing(matters.matter(self.case_id), self.on)

    def proposal(self) -> str:
        """The digest of the proposal as it stands."""
        found = current(self.standing())
        assert found is not None
        return digest(found)

    def settle(self, made: f.LawSettled) -> f.LawSettled:
        """The governing law as the house computes it."""
        view = matters.view(matters.matter(self.case_id), who("handler"), self.on)
        return weighing.settle(view, made, self.on)

    def complete(self, made: PenaltyProposed) -> PenaltyProposed:
        """The proposal with what the house computes."""
        view = matters.view(matters.matter(self.case_id), who("handler"), self.on)
        return weighing.complete(view, made)

    def exhibit(
        self,
        name: str,
        content: bytes,
        kind: f.EvidenceKind,
        title: str,
        proves: str,
        place: str,
        hour: int,
    ) -> None:
        """A piece of evidence uploaded and entered."""
        made = facts.evidence("", kind, title, proves, self.on, hour, place)
        taken = self.do(
            records.add_evidence,
            matter_id=self.case_id,
            content=content,
            filename=f"{title}.png",
            facts=made,
            by=who("handler"),
            on=self.on,
        )
        self.evidence[name] = records.evidence_of(taken)

    def seal_and_serve(self, kind: str) -> None:
        """The seal's keeper seals the newest document of a kind; two officers serve it."""
        self.seal(kind)
        self.serve(kind)

    def seal(self, kind: str) -> None:
        """Seal the newest document of a kind."""
        paper = self.standing().outputs(kind)[-1]
        self.do(
            records.seal,
            matter_id=self.case_id,
            document_id=UUID(paper.id),
            by=who("seal_keeper"),
            on=self.on,
        )

    def serve(self, kind: str) -> None:
        """Serve the newest document of a kind, in person."""
        paper = self.standing().outputs(kind)[-1]
        self.do(
            records.serve,
            matter_id=self.case_id,
            facts=Served(
                document=paper.id,
                document_kind=kind,
                co_officer=str(who("second")),
                method=ServiceMethod.DIRECT,
                place=self.place,
                received_by=self.owner,
                relation="经营者",
            ),
            by=who("handler"),
            on=self.on,
        )

    def review_id(self) -> UUID:
        """The review that is open."""
        return Review.objects.get(case_matter_id=self.case_id, state=Review.State.OPEN).matter_id

    def publication(self, part: str) -> dict[str, Any]:
        """The publication of the case's decision, and who acts on it today."""
        row = publications.of_case(self.case_id)
        assert row is not None
        return {"publication_id": row.matter_id, "by": who(part), "on": self.on}


def _done(act_id: UUID) -> Taken | None:
    for event in ledger.of_act(act_id):
        if event.kind != GENESIS:
            outputs = tuple(Output(**o) for o in event.data.get("outputs", ()))
            return Taken(event.stream_id, act_id, event.id, event.seq, outputs, repeated=True)
    return None


@dataclass(frozen=True)
class Scene:
    """One scene: its day, its title for the progress line, and the act."""

    on: date
    title: str
    act: Callable[[Story], object]
