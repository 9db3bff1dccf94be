"""The command `table`: an ad hoc table, chosen word by word or asked for by its name."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.lists import add_encoding, file_data, show_file
from gzdesk.cli.output import table
from gzdesk.cli.parser import count, day, month, year
from gzdesk.cli.words import register
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.record_type import RecordType
    from gzdesk.services.tables import AdHoc, Period, SavedTable, TableResult

RELATIVE = ("this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year", "all")
_PERIODS = ("period", "month", "quarter", "year", "first", "last")


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="table",
            help=_("put together a table of one or several registers; without options, list the tables"),
            arguments=_arguments,
            run=_run,
            show=_show,
        ),
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--saved", metavar="NAME", help=_("a table that was kept or comes with the program"))
    which.add_argument("--forget", metavar="NAME", help=_("forget a table that was kept"))
    which.add_argument(
        "--type", action="append", metavar="T", help=_("a register; may be given several times")
    )
    parser.add_argument("--columns", type=_names, metavar="C,…", help=_("the items to list"))
    parser.add_argument(
        "--group-by", type=_names, metavar="G,…", help=_("month, quarter, year, unit, type or items")
    )
    parser.add_argument(
        "--measures", type=_names, metavar="M,…", help=_("count, sessions, persons, items or distinct:ITEM")
    )
    parser.add_argument(
        "--where", action="append", metavar="ITEM=VALUE", help=_("only records with that choice")
    )
    parser.add_argument("--status", type=_names, metavar="S,…", help=_("held unless given"))
    parser.add_argument("--unit", metavar="U", help=_("only this unit: name, id or division code"))
    _period_arguments(parser)
    parser.add_argument("--sort", metavar="C", help=_("the column to sort by"))
    parser.add_argument("--descending", action="store_true", help=_("the largest first"))
    parser.add_argument("--keep", metavar="NAME", help=_("keep the table on this PC under that name"))
    parser.add_argument(
        "--limit", type=count(least=0, most=10_000_000), metavar="N", help=_("at most so many rows")
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("write it to a .xlsx, .csv or .pdf file"))
    add_encoding(parser)


def _period_arguments(parser: argparse.ArgumentParser) -> None:
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--period", choices=RELATIVE, help=_("counted from today"))
    when.add_argument("--month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    when.add_argument("--quarter", type=_quarter, metavar="Q", help=_("the quarter, such as 2019-Q4"))
    when.add_argument("--year", type=year, metavar="Y", help=_("the year, such as 2019"))
    parser.add_argument("--from", dest="first", type=day, metavar="D", help=_("from this day on"))
    parser.add_argument("--to", dest="last", type=day, metavar="D", help=_("up to this day"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _quarter(text: str) -> str:
    """`2019-Q4` as the month it begins in."""
    from gzdesk.domain.reading.dates import is_quarter

    if not is_quarter(text):
        raise argparse.ArgumentTypeError(_("“{text}” is no quarter; write 2019-Q4").format(text=text))
    return f"{text[:4]}-{int(text[-1]) * 3 - 2:02d}"


def _run(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        if arguments.forget is not None:
            workspace.tables.forget(workspace.tables.find(arguments.forget).name)
            return Answer(data={"forgotten": arguments.forget})
        if arguments.saved is None and not arguments.type:
            return Answer(data={"tables": [_saved_data(one) for one in workspace.tables.saved()]})
        adhoc = _chosen(workspace, arguments)
        if arguments.keep is not None:
            adhoc = workspace.tables.keep(replace(adhoc, name=arguments.keep)).adhoc
        if arguments.out is not None:
            made = workspace.tables.write(
                adhoc, out=arguments.out, encoding=arguments.encoding, progress=call.progress
            )
            return Answer(data=file_data(made))
        return Answer(
            data=_result_data(workspace.tables.build(adhoc, progress=call.progress), arguments.limit)
        )


def _chosen(workspace: Workspace, arguments: argparse.Namespace) -> AdHoc:
    """The table asked for: a kept one with what is given besides in place of its own, or a new one."""
    from gzdesk.services.tables import AdHoc

    types = [register(workspace, name) for name in arguments.type or ()]
    if arguments.saved is not None:
        adhoc = workspace.tables.find(arguments.saved).adhoc
    else:
        adhoc = AdHoc(types=tuple(item.id for item in types))
    if not types:
        types = [workspace.context.record_type(type_id) for type_id in adhoc.types]
    given: dict[str, Any] = {
        "columns": arguments.columns,
        "group_by": arguments.group_by,
        "measures": arguments.measures,
        "statuses": arguments.status,
        "unit": arguments.unit,
        "sort": arguments.sort,
        "descending": arguments.descending or None,
        "where": _where(types, arguments.where) if arguments.where else None,
        "period": _period(arguments),
    }
    return replace(adhoc, **{name: value for name, value in given.items() if value is not None})


def _where(types: list[RecordType], given: list[str]) -> tuple[tuple[str, str], ...]:
    """`kind=粤剧` as the item and the code of the choice; what is no choice is left for the table to refuse."""
    pairs = []
    for text in given:
        name, _sep, value = text.partition("=")
        item = types[0].field(name) if len(types) == 1 else None
        choice = item.choice(value) if item else None
        pairs.append((name, choice.code if choice else value))
    return tuple(pairs)


def _period(arguments: argparse.Namespace) -> Period | None:
    from gzdesk.services.tables import Period

    if all(getattr(arguments, name) is None for name in _PERIODS):
        return None
    if arguments.first or arguments.last:
        first, last = (found.isoformat() if found else "" for found in (arguments.first, arguments.last))
        return Period(kind="days", first=first, last=last)
    if arguments.month:
        return Period(kind="month", first=str(arguments.month))
    if arguments.quarter:
        return Period(kind="quarter", first=arguments.quarter)
    if arguments.year:
        return Period(kind="year", first=f"{arguments.year}-01")
    return Period(kind=arguments.period)


def _saved_data(one: SavedTable) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "ready_made": one.ready_made, "types": list(one.adhoc.types)}


def _result_data(result: TableResult, limit: int | None) -> dict[str, object]:
    ids = [column.id for column in result.columns]
    return {
        "name": result.title,
        "columns": [
            {"id": column.id, "title": column.title, "kind": column.kind} for column in result.columns
        ],
        "rows": [dict(zip(ids, row, strict=True)) for row in result.rows[:limit]],
        "totals": dict(zip(ids, result.totals, strict=bool(result.totals))),
        "total": len(result.rows),
        "records": result.records,
        "remarks": list(result.remarks),
    }


def _show(data: Data) -> str:
    if "forgotten" in data:
        return _("Forgotten: {name}").format(name=data["forgotten"])
    if "file" in data:
        return show_file(data)
    if "tables" in data:
        return _show_tables(data)
    columns, totals = list_of(data, "columns"), data.get("totals")
    rows = [[_text(row[column["id"]]) for column in columns] for row in list_of(data, "rows")]
    if isinstance(totals, dict) and totals:
        rows.append([_text(totals[column["id"]]) for column in columns])
    lines = [str(data["name"]), *map(str, list_of(data, "remarks"))]
    return "\n".join([*lines, table([column["title"] for column in columns], rows)])


def _show_tables(data: Data) -> str:
    rows = [
        (one["name"], one["id"] if one["ready_made"] else _("kept here")) for one in list_of(data, "tables")
    ]
    return table((_("Table"), _("Id")), rows)


def _text(value: object) -> object:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else value
