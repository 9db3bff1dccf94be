"""Volunteers and staff (tasks.json 19.1, 25.2–25.4): by the text of each rule and its edge cases."""

from __future__ import annotations

from datetime import date

import pytest

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import STATION, World, codes, row, value

SHARE, HOURS = "volunteer_population_permille", "volunteer_hours_per_capita"
DAYS, CLASSES = "staff_training_days", "staff_online_class_hours"
STATION_POSTS, VILLAGE_POSTS = "station_established_staff_count", "village_funded_post_rate"


def volunteer(record_id: str, village: str = "a", **values: object) -> Row:
    given = {"name": "苏丽珍", "platform_no": f"ZS{record_id}", "registered_on": "2018-05-01", **values}
    return row("volunteer", village, record_id, **given)


def service(record_id: str, who: str, hours: str, day: str = "2019-03-10", **values: object) -> Row:
    return row("volunteer_service", "a", record_id, volunteer_id=who, date=day, hours=hours, **values)


def member(record_id: str, village: str = "a", **values: object) -> Row:
    given = {"name": record_id, "employment": "contract", "in_post_from": "2017-01-01", **values}
    return row("staff", village, record_id, **given)


def session(record_id: str, day: str = "2019-03-10", **values: object) -> Row:
    given = {"title": record_id, "kind": "centralised", "sessions": 1, "days": "3", **values}
    return row("training_session", STATION, record_id, start_on=day, **given)


def attended(record_id: str, course: str, who: str, days: str, **values: object) -> Row:
    given = {"session_id": course, "staff_id": who, "days": days, "signed": True, **values}
    return row("training_attendance", "a", record_id, **given)


def online(record_id: str, who: str, hours: str, day: str = "2019-03-10", **values: object) -> Row:
    given = {"staff_id": who, "platform": "national", "class_hours": hours, **values}
    return row("online_learning", "a", record_id, finished_on=day, **given)


class TestVolunteers:
    def test_three_in_a_thousand(self) -> None:
        world = World().residents(1000).having(*(volunteer(str(n)) for n in range(3)))
        result = world.year(SHARE)
        assert (value(result), result.numerator, result.verdict) == ("3", 3, "met")

    @pytest.mark.parametrize(("residents", "needed"), [(150_000, 450), (233_502, 701)])
    def test_the_need_of_the_seed(self, residents: int, needed: int) -> None:
        enough = World().residents(residents).having(*(volunteer(str(n)) for n in range(needed)))
        assert enough.year(SHARE).verdict == "met"
        fewer = World().residents(residents).having(*(volunteer(str(n)) for n in range(needed - 1)))
        assert fewer.year(SHARE).verdict == "not_met"

    def test_one_person_in_two_villages_is_one(self) -> None:
        twice = (volunteer("1", platform_no="ZS9"), volunteer("2", "b", platform_no="ZS9"))
        result = World().residents(1000).having(*twice).year(SHARE)
        assert (result.numerator, codes(result)) == (1, {"2": "same_person"})

    def test_a_name_alone_does_not_make_one_person(self) -> None:
        bare = {"platform_no": None}
        world = World().residents(1000)
        assert world.having(volunteer("1", **bare), volunteer("2", "b", **bare)).year(SHARE).numerator == 2
        known = {**bare, "birth_ym": "1980-03", "phone": "13800000000"}
        assert world.having(volunteer("1", **known), volunteer("2", "b", **known)).year(SHARE).numerator == 1

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"left_on": "2019-12-31"}, "left"),
            ({"registered_on": "2020-01-01"}, "not_registered_yet"),
            ({"status": "void"}, "void"),
        ],
    )
    def test_who_is_out_at_the_end_of_the_year(self, given: dict[str, object], code: str) -> None:
        result = World().residents(1000).having(volunteer("1", **given)).year(SHARE)
        assert (result.numerator, codes(result)) == (0, {"1": code})

    def test_a_minor_counts(self) -> None:
        child = volunteer("1", birth_ym="2008-01", guardian_consent=True)
        assert World().residents(1000).having(child).year(SHARE).numerator == 1


