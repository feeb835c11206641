"""Use cases on powers, benchmarks and competence: published, never edited, followed by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhifa.kernel import canonical
from zhifa.kernel.errors import BadInput
from zhifa.law.benchmark import Benchmark
from zhifa.law.competence import Assignment
from zhifa.law.power import PowerRule
from zhifa.registry.events import BenchmarkIssued, CompetenceAssigned, PowerPublished
from zhifa.registry.models import BenchmarkEdition, CompetenceAssignment, Power
from zhifa.registry.register import changing

POWERS, BENCHMARKS, COMPETENCE = "powers", "benchmarks", "competence"
PENALTY = "administrative_penalty"


def publish_power(
    *,
    rule: PowerRule,
    keeper: str,
    valid_from: date,
    on: date,
    by: UUID | None,
    levels: tuple[str, ...] = ("city", "county"),
    act: str = PENALTY,
    conditions: str = "",
    benchmark_code: str = "",
    valid_until: date | None = None,
    act_id: UUID | None = None,
) -> Power:
    """Publish a power, or its next version; the one before ends the day before.

    ``keeper`` is the agency that keeps the list.
    """
    fine = rule.fine.as_json() if rule.fine else None
    content = {
        "violated": [c.key for c in rule.violated],
        "penalty": [c.key for c in rule.penalty],
        "kinds": sorted(k.value for k in rule.kinds),
        "range": fine,
    }
    with changing(POWERS, agency=keeper, by=by, act_id=act_id) as change:
        before = Power.objects.filter(code=rule.code).order_by("-version").first()
        if before is not None:
            if before.valid_from >= valid_from:
                raise BadInput("新版本应当晚于现行版本的生效日期。", field="valid_from")
            if before.valid_until is None or before.valid_until >= valid_from:
                before.valid_until = valid_from - timedelta(days=1)
                before.save(update_fields=["valid_until"])
        row = Power.objects.create(
            code=rule.code,
            version=before.version + 1 if before else 1,
            name=rule.name,
            field=rule.field,
            act=act,
            conditions=conditions,
            levels=list(levels),
            benchmark_code=benchmark_code,
            keeper=keeper,
            valid_from=valid_from,
            valid_until=valid_until,
            **content,
        )
        published = PowerPublished(
            row.id,
            rule.code,
            row.version,
            valid_from,
            tuple(row.violated),
            tuple(row.penalty),
            _digest("zhifa/power/1", {**content, "name": rule.name}),
        )
        change.append(published, on=on)
    return row


def issue_benchmark(
    *,
    content: Mapping[str, Any],
    keeper: str,
    valid_from: date,
    on: date,
    by: UUID | None,
    act_id: UUID | None = None,
) -> BenchmarkEdition:
    """Issue an edition of a benchmark from its data; one that cannot be read is refused."""
    try:
        read = Benchmark.parse(content)
    except (ValueError, KeyError, LookupError) as error:
        raise BadInput(f"裁量基准不能读取：{error}", field="content") from error
    stored = canonical.plain(content)
    with changing(BENCHMARKS, agency=keeper, by=by, act_id=act_id) as change:
        before = BenchmarkEdition.objects.filter(code=read.code).order_by("-valid_from").first()
        if before is not None:
            if before.valid_from >= valid_from:
                raise BadInput("新基准应当晚于现行基准的生效日期。", field="valid_from")
            before.valid_until = valid_from - timedelta(days=1)
            before.save(update_fields=["valid_until"])
        row = BenchmarkEdition.objects.create(
            code=read.code,
            title=read.title,
            power_code=read.power,
            status=read.status,
            content=stored,
            keeper=keeper,
            valid_from=valid_from,
            valid_until=read.in_force_until,
        )
        issued = BenchmarkIssued(
            row.id,
            read.code,
            read.power,
            read.status,
            valid_from,
            _digest("zhifa/benchmark/1", stored),
        )
        change.append(issued, on=on)
    return row


def assign_competence(
    *, assignment: Assignment, keeper: str, on: date, by: UUID | None
) -> CompetenceAssignment:
    """Record who exercises which powers where. ``keeper`` is the agency that keeps the register."""
    a = assignment
    with changing(COMPETENCE, agency=keeper, by=by) as change:
        if CompetenceAssignment.objects.filter(code=a.id).exists():
            raise BadInput(f"登记号{a.id}已经使用。", field="id")
        row = CompetenceAssignment.objects.create(
            code=a.id,
            powers=list(a.powers),
            areas=list(a.areas),
            level=a.level,
            agency_code=a.body,
            mode=a.mode.value,
            name=a.name,
            seal=a.seal,
            in_name_of=a.in_name_of,
            review_unit=a.review_unit,
            respondent=a.respondent,
            source=a.source,
            cites=[c.key for c in a.cites],
            valid_from=a.in_force_from,
            valid_until=a.in_force_until,
        )
        assigned = CompetenceAssigned(
            row.id, a.body, a.mode.value, a.areas, a.powers, a.in_force_from, a.in_force_until
        )
        change.append(assigned, on=on)
    return row


def recall_competence(*, code: str, last_day: date, keeper: str, on: date, by: UUID | None) -> None:
    """Set the last day of an assignment; what was begun under it must be looked at."""
    with changing(COMPETENCE, agency=keeper, by=by) as change:
        row = CompetenceAssignment.objects.select_for_update().get(code=code)
        if last_day < row.valid_from:
            raise BadInput("最后一日不能早于生效之日。", field="last_day")
        row.valid_until = last_day
        row.save(update_fields=["valid_until"])
        assigned = CompetenceAssigned(
            row.id,
            row.agency_code,
            row.mode,
            tuple(row.areas),
            tuple(row.powers),
            row.valid_from,
            last_day,
        )
        change.append(assigned, on=on)


def _digest(tag: str, content: Any) -> str:
    return canonical.digest(tag, canonical.encode(canonical.plain(content)))
