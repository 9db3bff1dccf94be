"""Many rows at driver speed: Core compiles a statement once, the driver runs it (1.4 x Core's own executemany)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Dialect, Select, Table

# SQLite's oldest limit of bound values in one statement is 999.
IN_LIMIT = 900


def insert_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows whose values stand in the order of `names`."""
    if rows:
        _run(connection, _compiled(connection.dialect, table, names, None), names, rows)


def replace_rows(
    connection: Connection, table: Table, names: tuple[str, ...], key: str, rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows, or overwrite the ones whose `key` column is there already."""
    if rows:
        _run(connection, _compiled(connection.dialect, table, names, key), names, rows)


@lru_cache(maxsize=64)
def _compiled(dialect: Dialect, table: Table, names: tuple[str, ...], key: str | None) -> Any:
    # The other dialect is never loaded: it would cost a tenth of the start.
    kind = import_module(f"sqlalchemy.dialects.{dialect.name}")
    statement = kind.insert(table).values(dict.fromkeys(names))
    if key is not None:
        changes = {name: statement.excluded[name] for name in names if name != key}
        statement = statement.on_conflict_do_update(index_elements=[key], set_=changes)
    return statement.compile(dialect=dialect, column_keys=list(names))


def _run(
    connection: Connection, compiled: Any, names: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> None:
    if compiled.positional:
        order = [names.index(name) for name in compiled.positiontup]
        ready: Any = (
            rows if order == list(range(len(names))) else [tuple(row[n] for n in order) for row in rows]
        )
    else:
        ready = [dict(zip(names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(str(compiled), list(ready))


def rows_in(connection: Connection, text: str, values: Sequence[object]) -> Iterable[Any]:
    """The rows of a `... IN ({marks})` query for any number of values, in as many queries as it takes."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    for chunk in chunks(values, IN_LIMIT):
        query = text.format(marks=",".join([mark] * len(chunk)))
        yield from connection.exec_driver_sql(query, tuple(chunk))


def chunks(items: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """The items in lists of at most `size`."""
    chunk: list[Any] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def raw_rows(connection: Connection, query: Select[Any], **values: object) -> Sequence[tuple[Any, ...]]:
    """The rows of a query as the driver gives them: whole numbers and texts only, for nothing is converted."""
    cursor = connection.execute(query, values).cursor
    assert cursor is not None  # a SELECT has one
    return cursor.fetchall()
