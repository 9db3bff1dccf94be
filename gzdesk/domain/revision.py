"""A revision: one immutable whole version of one record, chained to its writer's earlier ones (sync.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gzdesk.domain.canonical import canonical_json

_HEX_32 = re.compile(r"[0-9a-f]{32}")
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_LARGEST_COUNT = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Everything about a revision but its contents; its canonical text is what the id hashes."""

    actor: str
    body_hash: str
    deleted: bool
    generation: int
    parents: tuple[str, ...]
    prev: str | None
    record: str
    recorded_at: str
    scope: str
    seq: int
    type: str
    type_version: int
    writer: str

    def canonical(self) -> str:
        """The header as canonical text."""
        return canonical_json({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A header with the verbatim texts it was made of. `body` and `salt` are None once erased."""

    id: str
    header: Header
    header_text: str
    salt: str | None
    body_text: str | None


def body_hash(*, salt: str, body_text: str) -> str:
    """SHA-256 over the salt's bytes and the body's canonical text, in hex."""
    return hashlib.sha256(bytes.fromhex(salt) + body_text.encode("utf-8")).hexdigest()


def revision_id(header_text: str) -> str:
    """SHA-256 over the header's canonical text, in hex."""
    return hashlib.sha256(header_text.encode("utf-8")).hexdigest()


def make_revision(*, values: Mapping[str, object], salt: str, **header: Any) -> Revision:
    """Write a new revision; `header` takes the fields of `Header` but `body_hash`.

    Raises ValueError when the values have no canonical form.
    """
    body_text = canonical_json(values)
    made = Header(body_hash=body_hash(salt=salt, body_text=body_text), **header)
    fault = header_fault(made)
    if fault:
        raise ValueError(fault)
    text = made.canonical()
    return Revision(id=revision_id(text), header=made, header_text=text, salt=salt, body_text=body_text)


def header_fault(header: Header) -> str | None:
    """What is wrong with the shape of a header, or None. Says nothing about trust or order."""
    checks = (
        (_HEX_32.fullmatch(header.writer), "writer"),
        (_HEX_64.fullmatch(header.body_hash), "body_hash"),
        (_UUID.fullmatch(header.record), "record"),
        (_NAME.fullmatch(header.scope), "scope"),
        (_NAME.fullmatch(header.type), "type"),
        (1 <= header.seq <= _LARGEST_COUNT, "seq"),
        (1 <= header.generation <= _LARGEST_COUNT, "generation"),
        (0 <= header.type_version <= _LARGEST_COUNT, "type_version"),
        ((header.prev is None) == (header.seq == 1), "prev"),
        (header.prev is None or _HEX_64.fullmatch(header.prev), "prev"),
        (len(header.parents) <= 64, "parents"),
        ((header.generation == 1) == (not header.parents), "generation"),
        (all(_HEX_64.fullmatch(parent) for parent in header.parents), "parents"),
        (len(set(header.parents)) == len(header.parents), "parents"),
        (len(header.actor) <= 40 and len(header.recorded_at) <= 40, "actor"),
    )
    return next((f"the {name} of a revision has the wrong form" for good, name in checks if not good), None)
