"""What a step's form offers to choose from: people, parties, powers, papers, evidence, articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from zhifa.cases.page.case import CasePage
from zhifa.cases.weighing import substance
from zhifa.kernel.errors import NotFound
from zhifa.law import documents
from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.facts import Field, Kind, fields
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.procedure import Step
from zhifa.law.procedures.penalty.aftermath import EntryStruck
from zhifa.law.procedures.penalty.again import inheritable
from zhifa.law.procedures.penalty.facts import ClueRegistered, FilingProposed
from zhifa.law.procedures.penalty.held import exhibits
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, current
from zhifa.law.procedures.penalty.righted import STRIKEABLE
from zhifa.law.sources import CF, FS
from zhifa.law.standing import Standing
from zhifa.law.team import handlers, recused
from zhifa.registry import selectors as registry

Pairs = list[tuple[str, str]]
COMMON = (CF(5, 2), CF(28, 1), CF(28, 2), CF(32), CF(33, 1), CF(33, 2), CF(34), FS(136))
"""Articles that any proposal may rest on, beside those of its power."""
_CODE = re.compile(r"[A-Za-z0-9._-]{1,60}")
ANYBODY = (
    Duty.OFFICER,
    Duty.HANDLING_HEAD,
    Duty.AGENCY_HEAD,
    Duty.LEGAL_REVIEWER,
    Duty.HEARING_CHAIR,
)


def of_step(
    page: CasePage, step: Step, *, party: str = "", power: str = "", cites: Sequence[Cite] = ()
) -> dict[str, Pairs]:
    """The choices of a step's form. `party`, `power` and `cites` are those asked for besides."""
    offered: dict[str, Pairs] = {}
    for name, field, path in _walk(step.facts):
        pairs = _of_field(page, step, field, name, party, power, cites)
        if pairs is not None:
            offered[path] = pairs
    return offered


def _walk(cls: type[Any], lead: str = "") -> Iterable[tuple[str, Field, str]]:
    """Every field with its path, those of items as `items.field`."""
    for field in fields(cls):
        yield field.name, field, f"{lead}{field.name}"
        if field.kind in (Kind.ITEMS, Kind.ITEM) and field.item is not None:
            yield from _walk(field.item, f"{lead}{field.name}.")


def _of_field(
    page: CasePage,
    step: Step,
    field: Field,
    name: str,
    party: str,
    power: str,
    cites: Sequence[Cite],
) -> Pairs | None:
    match field.kind:
        case Kind.PERSON | Kind.PERSONS:
            return people(page, step, name)
        case Kind.PARTY:
            return parties(page, party)
        case Kind.POWER:
            return powers(page)
        case Kind.DOCUMENT:
            return papers(page, step)
        case Kind.EVIDENCE:
            return of_old(page.standing) if name == "original" else evidence(page.standing)
        case Kind.LINE if name == "entry" and step.facts is EntryStruck:
            return entries(page)
        case Kind.CITES:
            return articles(page, power, cites)
        case Kind.CHOICE if name == "kind" and step.facts is PenaltyProposed:
            return _kinds(page, power)
    return None


# --- people -----------------------------------------------------------------------------------


def people(page: CasePage, step: Step, name: str) -> Pairs:
    """Who may be named in a field: second officers, handlers, chairs, heads, the recused."""
    s, agency = page.standing, page.case.agency_code
    if name == "co_officer":
        return second_officers(page, step)
    if name == "handlers":
        return officers(page)
    if name == "chair":
        team = handlers(s)
        return _holders(page, Duty.HEARING_CHAIR, but=team)
    if name == "member":
        return _holders(page, Duty.AGENCY_HEAD, but=recused(s))
    if name == "reporter":
        return [(i, page.people[i].name) for i in page.team_ids if i in page.people]
    if step.code == "recusal.decide":
        asked = [o.key for o in s.open("recusal.undecided")]
        found = registry.actors(asked, page.on)
        return [(i, found[i].name) for i in asked if i in found]
    pairs: Pairs = []
    for duty in ANYBODY:
        for holder in registry.people_with(duty, agency, page.on):
            if holder.id not in dict(pairs):
                pairs.append((holder.id, f"{holder.name}（{holder.title or duty.label}）"))
    return pairs


def officers(page: CasePage, agency: str = "") -> Pairs:
    """The agency's officers whose certificate is valid today, with its number."""
    held = registry.people_with(Duty.OFFICER, agency or page.case.agency_code, page.on)
    actors = registry.actors([h.id for h in held], page.on)
    return [
        (h.id, f"{h.name}（{actor.certificate.number}）")
        for h in held
        if (actor := actors.get(h.id)) is not None
        and actor.certificate is not None
        and actor.certified_on(page.on)
    ]


def second_officers(page: CasePage, step: Step) -> Pairs:
    """Who may sign as the second: a handler where the case has its handlers, never oneself."""
    team, gone = handlers(page.standing), recused(page.standing)
    found = [(i, name) for i, name in officers(page) if i != page.desk.actor.id and i not in gone]
    if step.who.handlers_only and team:
        found = [(i, name) for i, name in found if i in team]
    return found


