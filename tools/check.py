"""``make check``: everything that can be said of the code without running its journeys."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LONGEST = 500  # lines; past 400 a file asks to become a folder
LONGER = {"tools/verify_dossier.py": 700}  # a stranger takes this one file away and nothing else

PRODUCTION = {
    "ZHIFA_MODE": "production",
    "ZHIFA_SECRET_KEY": secrets.token_hex(32),
    "ZHIFA_MASTER_KEY": secrets.token_hex(32),
}

STEPS: list[tuple[str, list[str], dict[str, str]]] = [
    ("format", ["ruff", "format", "--check", "."], {}),
    ("lint", ["ruff", "check", "."], {}),
    ("import contracts", ["lint-imports"], {}),
    (
        "law",
        ["pytest", "-q", "-m", "not long", "--doctest-modules", "src/zhifa/law", "tests/law"],
        {},
    ),
    ("law citations", ["zhifa", "law", "check"], {}),
    ("types", ["mypy"], {}),
    ("migrations", ["zhifa", "makemigrations", "--check", "--dry-run"], {}),
    ("settings", ["zhifa", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def too_long() -> list[str]:
    """Tracked sources past the limit."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.html", "*.js", "*.css", "*.typ", "*.sql"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    lengths = {name: len((ROOT / name).read_bytes().splitlines()) for name in listed
               if "/migrations/" not in name and (ROOT / name).exists()}  # fmt: skip
    return [f"{name}: {lines} lines" for name, lines in lengths.items()
            if lines > LONGER.get(name, LONGEST)]  # fmt: skip


def main() -> int:
    """Run every step even after one fails; 1 if any did."""
    failed = []
    for name, words, more in STEPS:
        began = time.monotonic()
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]], cwd=ROOT, text=True, check=False,
            env={**os.environ, **more}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:18}{verdict:8}{time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    if long := too_long():
        failed.append("length")
        print("length            FAILED", *long, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
