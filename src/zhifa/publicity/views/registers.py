"""The public registers: officers and their certificates, powers with basis, range and benchmark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase

from zhifa.kernel import clock
from zhifa.kernel.page import page
from zhifa.law import benchmark_words, range_words
from zhifa.law.benchmark import Benchmark
from zhifa.law.competence import Mode
from zhifa.law.power import FIELDS
from zhifa.law.range import LegalRange
from zhifa.publicity.reading import PORTAL
from zhifa.publicity.views.open import day_asked, open_page
from zhifa.registry import selectors as registry
from zhifa.registry import statutes
from zhifa.registry.models import CompetenceAssignment
from zhifa.registry.models.dated import holding

LEVELS = {"city": "市级", "county": "县级", "township": "乡镇（街道）", "province": "省级"}


# --- officers --------------------------------------------------------------------------------


@open_page(seconds=0)
def officers(request: HttpRequest) -> HttpResponseBase:
    """Is this certificate good? One number, one answer, readable at arm's length."""
    on = clock.today()
    number = "".join(c for c in request.GET.get("number", "") if c.isalnum())[:20]
    agency = request.GET.get("agency", "")[:32]
    card = registry.officer_card(number, on, using=PORTAL) if number else None
    agencies = registry.agencies(on, using=PORTAL)
    cards = []
    if not number and agency in {str(a.organ_id) for a in agencies}:
        cards = registry.officer_cards(on, agency=agency, using=PORTAL)
    return page(
        request,
        "publicity/officers.html",
        on=on,
        now=clock.now(),
        number=number,
        card=card,
        fields=[FIELDS.get(f, f) for f in card.fields] if card else [],
        agencies=agencies,
        agency=agency,
        cards=cards,
    )


# --- powers ----------------------------------------------------------------------------------


@open_page(seconds=300)
def powers(request: HttpRequest) -> HttpResponseBase:
    """The list of powers, by agency."""
    on = clock.today()
    agencies = registry.agencies(on, using=PORTAL)
    known = {str(a.organ_id): a for a in agencies}
    agency = request.GET.get("agency", "")
    agency = agency if agency in known else ""
    text = request.GET.get("q", "").strip()[:60]
    cards = registry.powers(agency or None, None, on, using=PORTAL)
    if text:
        cards = [c for c in cards if text in c.rule.name]
    return page(
        request,
        "publicity/powers.html",
        block="results",
        cards=[(c, FIELDS.get(c.rule.field, c.rule.field)) for c in cards],
        agencies=agencies,
        agency=agency,
        text=text,
        on=on,
    )


@open_page(seconds=300)
def power(request: HttpRequest, code: str) -> HttpResponseBase:
    """One power: what is forbidden, what may be done about it, how much, and by whom."""
    on = day_asked(request)
    card = registry.power_card(code, on, using=PORTAL)
    rule = card.rule
    texts = statutes.texts((*rule.violated, *rule.penalty), on, using=PORTAL)
    names = {r.code: r.name for r in registry.regions(using=PORTAL)}
    return page(
        request,
        "publicity/power.html",
        card=card,
        rule=rule,
        on=on,
        field=FIELDS.get(rule.field, rule.field),
        levels=[LEVELS.get(level, level) for level in card.levels],
        violated=[texts[c] for c in rule.violated],
        penalty=[texts[c] for c in rule.penalty],
        bands=bands(rule.fine) if rule.fine else (),
        tiers=tiers(rule.benchmark) if rule.benchmark else (),
        is_example=card.benchmark_status == "example",
        held=_holders(code, rule.field, on, names),
        evidence=evidence(rule.benchmark) if rule.benchmark else (),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Who exercises a power, where, and on what document."""

    name: str
    mode: str
    areas: tuple[str, ...]
    source: str


def _holders(code: str, field: str, on: date, names: dict[str, str]) -> list[Held]:
    rows = CompetenceAssignment.objects.using(PORTAL).filter(powers__overlap=[code, field])
    return [
        Held(a.name, Mode(a.mode).label, tuple(names.get(x, x) for x in a.areas), a.source)
        for a in holding(rows, on).order_by("level", "code")
    ]


# --- a range and a benchmark in words ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a range or a benchmark: under which condition, what follows."""

    when: str
    then: str
    also: str = ""


def bands(fine: LegalRange) -> tuple[Line, ...]:
    """The statutory range, a line for each of its cases."""
    return tuple(Line(when, then) for when, then in range_words.lines(fine))


def tiers(benchmark: Benchmark) -> tuple[Line, ...]:
    """The tiers of a benchmark, lightest first."""
    return tuple(Line(t.title, t.then, t.when) for t in benchmark_words.tiers(benchmark))


def evidence(benchmark: Benchmark) -> Iterable[tuple[str, str]]:
    """Each factor of a benchmark with the evidence that must show it."""
    return [(f.label, f.evidence) for f in benchmark.factors]
