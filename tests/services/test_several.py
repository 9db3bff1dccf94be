"""One item set in many records, many records removed: what can't be is named, and one undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.domain.fields import FieldProblem
from gzdesk.domain.period import Month
from gzdesk.services.records import ListQuery
from tests.services.test_records import activity

TODAY = date(2019, 11, 6)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


def save(village: Workspace, **changes: object) -> str:
    return village.records.save(type_id="activity", values=activity(**changes)).id


def places(village: Workspace, ids: list[str]) -> list[object]:
    return [village.records.get(record_id).record.values["place"] for record_id in ids]


def test_one_item_is_set_in_all_and_taken_back_in_one_step(village: Workspace) -> None:
    ids = [save(village, date=f"2019-10-{day}") for day in ("09", "16", "23")]
    plan = village.several.plan(ids, field="place", value="苏氏大宗祠")
    assert plan.changes == tuple(ids)
    assert village.several.change(plan.changes, field="place", value="苏氏大宗祠") == 3
    assert places(village, ids) == ["苏氏大宗祠"] * 3
    village.records.undo()
    assert places(village, ids) == ["文化服务中心二楼"] * 3


def test_a_plan_writes_nothing_and_names_what_stays(village: Workspace) -> None:
    old, new = save(village, date="2019-09-11", name="灯会"), save(village)
    same = save(village, date="2019-10-17", place="苏氏大宗祠")
    village.months.close(Month(2019, 9), filled_by="苏惠芳", checked_by="苏国强")
    plan = village.several.plan([old, new, same], field="place", value="苏氏大宗祠")
    assert (plan.changes, plan.same) == ((new,), 1)
    assert [left.record_id for left in plan.left] == [old]
    assert "灯会" in plan.left[0].words
    assert "2019年9月" in plan.left[0].reason
    assert places(village, [new]) == ["文化服务中心二楼"]
    assert len(village.records.history(new)) == 1


def test_a_rule_that_would_be_broken_is_named(village: Workspace) -> None:
    held = save(village)
    plan = village.several.plan([held], field="sessions", value=0)
    assert not plan.changes
    assert plan.left[0].reason


def test_what_tells_records_apart_is_not_offered(village: Workspace) -> None:
    names = {field.name for field in village.several.fields([save(village)])}
    assert {"place", "category", "organiser", "leader"} <= names
    assert not names & {"name", "date", "participants", "status", "evidence", "paper_no"}


def test_records_of_several_types_share_what_all_have(village: Workspace) -> None:
    values = {"date": "2019-10-16", "title": "安全生产例会"}
    meeting = village.records.save(type_id="meeting", values=values, as_draft=True).id
    names = {field.name for field in village.several.fields([save(village), meeting])}
    assert "remark" in names
    assert "leader" not in names


def test_a_text_is_read_as_in_a_form(village: Workspace) -> None:
    fields = {field.name: field for field in village.several.fields([save(village)])}
    assert village.several.read(fields["start_time"], "晚上7点半") == "19:30"
    with pytest.raises(FieldProblem):
        village.several.read(fields["start_time"], "")


def test_several_are_voided_or_deleted_with_one_reason(village: Workspace) -> None:
    held, planned = save(village), save(village, date="2019-11-20", participants=None)
    assert village.several.happened([held, planned])
    assert village.several.removal_plan([held, planned]).changes == (held, planned)
    village.several.void([held, planned], reason="登错了")
    assert village.records.get(held).record.status == "void"
    assert village.records.page(ListQuery(types=("activity",))).total == 1
    village.records.undo()
    assert [village.records.get(record_id).record.status for record_id in (held, planned)] == [
        "held",
        "planned",
    ]


def test_what_was_deleted_together_comes_back_together(village: Workspace) -> None:
    ids = [save(village, date=f"2019-10-{day}") for day in ("09", "16")]
    village.several.delete(ids, reason="重复")
    assert village.records.page(ListQuery(types=("activity",))).total == 0
    village.records.undo()
    assert village.records.page(ListQuery(types=("activity",))).total == 2
