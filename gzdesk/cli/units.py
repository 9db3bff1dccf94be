"""Commands on the list of units that the town keeps: `units`, `unit-add`, `unit-rename`, `unit-merge`,
`unit-close`, `unit-reopen`.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import day
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.domain.unit import Unit
    from gzdesk.services.unit_list import UnitRow


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="units",
            help=_("the units that there are, were or will be"),
            arguments=_units_arguments,
            run=_units,
            show=_show_units,
        ),
        Command(
            name="unit-add",
            help=_("town: add a unit, which can then be given a join file"),
            arguments=_add_arguments,
            run=_add,
            show=_show_unit,
        ),
        Command(
            name="unit-rename",
            help=_("town: give a unit another name, form number prefix or division code"),
            arguments=_rename_arguments,
            run=_rename,
            show=_show_unit,
        ),
        Command(
            name="unit-merge",
            help=_("town: let a unit be part of another from a day on"),
            arguments=_merge_arguments,
            run=_merge,
            show=_show_unit,
        ),
        Command(
            name="unit-close",
            help=_("town: let a unit end with a day"),
            arguments=_close_arguments,
            run=_close,
            show=_show_unit,
        ),
        Command(
            name="unit-reopen",
            help=_("town: take a merger or a closing back"),
            arguments=_unit_argument,
            run=_reopen,
            show=_show_unit,
        ),
    )


def _units_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DATE", help=_("the day; today when left out"))


def _units(call: Call) -> Answer:
    with call.workspace() as workspace:
        on = call.arguments.on or workspace.mint.today()
        rows = [_row_data(row) for row in workspace.unit_list.rows(on)]
        return Answer(data={"on": on.isoformat(), "units": rows})


def _unit_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help=_("name, id or division code"))


def _name_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name-en", default="", metavar="NAME", help=_("the English name"))
    parser.add_argument("--short", default="", metavar="CY1", help=_("the prefix of its form numbers"))
    parser.add_argument("--code", default="", metavar="CODE", help=_("the division code of 12 digits"))


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--kind", choices=("village", "community"), default="village")
    _name_arguments(parser)
    parser.add_argument("--from", dest="valid_from", type=day, metavar="DATE", help=_("its first day"))


def _add(call: Call) -> Answer:
    given = call.arguments
    with call.workspace() as workspace:
        made = workspace.unit_list.add(
            name=given.name,
            kind=given.kind,
            name_en=given.name_en,
            short=given.short,
            code=given.code,
            valid_from=given.valid_from,
        )
        return Answer(data=_unit_data(made))


def _rename_arguments(parser: argparse.ArgumentParser) -> None:
    _unit_argument(parser)
    parser.add_argument("name", metavar="NAME", help=_("the new name; the old one to leave it"))
    _name_arguments(parser)


def _rename(call: Call) -> Answer:
    given = call.arguments
    with call.workspace() as workspace:
        changed = workspace.unit_list.rename(
            given.unit, name=given.name, name_en=given.name_en, short=given.short, code=given.code
        )
        return Answer(data=_unit_data(changed))


def _merge_arguments(parser: argparse.ArgumentParser) -> None:
    _unit_argument(parser)
    parser.add_argument("into", metavar="INTO", help=_("the unit that takes over its records of the year"))
    parser.add_argument("--from", dest="first_day", type=day, required=True, metavar="DATE")


def _merge(call: Call) -> Answer:
    given = call.arguments
    with call.workspace() as workspace:
        return Answer(
            data=_unit_data(workspace.unit_list.merge(given.unit, given.into, first_day=given.first_day))
        )


def _close_arguments(parser: argparse.ArgumentParser) -> None:
    _unit_argument(parser)
    parser.add_argument("--last-day", type=day, required=True, metavar="DATE")


def _close(call: Call) -> Answer:
    given = call.arguments
    with call.workspace() as workspace:
        return Answer(data=_unit_data(workspace.unit_list.close(given.unit, last_day=given.last_day)))


def _reopen(call: Call) -> Answer:
    with call.workspace() as workspace:
        return Answer(data=_unit_data(workspace.unit_list.reopen(call.arguments.unit)))


def _unit_data(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "short": unit.short,
        "code": unit.code,
        "valid_from": unit.valid_from or None,
        "valid_to": unit.valid_to or None,
        "successor": unit.successor or None,
    }


def _row_data(row: UnitRow) -> dict[str, Any]:
    return {**_unit_data(row.unit), "state": row.state}


def _show_units(data: Data) -> str:
    states = {"now": "", "coming": _("not yet"), "merged": _("merged"), "closed": _("no longer there")}
    rows = [
        (item["name"], item["id"], item["short"], item["code"] or "", states[item["state"]])
        for item in list_of(data, "units")
    ]
    return table((_("Unit"), "id", _("Prefix"), _("Division code"), _("State")), rows)


def _show_unit(data: Data) -> str:
    until = _("there until {day}").format(day=data["valid_to"]) if data["valid_to"] else ""
    return "  ".join(part for part in (str(data["name"]), str(data["id"]), until) if part)
