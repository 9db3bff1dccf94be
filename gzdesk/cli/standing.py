"""Commands on how things stand with the other side: `status`, `conflicts`, `resolve`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.intake import FORMAT, read_object
from gzdesk.cli.output import table
from gzdesk.cli.words import field_labels
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.services.conflicts import Conflict
    from gzdesk.services.exchange import UnitStatus


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(name="status", help=_("what each unit has handed in"), run=_status, show=_show_status),
        Command(
            name="conflicts",
            help=_("list the records that were changed on two sides"),
            run=_conflicts,
            show=_show_conflicts,
        ),
        Command(
            name="resolve",
            help=_("town: choose between the versions of such a record"),
            arguments=_resolve_arguments,
            run=_resolve,
            show=_show_resolved,
        ),
    )


def _status(call: Call) -> Answer:
    with call.workspace() as workspace:
        units = [_status_data(workspace, item) for item in workspace.exchange.status()]
        return Answer(data={"unit": workspace.me.id, "units": units})


def _status_data(workspace: Workspace, item: UnitStatus) -> dict[str, Any]:
    year = workspace.mint.today().year
    return {
        "unit": item.unit.id,
        "name": item.unit.label,
        "state": item.state,
        "tips": [
            {"writer": tip.writer, "scope": tip.scope, "seq": tip.seq, "id": tip.id} for tip in item.tips
        ],
        "missing": [
            {"writer": gap.writer, "scope": gap.scope, "first_seq": gap.first_seq, "last_seq": gap.last_seq}
            for gap in item.missing
        ],
        "clones": list(item.clones),
        "conflicts": item.conflicts,
        "missing_files": item.missing_attachments,
        "last_import": item.last_import or None,
        "last_number": item.last_number,
        "pending": item.pending,
        "acknowledged": item.acknowledged,
        "months": _closed_months(workspace, item, year),
    }


def _closed_months(workspace: Workspace, item: UnitStatus, year: int) -> list[dict[str, Any]]:
    """The months of this year and the last one whose sheet is here; a village's own months, in a village."""
    unit = item.unit.id if workspace.context.is_town else workspace.me.id
    states = [state for number in (year - 1, year) for state in workspace.months.states(number, unit=unit)]
    return [
        {
            "month": str(state.month),
            "status": state.status,
            "nil": state.nil,
            "correction": state.correction,
            "check_code": state.check_code,
        }
        for state in states
        if state.status != "open"
    ]


def _show_status(data: Data) -> str:
    rows = [
        (
            item["name"],
            item["last_import"],
            item["last_number"] or None,
            item["months"][-1]["month"] if item["months"] else None,
            len(item["missing"]),
            item["conflicts"],
            _("yes") if item["acknowledged"] else _("no"),
        )
        for item in list_of(data, "units")
    ]
    headings = (
        _("Unit"),
        _("Last taken in"),
        _("Number"),
        _("Closed up to"),
        _("Gaps"),
        _("Changed twice"),
        _("All confirmed"),
    )
    return table(headings, rows)


def _conflicts(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.conflicts.list()
    return Answer(data={"conflicts": [_conflict_data(item) for item in found]})


def _conflict_data(item: Conflict) -> dict[str, Any]:
    return {
        "record": item.record,
        "type": item.type_id,
        "unit": item.unit,
        "words": item.words,
        "why": item.why,
        "shown": item.shown,
        "items": [
            {
                "field": row.field,
                "label": row.label,
                "changed_by": [item.revisions[number] for number in row.by],
            }
            for row in item.items
        ],
        "by_item": item.by_item,
        "versions": [
            {
                "revision": side.revision,
                "who": side.who,
                "when": side.when,
                "deleted": side.deleted,
                "texts": dict(side.texts),
            }
            for side in item.sides
        ],
    }


def _show_conflicts(data: Data) -> str:
    lines = []
    for item in list_of(data, "conflicts"):
        lines += [f"{item['record']}  {item['words']}", f"  {item['why']}"]
        labels = field_labels(item["type"])
        for side in item["versions"]:
            words = "，".join(
                f"{labels.get(name, name)} {text or '—'}" for name, text in side["texts"].items()
            )
            said = _("deleted") if side["deleted"] else words
            lines.append(f"  {side['when'][:16].replace('T', ' ')}  {side['who']}  {said}")
            lines.append(f"    {side['revision']}")
    return "\n".join(lines) if lines else _("No record was changed on two sides.")


# resolve

_CHOOSE = "choose"


def _resolve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--take", metavar="REVISION", help=_("use this version as a whole"))
    how.add_argument(
        "--with",
        dest="body",
        metavar="FILE|-",
        help=_("{format} object of items, and under {choose} of the versions to take items from").format(
            format=FORMAT, choose=_CHOOSE
        ),
    )


def _resolve(call: Call) -> Answer:
    arguments = call.arguments
    given = {} if arguments.body is None else dict(read_object(arguments.body))
    with call.workspace() as workspace:
        if arguments.take is not None:
            settled = workspace.conflicts.take(arguments.id, arguments.take)
        else:
            choices = _choices(given.pop(_CHOOSE, {}))
            settled = workspace.conflicts.mix(arguments.id, choices=choices, values=given)
        return Answer(
            data={
                "record": settled.record,
                "revision": settled.revision,
                "chosen": settled.words,
                "left": len(workspace.conflicts.records()),
            }
        )


def _choices(given: object) -> dict[str, str]:
    if isinstance(given, dict) and all(isinstance(revision, str) for revision in given.values()):
        return given
    raise UserError(
        code="choose_shape",
        message=_("What stands under {choose} is not understood.").format(choose=_CHOOSE),
        hint=_("Name for each item the id of the version to take it from."),
    )


def _show_resolved(data: Data) -> str:
    return _("Chosen: {what}").format(what=data["chosen"])
