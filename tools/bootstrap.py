"""Set zhifa up from packages, with nothing but Python's standard library.

Run by ``make setup`` with the machine's own python3. A stamp after each part holds the digest of
what it was made from, so that a second run only looks. ``--browser`` adds what browser tests need.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
VAR = Path(os.environ.get("ZHIFA_VAR", ROOT / "var")).absolute()
STAMPS = VAR / "stamps"
FONTS = json.loads((ROOT / "tools" / "fonts.json").read_text())
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
"""What the machine trusts, where it says: an agency's network may have a root of its own."""

STARTED = time.monotonic()


def say(text: str) -> None:
    """One line of progress."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def run(*command: object, **more: object) -> None:
    """Run it, show what it says only if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, text=True, capture_output=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\nfailed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


def digest(*names: str) -> str:
    """Of these files, the interpreter, and the place."""
    seen = hashlib.sha256(f"{sys.version}{ROOT}{VAR}".encode())
    for name in names:
        seen.update((ROOT / name).read_bytes())
    return seen.hexdigest()


def once(part: str, now: str, made: Path, make: Callable[[], None]) -> None:
    """Make the part unless its stamp says that it was made from the same."""
    stamp = STAMPS / part
    if made.exists() and stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


# --- Python -------------------------------------------------------------------------------------


def python_packages() -> None:
    """The virtual environment, by hash; zhifa itself editable, so that a pull needs no set-up."""
    say("python: virtual environment and locked packages")
    if not (BIN / "python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(VENV)], text=True, capture_output=True, check=False
        )
        if made.returncode:
            sys.exit(f"{made.stdout}{made.stderr}\nzhifa needs Python 3.11 with venv: "
                     "install the package python3-venv")  # fmt: skip
    run(BIN / "pip", "install", "-q", "--require-hashes", "-r", "requirements-uv.lock")
    locks = ["requirements.lock", "requirements-statutes.lock", "requirements-uv.lock"]
    run(BIN / "uv", "pip", "sync", "-q", "--require-hashes", *locks)
    run(BIN / "uv", "pip", "install", "-q", "--offline", "--no-deps", "-e", ".")
    say("python: done")


# --- front-end files ----------------------------------------------------------------------------


def npm() -> list[str]:
    """The machine's npm, or the one in a wheel, in an environment of its own."""
    if found := shutil.which("npm"):
        return [found]
    own = ROOT / ".venv-node"
    if not (own / "bin" / "npm").exists():
        say("front-end: no npm on this machine; taking node from a package")
        run(sys.executable, "-m", "venv", own)
        run(
            own / "bin" / "pip", "install", "-q", "--require-hashes", "-r", "requirements-node.lock"
        )
    return [str(own / "bin" / "npm")]


def front_end() -> None:
    """What pages use of the packages goes to ``var/front``, which Django serves as ``vendor/``."""
    say("front-end: packages")
    command = npm()
    path = f"{Path(command[0]).parent}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    run(*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund",
        env={**os.environ, "PATH": path})  # fmt: skip
    modules, front = ROOT / "node_modules", VAR / "front"
    shutil.rmtree(front, ignore_errors=True)
    front.mkdir(parents=True)
    shutil.copy(modules / "htmx.org" / "dist" / "htmx.min.js", front)
    shutil.copy(modules / "axe-core" / "axe.min.js", front)
    # Icons stand inline in pages; among the served files they would be 5,000 addresses too many.
    shutil.rmtree(VAR / "icons", ignore_errors=True)
    shutil.copytree(modules / "@tabler" / "icons" / "icons" / "outline", VAR / "icons")
    shutil.rmtree(modules)
    say("front-end: done")


# --- fonts --------------------------------------------------------------------------------------


def fonts() -> None:
    """The fonts of documents, out of Debian's packages, without root, checked one by one."""
    say("fonts: packages")
    folder = VAR / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR) as made:
        work = Path(made)
        for sub in ("lists/partial", "cache/archives/partial", "deb"):
            (work / sub).mkdir(parents=True)
        options = [
            "-q", "-o", f"Dir::State::Lists={work}/lists", "-o", f"Dir::Cache={work}/cache",
            "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=",
        ]  # fmt: skip
        got = shutil.which("apt-get") is not None and not any(
            subprocess.run(
                ["apt-get", *options, *words], cwd=work / "deb", capture_output=True, check=False
            ).returncode
            for words in (["update"], ["download", *FONTS])
        )
        for package in (work / "deb").glob("*.deb"):
            run("dpkg", "-x", package, work / "tree")
        for name, wanted in {n: h for files in FONTS.values() for n, h in files.items()}.items():
            for file in (work / "tree").rglob(name):
                if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
                    sys.exit(f"fonts: {name} is not the file that was expected; not used")
                file.replace(folder / name)
    missing = [n for files in FONTS.values() for n in files if not (folder / n).exists()]
    if missing:
        why = "" if got else " (apt-get gave nothing; is the network there?)"
        say(f"fonts: NOT found{why}: {', '.join(missing)}. Documents fall back to other fonts and "
            "say so; run `make setup` again to retry.")  # fmt: skip
        raise Incomplete
    say("fonts: done")


class Incomplete(Exception):
    """A part that can be done without, and will be tried again."""


# --- the rest -----------------------------------------------------------------------------------


def browser() -> None:
    """Chromium and fonts for it: only root can install them."""
    if shutil.which("chromium"):
        return
    if os.getuid() != 0:
        say("browser: no Chromium; browser tests will be skipped. As root: "
            "apt-get install chromium fonts-noto-cjk")  # fmt: skip
        return
    say("browser: installing Chromium")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["update"],
        ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
    ):
        done = subprocess.run(
            ["apt-get", "-q", *words], env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode:
            say(f"browser: apt-get {words[0]} failed: {done.stderr.strip()[-300:]}")
            return


def side(part: str, now: str, made: Path, make: Callable[[], None]) -> None:
    """A part that runs beside the others; incomplete is said, not fatal."""
    with contextlib.suppress(Incomplete):
        once(part, now, made, make)


def main() -> None:
    """All parts; those that do not need each other at the same time."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's own python3 runs this
        sys.exit("zhifa needs Python 3.11 or newer")
    os.chdir(ROOT)
    if CERTIFICATES.exists():
        for variable in ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS"):
            os.environ.setdefault(variable, str(CERTIFICATES))
    VAR.mkdir(parents=True, exist_ok=True)
    locks = ["requirements.lock", "requirements-statutes.lock", "requirements-uv.lock"]
    jobs: list[tuple[str, str, Path, Callable[[], None]]] = [
        ("python", digest(*locks, "pyproject.toml"), BIN / "zhifa", python_packages),
        ("front", digest("package-lock.json", "requirements-node.lock"), VAR / "front", front_end),
        ("fonts", digest("tools/fonts.json"), VAR / "fonts", fonts),
    ]
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(side, *job) for job in jobs]:
            done.result()
    if "--browser" in sys.argv:
        browser()
    prepared = subprocess.run([str(BIN / "zhifa"), "prepare"], check=False)
    if prepared.returncode:
        sys.exit(prepared.returncode)


if __name__ == "__main__":
    main()
