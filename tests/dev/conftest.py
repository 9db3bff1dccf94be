"""dev.py as a module, with its own folder and a system that only writes down what was asked of it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


class System:
    """What dev.py did to the machine, instead of a machine."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.failing: list[str] = []
        """Beginnings of commands that fail once each."""

    def __call__(self, command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        self.commands.append(command)
        line = " ".join(Path(command[0]).name if part == command[0] else part for part in command)
        for text in self.failing:
            if text in line:
                self.failing.remove(text)
                return subprocess.CompletedProcess(command, 100, stdout=b"E: it did not work", stderr=b"")
        return subprocess.CompletedProcess(command, 0, stdout=b"", stderr=b"")

    @property
    def lines(self) -> list[str]:
        return [" ".join([Path(command[0]).name, *command[1:]]) for command in self.commands]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load a copy of dev.py from a folder of its own."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    shutil.copytree(ROOT / "installers" / "locks", tmp_path / "installers" / "locks")
    for name in ("pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("dev", tmp_path / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "can_load", lambda library: True)
    return module


@pytest.fixture
def system(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> System:
    """Let dev.py ask a system that does nothing and succeeds."""
    recorder = System()
    monkeypatch.setattr(dev.subprocess, "run", recorder)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    return recorder
