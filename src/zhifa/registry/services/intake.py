"""Taking in what two administrators agreed on: units, people and posts of a file, idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhifa.accounts import services as accounts
from zhifa.accounts.models import Organ, Person
from zhifa.registry.events import AccountOpened
from zhifa.registry.models import Membership, Post
from zhifa.registry.register import changing
from zhifa.registry.services.officers import hold_post
from zhifa.registry.staffing import Line, duty_of, since_of


def take_in(*, agency: str, lines: Sequence[Line], on: date, by: UUID) -> None:
    """Bring units, people and posts up to the lines; what is there already stays as it is.

    People who are new have no password: the system administrator gives each of them one.
    """
    organ = Organ.objects.get(code=agency)
    with changing("accounts", agency=agency, by=by) as change:
        for line in lines:
            if line.unit and line.unit_name:
                accounts.register_unit(organ=organ, code=line.unit, name=line.unit_name)
            if not line.username:
                continue
            person = Person.objects.filter(username=line.username).first()
            if person is None:
                person = accounts.create_person(username=line.username, name=line.name, by=by)
                change.append(AccountOpened(person.id, agency), on=on)
            Membership.objects.get_or_create(person=person, organ=organ, defaults={"since": on})
            if line.duty and not _holds(person, agency, line):
                hold_post(
                    person_id=person.id, agency=agency, duty=duty_of(line), unit=line.unit,
                    title=line.title, basis=line.basis, valid_from=since_of(line, on), on=on,
                    by=by,
                )  # fmt: skip


def _holds(person: Person, agency: str, line: Line) -> bool:
    rows = Post.objects.filter(
        person=person, organ_id=agency, unit_code=line.unit, duty=duty_of(line).value
    )
    return rows.filter(valid_until__isnull=True).exists()
