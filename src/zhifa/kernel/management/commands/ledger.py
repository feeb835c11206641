"""``zhifa ledger``: sign the day's root, verify everything, follow the ledger, mend a reader."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from zhifa.kernel import clock, ledger, readers
from zhifa.kernel.errors import Refused
from zhifa.kernel.ledger import roots


class Command(BaseCommand):
    """签发账本日根、核验账本、查看和处理读者。"""

    help = "sign a daily root, verify the ledger, follow it, mend a stuck reader"

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        root = words.add_parser("root", help="sign the day's root (once a day)")
        root.add_argument("--day", type=date.fromisoformat, help="a legal date; default: today")
        root.add_argument("--json", action="store_true")
        verify = words.add_parser("verify", help="read everything through; 1 if anything is wrong")
        verify.add_argument("--stream", type=UUID, action="append", help="only this stream")
        verify.add_argument(
            "--root", action="append", default=[], help="a root hash kept elsewhere: must be here"
        )
        verify.add_argument("--json", action="store_true")
        words.add_parser("lag", help="how far each reader is behind, and what is stuck")
        words.add_parser("catch-up", help="let the readers follow the ledger")
        rebuild = words.add_parser("rebuild", help="empty a projection and read everything again")
        rebuild.add_argument("reader")
        retry = words.add_parser("retry", help="try a stuck stream again")
        retry.add_argument("reader")
        retry.add_argument("stream", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        word: str = options["word"]
        try:
            getattr(self, f"_{word.replace('-', '_')}")(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _root(self, options: dict[str, Any]) -> None:
        made = roots.daily(options["day"] or clock.today())
        said = roots.said(made)
        if options["json"]:
            self.stdout.write(json.dumps({**said, "hash": made.hash}, ensure_ascii=False))
            return
        self.stdout.write(
            f"{made.day} 账本日根第 {made.number} 号 {made.hash}\n"
            f"覆盖 {said['streams']} 个事项、{said['events']} 条记录；签名密钥 {said['key']}"
        )

    def _verify(self, options: dict[str, Any]) -> None:
        found = ledger.verify(options["stream"], known_roots=options["root"])
        if options["json"]:
            told = {
                "ok": found.ok,
                "streams": found.streams,
                "events": found.events,
                "private_parts": found.private_parts,
                "disposed": found.disposed,
                "roots": found.roots,
                "uncovered": found.uncovered,
                "faults": [str(fault) for fault in found.faults],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for fault in found.faults:
                self.stdout.write(f"FAULT {fault}")
            self.stdout.write(
                f"{'ok' if found.ok else 'NOT OK'}: {found.streams} streams, {found.events} events,"
                f" {found.private_parts} private parts ({found.disposed} disposed of),"
                f" {found.roots} roots; {found.uncovered} events wait for the next root"
            )
        if not found.ok:
            sys.exit(1)

    def _lag(self, options: dict[str, Any]) -> None:
        for reader in readers.lag():
            self.stdout.write(
                f"{reader.reader}: {reader.events} events, {reader.seconds} s, {reader.stuck} stuck"
            )
        for row in readers.stuck():
            self.stdout.write(f"STUCK {row.reader} {row.stream_id} at {row.seq}: {row.error}")

    def _catch_up(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{readers.catch_up()} events read")

    def _rebuild(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{readers.rebuild(options['reader'])} events read")

    def _retry(self, options: dict[str, Any]) -> None:
        if not readers.retry(options["reader"], options["stream"]):
            raise CommandError("it failed again: see `zhifa ledger lag`")
        self.stdout.write("free")
