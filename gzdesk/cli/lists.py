"""The command `list`: the records of a register, whole or as many as asked for, to read or as a file."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import count, month
from gzdesk.cli.records import record_data
from gzdesk.cli.words import field_labels, list_columns, register
from gzdesk.domain.masking import masked_values
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.services.records import RecordView
    from gzdesk.services.tables import TableFile
    from gzdesk.storage.queries import ListQuery

# How many records are read with their words at once; the bodies of a longer list are read in turns.
_AT_ONCE = 500


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="list",
            help=_("list the records of a register"),
            arguments=_list_arguments,
            run=_list,
            show=_show_list,
        ),
    )


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("type", metavar="TYPE", help=_("the register, such as film_screening"))
    parser.add_argument("--month", type=month, metavar="M", help=_("only this month, such as 2019-10"))
    parser.add_argument("--unit", metavar="U", help=_("only this unit: name, id or division code"))
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument(
        "--limit", type=count(least=0, most=10_000_000), metavar="N", help=_("at most so many records")
    )
    how_much.add_argument(
        "--out", type=Path, metavar="FILE", help=_("write the list to a .xlsx, .csv or .pdf file")
    )
    parser.add_argument("--all-items", action="store_true", help=_("in the file, all items of the register"))
    add_encoding(parser)


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """The encoding of a .csv file."""
    parser.add_argument(
        "--encoding",
        choices=("utf-8", "gb18030"),
        default="utf-8",
        help=_("of a .csv file; gb18030 is for older programs"),
    )


def _list(call: Call) -> Answer:
    from gzdesk.storage.queries import ListQuery

    arguments = call.arguments
    with call.workspace() as workspace:
        record_type = register(workspace, arguments.type)
        context = workspace.context
        unit = context.scope_in(record_type, context.unit(arguments.unit).id) if arguments.unit else None
        query = ListQuery(types=(record_type.id,), month=arguments.month, unit=unit)
        if arguments.out is not None:
            return _write(call, workspace, query)
        total = workspace.records.page(query).total
        wanted = total if arguments.limit is None else min(total, arguments.limit)
        return Answer(
            data={"records": _read(workspace, query, wanted), "total": total, "type": record_type.id}
        )


def _write(call: Call, workspace: Workspace, query: ListQuery) -> Answer:
    arguments = call.arguments
    made = workspace.tables.export(
        query,
        all_items=arguments.all_items,
        out=arguments.out,
        encoding=arguments.encoding,
        progress=call.progress,
    )
    return Answer(data={**file_data(made), "total": made.rows, "type": query.types[0]})


def file_data(made: TableFile) -> dict[str, object]:
    """A written table in the JSON document."""
    return {"file": str(made.file), "rows": made.rows, "pages": made.pages, "notes": list(made.notes)}


def show_file(data: Data) -> str:
    """The same for people."""
    count = int(str(data["rows"]))
    rows = ngettext("{count} row", "{count} rows", count).format(count=f"{count:,}")
    return "\n".join([f"{data['file']}  {rows}", *map(str, list_of(data, "notes"))])


def _read(workspace: Workspace, query: ListQuery, wanted: int) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    while len(records) < wanted:
        limit = min(_AT_ONCE, wanted - len(records))
        rows = workspace.records.page(replace(query, offset=len(records), limit=limit)).rows
        views = workspace.records.views([row.id for row in rows])
        records += [record_data(view, values=_masked(workspace, view)) for view in views]
        if len(rows) < limit:
            break
    return records


def _masked(workspace: Workspace, view: RecordView) -> dict[str, object]:
    record_type = workspace.types.get(view.record.type)
    return masked_values(record_type, view.record.values, phones=workspace.settings.mask_phones)


def _show_list(data: Data) -> str:
    if "file" in data:
        return show_file(data)
    names = list_columns(str(data["type"]))
    labels = field_labels(str(data["type"]))
    records = list_of(data, "records")
    rows = [[*(record["texts"].get(name) for name in names), record["id"]] for record in records]
    lines = [table([*(labels.get(name, name) for name in names), _("Id")], rows)] if rows else []
    shown = _("{shown} of {total} records").format(shown=len(records), total=data["total"])
    return "\n".join([*lines, shown])
