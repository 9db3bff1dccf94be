"""Closing a month over a real ledger: what stops it, what it freezes, how it is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, open_workspace
from gzdesk.domain.month import MonthSheet, OpeningFigures, sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.services.month_checks import CheckItem
from tests.services import october
from tests.services.october import OCTOBER, activity, cancelled, opened, screening, venue


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    yield workspace
    workspace.close()


def items(ledger: Workspace, code: str) -> list[CheckItem]:
    return [item for item in ledger.months.checklist(OCTOBER) if item.code == code]


def refused(ledger: Workspace, **arguments: object) -> UserError:
    with pytest.raises(UserError) as caught:
        ledger.months.close(OCTOBER, **arguments)  # type: ignore[arg-type]
    assert ledger.months.state(OCTOBER).status == "open"
    return caught.value


# The draft


def test_the_draft_is_what_the_records_say(ledger: Workspace) -> None:
    activity(ledger)
    screening(ledger)
    cancelled(ledger)
    sheet = ledger.months.draft(OCTOBER)
    assert [(row.name, row.film_age) for row in sheet.rows] == [
        ("烈火英雄", "new"),
        ("书法公益班（第3课）", ""),
    ]
    assert (sheet.totals.events, sheet.totals.persons) == (2, 147)
    assert [(row.name, sheet.word(row.reason)) for row in sheet.cancelled] == [("广场舞交流赛", "停电")]
    assert (sheet.number, sheet.filled_by, sheet.closed) == ("CY1-201910", "苏惠芳", False)


def test_the_age_of_a_film_follows_the_setting(ledger: Workspace) -> None:
    screening(ledger)
    ledger.context.change_settings(new_film_years=0)
    assert ledger.months.draft(OCTOBER).rows[0].film_age == "old"


def test_opening_comes_from_the_schedule_and_the_log(ledger: Workspace) -> None:
    centre = venue(ledger)
    opened(ledger, centre, 5, visitors=88)
    opened(ledger, centre, 6, visitors=0, to="12:00")
    opened(ledger, centre, 9, visitors=7)
    sheet = ledger.months.draft(OCTOBER)
    # October 2019 has eight weekend days, the 12th a makeup workday that keeps its hours, and the logged 9th.
    assert sheet.opening == OpeningFigures(open_days=9, minutes=9 * 150 + 30, visitors=95, missing_days=6)
    assert sheet.phone == "22310000"


def test_the_town_sees_a_draft_of_any_unit(ledger: Workspace) -> None:
    assert ledger.months.draft(OCTOBER, unit="caoer").unit_name == "曹二村"
    with pytest.raises(UserError) as caught:
        ledger.months.draft(OCTOBER, unit="nowhere")
    assert caught.value.code == "unknown_unit"


# What stops a closing


def test_a_draft_record_stops_it_and_is_named(ledger: Workspace) -> None:
    activity(ledger)
    draft = ledger.records.save(
        type_id="activity", values={"name": "亲子手工", "date": "2019-10-30"}, as_draft=True
    ).id
    error = refused(ledger)
    assert (error.code, error.message) == ("month_not_ready", "10月30日 亲子手工是草稿")
    (item,) = items(ledger, "draft")
    assert (item.level, item.record_id, item.action) == ("block", draft, "record")


def test_a_plan_whose_day_is_past_stops_it(ledger: Workspace) -> None:
    activity(ledger)
    activity(ledger, name="亲子手工", date="2019-10-30", status="planned", participants=None)
    assert refused(ledger).message == "10月30日 亲子手工还是“已计划”"


def test_the_same_event_twice_stops_it(ledger: Workspace) -> None:
    activity(ledger)
    twin = activity(ledger, name="书法公益班 （第3课）", participants=30)
    assert refused(ledger).message.endswith("登记了 2 次")
    ledger.records.void(twin, reason="重复")
    ledger.months.close(OCTOBER)
    assert ledger.months.state(OCTOBER).status == "closed"


def test_the_same_title_at_another_time_is_another_event(ledger: Workspace) -> None:
    activity(ledger)
    activity(ledger, start_time="19:30")
    assert [item.level for item in items(ledger, "duplicate")] == ["ok"]


def test_an_empty_month_must_be_stated(ledger: Workspace) -> None:
    cancelled(ledger)
    assert refused(ledger).message == "本月还没有已举办的活动"
    (item,) = items(ledger, "nothing_held")
    assert item.action == "nil"
    sheet = ledger.months.close(OCTOBER, nil=True)
    assert (sheet.nil, sheet.rows, sheet.totals.events) == (True, (), 0)
    assert ledger.months.state(OCTOBER).nil


def test_a_month_with_events_is_no_nil_month(ledger: Workspace) -> None:
    activity(ledger)
    assert refused(ledger, nil=True).message == "本月有 1 场已举办的活动"


def test_a_month_to_come_cannot_be_closed(ledger: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        ledger.months.close(Month(2019, 12), nil=True)
    assert caught.value.message == "这个月还没到"


def test_a_refusal_says_how_many_more_things_there_are(ledger: Workspace) -> None:
    ledger.records.save(type_id="activity", values={"name": "甲", "date": "2019-10-30"}, as_draft=True)
    ledger.records.save(type_id="activity", values={"name": "乙", "date": "2019-10-31"}, as_draft=True)
    assert "另有 2 件" in refused(ledger).hint


# What is only worth a look


def test_warnings_do_not_stop_it(ledger: Workspace) -> None:
    centre = venue(ledger)
    opened(ledger, centre, 5, visitors=88)
    activity(ledger, evidence=None)
    screening(ledger, stamped=False)
    warned = {item.code: item for item in ledger.months.checklist(OCTOBER) if item.level == "warn"}
    assert set(warned) == {"opening_missing", "no_evidence", "unstamped"}
    assert warned["opening_missing"].title == "开放登记缺 7 天的人次"
    assert warned["no_evidence"].detail == "有照片的请补上：10月16日 书法公益班（第3课）。"
    assert warned["unstamped"].title == "10月11日 烈火英雄的回执单没盖章"
    ledger.months.close(OCTOBER)


def test_what_is_in_order_is_said_too(ledger: Workspace) -> None:
    activity(ledger)
    screening(ledger)
    assert [item.title for item in ledger.months.checklist(OCTOBER) if item.level == "ok"] == [
        "没有重复登记",
        "电影放映 1 场，回执单已盖章",
        "2 场活动都有佐证照片",
    ]


def test_only_the_first_few_events_are_named(ledger: Workspace) -> None:
    for day in range(1, 7):
        activity(ledger, date=f"2019-10-{day:02d}", evidence=None)
    (item,) = items(ledger, "no_evidence")
    assert item.detail.endswith("，另有 3 场。")


def test_closing_before_the_end_of_the_month_is_warned_of(tmp_path: Path) -> None:
    ledger = october.village(tmp_path / "early", today=date(2019, 10, 31))
    activity(ledger)
    assert [item.level for item in items(ledger, "not_over")] == ["warn"]
    ledger.months.close(OCTOBER)
    ledger.close()


# Closed, reopened, corrected


def test_a_closed_month_is_frozen_with_its_people(ledger: Workspace) -> None:
    activity(ledger)
    sheet = ledger.months.close(OCTOBER, checked_by=" 梁德明 ", summary="顺利")
    assert (sheet.filled_by, sheet.checked_by, sheet.signed_on) == ("苏惠芳", "梁德明", "2019-11-06")
    assert ledger.months.sheet("caoyi", OCTOBER) == sheet
    assert ledger.months.current(OCTOBER) == sheet
    state = ledger.months.state(OCTOBER)
    assert (state.status, state.check_code, state.events) == ("closed", sheet.check_code, 1)


def test_the_records_of_a_closed_month_cannot_change(ledger: Workspace) -> None:
    record = activity(ledger)
    ledger.months.close(OCTOBER)
    for attempt in (
        lambda: activity(ledger, name="补记"),
        lambda: ledger.records.delete(record),
        lambda: activity(ledger, date="2019-10-31"),
    ):
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.code == "month_closed"
    activity(ledger, date="2019-11-05")


def test_a_month_is_closed_once(ledger: Workspace) -> None:
    activity(ledger)
    ledger.months.close(OCTOBER)
    with pytest.raises(UserError) as caught:
        ledger.months.close(OCTOBER)
    assert caught.value.code == "month_closed"


def test_reopening_needs_a_reason(ledger: Workspace) -> None:
    activity(ledger)
    ledger.months.close(OCTOBER)
    with pytest.raises(UserError) as caught:
        ledger.months.reopen(OCTOBER, reason="  ")
    assert caught.value.code == "reason_needed"
    assert ledger.months.state(OCTOBER).status == "closed"


def test_an_open_month_cannot_be_reopened(ledger: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        ledger.months.reopen(OCTOBER, reason="漏登")
    assert caught.value.code == "month_open"


def test_the_next_sheet_is_a_correction_and_the_earlier_one_stays(ledger: Workspace) -> None:
    activity(ledger)
    first = ledger.months.close(OCTOBER)
    state = ledger.months.reopen(OCTOBER, reason="漏登一场")
    assert (state.status, state.reason, state.correction) == ("reopened", "漏登一场", 1)
    assert state.check_code == ""
    assert ledger.months.sheet("caoyi", OCTOBER) is None
    activity(ledger, name="漏登的一场")
    assert ledger.months.draft(OCTOBER).correction == 1
    second = ledger.months.close(OCTOBER)
    assert (second.correction, second.totals.events) == (1, 2)
    ledger.months.reopen(OCTOBER, reason="又漏一场")
    third = ledger.months.close(OCTOBER)
    assert third.correction == 2
    assert ledger.months.closings(OCTOBER) == (first, second, third)
    assert len({sheet.check_code for sheet in (first, second, third)}) == 3


def test_what_a_newer_program_put_into_a_sheet_survives_reopening(ledger: Workspace) -> None:
    activity(ledger)
    sheet = ledger.months.close(OCTOBER)
    record_id = sheet_record_id("caoyi", OCTOBER)
    with ledger.context.store.writing() as work:
        values = {**sheet.to_values(), "reviewed_by": "文化站"}
        work.revisions.append(
            record=record_id, type_id="monthly_sheet", type_version=9, scope="caoyi", values=values
        )
        work.commit()
    ledger.months.reopen(OCTOBER, reason="漏登")
    assert ledger.records.get(record_id).record.values["reviewed_by"] == "文化站"


def test_a_sheet_that_cannot_be_read_is_said_so(ledger: Workspace) -> None:
    activity(ledger)
    values = {**ledger.months.close(OCTOBER).to_values(), "summary": "改过"}
    with ledger.context.store.writing() as work:
        work.revisions.append(
            record=sheet_record_id("caoyi", OCTOBER),
            type_id="monthly_sheet",
            type_version=1,
            scope="caoyi",
            values=values,
        )
        work.commit()
    with pytest.raises(UserError) as caught:
        ledger.months.sheet("caoyi", OCTOBER)
    assert caught.value.code == "sheet_unreadable"


def test_states_of_a_year(ledger: Workspace) -> None:
    activity(ledger)
    ledger.months.close(OCTOBER)
    ledger.months.close(Month(2019, 9), nil=True)
    states = ledger.months.states(2019)
    assert [state.month.month for state in states] == list(range(1, 13))
    assert [state.status for state in states] == ["open"] * 8 + ["closed"] * 2 + ["open"] * 2


def test_a_closing_that_fails_while_writing_leaves_the_month_open(
    ledger: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity(ledger)

    def broken(self: MonthSheet) -> dict[str, object]:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(MonthSheet, "to_values", broken)
        with pytest.raises(OSError, match="disk full"):
            ledger.months.close(OCTOBER)
    assert ledger.months.state(OCTOBER).status == "open"


def test_a_closed_month_is_still_closed_tomorrow(ledger: Workspace, tmp_path: Path) -> None:
    activity(ledger)
    sheet = ledger.months.close(OCTOBER)
    ledger.close()
    again = open_workspace(tmp_path / "village", today=date(2019, 11, 7))
    assert again.months.sheet("caoyi", OCTOBER) == sheet
    again.close()


def test_everyone_is_told_of_a_closing(ledger: Workspace) -> None:
    activity(ledger)
    told: list[frozenset[str]] = []
    ledger.changes.subscribe(told.append)
    ledger.months.close(OCTOBER)
    assert told == [frozenset({"monthly_sheet"})]
