"""Package files `*.gzp`: building them part by part, and opening one step by step.

Opening goes: layout and limits, manifest, signature (`open_package`); the caller decides whether it is for us
and whether the signer is trusted; only then the payload is hashed and unsealed (`unseal_payload`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from gzdesk.exchange import disk
from gzdesk.exchange.container import ContainerReader, ContainerWriter, Limits, first_member
from gzdesk.exchange.limits import MANIFEST_BYTES, PART_BYTES, PartLimits
from gzdesk.exchange.manifest import (
    PACKAGE_FORMAT,
    VERSION,
    Blob,
    Counts,
    PackageManifest,
    manifest_id,
    read_manifest,
    write_manifest,
)
from gzdesk.exchange.payload import Payload, PayloadWriter, scratch_file
from gzdesk.exchange.refusal import Refused, broken, unreadable
from gzdesk.exchange.sealing import seal, unseal
from gzdesk.exchange.signing import SIGNATURE_BYTES, is_signed_by, sign

SUFFIX = ".gzp"
MANIFEST, SIGNATURE, PAYLOAD = "manifest.json", "manifest.sig", "payload.age"
_STEP = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPart:
    """A finished file: what it says of itself, its SHA-256 and its size."""

    path: Path
    manifest: PackageManifest
    id: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    file: IO[bytes]
    blob: Blob
    counts: Counts


class PackageBuilder:
    """Takes all revisions, then all attachments, and makes as many parts as they need.

    Each part can be imported alone: the first ones hold the revisions, so that a lost later part costs only
    photos, which the receiver asks for again.
    """

    def __init__(self, *, folder: Path, recipients: Iterable[str], limits: PartLimits | None = None) -> None:
        self._folder = folder
        self._recipients = tuple(recipients)
        self._limits = limits or PartLimits()
        self._sealed: list[_Sealed] = []
        self._part = PayloadWriter(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._part.discard()
        for sealed in self._sealed:
            sealed.file.close()

    def add_line(self, line: str) -> None:
        """Add a revision's line."""
        if (
            self._part.revisions_bytes > self._limits.revisions_bytes
            or self._part.size_bytes > self._limits.bytes - self._limits.bytes // 8
        ):
            self._next_part()
        self._part.add_line(line)

    def add_attachment(self, sha256: str, content: bytes) -> None:
        """Add an attachment; no line may follow."""
        self._part.end_lines()
        full = self._part.size_bytes + len(content) > self._limits.bytes
        held = self._part.revisions + self._part.attachments
        if (full and held) or self._part.attachments >= self._limits.attachments:
            self._next_part()
            self._part.end_lines()
        self._part.add_attachment(sha256, content)

    def finish(
        self, *, name: Callable[[int, int], str], secret: str, **manifest: Any
    ) -> tuple[BuiltPart, ...]:
        """Write the files; each appears under its name only when it is whole.

        `name` gives the file name of part m of n; `manifest` takes the fields that all parts share.
        """
        self._seal_part()
        parts = len(self._sealed)
        built: list[BuiltPart] = []
        for part, sealed in enumerate(self._sealed, 1):
            described = PackageManifest(
                format=PACKAGE_FORMAT,
                version=VERSION,
                part=part,
                parts=parts,
                payload=sealed.blob,
                counts=sealed.counts,
                **manifest,
            )
            built.append(self._write(described, sealed.file, name=name(part, parts), secret=secret))
        return tuple(built)

    def _write(self, manifest: PackageManifest, sealed: IO[bytes], *, name: str, secret: str) -> BuiltPart:
        path = self._folder / name
        content = write_manifest(manifest)
        sha256, size = write_signed(path, content, secret=secret, name=PAYLOAD, beside=sealed)
        return BuiltPart(
            path=path, manifest=manifest, id=manifest_id(content), sha256=sha256, size_bytes=size
        )

    def _next_part(self) -> None:
        self._seal_part()
        self._part = PayloadWriter(self._folder)

    def _seal_part(self) -> None:
        plain = self._part.close()
        sealed = scratch_file(self._folder)
        counts = Counts(revisions=self._part.revisions, attachments=self._part.attachments)
        try:
            seal(plain, sealed, recipients=self._recipients)
            sealed.seek(0)
            sha256, size = disk.sha256_of(sealed)
        except BaseException:
            sealed.close()
            raise
        finally:
            self._part.discard()
        self._sealed.append(_Sealed(file=sealed, blob=Blob(sha256=sha256, size_bytes=size), counts=counts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A package whose layout, manifest and signature are sound; whether to trust the signer is still open."""

    manifest: PackageManifest
    id: str
    file: IO[bytes]
    container: ContainerReader

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def open_package(path: Path) -> Envelope:
    """Open a package as far as it can be read without a key. Raises `Refused`."""
    try:
        file = disk.open_file(path, "rb")
    except OSError as error:
        raise unreadable(f"{error.strerror}") from error
    try:
        container, content = open_signed(file, beside=PAYLOAD)
        manifest = read_manifest(content, PackageManifest, expected_format=PACKAGE_FORMAT)
        require_signature(container, content, public=manifest.signer)
        size = container.members[PAYLOAD].file_size
        if manifest.part > manifest.parts or size != manifest.payload.size_bytes:
            raise broken("manifest: parts or length")
    except OSError as error:
        file.close()
        raise unreadable(f"{error.strerror}") from error
    except BaseException:
        file.close()
        raise
    return Envelope(manifest=manifest, id=manifest_id(content), file=file, container=container)


def unseal_payload(envelope: Envelope, *, secrets: Iterable[str], folder: Path | None) -> Payload:
    """Hash the payload, unseal it with one of our secret keys, and check its layout. Raises `Refused`."""
    manifest = envelope.manifest
    sealed = scratch_file(folder)
    plain = scratch_file(folder)
    try:
        with sealed:
            digest = hashlib.sha256()
            for chunk in envelope.container.chunks(PAYLOAD):
                digest.update(chunk)
                sealed.write(chunk)
            if digest.hexdigest() != manifest.payload.sha256:
                raise broken("payload: other bytes than were signed")
            sealed.seek(0)
            # Sealing only adds bytes: what comes out longer than what went in is not ours.
            unseal(sealed, plain, secrets=secrets, at_most=manifest.payload.size_bytes)
        return Payload(plain, revisions=manifest.counts.revisions, attachments=manifest.counts.attachments)
    except BaseException:
        plain.close()
        raise


def peek(path: Path) -> PackageManifest | None:
    """What a file that may be cut off says of itself, unproven: good for a line in a list, nothing else."""
    try:
        with disk.open_file(path, "rb") as file:
            content = first_member(file, MANIFEST, at_most=MANIFEST_BYTES)
    except OSError:
        return None
    if content is None:
        return None
    try:
        return read_manifest(content, PackageManifest, expected_format=PACKAGE_FORMAT)
    except Refused:
        return None


def write_signed(
    path: Path, manifest: bytes, *, secret: str, name: str, beside: IO[bytes]
) -> tuple[str, int]:
    """Write manifest, signature and the member beside them; gives the file's SHA-256 and size."""
    beside.seek(0)
    with disk.whole_file(path) as file:
        container = ContainerWriter(file)
        for member_name, content in ((MANIFEST, manifest), (SIGNATURE, sign(manifest, secret=secret))):
            with container.member(member_name) as member:
                member.write(content)
        with container.member(name) as member:
            while chunk := beside.read(_STEP):
                member.write(chunk)
        container.close()
        file.seek(0)
        return disk.sha256_of(file)


def open_signed(file: IO[bytes], *, beside: str) -> tuple[ContainerReader, bytes]:
    """The container and the manifest's bytes of such a file; the signature is not checked yet."""
    container = ContainerReader(file, Limits(members=3, plain_bytes=PART_BYTES))
    container.require((MANIFEST, SIGNATURE, beside))
    return container, container.read(MANIFEST, at_most=MANIFEST_BYTES)


def require_signature(container: ContainerReader, manifest: bytes, *, public: str) -> None:
    """Refuse a manifest that is not signed with that key."""
    signature = container.read(SIGNATURE, at_most=SIGNATURE_BYTES)
    if not is_signed_by(manifest, signature, public=public):
        raise broken("signature")
