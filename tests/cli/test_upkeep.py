"""demo and self-test on the command line, and the whole of it where Qt cannot be imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gzdesk.cli import upkeep
from gzdesk.services import self_test
from gzdesk.services.self_test import Step
from tests.cli.conftest import CommandLine

# Importing PySide6 fails as on a PC where it was never installed.
WITHOUT_QT = """
import sys
sys.modules["PySide6"] = None
sys.modules["shiboken6"] = None
from gzdesk.cli import main
code = main()
assert not any(name.startswith("PySide6.") for name in sys.modules)
sys.exit(code)
"""


class WithoutQt:
    """`gzdesk-cli --json --data FOLDER …` in a process of its own, without Qt."""

    def __call__(self, *words: object, data: Path | None = None, stdin: Any = None) -> Any:
        folder = [] if data is None else ["--data", str(data)]
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_QT, "--json", *folder, *map(str, words)],
            input=json.dumps(stdin).encode("utf-8"),
            capture_output=True,
            env={**os.environ, "PYTHONWARNINGS": "error"},
            check=False,
        )
        assert done.returncode == 0, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
        return json.loads(done.stdout)


def test_the_whole_job_without_qt(tmp_path: Path) -> None:
    run = WithoutQt()
    town, village, stick = tmp_path / "town", tmp_path / "village", tmp_path / "stick"
    stick.mkdir()
    run("init", "--town", data=town)
    run("enrol", "古四村", "--out", tmp_path / "gusi.gzj", data=town)
    run("init", "--join", tmp_path / "gusi.gzj", "--person", "苏丽芬", data=village)
    staff = {
        "name": "苏丽芬",
        "employment": "兼职",
        "duty": "文化专管员",
        "full_time": "专职",
        "in_post_from": "2013-08-01",
    }
    (record_id,) = run("add", "staff", "-", data=village, stdin=staff)["ids"]
    run("edit", record_id, "-", data=village, stdin={"phone": "22345216"})
    assert run("show", record_id, "--history", data=village)["history"]
    run("--today", "2019-11-06", "close-month", "2019-10", "--nil", data=village)
    run("report", "monthly_sheet", "--month", "2019-10", "--out", tmp_path / "sheet.pdf", data=village)
    run("report", "monthly_sheet", "--month", "2019-10", "--out", tmp_path / "sheet.xlsx", data=village)
    run("export", "--out", stick, data=village)
    run("inspect", next(stick.glob("*.gzp")), data=town)
    run("import", stick, data=town)
    for words in (("status",), ("conflicts",), ("check",), ("rebuild",), ("types",), ("reports",)):
        run(*words, data=town)
    assert run("list", "staff", "--unit", "古四村", data=town)["total"] == 1
    run("delete", record_id, data=village)


def test_self_test_without_qt(tmp_path: Path) -> None:
    steps = WithoutQt()("self-test")["steps"]
    assert [step["ok"] for step in steps] == [True, True, True, True, True, None]


def test_a_demonstration_without_qt(tmp_path: Path) -> None:
    made = WithoutQt()("demo", "--out", tmp_path / "demo", "--units", "1", "--months", "1")
    (village,) = made["villages"]
    for store, unit in ((made["town"], "guzhen"), (village, "guzhen_shequ")):
        assert store["unit"] == unit
        assert Path(store["data"]).is_dir()
    there = WithoutQt()("state-digest", "--unit", village["unit"], data=Path(made["town"]["data"]))
    assert there == {"digest": village["digest"], "records": village["records"]}
    assert all(Path(file).is_file() for file in made["files"])


def test_self_test_says_what_works(cli: CommandLine) -> None:
    outcome = cli("self-test", plain=True)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 6


def test_self_test_says_what_does_not_work(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_trial: object) -> str:
        raise RuntimeError("no paper")

    monkeypatch.setattr(self_test._Trial, "make_pdf", broken)
    monkeypatch.setattr(upkeep, "_window_step", lambda: Step(id="window", name="Window", ok=None))
    outcome = cli("self-test")
    assert outcome.code == 1
    assert outcome.data["ok"] is False
    assert outcome.error["code"] == "self_test_failed"
    assert [step["ok"] for step in outcome.data["steps"]] == [True, True, False, True, True, None]
    assert "no paper" in outcome.data["problems"][0]


def test_self_test_goes_on_when_there_is_no_ledger(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_trial: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(self_test._Trial, "write_and_read", broken)
    monkeypatch.setattr(upkeep, "_window_step", lambda: Step(id="window", name="Window", ok=None))
    assert [step["ok"] for step in cli("self-test").data["steps"]] == [False] * 5 + [None]


def test_a_demonstration_in_plain_words(cli: CommandLine, tmp_path: Path) -> None:
    outcome = cli("demo", "--out", tmp_path / "demo", "--units", "1", "--months", "1", plain=True)
    assert outcome.code == 0
    assert "古镇社区" in outcome.out
    assert "--today" in outcome.out
    again = cli("demo", "--out", tmp_path / "demo", "--units", "1", "--months", "1")
    assert (again.code, again.error["code"]) == (1, "folder_not_empty")
