from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.domain.shelf import (
    SESSION,
    Shelf,
    activity,
    attendance,
    performance,
    problems,
    record_id,
    screening,
    service,
    training,
)


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        (-1, [("out_of_range", True)]),
        (0, [("unusual", False)]),
        (1, []),
        (1000, []),
        (1001, [("unusual", False)]),
        (5000, [("unusual", False)]),
        (5001, [("out_of_range", True)]),
    ],
)
def test_audience_of_a_screening(audience: int, found: list[tuple[str, bool]]) -> None:
    seen = problems("film_screening", screening(audience=audience))
    assert [(problem.code, problem.blocks) for problem in seen.values()] == found
    assert {name for name, _code in seen} <= {"audience"}


@pytest.mark.parametrize(
    ("make", "type_id", "name", "value", "blocks"),
    [
        (performance, "performance", "audience", 20000, False),
        (performance, "performance", "audience", 20001, True),
        (performance, "performance", "audience", 3001, False),
        (performance, "performance", "sessions", 0, True),
        (performance, "performance", "sessions", 7, True),
        (performance, "performance", "duration_min", 9, True),
        (performance, "performance", "duration_min", 481, True),
        (performance, "performance", "cost", "-0.01", True),
        (activity, "activity", "participants", 50001, True),
        (activity, "activity", "sessions", 0, True),
        (screening, "film_screening", "session_count", "3.5", True),
        (service, "volunteer_service", "hours", "16.5", True),
        (service, "volunteer_service", "hours", "0", True),
    ],
)
def test_limits(
    make: Callable[..., dict[str, object]], type_id: str, name: str, value: object, blocks: bool
) -> None:
    seen = problems(type_id, make(**{name: value}))
    assert {field for field, _code in seen} == {name}
    assert any(problem.blocks for problem in seen.values()) is blocks


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sessions", 6),
        ("sessions", 1),
        ("duration_min", 10),
        ("duration_min", 480),
        ("cost", "0"),
        ("audience", 3000),
    ],
)
def test_the_limits_themselves_are_allowed(name: str, value: object) -> None:
    assert problems("performance", performance(**{name: value})) == {}


@pytest.mark.parametrize(
    ("audience", "message"),
    [
        (1860, "1860 比平时（约 120）多很多，请核对。确实无误可以直接保存。"),
        (601, "601 比平时（约 120）多很多，请核对。确实无误可以直接保存。"),
        (600, None),
        (24, None),
        (23, "23 比平时（约 120）少很多，请核对。确实无误可以直接保存。"),
    ],
)
def test_far_from_the_usual_figure(audience: int, message: str | None) -> None:
    found = problems("film_screening", screening(audience=audience), shelf=Shelf(usual=120))
    assert [problem.message for problem in found.values()] == ([message] if message else [])
    assert not any(problem.blocks for problem in found.values())


def test_a_small_difference_is_never_far() -> None:
    assert problems("film_screening", screening(audience=57), shelf=Shelf(usual=8)) == {}
    assert problems("film_screening", screening(audience=58), shelf=Shelf(usual=8)) != {}


@pytest.mark.parametrize(("hours", "good"), [("2.5", True), ("2.3", False), ("0.5", True)])
def test_hours_come_in_halves(hours: str, good: bool) -> None:
    found = problems("volunteer_service", service(hours=hours))
    assert list(found) == ([] if good else [("hours", "step")])


@pytest.mark.parametrize(
    ("count", "found"), [("1", []), ("2", []), ("0.5", ["unusual"]), ("1.5", ["unusual"]), ("1.2", ["step"])]
)
def test_a_screening_is_mostly_a_whole_session(count: str, found: list[str]) -> None:
    assert [code for _name, code in problems("film_screening", screening(session_count=count))] == found


@pytest.mark.parametrize(("days", "found"), [("2", []), ("0", []), ("2.5", [("days", "too_many")])])
def test_nobody_attends_longer_than_the_training_lasts(days: str, found: list[tuple[str, str]]) -> None:
    assert list(problems("training_attendance", attendance(days=days))) == found


def test_a_training_of_unknown_length_sets_no_limit() -> None:
    assert problems("training_attendance", attendance(class_hours="40")) == {}


@pytest.mark.parametrize(
    ("total", "found"), [(3, []), (2, []), (1, [("attendance_total", "fewer_than_rows")])]
)
def test_a_training_has_at_least_those_who_signed_in(total: int, found: list[tuple[str, str]]) -> None:
    shelf = Shelf()
    for number, signed in enumerate((True, True, False)):
        shelf.put("training_attendance", record_id(100 + number), {"session_id": SESSION, "signed": signed})
    values = training(attendance_total=total)
    assert list(problems("training_session", values, shelf=shelf, record_id=SESSION)) == found


@pytest.mark.parametrize(("year", "good"), [(1899, False), (1900, True), (2019, True), (2020, False)])
def test_a_film_was_made_between_1900_and_now(year: int, good: bool) -> None:
    film = {"title": "影", "film_type": "feature", "origin": "domestic", "production_year": year}
    assert (problems("film", film) == {}) is good


@pytest.mark.parametrize("value", ["many", None, [], 1.5, True, "1e99999999999"])
def test_a_value_of_another_shape_is_passed_over(value: object) -> None:
    problems("film_screening", screening(audience=value, session_count=value))
