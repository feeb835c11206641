"""Seals: put on by whoever holds them, checked by whoever asks."""

from zhifa.kernel.signing.check import verify
from zhifa.kernel.signing.isolated import verify_upload
from zhifa.kernel.signing.keys import ensure_demo_keys
from zhifa.kernel.signing.model import (
    AlreadySealed,
    BadPdf,
    NoSealPlace,
    SealError,
    SealIdentity,
    SealPlace,
    SealReport,
    Signer,
)
from zhifa.kernel.signing.pades import DemoSigner

__all__ = [
    "AlreadySealed",
    "BadPdf",
    "DemoSigner",
    "NoSealPlace",
    "SealError",
    "SealIdentity",
    "SealPlace",
    "SealReport",
    "Signer",
    "ensure_demo_keys",
    "verify",
    "verify_upload",
]
