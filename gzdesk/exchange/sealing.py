"""Who can read a file: age encryption (age-encryption.org/v1) to X25519 recipients, streamed.

age hides and detects changes but says nothing about who wrote it: the signature does that (signing.py). Never
a passphrase: deriving one takes 4-7 s on an old PC, a key 0.03 s.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO, Any

import pyrage
from pyrage import x25519

from gzdesk.exchange.refusal import Refused, broken, too_large


def new_sealing_key() -> str:
    """A new secret sealing key, as `AGE-SECRET-KEY-1...`; age draws its own random bytes."""
    return str(x25519.Identity.generate())


def public_sealing_key(secret: str) -> str:
    """The public key of a secret one, as `age1...`."""
    return str(x25519.Identity.from_str(secret).to_public())


def is_sealing_key(text: str) -> bool:
    """Whether a text is a public sealing key."""
    try:
        x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, ValueError):
        return False
    return True


def seal(plain: IO[bytes], sealed: IO[bytes], *, recipients: Iterable[str]) -> None:
    """Encrypt to all recipients. Faults of either file come out as OSError."""
    keys = [x25519.Recipient.from_str(key) for key in sorted(set(recipients))]
    source, target = _Remembering(plain), _Remembering(sealed)
    try:
        pyrage.encrypt_io(_as_file(source), _as_file(target), keys)
    except pyrage.EncryptError as error:
        raise source.fault or target.fault or error from error


def unseal(sealed: IO[bytes], plain: IO[bytes], *, secrets: Iterable[str], at_most: int) -> None:
    """Decrypt with one of one's own keys. Raises `Refused` when it is for another, changed, or too large."""
    source, target = _Remembering(sealed), _Remembering(plain, at_most=at_most)
    try:
        pyrage.decrypt_io(
            _as_file(source), _as_file(target), [x25519.Identity.from_str(secret) for secret in secrets]
        )
    except (pyrage.DecryptError, OSError, Refused) as error:
        raise source.fault or target.fault or broken(f"seal: {error}") from error


class _Remembering(io.RawIOBase):
    """Passes bytes through and keeps the fault: age reports every fault as its own, without its cause."""

    def __init__(self, file: IO[bytes], *, at_most: int | None = None) -> None:
        self._file = file
        self._left = at_most
        self.fault: OSError | Refused | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.fault = error
            raise

    def write(self, data: Any) -> int:
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                self.fault = too_large("unsealed payload")
                raise self.fault
        try:
            return self._file.write(data)
        except OSError as error:
            self.fault = error
            raise

    def flush(self) -> None:
        # age flushes before it is done; the owner of the file decides when bytes must reach the disk.
        return


def _as_file(file: _Remembering) -> Any:
    return file
