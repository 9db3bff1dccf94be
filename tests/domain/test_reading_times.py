from __future__ import annotations

import pytest

from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.times import minutes_of_day, read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:30", "19:30"),
        ("19：30", "19:30"),
        ("１９：３０", "19:30"),
        ("19.30", "19:30"),
        ("1930", "19:30"),
        ("930", "09:30"),
        ("0905", "09:05"),
        ("19", "19:00"),
        ("9", "09:00"),
        ("9:5", "09:05"),
        ("19点", "19:00"),
        ("19点30分", "19:30"),
        ("19时30分", "19:30"),
        ("19:30:00", "19:30"),
        ("晚上7:30", "19:30"),
        ("晚上7点半", "19:30"),
        ("晚七点半", "19:30"),
        ("晚上19:30", "19:30"),
        ("下午3点", "15:00"),
        ("下午 2:30", "14:30"),
        ("下午12:30", "12:30"),
        ("上午9点", "09:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("中午11:30", "11:30"),
        ("晚上12点", "00:00"),
        ("凌晨1点", "01:00"),
        ("7:30pm", "19:30"),
        ("7:30 PM", "19:30"),
        ("12am", "00:00"),
        ("24:00", "00:00"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_reads_a_time(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize(
    "text", ["", "25:00", "24:01", "19:60", "1960", "晚上", "一会儿", "19:30-21:00", "99999"]
)
def test_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_time(text)


def test_counts_minutes_from_midnight() -> None:
    assert minutes_of_day("00:00") == 0
    assert minutes_of_day("19:30") == 1170
