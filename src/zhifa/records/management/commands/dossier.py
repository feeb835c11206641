"""``zhifa dossier``: write the dossier of a case into a file, or check what is kept of it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhifa.kernel import clock
from zhifa.kernel.errors import Refused
from zhifa.procedure import selectors as matters
from zhifa.records import selectors, services


class Command(BaseCommand):
    """导出可离线核验的案卷，或者核对案卷与账本是否一致。"""

    help = "export the dossier of a case, or check its files against the ledger"

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        export = words.add_parser("export", help="write a dossier that can be checked offline")
        export.add_argument("case", help="a case, filing or decision number, or a matter's id")
        export.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.zip")
        check = words.add_parser(
            "check", help="compare what is kept with the ledger; 1 if it differs"
        )
        check.add_argument("case", help="a case, filing or decision number, or a matter's id")
        check.add_argument(
            "--set-again", action="store_true", help="set every document anew and compare the bytes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['word']}")(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _export(self, options: dict[str, Any]) -> None:
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise CommandError(f"没有文件夹 {out.parent}。")
        matter_id = selectors.matter_of(options["case"])
        services.export_dossier(matter_id, out)
        size = out.stat().st_size
        self.stdout.write(f"{out} {size} 字节\n核验：python3 tools/verify_dossier.py {out}")

    def _check(self, options: dict[str, Any]) -> None:
        matter_id = selectors.matter_of(options["case"])
        standing = matters.standing(matters.matter(matter_id), clock.today())
        found = services.faults_of(matter_id, standing, set_again=options["set_again"])
        if found:
            raise CommandError("\n".join(found), returncode=1)
        self.stdout.write("案卷与账本记载一致。")
