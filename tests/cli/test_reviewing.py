"""Review and return from the command line, between a town and a village."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine, ScreeningMaker

TODAY = ("--today", "2019-11-08")


@pytest.fixture
def town(cli: CommandLine, tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    cli.done("init", "--town", "--person", "陈站长", data=folder)
    return folder


@pytest.fixture
def gusi(cli: CommandLine, town: Path, tmp_path: Path) -> Path:
    folder, file = tmp_path / "gusi", tmp_path / "join.gzj"
    cli.done(*TODAY, "enrol", "古四村", "--out", file, data=town)
    cli.done(*TODAY, "init", "--join", file, "--person", "苏丽芬", data=folder)
    return folder


@pytest.fixture
def record(cli: CommandLine, town: Path, gusi: Path, screening: ScreeningMaker, tmp_path: Path) -> str:
    """A screening of a closed month that the town has."""
    (made,) = cli.done(*TODAY, "add", "film_screening", "-", data=gusi, stdin=screening())["ids"]
    cli.done(*TODAY, "close-month", "2019-10", "--checked-by", "苏国强", data=gusi)
    stick(cli, gusi, town, tmp_path)
    return str(made)


def stick(cli: CommandLine, source: Path, target: Path, folder: Path) -> None:
    to = ("--to", "古四村") if source.name == "town" else ()
    (made,) = cli.done(*TODAY, "export", "--out", folder, *to, data=source)["packages"]
    cli.done(*TODAY, "import", made["file"], data=target)


def returned(cli: CommandLine, town: Path, record: str, *more: str) -> Any:
    words = ("--field", "观众人次", "--remark", "回执单上写的是580人", *more)
    return cli.done(*TODAY, "review", record, "--return", *words, data=town)


def test_the_whole_way(cli: CommandLine, town: Path, gusi: Path, record: str, tmp_path: Path) -> None:
    done = returned(cli, town, record)
    assert (done["state"], done["by"], done["on"]) == ("returned", "陈站长", "2019-11-08")
    assert done["remarks"] == [{"field": "audience", "remark": "回执单上写的是580人"}]
    error = cli.refused(*TODAY, "review-month", "古四村", "2019-10", "--approve", data=town)
    assert error["code"] == "month_not_ready"
    stick(cli, town, gusi, tmp_path)

    (item,) = cli.done("returned", data=gusi)["returned"]
    assert item["record"] == record
    assert item["remarks"] == [
        {"field": "audience", "label": "观众人次", "remark": "回执单上写的是580人", "old": "136"}
    ]
    words = ("answer", record, "--with", "-", "--reason", "数字写错")
    answer = cli.done(*TODAY, *words, data=gusi, stdin={"audience": 580})
    assert (answer["state"], answer["correction"], answer["left"]) == ("amended", 1, 0)
    assert cli.done("show", record, data=gusi)["record"]["values"]["audience"] == 580
    assert cli.done("returned", data=gusi) == {"returned": [], "months": []}
    stick(cli, gusi, town, tmp_path)

    assert cli.done(*TODAY, "review", record, "--approve", data=town)["state"] == "approved"
    month = cli.done(*TODAY, "review-month", "古四村", "2019-10", "--approve", data=town)
    assert (month["state"], month["records"], month["check_code"]) == ("approved", 1, answer["check_code"])
    stick(cli, town, gusi, tmp_path)
    digests = [cli.done("state-digest", data=folder)["digest"] for folder in (town, gusi)]
    assert digests[0] == digests[1]

    cli.done(*TODAY, "reopen-month", "2019-10", "--reason", "又数了一遍", data=gusi)
    cli.done(*TODAY, "edit", record, "-", data=gusi, stdin={"audience": 581})
    cli.done(*TODAY, "close-month", "2019-10", data=gusi)
    stick(cli, gusi, town, tmp_path)
    (late,) = cli.done(*TODAY, "late-changes", "--unit", "古四村", data=town)["late_changes"]
    assert (late["record"], late["kind"], late["what"]) == (record, "changed", "2019-10-11 电影放映 烈火英雄")
    assert late["changes"] == [{"field": "audience", "label": "观众人次", "old": "580", "new": "581"}]


def test_a_village_is_told_who_judges(cli: CommandLine, gusi: Path, record: str) -> None:
    for words in (
        ("review", record, "--approve"),
        ("review", record, "--return", "--remark", "对不上"),
        ("review-month", "古四村", "2019-10", "--approve"),
    ):
        error = cli.refused(*TODAY, *words, data=gusi)
        assert (error["code"], error["message"]) == ("not_the_town", "只有镇文化站可以审核和退回。")


def test_a_month_is_returned_and_explained(
    cli: CommandLine, town: Path, gusi: Path, record: str, tmp_path: Path
) -> None:
    words = ("review-month", "古四村", "2019-10", "--return")
    assert cli.refused(*TODAY, *words, data=town)["code"] == "remark_needed"
    assert cli.done(*TODAY, *words, "--remark", "缺两场演出", data=town)["state"] == "returned"
    stick(cli, town, gusi, tmp_path)
    (month,) = cli.done(*TODAY, "returned", data=gusi)["months"]
    assert (month["month"], month["remark"]) == ("2019-10", "缺两场演出")
    answer = ("answer", "2019-10", "--no-mistake", "--reason", "两场改在十一月")
    assert cli.done(*TODAY, *answer, data=gusi)["state"] == "answered"


@pytest.mark.parametrize(
    ("way", "kind"),
    [(("--delete",), "deleted"), (("--no-mistake",), "no_mistake")],
    ids=["delete", "explain"],
)
def test_other_answers(
    cli: CommandLine, town: Path, gusi: Path, record: str, tmp_path: Path, way: tuple[str, ...], kind: str
) -> None:
    returned(cli, town, record, "--field", "place", "--remark", "地点不清楚")
    stick(cli, town, gusi, tmp_path)
    done = cli.done(*TODAY, "answer", record, *way, "--reason", "没有放映", data=gusi)
    assert (done["state"], done["correction"]) == (kind, None)
    # Without its only event October can't be closed by itself: it has to be stated that nothing was held.
    assert done["month_open"] == ("2019-10" if kind == "deleted" else None)


def test_what_is_said_to_people(
    cli: CommandLine, town: Path, gusi: Path, record: str, tmp_path: Path
) -> None:
    assert "没有退回的登记" in cli("returned", data=town, plain=True).out
    assert "审过的月份没有改动" in cli("late-changes", data=town, plain=True).out
    shown = cli("review", record, "--return", "--remark", "对不上", data=town, plain=True).out
    assert shown.splitlines()[0] == f"已退回：{record}"
    assert "烈火英雄" in cli("returned", data=town, plain=True).out
    stick(cli, town, gusi, tmp_path)
    words = ("answer", record, "--no-mistake", "--reason", "没有错")
    assert "文化站" in cli(*words, data=gusi, plain=True).out
    assert "已审核" in cli("review", record, "--approve", data=town, plain=True).out
    assert "已审核" in cli(*TODAY, "review-month", "gusi", "2019-10", "--approve", data=town, plain=True).out


def test_remarks_and_items_come_in_pairs(cli: CommandLine, town: Path, record: str) -> None:
    words = ("review", record, "--return", "--field", "audience", "--field", "place", "--remark", "对不上")
    assert cli.refused(*words, data=town)["code"] == "remark_needed"
    assert cli.refused("review", record, "--return", data=town)["code"] == "remark_needed"
    assert cli.refused("review", record, data=town, code=2)["code"] == "usage"
