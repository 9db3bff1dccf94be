"""The recycle bin: what was deleted or voided anywhere comes back as it was, unless its month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.services.records import ListQuery, Refused
from tests.services.test_records import OCTOBER, activity
from tests.services.test_records import village as village
from tests.services.world import VALUES, World

LOG = {"facility_id": "", "date": "2019-10-16", "from": "09:00", "to": "11:30", "visitors": 12}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def saved(village: Workspace, **changes: object) -> str:
    return village.records.save(type_id="activity", values=activity(**changes)).id


def in_bin(village: Workspace, **asked: object) -> list[str]:
    return [row.title for row in village.recycle_bin.page(**asked).rows]


def listed(village: Workspace) -> list[str]:
    return [row.title for row in village.records.page(ListQuery(types=("activity",))).rows]


def test_what_was_deleted_is_listed_with_when_who_and_why(village: Workspace) -> None:
    village.records.delete(saved(village), reason="记了两遍")
    (row,) = village.recycle_bin.page().rows
    assert (row.title, row.day, row.kind) == ("书法公益班（第3课）", "2019-10-16", "deleted")
    assert (row.who, row.why, row.mine) == ("苏惠芳", "记了两遍", True)
    assert row.when.startswith("2019-11-06T")


def test_the_latest_removal_comes_first_and_pages_follow(village: Workspace) -> None:
    for number in (1, 2, 3):
        village.records.delete(saved(village, name=f"讲座{number}"))
    assert in_bin(village) == ["讲座3", "讲座2", "讲座1"]
    assert in_bin(village, offset=1, limit=1) == ["讲座2"]
    assert village.recycle_bin.page(limit=1).total == 3


def test_it_is_searched_by_name_initials_and_register(village: Workspace) -> None:
    village.records.delete(saved(village, name="重阳敬老"))
    village.records.delete(saved(village, name="灯会"))
    assert in_bin(village, text="cyjl") == ["重阳敬老"]
    assert in_bin(village, text="灯") == ["灯会"]
    assert in_bin(village, text="100%") == []
    assert in_bin(village, type_id="volunteer") == []
    assert village.recycle_bin.counts_by_type() == {"activity": 2}


def test_a_deleted_record_comes_back_as_it_was_with_its_history(village: Workspace) -> None:
    record_id = saved(village)
    before = village.records.get(record_id).record.values
    village.records.delete(record_id, reason="记了两遍")
    (words,) = village.recycle_bin.restore([record_id])
    assert "书法公益班（第3课）" in words
    assert village.records.get(record_id).record.values == before
    assert [entry.kind for entry in village.records.history(record_id)] == ["restored", "deleted", "written"]
    assert in_bin(village) == []


def test_a_void_record_comes_back_with_its_status_and_remark(village: Workspace) -> None:
    record_id = saved(village, remark="借用祠堂")
    village.records.void(record_id, reason="记错了村")
    (row,) = village.recycle_bin.page().rows
    assert (row.kind, row.why) == ("void", "记错了村")
    village.recycle_bin.restore([record_id])
    record = village.records.get(record_id).record
    assert (record.status, record.values["remark"]) == ("held", "借用祠堂")


def test_what_was_changed_while_void_stays_changed(village: Workspace) -> None:
    record_id = saved(village)
    village.records.void(record_id, reason="记错了村")
    void = village.records.get(record_id).record.values
    village.records.save(type_id="activity", record_id=record_id, values={**void, "participants": 27})
    village.recycle_bin.restore([record_id])
    record = village.records.get(record_id).record
    assert (record.status, record.values["participants"]) == ("held", 27)
    assert "remark" not in record.values


def test_what_was_never_but_void_becomes_a_draft(village: Workspace) -> None:
    record_id = saved(village, status="void")
    village.recycle_bin.restore([record_id])
    assert village.records.get(record_id).record.status == "draft"


def test_several_come_back_together_and_undo_removes_them_again(village: Workspace) -> None:
    ids = [saved(village, name=f"讲座{number}") for number in (1, 2)]
    village.records.delete(ids[0], reason="记了两遍")
    village.records.void(ids[1], reason="没办成")
    village.recycle_bin.restore(ids)
    assert listed(village) == ["讲座1", "讲座2"]
    assert "讲座1" in (village.records.undo() or "")
    rows = village.recycle_bin.page().rows
    assert {(row.title, row.kind, row.why) for row in rows} == {
        ("讲座1", "deleted", "记了两遍"),
        ("讲座2", "void", "没办成"),
    }


def test_nothing_comes_back_into_a_closed_month_not_even_the_rest(village: Workspace) -> None:
    saved(village, name="灯会")
    old, later = saved(village, name="讲座"), saved(village, name="茶话会", date="2019-11-02")
    village.records.delete(old)
    village.records.delete(later)
    village.months.close(OCTOBER, filled_by="苏惠芳", checked_by="苏国强")
    with pytest.raises(UserError, match="2019年10月已经封账") as caught:
        village.recycle_bin.restore([later, old])
    assert caught.value.code == "month_closed"
    assert in_bin(village) == ["茶话会", "讲座"]
    village.recycle_bin.restore([later])
    assert in_bin(village) == ["讲座"]


def test_a_record_whose_place_was_taken_stays_away(village: Workspace) -> None:
    venue = village.records.save(
        type_id="facility", values={"name": "农家书屋", "type": "rural_reading_room"}
    ).id
    first = village.records.save(type_id="opening_log", values={**LOG, "facility_id": venue}).id
    village.records.delete(first)
    village.records.save(type_id="opening_log", values={**LOG, "facility_id": venue})
    with pytest.raises(Refused, match="2019-10-16"):
        village.recycle_bin.restore([first])
    assert village.recycle_bin.page().total == 1


def test_what_was_deleted_on_another_pc_is_listed_and_only_its_owner_brings_it_back(world: World) -> None:
    record = world.gusi.write({**VALUES, "name": "灯会"})
    world.there_and_back(world.gusi)
    world.gusi.work.records.delete(record, reason="记了两遍")
    world.there_and_back(world.gusi)
    (row,) = world.town.work.recycle_bin.page().rows
    assert (row.title, row.unit, row.why, row.mine) == ("灯会", "gusi", "记了两遍", False)
    with pytest.raises(UserError) as caught:
        world.town.work.recycle_bin.restore([record])
    assert caught.value.code == "not_ours"


def test_what_nobody_removed_is_not_there(village: Workspace) -> None:
    saved(village)
    assert in_bin(village) == []
    with pytest.raises(UserError) as caught:
        village.recycle_bin.restore(["00000000-0000-0000-0000-000000000000"])
    assert caught.value.code == "unknown_record"
