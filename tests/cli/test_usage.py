"""Wrong usage, help, languages and bugs: exit codes and the one document on stdout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gzdesk import i18n
from gzdesk.cli import entry, stores
from gzdesk.cli.command import Command
from gzdesk.cli.commands import all_commands
from gzdesk.cli.parser import LATER
from gzdesk.errors import UserError
from tests.cli.conftest import CommandLine

WRONG = [
    pytest.param([], id="no command"),
    pytest.param(["dance"], id="no such command"),
    pytest.param(["init"], id="one of a group is missing"),
    pytest.param(["init", "--town", "--village", "古四村"], id="two of a group"),
    pytest.param(["list"], id="an argument is missing"),
    pytest.param(
        ["--data", "nowhere", "init", "--village", "古四村", "--name", "小榄镇"], id="a name for a village"
    ),
    pytest.param(["list", "film", "--month", "2019-13"], id="no such month"),
    pytest.param(["list", "film", "--limit", "-1"], id="no such number"),
    pytest.param(["list", "film", "extra"], id="too much"),
    pytest.param(["list", "film", "--mon", "2019-10"], id="a shortened option"),
    pytest.param(["list", "film", "--month"], id="an option without its value"),
    pytest.param(["list", "film", "--unit=古四村", "--colour", "red"], id="an unknown option"),
    pytest.param(["--today", "8.11.2019", "types"], id="no such day"),
    pytest.param(["--lang", "fr", "types"], id="no such language"),
    pytest.param(
        ["report", "monthly_sheet", "--month", "2019-10", "--year", "2019", "--out", "x"], id="two periods"
    ),
    pytest.param(["report", "monthly_sheet", "--year", "19", "--out", "x.pdf"], id="no such year"),
    pytest.param(["demo", "--out", "x", "--units", "14"], id="too many villages"),
]


@pytest.mark.parametrize("words", WRONG)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_wrong_usage_is_said_and_ends_with_2(cli: CommandLine, words: list[str], language: str) -> None:
    chosen = [] if "--lang" in words else ["--lang", language]
    outcome = cli(*chosen, *words)
    assert outcome.code == 2
    assert outcome.error["code"] == "usage"
    assert outcome.error["message"]
    assert outcome.error["hint"]
    assert outcome.err == ""


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_said_in_chinese(cli: CommandLine, words: list[str]) -> None:
    message = cli(*words).error["message"]
    if "--lang" not in words:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in message), message


def test_wrong_usage_without_json_goes_to_stderr(cli: CommandLine) -> None:
    outcome = cli("dance", plain=True)
    assert (outcome.code, outcome.out) == (2, "")
    assert "dance" in outcome.err


@pytest.mark.parametrize("name", LATER)
def test_a_command_of_a_later_edition_says_so(cli: CommandLine, name: str) -> None:
    outcome = cli(name, "--anything", "at", "--all=1", "-x")
    assert outcome.code == 2
    assert outcome.error["code"] == "not_there_yet"
    assert name in outcome.error["message"]


def test_options_are_taken_before_and_after_the_command(cli: CommandLine, village: Path) -> None:
    before = cli("--today", "2019-11-08", "list", "film", "--limit", "1", data=village)
    after = cli("list", "film", "--limit", "1", "--data", village, "--today", "2019-11-08", "--json")
    assert before.data == after.data


def test_help_lists_every_command_in_both_languages(cli: CommandLine) -> None:
    for language, word in (("zh_CN", "用法"), ("en", "Usage")):
        outcome = cli("--lang", language, "--help", plain=True)
        assert outcome.code == 0
        assert word in outcome.out
        for command in all_commands():
            assert f"{command.name} " in outcome.out
    assert "usage:" not in outcome.out


@pytest.mark.parametrize("command", [command.name for command in all_commands()])
def test_each_command_has_help(cli: CommandLine, command: str) -> None:
    outcome = cli(command, "--help", plain=True)
    assert outcome.code == 0
    assert command in outcome.out
    assert "--json" in outcome.out


def test_help_and_version_are_documents_with_json(cli: CommandLine) -> None:
    assert "gzdesk-cli" in cli("--help").data["help"]
    assert "gzdesk-cli" in cli("--version").data["help"]


def test_a_refusal_without_json_is_a_sentence_on_stderr(cli: CommandLine, tmp_path: Path) -> None:
    outcome = cli("list", "film", data=tmp_path, plain=True)
    assert (outcome.code, outcome.out) == (1, "")
    assert len(outcome.err.splitlines()) == 2
    assert "Traceback" not in outcome.err


def test_the_language_is_that_of_the_option(cli: CommandLine, tmp_path: Path) -> None:
    english = cli("--lang", "en", "list", "film", data=tmp_path).error["message"]
    chinese = cli("--lang=zh_CN", "list", "film", data=tmp_path).error["message"]
    assert english.isascii()
    assert not chinese.isascii()


def _broken(error: Exception) -> tuple[Command, ...]:
    def run(_call: object) -> object:
        raise error

    original = stores.commands()[2]
    return (Command(name="types", help="", run=run, show=original.show),)  # type: ignore[arg-type] # raises first


@pytest.mark.expects_logs
def test_a_bug_ends_with_70_and_one_document(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gzdesk.cli.commands.all_commands", lambda: _broken(KeyError("张三")))
    outcome = cli("types")
    assert outcome.code == entry.BUG
    assert outcome.error["code"] == "bug"
    assert "张三" not in outcome.out
    assert "Traceback" in outcome.err


def test_stopping_leaves_with_a_reason(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = _broken(KeyboardInterrupt())  # type: ignore[arg-type] # Ctrl+C is no Exception
    monkeypatch.setattr("gzdesk.cli.commands.all_commands", lambda: broken)
    assert cli("types").error["code"] == "cancelled"


def test_a_refusal_keeps_its_code(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    error = UserError(code="some_code", message="说明", hint="怎么办")
    monkeypatch.setattr("gzdesk.cli.commands.all_commands", lambda: _broken(error))
    assert cli("types").data == {"error": {"code": "some_code", "message": "说明", "hint": "怎么办"}}


def _run(*words: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from gzdesk.cli import main; sys.exit(main())"
    environment = {**os.environ, **settings}
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, env=environment, check=False
    )


def test_json_is_utf8_whatever_the_terminal_is_set_to() -> None:
    done = _run("--json", "types", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    names = [item["name_zh"] for item in json.loads(done.stdout.decode("utf-8"))["types"]]
    assert "电影放映" in names


def test_the_exit_code_reaches_the_shell() -> None:
    assert _run("dance").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_who_leaves_early_is_no_fault() -> None:
    code = "import sys; from gzdesk.cli import main; sys.exit(main(['--json', 'types']))"
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
