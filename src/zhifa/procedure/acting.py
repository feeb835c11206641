"""perform: the one door. Nothing moves a matter but what is written here.

On entry the matter is locked, the repeat and the stale page are recognised, and the law is asked.
On exit what was produced is compared with what the step owes; one event per stream is appended, in
one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from zhifa.kernel import canonical, clock, fieldcrypt, ids, ledger
from zhifa.kernel.errors import (
    AgainstLaw,
    BadInput,
    NotFound,
    NotPermitted,
    Stale,
    WrongStep,
)
from zhifa.law import facts as fact_codec
from zhifa.law.actor import Actor, Post
from zhifa.law.facts import Facts, NoFacts
from zhifa.law.guards import Attempt, Refusal, Setting
from zhifa.law.procedure import Procedure, Step
from zhifa.law.standing import Done, Output, Standing, TermRun, acting
from zhifa.law.team import handlers
from zhifa.procedure import definitions, folding, spine
from zhifa.procedure.asking import check_day, check_facts
from zhifa.procedure.models import Matter
from zhifa.procedure.setting import gather
from zhifa.registry import selectors as registry

P = ParamSpec("P")
R = TypeVar("R")


class OwedMissing(RuntimeError):
    """A defect: the act produced less or more than its step owes; nothing was written."""


class Repeated(Exception):
    """The act was done before with the same content; carries what it wrote then."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(str(taken.act_id))
        self.taken = taken


