"""What is left of a record once a person is erased from it: the counts, and everybody else."""

from __future__ import annotations

from gzdesk.domain.person import (
    IN_TEXT,
    NAMED,
    identifying_texts,
    left_of_person,
    mentions,
    person_field,
    privacy_notice,
    without_mentions,
)
from tests.domain.shelf import TYPES, problems, service, volunteer

GONE = "已删除的人员 3F2A"
TEXTS = {"陈小明", "13812345678"}


def test_of_a_person_s_own_record_only_what_is_counted_stays() -> None:
    body = volunteer(
        name="陈小明",
        phone="13812345678",
        birth_ym="1968-05",
        gender="male",
        left_on="2019-10-31",
        team="银龄志愿队",
        guardian="陈大明",
        remark="住在东街3号",
        evidence=[{"sha256": "0" * 64, "name": "陈小明.jpg", "size_bytes": 1}],
        from_a_newer_program="陈小明",
    )
    assert left_of_person(TYPES.by_id["volunteer"], body, substitute=GONE) == {
        "name": GONE,
        "gender": "male",
        "unit_code": "caoyi",
        "registered_on": "2019-03-01",
        "consent_on": "2019-03-01",
        "left_on": "2019-10-31",
    }


def test_who_a_record_is_about() -> None:
    kind = TYPES.by_id
    assert person_field(kind["volunteer"], {}).name == "name"
    assert person_field(kind["library_loan"], {"reader": "陈小明"}).name == "reader"
    assert person_field(kind["feedback"], {"contact": "微信 abc", "handled_by": "苏惠芳"}).name == "contact"
    assert person_field(kind["library_visit"], {"person_times": 3}) is None
    body = {
        "name": "陈小明",
        "phone": "13812345678",
        "platform_no": "440000123456",
        "paper_no": "7",
        "team": "甲",
    }
    assert identifying_texts(kind["volunteer"], body) == {"陈小明", "13812345678", "440000123456"}


def test_names_are_found_as_names_and_inside_of_texts() -> None:
    body = service(
        leader="陈小明",
        confirmed_by="陈小明亮",
        content="陈小明端茶",
        place="文化室",
        delete_reason="问陈小明",
    )
    found = mentions(TYPES.by_id["volunteer_service"], body, TEXTS)
    assert {item.field: item.kind for item in found} == {
        "leader": NAMED,
        "confirmed_by": IN_TEXT,
        "content": IN_TEXT,
        "delete_reason": IN_TEXT,
    }


def test_a_mention_is_replaced_and_all_else_stays() -> None:
    body = service(leader="陈小明、苏惠芳", content="陈小明端茶，电话13812345678", hours="2")
    left = without_mentions(TYPES.by_id["volunteer_service"], body, TEXTS, substitute=GONE)
    assert left == {**body, "leader": f"{GONE}、苏惠芳", "content": f"{GONE}端茶，电话{GONE}"}


def test_a_longer_name_is_another_person() -> None:
    body = {"title": "座谈会", "chair": "陈小明", "attendees": ["陈小明亮", "陈小明", "苏惠芳"]}
    left = without_mentions(TYPES.by_id["meeting"], body, TEXTS, substitute=GONE)
    assert left["attendees"] == ["陈小明亮", GONE, "苏惠芳"]
    assert left["chair"] in (GONE, None) or "chair" not in left


def test_what_is_not_asked_for_goes_and_the_number_goes_with_its_name() -> None:
    loan = {"date": "2019-10-05", "mode": "single", "title": "平凡的世界", "reader": "陈小明", "volumes": 1}
    left = without_mentions(TYPES.by_id["library_loan"], loan, TEXTS, substitute=GONE)
    assert left == {name: value for name, value in loan.items() if name != "reader"}
    lent = {"borrower": "陈小明", "contact": "13900000000", "quantity": 2}
    left = without_mentions(TYPES.by_id["asset_loan"], lent, TEXTS, substitute=GONE)
    assert left == {"borrower": GONE, "quantity": 2}
    voice = {"content": "灯坏了", "contact": "13900000000", "handled_by": "陈小明"}
    left = without_mentions(TYPES.by_id["feedback"], voice, TEXTS, substitute=GONE)
    assert left["contact"] == "13900000000", "that of the one who spoke, not of the one who saw to it"


def test_a_child_needs_a_guardian_and_a_consent_of_its_own() -> None:
    child = volunteer(birth_ym="2006-05", guardian="陈大明", guardian_consent=True)
    assert set(problems("volunteer", child)) == {("child_consent_on", "required")}
    assert not problems("volunteer", {**child, "child_consent_on": "2019-03-01"})
    youth = volunteer(birth_ym="2003-05")
    assert {field for field, _code in problems("volunteer", youth)} == {"guardian", "guardian_consent"}
    assert not problems("volunteer", volunteer(birth_ym="1968-05"))


def test_who_writes_themselves_down_is_told_what_for() -> None:
    words = privacy_notice(TYPES.by_id["volunteer"].without_kept())
    assert "姓名、出生年月、联系电话、监护人、监护人电话" in words
    assert TYPES.by_id["volunteer"].purpose in words
    assert "身份证号" not in words
    assert privacy_notice(TYPES.by_id["film_screening"]) == "", "who confirms a screening acts in office"
