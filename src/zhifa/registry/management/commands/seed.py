"""``zhifa seed``: the statute library and the registers, as far as they are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhifa.kernel import clock
from zhifa.registry import seeding
from zhifa.registry.services import library
from zhifa.registry.sources import NoSource


class Command(BaseCommand):
    """资源库初始数据。"""

    requires_system_checks = ()
    help = "载入法规库和资源库初始数据；重复执行只补缺少的部分"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing and say what was."""
        try:
            loaded = library.import_packaged()
        except NoSource as error:
            raise CommandError(str(error)) from error
        state = "已是最新" if loaded.unchanged else f"{loaded.statutes}个版本"
        print(f"法规库：{state}，{loaded.articles}条", flush=True)
        seeding.seed(on=clock.today(), say=lambda line: print(line, flush=True))
