"""The demonstration's own authority, its seal keys and its time stamp key.

Made at set-up under ``var/keys``, readable by the owner alone, and named for what they are: nothing
sealed with them has legal effect. Dates of validity are fixed, so that no clock is read.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhifa.kernel.signing.model import SealIdentity

FROM = datetime(2019, 1, 1, tzinfo=UTC)
UNTIL = datetime(2049, 12, 31, tzinfo=UTC)
AUTHORITY = "智法演示根证书（不具有法律效力）"
TIME_STAMPER = "智法演示时间戳（不具有法律效力）"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Made = tuple[PrivateKey, x509.Certificate]


@dataclass(frozen=True)
class KeyPair:
    """A certificate and its key, in the form that the signing library takes."""

    certificate: asn1_x509.Certificate
    key: asn1_keys.PrivateKeyInfo


def ensure_demo_keys(folder: Path) -> None:
    """Make the authority and the time stamper where they are missing. Safe to call again."""
    time_stamper(folder)


def trust_roots(folder: Path) -> list[asn1_x509.Certificate]:
    """The authorities whose seals are believed: every ``*-ca.cert.pem`` in the folder."""
    return [_certificate(path) for path in sorted(folder.glob("*-ca.cert.pem"))]


def authority(folder: Path) -> KeyPair:
    """The demonstration's root, made when first asked for."""
    return _kept(folder, "demo-ca", _root)


def time_stamper(folder: Path) -> KeyPair:
    """The local time stamper (RSA: the only algorithm that the library's stand-in has)."""
    authority(folder)
    return _kept(
        folder,
        "demo-tsa",
        lambda: _issued(folder, TIME_STAMPER, rsa.generate_private_key(65537, 2048), stamps=True),
    )


def seal_pair(folder: Path, identity: SealIdentity) -> KeyPair:
    """The seal key of an agency, made when first asked for; a change of name makes a new one."""
    authority(folder)
    mark = sha256(f"{identity.agency_code}\n{identity.agency}".encode()).hexdigest()[:12]
    return _kept(
        folder,
        f"demo-seal-{mark}",
        lambda: _issued(
            folder, identity.agency, ec.generate_private_key(ec.SECP256R1()), identity.agency_code
        ),
    )


def _root() -> Made:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(AUTHORITY)
    usage = _usage(key_cert_sign=True, crl_sign=True)
    certificate = (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _issued(
    folder: Path, name: str, key: PrivateKey, serial: str = "", *, stamps: bool = False
) -> Made:
    issuer = x509.load_pem_x509_certificate((folder / "demo-ca.cert.pem").read_bytes())
    issuer_key = serialization.load_pem_private_key(
        (folder / "demo-ca.key.pem").read_bytes(), password=None
    )
    assert isinstance(issuer_key, ec.EllipticCurvePrivateKey)
    builder = (
        _builder(_name(name, serial), issuer.subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return key, builder.sign(issuer_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(name: str, serial: str = "") -> x509.Name:
    """The full name stands as the organisation; a common name holds 64 bytes, 21 characters."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "智法演示"),
        x509.NameAttribute(NameOID.COMMON_NAME, name[:21]),
    ]
    if serial:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(parts)


def _usage(**on: bool) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: on.get(name, False) for name in every})


def _kept(folder: Path, name: str, make: Callable[[], Made]) -> KeyPair:
    """Read the pair, or make it under a lock: of several makers at a time one makes it."""
    key_path, certificate_path = folder / f"{name}.key.pem", folder / f"{name}.cert.pem"
    if not (key_path.exists() and certificate_path.exists()):
        with _locked(folder):
            if not (key_path.exists() and certificate_path.exists()):
                key, certificate = make()
                pem = key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
                _write(key_path, pem)
                _write(certificate_path, certificate.public_bytes(serialization.Encoding.PEM))
    return KeyPair(certificate=_certificate(certificate_path), key=_private(key_path))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(folder / ".lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _certificate(path: Path) -> asn1_x509.Certificate:
    found = x509.load_pem_x509_certificate(path.read_bytes())
    return asn1_x509.Certificate.load(found.public_bytes(serialization.Encoding.DER))


def _private(path: Path) -> asn1_keys.PrivateKeyInfo:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    return asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
