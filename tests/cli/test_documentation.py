"""The page about the command line names every command, and only those."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gzdesk.cli.commands import all_commands
from gzdesk.cli.parser import LATER
from tests.cli.conftest import CommandLine

COMMON = {"--data", "--json", "--today", "--lang", "--help"}
PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


@pytest.fixture(scope="module")
def headings() -> str:
    return "\n".join(re.findall(r"^### (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_command_has_its_section(headings: str) -> None:
    documented = set(re.findall(r"`([a-z-]+)", headings))
    assert documented == {command.name for command in all_commands()}


@pytest.mark.parametrize("command", [command.name for command in all_commands()])
def test_every_option_is_named(cli: CommandLine, headings: str, command: str) -> None:
    heading = next(line for line in headings.splitlines() if re.search(rf"`{command}[ `]", line))
    options = set(re.findall(r"--[a-z-]+", cli(command, "--help", plain=True).out))
    assert options - COMMON <= set(re.findall(r"--[a-z-]+", heading))


def test_what_is_not_there_yet_is_listed() -> None:
    last = PAGE.read_text(encoding="utf-8").split("## Not there yet")[1]
    assert set(re.findall(r"`([a-z-]+)`", last)) == set(LATER)
