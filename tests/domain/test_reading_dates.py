from __future__ import annotations

from datetime import date

import pytest

from gzdesk.domain.period import Month
from gzdesk.domain.reading import FieldProblem, ParseContext
from gzdesk.domain.reading.dates import read_date, read_month, read_partial_date, read_quarter

TODAY = date(2019, 11, 6)  # a Wednesday
NOW = ParseContext(today=TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5", "2019-11-05"),
        ("５", "2019-11-05"),
        ("5号", "2019-11-05"),
        ("五日", "2019-11-05"),
        ("1105", "2019-11-05"),
        ("105", "2019-01-05"),
        ("11-5", "2019-11-05"),
        ("11.5", "2019-11-05"),
        ("11/5", "2019-11-05"),
        ("3月5日", "2019-03-05"),
        ("3月5", "2019-03-05"),
        ("三月五号", "2019-03-05"),
        ("十月三十一日", "2019-10-31"),
        ("2019-11-5", "2019-11-05"),
        ("2019.11.5", "2019-11-05"),
        ("2019。11。5", "2019-11-05"),
        ("２０１９／１１／５", "2019-11-05"),
        ("2019年11月5日", "2019-11-05"),
        ("二〇一九年十月一日", "2019-10-01"),
        ("19年11月5日", "2019-11-05"),
        ("20191105", "2019-11-05"),
        ("191105", "2019-11-05"),
        (" 2019-11-05 星期二 ", "2019-11-05"),
        ("11月5日（周二）", "2019-11-05"),
        ("今天", "2019-11-06"),
        ("昨天", "2019-11-05"),
        ("昨晚", "2019-11-05"),
        ("前天", "2019-11-04"),
        ("大前天", "2019-11-03"),
        ("明天", "2019-11-07"),
        ("Yesterday", "2019-11-05"),
        ("周一", "2019-11-04"),
        ("本周日", "2019-11-10"),
        ("上周五", "2019-11-01"),
        ("上个星期天", "2019-11-03"),
        ("上上周五", "2019-10-25"),
        ("下周一", "2019-11-11"),
        ("上月5日", "2019-10-05"),
        ("本月1号", "2019-11-01"),
        ("去年12月3日", "2018-12-03"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_reads_a_day(text: str, day: str) -> None:
    assert read_date(text, NOW).isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["", "0", "31", "32", "13-1", "2019-02-29", "1899-12-31", "2200-01-01", "昨", "1x", "2019-11-05-1"],
)
def test_refuses_what_is_no_day(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_date(text, NOW)


def test_says_how_many_days_the_month_has() -> None:
    with pytest.raises(FieldProblem) as refused:
        read_date("31", NOW)
    assert refused.value.message == "2019年11月只有1日到30日，请核对日子。"


def test_a_weekday_that_does_not_fit_is_noticed() -> None:
    assert read_date("2019-11-05 周二", NOW) == date(2019, 11, 5)
    with pytest.raises(FieldProblem) as refused:
        read_date("11月5日（星期三）", NOW)
    assert refused.value.message == "2019-11-05 是周二，和写的星期对不上，请核对。"


def test_a_day_alone_belongs_to_the_month_on_the_page() -> None:
    october = ParseContext(today=TODAY, month=Month(2019, 10))
    assert read_date("31", october) == date(2019, 10, 31)


def test_a_month_far_ahead_is_the_one_of_last_year() -> None:
    january = ParseContext(today=date(2020, 1, 6))
    assert read_date("12-30", january) == date(2019, 12, 30)
    assert read_date("7月7日", january) == date(2020, 7, 7)  # 183 days ahead
    assert read_date("7月8日", january) == date(2019, 7, 8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018", "2018"),
        ("2018年", "2018"),
        ("2018-07", "2018-07"),
        ("2018.7", "2018-07"),
        ("2018年7月", "2018-07"),
        ("201807", "2018-07"),
        ("7月", "2019-07"),
        ("2018-07-05", "2018-07-05"),
        ("20180705", "2018-07-05"),
        ("180705", "2018-07-05"),
        ("2018年7月5日", "2018-07-05"),
    ],
)
def test_reads_as_much_of_a_day_as_is_known(text: str, value: str) -> None:
    assert read_partial_date(text, NOW) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-10", "2019-10"),
        ("2019年10月", "2019-10"),
        ("201910", "2019-10"),
        ("十月", "2019-10"),
        ("10月份", "2019-10"),
        ("10", "2019-10"),
        ("上月", "2019-10"),
        ("本月", "2019-11"),
        ("去年3月", "2018-03"),
    ],
)
def test_reads_a_month(text: str, value: str) -> None:
    assert read_month(text, NOW) == value


@pytest.mark.parametrize("text", ["13", "2019-13", "abc", "0"])
def test_refuses_what_is_no_month(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_month(text, NOW)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-Q1", "2019-Q1"),
        ("2019q1", "2019-Q1"),
        ("2019年第一季度", "2019-Q1"),
        ("三季度", "2019-Q3"),
        ("4", "2019-Q4"),
        ("去年四季度", "2018-Q4"),
    ],
)
def test_reads_a_quarter(text: str, value: str) -> None:
    assert read_quarter(text, NOW) == value


def test_refuses_a_fifth_quarter() -> None:
    with pytest.raises(FieldProblem):
        read_quarter("2019-Q5", NOW)
