"""Loading the registers' first content. Doing it again adds only what is missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from importlib import resources
from typing import Any

import yaml
from django.db import transaction

from zhifa.accounts import services as accounts
from zhifa.accounts.models import Organ, Person
from zhifa.law import params, range_words
from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.competence import Assignment, Mode
from zhifa.law.power import FIELDS, PenaltyKind, PowerRule
from zhifa.law.range import LegalRange
from zhifa.law.remedies import BodyKind
from zhifa.registry import services
from zhifa.registry.models import (
    AgencyProfile,
    BenchmarkEdition,
    Certificate,
    CompetenceAssignment,
    Post,
    Power,
    ReviewQualification,
)

Say = Callable[[str], None]


def load(name: str) -> Any:
    """A file of the seed, as data."""
    text = resources.files("zhifa.registry.seed").joinpath(f"{name}.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def seed(*, on: date, say: Say) -> None:
    """Load every register; ``say`` gets one line for each. ``on`` is the day of loading."""
    for title, step in (
        ("区划与机关", _agencies),
        ("人员、职责与证件", _people),
        ("裁量基准", _benchmarks),
        ("权责事项", _powers),
        ("执法权限", _competence),
    ):
        with transaction.atomic():
            added = step(on)
        say(f"{title}：新增{added}项" if added else f"{title}：已是最新")


# --- agencies ------------------------------------------------------------------------------------


def _agencies(on: date) -> int:
    data = load("agencies")
    for row in data["regions"]:
        services.register_region(**row)
    added = 0
    for row in data["bodies"]:
        accounts.register_organ(
            code=row["code"], name=row["name"], region_code=row["region"], parent=row.get("parent")
        )
        profile = services.Profile(
            full_name=row["name"],
            short_name=row["name"],
            region_code=row["region"],
            level=row["level"],
            seat=row["seat"],
            body_kind=BodyKind(row["kind"]),
            government=row.get("government", row["code"]),
            superior=row.get("superior", ""),
            enforces=False,
        )
        added += _profile(row["code"], profile, data["since"], on)
    for row in data["agencies"]:
        said = dict(row["profile"])
        said["body_kind"] = BodyKind(said.get("body_kind", "department"))
        organ = accounts.register_organ(
            code=row["code"],
            name=said["full_name"],
            region_code=said["region_code"],
            parent=row["parent"],
        )
        for unit in row["units"]:
            accounts.register_unit(organ=organ, **unit)
        added += _profile(row["code"], services.Profile(**said), data["since"], on)
    return added


def _profile(code: str, profile: services.Profile, since: date, on: date) -> int:
    if AgencyProfile.objects.filter(organ_id=code).exists():
        return 0
    services.profile_agency(agency=code, profile=profile, valid_from=since, on=on, by=None)
    return 1


# --- people --------------------------------------------------------------------------------------


def _people(on: date) -> int:
    data = load("people")
    known = {p.username: p for p in Person.objects.all()}
    posts = set(Post.objects.values_list("person__username", "organ_id", "duty"))
    certificates = set(Certificate.objects.values_list("number", flat=True))
    reviewers = set(ReviewQualification.objects.values_list("person__username", flat=True))
    added = 0
    for row in data["people"]:
        person = known.get(row["username"])
        if person is None:
            person = accounts.create_person(username=row["username"], name=row["name"])
            known[row["username"]] = person
            added += 1
        if (row["username"], row["agency"], row["duty"]) not in posts:
            services.hold_post(
                person_id=person.id,
                agency=row["agency"],
                unit=row["unit"] or "",
                duty=Duty(row["duty"]),
                title=row["title"],
                basis="任职文件（演示数据）",
                valid_from=data["since"],
                on=on,
                by=None,
            )
        if row.get("certificate") and row["certificate"] not in certificates:
            _certify(person, row, data, on)
        if ("first_reviewed_on" in row or "qualified_on" in row) and (
            row["username"] not in reviewers
        ):
            services.record_review_qualification(
                person_id=person.id,
                agency=row["agency"],
                number=row.get("qualification", ""),
                obtained_on=row.get("qualified_on"),
                first_reviewed_on=row.get("first_reviewed_on"),
                on=on,
                by=None,
            )
    return added


def _certify(person: Person, row: Mapping[str, Any], data: Mapping[str, Any], on: date) -> None:
    span = data["certificates"]
    services.issue_certificate(
        person_id=person.id,
        agency=row["agency"],
        unit=row["unit"] or "",
        number=row["certificate"],
        issuer=data["issuer"],
        fields=[AgencyProfile.objects.get(organ_id=row["agency"]).field],
        valid_from=row.get("valid_from", span["valid_from"]),
        valid_until=row.get("valid_until", span["valid_until"]),
        on=on,
        by=None,
    )
    if "revoked_on" in row:
        services.revoke_certificate(
            number=row["certificate"],
            revoked_on=row["revoked_on"],
            why=row["revoked_why"],
            on=on,
            by=None,
        )


# --- powers --------------------------------------------------------------------------------------


def _benchmarks(on: date) -> int:
    keepers = {row["code"]: row["keeper"] for row in powers()}
    known = set(BenchmarkEdition.objects.values_list("code", flat=True))
    added = 0
    for content in _shipped_benchmarks():
        if content["code"] not in known:
            services.issue_benchmark(
                content=content,
                keeper=keepers[content["power"]],
                valid_from=content["from"],
                on=on,
                by=None,
            )
            added += 1
    return added


def _shipped_benchmarks() -> list[dict[str, Any]]:
    folder = resources.files(params.__name__).joinpath("benchmarks")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return [yaml.safe_load(f.read_text("utf-8")) for f in files]


def powers() -> list[dict[str, Any]]:
    """Every power of the seed, by field, with its keeper and its versions in order."""
    found = []
    for name in FIELDS:
        data = load(f"powers_{name}")
        for row in data["powers"]:
            said = {"keeper": data["keeper"], "levels": ["city", "county"], **row}
            versions = row.get("versions", [row])
            said["versions"] = [{"since": data.get("since"), **v} for v in versions]
            found.append(said)
    return found


def rule_of(row: Mapping[str, Any], version: Mapping[str, Any]) -> PowerRule:
    """A power of the seed in one version, as the law reads it."""
    penalty = _cites(version["penalty"])
    first = dataclasses.replace(penalty[0], item=None)
    fine = None
    if "range" in version:
        fine = LegalRange.parse(version["range"])
    elif "fine" in version:
        on = _cites(version["fine_cites"]) if "fine_cites" in version else (first,)
        fine = range_words.read(version["fine"], on)
    return PowerRule(
        code=row["code"],
        name=row["name"],
        field=row["field"],
        violated=_cites(version["violated"]),
        penalty=penalty,
        kinds=frozenset(PenaltyKind(kind) for kind in version["kinds"]),
        fine=fine,
    )


def _powers(on: date) -> int:
    known = set(Power.objects.values_list("code", flat=True))
    added = 0
    for row in powers():
        if row["code"] in known:
            continue
        for version in row["versions"]:
            services.publish_power(
                rule=rule_of(row, version),
                keeper=row["keeper"],
                valid_from=version["since"],
                levels=tuple(row["levels"]),
                conditions=version.get("conditions", ""),
                benchmark_code=row.get("benchmark", ""),
                on=on,
                by=None,
            )
        added += 1
    return added


def _competence(on: date) -> int:
    data = load("competence")
    known = set(CompetenceAssignment.objects.values_list("code", flat=True))
    names = dict(Organ.objects.values_list("code", "name"))
    added = 0
    for row in data["assignments"]:
        if row["id"] in known:
            continue
        body = row["body"]
        whose = row.get("in_name_of", body)
        services.assign_competence(
            assignment=Assignment(
                id=row["id"],
                powers=tuple(row["powers"]),
                areas=tuple(row["areas"]),
                level=row["level"],
                body=body,
                mode=Mode(row["mode"]),
                name=names[whose],
                seal=names[whose],
                in_name_of=whose,
                review_unit=row["review_unit"],
                respondent=whose,
                in_force_from=row["from"],
                in_force_until=row.get("until"),
                source=row["source"],
                cites=_cites(row["cites"]),
            ),
            keeper=data["keeper"],
            on=on,
            by=None,
        )
        added += 1
    return added


def _cites(keys: list[str]) -> tuple[Cite, ...]:
    return tuple(Cite.parse(key) for key in keys)
