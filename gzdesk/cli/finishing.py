"""Commands on reports that are finished with a number: `report-text`, `freeze-report`, `finished-reports`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.intake import FORMAT, read_object
from gzdesk.cli.output import table
from gzdesk.cli.parser import month, quarter, year
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

if TYPE_CHECKING:
    from gzdesk.services.finishing import ReportText
    from gzdesk.services.reports import Choices


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="report-text",
            help=_("the texts of a report before it is finished; with a file, change them"),
            arguments=_text_arguments,
            run=_text,
            show=_show_text,
        ),
        Command(
            name="freeze-report",
            help=_("finish a report with a number; it stays as it is from then on"),
            arguments=_period_arguments,
            run=_freeze,
            show=_show_freeze,
        ),
        Command(
            name="finished-reports",
            help=_("list the reports that were finished"),
            arguments=_list_arguments,
            run=_list,
            show=_show_list,
        ),
    )


def _period_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("the document; `reports` lists them"))
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    when.add_argument("--quarter", type=quarter, metavar="Q", help=_("the quarter, such as 2019-Q4"))
    when.add_argument("--year", type=year, metavar="Y", help=_("the year, such as 2019"))
    parser.add_argument("--type", dest="type_id", metavar="TYPE", help=_("the register that it is of"))


def _choices(arguments: argparse.Namespace) -> Choices:
    return {
        "month": arguments.month,
        "quarter": arguments.quarter,
        "year": arguments.year,
        "type_id": arguments.type_id,
    }


def _text_arguments(parser: argparse.ArgumentParser) -> None:
    _period_arguments(parser)
    parser.add_argument(
        "--set",
        dest="file",
        metavar="FILE|-",
        help=_("a {format} object with the texts that are to be changed").format(format=FORMAT),
    )


def _text(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        choices = _choices(arguments)
        if arguments.file is not None:
            now = workspace.finishing.text(arguments.name, **choices)
            texts = {part.key: part.text for part in now.parts} | _read_texts(arguments.file, now)
            workspace.finishing.keep(arguments.name, texts, **choices)
        found = workspace.finishing.text(arguments.name, **choices)
        return Answer(
            data={
                "name": found.name,
                "unit": found.unit,
                "period": found.period,
                "parts": [asdict(part) for part in found.parts],
                "finished": None if found.finished is None else asdict(found.finished),
            }
        )


def _read_texts(source: str, report: ReportText) -> dict[str, str]:
    keys = [part.key for part in report.parts]
    given = read_object(source)
    unknown = [key for key in given if key not in keys]
    if unknown:
        raise UserError(
            code="unknown_part",
            message=_("The report has no part called {names}.").format(names=listed(unknown)),
            hint=_("Its parts are: {names}.").format(names=listed(keys)),
        )
    if not all(isinstance(text, str) for text in given.values()):
        example = f'{{"{keys[0]}": "…"}}'
        raise UserError(
            code="not_texts",
            message=_("The texts are one {format} object of words.").format(format=FORMAT),
            hint=_("Write it like {example}.").format(example=example),
        )
    return dict(given)


def _show_text(data: Data) -> str:
    parts = list_of(data, "parts")
    return "\n\n".join(f"{part['key']}  {part['heading']}\n{part['text']}" for part in parts)


def _freeze(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        found = workspace.finishing.finish(arguments.name, **_choices(arguments))
        return Answer(data=asdict(found))


def _show_freeze(data: Data) -> str:
    return _("Finished as no. {number}. Check code {code}.").format(
        number=data["number"], code=data["check_code"]
    )


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", help=_("the document; `reports` lists them"))
    parser.add_argument("--year", type=year, metavar="Y", help=_("the year, such as 2019"))


def _list(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        found = workspace.finishing.finished(name=arguments.name, year=arguments.year)
        return Answer(data={"reports": [asdict(item) for item in found]})


def _show_list(data: Data) -> str:
    rows = [
        (item["number"], item["made_on"], item["title"], item["check_code"])
        for item in list_of(data, "reports")
    ]
    if not rows:
        return _("No report was finished yet.")
    return table((_("No."), _("Finished on"), _("Title"), _("Check code")), rows)
