"""What a form holds and decides, without a window, over a real ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.desktop.form_state import FormState
from gzdesk.domain.period import Month
from gzdesk.services.records import Refused
from tests.desktop.forms_world import TODAY, film_id, screening, village_folder

NOVEMBER = Month(2019, 11)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bootstrap.open_workspace(village_folder(tmp_path / "village"), today=TODAY)
    yield workspace
    workspace.close()


def form(village: Workspace, type_id: str = "film_screening") -> FormState:
    return FormState(
        record_type=village.types.by_id[type_id],
        records=village.records,
        units=village.units,
        today=village.mint.today,
    )


def new_screening(village: Workspace) -> FormState:
    state = form(village)
    state.start(month=NOVEMBER)
    return state


def fill_in(state: FormState, **texts: str) -> None:
    for name, text in texts.items():
        state.type_text(name, text)
        state.leave(name)


def filled(village: Workspace) -> FormState:
    state = new_screening(village)
    fill_in(state, receipt_no="GZ-2019-1105", date="5", audience="136", confirmed_by="苏国强")
    state.pick("film_id", text="我和我的祖国", value=film_id(village, "我和我的祖国"))
    state.set_value("stamped", True)
    return state


# What is brought over


def test_what_repeats_is_brought_over_and_what_counts_is_not(village):
    state = new_screening(village)
    assert state.texts["start_time"] == "19:30"
    assert state.texts["team"] == "古镇镇电影放映队"
    assert {"start_time", "place", "place_kind", "team", "projectionist"} <= state.carried
    for name in ("date", "audience", "confirmed_by", "film_id"):
        assert not state.texts.get(name)
    assert state.directs.get("stamped") is not True
    assert state.directs["completed"] is True


def test_the_number_on_the_paper_goes_on_like_the_last_one(village):
    state = new_screening(village)
    assert state.texts["receipt_no"] == "GZ-2019-"
    assert not state.has_content("receipt_no")
    assert "receipt_no" not in state.values


def test_an_untouched_prefix_is_not_saved(village):
    state = filled(village)
    state.type_text("receipt_no", "GZ-2019-")
    saved = state.save()
    assert "receipt_no" not in village.records.get(saved.id).record.values


def test_a_prefix_of_letters_alone_is_not_saved_either(village):
    numbered = screening(village, date="2019-10-25", receipt_no="A0007")
    village.records.save(type_id="film_screening", values=numbered)
    state = filled(village)
    state.type_text("receipt_no", "A")
    state.refresh()
    assert "receipt_no" not in state.values
    fill_in(state, receipt_no="A0008")
    assert state.values["receipt_no"] == "A0008"


def test_a_pin_that_was_taken_off_is_not_brought_over(village):
    state = form(village)
    state.toggle_pin("team")
    state.start(month=NOVEMBER)
    assert not state.texts.get("team")
    assert "team" not in state.carried


def test_a_field_that_was_pinned_by_hand_is_brought_over(village):
    village.records.save(
        type_id="film_screening",
        values=screening(village, date="2019-10-25", receipt_no="GZ-2019-1025", weather="fine"),
    )
    state = form(village)
    assert state.toggle_pin("weather")
    state.start(month=NOVEMBER)
    assert state.texts["weather"] == "晴"
    assert "weather" in state.carried


@pytest.mark.parametrize("name", ["date", "audience", "confirmed_by", "stamped", "receipt_no"])
def test_date_figure_confirmer_and_stamp_cannot_be_pinned(village, name):
    state = form(village)
    assert not state.toggle_pin(name)


def test_nothing_brought_over_on_demand_then_all_of_it_again(village):
    state = new_screening(village)
    state.drop_carried()
    assert not state.texts.get("team")
    assert state.carry_from_last() >= 5
    assert state.texts["team"] == "古镇镇电影放映队"


def test_carrying_over_keeps_what_was_typed(village):
    state = new_screening(village)
    state.drop_carried()
    fill_in(state, start_time="2000")
    state.carry_from_last()
    assert state.texts["start_time"] == "20:00"
    assert "start_time" not in state.carried


def test_a_copy_has_everything_but_date_figure_confirmer_and_number(village):
    last = village.records.prefill(type_id="film_screening").from_record
    state = form(village)
    state.copy(village.records.get(last.id))
    assert state.texts["film_id"] == "烈火英雄"
    assert state.values["film_id"] == last.values["film_id"]
    for name in ("date", "audience", "confirmed_by"):
        assert name not in state.values
    assert "stamped" not in state.directs
    assert state.record_id is None


# Typing


def test_a_text_is_read_when_its_field_is_left(village):
    state = new_screening(village)
    state.type_text("date", "5")
    assert state.texts["date"] == "5"
    state.leave("date")
    assert state.texts["date"] == "2019-11-05"
    assert state.values["date"] == "2019-11-05"


def test_a_text_that_cannot_be_read_stays_as_typed_and_is_named(village):
    state = new_screening(village)
    fill_in(state, date="上个星期天吧", audience="人山人海")
    assert state.texts["date"] == "上个星期天吧"
    assert state.texts["audience"] == "人山人海"
    assert state.problem("date").blocks
    assert state.problem("audience").blocks
    assert state.unread == ("date", "audience")


def test_a_reference_is_understood_by_its_whole_title(village):
    state = new_screening(village)
    fill_in(state, film_id="我和我的祖国")
    assert state.values["film_id"] == film_id(village, "我和我的祖国")
    state.type_text("film_id", "我和我的")
    state.leave("film_id")
    assert "film_id" not in state.values
    assert state.texts["film_id"] == "我和我的"


def test_an_empty_field_is_not_nagged_about_before_it_was_visited(village):
    state = new_screening(village)
    assert "confirmed_by" in state.errors()
    assert state.problem("confirmed_by") is None
    state.leave("confirmed_by")
    assert state.problem("confirmed_by").blocks


def test_a_warning_does_not_block(village):
    state = filled(village)
    fill_in(state, audience="1860")
    assert state.problem("audience") is not None
    assert not state.problem("audience").blocks
    assert state.errors() == ()
    state.save()


def test_next_error_goes_round(village):
    state = new_screening(village)
    order = state.errors()
    assert len(order) >= 3
    assert state.next_error("") == order[0]
    assert state.next_error(order[0]) == order[1]
    assert state.next_error(order[-1]) == order[0]


def test_enter_stops_where_the_paper_is_filled_in(village):
    assert new_screening(village).stops() == (
        "receipt_no",
        "date",
        "film_id",
        "audience",
        "confirmed_by",
        "stamped",
    )


# Status


def test_the_status_follows_from_the_date(village):
    state = new_screening(village)
    fill_in(state, date="2019-11-05")
    assert state.values["status"] == "held"
    fill_in(state, date="2019-11-23")
    assert state.values["status"] == "planned"
    assert state.texts["status"] == "已计划"
    assert "audience" not in state.errors()


def test_cancelling_asks_for_the_reason_and_no_longer_for_the_figure(village):
    state = new_screening(village)
    fill_in(state, date="5", audience="12")
    state.type_text("status", "已取消")
    state.leave("status")
    assert "cancel_reason" in state.errors()
    assert "audience" not in {field.name for field in state.fields()}
    assert "audience" not in state.values
    state.type_text("status", "已举办")
    state.leave("status")
    assert state.values["audience"] == 12


def test_a_cancelled_record_stays_cancelled_when_it_is_opened_again(village):
    values = screening(
        village,
        date="2019-10-18",
        receipt_no=None,
        audience=None,
        confirmed_by=None,
        stamped=None,
        completed=None,
        status="cancelled",
        cancel_reason="weather",
    )
    saved = village.records.save(type_id="film_screening", values=values)
    state = form(village)
    state.open(village.records.get(saved.id))
    assert state.values["status"] == "cancelled"
    assert not state.errors()


def test_a_planned_record_whose_day_has_come_asks_for_what_happened(village):
    values = screening(
        village,
        date="2019-11-20",
        receipt_no=None,
        audience=None,
        confirmed_by=None,
        stamped=None,
        completed=None,
        status="planned",
    )
    saved = village.records.save(type_id="film_screening", values=values)
    state = form(village)
    state.open(village.records.get(saved.id))
    assert state.values["status"] == "planned"
    fill_in(state, date="2019-11-04")
    assert state.values["status"] == "held"
    assert "confirmed_by" in state.errors()


# Saving


def test_a_full_form_is_saved_with_its_values(village):
    saved = filled(village).save()
    values = village.records.get(saved.id).record.values
    assert values["date"] == "2019-11-05"
    assert values["audience"] == 136
    assert values["film_id"] == film_id(village, "我和我的祖国")
    assert values["stamped"] is True
    assert values["status"] == "held"


def test_what_blocks_is_refused_and_everything_typed_stays(village):
    state = filled(village)
    fill_in(state, confirmed_by="")
    before = dict(state.texts)
    with pytest.raises(Refused):
        state.save()
    assert state.texts == before
    assert state.problem("confirmed_by").blocks


def test_a_draft_is_always_saved(village):
    state = new_screening(village)
    fill_in(state, date="六月吧")
    saved = state.save(as_draft=True)
    assert village.records.get(saved.id).record.status == "draft"


def test_a_draft_that_is_finished_becomes_held(village):
    state = filled(village)
    fill_in(state, confirmed_by="")
    saved = state.save(as_draft=True)
    again = form(village)
    again.open(village.records.get(saved.id))
    fill_in(again, confirmed_by="苏国强")
    again.save()
    assert village.records.get(saved.id).record.status == "held"


def test_changes_are_noticed_and_settled_by_saving(village):
    state = new_screening(village)
    assert not state.changed
    state.type_text("date", "5")
    assert state.changed
    state = filled(village)
    state.save()
    assert not state.changed


# Surviving


def test_a_snapshot_through_json_gives_the_same_form(village):
    state = filled(village)
    fill_in(state, audience="人山人海")
    again = form(village)
    again.restore(json.loads(json.dumps(state.snapshot())))
    assert again.texts == state.texts
    assert again.values == state.values
    assert again.carried == state.carried
    assert again.errors() == state.errors()


def test_items_of_a_newer_program_are_kept(village):
    values = {**screening(village, date="2019-10-18", receipt_no=None), "seats": 200}
    with village.context.store.writing() as work:
        made = work.revisions.append(
            record=village.mint.record_id(),
            type_id="film_screening",
            type_version=9,
            scope=village.me.id,
            values=values,
        )
        work.commit()
    state = form(village)
    state.open(village.records.get(made.header.record))
    fill_in(state, audience="99")
    saved = state.save()
    assert village.records.get(saved.id).record.values["seats"] == 200


# What follows from the day


def test_a_work_log_follows_its_day(village):
    village.records.save(
        type_id="staff",
        values={
            "name": "苏惠芳",
            "employment": "part_time",
            "duty": "culture_officer",
            "full_time": "part_time",
            "in_post_from": "2018-01-01",
        },
    )
    told = {}
    for day in ("2019-11-03", "2019-11-04"):
        values = screening(
            village, date=day, receipt_no=f"GZ-{day}", film_id=film_id(village, "我和我的祖国")
        )
        told[day] = village.records.save(type_id="film_screening", values=values).id
    state = form(village, "work_log")
    state.start(month=NOVEMBER)
    assert "content" not in state.values
    fill_in(state, date="3")
    assert state.values["content"] == "电影放映：我和我的祖国（121人次）"
    assert state.values["linked"] == [told["2019-11-03"]]
    fill_in(state, content="放电影，另外修好了音响。", date="4")
    assert state.values["content"] == "放电影，另外修好了音响。"
    assert state.values["linked"] == [told["2019-11-04"]]
    fill_in(state, date="2")
    assert "linked" not in state.values
    assert not state.errors()


def test_a_log_that_is_there_keeps_what_was_written(village):
    log = {
        "date": "2019-11-04",
        "content": "值班",
    }
    village.records.save(
        type_id="film_screening", values=screening(village, film_id=film_id(village, "我和我的祖国"))
    )
    saved = village.records.save(type_id="work_log", values=log, as_draft=True)
    state = form(village, "work_log")
    state.open(village.records.get(saved.id))
    fill_in(state, date="5")
    assert state.texts["content"] == "值班"


def test_a_cancelled_screening_shows_that_it_was_made_up_for(village):
    from gzdesk.desktop.list_columns import type_columns
    from gzdesk.desktop.table_model import CELL_ROLE, RecordTableModel
    from gzdesk.services.records import ListQuery
    from gzdesk.settings import Settings

    film = film_id(village, "我和我的祖国")
    fallen = screening(village, film_id=film, date="2019-10-20", receipt_no="GZ-1", status="cancelled")
    fallen |= {"audience": None, "confirmed_by": None, "stamped": None, "cancel_reason": "weather"}
    cancelled = village.records.save(type_id="film_screening", values=fallen).id
    again = screening(village, film_id=film, date="2019-11-02", receipt_no="GZ-2", makeup_of=cancelled)
    village.records.save(type_id="film_screening", values=again)
    state = form(village)
    state.open(village.records.get(cancelled))
    assert state.answer == "已补放：2019-11-02"
    record_type = village.types.by_id["film_screening"]
    model = RecordTableModel(source=village.records, types=village.types, settings=Settings())
    columns = type_columns(record_type, compact=False)
    model.show(ListQuery(types=("film_screening",), statuses=("cancelled",)), columns)
    place = [column.id for column in columns].index("title")
    assert model.index(0, place).data(CELL_ROLE).badge == ("已补放", "info")
    model.deleteLater()
