"""Commands on how things stand with the other side: `status`, `conflicts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.words import field_labels, type_label
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
    from gzdesk.services.conflicts import list_conflicts

    with call.workspace() as workspace:
        found = list_conflicts(workspace.context)
    return Answer(data={"conflicts": [_conflict_data(item) for item in found]})


def _conflict_data(item: Conflict) -> dict[str, Any]:
    return {
        "record": item.record,
        "type": item.type_id,
        "unit": item.unit,
        "shown": item.shown,
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
        lines.append(f"{item['record']}  {type_label(item['type'])}")
        labels = field_labels(item["type"])
        for side in item["versions"]:
            words = "，".join(
                f"{labels.get(name, name)} {text or '—'}" for name, text in side["texts"].items()
            )
            said = _("deleted") if side["deleted"] else words
            lines.append(f"  {side['when'][:16].replace('T', ' ')}  {side['who']}  {said}")
    return "\n".join(lines) if lines else _("No record was changed on two sides.")
