"""Keeping the view of current records in step with the revisions, inside the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from gzdesk.domain.merge import Node, count_different, heads
from gzdesk.domain.record import Summary
from gzdesk.pinyin import search_text
from gzdesk.storage.driver import IN_LIMIT, chunks, insert_rows, replace_rows, rows_in
from gzdesk.storage.names import Names
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import header_from_text, values_from_text

Summarise = Callable[[str, Mapping[str, object]], Summary]

_COLUMNS = (
    "id",
    "type",
    "scope",
    "revision",
    "heads",
    "deleted",
    "month",
    "day",
    "time",
    "title",
    "title_ref",
    "place",
    "persons",
    "sessions",
    "status",
    "attachments",
    "search",
)


class Written(NamedTuple):
    """A revision just stored, with what the view needs of it."""

    key: int
    record: str
    scope: int
    type: int
    type_id: str
    deleted: bool
    values: Mapping[str, object]


# As text, for these are asked of every record of an import: a statement with 900 values takes longer to build.
_BORROWERS = (
    "SELECT id, title_ref, title, place FROM records WHERE title_ref IS NOT NULL AND {column} IN ({{marks}})"
)
_OWN_TITLE, _LENT_TITLE = _BORROWERS.format(column="id"), _BORROWERS.format(column="title_ref")


def show_first(connection: Connection, written: Sequence[Written], summarise: Summarise) -> None:
    """Show records that are new here and have just one revision each: nothing to choose between."""
    rows = [_row(item, heads=1, summary=summarise(item.type_id, item.values)) for item in written]
    insert_rows(connection, records, _COLUMNS, rows)


def show_again(connection: Connection, names: Names, record_ids: Iterable[str], summarise: Summarise) -> None:
    """Choose anew which revision of each record is shown."""
    for chunk in chunks(record_ids, IN_LIMIT):
        rows = [_chosen(versions, names, summarise) for versions in _versions(connection, chunk)]
        replace_rows(connection, records, _COLUMNS, "id", rows)


def refresh_titles(connection: Connection, record_ids: Sequence[str]) -> None:
    """Give records that borrow a title (a screening shows its film's) the title as it is now.

    `record_ids` were written in this transaction: they may borrow a title or lend one.
    """
    asked = (_OWN_TITLE, _LENT_TITLE)
    rows = {row.id: row for query in asked for row in rows_in(connection, query, record_ids)}
    titles = _titles(connection, {row.title_ref for row in rows.values()})
    changes = [
        {"b_id": row.id, "title": title, "search": search_text(title, row.place)}
        for row in rows.values()
        if (title := titles.get(row.title_ref, "")) != row.title
    ]
    if changes:
        connection.execute(update(records).where(records.c.id == bindparam("b_id")), changes)


def differences(connection: Connection, names: Names, summarise: Summarise) -> Iterable[str]:
    """The ids of records whose view is not what the revisions say; borrowed titles aside."""
    ids = connection.execute(select(revisions.c.record).distinct()).scalars().all()
    compared = [name for name in _COLUMNS if name not in ("title", "search")]
    for chunk in chunks(ids, IN_LIMIT):
        query = select(*(records.c[name] for name in _COLUMNS)).where(records.c.id.in_(chunk))
        shown = {row.id: dict(row._mapping) for row in connection.execute(query)}
        for versions in _versions(connection, chunk):
            right = dict(zip(_COLUMNS, _chosen(versions, names, summarise), strict=True))
            there = shown.get(str(right["id"]))
            if there is None or any(there[name] != right[name] for name in compared):
                yield str(right["id"])


def _titles(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for chunk in chunks(ids, IN_LIMIT):
        query = select(records.c.id, records.c.title).where(records.c.id.in_(chunk))
        titles.update((row.id, row.title) for row in connection.execute(query))
    return titles


def _versions(connection: Connection, record_ids: Sequence[str]) -> Iterable[list[Any]]:
    query = select(
        revisions.c.key,
        revisions.c.id,
        revisions.c.record,
        revisions.c.scope,
        revisions.c.type,
        revisions.c.deleted,
        revisions.c.generation,
        revisions.c.header,
        revisions.c.body,
    ).where(revisions.c.record.in_(record_ids))
    grouped: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        grouped.setdefault(row.record, []).append(row)
    return grouped.values()


def _chosen(versions: Sequence[Any], names: Names, summarise: Summarise) -> tuple[object, ...]:
    by_id = {row.id.hex(): row for row in versions}
    nodes = heads(
        Node(
            id=revision_id,
            parents=header_from_text(row.header).parents,
            generation=row.generation,
            deleted=bool(row.deleted),
            erased=row.body is None,
            content=row.body,
        )
        for revision_id, row in by_id.items()
    )
    row = by_id[nodes[0].id]
    type_id = names.type_id(row.type)
    values = values_from_text(row.body)
    written = Written(row.key, row.record, row.scope, row.type, type_id, bool(row.deleted), values)
    return _row(written, heads=count_different(nodes), summary=summarise(type_id, values))


def _row(item: Written, *, heads: int, summary: Summary) -> tuple[object, ...]:
    return (
        item.record,
        item.type,
        item.scope,
        item.key,
        heads,
        item.deleted,
        summary.month,
        summary.day,
        summary.time,
        summary.title,
        summary.title_ref,
        summary.place,
        summary.persons,
        summary.sessions,
        summary.status,
        summary.attachments,
        search_text(summary.title, summary.place),
    )
