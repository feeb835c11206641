"""The procedures that run, by code and version: where matters find their law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from zhifa.kernel.errors import NotFound
from zhifa.law.procedure import Procedure
from zhifa.law.procedures import ALL

_by_code: dict[str, Procedure] = {p.code: p for p in ALL}


def get(code: str) -> Procedure:
    """The procedure of a code. Raises `NotFound`."""
    try:
        return _by_code[code]
    except KeyError:
        raise NotFound(f"没有名为“{code}”的程序。", code="no-such-procedure") from None


def all_procedures() -> Mapping[str, Procedure]:
    """Every procedure that runs."""
    return dict(_by_code)


@contextmanager
def lent(*procedures: Procedure) -> Iterator[None]:
    """For tests and benchmarks: further procedures for a while."""
    for p in procedures:
        if p.code in _by_code:
            raise ValueError(f"procedure {p.code} runs already")
        _by_code[p.code] = p
    try:
        yield
    finally:
        for p in procedures:
            del _by_code[p.code]
