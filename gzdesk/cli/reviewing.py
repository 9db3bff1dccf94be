"""Commands on review and return: `review`, `review-month`, `returned`, `answer`, `late-changes`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.intake import FORMAT, read_object
from gzdesk.cli.output import table
from gzdesk.cli.parser import month
from gzdesk.cli.words import register, type_label
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.services.late_changes import LateChange
    from gzdesk.services.review import MonthReview, OpenReturn, RecordReview


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="review",
            help=_("town: approve a record, or return it with remarks"),
            arguments=_review_arguments,
            run=_review,
            show=_show_review,
        ),
        Command(
            name="review-month",
            help=_("town: approve a unit's month, or return it"),
            arguments=_month_arguments,
            run=_month,
            show=_show_month,
        ),
        Command(
            name="returned",
            help=_("list what was returned and waits for an answer"),
            run=_returned,
            show=_show_returned,
        ),
        Command(
            name="answer",
            help=_("village: amend a returned record, delete it, or explain it"),
            arguments=_answer_arguments,
            run=_answer,
            show=_show_answer,
        ),
        Command(
            name="late-changes",
            help=_("list what changed in approved months"),
            arguments=_late_arguments,
            run=_late,
            show=_show_late,
        ),
    )


# review, review-month


def _verdict_arguments(parser: argparse.ArgumentParser) -> None:
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--approve", action="store_true", help=_("it is in order"))
    verdict.add_argument("--return", action="store_true", dest="give_back", help=_("it has to be put right"))


def _review_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    _verdict_arguments(parser)
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="F",
        help=_("the item that a remark is about; may repeat"),
    )
    parser.add_argument(
        "--remark",
        action="append",
        default=[],
        metavar="R",
        help=_("what is wrong with it; one for each item"),
    )


def _review(call: Call) -> Answer:
    from gzdesk.domain.review import Remark

    given = call.arguments
    with call.workspace() as workspace:
        if given.approve:
            found = workspace.review.approve(given.id)
        else:
            fields = given.field or [""] * len(given.remark)
            if len(fields) != len(given.remark):
                raise UserError(
                    code="remark_needed",
                    message=_("Each item needs its remark."),
                    hint=_("Give --field and --remark in pairs."),
                )
            pairs = zip(fields, given.remark, strict=True)
            remarks = [Remark(field=name, text=text) for name, text in pairs]
            found = workspace.review.give_back(given.id, remarks)
        return Answer(data=_review_data(given.id, found))


def _review_data(record: str, found: RecordReview) -> dict[str, Any]:
    judgement = found.judgement
    return {
        "record": record,
        "state": found.state,
        "verdict": judgement.verdict if judgement else None,
        "revision": judgement.revision if judgement else None,
        "remarks": [{"field": item.field, "remark": item.text} for item in judgement.remarks]
        if judgement
        else [],
        "on": judgement.on if judgement else None,
        "by": judgement.by if judgement else None,
    }


def _show_review(data: Data) -> str:
    if data["state"] == "approved":
        return _("Approved: {id}").format(id=data["record"])
    lines = [_("Returned: {id}").format(id=data["record"])]
    return "\n".join([*lines, *(f"  {item['field']}  {item['remark']}" for item in list_of(data, "remarks"))])


def _month_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help=_("the unit: name, id or division code"))
    parser.add_argument("month", type=month, metavar="M", help=_("the month, such as 2019-10"))
    _verdict_arguments(parser)
    parser.add_argument("--remark", default="", metavar="R", help=_("why it is returned"))


def _month(call: Call) -> Answer:
    given = call.arguments
    with call.workspace() as workspace:
        if given.approve:
            found = workspace.review.approve_month(given.unit, given.month)
        else:
            found = workspace.review.give_month_back(given.unit, given.month, remark=given.remark)
        return Answer(data=month_data(found))


def month_data(found: MonthReview) -> dict[str, Any]:
    """A reviewed month as JSON (docs/command-line.md)."""
    judgement = found.judgement
    sheet = found.sheet_record.values if found.sheet_record else {}
    return {
        "unit": found.unit,
        "month": str(found.month),
        "state": found.state,
        "verdict": judgement.verdict if judgement else None,
        "remark": judgement.remark if judgement else "",
        "records": len(judgement.pins or {}) if judgement else 0,
        "check_code": sheet.get("check_code"),
        "on": judgement.on if judgement else None,
        "by": judgement.by if judgement else None,
    }


def _show_month(data: Data) -> str:
    words = (
        _("{month} of {unit} is approved.")
        if data["state"] == "approved"
        else _("{month} of {unit} was returned.")
    )
    return words.format(unit=data["unit"], month=data["month"])


# returned, answer


def _returned(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.review.returned(None if workspace.context.is_town else workspace.me.id)
        months = [] if workspace.context.is_town else workspace.returns.months()
        return Answer(
            data={
                "returned": [_returned_data(workspace, item) for item in found],
                "months": [
                    {"month": str(item.month), "remark": item.remark, "on": item.on, "by": item.by}
                    for item in months
                ],
            }
        )


def _returned_data(workspace: Workspace, item: OpenReturn) -> dict[str, Any]:
    record_type = workspace.types.get(item.record.type)
    texts = workspace.records.get(item.record.id).texts

    def label(name: str) -> str:
        field = record_type.field(name) if record_type else None
        return field.label if field else name

    return {
        "record": item.record.id,
        "type": item.record.type,
        "unit": item.record.unit,
        "month": str(item.month) if item.month else None,
        "what": workspace.records.words(item.record),
        "on": item.judgement.on,
        "by": item.judgement.by,
        "remarks": [
            {
                "field": remark.field,
                "label": label(remark.field),
                "remark": remark.text,
                "old": texts.get(remark.field, ""),
            }
            for remark in item.judgement.remarks
        ],
    }


def _show_returned(data: Data) -> str:
    lines = []
    for item in list_of(data, "returned"):
        lines.append(f"{item['record']}  {item['what']}")
        lines += [f"  {each['label']}  {each['old'] or '—'}  {each['remark']}" for each in item["remarks"]]
    lines += [f"{item['month']}  {item['remark']}" for item in list_of(data, "months")]
    return "\n".join(lines) if lines else _("Nothing was returned.")


def _answer_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID|M", help=_("the returned record, or a returned month such as 2019-10")
    )
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument(
        "--with",
        dest="file",
        metavar="FILE|-",
        help=_("{format} object of the items to change; {empty} empties one").format(
            format=FORMAT, empty="null"
        ),
    )
    way.add_argument("--delete", action="store_true", help=_("delete the record"))
    way.add_argument("--no-mistake", action="store_true", help=_("nothing is wrong; the reason says why"))
    parser.add_argument("--reason", required=True, metavar="R", help=_("why; the town reads it"))


def _answer(call: Call) -> Answer:
    given = call.arguments
    change = read_object(given.file) if given.file else None
    with call.workspace() as workspace:
        whole_month = _as_month(given.id)
        if given.no_mistake and whole_month is not None:
            return Answer(data=month_data(workspace.returns.explain_month(whole_month, text=given.reason)))
        if change is not None:
            done = workspace.returns.amend(
                given.id, _changed(workspace, given.id, change), reason=given.reason
            )
        elif given.delete:
            done = workspace.returns.delete(given.id, reason=given.reason)
        else:
            done = workspace.returns.explain(given.id, text=given.reason)
        return Answer(
            data={
                "record": done.record,
                "state": done.kind,
                "revision": done.revision or None,
                "correction": done.sheet.correction if done.sheet else None,
                "check_code": done.sheet.check_code if done.sheet else None,
                "month_open": str(done.month_open) if done.month_open else None,
                "left": done.left,
            }
        )


def _as_month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def _changed(workspace: Workspace, record_id: str, change: Mapping[str, Any]) -> dict[str, object]:
    before = workspace.records.get(record_id).record
    record_type = register(workspace, before.type)
    understood = workspace.records.values_from_json(type_id=record_type.id, data=change)
    # Only what was given: defaults of items that are not mentioned must not overwrite what is there.
    return {**before.values, **{name: understood.get(name, "") for name in change}}


def _show_answer(data: Data) -> str:
    if "record" not in data:
        return _("The answer goes to the town station with the next file.")
    lines = [_("The answer goes to the town station with the next file.")]
    if data["correction"]:
        lines.append(
            _("The sheet is closed again as correction {number}. Check code {code}.").format(
                number=data["correction"], code=data["check_code"]
            )
        )
    if data["month_open"]:
        lines.append(_("{month} is open until everything is settled.").format(month=data["month_open"]))
    return "\n".join(lines)


# late-changes


def _late_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="U", help=_("the unit: name, id or division code"))


def _late(call: Call) -> Answer:
    with call.workspace() as workspace:
        unit = workspace.context.unit(call.arguments.unit).id if call.arguments.unit else None
        found = workspace.review.late_changes(unit)
        return Answer(data={"late_changes": [_late_data(item) for item in found]})


def _late_data(item: LateChange) -> dict[str, Any]:
    return {
        "unit": item.unit,
        "month": str(item.month),
        "record": item.record,
        "type": item.type_id,
        "what": item.words,
        "kind": item.kind,
        "before": item.before,
        "after": item.after,
        "who": item.who,
        "when": item.when,
        "reason": item.reason,
        "changes": [
            {"field": each.field, "label": each.label, "old": each.old, "new": each.new}
            for each in item.changes
        ],
    }


def _show_late(data: Data) -> str:
    rows = [
        (
            item["month"],
            item["unit"],
            item["what"] or type_label(item["type"]),
            "，".join(
                f"{each['label']} {each['old'] or '—'} → {each['new'] or '—'}" for each in item["changes"]
            ),
            item["reason"],
        )
        for item in list_of(data, "late_changes")
    ]
    if not rows:
        return _("Nothing changed in approved months.")
    return table((_("Month"), _("Unit"), _("Record"), _("Changes"), _("Reason")), rows)
