"""``zhifa demo``: play the demonstration case, then serve it."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from zhifa.cases.models import Case, Decision
from zhifa.config import serve
from zhifa.config.place import VAR
from zhifa.faces.demo import accounts, second
from zhifa.faces.demo.play import ALL, play, recall
from zhifa.faces.demo.story import Scene, Story
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

    help = "演示一件处罚案从案源到归档的全过程，然后提供服务；--once 只演示并核验"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, or not to serve at all."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--accounts", type=Path, default=ACCOUNTS, help="写下账号的文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play what was not played yet, verify, and serve."""
        began = time.monotonic()
        clock.mark_demo()
        people = accounts.prepare(options["accounts"])
        story = _told()
        _tell_the_second()
        roots.daily(clock.today())
        publish_roots()
        verification = ledger.verify()
        case = Case.objects.get(matter_id=story.case_id)
        summary = {
            "case_no": case.case_no,
            "decision_no": Decision.objects.get(matter_id=story.case_id).number,
            "steps": _events(story.case_id) - 1,  # the first event only begins the stream
            "events": LedgerEvent.objects.count(),
            "documents": Document.objects.filter(matter_id=story.case_id).count(),
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


def _told() -> Story:
    story = Story()
    if recall(story):
        print("演示案件已经办结归档，继续使用原有数据。", flush=True)
        return story
    return _played(ALL, story)


def _tell_the_second() -> None:
    if not second.told():
        _played(second.SCENES, second.story())


def _played(scenes: Iterable[Scene], story: Story) -> Story:
    try:
        return play(scenes, story=story, say=lambda line: print(line, flush=True))
    except Refused as no:
        raise CommandError(
            f"演示数据来自较早的版本，不能接着演示：{no}请运行 zhifa db reset 和 make demo。"
        ) from no


def _events(stream_id: UUID) -> int:
    return LedgerEvent.objects.filter(stream_id=stream_id).count()


def _ready(options: dict[str, Any]) -> Any:
    def ready() -> None:
        address = f"http://{options['host']}:{options['port']}"
        print(f"门户 {address}/　　工作台 {address}/desk/　　（Ctrl-C 结束）", flush=True)

    return ready
