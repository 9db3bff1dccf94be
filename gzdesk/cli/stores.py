"""Commands that set up a store: `init`, `enrol`; and `types`, which tells what can be written into one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.output import table
from gzdesk.cli.parser import UsageError
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.record_type import Field, RecordType


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="init",
            help=_("set up a ledger for the town, or for a village"),
            arguments=_init_arguments,
            run=_init,
            show=_show_init,
        ),
        Command(
            name="enrol",
            help=_("town: make the join file of a unit"),
            arguments=_enrol_arguments,
            run=_enrol,
            show=_show_enrol,
        ),
        Command(name="types", help=_("list the registers and their items"), run=_types, show=_show_types),
    )


def _init_arguments(parser: argparse.ArgumentParser) -> None:
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--town", action="store_true", help=_("the town station's ledger"))
    kind.add_argument("--village", metavar="NAME", help=_("a village's ledger that works without a town"))
    kind.add_argument(
        "--join", type=Path, metavar="FILE.gzj", help=_("a village's ledger, from the town's join file")
    )
    parser.add_argument("--name", metavar="N", help=_("name of the town, when it is another one"))
    parser.add_argument("--person", default="", metavar="NAME", help=_("who writes on this PC"))


def _init(call: Call) -> Answer:
    if call.arguments.name and not call.arguments.town:
        raise UsageError(
            message=_("{name} and {other} exclude each other.").format(
                name="--name", other="--village, --join"
            ),
            hint=_("The name of a village comes from the list of units or from its join file."),
        )
    workspace = _made(call)
    try:
        data = {
            "unit": workspace.me.id,
            "unit_name": workspace.me.label,
            "writer": workspace.context.store.writer,
        }
    finally:
        workspace.close()
    return Answer(data={**data, "data": str(call.data_dir)})


def _made(call: Call) -> Workspace:
    from gzdesk import bootstrap

    arguments = call.arguments
    if arguments.join is not None:
        return _joined(call)
    if arguments.village is not None:
        return bootstrap.init_village(
            call.data_dir, name=arguments.village, writer_name=arguments.person, today=call.today
        )
    return bootstrap.init_town(
        call.data_dir, name=arguments.name, writer_name=arguments.person, today=call.today
    )


def _joined(call: Call) -> Workspace:
    """A new store, or one that has worked without a town so far: that one keeps its records and joins."""
    from gzdesk import bootstrap
    from gzdesk.services.enrolment import read_join_file

    arguments = call.arguments
    try:
        return bootstrap.init_join(
            call.data_dir, arguments.join, writer_name=arguments.person, today=call.today
        )
    except UserError as error:
        if error.code != "store_exists":
            raise
    workspace = bootstrap.open_workspace(call.data_dir, today=call.today)
    try:
        workspace.enrolment.accept(read_join_file(arguments.join))
    except BaseException:
        workspace.close()
        raise
    return workspace


def _show_init(data: Data) -> str:
    return _("The ledger of {unit} is ready in {folder}.").format(unit=data["unit_name"], folder=data["data"])


def _enrol_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help=_("name, id or division code"))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.gzj", help=_("the join file to make")
    )


def _enrol(call: Call) -> Answer:
    with call.workspace() as workspace:
        unit = workspace.context.unit(call.arguments.unit)
        made = workspace.enrolment.enrol(unit.id, call.arguments.out)
        data = {"unit": unit.id, "unit_name": unit.label, "file": str(made.file)}
        return Answer(data={**data, "fingerprint": made.town_fingerprint})


def _show_enrol(data: Data) -> str:
    file = _("Join file of {unit}: {file}").format(unit=data["unit_name"], file=data["file"])
    number = _("Number to compare on the phone: {number}").format(number=data["fingerprint"])
    return f"{file}\n{number}"


def _types(_call: Call) -> Answer:
    from gzdesk.cli.words import REGISTERS

    # Answered without a store too: what a register asks for is needed before there is one.
    types = REGISTERS.all()
    data = {"types": [_type_data(item) for item in types]}
    return Answer(data={**data, "remarks": list(types.remarks)} if types.remarks else data)


def _type_data(item: RecordType) -> dict[str, Any]:
    return {
        "id": item.id,
        "name_zh": item.zh,
        "name_en": item.en,
        "group": item.group,
        "version": item.version,
        "fields": [_field_data(field) for field in item.fields],
    }


def _field_data(field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": field.name,
        "kind": field.kind,
        "required": field.required,
        "label_zh": field.zh,
        "label_en": field.en,
    }
    if field.required_when:
        data["required_when"] = {name: list(values) for name, values in field.required_when.items()}
    if field.choices:
        data["choices"] = [{"code": item.code, "zh": item.zh, "en": item.en} for item in field.choices]
    if field.to:
        data["to"] = field.to.split()
    return data


def _show_types(data: Data) -> str:
    from gzdesk.i18n import pick

    rows = [
        (item["id"], pick(zh=item["name_zh"], en=item["name_en"]), len(item["fields"]))
        for item in list_of(data, "types")
    ]
    remarks = list_of(data, "remarks") if "remarks" in data else []
    return "\n".join([table((_("Id"), _("Register"), _("Items")), rows), *map(str, remarks)])
