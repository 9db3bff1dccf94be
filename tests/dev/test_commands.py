"""What each command of dev.py runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.dev.conftest import System


@pytest.fixture(autouse=True)
def ready(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the set-up, which has tests of its own."""
    monkeypatch.setattr(dev, "set_up", lambda lock_set, libraries: None)


def test_run_opens_the_desktop(dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run", "--data", "somewhere"]) == 0
    assert system.lines == ["python -m gzdesk --data somewhere"]


def test_run_without_a_display_shows_the_main_job(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def demo(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        out = Path(command[command.index("--out") + 1])
        package = out / "stick" / "古四村_2019-03_第001包.gzp"
        package.parent.mkdir(parents=True)
        package.write_bytes(b"0" * 1200)
        made = {"town": {"data": str(out / "town")}, "files": [str(package)]}
        return subprocess.CompletedProcess(command, 0, stdout=json.dumps(made))

    monkeypatch.setattr(dev.subprocess, "run", demo)
    assert dev.main(["run"]) == 0
    shown = capsys.readouterr().out
    assert "no display" in shown
    assert "1.2 kB  stick/古四村_2019-03_第001包.gzp" in shown.replace("\\", "/")


def test_a_failing_demonstration_says_why(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: False)
    system.failing = ["gzdesk-cli"]
    assert dev.main(["run"]) == 100
    assert "it did not work" in capsys.readouterr().err


def test_test_passes_its_arguments_on(dev: ModuleType, system: System) -> None:
    assert dev.main(["test", "tests/reports", "-k", "pdf"]) == 0
    assert system.lines == ["python -m pytest -n 2 --dist worksteal tests/reports -k pdf"]


def test_a_failing_test_run_is_a_failure(dev: ModuleType, system: System) -> None:
    system.failing = ["pytest"]
    assert dev.main(["test"]) != 0


def test_check_runs_every_check_even_after_a_failure(
    dev: ModuleType, system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    system.failing = ["ruff check"]
    assert dev.main(["check"]) == 1
    report = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
    assert [name for result, name in report] == ["format", "lint", "types", "import rules", "strings"]
    assert [name for result, name in report if result == "FAILED"] == ["lint"]


@pytest.mark.parametrize(("command", "module"), [("shots", "tests.shots"), ("bench", "tests.benchmarks")])
def test_programs_get_their_arguments(dev: ModuleType, system: System, command: str, module: str) -> None:
    assert dev.main([command, "home"]) == 0
    assert system.lines == [f"python -m {module} home"]


def test_tests_keep_bytecode_even_where_the_machine_keeps_none(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in dev.offscreen()
