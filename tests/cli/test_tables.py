"""import-table and undo-import: the contract's names, row numbers and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import CommandLine
from tests.workbooks.made import SAMPLES, workbook

TODAY = ("--today", "2019-11-08")
HEAD = [
    "放映日期",
    "开始时间",
    "影片",
    "放映地点",
    "场地类型",
    "放映队",
    "放映员",
    "观众人次",
    "村确认人",
    "村盖章",
]


def show(day: Any, film: str = "烈火英雄", audience: Any = "约136人") -> list[Any]:
    return [day, "晚上7:30", film, "古四文化广场", "室外", "古镇镇放映队", "刘振辉", audience, "苏丽芬", "√"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "登记.xlsx"
    path.write_bytes(
        workbook(
            [["2019年登记表"], HEAD, show("10月5日"), show("10月6日", film="没有的片子"), show("2019.10.7")]
        )
    )
    return path


def total(cli: CommandLine, village: Path) -> int:
    return int(cli.done("list", "film_screening", "--limit", "0", data=village)["total"])


def test_the_good_rows_go_in_the_refused_are_named_and_all_is_taken_back(
    cli: CommandLine, village: Path, file: Path
) -> None:
    done = cli.done(*TODAY, "import-table", "film_screening", file, data=village)
    assert (done["added"], done["skipped"], done["dry_run"]) == (2, 0, False)
    assert [(item["row"], item["field"], item["label"]) for item in done["errors"]] == [
        (4, "film_id", "影片")
    ]
    assert "影片目录" in done["errors"][0]["message"]
    assert total(cli, village) == 2
    again = cli.done(*TODAY, "import-table", "电影放映", file, data=village)
    assert (again["batch"], again["added"], again["skipped"], len(again["errors"])) == (None, 0, 2, 1)
    undone = cli.done(*TODAY, "undo-import", done["batch"], data=village)
    assert undone == {"batch": done["batch"], "taken_back": 2, "kept": []}
    assert total(cli, village) == 0
    assert cli.refused(*TODAY, "undo-import", done["batch"], data=village)["code"] == "already_undone"
    assert cli.refused(*TODAY, "undo-import", "nothing", data=village)["code"] == "unknown_batch"


def test_a_dry_run_writes_nothing(cli: CommandLine, village: Path, file: Path) -> None:
    done = cli.done(*TODAY, "import-table", "film_screening", file, "--dry-run", data=village)
    assert (done["batch"], done["added"], done["dry_run"]) == (None, 2, True)
    assert total(cli, village) == 0


def test_where_every_row_is_refused_it_ends_with_1_and_tells_why(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([HEAD, show("2019-10-99"), show("2019-10-05", film="没有")]))
    outcome = cli("import-table", "film_screening", path, *TODAY, data=village)
    assert outcome.code == 1
    assert outcome.error["code"] == "all_refused"
    assert [item["row"] for item in outcome.data["errors"]] == [2, 3]
    assert outcome.data["batch"] is None


def test_columns_are_named_by_heading_or_letter_in_either_order(
    cli: CommandLine, village: Path, tmp_path: Path
) -> None:
    path, mapping = tmp_path / "a.xlsx", tmp_path / "map.json"
    path.write_bytes(workbook([["甲", "乙", "丙"], ["苏丽芬", "2018-03-05", "000731"]]))
    for number, given in enumerate(
        [
            {"甲": "name", "B": "注册日期", "platform_no": "丙"},
            {"columns": {"A": "姓名", "乙": "registered_on", "C": "platform_no"}},
        ]
    ):
        mapping.write_text(json.dumps(given), encoding="utf-8")
        done = cli.done(*TODAY, "import-table", "volunteer", path, "--map", mapping, data=village)
        assert (done["added"], done["skipped"]) == ((1, 0) if number == 0 else (0, 1))
        assert [column["field"] for column in done["columns"]] == ["name", "registered_on", "platform_no"]
    (record,) = cli.done("list", "volunteer", data=village)["records"]
    assert record["values"]["platform_no"] == "000731"
    mapping.write_text('{"甲": "nothing"}', encoding="utf-8")
    refused = cli.refused(*TODAY, "import-table", "volunteer", path, "--map", mapping, data=village)
    assert refused["code"] == "bad_mapping"


def test_the_sheet_is_chosen_by_its_name(cli: CommandLine, village: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([HEAD, show("2019-10-05")], [HEAD, show("2019-10-06"), show("2019-10-07")]))
    done = cli.done(*TODAY, "import-table", "film_screening", path, "--sheet", "表2", data=village)
    assert (done["sheet"], done["added"]) == ("表2", 2)
    refused = cli.refused(*TODAY, "import-table", "film_screening", path, "--sheet", "没有", data=village)
    assert refused["code"] == "unknown_sheet"


def test_the_refused_rows_are_written_as_a_workbook(cli: CommandLine, village: Path, file: Path) -> None:
    out = file.with_name("没有导入.xlsx")
    done = cli.done(*TODAY, "import-table", "film_screening", file, "--refused", out, data=village)
    assert done["refused_file"] == str(out)
    texts = [cell.value for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row]
    assert {"原因", "没有的片子", "观众人次"} <= set(texts)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.xlsx", b"", "empty_table"),
        ("照片.xls", b"\xff\xd8\xff\xe0 photo", "not_a_table"),
        ("坏.xlsx", b"PK\x03\x04 broken", "damaged_table"),
        ("密码.xlsx", (SAMPLES / "encrypted.xlsx").read_bytes(), "encrypted_table"),
        ("别的.csv", "一,二\n3,4\n".encode(), "nothing_mapped"),
    ],
)
def test_what_cannot_be_taken_in_is_a_sentence(
    cli: CommandLine, village: Path, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert (
        cli.refused(*TODAY, "import-table", "film_screening", tmp_path / name, data=village)["code"] == code
    )


def test_a_missing_file_and_a_register_that_takes_no_table(
    cli: CommandLine, village: Path, file: Path
) -> None:
    missing = cli.refused("import-table", "film_screening", file.with_name("没有.xlsx"), data=village)
    assert missing["code"] == "unreadable_file"
    assert cli.refused("import-table", "monthly_sheet", file, data=village)["code"] == "not_importable"
    assert cli.refused("import-table", "dances", file, data=village)["code"] == "unknown_type"


def test_an_old_workbook_and_its_hidden_rows(cli: CommandLine, village: Path) -> None:
    outcome = cli(*TODAY, "import-table", "film_screening", SAMPLES / "register.xls", data=village)
    assert (outcome.code, outcome.data["header_rows"]) == (1, [3, 4])
    assert {(item["row"], item["field"]) for item in outcome.data["errors"]} == {
        (row, field) for row in (5, 6, 7) for field in ("place_kind", "team")
    }
    assert any("隐藏" in note for note in outcome.data["notes"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_tables_of_every_encoding(
    cli: CommandLine, village: Path, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    rows = [["姓名", "志愿者编号", "注册日期"], ["䶮𠮷", "007", "2018年3月5日"]]
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode(encoding))
    assert cli.done(*TODAY, "import-table", "volunteer", path, data=village)["added"] == 1
    (record,) = cli.done("list", "volunteer", data=village)["records"]
    assert (record["values"]["name"], record["values"]["platform_no"]) == ("䶮𠮷", "007")


def test_in_words(cli: CommandLine, village: Path, file: Path) -> None:
    told = cli("--data", village, *TODAY, "import-table", "film_screening", file, plain=True)
    assert told.code == 0
    assert "新增 2 行，已有 0 行，未导入 1 行" in told.out
    assert "undo-import" in told.out
    batch = told.out.split("undo-import ")[1].split()[0]
    undone = cli("--data", village, *TODAY, "undo-import", batch, plain=True)
    assert "撤销了 2 条记录" in undone.out
