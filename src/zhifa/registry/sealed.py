"""The sealed columns of parties: which field each is bound to, and its blind index."""

from typing import Final

from zhifa.kernel import fieldcrypt

PAPER: Final = "party.paper"
PHONE: Final = "party.phone"
ADDRESS: Final = "party.address"


def index(value: str, field: str) -> str:
    """The blind index of a value, empty for none."""
    return fieldcrypt.blind_index(value, field=field) if value else ""


def opened(sealed: str, field: str) -> str:
    """The value of a sealed column, empty for none."""
    return fieldcrypt.open_text(sealed, field=field) if sealed else ""
