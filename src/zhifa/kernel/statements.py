"""Statements that every act executes: the server plans them once per connection.

Django binds values on this side, so that the server parses and plans each statement anew; for the
handful of long ones on the way of an act that is a third of the server's work. `OPTIONS` in the
settings let a connection prepare what it has executed a few times; a connection pooler between
zhifa and PostgreSQL must then know prepared statements (PgBouncer does since 1.21).
"""

from __future__ import annotations

from typing import cast

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


def prepared() -> CursorWrapper:
    """A cursor of the current connection whose statements the server may keep prepared."""
    if connection.queries_logged:
        return connection.cursor()  # Django's own shows the values too
    connection.ensure_connection()
    raw = psycopg.Cursor(connection.connection)
    return connection.make_cursor(cast(CursorWrapper, raw))
