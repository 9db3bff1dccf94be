from __future__ import annotations

import pytest

from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.numbers import read_decimal, read_integer, western


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("136", 136),
        ("１３６", 136),
        ("1,860", 1860),
        ("1，860", 1860),
        ("136人", 136),
        ("136人次", 136),
        ("约200人", 200),
        ("大约 200 人左右", 200),
        ("200多人", 200),
        ("两百", 200),
        ("一百二十人", 120),
        ("一千零五", 1005),
        ("十五", 15),
        ("二十", 20),
        ("1.2万", 12000),
        ("0", 0),
        ("-5", -5),
        ("007", 7),
    ],
)
def test_reads_a_whole_number(text: str, number: int) -> None:
    assert read_integer(text) == number


@pytest.mark.parametrize(
    "text", ["", "abc", "1.5", "半天", "1-2", "12 34", "1,86", "人", "9" * 13, "9" * 5000]
)
def test_refuses_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_integer(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.5", "1.5"),
        ("1.50", "1.5"),
        ("1.0", "1"),
        ("10", "10"),
        (".5", "0.5"),
        ("半天", "0.5"),
        ("2天半", "2.5"),
        ("两天半", "2.5"),
        ("1.5小时", "1.5"),
        ("-0", "0"),
    ],
)
def test_reads_a_decimal(text: str, number: str) -> None:
    assert read_decimal(text, decimals=1) == number


def test_refuses_more_digits_than_the_field_keeps() -> None:
    assert read_decimal("1.25", decimals=2) == "1.25"
    with pytest.raises(FieldProblem) as refused:
        read_decimal("1.25", decimals=1)
    assert refused.value.message == "最多写1位小数。"
    with pytest.raises(FieldProblem):
        read_decimal("1." + "0" * 40 + "1", decimals=1)


def test_writes_chinese_numerals_in_digits() -> None:
    assert western("二〇一九年十月二十一日") == "2019年10月21日"
