from __future__ import annotations

import pytest

from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.slots import overlapping, read_slots, show_slots
from gzdesk.i18n import set_language

BOARD = "周二至周五 14:30-17:30、19:00-21:00；周六、日 9:00-11:30；节假日 9:00-17:00"


def days(text: str) -> list[tuple[object, object, object]]:
    return [(slot["weekday"], slot["from"], slot["to"]) for slot in read_slots(text)]


def test_reads_the_notice_board() -> None:
    assert days(BOARD) == [
        *(
            (day, start, end)
            for day in (2, 3, 4, 5)
            for start, end in (("14:30", "17:30"), ("19:00", "21:00"))
        ),
        (6, "09:00", "11:30"),
        (7, "09:00", "11:30"),
        (8, "09:00", "17:00"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每天 9:00-17:00", [(day, "09:00", "17:00") for day in range(1, 8)]),
        ("工作日9点-12点", [(day, "09:00", "12:00") for day in range(1, 6)]),
        ("周末上午9点至11点半", [(6, "09:00", "11:30"), (7, "09:00", "11:30")]),
        ("周一下午2:30-5:30", [(1, "14:30", "17:30")]),
        ("星期一、星期三 0930-1130", [(1, "09:30", "11:30"), (3, "09:30", "11:30")]),
        ("礼拜天 晚7点-9点", [(7, "19:00", "21:00")]),
        ("周一 9:00-10:00 周二 9:00-11:00", [(1, "09:00", "10:00"), (2, "09:00", "11:00")]),
        ("Mon-Tue 9:00-12:00; holidays 10-11", [(1, "09:00", "12:00"), (2, "09:00", "12:00"), (8, "10:00", "11:00")]),
        ("周一 9:00-10:00\n周一 9:00-10:00", [(1, "09:00", "10:00")]),
    ],
)  # fmt: skip
def test_reads_other_ways_of_writing(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9:00-17:00",
        "周一",
        "周五至周二 9:00-10:00",
        "周一 17:00-9:00",
        "周一 9:00",
        "周一 25:00-26:00",
        "看情况",
    ],
)
def test_refuses_what_names_no_times(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_slots(text)


def test_shows_days_with_the_same_times_together() -> None:
    shown = "周二至周五 14:30-17:30、19:00-21:00；周六至周日 09:00-11:30；节假日 09:00-17:00"
    assert show_slots(read_slots(BOARD)) == shown
    set_language("en")
    assert show_slots(read_slots(BOARD)) == (
        "Tue-Fri 14:30-17:30, 19:00-21:00; Sat-Sun 09:00-11:30; Holidays 09:00-17:00"
    )


def test_touching_slots_do_not_overlap() -> None:
    assert not overlapping(read_slots("周一 9:00-11:00、11:00-12:00；周二 10:00-12:00"))
    assert overlapping(read_slots("周一 9:00-11:01、11:00-12:00"))
