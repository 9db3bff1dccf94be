"""Periods of the in-depth report (32.1): December to February, due on 5 March, and so on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter

QUARTERS = st.builds(ReportQuarter, st.integers(1950, 2200), st.integers(1, 4))


@pytest.mark.parametrize(
    ("text", "first", "last", "due"),
    [
        ("2019-Q1", Month(2018, 12), Month(2019, 2), date(2019, 3, 5)),
        ("2019-Q2", Month(2019, 3), Month(2019, 5), date(2019, 6, 5)),
        ("2019-Q3", Month(2019, 6), Month(2019, 8), date(2019, 9, 5)),
        ("2019-Q4", Month(2019, 9), Month(2019, 11), date(2019, 12, 5)),
    ],
)
def test_the_four_of_a_year(text: str, first: Month, last: Month, due: date) -> None:
    quarter = ReportQuarter.parse(text)
    assert (quarter.months[0], quarter.months[-1], quarter.due_on) == (first, last, due)
    assert ReportQuarter.due(due) == quarter
    assert str(quarter) == text


@given(QUARTERS, st.integers(-40, 40))
def test_quarters_follow_on_each_other_without_a_hole(quarter: ReportQuarter, step: int) -> None:
    assert quarter.plus(1).months[0] == quarter.months[-1].plus(1)
    assert quarter.plus(step).plus(-step) == quarter
    assert ReportQuarter.parse(str(quarter)) == quarter


@given(st.dates(date(1950, 1, 1), date(2200, 12, 31)))
def test_the_last_one_that_is_over(day: date) -> None:
    quarter = ReportQuarter.ended_before(day)
    assert quarter.months[-1].last_day < day <= quarter.plus(1).months[-1].last_day


@pytest.mark.parametrize("text", ["2019-Q5", "2019-Q0", "2019Q1", "2019-4", "", "0000-Q1"])
def test_what_is_no_quarter(text: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        ReportQuarter.parse(text)


def test_no_report_is_due_in_april() -> None:
    with pytest.raises(ValueError, match="month 4"):
        ReportQuarter.due(date(2019, 4, 5))
