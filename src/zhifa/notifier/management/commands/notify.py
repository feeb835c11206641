"""``zhifa notify``: send what waits, or show what would be sent on a day."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from zhifa.kernel import clock
from zhifa.notifier import planning, services
from zhifa.notifier.models import Notification


class Command(BaseCommand):
    """提醒。"""

    help = "发送提醒；--dry-run 只显示某一天将要发送的提醒，不写入、不发送"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to send at all, and which day to look at."""
        parser.add_argument("--dry-run", action="store_true", help="只显示，不发送")
        parser.add_argument("--on", type=date.fromisoformat, help="日期，如 2026-06-10")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show or send."""
        if options["dry_run"] or options["on"]:
            on = options["on"] or clock.today()
            known = set(Notification.objects.filter(sent_at__isnull=False).values_list(
                "person_id", "kind", "subject"
            ))  # fmt: skip
            shown = 0
            for p in planning.plan(on):
                if (p.person_id, p.kind.value, p.subject) in known:
                    continue
                shown += 1
                print(f"{p.username}\t{p.kind.label}\t{p.text}")
            print(f"{on.isoformat()}：{shown}条")
            return
        print(f"已发送{services.tick(clock.now())}条")
