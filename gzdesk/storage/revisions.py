"""Reading revisions: history and heads of a record, tips and gaps of chains, what another side lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.merge import Node, heads
from gzdesk.domain.revision import Revision
from gzdesk.storage.driver import rows_in
from gzdesk.storage.names import Names
from gzdesk.storage.tables import chains, revisions
from gzdesk.storage.wire import header_from_text, values_from_text


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Tip:
    """The last revision of a chain that is held without a hole from seq 1. A cloned writer has several."""

    scope: str
    writer: str
    seq: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Revisions of a chain that must exist, for a later one names them, but are not here."""

    scope: str
    writer: str
    first_seq: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class _Link:
    id: str
    prev: str | None
    seq: int


_FILE = re.compile(r'"sha256":"([0-9a-f]{64})"')


class RevisionReader:
    """What can be asked of the revisions."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def get(self, revision_id: str) -> Revision | None:
        """The revision of that id, or None."""
        row = self._connection.execute(_BY_ID, {"id": bytes.fromhex(revision_id)}).first()
        return None if row is None else _revision(row)

    def history(self, record_id: str) -> tuple[Revision, ...]:
        """All revisions of a record, oldest generation first."""
        rows = self._connection.execute(_HISTORY, {"record": record_id})
        return tuple(map(_revision, rows))

    def heads(self, record_id: str) -> tuple[str, ...]:
        """The ids of a record's heads, the shown one first."""
        return tuple(item.id for item in self.head_revisions(record_id))

    def head_revisions(self, record_id: str) -> tuple[Revision, ...]:
        """The heads themselves, the shown one first."""
        versions = {item.id: item for item in self.history(record_id)}
        nodes = (
            Node(
                id=item.id,
                parents=item.header.parents,
                generation=item.header.generation,
                deleted=item.header.deleted,
                erased=item.body_text is None,
                content=item.body_text,
            )
            for item in versions.values()
        )
        return tuple(versions[node.id] for node in heads(nodes))

    def holding(self, texts: Iterable[str], *, scope: str) -> Iterator[Revision]:
        """The revisions of a scope, old versions too, whose contents hold one of these texts; reads all of them."""
        pieces = [canonical_json({"": text})[5:-2] for text in texts]
        query = _REVISION.where(
            revisions.c.scope.in_(self._names.known_scopes([scope])),
            or_(*(revisions.c.body.contains(piece, autoescape=True) for piece in pieces)),
        )
        for row in self._connection.execute(query.order_by(revisions.c.key)):
            # LIKE takes upper and lower case of A to Z for the same.
            if any(piece in row.body for piece in pieces):
                yield _revision(row)

    def names_files(self, sha256s: Iterable[str]) -> frozenset[str]:
        """Those of the files (SHA-256) that some version of any record still names; reads all of them."""
        wanted = frozenset(sha256s)
        if not wanted:
            return frozenset()
        # One pass over all that name any file: a search for each of them would read the ledger as many times.
        query = select(revisions.c.body).where(revisions.c.body.contains('"sha256"'))
        named: set[str] = set()
        for row in self._connection.execute(query.execution_options(yield_per=1000)):
            named.update(_FILE.findall(row.body))
        return wanted & named

    def bodies_ever(self, type_id: str, *, unit: str, containing: str) -> Iterator[Mapping[str, Any]]:
        """Every version, old and deleted ones too, of a unit's records of a type that has a piece of canonical text.

        Such as `"index_no":"16-2-`. Erased versions say nothing any more.
        """
        query = select(revisions.c.body).where(
            revisions.c.type.in_(self._names.known_types([type_id])),
            revisions.c.scope.in_(self._names.known_scopes([unit])),
            revisions.c.body.contains(containing, autoescape=True),
        )
        yield from map(values_from_text, self._connection.execute(query).scalars())

    def emptied(self, revision_ids: Iterable[str]) -> frozenset[str]:
        """Those of the revisions that are here without their contents."""
        ids = [bytes.fromhex(revision_id) for revision_id in revision_ids]
        return frozenset(row[0].hex() for row in rows_in(self._connection, _EMPTIED, ids))

    def count(self, scope_ids: Iterable[str]) -> int:
        """How many revisions those scopes have here."""
        keys = self._names.known_scopes(scope_ids)
        total = select(func.coalesce(func.sum(chains.c.revisions), 0)).where(chains.c.scope.in_(keys))
        return int(self._connection.execute(total).scalar_one())

    def tips(self, scope_ids: Iterable[str]) -> tuple[Tip, ...]:
        """The tips of every chain in those scopes, in a fixed order."""
        return tuple(sorted(tip for chain in self._chains(scope_ids) for tip in self._tips(chain)))

    def gaps(self, scope_ids: Iterable[str]) -> tuple[Gap, ...]:
        """The holes in the chains of those scopes."""
        found: list[Gap] = []
        for chain in self._chains(scope_ids):
            if not chain.whole:
                found.extend(self._gaps(chain))
        return tuple(found)

    def unknown_to(self, *, scope_ids: Iterable[str], tips: Iterable[Tip]) -> Iterator[Revision]:
        """What the other side's tips do not prove it holds, chain by chain in writing order.

        An announced tip that is not here proves nothing, so more is sent rather than less.
        """
        announced = list(tips)
        for chain in self._chains(scope_ids):
            yield from self._unsent(chain, [tip for tip in announced if _same_chain(tip, chain, self._names)])

    def count_unknown_to(self, *, scope_ids: Iterable[str], tips: Iterable[Tip]) -> int:
        """How many revisions `unknown_to` would give."""
        announced = list(tips)
        total = 0
        for chain in self._chains(scope_ids):
            known = self._known_seq(chain, [tip for tip in announced if _same_chain(tip, chain, self._names)])
            total += chain.revisions - known if isinstance(known, int) else chain.revisions - len(known)
        return total

    def _chains(self, scope_ids: Iterable[str]) -> Sequence[Any]:
        keys = self._names.known_scopes(scope_ids)
        query = select(chains).where(chains.c.scope.in_(keys)).order_by(chains.c.scope, chains.c.writer)
        return self._connection.execute(query).all()

    def _tips(self, chain: Any) -> Iterator[Tip]:
        if chain.whole:
            last = self._at(chain, chain.last_seq)
            if last:
                yield self._tip(chain, chain.last_seq, last[0])
            return
        children: dict[str | None, list[_Link]] = {}
        for link in self._links(chain):
            children.setdefault(link.prev, []).append(link)
        waiting = list(children.get(None, ()))
        while waiting:
            link = waiting.pop()
            following = children.get(link.id, ())
            waiting.extend(following)
            if not following:
                yield self._tip(chain, link.seq, link.id)

    def _tip(self, chain: Any, seq: int, revision_id: str) -> Tip:
        return Tip(
            scope=self._names.scope_id(chain.scope),
            writer=self._names.writer_id(chain.writer),
            seq=seq,
            id=revision_id,
        )

    def _at(self, chain: Any, seq: int) -> list[str]:
        query = select(revisions.c.id).where(_in_chain(chain), revisions.c.seq == seq)
        return [row.id.hex() for row in self._connection.execute(query)]

    def _links(self, chain: Any) -> list[_Link]:
        query = select(revisions.c.id, revisions.c.seq, revisions.c.header).where(_in_chain(chain))
        return [
            _Link(row.id.hex(), header_from_text(row.header).prev, row.seq)
            for row in self._connection.execute(query)
        ]

    def _gaps(self, chain: Any) -> Iterator[Gap]:
        query = select(revisions.c.seq).where(_in_chain(chain)).order_by(revisions.c.seq).distinct()
        expected = 1
        for row in self._connection.execute(query).all():
            if row.seq > expected:
                yield Gap(
                    scope=self._names.scope_id(chain.scope),
                    writer=self._names.writer_id(chain.writer),
                    first_seq=expected,
                    last_seq=row.seq - 1,
                )
            expected = row.seq + 1

    def _known_seq(self, chain: Any, tips: Sequence[Tip]) -> int | set[str]:
        """Up to which number the other side holds a whole chain; for a broken chain the ids it holds."""
        if not tips:
            return 0
        if chain.whole:
            return max((tip.seq for tip in tips if self._at(chain, tip.seq) == [tip.id]), default=0)
        links = {link.id: link for link in self._links(chain)}
        known: set[str] = set()
        for tip in tips:
            link = links.get(tip.id)
            while link is not None and link.id not in known:
                known.add(link.id)
                link = links.get(link.prev or "")
        return known

    def _unsent(self, chain: Any, tips: Sequence[Tip]) -> Iterator[Revision]:
        known = self._known_seq(chain, tips)
        query = _REVISION.where(_in_chain(chain)).order_by(revisions.c.seq, revisions.c.id)
        if isinstance(known, int):
            query = query.where(revisions.c.seq > known)
        for row in self._connection.execute(query.execution_options(yield_per=1000)):
            if isinstance(known, int) or row.id.hex() not in known:
                yield _revision(row)


_REVISION = select(revisions.c.id, revisions.c.header, revisions.c.salt, revisions.c.body)
# Built once: building a statement costs as much as running it, and these run at every save.
_BY_ID = _REVISION.where(revisions.c.id == bindparam("id"))
_HISTORY = _REVISION.where(revisions.c.record == bindparam("record")).order_by(
    revisions.c.generation, revisions.c.id
)


_EMPTIED = "SELECT id FROM revisions WHERE id IN ({marks}) AND body IS NULL"


def _revision(row: Any) -> Revision:
    return Revision(
        id=row.id.hex(),
        header=header_from_text(row.header),
        header_text=row.header,
        salt=row.salt,
        body_text=row.body,
    )


def _in_chain(chain: Any) -> Any:
    return and_(revisions.c.scope == chain.scope, revisions.c.writer == chain.writer)


def _same_chain(tip: Tip, chain: Any, names: Names) -> bool:
    return tip.scope == names.scope_id(chain.scope) and tip.writer == names.writer_id(chain.writer)
