"""``zhifa bulk``: many fictitious matters at once, for measuring at size."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhifa.faces.bulk import writing
from zhifa.kernel import clock


class Command(BaseCommand):
    """批量写入演示用案件。"""

    help = "write many fictitious penalty matters whose rows verify; marks the database as demo"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and from which seed."""
        parser.add_argument("--matters", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them, and say how fast."""
        if options["matters"] < 1 or options["processes"] < 1:
            raise CommandError("件数和进程数都应当是正整数。")
        clock.mark_demo()
        begun = time.monotonic()
        events = writing.write(
            options["matters"],
            seed=options["seed"],
            on=clock.today(),
            processes=options["processes"],
            say=lambda line: print(line, flush=True),
        )
        took = time.monotonic() - begun
        rate = options["matters"] / took * 60
        print(f"共{options['matters']}件、{events}条记录，{took:.0f}秒，每分钟{rate:.0f}件。")
