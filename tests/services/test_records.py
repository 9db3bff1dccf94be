"""Writing down, correcting, deleting and undoing records, over a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, init_town, init_village, open_workspace
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.services.records import Draft, ListQuery, Refused

TODAY = date(2019, 11, 6)
OCTOBER = Month(2019, 10)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


def activity(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "name": "书法公益班（第3课）",
        "category": "lecture",
        "date": "2019-10-16",
        "start_time": "14:30",
        "sessions": 1,
        "place": "文化服务中心二楼",
        "organiser": "曹一村文化服务中心",
        "participants": 26,
        "leader": "苏惠芳",
    }
    return {**values, **changes}


def screening(film: str, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "receipt_no": "GZ-2019-1107",
        "date": "2019-11-05",
        "start_time": "19:30",
        "place": "曹一村文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": film,
        "team": "古镇镇电影放映队",
        "projectionist": "黄志明",
        "audience": 136,
        "confirmed_by": "苏国强",
        "stamped": True,
    }
    return {**values, **changes}


def a_film(workspace: Workspace, title: str) -> str:
    return workspace.records.complete(type_id="film_screening", field="film_id", text=title)[0].value


def test_a_held_activity_is_saved_and_listed(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    page = village.records.page(ListQuery(types=("activity",), month=OCTOBER))
    assert [(row.id, row.title, row.persons, row.status) for row in page.rows] == [
        (saved.id, "书法公益班（第3课）", 26, "held")
    ]
    assert village.records.totals(ListQuery(types=("activity",))).persons == 26


def test_what_is_required_is_named_at_its_field_and_nothing_is_saved(village: Workspace) -> None:
    with pytest.raises(Refused) as caught:
        village.records.save(type_id="activity", values=activity(leader=None, participants=None))
    assert {problem.field for problem in caught.value.problems if problem.blocks} == {
        "leader",
        "participants",
    }
    assert village.records.page(ListQuery(types=("activity",))).total == 0


def test_a_draft_is_saved_whatever_it_lacks(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values={"name": "灯会"}, as_draft=True)
    assert village.records.get(saved.id).record.status == "draft"


def test_all_or_nothing(village: Workspace) -> None:
    drafts = [
        Draft(type_id="activity", values=activity()),
        Draft(type_id="activity", values=activity(date="2019-13-01")),
    ]
    with pytest.raises(Refused, match="2"):
        village.records.save_all(drafts)
    assert village.records.page(ListQuery(types=("activity",))).total == 0


def test_a_future_date_makes_it_planned(village: Workspace) -> None:
    values = activity(date="2019-11-23", participants=None)
    saved = village.records.save(type_id="activity", values=values)
    assert village.records.get(saved.id).record.status == "planned"


def test_delete_and_undo(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    village.records.delete(saved.id)
    assert village.records.page(ListQuery(types=("activity",))).total == 0
    assert "书法公益班" in (village.records.undo() or "")
    assert village.records.get(saved.id).record.values["participants"] == 26
    assert "书法公益班" in (village.records.undo() or "")
    assert village.records.page(ListQuery(types=("activity",))).total == 0
    assert village.records.undo() is None


def test_several_steps_are_taken_back_and_done_again(village: Workspace) -> None:
    records = village.records
    saved = records.save(type_id="activity", values=activity())
    for persons in (30, 40):
        records.save(type_id="activity", values=activity(participants=persons), record_id=saved.id)
    assert records.undoable is not None
    seen = []
    for turn in (
        records.undo,
        records.undo,
        records.redo,
        records.redo,
        records.undo,
        records.undo,
        records.undo,
    ):
        assert turn()
        found = records.page(ListQuery(types=("activity",))).rows
        seen.append(found[0].persons if found else None)
    assert seen == [30, 26, 30, 40, 30, 26, None]
    assert records.undo() is None
    assert records.redo()
    assert records.get(saved.id).record.values["participants"] == 26


def test_what_was_taken_back_is_not_done_again_after_something_else(village: Workspace) -> None:
    village.records.save(type_id="activity", values=activity())
    village.records.undo()
    village.records.save(type_id="activity", values=activity(name="书画展"))
    assert village.records.redo() is None


def test_a_save_that_changed_nothing_is_no_step(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    body = village.records.get(saved.id).record.values
    village.records.save(type_id="activity", values=body, record_id=saved.id)
    assert "书法公益班" in (village.records.undo() or "")
    assert village.records.undo() is None


def test_nothing_is_taken_back_in_a_month_that_was_closed_since(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    village.months.close(OCTOBER, filled_by="苏惠芳", checked_by="苏国强")
    with pytest.raises(UserError) as caught:
        village.records.undo()
    assert caught.value.code == "month_closed"
    assert not village.records.get(saved.id).record.deleted


def test_several_records_are_one_step(village: Workspace) -> None:
    drafts = [Draft(type_id="activity", values=activity(name=name)) for name in ("书画展", "象棋赛", "歌会")]
    village.records.save_all(drafts)
    assert "书画展" in (village.records.undo() or "")
    assert village.records.page(ListQuery(types=("activity",))).total == 0


def test_history_tells_who_changed_what_from_what_to_what(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    village.context.rename_writer("李大明")
    village.records.save(type_id="activity", values=activity(participants=62), record_id=saved.id)
    newest, oldest = village.records.history(saved.id)
    assert (newest.who, newest.kind) == ("李大明", "changed")
    assert [(change.field, change.old, change.new) for change in newest.changes] == [
        ("participants", "26", "62")
    ]
    assert (oldest.who, oldest.kind) == ("苏惠芳", "written")


def test_saving_the_same_again_makes_no_new_version(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    village.records.save(type_id="activity", values=activity(), record_id=saved.id)
    assert len(village.records.history(saved.id)) == 1


def test_what_a_newer_program_wrote_is_kept(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    with village.context.store.writing() as work:
        values = {**work.records.get(saved.id).values, "from_the_future": "keep me"}
        work.revisions.append(
            record=saved.id, type_id="activity", type_version=9, scope="caoyi", values=values
        )
        work.commit()
    village.records.save(type_id="activity", values=activity(participants=30), record_id=saved.id)
    assert village.records.get(saved.id).record.values["from_the_future"] == "keep me"


def test_a_film_is_found_by_initials_and_says_whether_it_is_new(village: Workspace) -> None:
    by_initials = village.records.complete(
        type_id="film_screening", field="film_id", text="whw", on="2019-11-05"
    )
    assert by_initials[0].text == "我和我的祖国"
    assert (by_initials[0].badge, by_initials[0].badge_text) == ("new", "国产新片")
    two_years_on = village.records.complete(
        type_id="film_screening", field="film_id", text="我和我的祖国", on="2021-09-30"
    )
    assert two_years_on[0].badge == "old"


def test_the_list_shows_the_films_title_and_finds_it_by_initials(village: Workspace) -> None:
    film = a_film(village, "烈火英雄")
    village.records.save(type_id="film_screening", values=screening(film))
    found = village.records.page(ListQuery(types=("film_screening",), text="lhyx"))
    assert [row.title for row in found.rows] == ["烈火英雄"]


def test_the_next_form_carries_over_what_repeats_and_nothing_else(village: Workspace) -> None:
    village.records.save(type_id="film_screening", values=screening(a_film(village, "烈火英雄")))
    start = village.records.prefill(type_id="film_screening", month=Month(2019, 11))
    assert {"place", "place_kind", "team", "projectionist", "start_time"} <= start.carried
    assert not {"date", "audience", "confirmed_by", "stamped", "film_id", "receipt_no"} & set(start.values)
    assert start.values["completed"] is True
    assert start.prefixes["receipt_no"] == "GZ-2019-"


def test_words_written_before_are_suggested_by_initials(village: Workspace) -> None:
    village.records.save(type_id="activity", values=activity(leader="苏国强"))
    found = village.records.complete(type_id="activity", field="leader", text="sgq")
    assert [item.text for item in found] == ["苏国强"]


def test_json_takes_labels_codes_and_titles(village: Workspace) -> None:
    values = village.records.values_from_json(
        type_id="film_screening",
        data={**screening("我和我的祖国"), "place_kind": "室外·流动", "weather": "Fine"},
    )
    assert values["film_id"] == a_film(village, "我和我的祖国")
    assert (values["place_kind"], values["weather"], values["status"]) == ("outdoor_mobile", "fine", "held")


@pytest.mark.parametrize(
    ("field", "value"),
    [("film_id", "没有这部电影"), ("no_such_field", 1), ("audience", "many"), ("weather", "hail")],
)
def test_json_that_is_not_understood_is_named(village: Workspace, field: str, value: object) -> None:
    with pytest.raises(Refused) as caught:
        village.records.values_from_json(type_id="film_screening", data={field: value})
    assert caught.value.problems[0].field == field


def test_another_units_record_is_not_ours_to_change(village: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        village.records.delete(a_film(village, "烈火英雄"))
    assert caught.value.code == "not_ours"


def test_a_closed_month_does_not_change(village: Workspace) -> None:
    saved = village.records.save(type_id="activity", values=activity())
    with village.context.store.writing() as work:
        work.revisions.append(
            record=village.mint.record_id(),
            type_id="monthly_sheet",
            type_version=1,
            scope="caoyi",
            values={"month": "2019-10", "closed": True},
        )
        work.commit()
    assert village.records.month_is_closed("caoyi", OCTOBER)
    for attempt in (
        lambda: village.records.save(type_id="activity", values=activity(start_time="09:00")),
        lambda: village.records.save(type_id="activity", values=activity(participants=1), record_id=saved.id),
        lambda: village.records.delete(saved.id),
    ):
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.code == "month_closed"
    village.records.save(type_id="activity", values=activity(date="2019-11-01"))


def test_changes_are_told_after_the_commit(village: Workspace) -> None:
    heard: list[frozenset[str]] = []
    stop = village.changes.subscribe(heard.append)
    village.records.save(type_id="activity", values=activity())
    stop()
    village.records.save(type_id="activity", values=activity(start_time="09:00"))
    assert heard == [frozenset({"activity"})]


def test_every_pc_starts_with_the_same_catalogue(village: Workspace, tmp_path: Path) -> None:
    town = init_town(tmp_path / "town", today=TODAY)
    with town.context.store.reading() as here, village.context.store.reading() as there:
        assert here.records.digest(["guzhen"]) == there.records.digest(["guzhen"])
        assert here.revisions.tips(["guzhen"]) == there.revisions.tips(["guzhen"])
    town.close()


def test_a_village_that_no_list_names_works_alone(tmp_path: Path) -> None:
    workspace = init_village(tmp_path, name="横栏镇三沙村", today=TODAY)
    workspace.records.save(type_id="activity", values=activity())
    workspace.close()
    again = open_workspace(tmp_path, today=TODAY)
    assert again.me.name == "横栏镇三沙村"
    assert again.maintenance.check().ok
    again.close()


def test_the_town_is_not_a_village(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        init_village(tmp_path, name="古镇镇")
    assert caught.value.code == "not_a_village"


def test_a_second_set_up_leaves_the_first_alone(tmp_path: Path) -> None:
    init_village(tmp_path, name="曹一村", today=TODAY).close()
    with pytest.raises(UserError) as caught:
        init_village(tmp_path, name="曹二村", today=TODAY)
    assert caught.value.code == "store_exists"
    again = open_workspace(tmp_path)
    assert again.me.id == "caoyi"
    again.close()
