"""How the house says no: a sentence for the person, a code for the machine, and the article.

::

    Refused
    ├── NotPermitted   403   this person may not do it
    ├── NotFound       404   there is no such thing, or none that this person may see
    ├── WrongStep      409   not at this stage
    │   └── Stale      409   it moved while you were reading
    ├── AgainstLaw     422   an article forbids it
    └── BadInput       422   a field cannot be read as what it should be

Anything else that is raised is a defect, and is treated as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhifa.law.cite import Cite


class Refused(Exception):
    """What was asked is not done, and nothing has changed.

    ``message`` is one Chinese sentence: what is refused, and why. ``remedy`` says what to do
    instead; ``remedy_step`` names the step that would do it, so that a page can link to it.
    ``cites`` are the articles that the refusal rests on. ``code`` is stable and meant for machines.
    """

    status: ClassVar[int] = 409
    default_code: ClassVar[str] = "refused"

    def __init__(
        self,
        message: str,
        *,
        cites: Sequence[Cite] = (),
        remedy: str = "",
        remedy_step: str | None = None,
        code: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.cites: tuple[Cite, ...] = tuple(cites)
        self.remedy = remedy
        self.remedy_step = remedy_step
        self.code = code or self.default_code
        self.field = field

    def __str__(self) -> str:
        return self.message


class NotPermitted(Refused):
    """This person may not do it: duty, qualification, separation or scope is missing."""

    status = 403
    default_code = "not-permitted"


class NotFound(Refused):
    """There is no such thing, or none that this person may see; the two are not told apart."""

    status = 404
    default_code = "not-found"


class WrongStep(Refused):
    """The matter does not stand where this step may be taken."""

    status = 409
    default_code = "wrong-step"


class Stale(WrongStep):
    """The matter moved since the actor looked; ``changes`` says in Chinese what happened since."""

    default_code = "stale"

    def __init__(
        self,
        message: str,
        *,
        changes: Sequence[str],
        cites: Sequence[Cite] = (),
        remedy: str = "",
        remedy_step: str | None = None,
        code: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(
            message,
            cites=cites,
            remedy=remedy,
            remedy_step=remedy_step,
            code=code,
            field=field,
        )
        self.changes: tuple[str, ...] = tuple(changes)


class AgainstLaw(Refused):
    """An article forbids it. ``cites`` is never empty: a refusal in law's name shows the law."""

    status = 422
    default_code = "against-law"

    def __init__(
        self,
        message: str,
        *,
        cites: Sequence[Cite],
        remedy: str = "",
        remedy_step: str | None = None,
        code: str | None = None,
        field: str | None = None,
    ) -> None:
        if not cites:
            raise ValueError("AgainstLaw must cite the article that forbids")
        super().__init__(
            message,
            cites=cites,
            remedy=remedy,
            remedy_step=remedy_step,
            code=code,
            field=field,
        )


class BadInput(Refused):
    """A value cannot be read as what its field should hold; ``field`` names it."""

    status = 422
    default_code = "bad-input"

    def __init__(
        self,
        message: str,
        *,
        field: str,
        cites: Sequence[Cite] = (),
        remedy: str = "",
        remedy_step: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(
            message,
            cites=cites,
            remedy=remedy,
            remedy_step=remedy_step,
            code=code,
            field=field,
        )
