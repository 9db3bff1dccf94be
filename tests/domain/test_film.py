from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.film import film_age, film_age_label
from gzdesk.domain.period import years_later
from gzdesk.i18n import set_language


def age(
    release: object, on: str, *, origin: object = "domestic", years: int = 2, inclusive: bool = False
) -> str:
    film = {"origin": origin, "release_date": release}
    present = {name: value for name, value in film.items() if value is not None}
    return film_age(present, date.fromisoformat(on), years=years, inclusive=inclusive)


@pytest.mark.parametrize(
    ("release", "on", "code"),
    [
        ("2017-07-27", "2019-07-26", "new"),
        ("2017-07-27", "2019-07-27", "old"),  # exactly two years: 不足两年 excludes the day itself
        ("2017-07-27", "2017-07-27", "new"),
        ("2016-02-29", "2018-02-27", "new"),
        ("2016-02-29", "2018-02-28", "old"),  # no such day two years on: the month's last day (民法典 202)
        ("2018-02-28", "2020-02-28", "old"),
        ("2018-02-28", "2020-02-27", "new"),
        # known by month: new before the first day's term, old from the last day's term on
        ("2017-07", "2019-06-30", "new"),
        ("2017-07", "2019-07-01", "unknown"),
        ("2017-07", "2019-07-30", "unknown"),
        ("2017-07", "2019-07-31", "old"),
        ("2016-02", "2018-02-01", "unknown"),
        ("2016-02", "2018-02-28", "old"),
        # known by year
        ("2017", "2018-12-31", "new"),
        ("2017", "2019-01-01", "unknown"),
        ("2017", "2019-12-30", "unknown"),
        ("2017", "2019-12-31", "old"),
        ("1962", "2019-01-01", "old"),
        (None, "2019-01-01", "unknown"),
        ("soon", "2019-01-01", "unknown"),
        (2017, "2019-01-01", "unknown"),
    ],
)
def test_a_film_is_new_for_less_than_two_years(release: object, on: str, code: str) -> None:
    assert age(release, on) == code


@pytest.mark.parametrize(
    ("release", "on", "code"),
    [
        ("2017-07-27", "2019-07-27", "new"),
        ("2017-07-27", "2019-07-28", "old"),
        ("2016-02-29", "2018-02-28", "new"),
        ("2016-02-29", "2018-03-01", "old"),
        ("2017-07", "2019-07-01", "new"),
        ("2017-07", "2019-07-02", "unknown"),
        ("2017-07", "2019-08-01", "old"),
    ],
)
def test_the_national_reading_includes_the_day_itself(release: str, on: str, code: str) -> None:
    assert age(release, on, inclusive=True) == code


def test_the_term_is_a_setting() -> None:
    assert age("2017-07-27", "2019-07-27", years=3) == "new"
    assert age("2017-07-27", "2018-07-27", years=1) == "old"


@pytest.mark.parametrize(
    ("origin", "on", "code"),
    [
        ("domestic", "2019-01-01", "new"),
        ("coproduction", "2019-01-01", "new"),
        ("hk_mo_tw", "2019-01-01", "not_domestic"),
        ("imported", "2019-01-01", "not_domestic"),
        ("unknown", "2019-01-01", "unknown"),
        (None, "2019-01-01", "unknown"),
        ("unknown", "2021-01-01", "old"),  # too old to count, wherever it was made
    ],
)
def test_only_domestic_films_are_new(origin: object, on: str, code: str) -> None:
    assert age("2018-07-05", on, origin=origin) == code


@given(release=st.dates(date(1990, 1, 1), date(2030, 12, 31)), days=st.integers(0, 800))
def test_a_known_day_is_never_in_doubt_and_age_only_grows(release: date, days: int) -> None:
    on = release + timedelta(days=days)
    code = age(release.isoformat(), on.isoformat())
    assert code == ("new" if on < years_later(release, 2) else "old")


def test_each_age_has_words() -> None:
    assert [film_age_label(code) for code in ("new", "old", "unknown", "not_domestic", "?")] == [
        "国产新片",
        "已满两年",
        "待核",
        "非国产",
        "",
    ]
    set_language("en")
    assert film_age_label("new") == "New domestic film"


@pytest.mark.parametrize(
    ("released", "age"),
    [
        ("2019-11-05", "new"),
        ("2019-11-06", "unknown"),
        ("2019-11", "new"),
        ("2019-12", "unknown"),
        ("2019", "new"),
    ],
)
def test_a_film_is_not_shown_before_its_release(released: str, age: str) -> None:
    film = {"origin": "domestic", "release_date": released}
    assert film_age(film, date(2019, 11, 5)) == age
