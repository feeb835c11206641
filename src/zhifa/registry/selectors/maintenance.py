"""What the desk of the registers shows: versions, editions, proposals, posts, assignments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhifa.kernel.errors import NotFound
from zhifa.registry.models import (
    AgencyProfile,
    BenchmarkEdition,
    Certificate,
    ChangeProposal,
    CompetenceAssignment,
    Post,
    Power,
)
from zhifa.registry.models.dated import holding
from zhifa.registry.selectors.powers import PowerCard, powers


def versions(code: str) -> list[Power]:
    """Every version of a power, the newest first. Raises ``NotFound``."""
    rows = list(Power.objects.filter(code=code).order_by("-version"))
    if not rows:
        raise NotFound("权责清单中没有这一事项。", code="no-such-power")
    return rows


def editions(code: str) -> list[BenchmarkEdition]:
    """Every edition of a benchmark, the newest first. Raises ``NotFound``."""
    rows = list(BenchmarkEdition.objects.filter(code=code).order_by("-valid_from"))
    if not rows:
        raise NotFound("没有这一裁量基准。", code="no-such-benchmark")
    return rows


def benchmarks(on: date, *, field: str = "", text: str = "") -> list[BenchmarkEdition]:
    """The editions that hold on the day, and those to come, the newest of each benchmark."""
    rows = BenchmarkEdition.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    if field:
        rows = rows.filter(power_code__in=Power.objects.filter(field=field).values("code"))
    if text:
        rows = rows.filter(Q(title__contains=text) | Q(code__contains=text))
    return list({row.code: row for row in rows.order_by("code", "valid_from")}.values())


def used_by(benchmark_code: str, on: date) -> list[Power]:
    """The powers that use a benchmark on the day."""
    rows = holding(Power.objects.filter(benchmark_code=benchmark_code), on)
    return list(rows.order_by("code"))


def proposals(
    *, state: str = "", keepers: Iterable[str] | None = None, code: str = ""
) -> QuerySet[ChangeProposal]:
    """Proposals, the newest first, with who proposed and decided them."""
    rows = ChangeProposal.objects.select_related("proposed_by", "decided_by").order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if keepers is not None:
        rows = rows.filter(keeper__in=list(keepers))
    if code:
        rows = rows.filter(codes__contains=[code])
    return rows


def proposal(id: UUID) -> ChangeProposal:
    """One proposal. Raises ``NotFound``."""
    row = proposals().filter(id=id).first()
    if row is None:
        raise NotFound("没有这一变更。", code="no-such-proposal")
    return row


# --- agencies ------------------------------------------------------------------------------------


def bodies(on: date) -> list[AgencyProfile]:
    """Every body of the register on the day, those that enforce first."""
    rows = holding(AgencyProfile.objects.all(), on)
    return list(rows.order_by("-enforces", "-supervises", "region_code", "organ_id"))


def staff_counts(on: date) -> dict[str, int]:
    """How many people hold a post at each agency."""
    rows = holding(Post.objects.all(), on).filter(person__is_active=True)
    counted = rows.values("organ_id").annotate(n=Count("person_id", distinct=True))
    return {str(row["organ_id"]): int(row["n"]) for row in counted}


def posts_of(agency: str, on: date) -> list[Post]:
    """Who holds which duty at an agency."""
    rows = holding(Post.objects.filter(organ_id=agency, person__is_active=True), on)
    return list(rows.select_related("person").order_by("unit_code", "duty", "person__name"))


def certificates_of(agency: str) -> list[Certificate]:
    """The enforcement certificates that an agency's people hold or held."""
    rows = Certificate.objects.filter(organ_id=agency).select_related("person")
    return list(rows.order_by("number"))


def register_of_competence(
    on: date | None, *, agency: str = "", codes: Iterable[str] = ()
) -> list[CompetenceAssignment]:
    """Assignments of the day (of every day without one), by body or by power."""
    rows = holding(CompetenceAssignment.objects.all(), on)
    if agency:
        rows = rows.filter(Q(agency_code=agency) | Q(in_name_of=agency))
    wanted = list(codes)
    if wanted:
        rows = rows.filter(powers__overlap=wanted)
    return list(rows.order_by("agency_code", "valid_from", "code"))


def powers_found(
    on: date, *, field: str = "", agency: str = "", text: str = "", grade: str = ""
) -> list[PowerCard]:
    """Cards of the powers of the day that meet every filter."""
    cards = powers(agency or None, field or None, on)
    if text:
        cards = [c for c in cards if text in c.rule.name or text in c.rule.code]
    if grade:
        cards = [c for c in cards if grade_of(c, on) == grade]
    return cards


def grade_of(card: PowerCard, on: date) -> str:
    """The weakest grade of the articles that a power rests on: text, known or unconfirmed."""
    order = ("text", "known", "unconfirmed")
    grades = [c.grade_on(on).value for c in (*card.rule.violated, *card.rule.penalty)]
    return max(grades, key=order.index)
