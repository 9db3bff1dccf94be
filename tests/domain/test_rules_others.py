"""A record beside others: suspected duplicates (counting_rules G9), overlaps, one of a kind."""

from __future__ import annotations

import pytest

from tests.domain.shelf import (
    STAFF,
    Shelf,
    activity,
    attendance,
    log,
    performance,
    problems,
    record_id,
    screening,
    service,
    volunteer,
    without,
)

OTHER = record_id(50)


def beside(
    type_id: str, other: dict[str, object], values: dict[str, object]
) -> list[tuple[str | None, str, bool]]:
    shelf = Shelf()
    shelf.put(type_id, OTHER, other)
    found = problems(type_id, values, shelf=shelf)
    return [(name, code, problem.blocks) for (name, code), problem in found.items()]


@pytest.mark.parametrize(
    ("start", "suspected"),
    [("19:30", True), ("19:00", True), ("20:00", True), ("18:59", False), ("20:01", False)],
)
def test_a_screening_within_half_an_hour_is_suspected(start: str, suspected: bool) -> None:
    other = screening(receipt_no="GZ-2019-1106", start_time=start)
    expected = [("start_time", "duplicate", False)] if suspected else []
    assert beside("film_screening", other, screening()) == expected


def test_the_duplicate_is_named() -> None:
    shelf = Shelf()
    shelf.put("film_screening", OTHER, screening(receipt_no="GZ-2019-1106", start_time="19:20"))
    found = problems("film_screening", screening(), shelf=shelf)
    assert found["start_time", "duplicate"].message == "2019-11-05 19:20 已登记过一条，请看是不是重复。"


@pytest.mark.parametrize(
    "changes",
    [{"date": "2019-11-04"}, {"status": "cancelled"}, {"status": "void"}],
)
def test_another_day_or_a_cancelled_show_is_no_duplicate(changes: dict[str, object]) -> None:
    assert beside("film_screening", screening(receipt_no="x", **changes), screening()) == []


def test_a_cancelled_record_is_no_duplicate() -> None:
    assert beside("film_screening", screening(receipt_no="x"), screening(status="cancelled")) == []


def test_a_record_is_not_its_own_duplicate() -> None:
    shelf = Shelf()
    shelf.put("film_screening", OTHER, screening())
    assert problems("film_screening", screening(), shelf=shelf, record_id=OTHER) == {}


@pytest.mark.parametrize(
    ("changes", "suspected"),
    [
        ({}, True),
        ({"name": "《重阳节 敬老茶话会》"}, True),
        ({"participants": 40}, True),
        ({"name": "重阳节登高"}, False),
        ({"start_time": "09:01"}, False),
        ({"date": "2019-10-08"}, False),
    ],
)
def test_same_day_time_and_title_is_suspected(changes: dict[str, object], suspected: bool) -> None:
    expected = [("start_time", "duplicate", False)] if suspected else []
    assert beside("activity", activity(**changes), activity()) == expected


def test_what_is_still_to_be_filled_in_is_not_suspected() -> None:
    found = beside("performance", performance(), without(performance(), "title"))
    assert found == [("title", "required", True)]


@pytest.mark.parametrize(
    ("other", "suspected"),
    [
        ({"title": "影", "production_year": 2018}, True),
        ({"title": "影"}, True),
        ({"title": "影", "production_year": 1998}, False),
    ],
)
def test_a_remake_is_another_film(other: dict[str, object], suspected: bool) -> None:
    film = {"title": "影", "film_type": "feature", "origin": "domestic", "production_year": 2018}
    expected = [("title", "duplicate", False)] if suspected else []
    assert beside("film", other, film) == expected


def test_two_volunteers_may_share_a_name() -> None:
    other = volunteer(platform_no="1", birth_ym="1970-01")
    assert beside("volunteer", other, volunteer(birth_ym="1968-05")) == []
    assert beside("volunteer", other, volunteer()) == [("name", "duplicate", False)]


def test_one_platform_number_is_one_person() -> None:
    other = volunteer(name="李秀瑛")
    assert beside("volunteer", other, volunteer()) == [("platform_no", "not_unique", False)]


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        ("17:30", "18:00", False),
        ("17:29", "18:00", True),
        ("12:00", "14:30", False),
        ("12:00", "14:31", True),
        ("15:00", "16:00", True),
    ],
)
def test_a_venue_is_logged_once_at_a_time(start: str, end: str, overlaps: bool) -> None:
    other = log(**{"from": start, "to": end})
    assert beside("opening_log", other, log()) == ([("from", "overlap", True)] if overlaps else [])
    assert beside("opening_log", other | {"facility_id": record_id(60)}, log()) == []
    assert beside("opening_log", other | {"date": "2019-11-04"}, log()) == []


def test_nobody_serves_twice_at_once() -> None:
    other = service(activity_name="图书整理", **{"from": "10:30", "to": "12:00"})
    assert beside("volunteer_service", other, service()) == [("from", "overlap", True)]
    assert beside("volunteer_service", other | {"volunteer_id": STAFF}, service()) == []
    assert beside("volunteer_service", without(other, "to"), service()) == []


def test_late_service_overlaps_past_midnight() -> None:
    other = service(activity_name="图书整理", **{"from": "22:00", "to": "00:30"})
    assert beside("volunteer_service", other, service(**{"from": "23:00", "to": "23:30"})) == [
        ("from", "overlap", True)
    ]


def test_one_row_per_person_and_session() -> None:
    assert beside("training_attendance", attendance(days="1"), attendance()) == [
        ("staff_id", "one_per", True)
    ]
    resident = without(attendance(), "staff_id") | {"name": "陈小明"}
    assert beside("training_attendance", resident, resident) == []
    assert beside("training_attendance", attendance(status="void"), attendance()) == []


def test_one_sheet_per_month() -> None:
    sheet: dict[str, object] = {
        "month": "2019-10",
        "filled_by": "苏惠芳",
        "checked_by": "梁德明",
        "signed_on": "2019-11-05",
    }
    assert ("month", "one_per", True) in beside("monthly_sheet", sheet, sheet)
    assert beside("monthly_sheet", sheet | {"month": "2019-09"}, sheet) == []
