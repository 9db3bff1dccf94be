"""Lists, counts and totals over the record view: paged, sorted and filtered in SQL, never in the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, bindparam, case, func, literal_column, or_, select

from gzdesk.domain.period import Month
from gzdesk.storage.driver import raw_rows
from gzdesk.storage.names import Names
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import values_from_text

_ROWS_READ = 500  # of a long list, at a time
SORTS = ("day", "title", "place", "persons", "status", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which records, in which order. Empty means no limit of that kind."""

    types: tuple[str, ...] = ()
    unit: str | None = None
    month: Month | None = None
    year: int | None = None
    first_month: Month | None = None
    last_month: Month | None = None
    first_day: str = ""
    last_day: str = ""
    statuses: tuple[str, ...] = ()
    with_files: bool = False  # only records that have photos or scans
    text: str = ""
    sort: str = "day"
    descending: bool = False
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One line of a list."""

    id: str
    type: str
    unit: str
    month: int
    day: str
    time: str
    title: str
    place: str
    persons: int | None
    sessions_hundredths: int
    status: str
    heads: int
    attachments: int
    writer: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over a list. Only held records add sessions and person-times (counting_rules G1)."""

    records: int = 0
    held: int = 0
    cancelled: int = 0
    drafts: int = 0
    planned: int = 0
    persons: int = 0
    sessions_hundredths: int = 0


class MonthCount(NamedTuple):
    """Records of one unit, month, type and status: the brick of every board.

    A plain tuple, for a town of many units has them by the hundred thousand.
    """

    unit: str
    month: int
    type: str
    status: str
    records: int
    sessions_hundredths: int
    persons: int


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


_PLACE = (records.c.scope, records.c.type, records.c.status)
_COUNTS = (
    func.count().label("n"),
    func.sum(records.c.sessions).label("sessions"),
    _sum(records.c.persons).label("persons"),
)
# Built once: boards ask for them all day. Of one month that month need not be compared row by row.
_IN_MONTHS = (
    select(*_PLACE, records.c.month, *_COUNTS)
    .where(records.c.month.between(bindparam("first"), bindparam("last")), ~records.c.deleted)
    .group_by(records.c.scope, records.c.month, records.c.type, records.c.status)
)
_IN_ONE_MONTH = (
    select(*_PLACE, bindparam("first", type_=Integer).label("month"), *_COUNTS)
    .where(records.c.month == bindparam("first"), ~records.c.deleted)
    .group_by(*_PLACE)
)

# Built once: it runs at every save.
_LAST_PERSONS = (
    select(records.c.persons)
    .where(
        records.c.type == bindparam("type"),
        records.c.scope == bindparam("scope"),
        records.c.status == "held",
        records.c.persons.is_not(None),
        ~records.c.deleted,
    )
    .order_by(records.c.day.desc())
    .limit(bindparam("limit"))
)


