"""One SQL view per record type with its fields as typed columns, so that any SQL tool can read the ledger.

The program itself never reads them: they are for the next system, and for the person who has only the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, inspect

from gzdesk.domain.record_type import Field, RecordType

_PREFIX = "v_"
_OWN_COLUMNS = ("record_id", "unit_id", "month_number", "changed_by", "changed_at")


def definitions(types: Iterable[RecordType], *, dialect: str) -> dict[str, str]:
    """The `CREATE VIEW` statement of every record type, by view name."""
    return {f"{_PREFIX}{item.id}": _create(item, dialect) for item in types}


def fingerprint(texts: Iterable[str]) -> str:
    """Changes when any of the texts does."""
    return hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()


def summary_shape(record_type: RecordType) -> str:
    """What a record's line in the record view is made of; when it changes, the lines are to be made again."""
    measures = sorted(record_type.measures.items())
    return repr((record_type.title, record_type.month_of, record_type.time, record_type.place, measures))


def replace_views(connection: Connection, statements: dict[str, str]) -> None:
    """Drop the views of record types and make these."""
    for name in inspect(connection).get_view_names():
        if name.startswith(_PREFIX):
            connection.exec_driver_sql(f'DROP VIEW "{name}"')
    for statement in statements.values():
        connection.exec_driver_sql(statement)


def _create(record_type: RecordType, dialect: str) -> str:
    columns = ["r.id AS record_id", "s.id AS unit_id", "r.month AS month_number"]
    header = ("actor", "changed_by"), ("recorded_at", "changed_at")
    columns += [f"{_json('v.header', name, dialect)} AS {label}" for name, label in header]
    columns += _columns(record_type.fields, dialect)
    return (
        f'CREATE VIEW "{_PREFIX}{record_type.id}" AS SELECT {", ".join(columns)} '
        "FROM records r JOIN revisions v ON v.key = r.revision JOIN scopes s ON s.key = r.scope "
        f"WHERE r.type = (SELECT key FROM types WHERE id = '{record_type.id}') AND NOT r.deleted"
    )


def _columns(fields: Sequence[Field], dialect: str) -> list[str]:
    columns = []
    for field in fields:
        if field.kept:  # never in a body
            continue
        value = _json("v.body", field.name, dialect)
        kind = {"integer": "INTEGER", "decimal": "NUMERIC"}.get(field.kind)
        name = f"{field.name}_" if field.name in _OWN_COLUMNS else field.name
        columns.append(f'{f"CAST({value} AS {kind})" if kind else value} AS "{name}"')
    return columns


def _json(column: str, name: str, dialect: str) -> str:
    if dialect == "postgresql":
        return f"({column}::json ->> '{name}')"
    return f"json_extract({column}, '$.{name}')"
