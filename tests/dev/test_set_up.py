"""What dev.py does to a fresh machine, and what it leaves alone on a ready one."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.dev.conftest import ROOT, System


@pytest.fixture
def bare(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it a Linux without the libraries of Qt and without python3-venv."""
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "can_load", lambda library: False)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(dev, "venv_works", lambda: False)


def make_ready(dev: ModuleType) -> None:
    python = Path(dev.venv_program("python"))
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


@pytest.mark.usefixtures("bare")
def test_an_ordinary_user_is_told_the_line_to_type(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit) as left:
        dev.main(["test"])
    assert left.value.code == 2
    line = next(line for line in capsys.readouterr().err.splitlines() if line.startswith("sudo "))
    venv = f"python3.{sys.version_info[1]}-venv"
    assert line == f"sudo apt-get install -y {venv} {' '.join(dev.WINDOW_LIBRARIES)}"
    assert system.commands == []


@pytest.mark.usefixtures("bare")
def test_root_installs_what_this_command_needs(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    dev.provide_system_packages(dev.missing_packages(dev.OFFSCREEN_LIBRARIES))
    assert [line.partition("--no-install-recommends ")[2] for line in system.lines] == [
        f"python3.{sys.version_info[1]}-venv {' '.join(dev.OFFSCREEN_LIBRARIES)}"
    ]


def test_the_package_list_is_fetched_only_after_a_failure(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    system.failing = ["install"]
    dev.provide_system_packages(["libegl1"])
    assert [line.split()[4] for line in system.lines] == ["install", "update", "install"]


def test_the_reason_is_shown_when_apt_get_fails_for_good(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    system.failing = ["install", "install"]
    with pytest.raises(SystemExit) as left:
        dev.provide_system_packages(["libegl1"])
    assert left.value.code == 1
    assert "E: it did not work" in capsys.readouterr().err


def test_another_linux_is_told_the_names(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as left:
        dev.provide_system_packages(["libegl1"])
    assert left.value.code == 2
    assert "libegl1" in capsys.readouterr().err


def test_a_fresh_tree_gets_locked_packages_and_the_project(dev: ModuleType, system: System) -> None:
    make_ready(dev)
    dev.set_up("test", {})
    locked, project = (line for line in system.lines if " install " in line)
    assert "--require-hashes" in locked
    assert locked.endswith(str(dev.LOCKS / "test.txt"))
    assert project.endswith(f"--no-index --no-build-isolation --editable {dev.ROOT}")


def test_a_ready_tree_is_left_alone(dev: ModuleType, system: System) -> None:
    make_ready(dev)
    dev.set_up("test", {})
    system.commands.clear()
    dev.set_up("test", {})
    dev.set_up("run", {})
    assert system.commands == []


def test_run_alone_does_not_make_test_ready(dev: ModuleType, system: System) -> None:
    make_ready(dev)
    dev.set_up("run", {})
    system.commands.clear()
    dev.set_up("test", {})
    assert any("test.txt" in line for line in system.lines)


@pytest.mark.parametrize("changed", ["installers/locks/test.txt", "pyproject.toml", "setup.py"])
def test_a_change_of_what_is_installed_installs_again(dev: ModuleType, system: System, changed: str) -> None:
    make_ready(dev)
    dev.set_up("test", {})
    system.commands.clear()
    with (dev.ROOT / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    dev.set_up("test", {})
    assert system.commands


def test_a_damaged_stamp_installs_again(dev: ModuleType, system: System) -> None:
    make_ready(dev)
    dev.STAMP.write_text("{", encoding="utf-8")
    dev.set_up("test", {})
    assert system.commands


def test_a_failed_install_is_not_remembered(
    dev: ModuleType, system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    make_ready(dev)
    system.failing = ["--require-hashes"]
    with pytest.raises(SystemExit) as left:
        dev.set_up("test", {})
    assert left.value.code == 1
    assert "wheelhouse" in capsys.readouterr().err
    assert dev.read_stamp() == {}


def test_a_wheelhouse_replaces_the_network(dev: ModuleType, system: System) -> None:
    make_ready(dev)
    dev.WHEELHOUSE.mkdir()
    dev.set_up("run", {})
    locked = next(line for line in system.lines if "--require-hashes" in line)
    assert f"--no-index --find-links {dev.WHEELHOUSE}" in locked


def test_an_environment_whose_python_is_gone_is_made_anew(dev: ModuleType, system: System) -> None:
    system.failing = ["python -c"]
    dev.make_venv()
    assert system.lines[-1].endswith(f"-m venv --clear {dev.VENV}")


def test_an_old_python_gets_a_sentence(
    dev: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as left:
        dev.main(["run"])
    assert left.value.code == 2
    assert "needs Python 3.11 or newer; this is 3.9" in capsys.readouterr().err
    assert system.commands == []


def test_an_old_python_can_read_the_file() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 9))


def test_nothing_but_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {str(name).partition(".")[0] for name in plain | taken} <= sys.stdlib_module_names


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["tset"], 2), (["--help"], 0)])
def test_without_a_command_the_commands_are_listed(arguments: list[str], code: int) -> None:
    asked = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *arguments], capture_output=True, text=True, check=False
    )
    assert asked.returncode == code
    assert "python3 dev.py test" in (asked.stderr if code else asked.stdout)
