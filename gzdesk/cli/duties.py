"""Commands on what is owed, by whom and by when: `deadlines`, `tasks`."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.deadlines import Due
    from gzdesk.domain.task_state import TaskProgress
    from gzdesk.domain.tasks import MemberUnits, TaskItem
    from gzdesk.services.deadlines import DutyRate
    from gzdesk.services.task_checklist import Entry
    from gzdesk.services.task_list import ItemRow, Judged, TaskList

_DAYS_BACK, _DAYS_AHEAD = 31, 92


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="deadlines",
            help=_("what is to be handed in and posted, by when, and how often it was in time"),
            arguments=_deadline_arguments,
            run=_deadlines,
            show=_show_deadlines,
        ),
        Command(
            name="tasks",
            help=_("the 32 tasks and their items: state, progress, evidence, who owes what"),
            arguments=_task_arguments,
            run=_tasks,
            show=_show_tasks,
        ),
    )


def a_day(text: str) -> date:
    """A day such as 2019-11-08 on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no day; write 2019-11-08").format(text=text)
        ) from None


def _deadline_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=a_day, metavar="DATE", help=_("as it stands on that day; else today"))
    parser.add_argument("--unit", metavar="U", help=_("whose; in the town all units when left out"))
    parser.add_argument("--from", type=a_day, dest="first", metavar="DATE", help=_("from that day on"))
    parser.add_argument("--to", type=a_day, dest="last", metavar="DATE", help=_("up to that day"))


