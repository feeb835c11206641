"""``make bench``: measure, print a table, write JSON.

``--quick`` is for a look; ``--only`` takes one part; ``--keep`` writes the result into
``docs/measured/`` with its day and the machine. The exit status is 1 where an aim was missed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import place, race
from zhifa.config import postgres
from zhifa.config.place import ROOT

RESULTS = Path(__file__).resolve().parent / "results.json"
KEPT = ROOT / "docs" / "measured"
PARTS = ("race", "history", "trips", "pages")
FLAT = 1.25
"""How much more an act on the longest history may cost than on the shortest."""


def main() -> int:
    """Run the parts asked for."""
    asked = _arguments()
    begun = time.monotonic()
    parts = [asked.only] if asked.only else list(PARTS)
    with postgres.lease():
        found: dict[str, Any] = {
            "on": datetime.now(UTC).date().isoformat(),  # noqa: TID251
            "machine": place.machine(),
        }
        for part in parts:
            print(f"\n== {part}", flush=True)
            found[part] = _RUN[part](asked)
        found["machine"]["load after"] = place.machine()["load"]
    found["aims"] = _aims(found)
    found["seconds"] = round(time.monotonic() - begun)
    text = _table(found)
    print(text)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if asked.keep:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / "bench.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        (KEPT / "bench.md").write_text(text)
    return 0 if all(aim["met"] for aim in found["aims"]) else 1


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("--quick", action="store_true", help="fewer rounds, fewer matters")
    words.add_argument("--only", choices=PARTS)
    words.add_argument("--rounds", type=int)
    words.add_argument("--seconds", type=float, help="of each turn of a contestant")
    words.add_argument("--matters", type=int, help="for the pages")
    words.add_argument("--requests", type=int, help="of each page")
    words.add_argument("--database", help="pages of this database, kept; made if it is not there")
    words.add_argument("--keep", action="store_true", help="write docs/measured/ too")
    asked = words.parse_args()
    asked.rounds = asked.rounds or (5 if asked.quick else 25)
    asked.seconds = asked.seconds or (0.5 if asked.quick else 0.7)
    asked.matters = asked.matters or (500 if asked.quick else 20_000)
    asked.requests = asked.requests or (20 if asked.quick else 100)
    return asked


# --- the parts -----------------------------------------------------------------------------------


def _race(asked: argparse.Namespace) -> list[dict[str, Any]]:
    results = []
    with place.database() as ours, place.empty_database() as theirs:
        everybody = race.contestants(ours, theirs)
        for workers in (1, 8):
            results += race.race(everybody, workers, rounds=asked.rounds, seconds=asked.seconds)
    return [{**dataclasses.asdict(r), "median": r.median, "cost_ms": r.cost_ms} for r in results]


def _inside(part: str, database: str, *more: str) -> Any:
    """A part in a process of its own, for Django is bound to one database for life."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", part, *more], cwd=ROOT, text=True, check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "ZHIFA_DATABASE": database, "ZHIFA_MODE": "demo"},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _history(asked: argparse.Namespace) -> Any:
    with place.database() as name:
        return _inside("history", name, "15" if asked.quick else "40")


def _trips(_asked: argparse.Namespace) -> Any:
    with place.database() as name:
        return _inside("trips", name)


def _pages(asked: argparse.Namespace) -> Any:
    with place.database(asked.database or "", keep=bool(asked.database)) as name:
        with postgres.connect(name) as connection:
            row = connection.execute("SELECT count(*) FROM zhifa.penalty_case").fetchone()
        missing = asked.matters - int(str(row and row[0]))
        wrote: dict[str, Any] = {}
        if missing > 0:
            begun = time.monotonic()
            place.zhifa(name, "bulk", "--matters", str(missing), mode="demo")
            took = time.monotonic() - begun
            wrote = {"matters": missing, "seconds": round(took, 1)}
            wrote["per_minute"] = round(missing / took * 60)
        with postgres.connect(name) as connection:
            connection.execute("ANALYZE")
            row = connection.execute(
                "SELECT (SELECT count(*) FROM zhifa.penalty_case),"
                " (SELECT count(*) FROM zhifa.ledger_event),"
                " (SELECT count(*) FROM portal.published_decision),"
                " pg_database_size(current_database()) / 1048576"
            ).fetchone()
        assert row is not None
        names = ("cases", "events", "published", "megabytes")
        held = dict(zip(names, map(int, map(str, row)), strict=True))
        pages = _inside("pages", name, str(asked.requests))
    return {"held": held, "bulk": wrote, "pages": pages}


_RUN = {"race": _race, "history": _history, "trips": _trips, "pages": _pages}


# --- aims and table ------------------------------------------------------------------------------


