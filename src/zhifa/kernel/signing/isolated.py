"""Checking a stranger's file in a process of its own, with little time and memory.

A PDF can be made so that reading it never ends or fills the memory. What the public uploads is
therefore read by a child that is ended when it takes too much; the portal stays up.

Run as a program, it reads the file on its standard input and answers in JSON.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from zhifa.kernel.signing.check import MAX_BYTES, screen, verify
from zhifa.kernel.signing.model import BadPdf, SealReport
from zhifa.kernel.signing.pades import key_folder

CPU_SECONDS = 8
WALL_SECONDS = 15
MEMORY = 1024 * 1024 * 1024
REFUSED = 3
_TIMES = ("signed_at", "timestamped_at")


def verify_upload(
    pdf: bytes, *, key_dir: Path | None = None, at: datetime | None = None, limit: int = MAX_BYTES
) -> SealReport:
    """As ``verify``, for a file that anyone may have made. Raises BadPdf, and never hangs."""
    screen(pdf, limit)
    command = [sys.executable, "-m", __name__, str(key_folder(key_dir))]
    try:
        done = subprocess.run(
            command if at is None else [*command, at.isoformat()],
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadPdf("文件无法在限定时间内读完，不能验证") from error
    if done.returncode == REFUSED:
        raise BadPdf(done.stdout.decode())
    if done.returncode != 0:
        raise BadPdf("文件无法在限定的时间和内存内读完，不能验证")
    found = json.loads(done.stdout)
    for name in _TIMES:
        found[name] = datetime.fromisoformat(found[name]) if found[name] else None
    return SealReport(**found)


def main(arguments: list[str]) -> int:
    """The child's work: limits first, then the file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    at = datetime.fromisoformat(arguments[1]) if len(arguments) > 1 else None
    try:
        report = asdict(verify(sys.stdin.buffer.read(), key_dir=Path(arguments[0]), at=at))
    except BadPdf as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        return REFUSED
    for name in _TIMES:
        report[name] = report[name].isoformat() if report[name] else None
    sys.stdout.buffer.write(json.dumps(report).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
