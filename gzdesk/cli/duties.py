"""Commands on what is owed and by when: `deadlines`."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.deadlines import Due
    from gzdesk.services.deadlines import DutyRate

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
    return table((_("Due"), _("Unit"), _("Duty"), _("Period"), _("State"), _("Done on")), rows)
