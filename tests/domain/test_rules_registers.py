"""The registers of a village centre: one good record of each, and both sides of what limits it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.registers import ASSET, GOOD, good
from tests.domain.shelf import FACILITY, STAFF, VOLUNTEER, Shelf, problems, record_id, screening, service

OTHER, THIRD = record_id(60), record_id(61)
LIBRARY = record_id(62)


def shelf_with_asset(**changes: object) -> Shelf:
    shelf = Shelf()
    shelf.put("asset", ASSET, good("asset", **changes))
    return shelf


def codes(
    type_id: str, *, shelf: Shelf | None = None, today: date | None = None, **changes: object
) -> list[tuple]:
    on = {} if today is None else {"today": today}
    shelf = shelf or (Shelf() if type_id == "asset" else shelf_with_asset())
    found = problems(type_id, good(type_id, **changes), shelf=shelf, **on)
    return [(name, code, problem.blocks) for (name, code), problem in found.items()]


@pytest.mark.parametrize("type_id", GOOD)
def test_a_good_record_is_not_complained_of(type_id: str) -> None:
    assert codes(type_id) == []


@pytest.mark.parametrize(
    ("type_id", "changes", "found"),
    [
        ("online_learning", {"class_hours": "0.1"}, []),
        ("online_learning", {"class_hours": "0"}, [("class_hours", "out_of_range", True)]),
        ("online_learning", {"class_hours": "200"}, [("class_hours", "unusual", False)]),
        ("online_learning", {"class_hours": "200.1"}, [("class_hours", "out_of_range", True)]),
        ("online_learning", {"platform": "other"}, [("platform_name", "required", True)]),
        ("online_learning", {"platform": "other", "platform_name": "省云平台"}, []),
        ("library_acquisition", {"titles": 80}, []),
        ("library_acquisition", {"titles": 81}, [("titles", "too_many", True)]),
        ("library_acquisition", {"source": "transfer", "is_new": False}, []),
        ("library_acquisition", {"source": "transfer"}, [("is_new", "must_be_empty", True)]),
        ("library_acquisition", {"volumes": None}, [("volumes", "required", True)]),
        # A withdrawal is a batch of its own: nothing came in.
        ("library_acquisition", {"withdrawn": 15, "source": None, "titles": None, "volumes": None}, []),
        ("library_visit", {"person_times": 0}, []),
        ("library_visit", {"person_times": 10000}, [("person_times", "unusual", False)]),
        ("library_visit", {"person_times": 10001}, [("person_times", "out_of_range", True)]),
        ("library_visit", {"person_times": None}, [("person_times", "required", True)]),
        ("asset", {"quantity": 0}, [("quantity", "out_of_range", True)]),
        ("asset", {"stamped_list_on": "2018-06-12"}, []),
        ("asset", {"stamped_list_on": "2018-06-11"}, [("stamped_list_on", "too_early", True)]),
        ("asset_check", {"damaged": 2}, []),
        ("asset_check", {"damaged": 3}, [("damaged", "too_many", True)]),
        ("feedback", {"closed_on": "2019-10-20", "handled_by": "苏惠芳", "reply": "已延长到九点。"}, []),
        ("feedback", {"closed_on": "2019-10-20", "handled_by": "苏惠芳"}, [("reply", "required", True)]),
        (
            "feedback",
            {"closed_on": "2019-10-19", "handled_by": "苏惠芳", "reply": "好"},
            [("closed_on", "too_early", True)],
        ),
        ("satisfaction_survey", {"forms": None}, []),
        ("satisfaction_survey", {"forms": 31}, [("forms", "sum", True)]),
        ("satisfaction_survey", {"n1": -1, "forms": None}, [("n1", "out_of_range", True)]),
        ("population", {"year": 2019}, []),
        ("population", {"year": 2020}, [("year", "out_of_range", True)]),
        ("culture_work", {"award_level": "city"}, [("award", "required", True)]),
        ("fund_use", {"amount": "0.01"}, []),
        ("fund_use", {"amount": "0"}, [("amount", "out_of_range", True)]),
        ("fund_use", {"voucher_no": None, "status": "held"}, [("voucher_no", "expected", False)]),
        ("fund_use", {"voucher_no": None, "entry": "granted", "status": "held"}, []),
        ("safety_check", {"result": "hazard", "hazards": "灭火器过期", "fixed_on": "2019-10-08"}, []),
        ("safety_check", {"result": "hazard", "fixed_on": "2019-10-09"}, [("hazards", "required", True)]),
        ("safety_check", {"result": "hazard", "hazards": "灭火器过期"}, [("fixed_on", "expected", False)]),
        ("meeting", {"attendees": None}, [("attendees", "required", True)]),
        ("meeting", {"status": "planned", "date": "2019-11-20", "attendees": None, "minutes": None}, []),
        (
            "quarterly_report",
            {"submitted_on": "2019-11-05", "system_design": "无", "interim_results": "无"},
            [],
        ),
        (
            "quarterly_report",
            {"submitted_on": "2019-11-05", "system_design": "无"},
            [("interim_results", "required", True)],
        ),
        ("annual_report", {"published_on": "2019-03-01", "sections": None}, [("sections", "required", True)]),
    ],
)
def test_the_limits_of_a_register(type_id: str, changes: dict[str, object], found: list[tuple]) -> None:
    assert codes(type_id, **changes) == found


# -- a stock follows from the one before -------------------------------------------------------


def stock_shelf(*moves: dict[str, object], before: int = 1800) -> Shelf:
    shelf = Shelf()
    last = good("library_collection_snapshot", on="2019-09-30", volumes=before)
    shelf.put("library_collection_snapshot", OTHER, last)
    for number, move in enumerate(moves):
        shelf.put("library_acquisition", record_id(70 + number), good("library_acquisition", **move))
    return shelf


@pytest.mark.parametrize(
    ("volumes", "remark", "found"),
    [
        (1880, None, []),
        (1879, None, [("remark", "carried_forward", True)]),
        (1879, "一册遗失，已赔偿。", []),
    ],
)
def test_a_stock_is_the_last_one_and_what_came_since(
    volumes: int, remark: str | None, found: list[tuple]
) -> None:
    shelf = stock_shelf({"volumes": 95, "date": "2019-10-09"}, _withdrawal("2019-10-31", 15))
    assert codes("library_collection_snapshot", shelf=shelf, volumes=volumes, remark=remark) == found


def _withdrawal(day: str, withdrawn: int) -> dict[str, object]:
    return {"date": day, "withdrawn": withdrawn, "volumes": None, "titles": None, "source": None}


@pytest.mark.parametrize(
    ("day", "counts"), [("2019-09-30", False), ("2019-10-01", True), ("2019-11-01", False)]
)
def test_only_what_came_between_the_two_counts(day: str, counts: bool) -> None:
    shelf = stock_shelf({"volumes": 80, "date": day})
    volumes = 1880 if counts else 1800
    assert codes("library_collection_snapshot", shelf=shelf, volumes=volumes) == []


def test_the_first_stock_has_nothing_before_it_and_another_room_is_another_stock() -> None:
    assert codes("library_collection_snapshot", shelf=Shelf(), volumes=5) == []
    shelf = stock_shelf()
    shelf.put("facility", LIBRARY, {"name": "农家书屋"})
    assert codes("library_collection_snapshot", shelf=shelf, volumes=5, facility_id=LIBRARY) == []


def test_the_difference_is_told_in_figures() -> None:
    found = problems("library_collection_snapshot", good("library_collection_snapshot"), shelf=stock_shelf())
    message = found["remark", "carried_forward"].message
    assert message == "上次 1800，入藏 0，剔旧 0，应是 1800。1880 无误的话请写明原因。"


# -- what was found makes up the register --------------------------------------------------------


@pytest.mark.parametrize(
    ("counted", "missing", "state", "agrees"),
    [(2, 0, "good", True), (1, 1, "to_repair", True), (1, 0, "good", False), (3, 0, "good", False)],
)
def test_what_was_found_and_what_is_missing_make_up_the_register(
    counted: int, missing: int, state: str, agrees: bool
) -> None:
    found = codes(
        "asset_check",
        shelf=shelf_with_asset(state=state),
        counted=counted,
        missing=missing,
        findings="一台电视待查。" if missing else None,
    )
    assert found == ([] if agrees else [("counted", "makes_up", False)])


def test_scrapped_and_later_assets_are_not_counted() -> None:
    shelf = shelf_with_asset(state="scrapped")
    assert codes("asset_check", shelf=shelf) == []  # an empty register says nothing
    shelf.put("asset", OTHER, good("asset", asset_no="ZC-2019-001", acquired_on="2019-11-02", quantity=5))
    assert codes("asset_check", shelf=shelf) == []
    shelf.put("asset", THIRD, good("asset", asset_no="ZC-2019-002", acquired_on="2019-11-01", quantity=3))
    assert codes("asset_check", shelf=shelf) == [("counted", "makes_up", False)]


def test_what_is_missing_is_named() -> None:
    found = codes("asset_check", counted=1, missing=1)
    assert found == [("findings", "expected", False)]


# -- days after another day ----------------------------------------------------------------------


@pytest.mark.parametrize(("due", "found"), [("2019-11-11", []), ("2019-11-12", [("due_on", "late", False)])])
def test_a_loan_is_usually_for_ten_days(due: str, found: list[tuple]) -> None:
    assert codes("asset_loan", due_on=due) == found


def test_a_long_loan_is_told_in_words() -> None:
    found = problems("asset_loan", good("asset_loan", due_on="2019-11-13"), shelf=shelf_with_asset())
    assert found["due_on", "late"].message == "比“借出日期”后通常的10天多了2天。"


@pytest.mark.parametrize(
    ("today", "back", "found"),
    [
        (date(2019, 11, 11), None, []),
        (date(2019, 11, 12), None, [("returned_on", "overdue", False)]),
        (date(2019, 11, 20), "2019-11-11", []),
        (date(2019, 11, 20), "2019-11-12", [("returned_on", "late", False)]),
    ],
)
def test_what_was_lent_comes_back_in_time(today: date, back: str | None, found: list[tuple]) -> None:
    assert codes("asset_loan", today=today, returned_on=back) == found


@pytest.mark.parametrize(
    ("today", "handed_in", "found"),
    [
        (date(2019, 11, 10), None, []),
        (date(2019, 11, 11), None, [("submitted_on", "overdue", False)]),
        (date(2019, 11, 11), "2019-11-10", []),
        (date(2019, 11, 11), "2019-11-11", [("submitted_on", "late", False)]),
    ],
)
def test_a_report_is_in_time_on_its_last_day(today: date, handed_in: str | None, found: list[tuple]) -> None:
    assert codes("monthly_report", today=today, submitted_on=handed_in) == found


@pytest.mark.parametrize(("quantity", "found"), [(2, []), (3, [("quantity", "too_many", True)])])
def test_no_more_is_lent_than_there_is(quantity: int, found: list[tuple]) -> None:
    assert codes("asset_loan", quantity=quantity) == found


# -- one of a kind -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_id", "same", "other"),
    [
        ("asset", {}, {"asset_no": "ZC-2018-004"}),
        ("library_visit", {}, {"date": "2019-10-10"}),
        ("library_collection_snapshot", {}, {"on": "2019-10-30"}),
        ("work_log", {}, {"date": "2019-11-04"}),
        ("satisfaction_survey", {}, {"object": "library"}),
        ("satisfaction_survey", {}, {"period": "2019-Q2"}),
        ("population", {}, {"version": 2}),
        ("population", {}, {"basis": "hukou"}),
        (
            "online_learning",
            {"course": "另一门课", "finished_on": "2019-10-13"},
            {"certificate_no": "YC2019-0013"},
        ),
        ("monthly_report", {}, {"period": "2019-09"}),
        ("quarterly_report", {}, {"due_on": "2019-09-05"}),
        ("annual_report", {}, {"year": 2017}),
        ("asset_check", {}, {"date": "2019-10-31"}),
    ],
)
def test_one_of_a_kind(type_id: str, same: dict[str, object], other: dict[str, object]) -> None:
    shelf = Shelf()
    if type_id != "asset":
        shelf = shelf_with_asset()
    shelf.put(type_id, OTHER, good(type_id))
    found = {code for _name, code, blocks in codes(type_id, shelf=shelf, **same) if blocks}
    assert found == {"one_per"}
    assert not [code for _name, code, blocks in codes(type_id, shelf=shelf, **same, **other) if blocks]


# -- a person's day, and a show that is made up for ----------------------------------------------


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        ("3", []),
        ("3.5", [("hours", "day_total", False)]),
        ("16", [("hours", "unusual", False), ("hours", "day_total", False)]),
    ],
)
def test_the_hours_of_a_day_add_up(hours: str, found: list[tuple]) -> None:
    shelf = Shelf()
    shelf.put("volunteer_service", OTHER, service(hours="5", activity_name="上午", **_no_times()))
    seen = problems("volunteer_service", service(hours=hours, **_no_times()), shelf=shelf)
    assert [(name, code, problem.blocks) for (name, code), problem in seen.items()] == found


def _no_times() -> dict[str, object]:
    return {"from": None, "to": None}


@pytest.mark.parametrize(("hours", "possible"), [("8", True), ("8.5", False)])
def test_a_day_has_24_hours(hours: str, possible: bool) -> None:
    shelf = Shelf()
    shelf.put("volunteer_service", OTHER, service(hours="16", activity_name="通宵值守", **_no_times()))
    seen = problems("volunteer_service", service(hours=hours, **_no_times()), shelf=shelf)
    assert any(problem.blocks for problem in seen.values()) is not possible


def test_another_volunteer_has_a_day_of_their_own() -> None:
    shelf = Shelf()
    shelf.put("volunteer", THIRD, {"name": "黄丽华"})
    shelf.put("volunteer_service", OTHER, service(hours="16", volunteer_id=THIRD, **_no_times()))
    assert problems("volunteer_service", service(hours="8", **_no_times()), shelf=shelf) == {}
    assert VOLUNTEER != THIRD


def test_a_cancelled_show_is_made_up_once_and_not_before_it() -> None:
    shelf = Shelf()
    shelf.put(
        "film_screening", OTHER, screening(status="cancelled", date="2019-10-20", receipt_no="GZ-2019-1")
    )
    again = screening(date="2019-10-20", start_time="15:00", makeup_of=OTHER)
    assert problems("film_screening", again, shelf=shelf) == {}
    early = problems("film_screening", again | {"date": "2019-10-19"}, shelf=shelf)
    assert list(early) == [("date", "too_early")]
    shelf.put("film_screening", THIRD, screening(date="2019-10-27", receipt_no="GZ-2019-2", makeup_of=OTHER))
    assert list(problems("film_screening", again, shelf=shelf)) == [("makeup_of", "not_unique")]


def test_staff_and_room_are_looked_up() -> None:
    assert codes("work_log", staff_id=record_id(99)) == [("staff_id", "missing_reference", True)]
    assert codes("library_visit", facility_id=record_id(99)) == [("facility_id", "missing_reference", True)]
    assert STAFF != FACILITY
