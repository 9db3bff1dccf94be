"""Commands on packages: `export`, `import`, `inspect`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.contents import in_one_line

if TYPE_CHECKING:
    from gzdesk.services.exchange import Exported, Imported


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="export",
            help=_("make the packages that the other side lacks"),
            arguments=_export_arguments,
            run=_export,
            show=_show_export,
        ),
        Command(
            name="import",
            help=_("take packages in"),
            arguments=_import_arguments,
            run=_import,
            show=_show_import,
        ),
        Command(
            name="inspect",
            help=_("look into a package without taking it in"),
            arguments=_inspect_arguments,
            run=_inspect,
            show=_show_inspect,
        ),
    )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help=_("a folder or a .gzp file"))
    receiver = parser.add_mutually_exclusive_group()
    receiver.add_argument("--to", metavar="UNIT", help=_("only this unit: name, id or division code"))
    receiver.add_argument("--all", action="store_true", help=_("every unit below"))


def _export(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        to = arguments.to or ("all" if arguments.all else None)
        made = workspace.exchange.export(arguments.out, to=to, progress=call.progress)
        left_out = (
            workspace.exchange.left_out() if to == "all" or (to is None and workspace.context.is_town) else ()
        )
        return Answer(
            data={
                "packages": [_exported_data(item) for item in made],
                "left_out": [
                    {"unit": item.unit.id, "name": item.unit.label, "reason": item.reason}
                    for item in left_out
                ],
            }
        )


def _exported_data(item: Exported) -> dict[str, Any]:
    return {
        "file": str(item.file),
        "to": item.to.id,
        "to_name": item.to.label,
        "number": item.number,
        "months": [str(month) for month in item.months],
        "revisions": item.revisions,
        "attachments": item.attachments,
        "bytes": item.size_bytes,
        "contents": [{"label": row.label, "detail": row.detail, "count": row.count} for row in item.contents],
        "text": in_one_line(item.contents),
    }


def _show_export(data: Data) -> str:
    packages = list_of(data, "packages")
    rows = [(item["file"], item["to"], item["text"], item["attachments"], item["bytes"]) for item in packages]
    lines = [table((_("File"), _("For"), _("What is in it"), _("Attachments"), _("Bytes")), rows)]
    lines += [f"{item['name']}  {item['reason']}" for item in list_of(data, "left_out")]
    return "\n".join(lines)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE|DIR", help=_("packages, or folders of them")
    )


def _import(call: Call) -> Answer:
    with call.workspace() as workspace:
        taken = workspace.exchange.import_files(call.arguments.paths, progress=call.progress)
    data = {"packages": [_imported_data(item) for item in taken]}
    return Answer(
        data=data, refused=_rejected([item for item in taken if item.verdict == "rejected"], len(taken))
    )


def _imported_data(item: Imported) -> dict[str, Any]:
    return {
        "file": str(item.file),
        "from": item.sender.id if item.sender else None,
        "from_name": item.sender.label if item.sender else None,
        "number": item.number,
        "months": [str(month) for month in item.months],
        "verdict": item.verdict,
        "new": item.new,
        "changed": item.changed,
        "already": item.already,
        "conflicts": item.conflicts,
        "merged": item.merged,
        "missing": list(item.missing_numbers),
        "missing_files": item.missing,
        "fingerprint": item.first_contact or None,
        "code": item.code or None,
        "reason": item.reason,
        "hint": item.hint,
    }


def _rejected(rejected: Sequence[Imported], total: int) -> UserError | None:
    """What ends the command with 1: a package that was not taken in. The others are in all the same."""
    if not rejected:
        return None
    if total == 1:
        return UserError(code=rejected[0].code, message=rejected[0].reason, hint=rejected[0].hint)
    message = ngettext(
        "{count} of {total} files was not taken in.",
        "{count} of {total} files were not taken in.",
        len(rejected),
    )
    return UserError(
        code="some_rejected",
        message=message.format(count=len(rejected), total=total),
        hint=_("The others are in. The reason stands beside each file."),
    )


def _show_import(data: Data) -> str:
    words = {
        "applied": _("taken in"),
        "already": _("here already"),
        "parked": _("taken in for now"),
        "rejected": _("not taken in"),
    }
    rows = [
        (
            Path(item["file"]).name,
            item["from_name"],
            words[item["verdict"]],
            item["new"],
            item["changed"],
            item["already"],
        )
        for item in list_of(data, "packages")
    ]
    headings = (_("File"), _("From"), _("Outcome"), _("New"), _("Changed"), _("Here already"))
    lines = [table(headings, rows)] if rows else [_("No package was found.")]
    for item in list_of(data, "packages"):
        if item["reason"]:
            lines.append(f"{Path(item['file']).name}  {item['reason']} {item['hint']}".rstrip())
    return "\n".join(lines)


# inspect


def _inspect_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _inspect(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.exchange.inspect(call.arguments.file)
        names = {unit.id: unit.label for unit in workspace.units}
    sender, receiver = found.manifest["sender"], found.manifest["receiver"]
    return Answer(
        data={
            "file": str(found.file),
            "from_name": names.get(sender, sender),
            "to_name": names.get(receiver, receiver),
            "manifest": found.manifest,
            "counts": found.counts,
            "contents": [
                {"label": row.label, "detail": row.detail, "count": row.count} for row in found.contents
            ],
            "signed_by": found.signed_by,
            "trusted": found.trusted,
            "code": found.code or None,
            "reason": found.reason,
            "hint": found.hint,
        }
    )


def _show_inspect(data: Data) -> str:
    manifest: Any = data["manifest"]
    facts = [
        (_("From"), data["from_name"]),
        (_("For"), data["to_name"]),
        (_("Number"), manifest["number"]),
        (_("Made on"), manifest["made_on"]),
        (_("Signed by"), data["signed_by"]),
    ]
    lines = [f"{label}  {value}" for label, value in facts]
    lines += [
        f"  {row['label']}  {row['detail']}  {row['count']}".rstrip() for row in list_of(data, "contents")
    ]
    trusted = _("It would be taken in.") if data["trusted"] else f"{data['reason']} {data['hint']}"
    return "\n".join([*lines, trusted])
