"""`units` and the commands that change the list: what the town keeps, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk import bootstrap
from tests.cli.conftest import CommandLine
from tests.services.world import TODAY


@pytest.fixture
def town(tmp_path: Path) -> Path:
    bootstrap.init_town(tmp_path / "town", writer_name="区锦堂", today=TODAY).close()
    return tmp_path / "town"


def state(cli: CommandLine, town: Path, unit: str, on: str) -> str:
    rows = cli.done("units", "--on", on, data=town)["units"]
    return str(next(row["state"] for row in rows if row["id"] == unit))


def test_a_unit_is_added_renamed_and_closed(cli: CommandLine, town: Path) -> None:
    made = cli.done("unit-add", "新村", "--short", "XC", "--from", "2020-01-01", data=town)
    assert (made["kind"], made["short"], made["valid_from"]) == ("village", "XC", "2020-01-01")
    unit = str(made["id"])
    assert [state(cli, town, unit, day) for day in ("2019-12-31", "2020-01-01")] == ["coming", "now"]
    renamed = cli.done("unit-rename", "新村", "新兴村", "--code", "442000105299", data=town)
    assert (renamed["id"], renamed["name"], renamed["code"]) == (unit, "新兴村", "442000105299")
    closed = cli.done("unit-close", "新兴村", "--last-day", "2020-06-30", data=town)
    assert closed["valid_to"] == "2020-06-30"
    assert state(cli, town, unit, "2020-07-01") == "closed"


def test_a_merger_names_its_successor_and_can_be_taken_back(cli: CommandLine, town: Path) -> None:
    merged = cli.done("unit-merge", "古三村", "古四村", "--from", "2020-01-01", data=town)
    assert (merged["valid_to"], merged["successor"]) == ("2019-12-31", "gusi")
    assert [state(cli, town, "gusan", day) for day in ("2019-12-31", "2020-01-01")] == ["now", "merged"]
    assert cli.done("unit-reopen", "gusan", data=town)["successor"] is None
    assert cli.refused("unit-reopen", "gusan", data=town)["code"] == "not_closed"


def test_people_read_a_table(cli: CommandLine, town: Path) -> None:
    cli.done("unit-merge", "古三村", "古四村", "--from", "2019-11-01", data=town)
    lines = cli("units", data=town, plain=True).out.splitlines()
    assert "单位" in lines[0]
    assert any("古三村" in line and "已并入" in line for line in lines)