class TestHours:
    def test_an_average_and_how_many_reach_it(self) -> None:
        world = World().having(
            volunteer("1"), volunteer("2"), service("s1", "1", "20"), service("s2", "2", "10")
        )
        result = world.year(HOURS)
        assert (value(result), result.verdict) == ("15", "met")
        assert result.notes == ("满15小时的有1人。",)

    def test_half_hours_are_exact(self) -> None:
        world = World().having(
            volunteer("1"), *(service(f"s{n}", "1", "0.5", f"2019-03-{n + 1:02d}") for n in range(29))
        )
        assert (value(world.year(HOURS)), world.year(HOURS).verdict) == ("29/2", "not_met")

    def test_hours_of_who_left_still_count(self) -> None:
        world = World().having(volunteer("1"), volunteer("2", left_on="2019-06-30"), service("s", "2", "15"))
        assert value(world.year(HOURS)) == "15"

    def test_unconfirmed_and_doubled_entries_do_not(self) -> None:
        rows = (
            service("s1", "1", "5", external_ref="I-1"),
            service("s2", "1", "5", "2019-04-01", external_ref="I-1"),
            service("s3", "1", "5", "2019-05-01", confirmed_by=None),
        )
        result = World().having(volunteer("1"), *rows).year(HOURS)
        assert (value(result), codes(result)) == ("5", {"s2": "same_reference", "s3": "not_confirmed"})

    def test_registered_in_december_weighs_fully_or_by_the_mean(self) -> None:
        world = World().having(
            volunteer("1"), volunteer("2", registered_on="2019-12-01"), service("s", "1", "26")
        )
        assert value(world.year(HOURS)) == "13"
        assert value(world.ruled(volunteers_of="month_ends").year(HOURS)) == "24"

    def test_no_volunteer_has_no_value(self) -> None:
        assert World().year(HOURS).verdict == "unknown"


class TestTrainingDays:
    def test_persons_with_five_days(self) -> None:
        rows = (
            session("c1"),
            session("c2", "2019-09-01"),
            attended("1", "c1", "x", "2.5"),
            attended("2", "c2", "x", "2.5"),
            attended("3", "c1", "y", "3"),
        )
        result = World().having(member("x"), member("y"), *rows).year(DAYS)
        assert (result.numerator, result.denominator) == (1, 2)
        assert [(part.key, str(part.value), part.verdict) for part in result.parts] == [
            ("x", "5", "met"),
            ("y", "3", "not_met"),
        ]

    @pytest.mark.parametrize(
        ("course", "given", "code"),
        [
            ({}, {"signed": False}, "not_signed"),
            ({"kind": "remote"}, {}, "not_centralised"),
            ({"status": "cancelled"}, {}, "session_not_held"),
        ],
    )
    def test_what_does_not_count(
        self, course: dict[str, object], given: dict[str, object], code: str
    ) -> None:
        result = (
            World()
            .having(member("x"), session("c", **course), attended("1", "c", "x", "5", **given))
            .year(DAYS)
        )
        assert (result.numerator, codes(result)) == (0, {"1": code})

    def test_a_course_of_another_year_is_of_that_year(self) -> None:
        world = World().having(member("x"), session("c", "2018-12-30"), attended("1", "c", "x", "5"))
        assert world.year(DAYS).numerator == 0
        assert world.year(DAYS, year=2018).numerator == 1

    def test_part_of_the_year_is_listed_and_judged_from_six_months(self) -> None:
        world = World().having(
            member("new", in_post_from="2019-09-01"),
            member("half", in_post_from="2019-07-01"),
            member("gone", in_post_to="2019-11-30"),
        )
        result = world.year(DAYS)
        assert {part.key: part.verdict for part in result.parts} == {
            "new": "none",
            "half": "not_met",
            "gone": "none",
        }
        assert result.denominator == 1
        assert all("不满全年" in part.note for part in result.parts)
        assert world.ruled(staff_min_months=4).year(DAYS).denominator == 2

    def test_a_person_at_two_units_is_one(self) -> None:
        same = {"name": "苏丽珍", "phone": "13800000000"}
        rows = (member("x", **same), member("y", "b", **same), session("c"), session("d", "2019-04-01"))
        world = World().having(*rows, attended("1", "c", "x", "3"), attended("2", "d", "y", "2"))
        result = world.year(DAYS)
        assert (result.numerator, result.denominator) == (1, 1)

    def test_no_staff_has_no_value(self) -> None:
        assert World().year(DAYS).verdict == "unknown"


