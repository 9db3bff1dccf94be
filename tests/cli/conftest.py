"""How tests talk to the command line: in this process, on real stores in a temporary folder."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gzdesk.cli import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command line left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error in it."""
        return self.data["error"]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """`gzdesk-cli --json --data FOLDER …` in this process; a text for stdin may be given."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(
        self, *words: object, data: Path | None = None, stdin: str | None = None, plain: bool = False
    ) -> Outcome:
        before = [] if plain else ["--json"]
        if data is not None:
            before += ["--data", str(data)]
        if stdin is not None:
            self.patch.setattr(
                sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), encoding="utf-8")
            )
        self.capture.readouterr()
        code = main([*before, *map(str, words)])
        found = self.capture.readouterr()
        return Outcome(code, found.out, found.err)

    def done(self, *words: object, data: Path | None = None, stdin: Any = None) -> Any:
        """Run a command line that must succeed; returns its document. `stdin` may be a value to write as JSON."""
        text = stdin if stdin is None or isinstance(stdin, str) else json.dumps(stdin, ensure_ascii=False)
        outcome = self(*words, data=data, stdin=text)
        assert outcome.code == 0, outcome.out + outcome.err
        return outcome.data

    def refused(self, *words: object, data: Path | None = None, stdin: Any = None, code: int = 1) -> Any:
        """Run a command line that must be refused; returns the error."""
        text = stdin if stdin is None or isinstance(stdin, str) else json.dumps(stdin, ensure_ascii=False)
        outcome = self(*words, data=data, stdin=text)
        assert outcome.code == code, outcome.out + outcome.err
        assert set(outcome.error) >= {"code", "message", "hint"}
        return outcome.error


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(capsys, monkeypatch)


@pytest.fixture
def village(cli: CommandLine, tmp_path: Path) -> Path:
    """A stand-alone village's store with a venue, on 8 November 2019 unless a test says otherwise."""
    folder = tmp_path / "village"
    cli.done("init", "--village", "古四村", "--person", "苏丽芬", data=folder)
    return folder


ScreeningMaker = Callable[..., dict[str, Any]]


@pytest.fixture
def screening() -> ScreeningMaker:
    """A film screening as a script would write it: labels for choices and film, no status."""

    def make(**changes: Any) -> dict[str, Any]:
        values = {
            "date": "2019-10-11",
            "start_time": "19:30",
            "place": "古四文化广场",
            "place_kind": "室外·固定点",
            "film_id": "烈火英雄",
            "team": "古镇镇农村电影放映队",
            "projectionist": "刘振辉",
            "audience": 136,
            "confirmed_by": "苏丽芬",
            "stamped": True,
        }
        return {name: value for name, value in {**values, **changes}.items() if value is not None}

    return make
