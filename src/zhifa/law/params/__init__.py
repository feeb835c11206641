"""Dated values of law and place: rows with a source each, read as package data."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """Read ``params/<name>.yaml`` once. Callers shape it into frozen values and never change it."""
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def names(folder: str) -> tuple[str, ...]:
    """The parameter files under a folder, as names for ``load``, sorted."""
    found = files(__name__).joinpath(folder).iterdir()
    return tuple(sorted(f"{folder}/{f.name[:-5]}" for f in found if f.name.endswith(".yaml")))
