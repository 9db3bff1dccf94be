"""Writing revisions: the ones made here and the ones received from another PC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from gzdesk.domain.erasure import Notice, inherited_marks
from gzdesk.domain.mint import Mint
from gzdesk.domain.record import Record
from gzdesk.domain.revision import Header, Revision, make_revision
from gzdesk.storage import view
from gzdesk.storage.chains import Links, extend_chains
from gzdesk.storage.driver import chunks, insert_rows, rows_in
from gzdesk.storage.erasing import Stripped, notices, strip
from gzdesk.storage.names import Names
from gzdesk.storage.revisions import RevisionReader
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import values_from_text

_COLUMNS = (
    "key",
    "id",
    "record",
    "scope",
    "writer",
    "seq",
    "type",
    "generation",
    "deleted",
    "package",
    "header",
    "salt",
    "body",
)
_CHUNK = 5000
_MANY_AT_ONCE = 500
_LAST_KEY = select(func.coalesce(func.max(revisions.c.key), 0))
_LAST_OF_CHAIN = (
    select(revisions.c.seq, revisions.c.id)
    .where(revisions.c.scope == bindparam("scope"), revisions.c.writer == bindparam("writer"))
    .order_by(revisions.c.seq.desc())
    .limit(1)
)
_HERE = "SELECT id FROM revisions WHERE id IN ({marks})"
_KNOWN = "SELECT DISTINCT record FROM revisions WHERE record IN ({marks})"


class _Next(NamedTuple):
    """The version of a record that is to be written next."""

    record: str
    type_id: str
    type_version: int
    values: Mapping[str, object]
    deleted: bool = False
    generation: int = 1
    parents: tuple[str, ...] = ()


class Received(NamedTuple):
    """A revision as it came in a package: checked, its texts verbatim. `values` is the parsed body."""

    id: str
    header: Header
    header_text: str
    salt: str | None
    body_text: str | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCounts:
    """How many revisions were new here, how many were here already, and how many records came or changed.

    `again` are the records that have several versions now and one of them just came.
    """

    new: int = 0
    already: int = 0
    records_new: int = 0
    records_changed: int = 0
    again: frozenset[str] = frozenset()


class RevisionWriter(RevisionReader):
    """Reading revisions and writing new ones. Remembers what it touched, for those who must be told."""

    def __init__(
        self,
        connection: Connection,
        names: Names,
        *,
        mint: Mint,
        writer: str,
        actor: str,
        summarise: view.Summarise,
    ) -> None:
        super().__init__(connection, names)
        self._mint = mint
        self._writer = writer
        self._actor = actor
        self._summarise = summarise
        self.touched_types: set[str] = set()
        self.stripped: list[Stripped] = []

    def append(
        self,
        *,
        record: str,
        type_id: str,
        type_version: int,
        scope: str,
        values: Mapping[str, object],
        deleted: bool = False,
        actor: str | None = None,
        seen: str | None = None,
    ) -> Revision:
        """Write the next version of a record on top of its heads, or of the one head that its author has `seen`.

        It carries the marks of the erase notices that all heads carry (domain/erasure.py). The author is the person
        who is writing unless another is named. Raises ValueError when the values have no canonical form.
        """
        heads = self.head_revisions(record)
        parents = [head for head in heads if seen in (None, head.id)]
        seq, prev = self._next(scope)
        marks = inherited_marks([*(values_from_text(head.body_text) for head in heads), values])
        values = {**values, **marks}
        made = make_revision(
            values=values,
            salt=self._mint.salt(),
            actor=self._actor if actor is None else actor,
            deleted=deleted,
            generation=1 + max((parent.header.generation for parent in parents), default=0),
            parents=tuple(sorted(parent.id for parent in parents)),
            prev=prev,
            record=record,
            recorded_at=self._mint.timestamp(),
            scope=scope,
            seq=seq,
            type=type_id,
            type_version=type_version,
            writer=self._writer,
        )
        received = Received(made.id, made.header, made.header_text, made.salt, made.body_text, values)
        self._store([received], known_records={record} if parents else set(), package=None)
        if marks and len(heads) > 1:
            self.strip([record])
        return made

    def append_new(
        self,
        items: Iterable[tuple[str, Mapping[str, object]]],
        *,
        type_id: str,
        type_version: int,
        scope: str,
        written: Callable[[int], None],
    ) -> list[tuple[str, str]]:
        """Write the first version of many new records (id and values) of one type; returns each with its revision.

        `written` is told how many are done. Raises ValueError when values have no canonical form.
        """
        made: list[tuple[str, str]] = []
        for chunk in chunks(items, _MANY_AT_ONCE):
            nexts = [_Next(record, type_id, type_version, values) for record, values in chunk]
            made += self._append_many(nexts, scope=scope, known_records=set())
            written(len(made))
        return made

    def append_deleted(
        self, records: Iterable[Record], *, type_version: Callable[[str], int], written: Callable[[int], None]
    ) -> None:
        """Delete many records of one scope that have one head each; `written` is told how many are done."""
        done = 0
        for chunk in chunks(records, _MANY_AT_ONCE):
            nexts = [
                _Next(
                    record.id,
                    record.type,
                    type_version(record.type),
                    record.values,
                    deleted=True,
                    generation=record.generation + 1,
                    parents=(record.revision,),
                )
                for record in chunk
            ]
            self._append_many(nexts, scope=chunk[0].unit, known_records={record.id for record in chunk})
            done += len(chunk)
            written(done)

    def _append_many(
        self, nexts: Iterable[_Next], *, scope: str, known_records: Set[str]
    ) -> list[tuple[str, str]]:
        seq, prev = self._next(scope)
        received = []
        for item in nexts:
            made = make_revision(
                values=item.values,
                salt=self._mint.salt(),
                actor=self._actor,
                deleted=item.deleted,
                generation=item.generation,
                parents=item.parents,
                prev=prev,
                record=item.record,
                recorded_at=self._mint.timestamp(),
                scope=scope,
                seq=seq,
                type=item.type_id,
                type_version=item.type_version,
                writer=self._writer,
            )
            seq, prev = seq + 1, made.id
            received.append(
                Received(made.id, made.header, made.header_text, made.salt, made.body_text, item.values)
            )
        self._store(received, known_records=known_records, package=None)
        return [(item.header.record, item.id) for item in received]

    def strip(self, record_ids: Collection[str]) -> None:
        """Empty the versions of these records that an erase notice leaves nothing of, and show what remains."""
        self._strip(record_ids, notices(self._connection, self._names))

    def receive(self, items: Iterable[Received], *, package: int | None) -> ReceiveCounts:
        """Store what is not here yet, in any order. `package` is None for what the program ships."""
        new = already = fresh = changed = 0
        all_touched: set[str] = set()
        again: set[str] = set()
        for chunk in chunks(items, _CHUNK):
            missing = self._missing(chunk)
            known_records = self._known_records({item.header.record for item in missing})
            self._store(missing, known_records=known_records, package=package)
            new += len(missing)
            already += len(chunk) - len(missing)
            touched = {item.header.record for item in missing}
            again |= _several(missing, known_records)
            changed += len(touched & known_records)
            fresh += len(touched - known_records)
            all_touched |= touched
        self._strip_received(all_touched)
        return ReceiveCounts(
            new=new,
            already=already,
            records_new=fresh,
            records_changed=changed,
            again=frozenset(again),
        )

    def rebuild(self) -> int:
        """Make the record view and the chain table again from the revisions alone; returns the records."""
        count = rebuild(self._connection, self._names, self._summarise)
        known = notices(self._connection, self._names)
        self._strip(frozenset().union(*(notice.records for notice in known)), known)
        return count

    def show_anew(self, type_ids: Iterable[str]) -> None:
        """Sum up and show the records of these types again: what their lists show of them has changed."""
        keys = self._names.known_types(type_ids)
        ids = list(self._connection.execute(select(records.c.id).where(records.c.type.in_(keys))).scalars())
        view.show_again(self._connection, self._names, ids, self._summarise)
        view.refresh_titles(self._connection, ids)

    def _strip_received(self, record_ids: Set[str]) -> None:
        # A new notice speaks of records that came before it, an old one of versions that came just now.
        known = notices(self._connection, self._names)
        named = (notice.records for notice in known if notice.id in record_ids)
        self._strip(frozenset(record_ids).union(*named), known)

    def _strip(self, record_ids: Collection[str], known: Collection[Notice]) -> None:
        found = strip(self._connection, self._names, record_ids, known)
        self.stripped += found
        again = sorted({item.record for item in found})
        view.show_again(self._connection, self._names, again, self._summarise)
        view.refresh_titles(self._connection, again)
        self.touched_types.update(item.type_id for item in found)

    def _next(self, scope: str) -> tuple[int, str | None]:
        # The greatest number decides, not the tip: a restored file may hold its own later revisions past a hole.
        chain = {"scope": self._names.scope(scope), "writer": self._names.writer(self._writer)}
        last = self._connection.execute(_LAST_OF_CHAIN, chain).first()
        return (1, None) if last is None else (last.seq + 1, last.id.hex())

    def _missing(self, items: Sequence[Received]) -> list[Received]:
        unique = {item.id: item for item in items}
        ids = [bytes.fromhex(revision_id) for revision_id in unique]
        here = {row[0].hex() for row in rows_in(self._connection, _HERE, ids)}
        return [item for revision_id, item in unique.items() if revision_id not in here]

    def _known_records(self, record_ids: Iterable[str]) -> set[str]:
        return {row[0] for row in rows_in(self._connection, _KNOWN, list(record_ids))}

    def _store(self, items: Sequence[Received], *, known_records: Set[str], package: int | None) -> None:
        if not items:
            return
        first_key = (
            int(self._connection.execute(select(func.coalesce(func.max(revisions.c.key), 0))).scalar_one())
            + 1
        )
        rows, written, links = [], [], Links()
        keys: dict[tuple[str, str, str], tuple[int, int, int]] = {}
        for key, item in enumerate(items, first_key):
            header = item.header
            named = (header.scope, header.writer, header.type)
            if named not in keys:
                keys[named] = (
                    self._names.scope(named[0]),
                    self._names.writer(named[1]),
                    self._names.type(named[2]),
                )
            scope, writer, kind = keys[named]
            rows.append(
                (
                    key,
                    bytes.fromhex(item.id),
                    header.record,
                    scope,
                    writer,
                    header.seq,
                    kind,
                    header.generation,
                    header.deleted,
                    package,
                    item.header_text,
                    item.salt,
                    item.body_text,
                )
            )
            written.append(
                view.Written(key, header.record, scope, kind, header.type, header.deleted, item.values)
            )
            links.add(scope, writer, seq=header.seq, revision_id=item.id, prev=header.prev)
        insert_rows(self._connection, revisions, _COLUMNS, rows)
        extend_chains(self._connection, links)
        self._show(written, known_records)
        self.touched_types.update(item.header.type for item in items)

    def _show(self, written: Sequence[view.Written], known_records: Set[str]) -> None:
        times = Counter(item.record for item in written)
        several = {record for record, count in times.items() if count > 1 or record in known_records}
        first = [item for item in written if item.record not in several]
        view.show_first(self._connection, first, self._summarise)
        view.show_again(self._connection, self._names, sorted(several), self._summarise)
        view.refresh_titles(self._connection, list(times))


def _several(items: Sequence[Received], known_records: Set[str]) -> set[str]:
    times = Counter(item.header.record for item in items)
    return {record for record, count in times.items() if count > 1 or record in known_records}


def rebuild(connection: Connection, names: Names, summarise: view.Summarise) -> int:
    """Make the record view and the chain table again from the revisions alone; returns the records."""
    from sqlalchemy import delete

    from gzdesk.storage.chains import rebuild_chains

    connection.execute(delete(records))
    rebuild_chains(connection)
    ids = list(
        connection.execute(select(revisions.c.record).distinct().order_by(revisions.c.record)).scalars()
    )
    view.show_again(connection, names, ids, summarise)
    view.refresh_titles(connection, ids)
    return len(ids)
