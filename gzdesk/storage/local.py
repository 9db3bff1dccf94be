"""What this PC keeps for itself and never sends: settings, keys, drafts. Each value is JSON under a name."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from gzdesk.storage.driver import replace_rows
from gzdesk.storage.tables import local


class LocalReader:
    """Reading local values."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: Any = None) -> Any:
        """The value under that name, or the default."""
        text = self._connection.execute(select(local.c.value).where(local.c.name == name)).scalar()
        return default if text is None else json.loads(text)

    def with_prefix(self, prefix: str) -> dict[str, Any]:
        """All values whose name starts so, by name."""
        query = select(local).where(local.c.name.startswith(prefix, autoescape=True)).order_by(local.c.name)
        return {row.name: json.loads(row.value) for row in self._connection.execute(query)}


class LocalWriter(LocalReader):
    """Reading and writing local values."""

    def put(self, name: str, value: Any) -> None:
        """Keep a JSON value under that name, in place of an earlier one."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        replace_rows(self._connection, local, ("name", "value"), "name", [(name, text)])

    def drop(self, name: str) -> None:
        """Forget the value under that name."""
        self._connection.execute(delete(local).where(local.c.name == name))
