"""Commands on single records: `add`, `edit`, `delete`, `show`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, DetailedError, list_of
from gzdesk.cli.intake import FORMAT, read_object, read_objects
from gzdesk.cli.words import field_labels, register, type_label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.record_type import RecordType
    from gzdesk.domain.rules import Problem
    from gzdesk.services.history import HistoryEntry
    from gzdesk.services.records import RecordView


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="add", help=_("write down new records"), arguments=_add_arguments, run=_add, show=_show_add
        ),
        Command(
            name="edit", help=_("change a record"), arguments=_edit_arguments, run=_edit, show=_show_record
        ),
        Command(
            name="delete",
            help=_("delete a record"),
            arguments=_delete_arguments,
            run=_delete,
            show=_show_record,
        ),
        Command(
            name="show", help=_("show a record"), arguments=_show_arguments, run=_show, show=_show_record
        ),
    )


# add


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("type", metavar="TYPE", help=_("the register, such as film_screening"))
    parser.add_argument(
        "file",
        metavar="FILE|-",
        help=_("{format}: an object, a list of them, or one on each line").format(format=FORMAT),
    )


def _add(call: Call) -> Answer:
    given = read_objects(call.arguments.file)
    with call.workspace() as workspace:
        record_type = register(workspace, call.arguments.type)
        saved = _save_all(workspace, record_type, given)
        warnings = [
            _problem_data(problem, record_type, number)
            for number, item in enumerate(saved, 1)
            for problem in item.problems
        ]
        return Answer(data={"ids": [item.id for item in saved], "warnings": warnings})


def _save_all(
    workspace: Workspace, record_type: RecordType, given: Sequence[Mapping[str, Any]]
) -> Sequence[Any]:
    from gzdesk.services.records import Draft, Refused

    drafts = [
        Draft(type_id=record_type.id, values=values)
        for values in _values_of_all(workspace, record_type, given)
    ]
    try:
        return workspace.records.save_all(drafts)
    except Refused as refused:
        # The first record that breaks a rule stopped everything; say at once what is wrong with the others too.
        found = [
            (number, problem)
            for number, draft in enumerate(drafts, 1)
            for problem in workspace.records.check(type_id=record_type.id, values=draft.values)
            if problem.blocks
        ]
        raise (_refusal(record_type, found, total=len(given)) if found else refused) from refused


def _values_of_all(
    workspace: Workspace, record_type: RecordType, given: Sequence[Mapping[str, Any]]
) -> list[dict[str, object]]:
    from gzdesk.services.records import Refused

    understood: list[dict[str, object]] = []
    problems: list[tuple[int, Problem]] = []
    for number, data in enumerate(given, 1):
        try:
            understood.append(workspace.records.values_from_json(type_id=record_type.id, data=data))
        except Refused as refused:
            problems += [(number, problem) for problem in refused.problems]
    if problems:
        raise _refusal(record_type, problems, total=len(given))
    return understood


def _refusal(
    record_type: RecordType, problems: Iterable[tuple[int, Problem]], *, total: int
) -> DetailedError:
    found = [_problem_data(problem, record_type, number) for number, problem in problems]
    lines = [_problem_line(item, several=total > 1) for item in found]
    return DetailedError(
        code="refused",
        message="\n".join(lines),
        hint=_("Nothing was saved. Put this right and try again."),
        details={"problems": found},
    )


def _problem_data(problem: Problem, record_type: RecordType, number: int) -> dict[str, Any]:
    field = record_type.field(problem.field or "")
    return {
        "record": number,
        "field": problem.field,
        "label": field.label if field else problem.field,
        "code": problem.code,
        "message": problem.message,
    }


def _problem_line(item: Mapping[str, Any], *, several: bool) -> str:
    label = _("{label}: ").format(label=item["label"]) if item["label"] else ""
    where = _("Record {number}: ").format(number=item["record"]) if several else ""
    return f"{where}{label}{item['message']}"


def _show_add(data: Data) -> str:
    ids, warnings = list_of(data, "ids"), list_of(data, "warnings")
    done = ngettext("Saved {count} record.", "Saved {count} records.", len(ids)).format(count=len(ids))
    lines = [done, *map(str, ids)]
    return "\n".join(lines + [_problem_line(item, several=len(ids) > 1) for item in warnings])


# edit, delete, show


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument(
        "file",
        metavar="FILE|-",
        help=_("{format} object of the items to change; {empty} empties one").format(
            format=FORMAT, empty="null"
        ),
    )


def _edit(call: Call) -> Answer:
    given = read_object(call.arguments.file)
    with call.workspace() as workspace:
        records = workspace.records
        before = records.get(call.arguments.id).record
        record_type = register(workspace, before.type)
        understood = _values_of_all(workspace, record_type, [given])[0]
        # Only what was given: defaults of items that are not mentioned must not overwrite what is there.
        changed = {name: understood.get(name, "") for name in given}
        values = {**before.values, **changed}
        _refuse_broken_rules(workspace, record_type, values, record_id=before.id)
        records.save(type_id=before.type, record_id=before.id, values=values)
        return Answer(data={"record": record_data(records.get(before.id))})


def _refuse_broken_rules(
    workspace: Workspace, record_type: RecordType, values: Mapping[str, object], *, record_id: str
) -> None:
    from gzdesk.domain.rules import may_save

    problems = workspace.records.check(type_id=record_type.id, values=values, record_id=record_id)
    if not may_save(problems, str(values.get("status", ""))):
        raise _refusal(record_type, [(1, problem) for problem in problems if problem.blocks], total=1)


def _delete_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--reason", default="", metavar="R", help=_("why, for the history"))


def _delete(call: Call) -> Answer:
    with call.workspace() as workspace:
        view = workspace.records.get(call.arguments.id)
        workspace.records.delete(view.record.id, reason=call.arguments.reason)
        return Answer(data={"record": {**record_data(view), "deleted": True}})


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--history", action="store_true", help=_("also who wrote what and when"))


def _show(call: Call) -> Answer:
    with call.workspace() as workspace:
        view = workspace.records.get(call.arguments.id)
        data: dict[str, object] = {"record": record_data(view)}
        if call.arguments.history:
            data["history"] = [_history_data(entry) for entry in workspace.records.history(view.record.id)]
        return Answer(data=data)


def record_data(view: RecordView, *, values: Mapping[str, object] | None = None) -> dict[str, Any]:
    """A record as JSON (docs/command-line.md); `values` stand in for its own, with numbers of persons masked."""
    from gzdesk.services.history import author_words

    record = view.record
    return {
        "id": record.id,
        "type": record.type,
        "unit": record.unit,
        "status": record.status,
        "values": dict(record.values if values is None else values),
        "texts": dict(view.texts),
        "deleted": record.deleted,
        "conflict": record.heads > 1,
        "revision": record.revision,
        "recorded_by": author_words(record.actor),
        "recorded_at": record.recorded_at,
    }


def _history_data(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "revision": entry.revision,
        "when": entry.when,
        "who": entry.who,
        "kind": entry.kind,
        "words": entry.words,
        "changes": [
            {"field": item.field, "label": item.label, "old": item.old, "new": item.new}
            for item in entry.changes
        ],
    }


def _show_record(data: Data) -> str:
    record: Any = data["record"]
    lines = [f"{record['id']}  {type_label(record['type'])}"]
    if record["deleted"]:
        lines = [_("Deleted: {what}").format(what=lines[0])]
    labels = field_labels(record["type"])
    lines += [f"  {labels.get(name, name)}  {text}" for name, text in record["texts"].items()]
    for entry in list_of(data, "history"):
        lines += _history_lines(entry)
    return "\n".join(lines)


def _history_lines(entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"{entry['when'][:16].replace('T', ' ')}  {entry['who']}  {entry['words']}"
    if entry["kind"] in ("changed", "merged", "settled"):
        for change in entry["changes"]:
            yield f"  {change['label']}  {change['old'] or '—'} → {change['new'] or '—'}"
