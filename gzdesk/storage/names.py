"""The small integers that stand for scope, writer and type names inside the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, insert, select

from gzdesk.storage.tables import scopes, types, writers


@dataclass(slots=True)
class KnownNames:
    """Names that are committed, shared by all transactions of an open ledger: they never change or go away."""

    keys: dict[str, dict[str, int]] = field(default_factory=dict)
    ids: dict[str, dict[int, str]] = field(default_factory=dict)


class Names:
    """Both ways between a name and its key, extended as new names arrive."""

    def __init__(self, connection: Connection, known: KnownNames) -> None:
        self._connection = connection
        self._known = known
        self._keys: dict[str, dict[str, int]] = {}
        self._ids: dict[str, dict[int, str]] = {}

    def scope(self, name: str) -> int:
        """The key of a scope; it is made when new."""
        return self._key(scopes, name)

    def writer(self, name: str) -> int:
        """The key of a writer; it is made when new."""
        return self._key(writers, name)

    def type(self, name: str) -> int:
        """The key of a record type; it is made when new, also for types this program does not know."""
        return self._key(types, name)

    def scope_id(self, key: int) -> str:
        """The scope's name."""
        return self._id(scopes, key)

    def writer_id(self, key: int) -> str:
        """The writer's name."""
        return self._id(writers, key)

    def type_id(self, key: int) -> str:
        """The type's name."""
        return self._id(types, key)

    def scope_ids(self) -> Mapping[int, str]:
        """The names of all scopes by their keys."""
        self._load(scopes)
        return self._ids[scopes.name]

    def type_ids(self) -> Mapping[int, str]:
        """The names of all types by their keys."""
        self._load(types)
        return self._ids[types.name]

    def known_scopes(self, names: Iterable[str]) -> list[int]:
        """The keys of those scopes that the file has; reading never makes a name."""
        return self._found(scopes, names)

    def known_types(self, names: Iterable[str]) -> list[int]:
        """The keys of those types that the file has."""
        return self._found(types, names)

    def committed(self) -> None:
        """The transaction is lasting, and with it the names it made."""
        self._known.keys.update(self._keys)
        self._known.ids.update(self._ids)

    def _found(self, table: Table, names: Iterable[str]) -> list[int]:
        keys = self._load(table)
        return [keys[name] for name in names if name in keys]

    def _load(self, table: Table) -> dict[str, int]:
        own = self._keys.get(table.name)
        if own is not None:
            return own
        if table.name not in self._known.keys:
            # Before this transaction made any: what is read here is committed.
            rows = self._connection.execute(select(table.c.id, table.c.key)).all()
            self._known.keys[table.name] = {row.id: row.key for row in rows}
            self._known.ids[table.name] = {row.key: row.id for row in rows}
        own = self._keys[table.name] = dict(self._known.keys[table.name])
        self._ids[table.name] = dict(self._known.ids[table.name])
        return own

    def _key(self, table: Table, name: str) -> int:
        keys = self._load(table)
        key = keys.get(name)
        if key is None:
            added = insert(table).values(id=name).returning(table.c.key)
            key = keys[name] = int(self._connection.execute(added).scalar_one())
            self._ids[table.name][key] = name
        return key

    def _id(self, table: Table, key: int) -> str:
        self._load(table)
        return self._ids[table.name][key]
