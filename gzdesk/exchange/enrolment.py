"""Join files `*.gzj`: the town's invitation to one unit. Signed, but not sealed: the unit has no keys yet.

It brings the town's public keys, the list of units, the town's catalogue and a one-time secret. Nothing in it is
personal or a village's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from gzdesk.errors import UserError
from gzdesk.exchange import disk
from gzdesk.exchange.container import ContainerReader
from gzdesk.exchange.keys import PublicKeys
from gzdesk.exchange.manifest import (
    JOIN_FORMAT,
    VERSION,
    Blob,
    Counts,
    JoinManifest,
    read_manifest,
    write_manifest,
)
from gzdesk.exchange.package import open_signed, require_signature, write_signed
from gzdesk.exchange.payload import Payload, PayloadWriter, scratch_file
from gzdesk.exchange.refusal import Refused, broken, newer
from gzdesk.i18n import gettext as _

SUFFIX = ".gzj"
CONTENT = "content.zip"


def write_join_file(path: Path, *, lines: Iterable[str], secret_key: str, **manifest: Any) -> JoinManifest:
    """Write a join file with the town's revisions; `manifest` takes the fields that are not counted here.

    `secret_key` is the town's secret signing key. Faults of the disk come out as OSError.
    """
    content = PayloadWriter(None)
    try:
        for line in lines:
            content.add_line(line)
        file = content.close()
        sha256, size = disk.sha256_of(file)
        described = JoinManifest(
            format=JOIN_FORMAT,
            version=VERSION,
            content=Blob(sha256=sha256, size_bytes=size),
            counts=Counts(revisions=content.revisions, attachments=0),
            **manifest,
        )
        write_signed(path, write_manifest(described), secret=secret_key, name=CONTENT, beside=file)
    finally:
        content.discard()
    return described


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinFile:
    """An open join file: its manifest and the town's revisions, all checked but the lines."""

    manifest: JoinManifest
    payload: Payload

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.payload.close()

    @property
    def keys(self) -> PublicKeys:
        """The town's public keys."""
        return PublicKeys(signing=self.manifest.signing, sealing=self.manifest.sealing)


def open_join_file(path: Path) -> JoinFile:
    """Open and check a join file. Raises UserError in the words of joining."""
    try:
        with disk.open_file(path, "rb") as file:
            return _opened(file)
    except OSError as error:
        raise _unreadable() from error
    except Refused as refusal:
        if refusal.code == newer(0).code:
            raise
        raise _damaged(refusal.detail) from refusal


def _opened(file: IO[bytes]) -> JoinFile:
    container, content = open_signed(file, beside=CONTENT)
    manifest = read_manifest(content, JoinManifest, expected_format=JOIN_FORMAT)
    require_signature(container, content, public=manifest.signing)
    keys = PublicKeys(signing=manifest.signing, sealing=manifest.sealing)
    if not keys.are_wellformed() or manifest.unit not in {unit.id for unit in manifest.units}:
        raise broken("join: keys or unit")
    return JoinFile(manifest=manifest, payload=_content(container, manifest))


def _content(container: ContainerReader, manifest: JoinManifest) -> Payload:
    plain = scratch_file(None)
    try:
        digest = hashlib.sha256()
        for chunk in container.chunks(CONTENT):
            digest.update(chunk)
            plain.write(chunk)
        if digest.hexdigest() != manifest.content.sha256:
            raise broken("join: other bytes than were signed")
        return Payload(plain, revisions=manifest.counts.revisions, attachments=manifest.counts.attachments)
    except BaseException:
        plain.close()
        raise


def _damaged(detail: str) -> Refused:
    return Refused(
        code="join_file_broken",
        message=_("This join file is damaged or incomplete."),
        hint=_("Ask the town station for a new one."),
        detail=detail,
    )


def _unreadable() -> UserError:
    return UserError(
        code="join_file_unreadable",
        message=_("The join file can't be read."),
        hint=_("Check the stick and the file name (it ends in .gzj), then try again."),
    )
