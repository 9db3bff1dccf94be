from __future__ import annotations

import pytest

from gzdesk.domain.record_type import record_type_from_data
from gzdesk.domain.rules import check
from tests.domain.shelf import (
    CANCELLED_SHOW,
    FILM,
    TODAY,
    Shelf,
    activity,
    performance,
    problems,
    record_id,
    screening,
    service,
    volunteer,
)

CARD = record_type_from_data(
    {
        "id": "card",
        "version": 1,
        "zh": "证件",
        "en": "Card",
        "paper": "证件登记表",
        "title": "id_no",
        "group": "register",
        "field": [
            {"name": "id_no", "kind": "text", "zh": "身份证号", "en": "ID number", "form": "id_number"}
        ],
    }
)


def test_a_reference_leads_to_a_record() -> None:
    found = problems("film_screening", screening(film_id=record_id(999)))
    assert list(found) == [("film_id", "missing_reference")]
    assert found["film_id", "missing_reference"].blocks
    assert problems("film_screening", screening(film_id=FILM)) == {}


def test_only_a_cancelled_screening_is_made_up_for() -> None:
    shelf = Shelf()
    shelf.put("film_screening", record_id(50), screening(date="2019-10-01", receipt_no="GZ-2019-1001"))
    assert problems("film_screening", screening(makeup_of=CANCELLED_SHOW), shelf=shelf) == {}
    found = problems("film_screening", screening(makeup_of=record_id(50)), shelf=shelf)
    assert found["makeup_of", "wrong_status"].message == "这里只能选“已取消”的，请重新选。"


def test_a_screening_does_not_make_up_for_itself() -> None:
    found = problems("film_screening", screening(makeup_of=CANCELLED_SHOW), record_id=CANCELLED_SHOW)
    assert ("makeup_of", "missing_reference") in found


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_a_receipt_number_used_in_any_year_is_a_warning(year: str) -> None:
    shelf = Shelf()
    shelf.put("film_screening", record_id(50), screening(date=f"{year}-10-11"))
    found = problems("film_screening", screening(), shelf=shelf)
    assert [(key, problem.blocks) for key, problem in found.items()] == [
        (("receipt_no", "not_unique"), False)
    ]
    assert found["receipt_no", "not_unique"].message == f"这个编号 {year}-10-11 已经用过，请核对。"
    assert problems("film_screening", screening(receipt_no="GZ-2019-1108"), shelf=shelf) == {}
    assert problems("film_screening", screening(), shelf=shelf, record_id=record_id(50)) == {}


@pytest.mark.parametrize(("day", "good"), [("2018-10-11", True), ("2019-10-11", False)])
def test_a_paper_number_comes_once_a_year(day: str, good: bool) -> None:
    shelf = Shelf()
    shelf.put("activity", record_id(50), activity(paper_no="12", date=day))
    assert (problems("activity", activity(paper_no="12", name="展览"), shelf=shelf) == {}) is good


@pytest.mark.parametrize(("name", "good"), [("苏惠芳", True), ("陈小明", False), ("陈 小明", False)])
def test_a_volunteer_does_not_confirm_his_own_hours(name: str, good: bool) -> None:
    found = problems("volunteer_service", service(confirmed_by=name))
    assert list(found) == ([] if good else [("confirmed_by", "same_person")])
    if not good:
        assert found["confirmed_by", "same_person"].message == "记录人/确认人不能是陈 小明本人，请换一个人。"


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("440524188001010014", False),  # a right sum, but nobody alive was born in 1880
        ("110105194912310021", False),
        ("11010519491231002", False),
        ("1101051949123100２X", False),
    ],
)
def test_an_id_number_carries_its_own_check(number: str, good: bool) -> None:
    found = check(CARD, {"id_no": number}, today=TODAY, record_id=None, lookup=Shelf())
    assert [problem.code for problem in found] == ([] if good else ["id_number"])
    assert all(number not in problem.message for problem in found)


@pytest.mark.parametrize(
    ("phone", "good"),
    [
        ("13800138000", True),
        ("0760-22310001", True),
        ("(0760) 2231 0001", True),
        ("12345", True),
        ("22310001转8012", True),
        ("问书记", False),
        ("1", False),
    ],
)
def test_a_phone_number_has_digits(phone: str, good: bool) -> None:
    found = problems("volunteer", volunteer(phone=phone))
    assert [(code, problem.blocks) for (_name, code), problem in found.items()] == (
        [] if good else [("phone", False)]
    )


@pytest.mark.parametrize("name", ["露天电影放映", "电影《烈火英雄》"])
def test_a_film_night_is_no_activity(name: str) -> None:
    found = problems("activity", activity(name=name))
    assert [(code, problem.blocks) for (_name, code), problem in found.items()] == [("misplaced", False)]


def test_a_rehearsal_is_no_performance() -> None:
    found = problems("performance", performance(title="粤剧彩排"))
    assert [(code, problem.blocks) for (_name, code), problem in found.items()] == [("misplaced", False)]
