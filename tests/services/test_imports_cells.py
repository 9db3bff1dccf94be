"""One cell at a time: what a form would be given for it, and what is refused instead of guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.fields import FieldProblem
from gzdesk.domain.record_type import field_from_data
from gzdesk.services.imports.cells import text_for
from gzdesk.services.imports.days import Period, period_of, section_period, with_year, years_by_neighbours
from gzdesk.workbooks.reading.sheet import Unread
from tests.workbooks.made import workbook

TODAY = date(2019, 11, 8)


def of(kind: str, cell: Any, **more: Any) -> str:
    field = field_from_data({"name": "x", "kind": kind, "zh": "某", "en": "X", **more})
    return text_for(field, cell)


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("text", 731.0, "731"),
        ("text", "00731", "00731"),
        ("text", 1.1, "1.1"),
        ("text", 0.1 + 0.2, "0.3"),
        ("text", 999999999999999.0, "999999999999999"),
        ("text", "无", "无"),
        ("text", "/", ""),
        ("text", "——", ""),
        ("text", None, ""),
        ("text", date(2019, 3, 5), "2019-03-05"),
        ("integer", 136.0, "136"),
        ("integer", "约200人", "约200人"),
        ("integer", "无", ""),
        ("integer", "/", ""),
        ("integer", "-", ""),
        ("decimal", "免费", "0"),
        ("decimal", "不收费", "0"),
        ("decimal", 1.5, "1.5"),
        ("date", date(2019, 3, 5), "2019-03-05"),
        ("date", datetime(2019, 3, 5, 19, 30), "2019-03-05"),
        ("date", 43529.0, "2019-03-05"),
        ("date", 43529.8125, "2019-03-05"),
        ("date", 20190305.0, "20190305"),
        ("date", "待定", "待定"),
        ("date", "无", ""),
        ("date", 3.15, "3.15"),
        ("month", date(2019, 3, 5), "2019-03"),
        ("month", 201903.0, "201903"),
        ("month", 43529.0, "2019-03"),
        ("partial_date", 2018.0, "2018"),
        ("time", time(19, 30), "19:30"),
        ("time", 0.8125, "19:30"),
        ("time", 0.812499999, "19:30"),
        ("time", datetime(2019, 3, 5, 19, 30), "19:30"),
        ("time", timedelta(hours=19, minutes=30), "19:30"),
        ("time", 43529.8125, "19:30"),
        ("time", 1930.0, "1930"),
        ("time", 19.3, "19.30"),
        ("time", 19.0, "19"),
        ("time", time(19, 29, 59, 999999), "19:30"),
        ("yes_no", True, "是"),
        ("yes_no", "√", "√"),
        ("yes_no", "无", "无"),
        ("reference", "《烈火英雄》", "烈火英雄"),
    ],
)
def test_a_cell_as_the_text_of_a_form(kind: str, cell: Any, text: str) -> None:
    more = {"decimals": 1} if kind == "decimal" else {"to": "film"} if kind == "reference" else {}
    assert of(kind, cell, **more) == text


def test_a_number_that_was_none_is_none_where_the_text_has_a_form() -> None:
    assert of("text", "无", form="phone") == ""


def test_hours_may_be_written_as_a_time() -> None:
    assert of("decimal", time(2, 30), unit_zh="小时", decimals=1) == "2.5"


@pytest.mark.parametrize(
    ("kind", "cell", "word"),
    [
        ("text", 1.234567890123457e17, "近似数"),
        ("text", 1e15, "近似数"),
        ("text", "1.23457E+17", "近似数"),
        ("text", Unread.ERROR, "错误值"),
        ("integer", Unread.FORMULA, "公式"),
        ("date", 3.1, "少了一个 0"),
        ("date", 3.2, "少了一个 0"),
        ("month", 2019.1, "少了一个 0"),
        ("time", 19.5, "几点几分"),
    ],
)
def test_what_cannot_be_known_is_refused(kind: str, cell: Any, word: str) -> None:
    with pytest.raises(FieldProblem, match=word):
        of(kind, cell)


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(-(10**20), 10**20), st.booleans(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(), st.sampled_from(list(Unread)),
)  # fmt: skip


@given(
    kind=st.sampled_from(
        ["text", "note", "integer", "decimal", "date", "partial_date", "month", "quarter", "time", "yes_no"]
    ),
    cell=CELLS,
)
def test_any_cell_is_a_text_or_refused_in_words(kind: str, cell: Any) -> None:
    try:
        assert isinstance(of(kind, cell), str)
    except FieldProblem as problem:
        words = problem.message
        assert words != ""


# -- the year that a date leaves open -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["古四村2019年放映登记表"], Period(year=2019)),
        (["古四村2019年10月放映登记表"], Period(year=2019, month=10)),
        (["2019.10 月报"], Period(year=2019, month=10)),
        (["登记表", "10月", "2019年台账"], Period(year=2019, month=10)),
        (["二〇一九年度登记表"], Period(year=2019)),
        (["2018-2019年登记表"], Period()),
        (["2019年度", "填表日期：2020年1月5日"], Period(year=2019)),
        (["2019年度登记表 填表日期：2020年1月5日"], Period(year=2019)),
        (["登记表"], Period()),
        (["电话 13920191234"], Period()),
    ],
)
def test_the_texts_around_a_table_say_its_time(texts: list[str], period: Period) -> None:
    assert period_of(*texts) == period


def test_a_line_within_the_table_says_the_month() -> None:
    assert section_period("十月份", Period(year=2019)) == Period(year=2019, month=10)
    assert section_period("2018年", Period(year=2019, month=3)) == Period(year=2018, month=3)
    assert section_period("一、讲座", Period(year=2019)) == Period(year=2019)


def test_neighbours_lend_their_year() -> None:
    assert years_by_neighbours(["2018年12月30日", "1月5日", "2月3日"], around=None) == [2018, 2019, 2019]
    assert years_by_neighbours(["12月30日", "2019-01-05"], around=None) == [2018, 2019]
    assert years_by_neighbours([date(2019, 3, 5), "4.6", None, "5月7日"], around=None) == [
        2019,
        2019,
        None,
        2019,
    ]
    assert years_by_neighbours(["2019-12-30", "1月5日"], around=2019) == [2019, 2019]
    assert years_by_neighbours(["3月5日"], around=None) == [None]


def test_only_what_lacks_its_year_is_given_one() -> None:
    assert with_year("3月5日", year=2018, month=None) == "2018年3月5日"
    assert with_year("3.5", year=2018, month=None) == "2018年3月5日"
    assert with_year("3月5日（周一）", year=2018, month=None) == "2018年3月5日(周一)"
    assert with_year("5日", year=2018, month=3) == "2018年3月5日"
    for text in ("2019.3.5", "19.3.5", "2019年3月5日", "20190305", "昨天", "待定"):
        assert with_year(text, year=2018, month=3) == text
    assert with_year("3月5日", year=None, month=None) == "3月5日"


@given(
    text=st.text(alphabet="0123456789年月日号.-/ 约一二三十初上下旬、至（周一）", max_size=14),
    year=st.none() | st.integers(1900, 2199),
    month=st.none() | st.integers(1, 12),
)
def test_any_text_keeps_being_a_text(text: str, year: int | None, month: int | None) -> None:
    assert isinstance(with_year(text, year=year, month=month), str)
    period_of(text)
    years_by_neighbours([text, text], around=year)


# -- rows ----------------------------------------------------------------------------------------------


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bootstrap.init_village(tmp_path / "village", name="古四村", writer_name="苏丽芬", today=TODAY)
    yield workspace
    workspace.close()


def values(
    village: Workspace, type_id: str, rows: list[list[Any]], *, name: str = "表.xlsx"
) -> list[dict[str, str]]:
    file = village.folder.parent / name
    file.write_bytes(workbook(rows))
    table = village.imports.table(village.imports.open(file), type_id=type_id)
    return [dict(row.texts) for row in village.imports.preview(table)]


def test_day_and_time_in_one_cell_are_parted(village: Workspace) -> None:
    rows = [
        ["放映时间", "影片"],
        ["2019年3月5日晚上7:30", "x"],
        ["2019.3.6 19:30-21:00", "x"],
        [datetime(2019, 3, 7, 20, 0), "x"],
        ["3月8日（星期五）20：15", "x"],
        ["2019年3月9日 下午2点半", "x"],
    ]
    found = values(village, "film_screening", rows)
    assert [(row["date"], row["start_time"], row.get("end_time")) for row in found] == [
        ("2019-03-05", "19:30", None),
        ("2019-03-06", "19:30", "21:00"),
        ("2019-03-07", "20:00", None),
        ("2019-03-08", "20:15", None),
        ("2019-03-09", "14:30", None),
    ]


def test_a_day_alone_takes_the_month_of_the_title_or_of_the_line_above(village: Workspace) -> None:
    rows = [["2019年3月放映登记表"], ["日期", "影片", "地点"], ["5日", "x", "y"], ["四月"], ["6", "x", "y"]]
    assert [row["date"] for row in values(village, "film_screening", rows)] == ["2019-03-05", "2019-04-06"]


def test_the_file_name_says_the_year(village: Workspace) -> None:
    rows = [["日期", "影片"], ["3月5日", "x"]]
    assert values(village, "film_screening", rows, name="2017年登记.xlsx")[0]["date"] == "2017-03-05"


def test_a_year_that_nobody_says_is_assumed_and_told(village: Workspace) -> None:
    file = village.folder.parent / "登记.xlsx"
    file.write_bytes(workbook([["日期", "影片"], ["3月5日", "x"], ["5", "x"]]))
    table = village.imports.table(village.imports.open(file), type_id="film_screening")
    first, second = village.imports.preview(table)
    assert "没写年份，按 2019 年算。" in [problem.message for problem in first.problems]
    assert any("没有写月份" in problem.message for problem in second.problems)


def test_a_column_in_ten_thousands_is_reckoned(village: Workspace) -> None:
    field = next(
        (record_type, item)
        for record_type in village.types
        for item in record_type.form_fields()
        if item.kind == "decimal" and item.unit_zh == "元" and record_type.group not in ("system",)
    )
    record_type, item = field
    found = values(village, record_type.id, [[f"{item.zh}（万元）", "备注"], [1.2, "x"], ["3", "y"]])
    assert [float(row[item.name]) for row in found] == [12000, 30000]
