"""Who made a file: Ed25519 signatures (RFC 8032) over the exact bytes of a manifest."""

from __future__ import annotations

import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(rb"[0-9a-f]{128}")

SIGNATURE_BYTES = 128
"""A signature is kept as lower-case hex: a text file that can be compared by eye."""


def new_signing_key(seed: bytes) -> str:
    """The secret signing key, in hex, that 32 random bytes stand for."""
    if len(seed) != 32:
        raise ValueError("a signing key is made of 32 random bytes")
    return seed.hex()


def public_signing_key(secret: str) -> str:
    """The public key of a secret one, in hex."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw().hex()


def sign(content: bytes, *, secret: str) -> bytes:
    """The signature over the content, as 128 hex digits."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(content).hex().encode("ascii")


def is_signed_by(content: bytes, signature: bytes, *, public: str) -> bool:
    """Whether the signature over the content was made with the secret key of `public`."""
    if _SIGNATURE.fullmatch(signature) is None or not is_signing_key(public):
        return False
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    try:
        key.verify(bytes.fromhex(signature.decode("ascii")), content)
    except InvalidSignature:
        return False
    return True


def is_signing_key(text: str) -> bool:
    """Whether a text has the form of a public signing key."""
    return _KEY.fullmatch(text) is not None
