"""Pages at size: time and queries of each, over many different addresses, as the face serves them.

The whole request is measured in this process: middleware, session, rendering; not the network.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

import django

django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from zhifa.accounts.models import Person  # noqa: E402
from zhifa.cases.models import Case  # noqa: E402
from zhifa.procedure.models import Matter  # noqa: E402
from zhifa.publicity.models import PublishedDecision  # noqa: E402

EXTRA = {"HTTP_HOST": "localhost"}


@dataclass(frozen=True)
class Budget:
    """What a page may take: milliseconds at the 95th hundredth, and queries."""

    ms: int
    queries: int


@dataclass(frozen=True)
class Page:
    """A page with the addresses that it is asked at, by whom, and what it may take."""

    name: str
    budget: Budget
    addresses: Callable[[random.Random], Iterator[str]]
    person: str = ""


@dataclass(frozen=True)
class Measured:
    """What a page took."""

    name: str
    budget: Budget
    requests: int
    p50_ms: float
    p95_ms: float
    queries: int
    """The most of any request."""
    bytes: int

    @property
    def within(self) -> bool:
        """Whether it kept to its budget."""
        return self.p95_ms <= self.budget.ms and self.queries <= self.budget.queries


def _same(address: str) -> Callable[[random.Random], Iterator[str]]:
    def addresses(_chance: random.Random) -> Iterator[str]:
        while True:
            yield address

    return addresses


def _lists(chance: random.Random) -> Iterator[str]:
    """The list as it is used: first pages, deep ones, narrowed, searched, sorted."""
    parties = list(Case.objects.order_by("matter_id").values_list("party_name", flat=True)[:200])
    while True:
        yield chance.choice(
            (
                "",
                f"?page={chance.randint(2, 100)}",
                f"?year={chance.choice((2024, 2025, 2026))}",
                f"?phase={chance.choice(('decision', 'archive', 'review', 'performance'))}",
                f"?q={chance.choice(parties)}",
                "?q=没有这样的案件",
                f"?sort={chance.choice(('-moved', 'party', 'cause', '-filed'))}",
                "?open=1",
            )
        )


def _prefixed(prefix: str, tails: Callable[[random.Random], Iterator[str]]) -> Any:
    return lambda chance: (prefix + tail for tail in tails(chance))


def _cases(chance: random.Random) -> Iterator[str]:
    found = list(
        Matter.objects.filter(procedure="penalty_ordinary", agency_code="511802-scjg")
        .order_by("id")
        .values_list("id", flat=True)[:5000]
    )
    while True:
        yield f"/desk/cases/{chance.choice(found)}/"


def _searches(chance: random.Random) -> Iterator[str]:
    """Words that many have, words that few have, none; agency, year and kind beside them."""
    rows = PublishedDecision.objects.using("portal")
    parties = list(rows.order_by("public_id").values_list("party_name", "number")[:300])
    while True:
        name, number = chance.choice(parties)
        yield chance.choice(
            (
                "",
                "?q=食品",
                "?q=超过保质期",
                f"?q={chance.choice(('牛肉干', '豆腐干', '绿豆糕'))}",
                f"?q={name}",
                f"?q={number}",
                "?q=没有这样的决定",
                "?q=食品&agency=511800-scjg&year=2025",
                "?agency=511802-scjg",
                f"?year={chance.choice((2024, 2025, 2026))}&kind=fine",
                f"?page={chance.randint(2, 40)}",
            )
        )


def _decisions(chance: random.Random) -> Iterator[str]:
    rows = PublishedDecision.objects.using("portal").order_by("public_id")
    found = list(rows.values_list("public_id", flat=True)[:5000])
    while True:
        yield f"/decisions/{chance.choice(found)}/"


PAGES = (
    Page("desk home, officer", Budget(250, 16), _same("/desk/"), "yc-officer1"),
    Page("desk home, agency head", Budget(250, 16), _same("/desk/"), "yc-agency-head1"),
    Page("case list, agency head", Budget(250, 16), _prefixed("/desk/cases/", _lists),
         "yc-agency-head1"),
    Page("case list, officer", Budget(250, 16), _prefixed("/desk/cases/", _lists), "yc-officer1"),
    Page("case page, agency head", Budget(300, 40), _cases, "yc-agency-head1"),
    Page("portal home", Budget(150, 10), _same("/")),
    Page("portal search", Budget(200, 10), _prefixed("/decisions/", _searches)),
    Page("decision in public", Budget(150, 8), _decisions),
)  # fmt: skip


class _Counting:
    """Counts every statement on both connections while inside."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def measure(requests: int, *, seed: int = 1, pages: Sequence[Page] = PAGES) -> list[Measured]:
    """Each page so many times, in turn with the others."""
    running = [_Running(page, random.Random(seed)) for page in pages]
    for _ in range(3):
        for one in running:
            one.warm()
    for _ in range(requests):
        for one in running:
            one.ask()
    return [one.result() for one in running]


class _Running:
    def __init__(self, page: Page, chance: random.Random) -> None:
        self.page, self.client = page, Client()
        if page.person:
            self.client.force_login(
                Person.objects.get(username=page.person),
                backend="django.contrib.auth.backends.ModelBackend",
            )
        self.addresses = page.addresses(chance)
        self.times: list[float] = []
        self.queries = self.bytes = 0

    def warm(self) -> None:
        self._get(next(self.addresses))

    def ask(self) -> None:
        counting = _Counting()
        wrappers = [c.execute_wrapper(counting) for c in connections.all()]
        for wrapper in wrappers:
            wrapper.__enter__()
        begun = time.perf_counter()
        content = self._get(next(self.addresses))
        self.times.append((time.perf_counter() - begun) * 1000)
        for wrapper in wrappers:
            wrapper.__exit__(None, None, None)
        self.queries = max(self.queries, counting.count)
        self.bytes = max(self.bytes, len(content))

    def _get(self, address: str) -> bytes:
        answer = self.client.get(address, **EXTRA)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return bytes(answer.getvalue())

    def result(self) -> Measured:
        ordered = sorted(self.times)
        return Measured(
            self.page.name,
            self.page.budget,
            len(ordered),
            statistics.median(ordered),
            ordered[max(0, round(len(ordered) * 0.95) - 1)],
            self.queries,
            self.bytes,
        )
