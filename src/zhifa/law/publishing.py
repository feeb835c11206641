"""Publishing is a ruling (公示裁定): publish, publish reduced, or keep back, with the reason."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from zhifa.law import cite, params
from zhifa.law.cite import Cite
from zhifa.law.facts import Choice
from zhifa.law.periods import add_months
from zhifa.law.sources import CF


class Ruling(Choice):
    """What becomes of a decision in public."""

    PUBLISH = "publish", "公开"
    REDUCED = "reduced", "隐去部分内容后公开"
    NONE = "none", "不予公开"


class Flag(Choice):
    """A property of a decision that the catalogue of publishing looks at."""

    SEALED = "sealed", "依法应当封存"
    MINOR = "minor", "当事人是未成年人"
    STATE_SECRET = "state_secret", "涉及国家秘密"
    SECURITY = "security", "公开可能危及国家安全、公共安全、经济安全、社会稳定"
    RELATED_CASES = "related_cases", "公开可能影响系列案件查处"
    WARNING_ONLY = "warning_only", "仅受到警告处罚"
    BUSINESS_SECRET = "business_secret", "涉及商业秘密"
    PRIVACY = "privacy", "涉及个人隐私"
    NO_INFLUENCE = "no_influence", "不具有一定社会影响"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the catalogue proposes; a person confirms or departs from it with a reason.

    ``reasons`` are the rules that led there. ``binds_providing``: the decision may not be given
    to other systems either. ``unconfirmed``: a rule that decided is not verified.
    """

    ruling: Ruling
    why: str
    reasons: tuple[str, ...]
    cites: tuple[Cite, ...]
    binds_providing: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue of publishing."""

    code: str
    ruling: Ruling
    flag: Flag
    title: str
    cites: tuple[Cite, ...]
    field: str = ""
    regime: str = ""
    binds_providing: bool = False
    unconfirmed: bool = False


def _cites(keys: list[str]) -> tuple[Cite, ...]:
    return tuple(Cite.parse(k) for k in keys)


@cache
def rules() -> tuple[Rule, ...]:
    """The catalogue, strongest first."""
    found = []
    for row in params.load("publishing")["rules"]:
        unsure = row.get("unconfirmed", False)
        cites = cite.register("publishing", row["code"], _cites(row["cites"]), unconfirmed=unsure)
        found.append(
            Rule(
                row["code"],
                Ruling(row["ruling"]),
                Flag(row["flag"]),
                row["title"],
                cites,
                row.get("field", ""),
                row.get("regime", ""),
                row.get("binds_providing", False),
                unsure,
            )
        )
    return tuple(found)


def propose(flags: frozenset[Flag], *, field: str, regime: str = "plan") -> Proposal:
    """The ruling for a decision with these properties.

    ``regime``: ``plan`` publishes all (the city's plan), ``statute`` those of some social
    influence (行政处罚法 48). Every rule that fits is named; the strongest decides.
    """
    head = params.load("publishing")["regimes"][regime]
    fitting = [
        r
        for r in rules()
        if r.flag in flags and r.field in ("", field) and r.regime in ("", regime)
    ]
    if not fitting:
        return Proposal(Ruling.PUBLISH, head["title"], (), _cites(head["cites"]), False, False)
    strongest = next((r for r in fitting if r.ruling is Ruling.NONE), fitting[0])
    return Proposal(
        strongest.ruling,
        "；".join(r.title for r in fitting),
        tuple(r.code for r in fitting),
        tuple(dict.fromkeys(c for r in fitting for c in r.cites)),
        any(r.binds_providing for r in fitting),
        strongest.unconfirmed,
    )


@dataclass(frozen=True, slots=True)
class Display:
    """How long a published decision stays, from its publication."""

    until: date
    months: int
    cites: tuple[Cite, ...]


def display_until(kinds: frozenset[str], published: date, *, field: str) -> Display | None:
    """The last day of display; None where the field has no rule of its own.

    Market supervision: three months for circulated criticism alone, else three years
    (市场监督管理行政处罚信息公示规定 13); the small fine that also has three months is set by the
    province and not held here.
    """
    for row in params.load("publishing")["display"]:
        if row["field"] == field and (not row["kinds"] or kinds == frozenset(row["kinds"])):
            until = add_months(published, row["months"])
            return Display(until, row["months"], _cites(row["cites"]))
    return None


# What ends a publication: any of these instruments, from the day on which it takes effect.
class WithdrawalTrigger(Choice):
    """Why a published decision is taken down (行政处罚法 48 and the city's plan together)."""

    CHANGED = "changed", "被依法变更"
    REVOKED = "revoked", "被依法撤销"
    ILLEGAL = "illegal", "被确认违法"
    VOID = "void", "被确认无效"
    REDO = "redo", "被要求重新作出"


WITHDRAWAL = cite.register("rule", "publicity.withdrawal", (CF(48, 2), Cite.parse("PLAN:10")))
rules()
for _name, _row in params.load("publishing")["regimes"].items():
    cite.register("publishing", f"regime.{_name}", _cites(_row["cites"]))
