"""Lines are broken as Chinese is set, and nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.text import fit, wrap

written = st.text(
    st.sampled_from("活动《国庆》，。“书”（3）(a) Word-times 7F3A-92C1 2019-10-05 12:30\n𠮷"), max_size=60
)


@given(text=written, width=st.floats(12, 200))
def test_nothing_is_lost(text: str, width: float) -> None:
    lines = wrap(text, Face.SERIF, 10.5, width)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(text=written, width=st.floats(12, 200))
def test_no_line_is_too_wide(text: str, width: float) -> None:
    for line in wrap(text, Face.SERIF, 10.5, width):
        assert width_pt(line, Face.SERIF, 10.5) <= width + 0.01 or len(line) == 1


@given(text=st.text(st.sampled_from("活动国庆村。，）”、"), max_size=40))
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    lines = wrap("活" + text, Face.SERIF, 10, 100)
    # A run of marks longer than a line is the one thing that must be torn.
    if "".join(sorted(set(text))) and max(map(len, _runs_of_marks(text)), default=0) < 8:
        assert not [line for line in lines[1:] if line[0] in "。，）”、"]


def _runs_of_marks(text: str) -> list[str]:
    return "".join(char if char in "。，）”、" else " " for char in text).split()


def test_no_line_ends_with_an_opening_mark() -> None:
    assert wrap("歌唱祖《歌》", Face.SERIF, 10, 40) == ("歌唱祖", "《歌》")


@pytest.mark.parametrize("code", ["7F3A-92C1", "2019-10-05", "12:30", "GZ-2019-1107", "1,695"])
def test_dates_and_codes_stay_in_one_piece(code: str) -> None:
    lines = wrap(f"校验码校验码{code}；本月无活动", Face.SERIF, 10, 80)
    assert [line for line in lines if code in line]


def test_a_word_is_parted_at_its_hyphen() -> None:
    assert wrap("Person-times", Face.SERIF, 10, 40) == ("Person-", "times")


def test_a_smaller_size_comes_before_a_torn_word() -> None:
    assert fit("Projectionist", Face.SERIF, 58, (10.5, 9), 2) == (9, ("Projectionist",))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("文化服务中心二楼", ("文化服务", "中心二楼")),
        ("古镇社区居委会", ("古镇社区", "居委会")),
        ("镇文化站、曹二村", ("镇文化站、", "曹二村")),
        ("文化广场", ("文化广场",)),
    ],
)
def test_two_lines_in_the_middle_are_about_equally_long(text: str, lines: tuple[str, ...]) -> None:
    assert fit(text, Face.SERIF, 64, (10, 9), 2, balanced=True) == (10, lines)


@given(text=written, width=st.floats(20, 200))
def test_balancing_loses_nothing_and_takes_no_more_lines(text: str, width: float) -> None:
    greedy = fit(text, Face.SERIF, width, (10.5, 9), 2)
    lines = fit(text, Face.SERIF, width, (10.5, 9), 2, balanced=True).lines
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) <= len(greedy.lines)


def test_a_text_that_never_fits_takes_the_lines_it_needs() -> None:
    size, lines = fit("很长的备注" * 20, Face.SERIF, 60, (10.5, 9), 2)
    assert size == 9
    assert "".join(lines) == "很长的备注" * 20
    assert len(lines) > 2
