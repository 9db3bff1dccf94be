"""Libraries (tasks.json 9.1): by the text of each rule and its edge cases."""

from __future__ import annotations

from datetime import date

import pytest

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import World, codes, ended, row, unit, value

BOOKS, STOCK, TURNOVER = "new_books_per_capita", "collection_per_capita", "collection_turnover"
VISITS, ROOMS = "library_visits_per_capita", "population_per_library"
TOWN = World().residents(1000)


def books(record_id: str, volumes: int = 0, day: str = "2019-03-10", **values: object) -> Row:
    given = {"facility_id": "r", "source": "purchase", "volumes": volumes or None, **values}
    return row("library_acquisition", "a", record_id, date=day, **given)


def count(record_id: str, volumes: int, day: str, room: str = "r") -> Row:
    return row("library_collection_snapshot", "a", record_id, on=day, facility_id=room, volumes=volumes)


def loan(record_id: str, volumes: int, day: str = "2019-03-10", **values: object) -> Row:
    return row(
        "library_loan", "a", record_id, date=day, facility_id="r", mode="day_total", volumes=volumes, **values
    )


def visit(record_id: str, persons: int, day: str = "2019-03-10", **values: object) -> Row:
    given = {"facility_id": "r", "method": "tally", **values}
    return row("library_visit", "a", record_id, date=day, person_times=persons, **given)


def room(record_id: str, village: str = "a", kind: str = "rural_reading_room", **values: object) -> Row:
    return row("facility", village, record_id, name=record_id, type=kind, **values)


class TestNewBooks:
    def test_volumes_and_not_titles_of_the_year(self) -> None:
        world = TOWN.having(
            books("1", 20, titles=5), books("2", 10, "2019-12-31"), books("3", 99, "2018-12-31")
        )
        result = world.year(BOOKS)
        assert (value(result), result.numerator, result.verdict) == ("3/100", 30, "met")
        assert result.notes == ("常住人口用2018年数（1,000人）",)

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"source": "transfer"}, "transfer"),
            ({"is_new": False}, "not_new"),
            ({"status": "void"}, "void"),
            ({"withdrawn": 40}, "withdrawal"),
        ],
    )
    def test_what_is_not_new(self, given: dict[str, object], code: str) -> None:
        result = TOWN.having(books("1", 0 if "withdrawn" in given else 20, **given)).year(BOOKS)
        assert (value(result), codes(result)) == ("0", {"1": code})

    def test_a_gift_counts_once_it_is_entered(self) -> None:
        assert value(TOWN.having(books("1", 20, source="donation")).year(BOOKS)) == "1/50"

    def test_pace(self) -> None:
        world = World().residents(150_000, year=2010).on(date(2019, 11, 6)).having(books("1", 3920))
        result = world.year(BOOKS)
        assert (result.verdict, str(result.pace)) == ("on_pace", "1/40")
        assert result.value is not None

    def test_without_residents_there_is_no_value(self) -> None:
        result = World().having(books("1", 20)).year(BOOKS)
        assert (result.value, result.verdict, bool(result.reason)) == (None, "unknown", True)


class TestResidents:
    def test_the_latest_published_year_up_to_it(self) -> None:
        world = World().residents(1000, year=2010).residents(2000, year=2018).residents(4000, year=2021)
        assert world.having(books("1", 20)).year(BOOKS).denominator == 2000
        later = World().residents(1000, year=2010).residents(2000, year=2018, published_on=date(2020, 3, 1))
        assert later.on(date(2019, 6, 1)).year(BOOKS).denominator == 1000

    def test_a_later_version_of_a_year_and_never_the_registered(self) -> None:
        world = World().residents(1000).residents(1100, version=2).residents(700, basis="hukou", year=2019)
        assert world.year(BOOKS).denominator == 1100

    def test_a_unit_has_its_own(self) -> None:
        world = TOWN.residents(100, of="a").having(books("1", 20))
        assert value(world.year(BOOKS, unit="a")) == "1/5"
        assert world.year(BOOKS, unit="b").value is None


class TestStock:
    def test_the_last_count_and_what_came_and_went_since(self) -> None:
        world = TOWN.having(
            count("c1", 1000, "2018-12-31"),
            count("c2", 1500, "2019-06-30"),
            books("before", 300, "2019-02-01"),
            books("after", 50, "2019-08-01"),
            books("moved", 10, "2019-09-01", source="transfer"),
            books("gone", 0, "2019-10-01", withdrawn=60),
        )
        result = world.year(STOCK)
        assert (value(result), result.verdict) == ("3/2", "met")

    def test_each_room_once_and_no_ebooks(self) -> None:
        one = row(
            "library_collection_snapshot",
            "a",
            "c1",
            on="2019-12-31",
            facility_id="r",
            volumes=700,
            ebooks=9000,
        )
        assert TOWN.having(one, count("c2", 800, "2019-12-31", "q")).year(STOCK).numerator == 1500

    def test_a_count_of_next_year_is_not_of_this_one(self) -> None:
        world = TOWN.having(count("c1", 100, "2019-12-31"), count("c2", 900, "2020-01-05"))
        assert world.year(STOCK).numerator == 100


