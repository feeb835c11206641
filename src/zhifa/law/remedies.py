"""Remedies (救济途径): who hears the appeal, which court, which terms, first or not; resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhifa.law import cite, params, terms
from zhifa.law.calendar import WorkCalendar
from zhifa.law.cite import Cite
from zhifa.law.competence import Mode
from zhifa.law.numerals import chinese_number
from zhifa.law.sources import CF, FY, QZ, SS, SSJS
from zhifa.law.terms import Due, Suspension, Unit

RECONSIDERATION = cite.register(
    "rule",
    "remedies.reconsideration",
    (FY(19), FY(20, 1), FY(23), FY(24), FY(27), FY(28)),
    in_force_from=date(2024, 1, 1),
)
COURT = cite.register(
    "rule",
    "remedies.court",
    tuple(Cite.parse(k) for k in params.load("courts")["cites"]),
    unconfirmed=True,
)


class BodyKind(StrEnum):
    """What a body is, for the purpose of who hears the appeal."""

    DEPARTMENT = "department"
    JUDICIAL = "judicial"
    VERTICAL = "vertical"
    SUB_OFFICE = "sub_office"
    DISPATCHED = "dispatched"
    AUTHORISED = "authorised"
    GOVERNMENT = "government"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as its register says on the day.

    ``government`` is the code of the people's government that it belongs to (for a government,
    itself), ``superior`` the code one level up in its own line (for a government, the higher
    government). ``seat`` is the region code of its seat, ``by_area`` marks a sub-office that a city
    department set up for one district, whose ``local_government`` may hear the appeal too.
    """

    code: str
    name: str
    kind: BodyKind
    seat: str
    government: str
    superior: str = ""
    by_area: bool = False
    local_government: str = ""


class Act(StrEnum):
    """What is complained of, as far as the remedies depend on it."""

    PENALTY = "penalty"
    ON_SPOT_PENALTY = "on_spot_penalty"
    MEASURE = "measure"
    ENFORCEMENT = "enforcement"
    LICENCE = "licence"
    CORRECTION_ORDER = "correction_order"
    NATURAL_RESOURCES = "natural_resources"
    INACTION = "inaction"
    DISCLOSURE_REFUSAL = "disclosure_refusal"
    OTHER = "other"


PREREQUISITE: Mapping[Act, Cite] = {
    Act.ON_SPOT_PENALTY: FY(23, 1, 1),
    Act.NATURAL_RESOURCES: FY(23, 1, 2),
    Act.INACTION: FY(23, 1, 3),
    Act.DISCLOSURE_REFUSAL: FY(23, 1, 4),
}


class RemedyUnknown(LookupError):
    """The remedy cannot be resolved: a register is incomplete, or the day's law is not held."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where and until when the party may turn.

    ``reconsideration`` names every body that may hear it (code, name), the usual one first.
    ``prerequisite``: reconsideration must come before a suit. The terms are codes of ``terms``;
    ``on`` is the day whose law they follow. ``court_unconfirmed``: the court follows the agency's
    seat because no notice of centralised jurisdiction is held.
    """

    respondent: str
    reconsideration: tuple[tuple[str, str], ...]
    prerequisite: bool
    reconsideration_term: str
    litigation_term: str
    court: str
    court_unconfirmed: bool
    on: date
    cites: tuple[Cite, ...]

    @property
    def reconsideration_body(self) -> str:
        """The names of who may hear it, joined as a document says it."""
        return "或者".join(name for _, name in self.reconsideration)

    @property
    def reconsideration_length(self) -> str:
        """六十日, as a document says it."""
        return in_words(self.reconsideration_term, self.on)

    @property
    def litigation_length(self) -> str:
        """六个月 or 十五日, as a document says it."""
        return in_words(self.litigation_term, self.on)

    @property
    def sentence(self) -> str:
        """The remedies paragraph of a decision."""
        ask = (
            f"自收到本决定书之日起{self.reconsideration_length}内"
            f"向{self.reconsideration_body}申请行政复议"
        )
        if self.prerequisite:
            return (
                f"如不服本决定，应当{ask}；对行政复议决定不服的，可以自收到行政复议决定书之日起"
                f"{self.litigation_length}内向{self.court}提起行政诉讼。"
            )
        return (
            f"如不服本决定，可以{ask}，也可以自收到本决定书之日起{self.litigation_length}内"
            f"依法向{self.court}提起行政诉讼。"
        )


def in_words(term: str, on: date) -> str:
    """A term's length as a document says it: 六十日, 六个月, 五个工作日."""
    found = terms.get(term, on)
    return chinese_number(found.length) + found.unit.label


def resolve(
    body: str,
    mode: Mode,
    act: Act,
    on: date,
    bodies: Mapping[str, Body],
    *,
    in_name_of: str = "",
) -> Remedies:
    """The remedies against an act of the body on the day.

    ``mode`` is how the body holds its power; for a commission ``in_name_of`` is the body that gave
    it, which answers for the act (行政复议法 19). ``RemedyUnknown`` when a body is missing from the
    register, or the day lies before the law that we hold.
    """
    try:
        terms.get("reconsideration", on)
    except terms.UnknownTerm:
        raise RemedyUnknown(f"未收录{on.isoformat()}施行的行政复议法规则") from None
    cites = [FY(19, 1)]
    respondent = _body(bodies, body)
    if mode is Mode.COMMISSIONED:
        respondent = _body(bodies, in_name_of)
        cites = [FY(19, 3)]
    hearers, why = _hearers(respondent, bodies)
    prerequisite = PREREQUISITE.get(act)
    if prerequisite:
        cites += (prerequisite, FY(23, 2))
    litigation = "litigation.after_reconsideration" if prerequisite else "litigation"
    court, unconfirmed = court_for(respondent, on)
    suing = (SS(44, 2), SS(45)) if prerequisite else (SS(44, 1), SS(46, 1))
    return Remedies(
        respondent=respondent.code,
        reconsideration=tuple((b.code, b.name) for b in hearers),
        prerequisite=prerequisite is not None,
        reconsideration_term="reconsideration",
        litigation_term=litigation,
        court=court,
        court_unconfirmed=unconfirmed,
        on=on,
        cites=(*cites, FY(20, 1), *why, *suing, SS(18, 1)),
    )


