"""Commands that look after a store: `state-digest`, `check`, `rebuild`, `self-test`, `demo`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.cli.command import Answer, Call, Command, Data, list_of
from gzdesk.cli.parser import count
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.services.self_test import Step

_WINDOW_TIMEOUT_S = 60


def commands() -> tuple[Command, ...]:
    """The commands of this family."""
    return (
        Command(
            name="state-digest",
            help=_("a check code over all records: equal on two PCs when they show the same"),
            arguments=_digest_arguments,
            run=_digest,
            show=_show_digest,
        ),
        Command(name="check", help=_("read the whole ledger and verify it"), run=_check, show=_show_check),
        Command(
            name="rebuild",
            help=_("make the lists again from what was written"),
            run=_rebuild,
            show=_show_rebuild,
        ),
        Command(
            name="demo",
            help=_("make a town and its villages with a year of data to try out"),
            arguments=_demo_arguments,
            run=_demo,
            show=_show_demo,
        ),
        Command(
            name="self-test",
            help=_("try out whether everything works on this PC"),
            run=_self_test,
            show=_show_self_test,
        ),
    )


def _digest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="U", help=_("only this unit: name, id or division code"))


def _digest(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.maintenance.digest(call.arguments.unit)
        return Answer(data={"digest": found.digest, "records": found.records})


def _show_digest(data: Data) -> str:
    return f"{data['digest']}  {_records(data)}"


def _check(call: Call) -> Answer:
    with call.workspace() as workspace:
        found = workspace.maintenance.check(call.progress)
    data = {
        "ok": found.ok,
        "problems": list(found.problems),
        "revisions": found.revisions,
        "records": found.records,
    }
    return Answer(data=data, refused=None if found.ok else _unsound(len(found.problems)))


def _unsound(problems: int) -> UserError:
    return UserError(
        code="unsound_store",
        message=ngettext(
            "The ledger has {count} problem.", "The ledger has {count} problems.", problems
        ).format(count=problems),
        hint=_("Run rebuild. If it stays, go back to the last backup and ask the town station."),
    )


def _show_check(data: Data) -> str:
    lines = [str(problem) for problem in list_of(data, "problems")]
    return "\n".join(lines) if lines else _("The ledger is sound: {records}.").format(records=_records(data))


def _rebuild(call: Call) -> Answer:
    with call.workspace() as workspace:
        workspace.maintenance.rebuild()
        records = workspace.maintenance.digest().records
        return Answer(data={"ok": True, "problems": [], "records": records})


def _show_rebuild(data: Data) -> str:
    return _("The lists were made again: {records}.").format(records=_records(data))


def _records(data: Data) -> str:
    records = int(str(data["records"]))
    return ngettext("{count} record", "{count} records", records).format(count=records)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("an empty folder"))
    parser.add_argument(
        "--units", type=count(least=1, most=13), default=13, metavar="N", help=_("how many villages, 1 to 13")
    )
    parser.add_argument(
        "--months",
        type=count(least=1, most=12),
        default=12,
        metavar="N",
        help=_("how many months of 2019, 1 to 12"),
    )
    parser.add_argument(
        "--seed",
        type=count(least=0, most=2**31),
        default=2019,
        metavar="S",
        help=_("another number gives another year"),
    )


def _demo(call: Call) -> Answer:
    from gzdesk import bootstrap
    from gzdesk.services.demo.year import Plan, make_demo

    arguments = call.arguments
    plan = Plan(out=arguments.out, units=arguments.units, months=arguments.months, seed=arguments.seed)
    made = make_demo(plan, stores=bootstrap, progress=call.progress)
    return Answer(
        data={
            "town": _store_data(made.town),
            "villages": [_store_data(store) for store in made.villages],
            "files": [str(file) for file in made.files],
            "today": made.today.isoformat(),
        }
    )


def _store_data(store: Any) -> dict[str, Any]:
    return {
        "unit": store.unit,
        "name": store.name,
        "data": str(store.folder),
        "records": store.records,
        "digest": store.digest,
    }


def _show_demo(data: Data) -> str:
    town: Any = data["town"]
    villages, files = list_of(data, "villages"), list_of(data, "files")
    lines = [
        _("{town} with {villages} villages, {records} records, {files} files.").format(
            town=town["name"], villages=len(villages), records=town["records"], files=len(files)
        ),
        _("Open the town:"),
        f"  gzdesk --data {town['data']} --today {data['today']}",
        _("Open a village:"),
    ]
    lines += [
        f"  gzdesk --data {item['data']} --today {data['today']}  # {item['name']}" for item in villages
    ]
    return "\n".join([*lines, _("Files made:"), *(f"  {file}" for file in files)])


def _self_test(call: Call) -> Answer:
    from gzdesk import bootstrap
    from gzdesk.services.self_test import run_self_test

    results = (*run_self_test(stores=bootstrap, progress=call.progress), _window_step())
    failed = [item for item in results if item.ok is False]
    data = {
        "ok": not failed,
        "steps": [
            {"id": item.id, "name": item.name, "ok": item.ok, "detail": item.detail} for item in results
        ],
        "problems": [f"{item.name}: {item.detail}" for item in failed],
    }
    return Answer(data=data, refused=_not_working(len(failed)) if failed else None)


def _window_step() -> Step:
    """Whether a window can be drawn: asked of another process, for this one must work without Qt."""
    from gzdesk.services.self_test import Step

    name = _("Window")
    if getattr(sys, "frozen", False) or find_spec("PySide6") is None:
        return Step(
            id="window", name=name, ok=None, detail=_("only where the desktop is installed beside it")
        )
    command = [sys.executable, "-m", "gzdesk.desktop.self_test"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=_WINDOW_TIMEOUT_S)
    last_line = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    ok = done.returncode == 0
    return Step(id="window", name=name, ok=ok, detail="" if ok else "".join(last_line))


def _not_working(failed: int) -> UserError:
    return UserError(
        code="self_test_failed",
        message=ngettext("{count} part does not work.", "{count} parts do not work.", failed).format(
            count=failed
        ),
        hint=_("Install the program again. If it stays, send these lines to the town station."),
    )


def _show_self_test(data: Data) -> str:
    marks = {True: _("works"), False: _("does not work"), None: _("not tried")}
    lines = []
    for step in list_of(data, "steps"):
        detail = f"  {step['detail']}" if step["detail"] else ""
        lines.append(f"{step['name']}  {marks[step['ok']]}{detail}")
    return "\n".join(lines)
