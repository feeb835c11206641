"""Use cases of the registers."""
