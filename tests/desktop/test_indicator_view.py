"""What the page of indicators makes of results: bars, cells, words, trends. No window."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gzdesk import i18n
from gzdesk.desktop.indicator_heat import behind_result, other_parts, part_heat, sums_of, trend_of, unit_heat
from gzdesk.desktop.indicator_view import (
    BLANK,
    COLUMNS,
    LATE,
    LINE,
    MISSED,
    MORE,
    RUNNING,
    SOME,
    ZERO,
    bullet_of,
    cell_text,
    look_of,
    place_of,
    runs,
    verdict_words,
)
from gzdesk.domain.indicators.result import Excluded, Part
from gzdesk.domain.indicators.words import worked_out
from gzdesk.domain.period import Month
from tests.desktop.results import heat, indicator, result, target

TODAY = date(2019, 11, 6)


def text(of: object) -> str:
    return cell_text(of.value)  # type: ignore[attr-defined]


def test_a_bar_ends_at_the_target_or_at_the_value_beyond_it() -> None:
    short = bullet_of(result(3, target=target(5), pace=Fraction(4)), indicator())
    assert short is not None
    assert (short.actual, short.target, short.pace) == (0.6, 1.0, 0.8)
    over = bullet_of(result(10, target=target(5)), indicator())
    assert over is not None
    assert (over.actual, over.target) == (1.0, 0.5)


def test_a_share_in_percent_is_shown_against_the_whole() -> None:
    bar = bullet_of(result("1/2", target=target("1/3")), indicator(value_type="percent"))
    assert bar is not None
    assert (bar.actual, round(bar.target or 0, 3)) == (0.5, 0.333)


def test_where_lower_is_better_the_bar_is_mirrored() -> None:
    bar = bullet_of(result(10714, target=target(15000, "<=")), indicator())
    assert bar is not None
    assert bar.mirrored
    assert not bullet_of(result(1), indicator()).mirrored  # type: ignore[union-attr]


def test_what_cannot_be_worked_out_has_no_bar() -> None:
    assert bullet_of(result(None), indicator()) is None


@given(
    value=some.fractions(min_value=0, max_value=10**6),
    goal=some.fractions(min_value=0, max_value=10**6),
    pace=some.none() | some.fractions(min_value=0, max_value=10**6),
)
def test_a_bar_never_leaves_its_area(value: Fraction, goal: Fraction, pace: Fraction | None) -> None:
    bar = bullet_of(result(value, target=target(goal), pace=pace), indicator())
    assert bar is not None
    for share in (bar.actual, bar.target, bar.pace):
        assert share is None or 0 <= share <= 1


def test_the_chip_of_a_roll_up_says_in_how_many_places_it_is_short() -> None:
    short = result(
        "59/60", rollup=True, numerator=Fraction(118), denominator=Fraction(120), verdict="not_met"
    )
    assert verdict_words(short) == "2 处未达标"
    assert verdict_words(result(1)) == "已达标"
    assert verdict_words(result(None, verdict="unknown")) == "无法计算"


def test_a_value_says_what_it_was_worked_out_from() -> None:
    share = result("71/131", numerator=Fraction(71), denominator=Fraction(131))
    assert worked_out(share, "54.2%") == "71 / 131 = 54.2%"
    assert worked_out(result(5), "5") == "5"


@pytest.mark.parametrize(
    ("value", "verdict", "asked", "look"),
    [
        (0, "not_met", 1, MISSED),
        (0, "none", None, ZERO),
        (1, "met", 1, SOME),
        (2, "met", 1, MORE),
        (3, "behind", None, LATE),
        (3, "none", None, MORE),
        (2, "none", None, SOME),
    ],
)
def test_how_a_cell_looks(value: int, verdict: str, asked: int | None, look: str) -> None:
    found = look_of(
        Fraction(value), verdict, asked=None if asked is None else Fraction(asked), most=Fraction(3)
    )
    assert found == look


def test_large_numbers_fit_a_cell() -> None:
    shown = [cell_text(Fraction(value)) for value in (7, 9_999, 12_345, 2_500_000)]
    assert shown == ["7", "9,999", "12k", "2.5M"]
    assert cell_text(None) == "—"


def test_the_map_of_picture_i() -> None:
    found = unit_heat(heat(), today=TODAY, text=text)
    first = found.view.rows[0]
    assert [cell.look for cell in first.cells] == [SOME] * 5 + [MISSED, MORE] + [SOME] * 3 + [RUNNING, BLANK]
    assert [cell.text for cell in first.cells][4:] == ["1", "0", "2", "1", "1", "1", "·", ""]
    assert first.total is not None
    assert first.total.text == "10"
    assert found.view.current == 10
    june = found.behind["gangdong", "2019-06"]
    assert june.title == "冈东村・6月・0 场"
    assert june.chip == "当月未达标"
    assert "已于7月6日补放" in "".join(june.sentences)
    assert place_of(found.view, ("caoyi", "2019-02")) == (1, 1)
    assert place_of(found.view, ("nowhere", "2019-02")) is None


def test_a_state_has_the_year_alone() -> None:
    found = unit_heat(heat(indicator=indicator(runs="state")), today=TODAY, text=text)
    assert found.view.columns == ("2019年",)
    assert found.view.current is None


def test_persons_and_venues_are_a_map_of_their_own() -> None:
    parts = (
        Part(key="p1", label="梁䶮明", value=Fraction(6), verdict="met", counted=("a", "b")),
        Part(key="p2", label="苏惠芳", value=Fraction(3), verdict="behind"),
        Part(key="caoyi", label="曹一村", value=Fraction(1), verdict="met"),
        Part(key="2019-06", label="2019-06", value=Fraction(1), verdict="met"),
    )
    whole = result(1, parts=parts, target=target(5))
    people = other_parts(whole, frozenset({"caoyi"}))
    assert [part.key for part in people] == ["p1", "p2"]
    found = part_heat(indicator(), whole, people)
    assert [row.cells[0].look for row in found.view.rows] == [MORE, LATE]
    assert found.behind["part", "p1"].counted == ("a", "b")


def test_what_does_not_count_is_said_by_reasons() -> None:
    excluded = (Excluded(record="a", code="draft"), Excluded(record="b", code="draft"))
    found = behind_result(
        indicator(), result(1, excluded=excluded, counted=("c", "d"), with_evidence=1), name="", text="1"
    )
    assert found.excluded == (("a", "draft"), ("b", "draft"))
    said = "".join(found.sentences)
    assert "佐证齐全 1 条" in said
    assert "未计入" in said


def test_a_trend_is_columns_where_months_add_up() -> None:
    values = tuple((Month(2019, number), Fraction(number)) for number in range(1, 11))
    grows = indicator(runs="grows")
    assert trend_of(grows, values, today=TODAY).kind == COLUMNS
    assert trend_of(indicator(runs="state"), values, today=TODAY).kind == LINE
    share = trend_of(indicator(runs="ratio", value_type="percent"), values, today=TODAY)
    assert (share.kind, share.texts[0], share.highest) == (LINE, "100.0%", 9)


def test_the_villages_of_a_month_are_added_up() -> None:
    sums = [value for _month, value in sums_of(heat())]
    assert sums[4:] == [2, 1, 3, 2, 2, 2, 0, None]


def test_a_line_is_not_drawn_across_a_gap() -> None:
    one = Fraction(1)
    assert runs((one, one, None, one, None, None)) == [[0, 1], [3]]


def test_in_english() -> None:
    i18n.set_language("en")
    found = unit_heat(heat(), today=TODAY, text=text)
    assert found.view.columns[:2] == ("1", "2")
    assert found.behind["gangdong", "2019-06"].chip == "Not met this month"