def _holders(page: CasePage, duty: Duty, *, but: Iterable[str]) -> Pairs:
    left_out = set(but)
    return [
        (h.id, f"{h.name}（{h.title}）" if h.title else h.name)
        for h in registry.people_with(duty, page.case.agency_code, page.on)
        if h.id not in left_out
    ]


# --- parties, powers, papers, evidence, articles ------------------------------------------------


def parties(page: CasePage, asked: str = "") -> Pairs:
    """The parties that the case knows, and one that was looked for, by name and masked number."""
    s = page.standing
    known = [
        getattr(source, "party", "")
        for source in (current(s), s.latest(FilingProposed), s.latest(ClueRegistered))
    ]
    known += [str(page.case.party_id or ""), party_of(asked, page.case.agency_code)]
    return party_pairs([UUID(i) for i in dict.fromkeys(known) if i], page)


def party_of(asked: str, agency: str) -> str:
    """The id, where it is a party that this agency registered; empty otherwise."""
    try:
        found = registry.party(UUID(asked))
    except (ValueError, NotFound):
        return ""
    return str(found.id) if found.row.party.agency_code == agency else ""


def party_pairs(ids: Sequence[UUID], page: CasePage | None = None) -> Pairs:
    """Parties as a choice names them."""
    found = [registry.party(i, page.on if page is not None else None) for i in ids]
    return [
        (str(p.id), f"{p.name}（{p.kind_label}，{p.id_masked or '未登记证号'}）") for p in found
    ]


def powers(page: CasePage) -> Pairs:
    """The powers that the agency exercises at the place today."""
    agency, region = page.case.agency_code, page.case.region_code
    cards = registry.powers(agency, on=page.on)
    held = registry.powers_held(agency, [c.rule.code for c in cards], region, page.on)
    return [(code, rule.name) for code, rule in sorted(held.items())]


def power_rule(page: CasePage, code: str = "") -> PowerRule | None:
    """The power of the case, or the one asked for, as the law that applies to the case has it."""
    wanted = code or page.case.power
    if not _CODE.fullmatch(wanted):
        return None
    try:
        return substance(page.standing, wanted, page.on)
    except NotFound:
        return None


def papers(page: CasePage, step: Step) -> Pairs:
    """The documents that wait for the step: for the seal, or sealed and to be served."""
    s = page.standing
    unsealed = {o.key for o in s.open(UNSEALED.code)}
    unserved = {o.key for o in s.open(UNSERVED.code)}
    waiting = unsealed if step.code == "document.seal" else unserved - unsealed
    return [
        (o.id, f"《{documents.rule(o.kind).title}》{o.number}")
        for d in s.history
        for o in d.outputs
        if o.id in waiting
    ]


def evidence(s: Standing) -> Pairs:
    """The evidence of the file."""
    pairs = []
    for done in exhibits(s):
        f = done.facts
        pairs.append((f.evidence, f"{f.evidence}　{f.title}"))
    return pairs


def of_old(s: Standing) -> Pairs:
    """The evidence of the annulled case that was not taken over yet."""
    return [(e.evidence, f"{e.evidence}　{e.title}（{e.kind.label}）") for e in inheritable(s)]


def entries(page: CasePage) -> Pairs:
    """The entries that may be struck out, the newest first."""
    s = page.standing
    return [
        (str(d.seq), f"第{d.seq}号　{d.on.isoformat()}　{STRIKEABLE[d.step]}（{d.actor_name}登记）")
        for d in reversed(s.all(*STRIKEABLE))
    ]


def articles(page: CasePage, power: str = "", more: Sequence[Cite] = ()) -> Pairs:
    """The articles of the power, those cited already or asked for, and the common ones."""
    rule, p = power_rule(page, power), current(page.standing)
    found: list[Cite] = [*rule.violated, *rule.penalty] if rule is not None else []
    if p is not None:
        cited = (*p.violated, *p.penalised_by, *(a for f in p.findings for a in f.articles))
        found += [Cite.parse(key) for key in cited]
    found += [*more, *COMMON]
    return [(c.key, c.label) for c in dict.fromkeys(found)]


def _kinds(page: CasePage, power: str) -> Pairs | None:
    rule = power_rule(page, power)
    if rule is None:
        return None
    return [(k.value, k.label) for k in PenaltyKind if k in rule.kinds]


# --- words --------------------------------------------------------------------------------------


def words(page: CasePage, cls: type[Any]) -> dict[str, Pairs]:
    """The words for keys in recorded facts: who, which party, which power, which paper."""
    persons = [(i, a.name) for i, a in page.people.items()]
    shown: dict[str, Pairs] = {}
    for _name, field, path in _walk(cls):
        if field.kind in (Kind.PERSON, Kind.PERSONS):
            shown[path] = persons
        elif field.kind is Kind.PARTY and page.party is not None:
            shown[path] = [(str(page.party.id), page.party.name)]
        elif field.kind is Kind.POWER and (rule := power_rule(page)) is not None:
            shown[path] = [(rule.code, rule.name)]
        elif field.kind is Kind.EVIDENCE:
            shown[path] = evidence(page.standing)
    return shown
