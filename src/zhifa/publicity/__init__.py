"""Disclosure to the public."""
