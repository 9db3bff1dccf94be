"""Keys: signatures, seals, the number for the phone, and the proof of a join file."""

from __future__ import annotations

import io

import pytest

from gzdesk.exchange.keys import OwnKeys, PublicKeys, is_join_proof, join_proof
from gzdesk.exchange.refusal import Refused
from gzdesk.exchange.sealing import is_sealing_key, seal, unseal
from gzdesk.exchange.signing import is_signed_by, new_signing_key, sign
from tests.exchange.making import new_keys

ONE, TWO = new_keys(), new_keys()


def test_a_signature_holds_for_its_bytes_and_its_key_only() -> None:
    signature = sign(b"manifest", secret=ONE.signing)
    public = ONE.public().signing
    assert is_signed_by(b"manifest", signature, public=public)
    assert not is_signed_by(b"Manifest", signature, public=public)
    assert not is_signed_by(b"manifest", signature, public=TWO.public().signing)
    assert not is_signed_by(b"manifest", signature.upper(), public=public)
    assert not is_signed_by(b"manifest", signature[:-2], public=public)
    assert not is_signed_by(b"manifest", signature, public="not a key")


def test_a_signing_key_needs_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        new_signing_key(b"short")


def test_only_a_recipient_opens_a_seal() -> None:
    sealed = io.BytesIO()
    seal(io.BytesIO(b"payload"), sealed, recipients=[ONE.public().sealing, ONE.public().sealing])
    plain = io.BytesIO()
    unseal(io.BytesIO(sealed.getvalue()), plain, secrets=[TWO.sealing, ONE.sealing], at_most=7)
    assert plain.getvalue() == b"payload"
    with pytest.raises(Refused) as caught:
        unseal(io.BytesIO(sealed.getvalue()), io.BytesIO(), secrets=[TWO.sealing], at_most=7)
    assert caught.value.code == "package_broken"
    with pytest.raises(Refused) as caught:
        unseal(io.BytesIO(sealed.getvalue()), io.BytesIO(), secrets=[ONE.sealing], at_most=6)
    assert caught.value.code == "package_too_large"


class _Failing(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise OSError(5, "planned")

    def write(self, data: object) -> int:
        raise OSError(28, "planned")


def test_a_fault_of_the_disk_comes_out_as_itself() -> None:
    with pytest.raises(OSError, match="planned") as caught:
        seal(_Failing(), io.BytesIO(), recipients=[ONE.public().sealing])
    assert caught.value.errno == 5
    sealed = io.BytesIO()
    seal(io.BytesIO(b"payload"), sealed, recipients=[ONE.public().sealing])
    with pytest.raises(OSError, match="planned") as caught:
        seal(io.BytesIO(b"x" * 200_000), _Failing(), recipients=[ONE.public().sealing])
    assert caught.value.errno == 28
    with pytest.raises(OSError, match="planned") as caught:
        unseal(io.BytesIO(sealed.getvalue()), _Failing(), secrets=[ONE.sealing], at_most=100)
    assert caught.value.errno == 28


def test_the_number_for_the_phone_is_sixteen_digits() -> None:
    number = ONE.public().fingerprint
    assert [len(group) for group in number.split(" ")] == [4, 4, 4, 4]
    assert number.replace(" ", "").isdecimal()
    assert number != TWO.public().fingerprint


def test_a_proof_holds_for_its_secret_unit_and_keys_only() -> None:
    secret, other = "a" * 64, "b" * 64
    keys = ONE.public()
    proof = join_proof(secret=secret, unit="gusi", keys=keys)
    assert is_join_proof(proof, secret=secret, unit="gusi", keys=keys)
    assert not is_join_proof(proof, secret=other, unit="gusi", keys=keys)
    assert not is_join_proof(proof, secret=secret, unit="gusan", keys=keys)
    assert not is_join_proof(proof, secret=secret, unit="gusi", keys=TWO.public())
    assert not is_join_proof("证", secret=secret, unit="gusi", keys=keys)


def test_wellformed_keys() -> None:
    assert ONE.public().are_wellformed()
    assert not PublicKeys(signing="x", sealing=ONE.public().sealing).are_wellformed()
    assert not PublicKeys(signing=ONE.public().signing, sealing="age1x").are_wellformed()
    assert not is_sealing_key(ONE.sealing)


def test_keys_come_back_from_the_store() -> None:
    assert OwnKeys.from_data(ONE.to_data()) == ONE
