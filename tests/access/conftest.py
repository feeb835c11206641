"""The demonstration's case, played to its end; everybody who could ask for a page."""

from tests.journeys.conftest import city, played_until

__all__ = ["city", "played_until"]
