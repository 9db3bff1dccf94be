"""Commands on what proves the records: `attach`, `binder`."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.services.evidence.binder import Chosen


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="attach",
            help=_("add photos or scans to a record"),
            arguments=_attach_arguments,
            run=_attach,
            show=_show_attach,
        ),
        Command(
            name="binder",
            help=_("write the evidence of a task, with its index, as a folder or a ZIP file"),
            arguments=_binder_arguments,
            run=_binder,
            show=_show_binder,
        ),
    )


# attach


def _attach_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _attach(call: Call) -> Answer:
    with call.workspace() as workspace:
        attachments = workspace.evidence.attach(
            call.arguments.id, call.arguments.files, progress=call.progress
        )
        return Answer(data={"attachments": [dict(item) for item in attachments]})


def _show_attach(data: Data) -> str:
    rows = [(item["name"], item["size_bytes"], item["sha256"][:12]) for item in list_of(data, "attachments")]
    return table((_("File"), _("Bytes"), _("Check code")), rows)


# binder


def _binder_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--task", type=_task, metavar="N", help=_("a task such as 16, or one item such as 16.2; else all")
    )
    parser.add_argument("--unit", metavar="U", help=_("whose; in the town all units when left out"))
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FOLDER|FILE.zip",
        help=_("the folder in which the binder is put, or the ZIP file"),
    )


def _task(text: str) -> str:
    if not re.fullmatch(r"\d{1,2}(\.\d)?", text, re.ASCII):
        raise argparse.ArgumentTypeError(_("“{text}” is no task; write 16 or 16.2").format(text=text))
    return text


def _binder(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        context = workspace.context
        everybody = context.is_town and arguments.unit is None
        unit = None if everybody else context.unit(arguments.unit or context.me.id).id
        made = workspace.binder.export(
            _chosen(arguments.task), unit=unit, out=arguments.out, progress=call.progress
        )
        return Answer(
            data={
                "file": str(made.path),
                "pieces": made.pieces,
                "files": made.files,
                "missing": list(made.missing),
            }
        )


def _chosen(task: str | None) -> Chosen:
    from gzdesk.services.evidence.binder import EVERYTHING, Chosen

    if task is None:
        return EVERYTHING
    return Chosen(item_id=task) if "." in task else Chosen(task=int(task))


def _show_binder(data: Data) -> str:
    pieces = int(str(data["pieces"]))
    words = ngettext("{count} piece of evidence", "{count} pieces of evidence", pieces).format(count=pieces)
    return "\n".join([_("{file}: {words}").format(file=data["file"], words=words), *list_of(data, "missing")])
