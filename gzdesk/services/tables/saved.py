"""Tables by name: those that come with the program, and those that somebody kept on this PC."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from gzdesk import assets
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick
from gzdesk.services.context import Context
from gzdesk.services.tables.adhoc import AdHoc

_KEPT = "tables"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTable:
    """A table that can be asked for by its name or, when it comes with the program, by its id."""

    id: str
    adhoc: AdHoc
    ready_made: bool

    @property
    def name(self) -> str:
        """The name in the language in use."""
        return self.adhoc.name


def ready_made(context: Context) -> tuple[SavedTable, ...]:
    """Those of `db/reference/tables.toml` that mean something to this unit, in the language in use."""
    rows = tomllib.loads(assets.reference("tables.toml").read_text(encoding="utf-8"))["table"]
    found = (_from_row(row) for row in rows if context.is_town or not row.get("town"))
    return tuple(one for one in found if _is_known(context, one.adhoc))


def kept(context: Context) -> tuple[SavedTable, ...]:
    """Those kept on this PC, by name."""
    with context.store.reading() as read:
        rows: dict[str, Any] = read.local.get(_KEPT, {})
    found = (
        SavedTable(id=name, adhoc=AdHoc.from_data(data), ready_made=False) for name, data in rows.items()
    )
    return tuple(one for one in sorted(found, key=lambda one: one.name) if _is_known(context, one.adhoc))


def find(tables: Iterable[SavedTable], name: str) -> SavedTable:
    """The table with that name or id. Raises UserError `unknown_table`."""
    tables = tuple(tables)
    found = next((one for one in tables if name in (one.name, one.id)), None)
    if found is None:
        raise UserError(
            code="unknown_table",
            message=_("There is no table called {name}.").format(name=name),
            hint=_("Use one of: {names}.").format(names=listed(one.name for one in tables)),
        )
    return found


def keep(context: Context, adhoc: AdHoc) -> SavedTable:
    """Keep a table under its name, in place of an earlier one. Raises UserError `name_needed`."""
    name = " ".join(adhoc.name.split())[:_LONGEST_NAME]
    if not name:
        raise UserError(
            code="name_needed",
            message=_("The table has no name yet."),
            hint=_("Write one that says what it is for."),
        )
    named = replace(adhoc, name=name)
    with context.store.writing() as work:
        work.local.put(_KEPT, {**work.local.get(_KEPT, {}), name: named.to_data()})
        work.commit()
    return SavedTable(id=name, adhoc=named, ready_made=False)


def forget(context: Context, name: str) -> None:
    """Forget a table that was kept; one that is not there is as good as forgotten."""
    with context.store.writing() as work:
        rows: dict[str, Any] = work.local.get(_KEPT, {})
        work.local.put(_KEPT, {key: row for key, row in rows.items() if key != name})
        work.commit()


def _from_row(row: dict[str, Any]) -> SavedTable:
    values = {key: value for key, value in row.items() if key not in ("id", "zh", "en", "town")}
    values["period"] = {"kind": row["period"]}
    named = replace(AdHoc.from_data(values), name=pick(zh=row["zh"], en=row["en"]))
    return SavedTable(id=row["id"], adhoc=named, ready_made=True)


def _is_known(context: Context, adhoc: AdHoc) -> bool:
    """A kept table may be of a register that this program no longer knows."""
    return bool(adhoc.types) and all(context.types.get(type_id) for type_id in adhoc.types)
