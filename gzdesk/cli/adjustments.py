"""Commands on what the town changes from a day on: `targets`, `set-target`, `set-rule`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import day
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.adjustments import Adjustable, Change


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="targets",
            help=_("the targets, counting rules and deadlines that hold on a day"),
            arguments=_targets_arguments,
            run=_targets,
            show=_show_targets,
        ),
        Command(
            name="set-target",
            help=_("let another target hold from a day on (town)"),
            arguments=_target_arguments,
            run=_set_target,
            show=_show_one,
        ),
        Command(
            name="set-rule",
            help=_("let a counting rule or a deadline hold from a day on (town)"),
            arguments=_rule_arguments,
            run=_set_rule,
            show=_show_one,
        ),
    )


def _targets_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DATE", help=_("the day; today when left out"))


def _targets(call: Call) -> Answer:
    with call.workspace() as workspace:
        on = call.arguments.on or workspace.mint.today()
        service = workspace.adjustments
        return Answer(
            data={
                "on": on.isoformat(),
                "targets": [_data(row) for row in service.targets(on)],
                "rules": [_data(row) for row in service.rules(on)],
            }
        )


def _target_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="INDICATOR", help=_("its id or name; `targets` lists them"))
    parser.add_argument("value", metavar="VALUE", help=_('a number, 97%% or 1/3; "" for no target'))
    _change_arguments(parser)
    parser.add_argument("--wording", default="", metavar="TEXT", help=_("the words of the paper"))
    parser.add_argument("--deadline", type=day, metavar="DATE", help=_("by when; as before when left out"))


def _rule_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", help=_("its id or name; `targets` lists them"))
    parser.add_argument("value", metavar="VALUE")
    _change_arguments(parser)


def _change_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="valid_from", type=day, required=True, metavar="DATE")
    parser.add_argument("--reason", default="", metavar="TEXT", help=_("the ground of the change"))
    parser.add_argument(
        "--withdraw",
        action="store_true",
        help=_("take back the change of that day instead; VALUE is not read"),
    )


def _set_target(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        service = workspace.adjustments
        if arguments.withdraw:
            row = service.withdraw_target(arguments.indicator, valid_from=arguments.valid_from)
        else:
            row = service.set_target(
                arguments.indicator,
                arguments.value,
                valid_from=arguments.valid_from,
                reason=arguments.reason,
                wording=arguments.wording,
                deadline=arguments.deadline.isoformat() if arguments.deadline else "",
            )
        return Answer(data=_data(row))


def _set_rule(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        service = workspace.adjustments
        if arguments.withdraw:
            row = service.withdraw_rule(arguments.rule, valid_from=arguments.valid_from)
        else:
            row = service.set_rule(
                arguments.rule,
                arguments.value,
                valid_from=arguments.valid_from,
                reason=arguments.reason,
            )
        return Answer(data=_data(row))


def _data(row: Adjustable) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.label,
        "task_items": list(row.tasks),
        "value": row.value,
        "text": row.shown,
        "wording": row.wording,
        "since": row.now.valid_from.isoformat() if row.now else None,
        "by": row.now.by if row.now else None,
        "reason": row.now.reason if row.now else "",
        "changes": [_change_data(change) for change in row.history],
    }


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "valid_from": change.valid_from.isoformat(),
        "value": change.value,
        "text": change.shown,
        "wording": change.wording,
        "deadline": change.deadline or None,
        "reason": change.reason,
        "by": change.by,
        "written_on": change.written_on,
    }


def _show_targets(data: Data) -> str:
    headings = (_("Id"), _("What"), _("Now"), _("Since"), _("By"), _("Reason"))
    rows = [_cells(row) for row in (*list_of(data, "targets"), *list_of(data, "rules"))]
    return table(headings, rows)


def _show_one(data: Data) -> str:
    since = data["since"] or _("from the beginning")
    return "  ".join(str(part) for part in (data["name"], data["text"], since, data["reason"]) if part)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["id"], row["name"], row["text"], row["since"] or "", row["by"] or "", row["reason"])
