"""Where the table is: title lines, one or two header lines, merged cells, sums, notes, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from gzdesk.workbooks.reading.table import Table
from tests.workbooks.made import table

PEOPLE = [["姓名", "电话"], ["苏丽芬", "13900000001"], ["刘振辉", "13900000002"]]


def titles(found: Table) -> list[str]:
    return [column.title for column in found.columns]


def cells(found: Table) -> list[tuple[Any, ...]]:
    return [row.cells for row in found.rows]


def left(found: Table) -> dict[str, tuple[int, ...]]:
    return {item.kind: item.numbers for item in found.left_out}


def test_a_plain_table() -> None:
    found = table(PEOPLE)
    assert found.header_rows == (1, 1)
    assert titles(found) == ["姓名", "电话"]
    assert [row.number for row in found.rows] == [2, 3]
    assert cells(found) == [("苏丽芬", "13900000001"), ("刘振辉", "13900000002")]


def test_title_lines_above_and_columns_to_the_left_are_passed_over() -> None:
    rows = [
        [None, None, "古四村志愿者登记表"],
        [None, None, "2019年", "单位：古四村"],
        [],
        *([None, None, *row] for row in PEOPLE),
    ]
    found = table(rows, dress=lambda sheet: sheet.merge_cells("C1:D1"))
    assert found.header_rows == (4, 4)
    assert [column.index for column in found.columns] == [2, 3]
    assert "2019年" in found.title
    assert [row.number for row in found.rows] == [5, 6]


def test_a_first_line_of_texts_under_headings_that_reach_down_is_no_third_header_line() -> None:
    rows = [
        ["名称", "地点", "日期", "基本情况", None, None, None],
        [None, None, None, "时间", "姓名", "电话", "备注"],
        ["11", "11", "2019.1.1"],
    ]

    def dress(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:G1"):
            sheet.merge_cells(area)

    found = table(rows, dress=dress)
    assert found.header_rows == (1, 2)
    assert cells(found) == [("11", "11", "2019.1.1", None, None, None, None)]


def test_two_header_lines_with_merged_cells_are_joined() -> None:
    rows = [
        ["日期", "名称", "人数", None, "备注"],
        [None, None, "男", "女"],
        ["2019-10-05", "灯会", 60, 70, "晴"],
    ]

    def dress(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(area)

    found = table(rows, dress=dress)
    assert found.header_rows == (1, 2)
    assert titles(found) == ["日期", "名称", "人数 男", "人数 女", "备注"]
    assert cells(found) == [("2019-10-05", "灯会", 60, 70, "晴")]


def test_what_stands_in_the_lines_above_says_itself_and_is_no_heading() -> None:
    rows = [
        ["古四村2019年活动统计表"],
        ["填报单位：古四村", None, None, "填报日期：2019.10.8"],
        ["日期", "名称", "人数", None],
        [None, None, "男", "女"],
        ["2019-10-05", "灯会", 60, 70],
    ]

    def dress(sheet: Any) -> None:
        for area in ("A1:D1", "A3:A4", "B3:B4", "C3:D3"):
            sheet.merge_cells(area)

    for how in (dress, lambda sheet: sheet.merge_cells("C3:D3"), None):
        found = table(rows, dress=how)
        assert found.header_rows == (3, 4)
        assert titles(found) == ["日期", "名称", "人数 男", "人数 女"]
        assert "填报日期" in found.title


def test_two_header_lines_of_a_text_table_are_joined() -> None:
    found = table([["日期", "名称", "人数"], [None, None, "男", "女"], ["2019-10-05", "灯会", "60", "70"]])
    assert titles(found) == ["日期", "名称", "人数 男", "人数 女"]
    assert len(found.rows) == 1


def test_a_line_of_groups_above_the_known_headings_belongs_to_the_header() -> None:
    rows = [["基本情况", None, "联系"], ["姓名", "出生年月", "电话"], ["苏丽芬", "1968-05", "139"]]
    found = table(rows, dress=lambda sheet: sheet.merge_cells("A1:B1"))
    assert found.header_rows == (1, 2)
    assert titles(found) == ["基本情况 姓名", "基本情况 出生年月", "联系 电话"]


def test_a_title_over_a_part_of_the_columns_is_no_group_of_them() -> None:
    rows = [["志愿服务记录"], ["姓名", "电话", "地点", "备注"], ["苏丽芬", "139", "广场", "x"]]
    assert table(rows, dress=lambda sheet: sheet.merge_cells("A1:B1")).header_rows == (2, 2)


def test_one_group_over_the_last_columns_is_one() -> None:
    rows = [["标题"], [None, None, "人数"], ["日期", "名称", "男", "女"], ["10-05", "灯会", 6, 7]]
    found = table(rows, dress=lambda sheet: sheet.merge_cells("C2:D2"))
    assert titles(found) == ["日期", "名称", "人数 男", "人数 女"]


@pytest.mark.parametrize("year", [False, True])
def test_columns_for_month_and_day_are_one_column_of_dates(year: bool) -> None:
    rows: list[list[Any]] = [
        ["日期", None, "名称", "地点"],
        ["月", "日"],
        [10, 5, "灯会", "广场"],
        ["11月", "6日", "象棋赛", "广场"],
        [None, 7, "粤曲", "广场"],
        [None, None, "书法", "广场"],
    ]
    if year:
        rows = [
            ["年", *row] if at == 1 else [2019 if at > 1 else "日期", *row] for at, row in enumerate(rows)
        ]
        rows[0][1] = None

    def dress(sheet: Any) -> None:
        sheet.merge_cells("A1:C1" if year else "A1:B1")

    found = table(rows, dress=dress)
    assert titles(found) == ["日期", "名称", "地点"]
    before = "2019年" if year else ""
    dates = [f"{before}10月5日", f"{before}11月6日", f"{before}7日", before or None]
    assert [row[0] for row in cells(found)] == dates


def test_the_first_row_of_data_is_not_taken_for_a_header_line() -> None:
    found = table([["姓名", "电话", "备注"], ["苏丽芬", None, "组长"], ["刘振辉", "139", None]])
    assert found.header_rows == (1, 1)
    assert len(found.rows) == 2


def test_a_value_that_was_merged_downwards_holds_for_all_its_rows() -> None:
    rows = [
        ["日期", "名称", "地点"],
        ["10-05", "灯会", "广场"],
        [None, "象棋赛", None],
        ["10-07", "粤曲", None],
    ]

    def dress(sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C4")

    assert cells(table(rows, dress=dress)) == [
        ("10-05", "灯会", "广场"),
        ("10-05", "象棋赛", "广场"),
        ("10-07", "粤曲", "广场"),
    ]


def test_an_empty_cell_below_a_value_stays_empty_and_ditto_marks_repeat_it() -> None:
    rows = [
        ["姓名", "电话", "负责人"],
        ["苏丽芬", "139", "区锦堂"],
        ["刘振辉", None, "同上"],
        ["黄志明", "138", "〃"],
    ]
    assert [row[1:] for row in cells(table(rows))] == [("139", "区锦堂"), (None, "区锦堂"), ("138", "区锦堂")]


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "小计",
        "总计",
        "合 计",
        "合计：",
        "本月合计",
        "10月小计",
        "全年总计",
        "一季度合计",
        "Total",
        "累计",
    ],
)
def test_sums_are_left_out_and_told(word: str) -> None:
    found = table([*PEOPLE, [word, 2], ["黄志明", "138"]])
    assert left(found) == {"sum": (4,)}
    assert cells(found)[-1] == ("黄志明", "138")


@pytest.mark.parametrize("name", ["合计划生育宣传", "总计算机室", "平均台", "小计家园晚会"])
def test_a_name_that_begins_like_a_sum_is_none(name: str) -> None:
    assert len(table([*PEOPLE, [name, "1"]]).rows) == 3


@pytest.mark.parametrize(
    "note",
    [
        "填表人：苏丽芬",
        "注：以上人员均已同意。",
        "备注: 每月更新",
        "单位（盖章）：",
        "填表人：苏丽芬   审核人：区锦堂",
        "以下空白",
    ],
)
def test_notes_below_are_left_out_and_told(note: str) -> None:
    assert left(table([*PEOPLE, [], [note]])) == {"note": (5,)}
    assert len(table([*PEOPLE, [note]]).rows) == 2


def test_notes_spread_over_a_line_are_left_out() -> None:
    rows = [
        ["姓名", "电话", "地点", "备注"],
        ["苏丽芬", "139", "广场", "x"],
        ["填表人：苏丽芬", None, "审核人：区锦堂"],
    ]
    assert left(table(rows)) == {"note": (3,)}


def test_headings_within_the_table_are_kept_in_mind() -> None:
    rows = [
        ["日期", "名称", "地点"],
        ["十月份"],
        ["5日", "灯会", "广场"],
        ["十一月份"],
        ["6日", "象棋赛", "广场"],
    ]
    found = table(rows)
    assert left(found) == {"section": (2, 4)}
    assert [row.section for row in found.rows] == ["十月份", "十一月份"]


def test_the_header_of_the_next_printed_page_is_left_out() -> None:
    found = table([*PEOPLE, PEOPLE[0], ["黄志明", "138"]])
    assert left(found) == {"header_again": (4,)}
    assert len(found.rows) == 3


def test_empty_lines_and_lines_with_only_a_number_are_left_out() -> None:
    rows = [["序号", "姓名", "电话"], [1, "苏丽芬", "139"], [], [2, "刘振辉", "138"], [3], [4]]
    found = table(rows)
    assert left(found) == {"numbered_only": (5, 6)}
    assert [row.number for row in found.rows] == [2, 4]


def test_columns_without_a_title_are_kept_when_they_hold_something() -> None:
    found = table([["姓名", None, "电话"], ["苏丽芬", None, "139", "x"]])
    assert [(column.index, column.title) for column in found.columns] == [(0, "姓名"), (2, "电话"), (3, "")]


def test_without_known_headings_the_first_line_of_words_is_the_header() -> None:
    found = table([["甲表"], ["某某", "几何", "多少"], ["a", 1, 2], ["b", 3, 4]])
    assert found.header_rows == (2, 2)


def test_a_list_without_header_is_all_rows() -> None:
    found = table([["139", 1], ["138", 2]])
    assert found.header_rows == (0, 0)
    assert len(found.rows) == 2


def test_the_header_can_be_given() -> None:
    from gzdesk.workbooks.reading.table import find_table
    from tests.workbooks.made import first_sheet, workbook

    sheet = first_sheet(workbook([["甲", "乙"], ["丙", "丁"], ["x", "y"]]))
    found = find_table(sheet, is_heading=lambda _text: False, header_rows=(2, 2))
    assert (titles(found), len(found.rows)) == (["丙", "丁"], 1)


def test_everything_is_either_a_row_or_told_or_empty() -> None:
    rows = [*PEOPLE, ["合计", 2], [], ["填表人：苏"], ["黄志明", "138"], ["姓名", "电话"]]
    found = table(rows)
    told = {row.number for row in found.rows} | {number for item in found.left_out for number in item.numbers}
    assert told == {2, 3, 4, 6, 7, 8}
