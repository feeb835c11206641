"""Who, where, when and under which number: all that differs from one telling to the next."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from zhifa.accounts.models import Person, Unit
from zhifa.faces.bulk.recording import STATIONS, Recording
from zhifa.faces.bulk.telling import Plan
from zhifa.faces.demo import cast, facts
from zhifa.faces.demo.play import ALL
from zhifa.kernel import identifiers, ids
from zhifa.records import numbers
from zhifa.records.models import Counter
from zhifa.records.numbers import FILES
from zhifa.registry import selectors as registry
from zhifa.registry.models import AgencyProfile, PartyKind
from zhifa.registry.services.parties import PartyFacts, register_party

AGENCIES: Mapping[str, int] = {cast.AGENCY: 70, "511800-scjg": 30}
"""Whose matters they are, with how many in a hundred."""
CREWS: Mapping[str, str] = {cast.AGENCY: "yc", "511800-scjg": "ya"}
TEAMS = ((1, 2), (2, 1), (1, 3), (3, 2))
BEGAN = date(2024, 1, 1)
"""Since then everybody who acts has a certificate in the registers."""
PARTIES_EACH = 20
"""Matters for one party; no fewer parties than fifty."""
_SHOPS = ("食品店", "便利店", "粮油店", "副食店", "超市", "小吃店", "水果店", "干杂店")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GOODS = ("原味饼干", "苏打饼干", "蛋黄派", "牛肉干", "豆腐干", "芝麻糖", "绿豆糕", "方便面")


@dataclass(frozen=True)
class _Known:
    """A party of the pool, with the words that stand for it."""

    id: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class _Draft:
    """A telling before its numbers are given."""

    station: int
    weeks: int
    agency: str
    words: Mapping[str, str]
    people: Mapping[str, str]
    receipt: str


def plans(recording: Recording, count: int, *, seed: int, on: date) -> list[Plan]:
    """So many different tellings; parties are registered and counters moved for them."""
    chance = random.Random(seed)
    pool = {agency: _parties(agency, count, on) for agency in AGENCIES}
    crews = {agency: _crew(agency) for agency in AGENCIES}
    offices = {agency: _office(agency, on) for agency in AGENCIES}
    drafts = []
    for _ in range(count):
        agency = chance.choices(list(AGENCIES), list(AGENCIES.values()))[0]
        station = chance.choices(range(len(STATIONS)), list(STATIONS.values()))[0]
        party = chance.choice(pool[agency])
        goods = {"示例牌原味饼干": f"示例牌{chance.choice(_GOODS)}"}
        people, names = chance.choice(crews[agency])
        drafts.append(
            _Draft(
                station,
                _weeks(recording, station, on, chance),
                agency,
                {**offices[agency], **names, **party.words, **goods},
                {**people, recording.party: party.id},
                f"示例票据{ids.short_id()}",
            )
        )
    return list(_numbered(recording, drafts))


def _weeks(recording: Recording, station: int, on: date, chance: random.Random) -> int:
    """Open matters stand where they stand since a few weeks; archived ones go back for years."""
    latest = (on - ALL[0].on - timedelta(days=recording.stations[station].days)).days // 7
    if station < len(recording.stations) - 1:
        return latest - chance.randrange(6)
    return chance.randint(-((ALL[0].on - BEGAN).days // 7), latest)


# --- people and agencies -------------------------------------------------------------------------


def _crew(agency: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """For each team of two handlers: ids and names of the recording, and who plays them."""
    rows = {p.username: p for p in Person.objects.filter(username__in=_usernames())}
    cards = registry.actors([p.id for p in rows.values()], ALL[0].on)
    crews = []
    for first, second in TEAMS:
        people, names = {}, {}
        for part in cast.PARTS.values():
            role = part.removeprefix("yc-")
            role = {"officer1": f"officer{first}", "officer2": f"officer{second}"}.get(role, role)
            name = f"{CREWS[agency]}-{role}"
            was, now = rows[part], rows[name]
            people[str(was.id)] = str(now.id)
            names[was.name] = now.name
            had, has = cards[str(was.id)].certificate, cards[str(now.id)].certificate
            if had is not None and has is not None:
                names[had.number] = has.number
        crews.append((people, names))
    return crews


def _usernames() -> list[str]:
    officers = [f"{prefix}-officer{n}" for prefix in CREWS.values() for n in (1, 2, 3)]
    parts = [
        p.replace("yc-", f"{prefix}-") for prefix in CREWS.values() for p in cast.PARTS.values()
    ]
    return [*officers, *parts]


def _office(agency: str, on: date) -> dict[str, str]:
    """What documents say of the agency."""
    if agency == cast.AGENCY:
        return {}
    was, now = registry.agency(cast.AGENCY, on), registry.agency(agency, on)
    words = {
        str(getattr(was, field.name)): str(getattr(now, field.name))
        for field in AgencyProfile._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
        and len(str(getattr(was, field.name))) > 4
    }
    units = dict(Unit.objects.filter(organ__code=agency).values_list("code", "name"))
    for code, name in Unit.objects.filter(organ__code=cast.AGENCY).values_list("code", "name"):
        words[name] = units.get(code, name)
    words[cast.AGENCY] = agency
    for quote in ('"', '\\"'):
        words[f"{quote}{was.region_code}{quote}"] = f"{quote}{now.region_code}{quote}"
    return {a: b for a, b in words.items() if a != b}


# --- parties -------------------------------------------------------------------------------------


def _parties(agency: str, count: int, on: date) -> list[_Known]:
    region = registry.agency(agency, on).region_code
    wanted = max(50, count * AGENCIES[agency] // 100 // PARTIES_EACH)
    made = facts.shop()
    found = []
    for n in range(wanted):
        number = f"{list(AGENCIES).index(agency)}{n:05d}"
        inner = f"MA{number}"
        code = f"92{region}{inner}{identifiers.organisation_check_character(inner)}"
        born = f"{region}{1955 + n % 45}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
        shop = PartyFacts(
            kind=PartyKind.BUSINESS,
            name=f"雅安市雨城区示例{n + 1}号{_SHOPS[n % len(_SHOPS)]}",
            representative=f"{_SURNAMES[n % len(_SURNAMES)]}样例",
            usc_code=code + identifiers.usc_check_character(code),
            licence_no=f"JY1{region}0{number}",
            paper=born + identifiers.resident_check_character(born),
            phone=f"138{n % 10**8:08d}",
            premises=f"雅安市雨城区示例路{n + 1}号",
        )
        party = register_party(facts=shop, agency=agency, on=on, by=None)
        words = {
            getattr(made, name): getattr(shop, name)
            for name in ("name", "representative", "usc_code", "paper", "phone", "premises")
        }
        found.append(_Known(str(party), {**words, made.licence_no: shop.licence_no}))
    return found


# --- numbers -------------------------------------------------------------------------------------


def _numbered(recording: Recording, drafts: Sequence[_Draft]) -> Iterator[Plan]:
    """Numbers in the order of their days, after those that were given before; without a gap."""
    wanted = sorted(
        (day + timedelta(weeks=draft.weeks), n, printed, word)
        for n, draft in enumerate(drafts)
        for printed, word, day in recording.stations[draft.station].numbers
    )
    given: list[dict[str, str]] = [{} for _ in drafts]
    serials: list[dict[str, tuple[int, int]]] = [{} for _ in drafts]
    prefixes: dict[tuple[str, int], str] = {}
    with transaction.atomic():
        rows = Counter.objects.select_for_update().filter(agency_code__in=AGENCIES)
        stood = {(c.agency_code, c.word, c.year): c.value for c in rows}
        last = dict(stood)
        for day, n, printed, word in wanted:
            agency = drafts[n].agency
            key = (agency, word, day.year)
            last[key] = serial = last.get(key, 0) + 1
            if word == FILES:
                given[n][printed] = f"{day.year}{serial:04d}"
                continue
            if (agency, day.year) not in prefixes:
                prefixes[agency, day.year] = registry.agency_word(agency, day)
            new = f"{prefixes[agency, day.year]}{word}〔{day.year}〕{serial}号"
            given[n][printed] = new
            serials[n][new] = (day.year, serial)
        for (agency, word, year), value in last.items():
            if (agency, word, year) not in stood:
                Counter.objects.create(agency_code=agency, word=word, year=year, value=value)
                continue
            for _ in range(value - stood[agency, word, year]):
                numbers.serial(agency, word, year)  # one at a time: the database allows no leap
    for n, draft in enumerate(drafts):
        words = {**draft.words, **given[n], RECEIPT: draft.receipt}
        yield Plan(draft.station, draft.weeks, words, draft.people, serials[n])


RECEIPT = "示例票据0000001"
"""The number on the recorded payment's receipt."""
