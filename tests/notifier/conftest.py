"""The demonstration's case at its stations, played once for a module."""

from tests.journeys.conftest import _road, at

__all__ = ["_road", "at"]