def _deadlines(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        on = arguments.on or workspace.mint.today()
        unit = workspace.context.unit(arguments.unit).id if arguments.unit else None
        first = arguments.first or on - timedelta(days=_DAYS_BACK)
        last = arguments.last or on + timedelta(days=_DAYS_AHEAD)
        service = workspace.deadlines
        found = {(due.duty.id, due.unit, due.period): due for due in service.reminders(unit=unit, on=on)}
        if arguments.first or arguments.last:
            found = {}
        for due in service.between(first, last, unit=unit, on=on):
            found[due.duty.id, due.unit, due.period] = due
        rates = service.rates(on.year, unit=unit, on=on)
        return Answer(
            data={
                "on": on.isoformat(),
                "unit": unit or workspace.me.id,
                "from": first.isoformat(),
                "to": last.isoformat(),
                "deadlines": [
                    _due_data(workspace, due, on)
                    for due in sorted(found.values(), key=lambda due: due.due_on)
                ],
                "rates": [_rate_data(rate) for rate in rates],
            }
        )


def _due_data(workspace: Workspace, due: Due, on: date) -> dict[str, Any]:
    from gzdesk.services.public_holidays import holiday_name, is_workday

    unit = workspace.context.unit(due.unit)
    return {
        "duty": due.duty.id,
        "name": due.duty.label,
        "unit": due.unit,
        "unit_name": unit.label,
        "period": due.period,
        "due_on": due.due_on.isoformat(),
        "wanted_on": due.wanted_on.isoformat() if due.wanted_on else None,
        "workday": is_workday(due.due_on),
        "holiday": holiday_name(due.due_on),
        "last_workday": due.last_workday.isoformat(),
        "remind_from": due.remind_from.isoformat(),
        "press_from": due.press_from.isoformat(),
        "state": due.state,
        "done_on": due.done_on.isoformat() if due.done_on else None,
        "days_left": (due.due_on - on).days,
        "asked_for": due.is_asked_for(on),
        "record": due.record or None,
        "items": list(due.duty.items),
        "indicator": due.duty.indicator or None,
    }


def _rate_data(rate: DutyRate) -> dict[str, Any]:
    return {
        "duty": rate.duty.id,
        "name": rate.duty.label,
        "unit": rate.unit.id if rate.unit else None,
        "on_time": rate.rate.on_time,
        "due": rate.rate.due,
        "percent": rate.rate.percent,
    }


def _show_deadlines(data: Data) -> str:
    from gzdesk.services.duty_words import state_label

    rows = [
        (
            item["due_on"],
            item["unit_name"],
            item["name"],
            item["period"],
            state_label(item["state"]),
            item["done_on"],
        )
        for item in list_of(data, "deadlines")
    ]
    if not rows:
        return _("Nothing is due in this time.")
    return table((_("Due by"), _("Unit"), _("Duty"), _("Period"), _("State"), _("Done on")), rows)


# tasks


def _task_arguments(parser: argparse.ArgumentParser) -> None:
    from gzdesk.domain.task_state import STATES

    parser.add_argument("--unit", metavar="U", help=_("who is responsible or cooperates"))
    parser.add_argument(
        "--state",
        action="append",
        default=[],
        metavar="S",
        help=_("one of: {states}").format(states=", ".join(STATES)),
    )
    parser.add_argument(
        "--due-before",
        type=a_day,
        dest="due_before",
        metavar="DATE",
        help=_("due by that day, the day included"),
    )
    parser.add_argument(
        "--item", default="", metavar="N", help=_("a task such as 16, or one item such as 16.2")
    )
    parser.add_argument("--find", default="", metavar="TEXT", help=_("words, units or initials"))
    parser.add_argument("--missing", action="store_true", help=_("only what still lacks evidence"))
    parser.add_argument("--village-duty", action="store_true", help=_("only what villages have a part in"))


def _tasks(call: Call) -> Answer:
    from gzdesk.services.task_list import TaskQuery

    arguments = call.arguments
    query = TaskQuery(
        who=arguments.unit or "",
        states=tuple(_state(text) for text in arguments.state),
        due_before=arguments.due_before,
        item=arguments.item,
        text=arguments.find,
        village_duty=arguments.village_duty,
        missing_evidence=arguments.missing,
    )
    with call.workspace() as workspace:
        context = workspace.context
        unit = None if context.is_town else context.me.id
        rows = workspace.tasks.items(query, unit=unit)
        items = [_item_data(row, workspace.tasks, unit) for row in rows]
        return Answer(data={"unit": context.me.id, "items": items, "total": len(items)})


def _state(text: str) -> str:
    from gzdesk.domain.task_state import STATES
    from gzdesk.services.task_list import state_label

    for state in STATES:
        if text in (state, state_label(state)):
            return state
    raise UserError(
        code="unknown_state",
        message=_("There is no state “{name}”.").format(name=text),
        hint=_("Use one of: {names}.").format(names=", ".join(STATES)),
    )


def _item_data(row: ItemRow, service: TaskList, unit: str | None) -> dict[str, Any]:
    item, members = row.item, service.members
    return {
        "id": item.item_id,
        "task": item.task_no,
        "name": item.label,
        "text": item.text,
        "kinds": list(item.kinds),
        "responsible": list(item.responsible_norm),
        "cooperating": list(item.cooperating_norm),
        "responsible_codes": _codes(item.responsible_norm, members),
        "cooperating_codes": _codes(item.cooperating_norm, members),
        "village_role": item.village_role,
        "due": {
            "text": item.due_text,
            "from": item.due_from,
            "to": item.due_to,
            "days_left": row.days_left,
            "recurrence": item.recurrence,
        },
        "conflict": _conflict_data(item),
        "state": row.state,
        "progress": _progress_data(row.said) if row.said else None,
        "village_progress": [_progress_data(note) for note in row.villages],
        "evidence": {
            "have": row.have,
            "wanted": row.wanted,
            "missing": list(row.missing),
            "entries": [_entry_data(entry) for entry in row.entries],
        },
        "indicators": [_indicator_data(one) for one in service.judged(item, unit=unit)],
        "proposes_finished": row.state != "finished" and service.proposes_finished(item, unit=unit),
        "owed_by": [
            {"unit": owed.unit, "id": owed.unit_id or None, "missing": list(owed.missing)}
            for owed in row.owed
        ],
    }


def _indicator_data(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.indicator,
        "name": judged.label,
        "figures": judged.figures,
        "verdict": judged.code,
        "words": judged.verdict,
    }


def _codes(names: tuple[str, ...], members: MemberUnits) -> list[str]:
    return [member.code for name in names if (member := members.find(name)) is not None]


def _conflict_data(item: TaskItem) -> dict[str, Any] | None:
    """What the text says where it differs from the column."""
    if not item.deadline_conflict:
        return None
    return {"column": item.due_to, "text": item.text_deadline, "judged_by": "column"}


def _progress_data(note: TaskProgress) -> dict[str, Any]:
    return {"unit": note.unit, "state": note.state or None, "note": note.note, "on": note.on, "by": note.by}


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "words": entry.words,
        "covered": entry.covered,
        "complete": entry.is_complete,
        "have": entry.have,
        "wanted": entry.wanted,
        "counted": entry.counted,
        "lacking": list(entry.lacking),
        "numbers": list(entry.numbers),
        "register": entry.register or None,
    }


def _show_tasks(data: Data) -> str:
    from gzdesk.services.task_list import state_label

    rows = [
        (
            item["id"],
            item["name"],
            listed(item["responsible"]),
            item["due"]["text"],
            f"{item['evidence']['have']}/{item['evidence']['wanted']}",
            state_label(item["state"]),
        )
        for item in list_of(data, "items")
    ]
    if not rows:
        return _("No task fits that.")
    return table(
        (_("Item no."), _("Task item"), _("Responsible"), _("Due by"), _("Evidence"), _("State")), rows
    )
