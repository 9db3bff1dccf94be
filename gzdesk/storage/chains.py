"""Keeping each writer's chain in each scope: how far it goes and whether it is one unbroken line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from gzdesk.storage.tables import chains, revisions
from gzdesk.storage.wire import header_from_text


class Link(NamedTuple):
    """One revision as a link of its chain."""

    seq: int
    id: str
    prev: str | None


@dataclass(slots=True)
class Links:
    """New links, gathered by chain."""

    by_chain: dict[tuple[int, int], list[Link]] = field(default_factory=dict)

    def add(self, scope: int, writer: int, *, seq: int, revision_id: str, prev: str | None) -> None:
        """Add a link to its chain."""
        self.by_chain.setdefault((scope, writer), []).append(Link(seq, revision_id, prev))


# Built once: building a statement costs as much as running it, and these run at every save.
_OF_CHAIN = (chains.c.scope == bindparam("b_scope")) & (chains.c.writer == bindparam("b_writer"))
_CHAIN = select(chains).where(_OF_CHAIN)
_UPDATE = (
    update(chains)
    .where(_OF_CHAIN)
    .values(revisions=bindparam("revisions"), last_seq=bindparam("last_seq"), whole=bindparam("whole"))
)
_ID_AT = select(revisions.c.id).where(
    revisions.c.scope == bindparam("b_scope"),
    revisions.c.writer == bindparam("b_writer"),
    revisions.c.seq == bindparam("b_seq"),
)


def extend_chains(connection: Connection, links: Links) -> None:
    """Bring the chains up to date after new links were stored.

    The usual case, new links on the end of a whole chain, costs only those links, in year 10 as in year 1.
    """
    for (scope, writer), new in links.by_chain.items():
        _extend(connection, scope, writer, sorted(new, key=lambda link: (link.seq, link.id)))


def rebuild_chains(connection: Connection) -> None:
    """Make the chain table again from the revisions."""
    connection.execute(delete(chains))
    for scope, writer in connection.execute(select(revisions.c.scope, revisions.c.writer).distinct()).all():
        links = _stored(connection, scope, writer)
        connection.execute(insert(chains).values(scope=scope, writer=writer, **_described(links)))


def _extend(connection: Connection, scope: int, writer: int, new: Sequence[Link]) -> None:
    key = {"b_scope": scope, "b_writer": writer}
    old = connection.execute(_CHAIN, key).first()
    if _continues(connection, scope, writer, old, new):
        values = {
            "revisions": (old.revisions if old else 0) + len(new),
            "last_seq": new[-1].seq,
            "whole": True,
        }
    else:
        values = _described(_stored(connection, scope, writer))
    if old is None:
        connection.execute(insert(chains).values(scope=scope, writer=writer, **values))
    else:
        connection.execute(_UPDATE, {**key, **values})


def _continues(connection: Connection, scope: int, writer: int, old: Any, new: Sequence[Link]) -> bool:
    seq: int = 0 if old is None else old.last_seq
    if (old is not None and not old.whole) or new[0].seq != seq + 1:
        return False
    tip = None if old is None else _id_at(connection, scope, writer, seq)
    for link in new:
        if link.seq != seq + 1 or link.prev != tip:
            return False
        seq, tip = link.seq, link.id
    return True


def _id_at(connection: Connection, scope: int, writer: int, seq: int) -> str:
    key = {"b_scope": scope, "b_writer": writer, "b_seq": seq}
    return bytes(connection.execute(_ID_AT, key).scalar_one()).hex()


def _stored(connection: Connection, scope: int, writer: int) -> list[Link]:
    query = (
        select(revisions.c.seq, revisions.c.id, revisions.c.header)
        .where(revisions.c.scope == scope, revisions.c.writer == writer)
        .order_by(revisions.c.seq, revisions.c.id)
    )
    return [
        Link(row.seq, row.id.hex(), header_from_text(row.header).prev) for row in connection.execute(query)
    ]


def _described(links: Iterable[Link]) -> dict[str, object]:
    count, last, tip, whole = 0, 0, None, True
    for link in links:
        whole = whole and link.seq == last + 1 and link.prev == tip
        count, last, tip = count + 1, link.seq, link.id
    return {"revisions": count, "last_seq": last, "whole": whole}
