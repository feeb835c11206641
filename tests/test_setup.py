"""The ground that everything stands on: the server, its roles, the command."""

import pytest
from django.db import DatabaseError, connections


@pytest.mark.django_db
def test_the_app_cannot_shape_the_schema():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("zhifa_app",)
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("CREATE TABLE zhifa.mine (i int)")


@pytest.mark.django_db(databases=["portal"])
def test_the_portal_role_sees_only_its_own_schema_and_never_writes():
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_schemas(false)::text[]")
        assert cursor.fetchone() == ("zhifa_portal", ["portal"])
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("on",)
        with pytest.raises(DatabaseError, match="permission denied for schema zhifa"):
            cursor.execute("SELECT * FROM zhifa.accounts_person")


def test_a_fresh_database_keeps_what_was_committed(fresh_database):
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (fresh_database,)
        cursor.execute("INSERT INTO django_session VALUES ('k', 'v', now())")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        assert cursor.fetchall() == [("k",)]
