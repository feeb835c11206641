"""Use cases of identity: people and organs, the one session, the second proof."""

from zhifa.accounts.services.factors import (
    add_passkey,
    add_totp,
    clear_factors,
    make_codes,
    prove_by_code,
    prove_by_passkey,
    remove_factor,
)
from zhifa.accounts.services.people import (
    change_password,
    create_person,
    deactivate,
    reactivate,
    register_organ,
    register_unit,
    set_password,
)
from zhifa.accounts.services.sessions import (
    await_proof,
    awaited,
    client,
    fresh,
    keep_session,
    mark_proven,
    proven,
    sign_in,
    sign_out,
)
from zhifa.accounts.services.told import told

__all__ = [
    "add_passkey",
    "add_totp",
    "await_proof",
    "awaited",
    "change_password",
    "clear_factors",
    "client",
    "create_person",
    "deactivate",
    "fresh",
    "keep_session",
    "make_codes",
    "mark_proven",
    "prove_by_code",
    "prove_by_passkey",
    "proven",
    "reactivate",
    "register_organ",
    "register_unit",
    "remove_factor",
    "set_password",
    "sign_in",
    "sign_out",
    "told",
]
