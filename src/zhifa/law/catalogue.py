"""What makes a decision major: hearing thresholds, the review catalogue, reporting for record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from zhifa.law import cite, params
from zhifa.law.cite import Cite
from zhifa.law.money import yuan
from zhifa.law.sources import CF

FINE = "fine"
CONFISCATED = ("confiscate_gain", "confiscate_goods")


@dataclass(frozen=True, slots=True)
class Right:
    """Whether something is owed to the party or by the agency, on which articles, and why.

    ``unconfirmed`` says that a threshold which mattered is not verified against its text.
    """

    due: bool
    cites: tuple[Cite, ...]
    why: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Classification:
    """How a party counts for a rule that tells persons from organisations.

    ``settled`` False: no rule decides; the class more favourable to the party is taken, and
    ``why`` says so.
    """

    party_class: str
    settled: bool
    why: str


def _cites(keys: Any) -> tuple[Cite, ...]:
    return tuple(Cite.parse(k) for k in keys)


def _in_force(row: Mapping[str, Any], on: date) -> bool:
    since, until = row.get("from"), row.get("until")
    return (since is None or since <= on) and (until is None or on <= until)


# --- hearing ----------------------------------------------------------------------------------


@cache
def _register_hearing() -> None:
    rows = params.load("hearing")
    for n, row in enumerate(rows["kinds"]):
        cite.register("hearing", f"kinds.{n}", _cites(row["cites"]))
    for row in rows["amounts"]:
        cite.register(
            "hearing",
            f"amount.{row['field']}.{row['from']}",
            _cites(row["cites"]),
            in_force_from=row["from"],
            in_force_until=row.get("until"),
            unconfirmed=row.get("unconfirmed", False),
        )
    cite.register(
        "hearing", "amount.unknown", _cites(rows["without_amount"]["cites"]), unconfirmed=True
    )


def classify(party_kind: str) -> Classification:
    """How a kind of party counts for thresholds: person or organisation.

    An unknown kind is unsettled too, and counts as a person: the lower thresholds of hearing and
    of the fine on the spot protect the party.
    """
    row = params.load("hearing")["party"].get(party_kind)
    if row is None:
        return Classification("person", False, "当事人类别没有规定，按对当事人更有利的类别")
    name = "公民" if row["class"] == "person" else "法人或者其他组织"
    return Classification(row["class"], row["settled"], row.get("note", f"按{name}计"))


def hearing_right(amounts: Mapping[str, int], party_class: str, field: str, on: date) -> Right:
    """Whether the party may ask for a hearing (行政处罚法 63).

    ``amounts`` maps each proposed kind of penalty to its amount in 分 (0 where it has none);
    ``party_class`` is person or organisation; ``field`` the field of enforcement (market …).
    A field whose threshold we do not hold gives the right for any amount.
    """
    rows = params.load("hearing")
    cites: list[Cite] = []
    whys: list[str] = []
    unsure = False
    for row in rows["kinds"]:
        if set(row["kinds"]) & set(amounts):
            cites += _cites(row["cites"])
            whys.append(row.get("note", "拟作出的处罚种类依法应当告知听证权利"))
    limits = [r for r in rows["amounts"] if r["field"] == field and _in_force(r, on)]
    limit = limits[-1] if limits else None
    for item, total, name in (
        (1, amounts.get(FINE, 0), "罚款"),
        (2, sum(amounts.get(k, 0) for k in CONFISCATED), "没收"),
    ):
        if not total:
            continue
        if limit is None:
            cites += (CF(63, 1, item), *_cites(rows["without_amount"]["cites"]))
            whys.append(rows["without_amount"]["note"])
            unsure = True
        elif total >= limit[f"{party_class}_fen"]:
            cites += (CF(63, 1, item), *_cites(limit["cites"]))
            whys.append(_reached(name, total, limit, party_class))
            unsure = unsure or limit.get("unconfirmed", False)
    if cites:
        return Right(True, tuple(dict.fromkeys(cites)), "；".join(dict.fromkeys(whys)), unsure)
    if limit is None:
        return Right(False, (CF(63, 1),), "拟作出的处罚不属于应当告知听证权利的情形")
    why = (
        f"未达到较大数额的标准（{_class_name(party_class)}{yuan(limit[f'{party_class}_fen'])}以上）"
    )
    return Right(False, (CF(63, 1), *_cites(limit["cites"])), why, limit.get("unconfirmed", False))


def _class_name(party_class: str) -> str:
    return "公民" if party_class == "person" else "法人或者其他组织"


def _reached(name: str, total: int, limit: Mapping[str, Any], party_class: str) -> str:
    bound = yuan(limit[f"{party_class}_fen"])
    return f"拟{name}{yuan(total)}，达到对{_class_name(party_class)}{bound}以上的听证标准"


# --- the review catalogue ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What the catalogue looks at in a proposal.

    ``act`` is penalty, measure, enforcement or licence; ``amounts`` maps kinds to 分;
    ``hearing`` whether a hearing right exists, ``heard`` whether a hearing was held; ``flags``
    are the manual properties that a person has ticked (see ``manual_flags``).
    """

    act: str
    decision: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    party_class: str = "person"
    hearing: bool = False
    heard: bool = False
    mitigated: bool = False
    deviates: bool = False
    spared: bool = False
    """Whether no penalty is proposed where the law leaves it to the agency (可以不予处罚)."""
    flags: frozenset[str] = frozenset()

    def has(self, flag: str) -> bool:
        """Whether a property holds, found by the house or ticked by a person."""
        own = {
            "hearing": self.hearing,
            "heard": self.heard,
            "mitigated": self.mitigated,
            "deviates": self.deviates,
            "spared": self.spared,
        }
        return own.get(flag, flag in self.flags)

    @property
    def total_fen(self) -> int:
        """Fine and confiscations together, in 分."""
        return sum(self.amounts.get(k, 0) for k in (FINE, *CONFISCATED))


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the catalogue. ``floor``: the statute itself demands the review."""

    code: str
    title: str
    act: str
    field: str
    floor: bool
    when: tuple[Mapping[str, Any], ...]
    cites: tuple[Cite, ...]
    unconfirmed: bool
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the catalogue that a proposal meets, and why (Chinese)."""

    code: str
    title: str
    why: str
    cites: tuple[Cite, ...]
    floor: bool
    unconfirmed: bool


