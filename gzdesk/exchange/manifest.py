"""The manifest: what a package says about itself in the open. It holds no personal data.

Its bytes are canonical JSON; the signature is over exactly these bytes, and their SHA-256 names the package.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from gzdesk.exchange.refusal import broken, newer, not_ours

PACKAGE_FORMAT, JOIN_FORMAT = "gzdesk-package", "gzdesk-join"
VERSION = 1
ABILITIES = ("gzp.1",)
"""What this program can read, told to the other side in every package so that it may use newer ways later."""

UnitId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_.-]{0,63}\Z")]
Writer = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
MonthText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Short = Annotated[str, Meta(max_length=64)]


class ChainTip(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The last revision of a writer's chain that the sender holds without a hole from the first one."""

    writer: Writer
    seq: Number
    id: Hash


Tips = Annotated[dict[UnitId, Annotated[tuple[ChainTip, ...], Meta(max_length=5000)]], Meta(max_length=1000)]


class Counts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the payload holds."""

    attachments: Count
    revisions: Count


class Blob(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The member beside the manifest that the signature covers through its hash."""

    sha256: Hash
    size_bytes: Count


class Introduction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit's public keys with proof that it was given the join file; in each package until answered."""

    proof: Hash
    sealing: Short
    signing: Hash


class PackageManifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a package is. The meaning of each field is told in docs/package-format.md."""

    abilities: Annotated[tuple[Short, ...], Meta(max_length=50)]
    authority: Hash
    counts: Counts
    format: str
    introduction: Introduction | None
    made_on: Day
    months: Annotated[tuple[MonthText, ...], Meta(max_length=600)]
    number: Number
    part: Number
    parts: Number
    payload: Blob
    program: Short
    receiver: UnitId
    scopes: Annotated[tuple[UnitId, ...], Meta(max_length=1000)]
    sender: UnitId
    signer: Hash
    tips: Tips
    version: int
    wants: Annotated[tuple[Hash, ...], Meta(max_length=20_000)]
    writer: Writer


class UnitEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit of the list that a join file brings."""

    code: Short | None
    id: UnitId
    kind: Short
    name: Short
    name_en: Annotated[str, Meta(max_length=200)]
    short: Short


class JoinManifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a join file is: who may join whom, and with which one-time secret."""

    abilities: Annotated[tuple[Short, ...], Meta(max_length=50)]
    content: Blob
    counts: Counts
    format: str
    made_on: Day
    program: Short
    scopes: Annotated[tuple[UnitId, ...], Meta(max_length=1000)]
    sealing: Short
    secret: Hash
    signing: Hash
    tips: Tips
    town: UnitEntry
    unit: UnitId
    units: Annotated[tuple[UnitEntry, ...], Meta(max_length=2000)]
    version: int
    writer: Writer


Manifest = TypeVar("Manifest", PackageManifest, JoinManifest)

_encoder = msgspec.json.Encoder(order="sorted")


class _Kind(Struct):
    format: str
    version: int


def write_manifest(manifest: PackageManifest | JoinManifest) -> bytes:
    """The canonical bytes of a manifest."""
    return _encoder.encode(manifest)


def manifest_id(content: bytes) -> str:
    """The SHA-256, in hex, by which a package is known again."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(content: bytes, kind: type[Manifest], *, expected_format: str) -> Manifest:
    """Read a manifest strictly. Raises `Refused`: something else, a newer format, or not what was written."""
    try:
        seen = msgspec.json.decode(content, type=_Kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise broken(f"manifest: {error}") from error
    if seen.format != expected_format:
        raise not_ours(f"format {seen.format[:40]!r}")
    if seen.version > VERSION:
        raise newer(seen.version)
    try:
        manifest = msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise broken(f"manifest: {error}") from error
    if manifest.version != VERSION or _encoder.encode(manifest) != content:
        raise broken("manifest: not canonical")
    return manifest
