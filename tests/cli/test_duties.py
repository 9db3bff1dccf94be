"""`deadlines` as a script sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine


@pytest.fixture
def town(cli: CommandLine, tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    cli.done("--today", "2019-01-05", "init", "--town", data=folder)
    return folder


def one(data, duty: str, period: str, unit: str = "guzhen"):
    (found,) = [
        item
        for item in data["deadlines"]
        if (item["duty"], item["period"], item["unit"]) == (duty, period, unit)
    ]
    return found


def test_the_spring_festival_of_2019(cli: CommandLine, town: Path) -> None:
    data = cli.done("deadlines", "--on", "2019-02-01", data=town)
    due = one(data, "monthly_report", "2019-01")
    assert (due["due_on"], due["state"], due["days_left"]) == ("2019-02-10", "open", 9)
    assert (due["workday"], due["holiday"], due["last_workday"]) == (False, "春节", "2019-02-03")
    assert (due["asked_for"], due["remind_from"]) == (True, "2019-01-29")
    assert (data["on"], data["from"], data["to"]) == ("2019-02-01", "2019-01-01", "2019-05-04")


def test_in_time_late_and_overdue_with_their_rate(cli: CommandLine, town: Path) -> None:
    for period, day in (("2019-01", "2019-02-10"), ("2019-02", "2019-03-11")):
        values = {"period": period, "text": "…", "submitted_on": day}
        cli.done("--today", "2019-03-20", "add", "monthly_report", "-", data=town, stdin=values)
    data = cli.done("deadlines", "--on", "2019-04-15", "--unit", "古镇镇", "--from", "2019-02-01", data=town)
    states = [
        (item["period"], item["state"]) for item in data["deadlines"] if item["duty"] == "monthly_report"
    ]
    assert states[:3] == [("2019-01", "done"), ("2019-02", "late"), ("2019-03", "overdue")]
    (rate,) = [rate for rate in data["rates"] if rate["duty"] == "monthly_report"]
    assert (rate["unit"], rate["on_time"], rate["due"], rate["percent"]) == ("guzhen", 1, 3, "33.3%")


def test_a_window_and_a_unit(cli: CommandLine, town: Path) -> None:
    data = cli.done(
        "deadlines",
        "--unit",
        "gusi",
        "--on",
        "2019-02-01",
        "--from",
        "2019-02-10",
        "--to",
        "2019-02-10",
        data=town,
    )
    (due,) = data["deadlines"]
    assert (due["duty"], due["unit"], due["wanted_on"]) == ("month_sheet", "gusi", "2019-02-05")


def test_people_read_a_table(cli: CommandLine, town: Path) -> None:
    out = cli("deadlines", "--on", "2019-02-01", "--unit", "guzhen", data=town, plain=True).out
    assert "工作动态" in out
    assert "2019-02-10" in out
    none = cli("deadlines", "--from", "2019-02-12", "--to", "2019-02-12", data=town, plain=True)
    assert none.out.strip() == "这段时间没有到期的事。"


@pytest.mark.parametrize("words", [("--on", "2019-02-30"), ("--from", "明天")])
def test_a_day_that_is_none_is_wrong_usage(cli: CommandLine, town: Path, words) -> None:
    assert cli.refused("deadlines", *words, data=town, code=2)["code"] == "usage"


def test_an_unknown_unit_is_refused(cli: CommandLine, town: Path) -> None:
    assert cli.refused("deadlines", "--unit", "月球村", data=town)["code"] == "unknown_unit"
