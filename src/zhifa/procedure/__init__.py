"""Matters, their standing and running terms, and perform, the one door."""
