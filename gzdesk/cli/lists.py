"""The command `list`: the records of a register, whole or as many as asked for."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import count, month
from gzdesk.cli.records import record_data
from gzdesk.cli.words import field_labels, list_columns, register
from gzdesk.domain.masking import masked_values
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.services.records import RecordView
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
    parser.add_argument(
        "--limit", type=count(least=0, most=10_000_000), metavar="N", help=_("at most so many records")
    )


def _list(call: Call) -> Answer:
    from gzdesk.storage.queries import ListQuery

    arguments = call.arguments
    with call.workspace() as workspace:
        record_type = register(workspace, arguments.type)
        unit = workspace.context.unit(arguments.unit).id if arguments.unit else None
        query = ListQuery(types=(record_type.id,), month=arguments.month, unit=unit)
        total = workspace.records.page(query).total
        wanted = total if arguments.limit is None else min(total, arguments.limit)
        return Answer(
            data={"records": _read(workspace, query, wanted), "total": total, "type": record_type.id}
        )


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
    names = list_columns(str(data["type"]))
    labels = field_labels(str(data["type"]))
    records = list_of(data, "records")
    rows = [[*(record["texts"].get(name) for name in names), record["id"]] for record in records]
    lines = [table([*(labels.get(name, name) for name in names), _("Id")], rows)] if rows else []
    shown = _("{shown} of {total} records").format(shown=len(records), total=data["total"])
    return "\n".join([*lines, shown])
