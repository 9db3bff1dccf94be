"""The whole command line works where Qt is not installed: on a server, in a script, on a PC without a screen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from gzdesk.cli.commands import all_commands


def test_every_command_works_without_qt(tmp_path: Path) -> None:
    program = Path(__file__).with_name("without_qt.py")
    told = subprocess.run(
        [sys.executable, str(program), str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert set(json.loads(told.stdout)) == {command.name for command in all_commands()}
