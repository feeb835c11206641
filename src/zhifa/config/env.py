"""Everything that the environment says, read once."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from zhifa.config import postgres
from zhifa.config.place import VAR


class Refused(RuntimeError):
    """The environment asks for something that must not run."""


def secret(name: str, *, production: bool) -> str:
    """``ZHIFA_<NAME>``, or the file ``ZHIFA_<NAME>_FILE`` names; else made once under ``var/``.

    Raises:
        Refused: in production a secret must be given.
    """
    variable = f"ZHIFA_{name.upper()}"
    if value := os.environ.get(variable):
        return value
    if path := os.environ.get(f"{variable}_FILE"):
        return Path(path).read_text().strip()
    if production:
        raise Refused(f"{variable} or {variable}_FILE must be set in production")
    kept = VAR / "secrets" / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            os.link(fresh, kept)  # the first one wins; a second process reads what it wrote
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


def _oidc() -> dict[str, str]:
    """The identity provider that ``ZHIFA_OIDC_ISSUER`` names, with the claim that maps people."""
    get = os.environ.get
    if not (issuer := get("ZHIFA_OIDC_ISSUER", "").rstrip("/")):
        return {}
    return {
        "issuer": issuer,
        "client_id": get("ZHIFA_OIDC_CLIENT_ID", ""),
        "client_secret": secret("oidc_client_secret", production=True),
        "claim": get("ZHIFA_OIDC_CLAIM", "preferred_username"),
        "name": get("ZHIFA_OIDC_NAME", "统一身份认证"),
    }


@dataclass(frozen=True)
class Env:
    """How this process was asked to run."""

    mode: str  # development, demo, production
    role: str  # the database role: app, or owner for migrations
    host: str
    port: str
    database: str
    password: dict[str, str]  # by role, where the server asks for one
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    https: bool
    pool: int
    secret_key: str
    master_key: str
    oidc: dict[str, str]
    fonts: tuple[Path, ...]
    notify: str  # off, file, or package.module:factory of a sink
    notify_quiet: str  # quiet hours, 20:00-08:00
    second_factor: bool  # whether heads, approvers, supervisors and administrators must have one

    @classmethod
    def read(cls) -> "Env":
        """From ``os.environ``."""
        get = os.environ.get
        mode = get("ZHIFA_MODE", "development")
        production = mode == "production"
        given = {k: str(v) for k, v in conninfo_to_dict(get("DATABASE_URL", "")).items()}
        password = given.get("password", "")
        roles = ("owner", "app", "portal", "read")
        own = [Path(p) for p in get("ZHIFA_FONTS", "").split(os.pathsep) if p]
        return cls(
            mode=mode,
            role=get("ZHIFA_ROLE", "app"),
            host=given.get("host") or str(postgres.place().socket),
            port=given.get("port", ""),
            database=get("ZHIFA_DATABASE") or given.get("dbname") or postgres.DATABASE,
            password={r: get(f"ZHIFA_{r.upper()}_PASSWORD") or password for r in roles},
            hosts=tuple(get("ZHIFA_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()),
            origins=tuple(get("ZHIFA_ORIGINS", "").split()),
            https=get("ZHIFA_HTTPS", "1" if production else "0") == "1",
            pool=int(get("ZHIFA_POOL", "8")),
            secret_key=secret("secret_key", production=production),
            master_key=secret("master_key", production=production),
            oidc=_oidc(),
            fonts=(*own, VAR / "fonts"),
            notify=get("ZHIFA_NOTIFY", "off" if production else "file"),
            notify_quiet=get("ZHIFA_NOTIFY_QUIET", "20:00-08:00"),
            second_factor=get("ZHIFA_SECOND_FACTOR", "1" if production else "0") == "1",
        )
