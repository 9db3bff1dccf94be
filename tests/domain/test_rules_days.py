from __future__ import annotations

from datetime import date

import pytest

from tests.domain.shelf import closure, log, problems, schedule, screening, service, training, volunteer


@pytest.mark.parametrize(
    ("status", "day", "found"),
    [
        ("held", "2019-11-06", []),
        ("held", "2019-11-07", [("future", True)]),
        ("planned", "2019-11-07", []),
        ("planned", "2019-11-06", []),
        ("planned", "2019-11-05", [("past_plan", False)]),
        ("draft", "2019-11-07", []),
        ("cancelled", "2019-11-06", []),
        ("cancelled", "2019-11-07", [("future", False)]),
    ],
)
def test_only_a_plan_lies_in_the_future(status: str, day: str, found: list[tuple[str, bool]]) -> None:
    seen = problems("film_screening", screening(status=status, date=day))
    assert [(problem.code, problem.blocks) for problem in seen.values()] == found


def test_the_future_is_told_in_words() -> None:
    found = problems("film_screening", screening(date="2019-11-07"))
    assert found["date", "future"].message == "这一天还没到。请核对日期，或把状态改为“已计划”。"


@pytest.mark.parametrize(
    ("release", "good"),
    [("2019-11-06", True), ("2019-11-07", False), ("2019-11", True), ("2019-12", False), ("2020", False)],
)
def test_a_film_was_released_by_today(release: str, good: bool) -> None:
    film = {"title": "影", "film_type": "feature", "origin": "domestic", "release_source": "院线公开上映日期"}
    assert (problems("film", film | {"release_date": release}) == {}) is good


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("21:30", []),
        ("00:30", []),  # past midnight it still belongs to the day it began (counting_rules G2)
        ("05:30", []),
        ("05:31", [("very_long", False)]),
        ("18:30", [("very_long", False)]),
        ("19:30", [("not_after", True)]),
    ],
)
def test_a_screening_may_end_past_midnight(end: str, found: list[tuple[str, bool]]) -> None:
    seen = problems("film_screening", screening(end_time=end))
    assert [(problem.code, problem.blocks) for problem in seen.values()] == found


@pytest.mark.parametrize(("end", "good"), [("14:31", True), ("14:30", False), ("14:29", False)])
def test_a_venue_closes_after_it_opened(end: str, good: bool) -> None:
    assert (problems("opening_log", log(to=end)) == {}) is good


@pytest.mark.parametrize(("end", "good"), [("2019-10-16", True), ("2019-10-15", False), ("2019-10-17", True)])
def test_a_training_ends_on_or_after_its_first_day(end: str, good: bool) -> None:
    found = problems("training_session", training(end_on=end))
    assert list(found) == ([] if good else [("end_on", "too_early")])


@pytest.mark.parametrize(("left", "good"), [("2019-03-02", True), ("2019-03-01", False)])
def test_a_volunteer_leaves_after_joining(left: str, good: bool) -> None:
    assert list(problems("volunteer", volunteer(left_on=left))) == (
        [] if good else [("left_on", "not_after")]
    )


@pytest.mark.parametrize(
    ("posted", "reason", "message"),
    [
        ("2019-11-01", "repair", None),
        ("2019-11-02", "repair", "只提前了6天。按规定要提前7天，请核对。"),
        ("2019-11-06", "repair", "只提前了2天。按规定要提前7天，请核对。"),
        ("2019-11-06", "weather", None),
    ],
)
def test_repairs_are_announced_a_week_ahead(posted: str, reason: str, message: str | None) -> None:
    """公共文化体育设施条例 18."""
    found = problems(
        "closure_notice",
        closure(posted_on=posted, reason=reason, **{"from": "2019-11-08", "to": "2019-11-09"}),
    )
    assert [(problem.message, problem.blocks) for problem in found.values()] == (
        [(message, False)] if message else []
    )


def test_a_closure_announced_afterwards_is_noticed() -> None:
    late = closure(posted_on="2019-11-06", **{"from": "2019-11-05", "to": "2019-11-05"})
    assert (
        problems("closure_notice", late)["posted_on", "short_notice"].message
        == "公告日期晚于停开起，请核对。"
    )


def test_slots_of_one_day_do_not_overlap() -> None:
    def slots(*times: tuple[str, str]) -> list[dict[str, object]]:
        return [{"weekday": 2, "from": start, "to": end} for start, end in times]

    touching = schedule(weekday_slots=slots(("09:00", "11:00"), ("11:00", "12:00")))
    assert problems("open_schedule", touching) == {}
    crossing = schedule(weekday_slots=slots(("09:00", "11:01"), ("11:00", "12:00")))
    found = problems("open_schedule", crossing)["weekday_slots", "slot_overlap"]
    assert found.blocks
    assert found.message == "周二 09:00-11:01 和 11:00-12:00 重叠，请改一个。"


def test_service_past_midnight_is_possible() -> None:
    assert problems("volunteer_service", service(**{"from": "22:00", "to": "00:30"})) == {}


@pytest.mark.parametrize("value", [20191105, "2019-11", "soon", None, ["2019-11-05"]])
def test_a_day_of_another_shape_is_passed_over(value: object) -> None:
    problems("film_screening", screening(date=value, end_time=value), today=date(2019, 1, 1))
