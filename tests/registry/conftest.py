"""This folder's tests find the registers filled."""

from tests.registry.seeded import fresh_seeded_database, seeded, seeded_database, seeded_template

__all__ = ["fresh_seeded_database", "seeded", "seeded_database", "seeded_template"]
