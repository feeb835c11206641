"""The statute library, loaded once for this folder's tests."""

from datetime import date

import pytest

from zhifa.registry.services import library

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="package")
def _library(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        library.import_packaged()


@pytest.fixture
def statutes_loaded(_library, db):
    """The packaged statutes stand in the library."""
