"""Screenings (tasks.json 16.2): counted by the text of the rule and each of its edge cases."""

from __future__ import annotations

from datetime import date

import pytest

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import World, codes, ended, row, unit, value

MONTHLY, COVERAGE, RATIO = "screenings_per_village_month", "film_coverage_rate", "new_domestic_film_ratio"


def show(record_id: str, village: str = "a", day: str = "2019-03-10", **values: object) -> Row:
    given = {"receipt_no": f"GZ-{record_id}", "film_id": "old", "start_time": "19:30", **values}
    return row("film_screening", village, record_id, date=day, **given)


def film(film_id: str, released: str | None, **values: object) -> Row:
    return row(
        "film",
        "guzhen",
        film_id,
        title=film_id,
        **{"origin": "domestic", "film_type": "feature", "release_date": released, **values},
    )


def every_month(village: str, *, but: tuple[int, ...] = ()) -> list[Row]:
    return [show(f"{village}{n:02d}", village, f"2019-{n:02d}-10") for n in range(1, 13) if n not in but]


class TestScreeningsPerVillageMonth:
    def test_a_village_in_a_month_has_its_sessions(self) -> None:
        world = World().having(show("1"), show("2", day="2019-03-20", session_count="1.5"))
        result = world.month(MONTHLY, 3, unit="a")
        assert (value(result), result.verdict, len(result.counted)) == ("5/2", "met", 2)

    def test_the_town_counts_village_months(self) -> None:
        world = World().having(*every_month("a"), *every_month("b", but=(6,)), *every_month("c", but=(1, 2)))
        result = world.year(MONTHLY)
        assert (result.numerator, result.denominator, result.verdict) == (33, 36, "not_met")
        assert [(part.key, part.numerator, part.verdict) for part in result.parts] == [
            ("a", 12, "met"),
            ("b", 11, "not_met"),
            ("c", 10, "not_met"),
        ]

    def test_the_community_is_not_in_the_target(self) -> None:
        world = World().having(*(r for name in "abc" for r in every_month(name)))
        assert world.year(MONTHLY).verdict == "met"
        assert world.having(*every_month("s")).year(MONTHLY).denominator == 36

    def test_two_shows_in_one_month_do_not_fill_an_empty_one(self) -> None:
        world = World().having(*every_month("a", but=(5,)), show("twice", day="2019-04-21"))
        result = world.year(MONTHLY, unit="a")
        assert (result.numerator, result.denominator, result.verdict) == (11, 12, "not_met")

    def test_the_month_in_progress_is_not_judged(self) -> None:
        world = World().on(date(2019, 11, 6)).having(*every_month("a", but=(11, 12)))
        year = world.year(MONTHLY, unit="a")
        assert (year.numerator, year.denominator, year.verdict) == (10, 10, "met")
        month = world.month(MONTHLY, 11, unit="a")
        assert (value(month), month.verdict) == ("0", "none")
        assert "24" in month.notes[0]

    def test_a_month_that_is_over_without_a_show_is_not_met(self) -> None:
        assert World().on(date(2019, 7, 1)).month(MONTHLY, 6, unit="a").verdict == "not_met"
        assert World().on(date(2019, 6, 30)).month(MONTHLY, 6, unit="a").verdict == "none"

    def test_in_january_no_month_is_over(self) -> None:
        result = (
            World().on(date(2019, 1, 20)).having(*every_month("a", but=tuple(range(2, 13)))).year(MONTHLY)
        )
        assert (result.value, result.verdict) == (None, "none")
        assert result.reason

    def test_rained_off_counts_where_it_was_made_up_for(self) -> None:
        off = show("off", day="2019-06-21", status="cancelled", cancel_reason="weather")
        again = show("again", day="2019-07-06", makeup_of="off")
        world = World().having(*every_month("a", but=(6, 7)), off, again)
        assert world.month(MONTHLY, 6, unit="a").verdict == "not_met"
        assert value(world.month(MONTHLY, 7, unit="a")) == "1"
        year = world.year(MONTHLY, unit="a")
        assert (year.numerator, codes(year)) == (11, {"off": "cancelled"})
        assert year.notes == ("a6月21日的放映因天气取消，已于7月6日补放。",)

    def test_a_show_of_december_made_up_for_after_new_year(self) -> None:
        off = show("off", day="2019-12-28", status="cancelled", cancel_reason="weather")
        world = World().having(off, show("again", day="2020-01-04", makeup_of="off"))
        result = world.month(MONTHLY, 12, unit="a")
        assert (value(result), result.verdict) == ("0", "not_met")
        assert result.notes == ("a12月28日的放映因天气取消，已于1月4日补放。",)

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"status": "draft"}, "draft"),
            ({"status": "planned"}, "planned"),
            ({"status": "cancelled"}, "cancelled"),
            ({"status": "void"}, "void"),
            ({"confirmed_by": None}, "not_confirmed"),
            ({"completed": False}, "broken_off"),
        ],
    )
    def test_what_does_not_count(self, given: dict[str, object], code: str) -> None:
        result = World().having(show("1", **given)).month(MONTHLY, 3, unit="a")
        assert (value(result), codes(result)) == ("0", {"1": code})

    def test_broken_off_counts_when_the_station_approves_it_with_a_reason(self) -> None:
        world = World().having(show("1", completed=False))
        bare = row("review", "a", "r", record="1", status="approved", remarks=[])
        reasoned = row(
            "review",
            "a",
            "r",
            record="1",
            status="approved",
            remarks=[{"field": "completed", "remark": "停电前已放 80 分钟"}],
        )
        assert value(world.having(bare).month(MONTHLY, 3, unit="a")) == "0"
        assert value(world.having(reasoned).month(MONTHLY, 3, unit="a")) == "1"

    def test_a_receipt_number_stands_for_one_show(self) -> None:
        world = World().having(show("2", day="2019-03-20", receipt_no="X"), show("1", receipt_no="X"))
        result = world.month(MONTHLY, 3, unit="a")
        assert (result.counted, codes(result)) == (("1",), {"2": "same_receipt"})

    def test_two_films_of_a_night_count_twice_only_with_two_receipts_of_full_films(self) -> None:
        films = (film("old", "2010-01-01"), film("lesson", None, film_type="science"))
        first, second = show("1"), show("2", start_time="21:10")
        assert value(World().having(*films, first, second).month(MONTHLY, 3, unit="a")) == "2"
        unreceipted = show("2", start_time="21:10", receipt_no=None)
        assert codes(World().having(*films, first, unreceipted).month(MONTHLY, 3, unit="a")) == {
            "2": "same_night"
        }
        short = show("2", start_time="21:10", film_id="lesson")
        assert codes(World().having(*films, first, short).month(MONTHLY, 3, unit="a")) == {"2": "same_night"}

    def test_a_village_merged_in_june_counts_until_then_and_its_june_goes_to_the_other(self) -> None:
        gone = ended("b", valid_to="2019-06-15", successor="a")
        world = World(below=(unit("a"), gone)).having(*every_month("b", but=tuple(range(6, 13))))
        world = world.having(show("june", "b", "2019-06-03"))
        result = world.year(MONTHLY)
        assert result.denominator == 12 + 5
        assert value(world.month(MONTHLY, 6, unit="a")) == "1"
        assert value(world.month(MONTHLY, 5, unit="a")) == "0"

    def test_evidence_is_photo_stamp_and_receipt_number(self) -> None:
        shows = (
            show("1", files=1),
            show("2", day="2019-03-11"),
            show("3", day="2019-03-12", files=1, receipt_no=None),
            show("4", day="2019-03-13", files=1, stamped=False),
        )
        result = World().having(*shows).month(MONTHLY, 3, unit="a")
        assert (len(result.counted), result.with_evidence) == (4, 1)
        assert result.verdict_with_evidence == "met"
        assert World().having(*shows[1:]).month(MONTHLY, 3, unit="a").verdict_with_evidence == "not_met"


