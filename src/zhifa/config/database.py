"""``zhifa db``: the database server by hand."""

import sys

from zhifa.config import postgres

USAGE = """zhifa db start    start the server and let it stay
zhifa db stop     stop it
zhifa db status   say whether it answers, and where
zhifa db reset    drop this installation's database; `make setup` makes it anew
zhifa db psql     the command to talk to it"""


def main(arguments: list[str]) -> int:
    """Exit status 0 if done, 1 if the server does not answer, 2 if misunderstood."""
    here = postgres.place()
    stay = here.base / "pg.stay"
    match arguments:
        case ["start"]:
            postgres.ensure_running()
            stay.touch()
        case ["stop"]:
            stay.unlink(missing_ok=True)
            postgres.stop()
        case ["reset"]:
            with postgres.lease():
                postgres.drop_database(postgres.DATABASE)
        case ["status"]:
            up = postgres.answers()
            print(f"{'up' if up else 'down'}: data {here.data}, socket {here.socket}")
            return 0 if up else 1
        case ["psql"]:
            print(f"{postgres.binaries() / 'psql'} -h {here.socket} -U zhifa_app zhifa")
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0