class QueryReader:
    """Questions about many records at once."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def rows(self, query: ListQuery) -> tuple[RecordRow, ...]:
        """One page of a list."""
        # The page's keys first, from the index alone; only then the wide rows of those few.
        keys = self._filtered(select(records.c.key), query).order_by(*_order(query))
        page = keys.limit(query.limit).offset(query.offset).subquery()
        wide = (
            select(records, revisions.c.writer, revisions.c.seq)
            .join(page, page.c.key == records.c.key)
            .join(revisions, revisions.c.key == records.c.revision)
            .order_by(*_order(query))
        )
        return tuple(self._row(row) for row in self._connection.execute(wide))

    def rows_of(self, record_ids: Sequence[str]) -> tuple[RecordRow, ...]:
        """Those of the records that are here, in the order of their days, however many."""
        found: list[Any] = []
        for start in range(0, len(record_ids), _ROWS_READ):
            wide = (
                select(records, revisions.c.writer, revisions.c.seq)
                .join(revisions, revisions.c.key == records.c.revision)
                .where(records.c.id.in_(record_ids[start : start + _ROWS_READ]), ~records.c.deleted)
            )
            found.extend(self._connection.execute(wide))
        found.sort(key=lambda row: (row.day, row.time, row.key))
        return tuple(self._row(row) for row in found)

    def lines(
        self, query: ListQuery, *, with_values: bool
    ) -> Iterator[tuple[RecordRow, Mapping[str, object]]]:
        """The whole list, row by row, however long; without `with_values` the bodies stay unread and empty."""
        columns: list[Any] = [records, revisions.c.writer, revisions.c.seq]
        if with_values:
            columns.append(revisions.c.body)
        wide = select(*columns).join(revisions, revisions.c.key == records.c.revision)
        found = self._connection.execute(
            self._filtered(wide, query).order_by(*_order(query)), execution_options={"yield_per": _ROWS_READ}
        )
        for row in found:
            yield self._row(row), values_from_text(row.body) if with_values else {}

    def count(self, query: ListQuery) -> int:
        """How many records the list has in all."""
        return int(self._connection.execute(self._filtered(select(func.count()), query)).scalar_one())

    def totals(self, query: ListQuery) -> Totals:
        """The sums under the list."""
        held = records.c.status == "held"
        columns = select(
            func.count(),
            *(
                _sum(case((records.c.status == name, 1), else_=0))
                for name in ("held", "cancelled", "draft", "planned")
            ),
            _sum(case((held, records.c.persons), else_=0)),
            _sum(case((held, records.c.sessions), else_=0)),
        )
        row = self._connection.execute(self._filtered(columns, query)).one()
        return Totals(
            records=row[0],
            held=row[1],
            cancelled=row[2],
            drafts=row[3],
            planned=row[4],
            persons=row[5],
            sessions_hundredths=row[6],
        )

    def counts_by_type(self, query: ListQuery) -> dict[str, int]:
        """How many records of each type the list has."""
        columns = select(records.c.type, func.count().label("n"))
        rows = self._connection.execute(self._filtered(columns, query).group_by(records.c.type))
        return {self._names.type_id(row.type): row.n for row in rows}

    def counts_by_unit(self, query: ListQuery, *, containing: Sequence[str] = ()) -> dict[str, int]:
        """How many records of each unit the list has; `containing` are pieces, one of which its body has."""
        columns = select(records.c.scope, func.count().label("n"))
        if containing:
            columns = columns.join(revisions, revisions.c.key == records.c.revision).where(
                or_(*(revisions.c.body.contains(piece, autoescape=True) for piece in containing))
            )
        rows = self._connection.execute(self._filtered(columns, query).group_by(records.c.scope))
        return {self._names.scope_id(row.scope): row.n for row in rows}

    def month_counts(self, *, first: Month, last: Month, units: Iterable[str] = ()) -> tuple[MonthCount, ...]:
        """Units × months × types × statuses, read from the covering index alone."""
        keys = self._names.known_scopes(units)
        query = _IN_ONE_MONTH if first == last else _IN_MONTHS
        if keys:
            query = query.where(records.c.scope.in_(keys))
        scope_ids, type_ids = self._names.scope_ids(), self._names.type_ids()
        rows = raw_rows(self._connection, query, first=first.number, last=last.number)
        # What a named tuple does when it is made, without a call of ours for each of a hundred thousand.
        made = tuple.__new__
        return tuple(
            [
                made(MonthCount, (scope_ids[scope], month, type_ids[type_], status, n, sessions, persons))
                for scope, type_, status, month, n, sessions, persons in rows
            ]
        )

    def usual_persons(self, type_id: str, *, unit: str, limit: int = 12) -> int | None:
        """The median of the last person-times of a type, or None when there are fewer than three."""
        types, scopes = self._names.known_types([type_id]), self._names.known_scopes([unit])
        if not (types and scopes):
            return None
        values = {"type": types[0], "scope": scopes[0], "limit": limit}
        found = sorted(self._connection.execute(_LAST_PERSONS, values).scalars())
        return found[len(found) // 2] if len(found) >= 3 else None

    def months_with_records(self, *, unit: str, types: Iterable[str]) -> tuple[int, ...]:
        """The months (201910) in which a unit has records of those types, in order."""
        query = (
            select(records.c.month)
            .where(
                records.c.scope.in_(self._names.known_scopes([unit])),
                records.c.type.in_(self._names.known_types(types)),
                records.c.month > 0,
                ~records.c.deleted,
            )
            .distinct()
            .order_by(records.c.month)
        )
        return tuple(self._connection.execute(query).scalars())

    def _filtered(self, columns: Select[Any], query: ListQuery) -> Select[Any]:
        wanted = columns.where(~records.c.deleted)
        if query.types:
            keys = self._names.known_types(query.types)
            # One type is the usual case; `=` lets the index also give the order of days.
            wanted = wanted.where(records.c.type == keys[0] if len(keys) == 1 else records.c.type.in_(keys))
        if query.unit is not None:
            wanted = wanted.where(records.c.scope.in_(self._names.known_scopes([query.unit])))
        if query.month is not None:
            wanted = wanted.where(records.c.month == query.month.number)
        if query.year is not None:
            wanted = wanted.where(records.c.month.between(query.year * 100 + 1, query.year * 100 + 12))
        if query.first_month is not None:
            wanted = wanted.where(records.c.month >= query.first_month.number)
        if query.last_month is not None:
            wanted = wanted.where(records.c.month.between(1, query.last_month.number))
        if query.first_day:
            wanted = wanted.where(records.c.day >= query.first_day)
        if query.last_day:
            wanted = wanted.where(records.c.day <= query.last_day)
        if query.statuses:
            wanted = wanted.where(records.c.status.in_(query.statuses))
        if query.with_files:
            # A bound 0 would hide from SQLite that the index of files fits.
            wanted = wanted.where(records.c.attachments > literal_column("0"))
        for word in query.text.lower().split():
            wanted = wanted.where(records.c.search.contains(word, autoescape=True))
        return wanted

    def _row(self, row: Any) -> RecordRow:
        return RecordRow(
            id=row.id,
            type=self._names.type_id(row.type),
            unit=self._names.scope_id(row.scope),
            month=row.month,
            day=row.day,
            time=row.time,
            title=row.title,
            place=row.place,
            persons=row.persons,
            sessions_hundredths=row.sessions,
            status=row.status,
            heads=row.heads,
            attachments=row.attachments,
            writer=self._names.writer_id(row.writer),
            seq=row.seq,
        )


def _order(query: ListQuery) -> Sequence[Any]:
    if query.sort == "day":
        columns = [records.c.day, records.c.time, records.c.key]
    else:
        columns = [records.c[query.sort], records.c.day, records.c.time, records.c.key]
    return [column.desc() for column in columns] if query.descending else columns
