"""``make lock``: write the lock files anew; no registry's address goes into any of them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
LOCKS = {
    "requirements-dev.in": ("requirements.lock",),
    "requirements-statutes.in": ("requirements-statutes.lock", "--no-deps"),
    "requirements-uv.in": ("requirements-uv.lock",),
    "requirements-node.in": ("requirements-node.lock",),
    "bench/requirements.in": ("bench/requirements.lock",),
}
NO_ADDRESSES = ["--omit-lockfile-registry-resolved=true"]

for source, (target, *more) in LOCKS.items():
    subprocess.run(
        [UV, "pip", "compile", "-q", "--python-version", "3.11", "--generate-hashes", "--no-header",
         "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *more, source,
         "-o", target, *sys.argv[1:]],
        cwd=ROOT, check=True,
    )  # fmt: skip
subprocess.run(
    ["npm", "install", "--package-lock-only", "--ignore-scripts", *NO_ADDRESSES],
    cwd=ROOT,
    check=True,
)
