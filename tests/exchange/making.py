"""Revisions, keys and packages for tests, the same bytes every time where nothing random is asked for."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gzdesk.domain.revision import Revision, make_revision
from gzdesk.exchange.keys import OwnKeys
from gzdesk.exchange.limits import PartLimits
from gzdesk.exchange.lines import line_of
from gzdesk.exchange.manifest import ABILITIES
from gzdesk.exchange.package import BuiltPart, PackageBuilder, open_package, unseal_payload

WRITER = "0123456789abcdef0123456789abcdef"
VALUES: Mapping[str, object] = {
    "date": "2019-10-05",
    "place": "古四村文化广场",
    "audience": 136,
    "status": "held",
}


def record_id(number: int) -> str:
    return f"01890000-0000-7000-8000-{number:012x}"


def salt(number: int) -> str:
    return hashlib.sha256(f"salt {number}".encode()).hexdigest()[:32]


@dataclass
class Chain:
    """Writes revisions one after another, as one writer in one scope."""

    scope: str = "gusi"
    writer: str = WRITER
    made: list[Revision] = field(default_factory=list)

    def add(self, values: Mapping[str, object] = VALUES, **header: Any) -> Revision:
        seq = len(self.made) + 1
        fields: dict[str, Any] = {
            "actor": "苏桂琴",
            "deleted": False,
            "generation": 1,
            "parents": (),
            "prev": self.made[-1].id if self.made else None,
            "record": record_id(seq),
            "recorded_at": "2019-10-05T19:30:00+08:00",
            "scope": self.scope,
            "seq": seq,
            "type": "film_screening",
            "type_version": 1,
            "writer": self.writer,
        }
        self.made.append(make_revision(values=values, salt=salt(seq), **{**fields, **header}))
        return self.made[-1]


def new_keys() -> OwnKeys:
    return OwnKeys.generate(secrets.token_bytes)


def build(
    folder: Path,
    revisions: Iterable[Revision],
    *,
    files: Sequence[bytes] = (),
    sender: OwnKeys,
    receiver: OwnKeys,
    limits: PartLimits | None = None,
    **changes: Any,
) -> tuple[BuiltPart, ...]:
    """Build a package of 古四村 for the town."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, Any] = {
        "abilities": ABILITIES,
        "authority": receiver.public().signing,
        "introduction": None,
        "made_on": "2019-11-08",
        "months": ("2019-10",),
        "number": 7,
        "program": "test",
        "receiver": "guzhen",
        "scopes": ("gusi",),
        "sender": "gusi",
        "signer": sender.public().signing,
        "tips": {},
        "wants": (),
        "writer": WRITER,
    }
    recipients = (sender.public().sealing, receiver.public().sealing)
    with PackageBuilder(folder=folder, recipients=recipients, limits=limits) as builder:
        for revision in revisions:
            builder.add_line(line_of(revision))
        for content in files:
            builder.add_attachment(hashlib.sha256(content).hexdigest(), content)
        return builder.finish(
            name=lambda part, parts: f"package-{part}-{parts}.gzp",
            secret=sender.signing,
            **{**manifest, **changes},
        )


@dataclass(frozen=True)
class Read:
    manifest: Any
    revisions: list[tuple[str, str, str | None, str | None]]
    files: dict[str, bytes]


def read(path: Path, keys: OwnKeys, *, scopes: Sequence[str] = ("gusi",), folder: Path | None = None) -> Read:
    """Everything in a package, or `Refused`."""
    with (
        open_package(path) as envelope,
        unseal_payload(envelope, secrets=[keys.sealing], folder=folder) as payload,
    ):
        revisions = list(
            payload.revisions(
                scopes=scopes, make=lambda id_, _h, text, salt_, body, _v: (id_, text, salt_, body)
            )
        )
        files = {sha256: payload.attachment(sha256) for sha256 in payload.attachments}
        return Read(manifest=envelope.manifest, revisions=revisions, files=files)


def plain(revision: Revision) -> tuple[str, str, str | None, str | None]:
    return revision.id, revision.header_text, revision.salt, revision.body_text
