"""The demonstration case on its way, played once for a module, and people at their desks."""

from tests.cases.conftest import at_desk, stage, story

__all__ = ["at_desk", "stage", "story"]
