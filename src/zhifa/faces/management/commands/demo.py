"""``zhifa demo``: play the demonstration cases, then serve them."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from zhifa.cases.models import Case, Decision
from zhifa.config import serve
from zhifa.config.place import VAR
from zhifa.faces.demo import accounts
from zhifa.faces.demo.play import play
from zhifa.faces.demo.stories import TELLINGS, Telling
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, ledger
from zhifa.kernel.errors import Refused
from zhifa.kernel.ledger import roots
from zhifa.kernel.models import LedgerEvent
from zhifa.publicity.models import PublishedDecision
from zhifa.publicity.services import publish_roots
from zhifa.records.models import Document

ACCOUNTS = VAR / "demo" / "accounts.json"


class Command(BaseCommand):
    """演示。"""

    help = "演示处罚案从案源到归档的全过程，然后提供服务；--once 只演示并核验"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, or not to serve at all."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--accounts", type=Path, default=ACCOUNTS, help="写下账号的文件")
        parser.add_argument(
            "--only", choices=[t.code for t in TELLINGS], action="append", help="只演示这一案"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Play what was not played yet, verify, and serve."""
        began = time.monotonic()
        clock.mark_demo()
        people = accounts.prepare(options["accounts"])
        wanted = options["only"] or [t.code for t in TELLINGS]
        stories = [_told(t) for t in TELLINGS if t.code in wanted]
        roots.daily(clock.today())
        publish_roots()
        verification = ledger.verify()
        first, *others = (_of_case(s.case_id) for s in stories)
        summary = {
            **first,
            "others": [{k: o[k] for k in ("case_no", "decision_no")} for o in others],
            "events": LedgerEvent.objects.count(),
            "published": PublishedDecision.objects.count(),
            "ledger": "ok" if verification.ok else "; ".join(map(str, verification.faults)),
            "seconds": round(time.monotonic() - began),
        }
        if not options["once"]:
            self._announce(people, options["accounts"])
            serve.run(options["host"], options["port"], ready=_ready(options))
            return
        print(json.dumps(summary, ensure_ascii=False), flush=True)
        if not verification.ok:
            raise SystemExit(1)

    def _announce(self, people: list[dict[str, str]], kept: Path) -> None:
        print(f"\n演示账号（亦见 {kept}）：")
        for a in people:
            print(f"  {a['username']:<22}{a['password']:<18}{a['name']}　{a['duty']}")
        print(flush=True)


def _told(telling: Telling) -> Story:
    story = telling.begin()
    print(f"\n{telling.title}", flush=True)
    if telling.is_told(story):
        print("已经演示过，继续使用原有数据。", flush=True)
        return story
    try:
        return play(telling.scenes, story=story, say=lambda line: print(line, flush=True))
    except Refused as no:
        raise CommandError(
            f"演示数据来自较早的版本，不能接着演示：{no}请运行 zhifa db reset 和 make demo。"
        ) from no


def _of_case(matter_id: UUID) -> dict[str, Any]:
    """The case as the summary names it."""
    decision = Decision.objects.filter(matter_id=matter_id).first()
    return {
        "case_no": Case.objects.get(matter_id=matter_id).case_no,
        "decision_no": decision.number if decision is not None else None,
        "steps": _events(matter_id) - 1,  # the first event only begins the stream
        "documents": Document.objects.filter(matter_id=matter_id).count(),
    }


def _events(stream_id: UUID) -> int:
    return LedgerEvent.objects.filter(stream_id=stream_id).count()


def _ready(options: dict[str, Any]) -> Any:
    def ready() -> None:
        address = f"http://{options['host']}:{options['port']}"
        print(f"门户 {address}/　　工作台 {address}/desk/　　（Ctrl-C 结束）", flush=True)

    return ready