@dataclass(frozen=True, slots=True)
class Taken:
    """What an act wrote: the matter, the event, and the documents it issued."""

    matter_id: UUID
    act_id: UUID
    event_id: UUID
    seq: int
    outputs: tuple[Output, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A step on one more matter, taken by the same act in the same transaction."""

    matter_id: UUID
    step: str
    facts: Facts = field(default_factory=NoFacts)
    seen: int | None = None


@dataclass
class Strand:
    """One matter within an act: where it stood, the step, and what the body produced for it."""

    matter: Matter
    procedure: Procedure
    step: Step
    facts: Any
    before: Standing
    head: ledger.Head
    actor: Actor
    setting: Setting
    post: Post | None = None
    """On which post the actor acts: one of their own, or another's by delegation."""
    outputs: list[Output] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def signer(self) -> str:
        """The actor's name as a document signs it, with 代 where they act for another."""
        return acting(self.actor.name, self.post.of_name if self.post is not None else "")

    @property
    def effective(self) -> Any:
        """The facts that take effect: what was proposed, where the step approves it."""
        return self.step.effective(self.before, self.facts)

    @property
    def owed(self) -> tuple[str, ...]:
        """The documents that this step owes."""
        return self.step.owed(self.before, self.facts)


@dataclass
class Act:
    """An act under way. Its body writes its own rows and registers what it produces."""

    id: UUID
    by: UUID
    on: date
    strands: tuple[Strand, ...]
    taken: Taken | None = None
    title: str = ""

    @property
    def main(self) -> Strand:
        """The matter that the act is about."""
        return self.strands[0]

    @property
    def matter(self) -> Matter:
        """The matter that the act is about."""
        return self.main.matter

    @property
    def facts(self) -> Any:
        """What the act newly asserts."""
        return self.main.facts

    @property
    def standing(self) -> Standing:
        """Where the matter stood before the act."""
        return self.main.before

    def strand(self, matter_id: UUID) -> Strand:
        """The strand of one of the act's matters."""
        return next(s for s in self.strands if s.matter.id == matter_id)

    def retitle(self, title: str) -> None:
        """Name the main matter anew, as lists show it."""
        self.title = title[:200]

    def output(
        self, kind: str, *, id: UUID, number: str, digest: str, on: UUID | None = None
    ) -> None:
        """Register a document that the body issued, on the main matter or on another of the act."""
        strand = self.main if on is None else self.strand(on)
        strand.outputs.append(Output(str(id), kind, number, digest))

    def link(self, kind: str, id: UUID | str, *, on: UUID | None = None) -> None:
        """Register a row that the step owes beside its documents (a seal, a piece of evidence)."""
        strand = self.main if on is None else self.strand(on)
        strand.links.append((kind, str(id)))


def request_digest(step: str, by: UUID, on: date, facts: Facts) -> str:
    """What makes two requests the same: step, person, day and content.

    Keyed, for it stands in the event: a plain digest of private facts could be guessed at, even
    after they were disposed of.
    """
    content = {"step": step, "by": str(by), "on": on.isoformat(), "facts": fact_codec.encode(facts)}
    text = canonical.text(canonical.plain(content))
    return fieldcrypt.blind_index(text, field="procedure.request")


@contextmanager
def perform(
    matter_id: UUID,
    step: str,
    *,
    by: UUID,
    on: date,
    facts: Facts | None = None,
    act_id: UUID | None = None,
    seen: int | None = None,
    also: Sequence[Move] = (),
    reason: str = "",
) -> Iterator[Act]:
    """Take a step of a matter, and with it the steps of `also`, in one transaction.

    `on` is the legal day; `seen` the sequence that the actor had before their eyes; `act_id` tells
    a repeat. Raises a `Refused` with the article, `Stale` with what changed, or `Repeated` with
    what the same act wrote before; then nothing has changed.
    """
    moves = (Move(matter_id, step, facts or NoFacts(), seen), *also)
    act_id = act_id or ids.uuid7()
    check_day(on, reason)
    with transaction.atomic():
        locked = spine.lock([m.matter_id for m in moves])
        _refuse_repeat(act_id, moves, by, on)
        strands = tuple(_enter(locked[m.matter_id], m, by=by, on=on) for m in moves)
        act = Act(act_id, by, on, strands)
        yield act
        _finish(act, reason)


@contextmanager
def open_matter(
    procedure_code: str,
    *,
    agency: str,
    region: str,
    unit: str,
    title: str,
    by: UUID,
    on: date,
    facts: Facts,
    act_id: UUID | None = None,
    also: Callable[[UUID], Sequence[Move]] = lambda _id: (),
    reason: str = "",
) -> Iterator[Act]:
    """Begin a matter with the first step of its procedure; otherwise like `perform`.

    `also` is given the new matter's id, so that the steps of other matters can name it.
    """
    procedure = definitions.get(procedure_code)
    act_id = act_id or ids.uuid7()
    check_day(on, reason)
    check_facts(procedure.steps[procedure.first], facts)
    with transaction.atomic():
        spine.alone(act_id)
        if found := _repeated(act_id, procedure.first, by, on, facts):
            raise Repeated(found)
        matter, head = spine.begin(
            procedure,
            agency=agency,
            region=region,
            unit=unit,
            title=title,
            on=on,
            act_id=act_id,
            by=by,
        )
        others = tuple(also(matter.id))
        locked = spine.lock([m.matter_id for m in others]) if others else {}
        locked[matter.id] = (matter, head)
        moves = (Move(matter.id, procedure.first, facts), *others)
        begun = _enter(locked[matter.id], moves[0], by=by, on=on, standing=procedure.empty())
        rest = (_enter(locked[m.matter_id], m, by=by, on=on) for m in others)
        act = Act(act_id, by, on, (begun, *rest))
        yield act
        _finish(act, reason)


def once(service: Callable[P, Taken]) -> Callable[P, Taken]:
    """A service whose repeat with the same content answers what the first time wrote."""

    @wraps(service)
    def call(*args: P.args, **kwargs: P.kwargs) -> Taken:
        try:
            return service(*args, **kwargs)
        except Repeated as again:
            return again.taken

    return call


def raise_refusal(refusal: Refusal) -> None:
    """Turn the law's answer into the house's exception."""
    words = refusal.message.rstrip("。") + "。"
    rest: dict[str, Any] = {
        "cites": refusal.cites,
        "remedy": refusal.remedy,
        "remedy_step": refusal.then or None,
        "code": refusal.code,
    }
    if refusal.kind == "person":
        raise NotPermitted(words, **rest)
    if refusal.kind == "step":
        raise WrongStep(words, **rest)
    raise AgainstLaw(words, field=refusal.field or None, **rest)


def _enter(
    locked: tuple[Matter, ledger.Head],
    move: Move,
    *,
    by: UUID,
    on: date,
    standing: Standing | None = None,
) -> Strand:
    (matter, head), seen = locked, move.seen
    procedure = definitions.get(matter.procedure)
    step = procedure.steps.get(move.step)
    if step is None:
        raise NotFound(f"“{procedure.title}”没有这一步。", code="no-such-step")
    check_facts(step, move.facts)
    if standing is None:
        calendar = registry.calendar(on)
        standing = folding.at_head(procedure, matter.id, head.seq, head.hash, calendar).standing
    actor, setting = gather(matter, standing, by=by, on=on, facts=move.facts)
    attempt = Attempt(move.step, on, actor, setting, move.facts)
    if seen is not None and seen > head.seq:
        raise BadInput("页面上的进度号不存在。", field="seen")
    refusal = procedure.refuse(standing, attempt)
    if seen is not None and seen < head.seq:
        _refuse_stale(matter, procedure, standing, attempt, seen, refusal)
    if refusal is not None:
        raise_refusal(refusal)
    post = procedure.post(standing, attempt)
    return Strand(matter, procedure, step, move.facts, standing, head, actor, setting, post)


def _refuse_stale(
    matter: Matter,
    procedure: Procedure,
    now: Standing,
    attempt: Attempt,
    seen: int,
    refusal: Refusal | None,
) -> None:
    """Refuse what was decided on an old page, if what moved since touches this step's guards."""
    past = procedure.replay((d for d in now.history if d.seq <= seen), attempt.setting.calendar)
    moved = tuple(d for d in now.history if d.seq > seen)
    if past.history:
        step = procedure.steps[attempt.step]
        before = procedure.refuse(past, attempt)
        same = (before is None) == (refusal is None) and all(
            (g.test(past, attempt) is None) == (g.test(now, attempt) is None)
            for g in (*step.needs, *step.checks)
        )
        if same and all(d.step != attempt.step for d in moved):
            return
    told = tuple(f"{d.on.isoformat()} {d.actor_name}{procedure.steps[d.step].told}" for d in moved)
    raise Stale(
        "您打开页面之后，案件有了新的进展，本次操作没有生效。",
        changes=told,
        cites=refusal.cites if refusal is not None else (),
        remedy="请看过最新进展后再办理；您填写的内容已经保留。",
        remedy_step=(refusal.then or None) if refusal is not None else None,
    )


def _refuse_repeat(act_id: UUID, moves: Sequence[Move], by: UUID, on: date) -> None:
    first = moves[0]
    if found := _repeated(act_id, first.step, by, on, first.facts, first.matter_id):
        raise Repeated(found)


def _repeated(
    act_id: UUID, step: str, by: UUID, on: date, facts: Facts, matter_id: UUID | None = None
) -> Taken | None:
    written = [e for e in ledger.of_act(act_id) if e.kind != folding.GENESIS]
    if not written:
        return None
    digest = request_digest(step, by, on, facts)
    for event in written:
        if matter_id in (None, event.stream_id) and event.data.get("request") == digest:
            outputs = tuple(Output(**o) for o in event.data.get("outputs", ()))
            return Taken(event.stream_id, act_id, event.id, event.seq, outputs, repeated=True)
    raise WrongStep("这次操作的编号已经用于另一内容，请刷新页面后重新办理。", code="act-id-reused")


def _finish(act: Act, reason: str) -> None:
    late = reason.strip() if act.on < clock.today() else ""
    now = clock.now()
    for strand in act.strands:
        _check_owed(strand)
        done = Done(
            step=strand.step.code,
            on=act.on,
            facts=strand.facts,
            actor=str(act.by),
            duty=_duty(strand),
            seq=strand.head.seq + 1,
            outputs=tuple(strand.outputs),
            actor_name=strand.actor.name,
            act_id=str(act.id),
            recorded_on=clock.legal_date(now),
            reason=late,
            acting_for=strand.post.of_name if strand.post is not None else "",
        )
        after = strand.procedure.fold(strand.before, done, strand.setting.calendar)
        is_main = strand is act.main
        if is_main and act.title:
            strand.matter.title = act.title
        lists = spine.advance(
            strand.matter,
            strand.before,
            after,
            done.seq,
            act.on,
            handlers(after),
            spine.Drafted(act.by, strand.step.code) if is_main else None,
        )
        event = _append(act, strand, done, spine.changed_terms(strand.before, after), now, lists)
        if is_main:
            act.taken = Taken(strand.matter.id, act.id, event.id, event.seq, done.outputs)
        transaction.on_commit(
            _remember(strand.matter.id, strand.setting, event.seq, event.hash, after)
        )


def _remember(
    matter_id: UUID, setting: Setting, seq: int, head_hash: str, after: Standing
) -> Callable[[], None]:
    def remember() -> None:
        folding.remember(matter_id, setting.calendar, seq, head_hash, after)

    return remember


def _check_owed(strand: Strand) -> None:
    produced = sorted(o.kind for o in strand.outputs)
    if produced != sorted(strand.owed):
        raise OwedMissing(
            f"{strand.step.code} owes documents {sorted(strand.owed)}, produced {produced}"
        )
    if sorted(k for k, _ in strand.links) != sorted(strand.step.links):
        raise OwedMissing(
            f"{strand.step.code} owes rows {sorted(strand.step.links)}, produced {strand.links}"
        )


def _duty(strand: Strand) -> str:
    return strand.post.duty.value if strand.post is not None else ""


def _append(
    act: Act,
    strand: Strand,
    done: Done,
    terms: Sequence[TermRun],
    now: datetime,
    lists: ledger.Beside,
) -> ledger.StoredEvent:
    body: dict[str, Any] = {
        "matter": str(strand.matter.id),
        "step": strand.step.code,
        "on": act.on.isoformat(),
        "by": strand.actor.name,
        "facts": fact_codec.public(strand.facts),
        "request": request_digest(strand.step.code, act.by, act.on, strand.facts),
        "cites": [c.key for c in strand.step.cites],
    }
    if strand.outputs:
        body["outputs"] = [
            {"id": o.id, "kind": o.kind, "number": o.number, "digest": o.digest}
            for o in strand.outputs
        ]
    if strand.links:
        body["links"] = [{"kind": k, "id": i} for k, i in strand.links]
    if terms:
        body["terms"] = spine.said(terms)
    if done.reason:
        body["late"] = done.reason
    if strand.post is not None and strand.post.of:
        body["acting"] = {
            "for": strand.post.of,
            "name": strand.post.of_name,
            "delegation": strand.post.delegation,
        }
    return ledger.append(
        stream_id=strand.matter.id,
        kind=f"{strand.matter.procedure}/{strand.step.code}",
        version=type(strand.facts).version,
        body=body,
        private=fact_codec.private(strand.facts),
        act_id=act.id,
        actor_id=act.by,
        duty=done.duty,
        agency_code=strand.matter.agency_code,
        occurred_at=act.on,
        recorded_at=now,
        head=strand.head,
        beside=lists,
    )
