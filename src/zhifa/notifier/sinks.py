"""The port through which messages leave, and the file sink behind it.

A city that sends by SMS or work chat (企业微信) writes one class with one method and names it in
``ZHIFA_NOTIFY``; nothing else changes. See docs/notifications.md.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

OFF, FILE = "off", "file"


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: to whom, of what kind, on which legal day, in which words.

    ``id`` is the message's own and stays the same if it must be handed over again. The adapter
    finds the phone or chat account by ``username``; the house gives neither name nor number.
    """

    id: UUID
    username: str
    kind: str
    day: date
    text: str


class Sink(Protocol):
    """Where messages go."""

    def put(self, message: Message) -> None:
        """Hand one message over. Raise if it could not be: it is then tried again.

        After a crash the same id may come a second time. It must not be delivered twice: pass the
        id on as the gateway's idempotency key, or remember it.
        """


class FileSink:
    """One JSON file for each message, in a folder for each day; written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, message: Message) -> None:
        """Write the file unless it is there."""
        folder = self._folder / message.day.isoformat()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = folder / f"{message.id}.json"
        said = {k: str(v) for k, v in asdict(message).items()}
        fresh = folder / f".{message.id}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(kept)


def sink() -> Sink | None:
    """The sink that the settings name; None where messages are switched off."""
    return _made(settings.NOTIFY_SINK)


@cache
def _made(name: str) -> Sink | None:
    if name == OFF:
        return None
    if name == FILE:
        return FileSink(Path(settings.NOTIFY_DIR))
    module, _, factory = name.partition(":")
    made: Sink = getattr(import_module(module), factory)()
    return made
