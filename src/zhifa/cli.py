"""The ``zhifa`` command: the law room's words without Django, the rest with a database behind."""

import os
import sys

OWNER_WORDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "squashmigrations"}
"""Said by the owner of the schema, not by the app."""

LAW_WORDS = {"term", "law"}
"""Answered by the law room alone: no framework, no database."""

PLAIN_WORDS = {"check", "collectstatic", "compilemessages", "help", "--help", "version"}
"""Answered without a database."""


def main() -> None:
    """Entry point of the console command; ends the process with the word's exit status."""
    word = sys.argv[1] if len(sys.argv) > 1 else "help"
    if word in LAW_WORDS:
        from zhifa.law.cli import main as law
        from zhifa.registry.packaged import PackagedLibrary

        sys.exit(law(sys.argv[1:], PackagedLibrary.open))
    if word == "db":
        from zhifa.config.database import main as database

        sys.exit(database(sys.argv[2:]))
    if word in {"backup", "restore"}:
        from zhifa.config.backup import main as backup

        sys.exit(backup(word, sys.argv[2:]))
    if word == "prepare":
        from zhifa.config.prepare import main as prepare

        sys.exit(prepare())
    if word == "serve":
        from zhifa.config.serve import main as serve

        sys.exit(serve(sys.argv[2:]))
    if word == "worker":
        sys.argv[1:2] = ["procrastinate", "worker"]
    if word == "demo":
        os.environ.setdefault("ZHIFA_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")
    if word in OWNER_WORDS:
        os.environ.setdefault("ZHIFA_ROLE", "owner")
    from django.core.management import execute_from_command_line

    if word in PLAIN_WORDS or "--help" in sys.argv:
        execute_from_command_line(["zhifa", *sys.argv[1:]])
        return
    from zhifa.config import postgres

    with postgres.lease(os.environ.get("ZHIFA_DATABASE", postgres.DATABASE)):
        execute_from_command_line(["zhifa", *sys.argv[1:]])
