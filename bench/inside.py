"""A part of the bench that runs inside zhifa, on the database that the environment names."""

from __future__ import annotations

import dataclasses
import json
import sys


def main() -> None:
    """The part's result as one JSON line, the last."""
    part, *more = sys.argv[1:]
    if part == "history":
        from bench import history

        found: object = [dataclasses.asdict(c) for c in history.measure(int(more[0]))]
    elif part == "trips":
        from bench import trips

        found = trips.measure()
    else:
        from bench import pages

        found = [dataclasses.asdict(m) for m in pages.measure(int(more[0]))]
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
