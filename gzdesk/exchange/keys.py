"""A unit's keys: made on its own PC, never sent; the public halves travel and are compared on the phone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from gzdesk.exchange.sealing import is_sealing_key, new_sealing_key, public_sealing_key
from gzdesk.exchange.signing import is_signing_key, new_signing_key, public_signing_key

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeys:
    """The public halves: `signing` in hex, `sealing` as age writes it."""

    signing: str
    sealing: str

    def are_wellformed(self) -> bool:
        """Whether both could be keys."""
        return is_signing_key(self.signing) and is_sealing_key(self.sealing)

    @property
    def fingerprint(self) -> str:
        """16 digits in groups of four, `4820 1173 0096 5518`, to read out on the phone."""
        text = f"gzdesk-fingerprint-1\n{self.signing}\n{self.sealing}\n"
        number = int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8], "big") % 10**16
        digits = f"{number:016d}"
        return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """The secret keys of this PC."""

    signing: str
    sealing: str

    @classmethod
    def generate(cls, random_bytes: Callable[[int], bytes]) -> Self:
        """Make new keys."""
        return cls(signing=new_signing_key(random_bytes(32)), sealing=new_sealing_key())

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The keys as the store keeps them."""
        return cls(signing=data["signing"], sealing=data["sealing"])

    def to_data(self) -> dict[str, str]:
        """The keys for the store."""
        return {"signing": self.signing, "sealing": self.sealing}

    def public(self) -> PublicKeys:
        """The public halves."""
        return PublicKeys(signing=public_signing_key(self.signing), sealing=public_sealing_key(self.sealing))


def join_proof(*, secret: str, unit: str, keys: PublicKeys) -> str:
    """Proof, in hex, that whoever holds these keys was given the join file's one-time secret (hex)."""
    text = f"gzdesk-join-1\n{unit}\n{keys.signing}\n{keys.sealing}\n"
    return hmac.new(bytes.fromhex(secret), text.encode("ascii"), hashlib.sha256).hexdigest()


def is_join_proof(proof: str, *, secret: str, unit: str, keys: PublicKeys) -> bool:
    """Whether the proof holds; compared in constant time."""
    return hmac.compare_digest(proof.encode(), join_proof(secret=secret, unit=unit, keys=keys).encode())