class TestTurnover:
    def test_loans_by_stock(self) -> None:
        world = World().having(
            count("c", 100, "2019-12-31"), loan("1", 60), loan("2", 40), loan("3", 9, "2018-01-01")
        )
        result = world.year(TURNOVER)
        assert (value(result), result.verdict) == ("1", "met")

    def test_reading_in_the_room_is_kept_apart(self) -> None:
        world = World().having(count("c", 100, "2019-12-31"), loan("1", 50, in_house=50))
        assert value(world.year(TURNOVER)) == "1/2"
        assert "50" in world.year(TURNOVER).notes[0]
        assert value(world.ruled(loans_count_in_house=True).year(TURNOVER)) == "1"

    def test_the_mean_of_start_and_end(self) -> None:
        world = World().having(count("c0", 50, "2018-12-31"), count("c", 150, "2019-12-31"), loan("1", 50))
        assert value(world.year(TURNOVER)) == "1/3"
        assert value(world.ruled(turnover_stock="mean").year(TURNOVER)) == "1/2"

    def test_a_room_without_books_has_no_value(self) -> None:
        result = World().having(loan("1", 5)).year(TURNOVER)
        assert (result.value, result.verdict) == (None, "unknown")


class TestVisits:
    def test_person_times_by_residents_and_how_they_were_counted(self) -> None:
        result = TOWN.having(visit("1", 600), visit("2", 400, "2019-03-11", method="sign_in")).year(VISITS)
        assert (value(result), result.verdict) == ("1", "met")
        assert result.notes[1] == "统计方式：人工计数、签名登记"

    def test_an_open_day_without_a_count_is_missing_and_not_nought(self) -> None:
        opened = [
            row(
                "opening_log",
                "a",
                f"o{n}",
                facility_id="r",
                date=f"2019-03-{n}",
                **{"from": "09:00", "to": "12:00"},
            )
            for n in (10, 11, 12)
        ]
        result = TOWN.having(*opened, visit("1", 600)).year(VISITS)
        assert result.notes[-1] == "开放了但没有统计的有2天（共开放3天）"

    def test_the_audience_of_events_is_added_only_by_rule(self) -> None:
        event = row(
            "activity",
            "a",
            "e",
            date="2019-03-10",
            name="讲座",
            place="农家书屋二楼",
            participants=50,
            sessions=1,
        )
        world = TOWN.having(
            visit("1", 100), row("facility", "a", "r", name="农家书屋", type="rural_reading_room"), event
        )
        assert world.year(VISITS).numerator == 100
        assert world.ruled(visits_count_events=True).year(VISITS).numerator == 150


class TestResidentsPerLibrary:
    def rooms(self, number: int) -> list[Row]:
        return [room(f"r{n}", address=f"路{n}号") for n in range(number)]

    def test_lower_is_better_and_the_seed_works_out_as_it_says(self) -> None:
        few = World().residents(150_000, year=2010, approximate=True).having(*self.rooms(14)).year(ROOMS)
        many = World().residents(233_502, year=2019).having(*self.rooms(14)).year(ROOMS)
        assert (int(few.value or 0), few.verdict) == (10_714, "met")
        assert (int(many.value or 0), many.verdict) == (16_678, "not_met")
        assert few.notes == ("常住人口用2010年数（约150,000人）",)

    def test_exactly_15000_is_met(self) -> None:
        assert World().residents(15_000).having(room("r")).year(ROOMS).verdict == "met"

    def test_two_at_one_address_are_one_and_other_places_are_none(self) -> None:
        rows = (
            room("r1", address="东岸路1号"),
            room("r2", address="东岸路1号", kind="library"),
            room("m", kind="other"),
            room("shut", status="cancelled"),
            room("later", opened_on="2020-05"),
        )
        result = TOWN.having(*rows).year(ROOMS)
        assert result.denominator == 1
        assert codes(result) == {"r2": "same_building", "shut": "out_of_use", "later": "not_open_yet"}

    def test_no_library_has_no_value_and_fails(self) -> None:
        result = TOWN.year(ROOMS)
        assert (result.value, result.verdict, bool(result.reason)) == (None, "not_met", True)


def test_a_merged_village_hands_its_books_over() -> None:
    gone = ended("b", valid_to="2019-06-30", successor="a")
    world = World(below=(unit("a"), gone)).residents(100, of="a")
    moved = row(
        "library_acquisition", "b", "1", date="2019-02-01", facility_id="r", source="purchase", volumes=5
    )
    assert value(world.having(moved).year(BOOKS, unit="a")) == "1/20"