@cache
def _items() -> tuple[Item, ...]:
    found = []
    for row in params.load("review_catalogue")["items"]:
        cites = cite.register(
            "review",
            row["code"],
            _cites(row["cites"]),
            in_force_from=row.get("from"),
            in_force_until=row.get("until"),
            unconfirmed=row.get("unconfirmed", False),
        )
        found.append(
            Item(
                row["code"],
                row["title"],
                row["act"],
                row["field"],
                row["floor"],
                tuple(row["when"]),
                cites,
                row.get("unconfirmed", False),
                row.get("from"),
                row.get("until"),
            )
        )
    return tuple(found)


def items(act: str, *, field: str, on: date) -> tuple[Item, ...]:
    """The catalogue for a kind of act in a field, as in force on the day; it is published."""
    return tuple(
        i
        for i in _items()
        if i.act in ("*", act)
        and i.field in ("*", field)
        and (i.in_force_from is None or i.in_force_from <= on)
        and (i.in_force_until is None or on <= i.in_force_until)
    )


def manual_flags() -> Mapping[str, str]:
    """The properties that only a person can find, with their Chinese names."""
    found: Mapping[str, str] = params.load("review_catalogue")["manual"]
    return found


def due(view: ProposalView, *, field: str, on: date) -> tuple[Hit, ...]:
    """Every line of the catalogue that the proposal meets; legal review is due if there is one."""
    hits = []
    for item in items(view.act, field=field, on=on):
        why = next((w for t in item.when if (w := _meets(t, view, item))), "")
        if why:
            hits.append(Hit(item.code, item.title, why, item.cites, item.floor, item.unconfirmed))
    return tuple(hits)


def _meets(trigger: Mapping[str, Any], view: ProposalView, item: Item) -> str:
    if "flag" in trigger:
        return item.title if view.has(trigger["flag"]) else ""
    if "kinds" in trigger:
        return item.title if set(trigger["kinds"]) & set(view.amounts) else ""
    if "decision" in trigger:
        return item.title if view.decision in trigger["decision"] else ""
    bound = trigger["total_gte"][view.party_class]
    if view.total_fen < bound:
        return ""
    whom = _class_name(view.party_class)
    return f"罚没合计{yuan(view.total_fen)}，达到对{whom}{yuan(bound)}以上的标准"


def record_filing_due(amounts: Mapping[str, int], party_class: str) -> Right:
    """Whether the penalty is major enough to be reported for record (重大行政处罚备案)."""
    row = params.load("review_catalogue")["record_filing"]
    cites, unsure = _cites(row["cites"]), bool(row.get("unconfirmed"))
    bound = row[f"{party_class}_fen"]
    confiscated = sum(amounts.get(k, 0) for k in CONFISCATED)
    if set(row["kinds"]) & set(amounts):
        return Right(True, cites, "处罚种类属于重大行政处罚", unsure)
    if amounts.get(FINE, 0) >= bound or confiscated >= bound:
        why = f"罚款或者没收达到对{_class_name(party_class)}{yuan(bound)}以上的备案标准"
        return Right(True, cites, why, unsure)
    return Right(False, cites, "未达到重大行政处罚备案标准", unsure)


_register_hearing()
_items()
cite.register(
    "rule",
    "record-filing",
    _cites(params.load("review_catalogue")["record_filing"]["cites"]),
    unconfirmed=True,
)
