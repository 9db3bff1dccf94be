"""Commands about personal data: `find-person`, `erase-person`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import count
from gzdesk.cli.words import type_label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.services.privacy import Standing, Trace


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="find-person",
            help=_("find a person by a part of the name"),
            arguments=_find_arguments,
            run=_find,
            show=_show_find,
        ),
        Command(
            name="erase-person",
            help=_("erase a person everywhere; the counts stay; it can't be undone"),
            arguments=_erase_arguments,
            run=_erase,
            show=_show_erase,
        ),
    )


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--limit", type=count(least=1, most=1000), default=30, metavar="N")


def _find(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.privacy.find(call.arguments.text, limit=call.arguments.limit)
    persons = [
        {
            "id": person.record,
            "type": person.type_id,
            "field": person.field,
            "name": person.name,
            "own_record": person.own,
            "since": person.since,
        }
        for person in found
    ]
    return Answer(data={"persons": persons})


def _show_find(data: Data) -> str:
    rows = [
        (item["name"], type_label(item["type"]), item["since"], item["id"])
        for item in list_of(data, "persons")
    ]
    return table((_("Name"), _("Register"), _("Since"), _("Id")), rows) if rows else _("Nobody of that name.")


def _erase_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=_("the person's own record, or one that names the person"))
    parser.add_argument(
        "--reason", required=True, metavar="R", help=_("why: one of the codes that are listed")
    )
    parser.add_argument("--mentions", action="store_true", help=_("also take the name out of other records"))
    parser.add_argument("--field", metavar="F", help=_("which item names the person, where several do"))
    parser.add_argument(
        "--name", default="", metavar="N", help=_("which person, where one item names several")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only tell where the person stands"))


def _erase(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        privacy = workspace.privacy
        standing = privacy.look(arguments.id, field=arguments.field, name=arguments.name)
        data = _standing_data(standing)
        if arguments.dry_run:
            return Answer(data={**data, "erased": None})
        done = privacy.erase(
            arguments.id,
            reason=arguments.reason,
            mentions=None if arguments.mentions else (),
            field=arguments.field,
            name=arguments.name,
            progress=call.progress,
        )
    # The name itself must not end in a log of what was run: only what took its place.
    erased = {
        "notice": done.notice,
        "name": done.name,
        "mentions": done.mentions,
        "revisions": done.versions,
        "attachments": done.files,
        "stayed": done.stayed,
        "unfinished": done.unfinished or None,
    }
    traces = [{**trace, "words": None} for trace in data["traces"]]
    return Answer(data={**data, "traces": traces, "erased": erased})


def _standing_data(standing: Standing) -> dict[str, Any]:
    person = standing.person
    return {
        "id": person.record,
        "type": person.type_id,
        "own_record": person.own,
        "revisions": standing.versions,
        "attachments": standing.files,
        "counted": dict(standing.counted),
        "traces": [_trace_data(trace) for trace in standing.traces],
    }


def _trace_data(trace: Trace) -> dict[str, Any]:
    return {
        "id": trace.record,
        "type": trace.type_id,
        "day": trace.day or None,
        "kind": trace.kind,
        "words": trace.words,
        "stays": trace.stays or None,
    }


def _show_erase(data: Data) -> str:
    erased: Any = data["erased"]
    traces = list_of(data, "traces")
    rows = [
        (item["day"] or "", type_label(item["type"]), item["words"] or "", item["stays"] or "", item["id"])
        for item in traces
    ]
    heads = (_("Date"), _("Register"), _("Items"), _("Stays"), _("Id"))
    lines = [table(heads, rows)] if rows else []
    if erased is None:
        return "\n".join([*lines, _("Nothing was changed.")])
    words = ngettext(
        "Erased. In {count} other record the name was replaced.",
        "Erased. In {count} other records the name was replaced.",
        erased["mentions"],
    )
    lines.append(words.format(count=erased["mentions"]))
    if erased["unfinished"]:
        lines.append(erased["unfinished"])
    return "\n".join(lines)
