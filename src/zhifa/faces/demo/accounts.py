"""The demonstration's accounts: made-up people with passwords that are made here."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from zhifa.accounts.models import Person
from zhifa.accounts.services import set_password
from zhifa.faces.demo.cast import BODY, PARTS
from zhifa.kernel.ids import ALPHABET
from zhifa.law.actor import Duty
from zhifa.registry.models import Post

ALSO = (
    "yc-supervisor",
    "yc-review-head",
    "yc-hearing-chair",
    "yc-sysadmin",
    "yc-secadmin",
    "yc-auditor",
    "ya-officer1",
    "ya-review-head",
    "ya-agency-head1",
    "sy-officer1",
    "sy-legal-reviewer",
    "sy-agency-head1",
)


def prepare(path: Path) -> list[dict[str, str]]:
    """Give the accounts passwords, once; they stand in a file that its owner alone can read."""
    if path.exists():
        kept: list[dict[str, str]] = json.loads(path.read_text("utf-8"))
        if _still_true(kept):
            return kept
    names = (*PARTS.values(), *BODY.values(), *ALSO)
    people = {p.username: p for p in Person.objects.filter(username__in=names)}
    posts = {
        p.person_id: p for p in Post.objects.filter(person__in=people.values()).order_by("duty")
    }
    accounts = []
    for name in names:
        person = people[name]
        password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        set_password(person=person, password=password)
        post = posts[person.id]
        accounts.append(
            {
                "username": name,
                "password": password,
                "name": person.name,
                "duty": Duty(post.duty).label,
                "title": post.title,
            }
        )
    _write(path, accounts)
    return accounts


def _still_true(kept: list[dict[str, str]]) -> bool:
    """Whether the first account's password opens the database that is there now."""
    person = Person.objects.filter(username=kept[0]["username"]).first() if kept else None
    return person is not None and person.check_password(kept[0]["password"])


def _write(path: Path, accounts: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(accounts, out, ensure_ascii=False, indent=1)