class TestCoverage:
    def test_villages_with_a_digital_screening(self) -> None:
        world = World().having(show("1"), show("2", "b", format="celluloid"), show("3", "s"))
        result = world.year(COVERAGE)
        assert (value(result), result.verdict, codes(result)) == ("1/3", "not_met", {"2": "not_digital"})
        assert value(world.ruled(film_formats="digital celluloid").year(COVERAGE)) == "2/3"

    def test_all_villages(self) -> None:
        world = World().having(*(show(name, name) for name in "abc")).on(date(2019, 4, 2))
        result = world.year(COVERAGE)
        assert (value(result), result.verdict, str(result.pace)) == ("1", "met", "1/4")

    def test_during_the_year_it_is_behind_and_not_yet_missed(self) -> None:
        world = World().having(show("1")).on(date(2019, 11, 6))
        assert world.year(COVERAGE).verdict == "behind"
        assert World().having(show("1")).on(date(2019, 5, 6)).year(COVERAGE).verdict == "on_pace"

    def test_a_month_shows_the_gaps_without_a_verdict(self) -> None:
        result = World().having(show("1")).month(COVERAGE, 3)
        assert (value(result), result.verdict) == ("1/3", "none")

    def test_no_village_gives_no_value(self) -> None:
        result = World(below=(unit("s", "community"),)).year(COVERAGE)
        assert (result.value, result.verdict, bool(result.reason)) == (None, "unknown", True)


