from __future__ import annotations

import pytest

from gzdesk.domain.rules import Problem, may_save
from gzdesk.i18n import set_language
from tests.domain.shelf import (
    CANCELLED_SHOW,
    GOOD,
    activity,
    attendance,
    closure,
    performance,
    problems,
    schedule,
    screening,
    training,
    volunteer,
    without,
)


@pytest.mark.parametrize("type_id", GOOD)
def test_a_good_record_has_no_problem(type_id: str) -> None:
    assert problems(type_id, GOOD[type_id]()) == {}


def test_a_cancelled_screening_needs_its_reason_and_nothing_of_the_show() -> None:
    assert problems("film_screening", screening(status="cancelled")) == {}
    found = problems("film_screening", without(screening(status="cancelled"), "cancel_reason"))
    assert found["cancel_reason", "required"].blocks
    assert found["cancel_reason", "required"].message == "还没填取消原因。"


@pytest.mark.parametrize(
    ("name", "value"), [("audience", 136), ("audience", 0), ("confirmed_by", "苏广强"), ("stamped", True)]
)
def test_a_cancelled_screening_had_no_audience(name: str, value: object) -> None:
    found = problems("film_screening", screening(status="cancelled") | {name: value})
    assert list(found) == [(name, "must_be_empty")]
    assert found[name, "must_be_empty"].blocks
    assert found[name, "must_be_empty"].message.startswith("“已取消”的不填")


def test_a_box_that_is_not_ticked_counts_as_empty() -> None:
    assert problems("film_screening", screening(status="cancelled") | {"stamped": False}) == {}


@pytest.mark.parametrize("name", ["date", "start_time", "place", "place_kind", "film_id", "format", "team"])
@pytest.mark.parametrize("status", ["held", "planned", "cancelled"])
def test_what_the_paper_asks_for_is_required(name: str, status: str) -> None:
    values = without(
        screening(status=status, date="2019-11-07" if status == "planned" else "2019-11-05"), name
    )
    assert problems("film_screening", values)[name, "required"].blocks


@pytest.mark.parametrize("name", ["audience", "confirmed_by"])
def test_what_is_known_only_afterwards_is_required_once_held(name: str) -> None:
    assert problems("film_screening", without(screening(), name))[name, "required"].blocks
    planned = without(screening(status="planned", date="2019-11-07"), name)
    assert (name, "required") not in problems("film_screening", planned)


def test_the_message_says_what_is_missing_and_where_to_find_it() -> None:
    values = without(screening(), "confirmed_by")
    key = ("confirmed_by", "required")
    assert problems("film_screening", values)[key].message == "还没填村确认人。请填回执单上签字的人。"
    set_language("en")
    message = "Confirmed by is missing. Enter who signed the receipt."
    assert problems("film_screening", values)[key].message == message


def test_a_status_left_out_means_held() -> None:
    values = without(screening(), "status", "audience")
    assert ("audience", "required") in problems("film_screening", values)


@pytest.mark.parametrize("values", [screening(stamped=False), without(screening(), "stamped")])
def test_a_missing_stamp_is_a_warning(values: dict[str, object]) -> None:
    found = problems("film_screening", values)
    assert list(found) == [("stamped", "expected")]
    assert not found["stamped", "expected"].blocks
    assert found["stamped", "expected"].message == "“村盖章”还没勾。回执单盖了章再勾上。"


def test_a_screening_without_a_receipt_number_is_only_logged() -> None:
    found = problems("film_screening", without(screening(), "receipt_no"))
    assert [(key, problem.blocks) for key, problem in found.items()] == [(("receipt_no", "expected"), False)]
    assert problems("film_screening", without(screening(status="cancelled"), "receipt_no")) == {}


def test_a_screening_that_broke_off_needs_a_reason() -> None:
    assert problems("film_screening", screening(completed=False))["interrupt_reason", "required"].blocks
    assert problems("film_screening", screening(completed=False, interrupt_reason="停电")) == {}


