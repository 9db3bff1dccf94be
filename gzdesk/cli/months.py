"""Commands on months and paper: `close-month`, `reopen-month`, `report`, `reports`, `layouts`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import month, quarter, year
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
            help=_("make a document as PDF, workbook or text file"),
            arguments=_report_arguments,
            run=_report,
            show=_show_report,
        ),
        Command(name="reports", help=_("list the documents"), run=_reports, show=_show_reports),
        Command(
            name="layouts",
            help=_("write the layouts of the documents, to change them"),
            arguments=_layout_arguments,
            run=_layouts,
            show=_show_layouts,
        ),
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
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    when.add_argument("--quarter", type=quarter, metavar="Q", help=_("the quarter, such as 2019-Q4"))
    when.add_argument("--year", type=year, metavar="Y", help=_("the year, such as 2019"))
    finished = parser.add_mutually_exclusive_group()
    finished.add_argument("--number", default="", metavar="N", help=_("the finished report of that number"))
    finished.add_argument(
        "--draft", action="store_true", help=_("from the records of today, also when it was finished")
    )
    parser.add_argument("--record", metavar="ID", help=_("the record that the document is of"))
    parser.add_argument("--type", dest="type_id", metavar="TYPE", help=_("the register that it is of"))
    parser.add_argument("--unit", metavar="U", help=_("the unit: name, id or division code"))
    parser.add_argument(
        "--copies", type=int, default=1, metavar="N", help=_("how many sheets of a form to fill in by hand")
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=_("a .pdf, .xlsx or .docx file")
    )


def _report(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        unit = workspace.context.unit(arguments.unit).id if arguments.unit else None
        made = workspace.reports.make(
            arguments.name,
            unit=unit,
            month=arguments.month,
            quarter=arguments.quarter,
            year=arguments.year,
            number=arguments.number,
            draft=arguments.draft,
            record=arguments.record,
            type_id=arguments.type_id,
            copies=arguments.copies,
            out=arguments.out,
            progress=call.progress,
        )
        return Answer(
            data={
                "file": str(made.file),
                "pages": made.pages,
                "missing_characters": list(made.missing),
                "remarks": list(made.remarks),
            }
        )


def _show_report(data: Data) -> str:
    pages = int(str(data["pages"]))
    words = ngettext("{count} page", "{count} pages", pages).format(count=pages)
    said = (*list_of(data, "missing_characters"), *list_of(data, "remarks"))
    return "\n".join([f"{data['file']}  {words}", *map(str, said)])


def _reports(call: Call) -> Answer:
    with call.workspace() as workspace:
        reports = [
            {
                "name": item.name,
                "label": item.label,
                "needs": list(item.needs),
                "takes": list(item.takes),
                "types": list(item.types),
                "formats": list(item.formats),
                "finished": item.is_finished,
            }
            for item in workspace.reports.names()
        ]
        return Answer(data={"reports": reports})


def _show_reports(data: Data) -> str:
    rows = [
        (
            item["name"],
            item["label"],
            " ".join(f"--{need}" for need in item["needs"]),
            " ".join(item["formats"]),
        )
        for item in list_of(data, "reports")
    ]
    return table((_("Name"), _("Document"), _("Needs"), _("Files")), rows)


def _layout_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("a folder for the files"))


def _layouts(call: Call) -> Answer:
    with call.workspace() as workspace:
        files = workspace.reports.write_layouts(call.arguments.out)
        return Answer(data={"files": [str(file) for file in files]})


def _show_layouts(data: Data) -> str:
    count = len(list_of(data, "files"))
    return ngettext("{count} layout was written.", "{count} layouts were written.", count).format(count=count)
