"""Keys that this installation keeps: files under ``var/keys``, readable by their owner alone.

Each key file holds its key wrapped by the master key, so that a copied disk without the master key
opens nothing. The master key comes from the environment or a secret file, never from here.
"""

from __future__ import annotations

import os
import re
import secrets
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID
from django.conf import settings

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_ROOT_SUBJECT: Final = "智法演示账本"


class NoKey(RuntimeError):
    """A key is missing, or is not what its file's name says, or the master key is another."""


def folder() -> Path:
    """Where the key files lie."""
    chosen = getattr(settings, "KEY_DIR", None)
    return Path(chosen) if chosen else Path(settings.VAULT_DIR).parent / "keys"


def derived(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, derived from the master key."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"zhifa/{purpose}".encode()).derive(
        settings.ZHIFA_MASTER_KEY
    )


def wrapped(key: bytes, content: bytes, about: bytes) -> bytes:
    """Encrypt a small secret (AES-256-GCM); it opens only with the same key and ``about``."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unwrapped(key: bytes, content: bytes, about: bytes) -> bytes:
    """Decrypt what :func:`wrapped` gave. Raises ``cryptography.exceptions.InvalidTag``."""
    return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], about)


def vault_key(agency_code: str, secrecy: str) -> bytes:
    """The key that wraps the data keys of an agency's objects of one secrecy level."""
    return _kept(f"vault.{agency_code}.{secrecy}")


def root_key() -> ec.EllipticCurvePrivateKey:
    """The key (EC P-256) that signs the ledger's daily roots.

    In production it is put there by the administrator; a demonstration makes its own.
    """
    path = _path("ledger-root")
    if not path.exists():
        if settings.ZHIFA_MODE == "production":
            raise NoKey(f"the key that signs the ledger's roots is missing: {path}")
        made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write_once(path, _sealed_file("ledger-root", made))
    found = serialization.load_der_private_key(_opened_file("ledger-root"), password=None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise NoKey("the key that signs the ledger's roots is no elliptic curve key")
    return found


def root_certificate() -> str:
    """The certificate (PEM) of the key that signs the daily roots."""
    path = folder() / "ledger-root.pem"
    if not path.exists():
        _write_once(path, _certificate(root_key()))
    return path.read_text("ascii")


def key_id(certificate: str) -> str:
    """SHA-256 over the public point: what the portal prints and a verifier compares."""
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    point = public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return sha256(point).hexdigest()


def _certificate(key: ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _ROOT_SUBJECT)])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 12, 31, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM)


def _kept(name: str) -> bytes:
    """A random key by name, made when it is first asked for."""
    path = _path(name)
    if not path.exists():
        _write_once(path, _sealed_file(name, secrets.token_bytes(KEY_BYTES)))
    return _opened_file(name)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise NoKey(f"no key can be called {name!r}")
    return folder() / f"{name}.key"


def _sealed_file(name: str, content: bytes) -> bytes:
    return wrapped(derived("key-files"), content, name.encode())


def _opened_file(name: str) -> bytes:
    return _opened(_path(name), name, settings.ZHIFA_MASTER_KEY)


@cache
def _opened(path: Path, name: str, master: bytes) -> bytes:
    """A key file is written once, so what it holds is remembered."""
    try:
        return unwrapped(derived("key-files"), path.read_bytes(), name.encode())
    except Exception as error:
        raise NoKey(f"key file {path} does not open with this master key") from error


def _write_once(path: Path, content: bytes) -> None:
    """Complete or not at all; if another process was first, its key stands."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.parent / f".{path.name}.{secrets.token_hex(8)}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
