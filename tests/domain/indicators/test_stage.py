"""Performances (tasks.json 12.1)."""

from __future__ import annotations

from datetime import date

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import World, codes, row, value

SHOWS = "performances_per_village_year"


def show(record_id: str, village: str = "a", day: str = "2019-03-10", **values: object) -> Row:
    return row("performance", village, record_id, date=day, **values)


def shows(village: str, count: int) -> list[Row]:
    return [show(f"{village}{n}", village, f"2019-{n % 12 + 1:02d}-05") for n in range(count)]


def test_five_sessions_are_enough_and_four_are_not() -> None:
    world = World().having(*shows("a", 5), *shows("b", 4), *shows("c", 6))
    result = world.year(SHOWS)
    assert (result.numerator, result.denominator, result.verdict) == (2, 3, "not_met")
    assert [part.verdict for part in result.parts] == ["met", "not_met", "met", "none"]
    assert world.year(SHOWS, unit="b").verdict == "not_met"
    assert value(world.year(SHOWS, unit="a")) == "5"


def test_a_programme_of_several_sessions_counts_them() -> None:
    assert value(World().having(show("1", sessions=3)).year(SHOWS, unit="a")) == "3"


def test_the_community_is_only_shown() -> None:
    world = World().having(*shows("s", 9))
    result = world.year(SHOWS, unit="s")
    assert (value(result), result.verdict) == ("9", "none")
    assert world.year(SHOWS).denominator == 3


def test_films_are_never_performances() -> None:
    film = row("film_screening", "a", "f", date="2019-03-10", start_time="19:30")
    assert value(World().having(film).year(SHOWS, unit="a")) == "0"


def test_a_joint_show_counts_for_its_host_and_once() -> None:
    world = World().having(show("1", co_units=["b", "c"]))
    assert [value(world.year(SHOWS, unit=name)) for name in "abc"] == ["1", "0", "0"]
    credited = world.having(row("co_credit", "guzhen", "k", record="1", unit="b"))
    assert [value(credited.year(SHOWS, unit=name)) for name in "abc"] == ["1", "1", "0"]
    assert credited.year(SHOWS).counted == ("1",)


def test_cancelled_is_not_counted_and_stopped_midway_only_after_an_hour() -> None:
    rows = (
        show("off", status="cancelled"),
        show("short", completed=False, duration_min=40),
        show("long", completed=False, duration_min=60),
        show("unknown", completed=False),
    )
    result = World().having(*rows).year(SHOWS, unit="a")
    assert (result.counted, codes(result)) == (
        ("long",),
        {"off": "cancelled", "short": "broken_off", "unknown": "broken_off"},
    )
    assert value(World().having(*rows).ruled(performance_least_min=30).year(SHOWS, unit="a")) == "2"


def test_pace_during_the_year() -> None:
    world = World().on(date(2019, 7, 1))  # six months are over: 2.5 sessions
    assert world.having(*shows("a", 3)).year(SHOWS, unit="a").verdict == "on_pace"
    assert world.having(*shows("a", 2)).year(SHOWS, unit="a").verdict == "behind"
    assert world.having(*shows("a", 5)).year(SHOWS, unit="a").verdict == "met"
    assert str(world.year(SHOWS, unit="a").pace) == "5/2"


def test_the_target_is_what_the_town_says() -> None:
    assert World(targets={SHOWS: "3"}).having(*shows("a", 3)).year(SHOWS, unit="a").verdict == "met"
