"""Commands on events that may stand in the books twice: `twins`, `twins-decide`, `co-credit`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.parser import month
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.twins import Twin


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="twins",
            help=_("list what may be one event written down twice, or held by several units"),
            arguments=_twins_arguments,
            run=_twins,
            show=_show_twins,
        ),
        Command(
            name="twins-decide",
            help=_("town: say what two such records are"),
            arguments=_decide_arguments,
            run=_decide,
            show=_show_decided,
        ),
        Command(
            name="co-credit",
            help=_("town: let a partner count another unit's joint event too"),
            arguments=_credit_arguments,
            run=_credit,
            show=_show_credit,
        ),
    )


def _twins_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--month", type=month, metavar="M", help=_("the month; else this one"))
    parser.add_argument("--unit", metavar="U", help=_("only of this unit: name, id or division code"))
    parser.add_argument("--all", action="store_true", help=_("also what is decided"))


def _twins(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        asked = arguments.month or Month.of(workspace.mint.today())
        unit = None if arguments.unit is None else workspace.context.unit(arguments.unit).id
        found = workspace.twins.all(asked, unit=unit)
        shown = [twin for twin in found if arguments.all or not twin.verdict]
        return Answer(data={"month": str(asked), "twins": [_twin_data(twin) for twin in shown]})


def _twin_data(twin: Twin) -> dict[str, Any]:
    return {
        "kind": twin.kind,
        "day": twin.day,
        "type": twin.type_id,
        "records": [
            {
                "id": side.record,
                "unit": side.unit.id,
                "unit_name": side.unit.label,
                "words": side.words,
                "time": side.time,
                "place": side.place,
                "persons": side.persons,
            }
            for side in twin.sides
        ],
        "reasons": list(twin.reasons),
        "verdict": twin.verdict or None,
        "host": twin.host or None,
    }


def _show_twins(data: Data) -> str:
    verdicts = {"joint": _("one joint event"), "same": _("written down twice"), "different": _("two events")}
    lines = []
    for item in list_of(data, "twins"):
        said = verdicts[item["verdict"]] if item["verdict"] else "、".join(item["reasons"])
        lines.append(f"{item['day']}  {said}".rstrip())
        for side in item["records"]:
            words = "  ".join(part for part in (side["unit_name"], side["words"], side["place"]) if part)
            lines.append(f"  {side['id']}  {words}")
    return "\n".join(lines) if lines else _("Nothing looks like one event written down twice.")


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("records", nargs=2, metavar="ID")
    verdict = parser.add_mutually_exclusive_group(required=True)
    for name, words in (
        ("joint", _("one event that two units held: counted once, for the host")),
        ("same", _("one event written down twice in one unit: the other record is returned")),
        ("different", _("two events: not asked again")),
    ):
        verdict.add_argument(f"--{name}", dest="verdict", action="store_const", const=name, help=words)
    parser.add_argument("--host", metavar="ID", help=_("the record that counts; else the first"))
    parser.add_argument("--reason", default="", metavar="R", help=_("why, for the history"))


def _decide(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        workspace.twins.decide(
            arguments.records, arguments.verdict, host=arguments.host, reason=arguments.reason
        )
    host = None if arguments.verdict == "different" else arguments.host or arguments.records[0]
    return Answer(data={"records": arguments.records, "verdict": arguments.verdict, "host": host})


def _show_decided(data: Data) -> str:
    return (
        _("Noted.")
        if data["host"] is None
        else _("Noted. It counts as {record}.").format(record=data["host"])
    )


def _credit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("unit", metavar="UNIT")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--reason", metavar="R", help=_("why it may count the event too"))
    how.add_argument("--take-back", action="store_true", help=_("it counts the event no longer"))


def _credit(call: Call) -> Answer:
    arguments = call.arguments
    with call.workspace() as workspace:
        if arguments.take_back:
            workspace.twins.take_credit_back(arguments.id, arguments.unit)
        else:
            workspace.twins.credit(arguments.id, arguments.unit, reason=arguments.reason)
        units = workspace.twins.credited(arguments.id)
        return Answer(data={"record": arguments.id, "units": [unit.id for unit in units]})


def _show_credit(data: Data) -> str:
    return _("Besides its own unit it counts for: {names}").format(
        names="、".join(list_of(data, "units")) or "—"
    )
