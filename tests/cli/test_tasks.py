"""`tasks` as a script sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine


@pytest.fixture
def town(cli: CommandLine, tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    cli.done("--today", "2019-11-06", "init", "--town", data=folder)
    return folder


def items(cli: CommandLine, folder: Path, *words: object):
    return cli.done("--today", "2019-11-06", "tasks", *words, data=folder)["items"]


def test_all_items_with_what_the_contract_names(cli: CommandLine, town: Path) -> None:
    found = items(cli, town)
    assert len(found) == 65
    film = next(item for item in found if item["id"] == "16.2")
    assert film["text"].startswith("创新农村电影放映模式")
    assert film["responsible"] == ["文化站", "各村"]
    assert film["responsible_codes"] == ["culture_station", "villages"]
    assert film["due"] == {
        "text": "2018年至2019年",
        "from": "2018-01-01",
        "to": "2019-12-31",
        "days_left": 55,
        "recurrence": None,
    }
    assert (film["state"], film["conflict"], film["progress"]) == ("due_soon", None, None)
    assert (film["evidence"]["have"], film["evidence"]["wanted"]) == (0, 3)
    assert len(film["evidence"]["missing"]) == 3
    assert all(set(one) == {"id", "name", "figures", "verdict", "words"} for one in film["indicators"])
    assert film["proposes_finished"] is False
    assert {owed["unit"] for owed in film["owed_by"]} >= {"文化站", "古四村"}


def test_the_two_conflicts_of_text_and_column(cli: CommandLine, town: Path) -> None:
    found = {item["id"]: item["conflict"] for item in items(cli, town) if item["conflict"]}
    conflict = {"column": "2019-12-31", "text": "2020-12-31", "judged_by": "column"}
    assert found == {"14.4": conflict, "19.1": conflict}


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--item", "16"], 2),
        (["--item", "16.2"], 1),
        (["--unit", "资产办", "--item", "6.1"], 1),
        (["--state", "overdue"], 3),
        (["--state", "逾期", "--state", "due_soon"], 33),
        (["--due-before", "2018-12-31"], 3),
        (["--due-before", "2018-12-30"], 0),
        (["--find", "ncdy"], 1),
        (["--village-duty"], 22),
        (["--missing"], 65),
    ],
)
def test_filters(cli: CommandLine, town: Path, words, count) -> None:
    assert len(items(cli, town, *words)) == count


def test_what_is_filed_counts(cli: CommandLine, town: Path) -> None:
    paper = {"task_item": "2.1", "title": "规划图纸", "date": "2019-10-01", "covers": "规划图纸/批复"}
    cli.done("--today", "2019-11-06", "add", "evidence", "-", data=town, stdin=paper)
    (item,) = items(cli, town, "--item", "2.1")
    assert (item["evidence"]["have"], item["evidence"]["missing"]) == (1, ["规划落实情况说明"])
    assert item["owed_by"] == [{"unit": "规划分局", "id": None, "missing": ["规划落实情况说明"]}]
    assert item["evidence"]["entries"][1]["numbers"] == ["2-1-001"]


def test_a_village_sees_its_own(cli: CommandLine, village: Path) -> None:
    found = cli.done("--today", "2019-11-06", "tasks", data=village)
    assert (found["unit"], found["total"]) == ("gusi", 22)


def test_people_read_a_table(cli: CommandLine, town: Path) -> None:
    out = cli("--today", "2019-11-06", "tasks", "--item", "16", data=town, plain=True).out
    assert "农村电影放映" in out
    assert "快到期" in out
    nothing = cli("--today", "2019-11-06", "tasks", "--find", "火星", data=town, plain=True).out
    assert nothing.strip() == "没有符合条件的任务。"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["--item", "33"], "unknown_task", 1),
        (["--unit", "火星"], "unknown_unit", 1),
        (["--state", "好"], "unknown_state", 1),
        (["--due-before", "年底"], "usage", 2),
    ],
)
def test_what_there_is_not_is_refused(cli: CommandLine, town: Path, words, code, exit_code) -> None:
    assert cli.refused("tasks", *words, data=town, code=exit_code)["code"] == code