class TestNewDomesticFilms:
    def ratio(self, *films: Row, **rules: object) -> tuple[str | None, str]:
        """Each film shown once on 2019-03-10, in a village of its own or at another place."""
        shows = [show(f"s{n}", film_id=item.id, place=f"p{n}") for n, item in enumerate(films)]
        result = World().having(*films, *shows).ruled(**rules).year(RATIO)
        return value(result), result.verdict

    @pytest.mark.parametrize(
        ("released", "new"),
        [
            ("2017-03-11", True),
            ("2017-03-10", False),  # exactly two years later: 不足 excludes
            ("2017-03-09", False),
            ("2019-03-10", True),
            ("2018", True),
            ("2017-03", None),  # could be either
            (None, None),
        ],
    )
    def test_less_than_two_years_on_the_day_of_the_screening(
        self, released: str | None, new: bool | None
    ) -> None:
        expected = {True: ("1", "met"), False: ("0", "not_met"), None: ("0", "to_check")}[new]
        assert self.ratio(film("f", released)) == expected

    def test_not_more_than_two_years_is_a_choice(self) -> None:
        assert self.ratio(film("f", "2017-03-10"), new_film_inclusive=True) == ("1", "met")

    def test_a_release_on_29_february_is_new_until_the_end_of_february(self) -> None:
        leap = film("f", "2016-02-29")
        last, after = show("1", day="2018-02-27", film_id="f"), show("2", day="2018-02-28", film_id="f")
        assert value(World().having(leap, last).year(RATIO, year=2018)) == "1"
        assert value(World().having(leap, after).year(RATIO, year=2018)) == "0"

    def test_the_same_film_can_be_new_in_january_and_old_in_june(self) -> None:
        shows = (show("1", day="2019-01-10", film_id="f"), show("2", day="2019-06-10", film_id="f"))
        assert value(World().having(film("f", "2017-03-01"), *shows).year(RATIO)) == "1/2"

    def test_exactly_a_third_is_met_and_a_hair_less_is_not(self) -> None:
        new, old = film("new", "2019-01-01"), film("old", "2001")
        assert self.ratio(new, old, old) == ("1/3", "met")
        shows = [show(f"n{n}", film_id="new", place=f"p{n}") for n in range(3333)]
        shows += [show(f"o{n}", film_id="old", place=f"q{n}") for n in range(6667)]
        result = World().having(new, old, *shows).year(RATIO)
        assert (value(result), result.verdict) == ("3333/10000", "not_met")

    def test_unknown_stays_below_the_line_and_is_named(self) -> None:
        films = (film("new", "2019-01-01"), film("x", None), film("old", "2001"), film("older", "1990"))
        shows = [show(f"s{n}", film_id=item.id, place=f"p{n}") for n, item in enumerate(films)]
        result = World().having(*films, *shows).year(RATIO)
        assert (str(result.low), str(result.high), result.verdict) == ("1/4", "1/2", "to_check")
        assert "x" in result.notes[0]

    def test_bounds_on_one_side_give_a_verdict(self) -> None:
        new, old, unknown = film("n", "2019-01-01"), film("o", "2001"), film("x", None)
        assert self.ratio(new, new, unknown) == ("2/3", "met")
        assert self.ratio(old, old, old, old, unknown) == ("0", "not_met")

    @pytest.mark.parametrize(
        ("origin", "released", "expected"),
        [
            ("coproduction", "2019-01-01", ("1", "met")),
            ("hk_mo_tw", "2019-01-01", ("0", "not_met")),
            ("imported", "2019-01-01", ("0", "not_met")),
            ("unknown", "2019-01-01", ("0", "to_check")),
            ("unknown", "2001", ("0", "not_met")),
        ],
    )
    def test_origin(self, origin: str, released: str, expected: tuple[str, str]) -> None:
        assert self.ratio(film("f", released, origin=origin)) == expected

    def test_hong_kong_can_count_as_domestic(self) -> None:
        assert self.ratio(film("f", "2019-01-01", origin="hk_mo_tw"), hk_counts_as_domestic=True) == (
            "1",
            "met",
        )

    def test_a_science_film_that_never_ran_is_old_or_left_out(self) -> None:
        new, science = film("n", "2019-01-01"), film("s", None, film_type="science")
        assert self.ratio(new, science) == ("1/2", "met")
        assert self.ratio(new, science, unreleased_in_denominator=False) == ("1", "met")

    def test_different_films_instead_of_sessions(self) -> None:
        new, old = film("n", "2019-01-01"), film("o", "2001")
        assert self.ratio(new, old, old, old, old) == ("1/5", "not_met")
        assert self.ratio(new, old, old, old, old, new_film_ratio_of="films") == ("1/2", "met")

    def test_no_screening_gives_no_value(self) -> None:
        result = World().having(show("1", status="cancelled")).year(RATIO)
        assert (result.value, result.verdict, bool(result.reason)) == (None, "unknown", True)

    def test_during_the_year_a_good_share_is_only_on_pace(self) -> None:
        world = World().having(film("n", "2019-01-01"), show("1", film_id="n")).on(date(2019, 6, 1))
        assert world.year(RATIO).verdict == "on_pace"

    def test_the_community_is_left_out(self) -> None:
        world = World().having(film("n", "2019-01-01"), show("1", "s", film_id="n"), show("2", film_id="n"))
        assert world.year(RATIO).denominator == 1
