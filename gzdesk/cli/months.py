"""Commands on months and paper: `close-month`, `reopen-month`, `report`, `reports`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import month, year
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="close-month",
            help=_("freeze the monthly sheet"),
            arguments=_close_arguments,
            run=_close,
            show=_show_close,
        ),
        Command(
            name="reopen-month",
            help=_("open a closed month again to correct it"),
            arguments=_reopen_arguments,
            run=_reopen,
            show=_show_reopen,
        ),
        Command(
            name="report",
            help=_("make a document as PDF or workbook"),
            arguments=_report_arguments,
            run=_report,
            show=_show_report,
        ),
        Command(name="reports", help=_("list the documents"), run=_reports, show=_show_reports),
    )


def _close_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    parser.add_argument("--nil", action="store_true", help=_("state that nothing was held this month"))
    parser.add_argument(
        "--filled-by", default="", metavar="NAME", help=_("who filled in; else who writes here")
    )
    parser.add_argument(
        "--checked-by", default="", metavar="NAME", help=_("who checked; else the paper is signed by hand")
    )
    parser.add_argument("--summary", default="", metavar="TEXT", help=_("what the month was like"))


def _close(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        sheet = workspace.months.close(
            arguments.month,
            filled_by=arguments.filled_by,
            checked_by=arguments.checked_by,
            nil=arguments.nil,
            summary=arguments.summary,
        )
        return Answer(data={"sheet": sheet.to_values(), "check_code": sheet.check_code})


def _show_close(data: Data) -> str:
    sheet: Any = data["sheet"]
    return _("{month} is closed. Check code {code}.").format(month=sheet["month"], code=data["check_code"])


def _reopen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    parser.add_argument("--reason", required=True, metavar="R", help=_("why; it stands in the history"))


def _reopen(call: Call) -> Answer:
    with call.workspace() as workspace:
        workspace.months.reopen(call.arguments.month, reason=call.arguments.reason)
        return Answer(data={"month": str(call.arguments.month), "reason": call.arguments.reason})


def _show_reopen(data: Data) -> str:
    return _("{month} is open again. The next sheet is marked as a correction.").format(month=data["month"])


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("the document; `reports` lists them"))
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    period.add_argument("--year", type=year, metavar="Y", help=_("the year, such as 2019"))
    parser.add_argument("--unit", metavar="U", help=_("the unit: name, id or division code"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("a .pdf or .xlsx file"))


def _report(call: Call) -> Answer:
    arguments = call.arguments
    _refuse_year(arguments.year)
    with call.workspace() as workspace:
        unit = workspace.context.unit(arguments.unit) if arguments.unit else workspace.me
        made = workspace.reports.make(
            arguments.name, unit=unit.id, month=arguments.month, out=arguments.out, progress=call.progress
        )
        missing = list(made.missing)
        return Answer(data={"file": str(made.file), "pages": made.pages, "missing_characters": missing})


def _refuse_year(year_asked_for: int | None) -> None:
    # The contract has yearly documents; until the first one is made every document belongs to a month.
    if year_asked_for is not None:
        raise UserError(
            code="month_needed",
            message=_("No document of a whole year can be made yet."),
            hint=_("Give a month: --month {year}-01").format(year=year_asked_for),
        )


def _show_report(data: Data) -> str:
    pages = int(str(data["pages"]))
    words = ngettext("{count} page", "{count} pages", pages).format(count=pages)
    return "\n".join([f"{data['file']}  {words}", *map(str, list_of(data, "missing_characters"))])


def _reports(call: Call) -> Answer:
    with call.workspace() as workspace:
        reports = [
            {"name": item.name, "title": item.label, "needs_month": item.needs_month}
            for item in workspace.reports.names()
        ]
        return Answer(data={"reports": reports})


def _show_reports(data: Data) -> str:
    return table(
        (_("Name"), _("Document")), [(item["name"], item["title"]) for item in list_of(data, "reports")]
    )
