"""Lists as files and ad hoc tables on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import CommandLine, ScreeningMaker


@pytest.fixture
def ledger(cli: CommandLine, village: Path, screening: ScreeningMaker) -> Path:
    """Two screenings that were held and one that was not."""
    cli.done("add", "film_screening", "-", data=village, stdin=screening(receipt_no="0001"))
    second = screening(receipt_no="0002", date="2019-09-12", start_time="20:00", audience=64)
    cli.done("add", "film_screening", "-", data=village, stdin=second)
    off = screening(date="2019-10-18", status="已取消", cancel_reason="天气")
    for name in ("audience", "confirmed_by", "stamped"):
        del off[name]
    cli.done("add", "film_screening", "-", data=village, stdin=off)
    return village


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".pdf"])
def test_a_list_becomes_a_file(cli: CommandLine, ledger: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"films{suffix}"
    data = cli.done("list", "film_screening", "--month", "2019-10", "--out", out, data=ledger)
    assert data == {
        "file": str(out),
        "rows": 2,
        "pages": 1 if suffix == ".pdf" else 0,
        "notes": [],
        "total": 2,
        "type": "film_screening",
    }
    assert out.exists()


def test_all_items_and_an_older_encoding(cli: CommandLine, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "films.csv"
    cli.done("list", "电影放映", "--out", out, "--all-items", "--encoding", "gb18030", data=ledger)
    head, *rows = out.read_text(encoding="gb18030").splitlines()
    assert head.startswith("回执单编号,放映日期,开始时间")
    assert [row.split(",")[0] for row in rows] == ["0002", "0001", "", "合计"]
    words = cli("list", "电影放映", "--out", out, data=ledger, plain=True)
    assert (words.code, words.out) == (0, f"{out}  3 行\n")


def test_a_list_is_limited_or_written_but_not_both(cli: CommandLine, ledger: Path, tmp_path: Path) -> None:
    error = cli.refused(
        "list", "film_screening", "--limit", 1, "--out", tmp_path / "a.csv", data=ledger, code=2
    )
    assert error["code"] == "usage"
    error = cli.refused("list", "film_screening", "--out", tmp_path / "a.doc", data=ledger)
    assert error["code"] == "unknown_format"


def test_a_table_is_chosen_word_by_word(cli: CommandLine, ledger: Path) -> None:
    data = cli.done(
        "table", "--type", "film_screening", "--group-by", "month,place_kind", "--measures", "sessions,persons",
        "--from", "2019-09-01", "--to", "2019-10-31", data=ledger,
    )  # fmt: skip
    assert [column["id"] for column in data["columns"]] == ["month", "place_kind", "sessions", "persons"]
    assert data["rows"] == [
        {"month": "2019年9月", "place_kind": "室外·固定点", "sessions": 1, "persons": 64},
        {"month": "2019年10月", "place_kind": "室外·固定点", "sessions": 1, "persons": 136},
    ]
    assert data["totals"] == {"month": "合计", "place_kind": "", "sessions": 2, "persons": 200}
    assert (data["records"], data["total"]) == (2, 2)
    assert "已取消 1" in data["remarks"][1]


@pytest.mark.parametrize(
    ("when", "persons"),
    [
        (("--month", "2019-10"), [136]),
        (("--quarter", "2019-Q3"), [64]),
        (("--year", "2019"), [136, 64]),
        (("--period", "all"), [136, 64]),
        (("--to", "2019-10-01"), [64]),
    ],
)
def test_a_list_of_columns_of_some_time(
    cli: CommandLine, ledger: Path, when: tuple[str, ...], persons: list[int]
) -> None:
    data = cli.done(
        "table", "--type", "电影放映", "--columns", "date,audience", "--sort", "audience", "--descending", *when,
        "--where", "place_kind=室外·固定点", data=ledger,
    )  # fmt: skip
    assert [row["audience"] for row in data["rows"]] == persons
    assert data["totals"]["audience"] == sum(persons)


def test_a_table_is_kept_made_again_and_forgotten(cli: CommandLine, ledger: Path, tmp_path: Path) -> None:
    choice = ("--type", "film_screening", "--group-by", "film_id", "--measures", "persons", "--year", "2019")
    cli.done("table", *choice, "--keep", "给镇里", data=ledger)
    tables = cli.done("table", data=ledger)["tables"]
    assert tables[0] == {"id": "给镇里", "name": "给镇里", "ready_made": False, "types": ["film_screening"]}
    assert any(one["id"] == "screenings_by_film" and one["ready_made"] for one in tables)
    out = tmp_path / "t.xlsx"
    assert cli.done("table", "--saved", "给镇里", "--out", out, data=ledger)["rows"] == 1
    assert load_workbook(out).active["A1"].value == "给镇里"
    narrowed = cli.done("table", "--saved", "给镇里", "--month", "2019-09", "--limit", 0, data=ledger)
    assert (narrowed["rows"], narrowed["total"], narrowed["totals"]["persons"]) == ([], 1, 64)
    cli.done("table", "--forget", "给镇里", data=ledger)
    assert cli.refused("table", "--saved", "给镇里", data=ledger)["code"] == "unknown_table"


def test_words_for_people(cli: CommandLine, ledger: Path) -> None:
    shown = cli("table", "--saved", "screenings_by_film", "--month", "2019-10", data=ledger, plain=True).out
    assert shown.splitlines() == [
        "放映按影片",
        "古四村　2019年10月　1 条记录",
        "只计已举办的；没有计入：已取消 1。",
        "影片      折合场次  观众人次",
        "烈火英雄         1       136",
        "合计             1       136",
    ]
    listed = cli("table", data=ledger, plain=True).out
    assert "放映按影片" in listed
    assert "screenings_by_film" in listed


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--type", "nothing"), "unknown_type", 1),
        (("--type", "activity", "--columns", "nothing"), "unknown_column", 1),
        (("--type", "activity", "--where", "name=x"), "unknown_column", 1),
        (("--type", "activity", "--from", "2019-10-02", "--to", "2019-10-01"), "bad_period", 1),
        (("--type", "activity", "--quarter", "2019-4"), "usage", 2),
        (("--type", "activity", "--saved", "x"), "usage", 2),
        (("--forget", "x"), "unknown_table", 1),
    ],
)
def test_what_cannot_be_made_is_refused(
    cli: CommandLine, village: Path, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    assert cli.refused("table", *words, data=village, code=exit_code)["code"] == code
