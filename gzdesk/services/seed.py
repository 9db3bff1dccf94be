"""The shipped film catalogue as revisions that come out the same on every PC.

They are one chain of a writer of its own, so that a village set up alone and the town it joins later hold the same
revisions, not two versions of each film. `films.toml` is therefore only ever added to at its end.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from gzdesk.domain.revision import Revision, make_revision
from gzdesk.services.context import Context
from gzdesk.services.reference import load_films
from gzdesk.storage.authoring import Received

# Fixed for ever: the ids of the shipped films are made from these.
_NAMESPACE = uuid.UUID("5a0f6d0e-6e3b-4c62-9a52-7f1f0b3c2d10")
_WRITER = hashlib.sha256(b"gzdesk reference films").hexdigest()[:32]
_RECORDED_AT = "2019-01-01T00:00:00+08:00"
_TYPE_VERSION = 1


def add_reference(context: Context) -> int:
    """Add the shipped films that the ledger has never had; returns how many.

    A film that the town changed or deleted stays as the town left it.
    """
    with context.store.writing() as work:
        counts = work.revisions.receive(_received(context.units.town.id), package=None)
        if counts.new:
            work.commit()
    return counts.new


def film_record_id(film: Mapping[str, Any]) -> str:
    """The id of a shipped film, the same on every PC."""
    return str(uuid.uuid5(_NAMESPACE, f"film/{film['title']}/{film.get('production_year', '')}"))


def _received(scope: str) -> Iterator[Received]:
    prev: str | None = None
    for seq, film in enumerate(load_films(), 1):
        values = {**film, "status": "held"}
        made = _revision(values, scope=scope, seq=seq, prev=prev)
        yield Received(made.id, made.header, made.header_text, made.salt, made.body_text, values)
        prev = made.id


def _revision(values: Mapping[str, Any], *, scope: str, seq: int, prev: str | None) -> Revision:
    record = film_record_id(values)
    return make_revision(
        values=values,
        salt=hashlib.sha256(record.encode("ascii")).hexdigest()[:32],
        actor="gzdesk",
        deleted=False,
        generation=1,
        parents=(),
        prev=prev,
        record=record,
        recorded_at=_RECORDED_AT,
        scope=scope,
        seq=seq,
        type="film",
        type_version=_TYPE_VERSION,
        writer=_WRITER,
    )