def _aims(found: dict[str, Any]) -> list[dict[str, Any]]:
    aims: list[dict[str, Any]] = []

    def aim(what: str, value: float, limit: float, *, least: bool) -> None:
        met = value >= limit if least else value <= limit
        aims.append({"aim": what, "value": round(value, 2), "limit": limit, "met": met})

    for workers in (1, 8):
        rate = {r["name"]: r["rounds"] for r in found.get("race", ()) if r["workers"] == workers}
        if rate:
            view = rate["viewflow view"]
            bare, full = (race.faster(rate[f"zhifa {kind}"], view) for kind in ("bare", "full"))
            aim(f"bare ÷ viewflow view, {workers} ×", bare, 2.0, least=True)
            aim(f"full ÷ viewflow view, {workers} ×", full, 1.0, least=True)
    if costs := found.get("history"):
        ratio = costs[-1]["warm_ms"] / costs[0]["warm_ms"]
        aim(f"act on {costs[-1]['events']} ÷ on {costs[0]['events']} events", ratio, FLAT,
            least=False)  # fmt: skip
    for name, count in found.get("trips", {}).items():
        if "later" in name:
            aim(f"round trips, {name}", count, 10, least=False)
    if (pages := found.get("pages")) and pages["bulk"] and pages["held"]["cases"] > 1000:
        aim("bulk, matters a minute", pages["bulk"]["per_minute"], 1000, least=True)
    for page in (pages or {}).get("pages", ()):
        aim(f"{page['name']}, p95 ms", page["p95_ms"], page["budget"]["ms"], least=False)
        aim(f"{page['name']}, queries", page["queries"], page["budget"]["queries"], least=False)
    return aims


def _table(found: dict[str, Any]) -> str:
    lines = [f"# Measured on {found['on']}", ""]
    lines += [f"- {key}: {value}" for key, value in found["machine"].items()]
    for part, write in (("race", _race_table), ("history", _history_table),
                        ("trips", _trips_table), ("pages", _pages_table)):  # fmt: skip
        if part in found:
            lines += ["", *write(found[part])]
    lines += ["", "## Aims", "", "| aim | measured | limit | |", "|---|---|---|---|"]
    lines += [
        f"| {a['aim']} | {a['value']} | {a['limit']} | {'met' if a['met'] else 'MISSED'} |"
        for a in found["aims"]
    ]
    return "\n".join(lines) + "\n"


def _race_table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "## Acts a second, the same fourteen steps, in turns in one run",
        "",
        "Medians of the rounds; a quarter of them lie below and above the bracketed numbers. Cost",
        "is processor time of the acting process and of its PostgreSQL backend together, per act.",
        "",
        "| contestant | what it does | processes | acts a second | cost, ms | of it PostgreSQL |",
        "|---|---|---|---|---|---|",
    ]
    for r in rows:
        low, _, high = statistics.quantiles(r["rounds"], n=4)
        spread = f"({low:.0f}–{high:.0f})"
        lines.append(
            f"| {r['name']} | {r['does']} | {r['workers']} | {r['median']:.0f} {spread}"
            f" | {r['cost_ms']:.2f} | {r['server_ms']:.2f} |"
        )
    return lines


def _history_table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "## One act against the length of the history",
        "",
        "| events before it | ms | processor ms | first act of a process on it, ms |",
        "|---|---|---|---|",
    ]
    return lines + [
        f"| {r['events']} | {r['warm_ms']:.1f} | {r['cpu_ms']:.2f} | {r['first_ms']:.0f} |"
        for r in rows
    ]


def _trips_table(found: dict[str, int]) -> list[str]:
    lines = ["## Round trips, BEGIN and COMMIT included", "", "| act | trips |", "|---|---|"]
    return lines + [f"| {name} | {count} |" for name, count in found.items()]


def _pages_table(found: dict[str, Any]) -> list[str]:
    held = ", ".join(f"{value:,} {name}" for name, value in found["held"].items())
    lines = [f"## Pages at size: {held}", ""]
    if wrote := found["bulk"]:
        lines += [
            f"{wrote['matters']:,} matters written in {wrote['seconds']:.0f} s:"
            f" {wrote['per_minute']:,} a minute.",
            "",
        ]
    lines += [
        "| page | requests | p50 ms | p95 ms | budget | queries | ceiling | KB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {p['name']} | {p['requests']} | {p['p50_ms']:.0f} | {p['p95_ms']:.0f}"
        f" | {p['budget']['ms']} | {p['queries']} | {p['budget']['queries']}"
        f" | {p['bytes'] // 1024} |"
        for p in found["pages"]
    ]


if __name__ == "__main__":
    sys.exit(main())