def _body(bodies: Mapping[str, Body], code: str) -> Body:
    try:
        return bodies[code]
    except KeyError:
        raise RemedyUnknown(f"机关登记中没有“{code}”，不能确定救济途径") from None


def _hearers(of: Body, bodies: Mapping[str, Body]) -> tuple[tuple[Body, ...], tuple[Cite, ...]]:
    match of.kind:
        case BodyKind.VERTICAL:
            return (_body(bodies, of.superior),), (FY(27),)
        case BodyKind.JUDICIAL:
            return (_body(bodies, of.government), _body(bodies, of.superior)), (FY(28),)
        case BodyKind.GOVERNMENT | BodyKind.TOWNSHIP:
            return (_body(bodies, of.superior),), (FY(24, 1, 2),)
        case BodyKind.SUB_OFFICE:
            first = _body(bodies, of.government)
            if of.by_area:
                return (first, _body(bodies, of.local_government)), (FY(24, 4),)
            return (first,), (FY(24, 4),)
        case BodyKind.DISPATCHED:
            return (_body(bodies, of.government),), (FY(24, 1, 3),)
        case BodyKind.AUTHORISED:
            return (_body(bodies, of.government),), (FY(24, 1, 4),)
    return (_body(bodies, of.government),), (FY(24, 1, 1),)


def court_for(defendant: Body, on: date) -> tuple[str, bool]:
    """The court of first instance for a suit against the body, and whether it is unconfirmed.

    County and higher governments are sued in the intermediate court (行政诉讼法 15).
    """
    table = params.load("courts")
    if defendant.kind is BodyKind.GOVERNMENT:
        for prefix, title in table["intermediate"].items():
            if defendant.seat.startswith(prefix):
                return title, table["unconfirmed"]
    rows = [
        r
        for r in table["courts"]
        if r["seat"] == defendant.seat
        and r["from"] <= on
        and (r.get("until") is None or on <= r["until"])
    ]
    if not rows:
        raise RemedyUnknown(f"管辖法院表中没有{defendant.name}所在地（{defendant.seat}）")
    return rows[-1]["title"], rows[-1].get("unconfirmed", table["unconfirmed"])


# --- the window for asking the court to enforce -----------------------------------------------


class Path(StrEnum):
    """What the party did after the decision; the enforcement window depends on it."""

    NOTHING = "nothing"
    PREREQUISITE_UNUSED = "prerequisite_unused"
    RECONSIDERED = "reconsidered"
    SUED = "sued"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Window:
    """When the agency may ask the court to enforce: from ``opens`` to ``closes``, both included.

    ``remedy`` is the party's term that had to run out first, ``dunning_by`` the last day on which
    a reminder can be served so that its ten working days end before the window does.
    """

    opens: date
    closes: date
    remedy: Due
    application: Due
    dunning_by: date
    cites: tuple[Cite, ...]


_REMEDY = {
    Path.NOTHING: "litigation",
    Path.PREREQUISITE_UNUSED: "reconsideration",
    Path.RECONSIDERED: "litigation.after_reconsideration",
    Path.NOT_TOLD: "litigation.untold",
}


def court_window(
    path: Path,
    served: date,
    calendar: WorkCalendar,
    *,
    deferred_until: date | None = None,
    suspensions: tuple[Suspension, ...] = (),
) -> Window:
    """The window in which an agency without own power asks the court to enforce (行政强制法 53).

    ``served`` is the day on which the decision reached the party, on the path RECONSIDERED the
    reconsideration decision. It opens after the party's term as rolled over, and closes three
    months after the term as counted: each the earlier safe side. An approved deferral of payment
    moves the start to its end (行政处罚法 72). A judgment is enforced as such: ``ValueError``.
    """
    if path is Path.SUED:
        raise ValueError("经诉讼的，依生效裁判申请执行，期限为二年（行政诉讼法解释第一百五十三条）")
    remedy = terms.compute(terms.get(_REMEDY[path]), served, calendar, suspensions)
    start, cites = remedy.raw_due, (*remedy.cites, QZ(53), SSJS(156))
    opens = remedy.due + timedelta(days=1)
    if deferred_until and deferred_until > start:
        start, cites = deferred_until, (*cites, CF(72, 2))
        opens = max(opens, deferred_until + timedelta(days=1))
    application = terms.compute(terms.get("court.application"), start, calendar)
    dunning = terms.get("dunning")
    assert dunning.unit is Unit.WORKING_DAY
    by = calendar.add_workdays(application.due, -dunning.length)
    if calendar.add_workdays(by, dunning.length) >= application.due:
        by = calendar.add_workdays(by, -1)
    return Window(opens, application.due, remedy, application, by, (*cites, QZ(54)))
