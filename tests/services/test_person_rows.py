"""Who came to a training, who helped at an activity: many records of one parent written at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.services.records import Refused
from tests.services.test_records import activity

TODAY = date(2019, 11, 6)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


def staff(village: Workspace, name: str) -> str:
    values = {"name": name, "employment": "part_time", "duty": "other", "full_time": "part_time"}
    return village.records.save(type_id="staff", values={**values, "in_post_from": "2018-01-01"}).id


def volunteer(village: Workspace, name: str) -> str:
    return village.records.save(type_id="volunteer", values={"name": name, "registered_on": "2019-01-01"}).id


def training(village: Workspace) -> str:
    values = {"title": "业务培训", "kind": "centralised", "level": "town", "organiser": "文化站", "days": "2"}
    values |= {"start_on": "2019-10-15", "place": "镇文化站", "attendance_total": 12}
    return village.records.save(type_id="training_session", values=values).id


def test_a_training_offers_the_staff_with_its_own_days(village: Workspace) -> None:
    for name in ("李冬梅", "苏惠芳"):
        staff(village, name)
    session = training(village)
    assert next(item.id for item in village.person_rows.children("training_session")) == "training_attendance"
    sheet = village.person_rows.open(session, child_id="training_attendance")
    assert {person.name for person in sheet.people} == {"李冬梅", "苏惠芳"}
    assert (sheet.usual, sheet.asked) == ("2", ())


def test_all_are_written_in_one_step_that_one_undo_takes_back(village: Workspace) -> None:
    people = [staff(village, name) for name in ("李冬梅", "苏惠芳")]
    session = training(village)
    count = village.person_rows.save(
        session, child_id="training_attendance", figures={people[0]: "2", people[1]: "半天"}, same={}
    )
    written = village.records.of_types(["training_attendance"])
    assert count == 2
    assert sorted(str(record.values["days"]) for record in written) == ["0.5", "2"]
    sheet = village.person_rows.open(session, child_id="training_attendance")
    assert {person.figure for person in sheet.people} == {"0.5", "2"}
    village.records.undo()
    assert not village.records.of_types(["training_attendance"])


def test_a_rule_that_is_broken_names_the_person_and_nothing_is_written(village: Workspace) -> None:
    people = [staff(village, name) for name in ("李冬梅", "苏惠芳")]
    session = training(village)
    with pytest.raises(Refused, match="苏惠芳"):
        village.person_rows.save(
            session, child_id="training_attendance", figures={people[0]: "2", people[1]: "5"}, same={}
        )
    assert not village.records.of_types(["training_attendance"])


def test_hours_of_volunteers_take_day_place_and_name_from_the_activity(village: Workspace) -> None:
    people = [volunteer(village, name) for name in ("陈美玲", "梁伟明")]
    event = village.records.save(type_id="activity", values=activity()).id
    sheet = village.person_rows.open(event, child_id="volunteer_service")
    assert {field.name for field in sheet.asked} == {"content", "leader", "confirmed_by"}
    same = {"content": "维持秩序", "leader": "苏惠芳", "confirmed_by": "苏国强"}
    figures = dict.fromkeys(people, "2")
    assert village.person_rows.save(event, child_id="volunteer_service", figures=figures, same=same) == 2
    first = village.records.of_types(["volunteer_service"])[0].values
    assert (first["date"], first["place"], first["activity_name"]) == (
        "2019-10-16",
        "文化服务中心二楼",
        "书法公益班（第3课）",
    )
