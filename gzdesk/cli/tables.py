"""Tables from Excel: `import-table` takes one in, `undo-import` takes a whole import back."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.intake import FORMAT, read_object
from gzdesk.cli.output import table
from gzdesk.cli.words import register
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.domain.record_type import RecordType
    from gzdesk.services.imports import Outcome, RowProblem, SourceTable


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="import-table",
            help=_("take in the rows of an Excel or text table"),
            arguments=_import_arguments,
            run=_import,
            show=_show_import,
        ),
        Command(
            name="undo-import",
            help=_("take back all records of one table import"),
            arguments=_undo_arguments,
            run=_undo,
            show=_show_undo,
        ),
    )


# import-table


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("type", metavar="TYPE", help=_("the register, such as film_screening"))
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx .xls .csv")
    parser.add_argument("--sheet", metavar="S", help=_("the sheet; left out, the one that fits the register"))
    parser.add_argument(
        "--map",
        metavar="F",
        help=_("{format} object: the heading or letter of a column, and the item it is").format(
            format=FORMAT
        ),
    )
    parser.add_argument("--refused", type=Path, metavar="OUT.xlsx", help=_("write the refused rows there"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))


def _import(call: Call) -> Answer:
    arguments = call.arguments
    wanted = read_object(arguments.map) if arguments.map else None
    with call.workspace() as workspace:
        imports = workspace.imports
        record_type = register(workspace, arguments.type)
        book = imports.open(arguments.file, progress=call.progress)
        found = imports.table(book, type_id=record_type.id, sheet=arguments.sheet, progress=call.progress)
        mapping = None if wanted is None else _mapping(wanted, found, record_type)
        outcome = imports.run(found, mapping=mapping, dry_run=arguments.dry_run, progress=call.progress)
        saved = None
        if arguments.refused and outcome.refused:
            saved = str(imports.save_refused(outcome, arguments.refused))
    used = found.mapping if mapping is None else mapping
    data = {**_outcome_data(outcome), **_table_data(found, used), "refused_file": saved}
    return Answer(data=data, refused=_nothing_good(outcome))


def _mapping(wanted: Mapping[str, Any], found: SourceTable, record_type: RecordType) -> dict[int, str]:
    """Heading or letter of a column and the item it is, whichever of the two stands first."""
    columns = wanted.get("columns")
    pairs = columns if isinstance(columns, Mapping) else wanted
    mapping: dict[int, str] = {}
    for one, other in pairs.items():
        index, item = _column(found, str(one)), _item(record_type, str(other))
        if index is None or item is None:
            index, item = _column(found, str(other)), _item(record_type, str(one))
        if index is None or item is None:
            raise UserError(
                code="bad_mapping",
                message=_("“{one}” and “{other}” are no column of this table and item of {register}.").format(
                    one=one, other=other, register=record_type.label
                ),
                hint=_("The command `types` lists the items; columns go by their heading or letter."),
            )
        mapping[index] = item
    return mapping


def _column(found: SourceTable, key: str) -> int | None:
    from gzdesk.services.imports import same_heading

    titles = [column.index for column in found.columns if same_heading(column.title, key)]
    letters = [column.index for column in found.columns if column.letter == key.upper()]
    return next(iter([*titles, *letters]), None)


def _item(record_type: RecordType, key: str) -> str | None:
    from gzdesk.services.imports import UNIT_COLUMN

    if key == UNIT_COLUMN:
        return key
    return next((field.name for field in record_type.fields if key in (field.name, field.zh, field.en)), None)


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "batch": outcome.batch,
        "dry_run": outcome.dry_run,
        "added": outcome.added,
        "skipped": outcome.skipped,
        "errors": [item for row in outcome.refused for item in _problems(row.row, row.problems)],
        "warnings": [item for row in outcome.warnings for item in _problems(row.row, row.problems)],
        "notes": list(outcome.notes),
    }


def _problems(row: int, problems: Iterable[RowProblem]) -> list[dict[str, Any]]:
    return [
        {"row": row, "field": item.field, "label": item.label, "message": item.message} for item in problems
    ]


def _table_data(found: SourceTable, mapping: Mapping[int, str]) -> dict[str, Any]:
    return {
        "sheet": found.sheet,
        "header_rows": list(found.header_rows),
        "columns": [
            {"column": column.letter, "heading": column.title, "field": mapping.get(column.index)}
            for column in found.columns
        ],
    }


def _nothing_good(outcome: Outcome) -> UserError | None:
    """What ends the command with 1: nothing of the table is here, for every row was refused."""
    if outcome.added or outcome.skipped or not outcome.refused:
        return None
    return UserError(
        code="all_refused",
        message=_("No row of this table could be taken in."),
        hint=_("The reason stands beside each row. Nothing was changed."),
    )


def _show_import(data: Data) -> str:
    columns = [(item["column"], item["heading"], item["field"]) for item in list_of(data, "columns")]
    lines = [
        table((_("Column"), _("Heading"), _("Item of the register")), columns),
        *map(str, list_of(data, "notes")),
    ]
    lines += [_problem_line(item) for item in list_of(data, "errors")]
    lines += [_problem_line(item) for item in list_of(data, "warnings")]
    rows = {item["row"] for item in list_of(data, "errors")}
    counts = _("{added} new, {skipped} here already, {refused} refused").format(
        added=data["added"], skipped=data["skipped"], refused=len(rows)
    )
    lines.append(_("Only tried: ") + counts if data["dry_run"] else counts)
    if data["batch"]:
        lines.append(_("To take all of it back: undo-import {batch}").format(batch=data["batch"]))
    if data["refused_file"]:
        lines.append(_("Refused rows: {file}").format(file=data["refused_file"]))
    return "\n".join(lines)


def _problem_line(item: Mapping[str, Any]) -> str:
    label = _("{label}: ").format(label=item["label"]) if item["label"] else ""
    return _("Row {number}: ").format(number=item["row"]) + label + str(item["message"])


# undo-import


def _undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("batch", metavar="BATCH", help=_("what import-table answered as its batch"))


def _undo(call: Call) -> Answer:
    with call.workspace() as workspace:
        undone = workspace.imports.undo(call.arguments.batch, progress=call.progress)
    return Answer(
        data={
            "batch": call.arguments.batch,
            "taken_back": undone.taken_back,
            "kept": [{"id": item.id, "words": item.words, "reason": item.reason} for item in undone.kept],
        }
    )


def _show_undo(data: Data) -> str:
    kept = list_of(data, "kept")
    taken = int(str(data["taken_back"]))
    lines = [
        ngettext("{count} record was taken back.", "{count} records were taken back.", taken).format(
            count=taken
        )
    ]
    lines += [
        _("Kept: {words} ({reason})").format(words=item["words"] or item["id"], reason=item["reason"])
        for item in kept
    ]
    return "\n".join(lines)