class TestClassHours:
    def test_the_figure_of_the_national_platform(self) -> None:
        rows = (online("1", "x", "30.5"), online("2", "x", "19.5"), online("3", "x", "40", platform="other"))
        result = World().having(member("x"), *rows).year(CLASSES)
        assert (result.numerator, codes(result)) == (1, {"3": "other_platform"})

    def test_a_certificate_counts_once_and_the_year_of_completion_decides(self) -> None:
        rows = (
            online("1", "x", "30", certificate_no="C1"),
            online("2", "x", "30", "2019-05-01", certificate_no="C1"),
            online("3", "x", "30", "2018-12-31"),
        )
        result = World().having(member("x"), *rows).year(CLASSES)
        assert (str(result.parts[0].value), codes(result)) == ("30", {"2": "same_certificate"})

    def test_another_platform_can_be_let_count(self) -> None:
        world = World().having(member("x"), online("1", "x", "50", platform="other"))
        assert world.ruled(online_platforms="national other").year(CLASSES).verdict == "met"


class TestPosts:
    def test_established_staff_of_the_station(self) -> None:
        rows = (
            *(member(f"e{n}", STATION, employment="established") for n in range(5)),
            member("c", STATION),
            member("s", STATION, employment="seconded"),
            member("gone", STATION, employment="established", in_post_to="2019-05-31"),
            member("v", "a", employment="established"),
        )
        result = World().having(*rows).year(STATION_POSTS)
        assert (value(result), result.verdict) == ("5", "met")
        assert codes(result) == {"c": "not_established", "s": "not_established", "gone": "left"}

    def test_a_unit_needs_somebody_in_a_funded_post(self) -> None:
        funded = {"employment": "funded_public_post"}
        rows = (
            member("x", "a", **funded),
            member("y", "s", **funded),
            member("z", "b"),
            member("t", STATION, **funded),
        )
        result = World().having(*rows).year(VILLAGE_POSTS)
        assert (result.numerator, result.denominator, result.verdict) == (2, 4, "not_met")

    def test_one_person_counts_for_one_village(self) -> None:
        both = {"employment": "funded_public_post", "name": "苏丽珍", "phone": "13800000000"}
        result = World().having(member("x", "a", **both), member("y", "b", **both)).year(VILLAGE_POSTS)
        assert (result.numerator, codes(result)) == (1, {"y": "same_person"})

    def test_a_vacancy_is_told_and_may_have_days_of_grace(self) -> None:
        left = member("x", "a", employment="funded_public_post", in_post_to="2019-12-10")
        result = World().having(left).year(VILLAGE_POSTS)
        assert (result.numerator, result.parts[0].note) == (0, "2019-12-10起空缺")
        assert World().having(left).ruled(post_vacancy_days=30).year(VILLAGE_POSTS).numerator == 1

    def test_its_deadline_was_the_end_of_2018(self) -> None:
        assert World().on(date(2019, 3, 1)).year(VILLAGE_POSTS).verdict == "not_met"
        assert World().on(date(2018, 3, 1)).year(VILLAGE_POSTS, year=2018).verdict == "behind"
