"""Commands on what units handed in with a hole that nobody can fill any more: `lost`, `write-off`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.lost_reports import LostReport


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(name="lost", help=_("what was written off as lost for good"), run=_lost, show=_show),
        Command(
            name="write-off",
            help=_("town: what is missing from a unit can't come any more; its months can be approved"),
            arguments=_arguments,
            run=_write_off,
            show=_show,
        ),
    )


def _lost(call: Call) -> Answer:
    with call.workspace() as workspace:
        return Answer(data={"lost": [_data(item) for item in workspace.lost_reports.all()]})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help=_("name, id or division code"))
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--reason", metavar="R", help=_("why the missing file can't come any more"))
    how.add_argument("--take-back", action="store_true", help=_("wait for it again"))


def _write_off(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        if arguments.take_back:
            workspace.lost_reports.take_back(arguments.unit)
        else:
            workspace.lost_reports.write_off(arguments.unit, reason=arguments.reason)
        return Answer(data={"lost": [_data(item) for item in workspace.lost_reports.all()]})


def _data(item: LostReport) -> dict[str, Any]:
    return {
        "unit": item.unit.id,
        "name": item.unit.label,
        "writer": item.writer,
        "first_seq": item.first_seq,
        "last_seq": item.last_seq,
        "on": item.on,
        "by": item.by,
        "reason": item.reason,
    }


def _show(data: Data) -> str:
    rows = [
        (item["name"], item["last_seq"] - item["first_seq"] + 1, item["on"], item["by"], item["reason"])
        for item in list_of(data, "lost")
    ]
    if not rows:
        return _("Nothing was written off.")
    return table((_("Unit"), _("Changes"), _("Date"), _("By"), _("Reason")), rows)
