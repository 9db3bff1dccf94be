"""Columns of short tables: nothing is cut while another column has room to spare."""

from __future__ import annotations

from gzdesk.desktop.widgets.column_fit import Wish, fit


def wish(*, least: int = 40, words: int = 40, usual: int = 80, stretches: bool = False) -> Wish:
    return Wish(least=least, words=words, usual=usual, stretches=stretches)


def test_with_room_every_column_has_its_usual_width_and_the_stretching_one_the_rest() -> None:
    widths = fit([wish(usual=80), wish(usual=100, stretches=True), wish(usual=60)], room=500)
    assert widths == (80, 360, 60)


def test_a_chip_is_never_cut_even_where_names_are() -> None:
    widths = fit([wish(words=300, usual=100, stretches=True), wish(least=90, usual=74)], room=200)
    assert widths == (110, 90)


def test_a_long_sentence_takes_what_the_short_columns_do_not_need() -> None:
    widths = fit([wish(words=50, usual=120), wish(words=400, usual=200, stretches=True)], room=460)
    assert widths == (60, 400)


def test_a_narrow_column_grows_to_its_words_before_the_stretching_one_takes_the_rest() -> None:
    widths = fit([wish(words=120, usual=90), wish(words=300, usual=100, stretches=True)], room=400)
    assert widths == (120, 280)


def test_too_little_room_is_shared_by_those_that_lack_it() -> None:
    widths = fit([wish(words=200, usual=80), wish(words=200, usual=80)], room=260)
    assert widths == (130, 130)
    assert fit([wish(usual=80), wish(usual=300, least=90, stretches=True)], room=150) == (60, 90)
