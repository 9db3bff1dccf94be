"""The declared types in a real ledger: what may be left out, what is refused, what a clerk is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.domain.record_type import RecordType
from gzdesk.services.records import Refused
from tests.domain import registers, shelf

TODAY = date(2019, 11, 6)
KNOWN = {"film_id", "facility_id", "staff_id", "volunteer_id", "session_id"}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("ledger") / "village"
    workspace = init_village(folder, name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def others(village: Workspace) -> dict[str, str]:
    """The records that the good records refer to, by the field that names them."""
    centre = {"name": "综合性文化服务中心", "type": "综合性文化服务中心", "indoor_area_m2": "860.5"}
    person = {"name": "苏惠芳", "employment": "政府购买公益岗位", "duty": "文化专管员", "full_time": "专职"}
    return {
        "facility_id": add(village, "facility", centre),
        "staff_id": add(village, "staff", person | {"in_post_from": "2018-01-02"}),
        "volunteer_id": add(
            village, "volunteer", without_unit(shelf.volunteer(name="陈小明", platform_no="7"))
        ),
        "session_id": add(village, "training_session", shelf.training(kind="业务集中培训", days="2")),
        "film_id": "我和我的祖国",
    }


def add(village: Workspace, type_id: str, data: dict[str, object]) -> str:
    values = village.records.values_from_json(type_id=type_id, data=data)
    return village.records.save(type_id=type_id, values=values).id


def without_unit(values: dict[str, object]) -> dict[str, object]:
    return shelf.without(values, "unit_code")


def good(type_id: str, others: dict[str, str], **changes: object) -> dict[str, object]:
    values = shelf.GOOD[type_id](**changes)
    return values | {name: others[name] for name in KNOWN & set(values)}


@pytest.mark.parametrize("type_id", shelf.GOOD)
def test_a_good_record_is_saved_with_what_is_obvious(
    village: Workspace, others: dict[str, str], type_id: str
) -> None:
    values = good(type_id, others)
    if type_id == "training_session":
        values["title"] = "合唱基础班"
    obvious = [
        field.name
        for field in village.types.by_id[type_id].fields
        if field.name in values and field.default is not None and field.default != "$only"
    ]
    saved = village.records.save(
        type_id=type_id,
        values=village.records.values_from_json(type_id=type_id, data=shelf.without(values, *obvious)),
    )
    assert saved.problems == ()
    record = village.records.get(saved.id).record
    assert {name: record.values.get(name) for name in obvious} == {name: values[name] for name in obvious}


@pytest.mark.parametrize("type_id", registers.GOOD)
def test_every_register_takes_the_words_on_the_paper(
    village: Workspace, others: dict[str, str], type_id: str
) -> None:
    """A choice by its Chinese label, a unit by its name, a reference by id: what scripts and workbooks hand in."""
    record_type, stored = village.types.by_id[type_id], dict(registers.GOOD[type_id])
    for name in KNOWN & set(stored):
        stored[name] = others[name]
    if type_id == "asset_loan":
        things = [*village.records.of_types(["asset"])] or [add(village, "asset", registers.GOOD["asset"])]
        stored["asset_id"] = getattr(things[0], "id", things[0])
    if "unit_code" in stored:
        stored["unit_code"] = village.me.id
    saved = add(
        village, type_id, {name: on_paper(record_type, name, value) for name, value in stored.items()}
    )
    values = village.records.get(saved).record.values
    assert {name: values.get(name) for name in stored} == stored


def on_paper(record_type: RecordType, name: str, value: object) -> object:
    field = record_type.field(name)
    assert field is not None
    words = {choice.code: choice.zh for choice in field.choices}
    if isinstance(value, list):
        return [words.get(item, item) for item in value]
    return words.get(str(value), value)


def test_a_cancelled_screening_was_not_shown_in_full(village: Workspace, others: dict[str, str]) -> None:
    data = good("film_screening", others, status="已取消", date="2019-11-01", receipt_no="GZ-2019-1101")
    data = shelf.without(data, "audience", "confirmed_by", "stamped", "completed") | {"cancel_reason": "天气"}
    record = village.records.get(add(village, "film_screening", data)).record
    assert record.values["cancel_reason"] == "weather"
    assert "completed" not in record.values


def test_a_screening_of_tomorrow_is_planned(village: Workspace, others: dict[str, str]) -> None:
    data = good("film_screening", others, date="2019-11-07", receipt_no="GZ-2019-1109")
    planned = shelf.without(data, "status", "audience", "confirmed_by", "stamped")
    assert village.records.get(add(village, "film_screening", planned)).record.values["status"] == "planned"
    with pytest.raises(Refused) as refused:
        add(village, "film_screening", data | {"status": "held", "start_time": "14:00"})
    assert refused.value.message == "这一天还没到。请核对日期，或把状态改为“已计划”。"


def test_the_same_screening_twice_is_suspected(village: Workspace, others: dict[str, str]) -> None:
    data = good("film_screening", others, date="2019-10-11", receipt_no="GZ-2019-1011")
    add(village, "film_screening", data)
    values = village.records.values_from_json(type_id="film_screening", data=data | {"start_time": "19:45"})
    saved = village.records.save(type_id="film_screening", values=values)
    assert [(problem.field, problem.code) for problem in saved.problems] == [
        ("receipt_no", "not_unique"),
        ("start_time", "duplicate"),
    ]


def test_a_film_already_in_the_catalogue_is_suspected(village: Workspace) -> None:
    found = village.records.check(
        type_id="film", values={"title": "流浪地球", "film_type": "feature", "origin": "domestic"}
    )
    assert [(problem.field, problem.code) for problem in found] == [("title", "duplicate")]


def test_two_records_of_one_hour_at_the_door_are_refused(village: Workspace, others: dict[str, str]) -> None:
    data = good("opening_log", others, date="2019-10-22")
    add(village, "opening_log", data)
    with pytest.raises(Refused) as refused:
        add(village, "opening_log", data | {"from": "17:00", "to": "18:00"})
    assert refused.value.message == "已登记过 14:30-17:30，时间重叠了，请改时间。"


def test_nobody_signs_in_twice_for_one_training(village: Workspace, others: dict[str, str]) -> None:
    session = add(
        village, "training_session", shelf.training(title="图书管理培训", kind="业务集中培训", days="1")
    )
    data = good("training_attendance", others) | {"session_id": session, "days": "1"}
    add(village, "training_attendance", data)
    with pytest.raises(Refused):
        add(village, "training_attendance", data)
    with pytest.raises(Refused):
        add(village, "training_attendance", data | {"staff_id": None, "name": "陈小明", "days": "1.5"})
