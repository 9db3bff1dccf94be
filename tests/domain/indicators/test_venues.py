"""Venues (tasks.json 2.4, 5.1, 14.5): by the text of each rule and its edge cases."""

from __future__ import annotations

from datetime import date

import pytest

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import STATION, World, codes, ended, row, unit, value

AREA, CENTRES = "indoor_culture_area_per_1000", "village_centre_coverage_rate"
EQUIPPED, WIFI = "digital_facility_equipped_rate", "wifi_coverage_rate"
TOWN = World().residents(10_000)


def venue(record_id: str, village: str = "a", **values: object) -> Row:
    given = {"name": record_id, "type": "village_culture_centre", **values}
    return row("facility", village, record_id, **given)


def asset(record_id: str, kind: str, village: str = "a", **values: object) -> Row:
    given = {"class": kind, "state": "good", "acquired_on": "2018-01-01", "place": "二楼", **values}
    return row("asset", village, record_id, **given)


class TestArea:
    def test_area_for_each_thousand_is_for_reference(self) -> None:
        result = TOWN.having(
            venue("x", indoor_area_m2="1500.50"), venue("y", "b", indoor_area_m2="499.5")
        ).year(AREA)
        assert (value(result), result.verdict) == ("200", "reference")

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"type": "square"}, "outdoors"),
            ({"status": "cancelled"}, "out_of_use"),
            ({"opened_on": "2020-02"}, "not_open_yet"),
            ({"agreement_until": "2019-06-30"}, "agreement_over"),
            ({"indoor_area_m2": None}, "no_area"),
        ],
    )
    def test_what_is_left_out(self, given: dict[str, object], code: str) -> None:
        result = TOWN.having(venue("x", **{"indoor_area_m2": "100", **given})).year(AREA)
        assert (value(result), codes(result)) == ("0", {"x": code})

    def test_a_building_counts_once(self) -> None:
        centre = venue("x", indoor_area_m2="500", address="东岸路1号")
        inside = venue("y", type="rural_reading_room", indoor_area_m2="80", address="东岸路1号")
        result = TOWN.having(inside, centre).year(AREA)
        assert (result.counted, codes(result)) == (("x",), {"y": "same_building"})

    def test_an_outdoor_square_at_the_address_takes_nothing_away(self) -> None:
        square = venue("q", type="square", indoor_area_m2="900", address="东岸路1号")
        centre = venue("x", indoor_area_m2="500", address="东岸路1号")
        assert TOWN.having(square, centre).year(AREA).counted == ("x",)

    def test_a_running_agreement_counts(self) -> None:
        assert TOWN.having(venue("x", indoor_area_m2="10", agreement_until="2019-12-31")).year(
            AREA
        ).counted == ("x",)

    @pytest.mark.parametrize(
        ("until", "counts"), [(None, False), ("2019-12-31", False), ("2019-08-31", True)]
    )
    def test_closed_for_repair_all_year(self, until: str | None, counts: bool) -> None:
        shut = row(
            "closure_notice", "a", "n", facility_id="x", reason="repair", to=until, **{"from": "2018-11-01"}
        )
        result = TOWN.having(venue("x", indoor_area_m2="10"), shut).year(AREA)
        assert bool(result.counted) is counts


class TestCentres:
    def test_units_with_an_accepted_centre(self) -> None:
        rows = (
            venue("x", accepted_on="2018"),
            venue("y", "b", opened_on="2018"),
            venue("z", "s", accepted_on="2019-12"),
        )
        result = World().having(*rows).year(CENTRES)
        assert (result.numerator, result.denominator, codes(result)) == (2, 4, {"y": "not_accepted"})
        assert result.verdict == "not_met"

    def test_all_units(self) -> None:
        rows = [venue(f"x{name}", name, accepted_on="2019-01-01") for name in "abcs"]
        assert World().having(*rows).year(CENTRES).verdict == "met"

    def test_before_the_deadline_it_is_not_missed_yet(self) -> None:
        assert World().year(CENTRES, year=2018).verdict == "behind"
        assert World().on(date(2019, 12, 31)).year(CENTRES).verdict == "behind"
        assert World().on(date(2020, 1, 1)).year(CENTRES).verdict == "not_met"

    def test_a_shared_centre_counts_for_one(self) -> None:
        world = World().having(venue("x", accepted_on="2018", shared_with=["b"]))
        result = world.year(CENTRES)
        assert (result.numerator, len(result.notes)) == (1, 1)
        assert world.ruled(shared_centre_counts=True).year(CENTRES).numerator == 2

    def test_merged_villages_count_once(self) -> None:
        world = World(below=(unit("a"), ended("b", valid_to="2019-06-30", successor="a")))
        result = world.having(venue("x", "b", accepted_on="2018")).year(CENTRES)
        assert (result.numerator, result.denominator) == (1, 1)


class TestWifi:
    def test_by_venue(self) -> None:
        rows = (venue("x", wifi=True), venue("y", "b", wifi=False), venue("q", "c", type="square", wifi=True))
        result = World().having(*rows).year(WIFI)
        assert (result.numerator, result.denominator) == (1, 2)

    def test_no_venue_has_no_value(self) -> None:
        assert World().year(WIFI).verdict == "unknown"


class TestEquipment:
    ALL = ("terminal", "stage_equipment", "broadband", "network_tv")

    def test_a_venue_needs_every_class_in_working_order(self) -> None:
        full = [asset(f"a{kind}", kind) for kind in self.ALL]
        broken = [
            asset(f"b{kind}", kind, "b", state="to_repair" if kind == "terminal" else "good")
            for kind in self.ALL
        ]
        result = World().having(venue("x"), venue("y", "b"), *full, *broken).year(EQUIPPED)
        assert (value(result), result.verdict) == ("1/2", "behind")  # due by the end of 2020
        assert result.notes == ("已配备7项，应配备8项",)

    def test_the_list_can_be_changed(self) -> None:
        world = World().having(venue("x"), asset("1", "terminal")).ruled(equipped_items="terminal")
        assert world.year(EQUIPPED).verdict == "met"

    def test_a_piece_belongs_to_the_venue_it_stands_in(self) -> None:
        library = venue("图书馆", STATION, type="library")
        station = venue("文化站", STATION, type="culture_station")
        rows = [asset(f"1{kind}", kind, STATION, place="图书馆一楼") for kind in self.ALL]
        result = World().having(library, station, *rows).year(EQUIPPED)
        assert {part.key: part.value for part in result.parts} == {"图书馆": 1, "文化站": 0}

    def test_what_was_bought_later_is_not_there_yet(self) -> None:
        world = (
            World()
            .having(venue("x"), asset("1", "terminal", acquired_on="2020-01-02"))
            .ruled(equipped_items="terminal")
        )
        assert value(world.year(EQUIPPED)) == "0"