def test_a_release_date_needs_its_source() -> None:
    film = {"title": "影", "film_type": "feature", "origin": "domestic"}
    assert problems("film", film) == {}
    assert problems("film", film | {"release_date": "2018"})["release_source", "required"].blocks
    assert problems("film", film | {"release_date": "2018", "release_source": "院线公开上映日期"}) == {}


@pytest.mark.parametrize(("kind", "missing"), [("centralised", "days"), ("remote", "class_hours")])
def test_staff_training_is_measured(kind: str, missing: str) -> None:
    found = problems("training_session", training(kind=kind))
    assert list(found) == [(missing, "required")]
    assert problems("training_session", training(kind=kind, days="1", class_hours="8")) == {}


def test_an_attendance_names_a_member_of_staff_or_a_resident() -> None:
    nobody = without(attendance(), "staff_id")
    assert set(problems("training_attendance", nobody)) == {("staff_id", "required"), ("name", "required")}
    assert problems("training_attendance", nobody | {"name": "李秀英"}) == {}


@pytest.mark.parametrize(
    ("born", "is_minor"),
    [("2001-03", True), ("2001-02", False), ("2001-04", True), ("1968-05", False)],
)
def test_a_minor_needs_a_guardian(born: str, is_minor: bool) -> None:
    """Registered on 2019-03-01: whoever may have been born on 2001-03-02 or later may be under 18."""
    found = problems("volunteer", volunteer(birth_ym=born))
    expected = {("guardian", "required"), ("guardian_consent", "required")} if is_minor else set()
    assert set(found) == expected


@pytest.mark.parametrize(("day", "is_minor"), [("2019-02-27", True), ("2019-02-28", False)])
def test_who_turns_eighteen_on_the_day_is_of_age(day: str, is_minor: bool) -> None:
    found = problems("volunteer", volunteer(birth_ym="2001-02", registered_on=day, consent_on=day))
    assert bool(found) is is_minor


def test_the_guardian_must_consent() -> None:
    minor = volunteer(birth_ym="2005-01", guardian="李国强", guardian_consent=False)
    assert list(problems("volunteer", minor)) == [("guardian_consent", "required")]
    assert problems("volunteer", minor | {"guardian_consent": True}) == {}


def test_a_notice_that_was_not_posted_is_a_warning() -> None:
    found = problems("open_schedule", without(schedule(), "posted_on"))
    assert [(key, problem.blocks) for key, problem in found.items()] == [(("posted_on", "expected"), False)]


def test_a_cancelled_activity_should_say_why() -> None:
    cancelled = without(activity(status="cancelled"), "participants")
    found = problems("activity", cancelled)
    assert [(key, problem.blocks) for key, problem in found.items()] == [
        (("cancel_reason", "expected"), False)
    ]
    assert problems("activity", cancelled | {"cancel_reason": "power_cut"}) == {}


def test_a_cancelled_performance_must_say_why() -> None:
    cancelled = without(performance(status="cancelled"), "audience", "confirmed_by", "stamped")
    assert problems("performance", cancelled)["cancel_reason", "required"].blocks


def test_a_register_has_no_planned_entries() -> None:
    found = problems("closure_notice", closure(status="planned"))
    assert found["status", "status"].blocks
    assert problems("closure_notice", closure(status="draft")) == {}


def test_a_void_record_has_no_problems() -> None:
    assert problems("film_screening", {"status": "void"}) == {}


def test_drafts_and_void_records_always_save() -> None:
    refused = Problem(field="date", code="required", message="还没填放映日期。", blocks=True)
    warned = Problem(field="audience", code="unusual", message="请核对。", blocks=False)
    assert may_save((refused,), "draft")
    assert may_save((refused,), "void")
    assert not may_save((refused, warned), "held")
    assert not may_save((refused,), "planned")
    assert may_save((warned,), "held")


def test_problems_come_in_the_order_of_the_form() -> None:
    found = problems("film_screening", {"status": "held", "makeup_of": CANCELLED_SHOW})
    names = [name for name, _code in found]
    assert names[:4] == ["receipt_no", "date", "start_time", "place"]
    assert names[-2:] == ["confirmed_by", "stamped"]
