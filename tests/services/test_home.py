"""What is due, and what the first page shows of a month and a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.period import Month
from gzdesk.services.home import Unsent
from gzdesk.services.home_due import workday_before
from gzdesk.services.home_items import DueItem
from tests.desktop.forms_world import TODAY, activity, screening, village_folder
from tests.desktop.shell_world import opened, world

OCTOBER, NOVEMBER = Month(2019, 10), Month(2019, 11)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = bootstrap.open_workspace(village_folder(tmp_path / "village"), today=TODAY)
    yield opened
    opened.close()


def on(workspace: Workspace, day: date) -> Workspace:
    """The same ledger on another day."""
    workspace.context.mint._today = day
    return workspace


def due(workspace: Workspace, kind: str) -> DueItem | None:
    return next((item for item in workspace.home.due() if item.kind == kind), None)


def fill_month(workspace: Workspace, month: Month) -> None:
    venue = workspace.opening.venues()[0]
    grid = workspace.opening.month(month, venue)
    for cell in grid.days:
        if cell.is_missing:
            grid = workspace.opening.set_visitors(grid, cell.day, 20)


# Months


def test_a_past_month_with_records_is_due_until_it_is_closed(workspace):
    months = [item.action.arguments["month"] for item in workspace.home.due() if item.kind == "month_open"]
    assert months == [Month(2019, 8), Month(2019, 9), OCTOBER]
    workspace.months.close(OCTOBER, filled_by="苏惠芳")
    months = [item.action.arguments["month"] for item in workspace.home.due() if item.kind == "month_open"]
    assert months == [Month(2019, 8), Month(2019, 9)]


def test_what_a_register_dates_makes_no_month_due(workspace):
    before = [item for item in workspace.home.due() if item.kind == "month_open"]
    television = {
        "asset_no": "ZC-2019-001",
        "name": "电视机",
        "class": "network_tv",
        "acquired_on": "2019-02-01",
    }
    workspace.records.save(type_id="asset", values={**television, "place": "二楼", "keeper": "苏惠芳"})
    assert [item for item in workspace.home.due() if item.kind == "month_open"] == before


def test_a_register_of_the_town_that_cannot_be_read_is_named(tmp_path):
    folder = village_folder(tmp_path / "village")
    (folder / bootstrap.OWN_TYPES).mkdir()
    (folder / bootstrap.OWN_TYPES / "灯会.toml").write_text("不是登记簿", encoding="utf-8")
    opened = bootstrap.open_workspace(folder, today=TODAY)
    try:
        item = due(opened, "register_left_out")
        assert item is not None
        assert item.detail.startswith("record_types/灯会.toml 用不了，这个登记簿先不列出：")
    finally:
        opened.close()


def test_a_deadline_at_the_weekend_is_announced_with_the_workday_before(workspace):
    item = [item for item in workspace.home.due() if item.kind == "month_open"][-1]
    assert "11月10日（星期日）截止" in item.detail
    assert "8日（星期五）前" in item.detail
    assert item.tone == "warn"


def test_after_the_deadline_the_month_is_late_and_comes_first(workspace):
    items = on(workspace, date(2019, 11, 12)).home.due()
    assert items[0].kind == "month_open"
    late = [item for item in items if item.kind == "month_open"][-1]
    assert late.tone == "error"
    assert "已过期 2 天" in late.detail


def test_on_the_day_of_the_deadline_it_is_not_late_yet(workspace):
    item = [item for item in on(workspace, date(2019, 11, 10)).home.due() if item.kind == "month_open"][-1]
    assert item.tone == "warn"


def test_the_deadline_follows_the_setting(workspace):
    workspace.context.change_settings(report_deadline_day=5)
    item = [item for item in workspace.home.due() if item.kind == "month_open"][-1]
    assert "已过期 1 天" in item.detail


def test_reminders_begin_on_the_day_that_is_set(workspace):
    workspace.context.change_settings(remind_from_day=8)
    months = [item.action.arguments["month"] for item in workspace.home.due() if item.kind == "month_open"]
    assert OCTOBER not in months


def test_a_new_ledger_owes_no_month(tmp_path):
    fresh = bootstrap.init_village(tmp_path / "new", name="曹一村", today=TODAY)
    try:
        assert due(fresh, "month_open") is None
    finally:
        fresh.close()


@pytest.mark.parametrize(
    ("day", "workday"),
    [
        (date(2019, 11, 10), date(2019, 11, 8)),  # a Sunday
        (date(2019, 10, 7), date(2019, 9, 30)),  # National Day
        (date(2019, 10, 12), date(2019, 10, 12)),  # a Saturday worked for the holiday
        (date(2019, 11, 6), date(2019, 11, 6)),
    ],
)
def test_the_workday_before_a_day(day, workday):
    assert workday_before(day) == workday


# Open days


def test_days_without_a_figure_are_counted_by_month_without_today(workspace):
    fill_month(workspace, OCTOBER)
    fill_month(workspace, NOVEMBER)
    assert due(workspace, "opening_missing") is None
    venue = workspace.opening.venues()[0]
    for day in (date(2019, 10, 24), date(2019, 10, 31), date(2019, 11, 5), date(2019, 11, 6)):
        workspace.opening.set_visitors(workspace.opening.month(Month.of(day), venue), day, None)
    item = due(workspace, "opening_missing")
    assert "3 天" in item.title
    assert "10月缺 2 天（24日、31日）" in item.detail
    assert "11月缺 1 天（5日）" in item.detail
    assert item.action.arguments == {"month": OCTOBER, "day": date(2019, 10, 24)}


def test_a_closed_month_asks_for_no_figures(workspace):
    fill_month(workspace, NOVEMBER)
    assert due(workspace, "opening_missing") is not None
    workspace.months.close(OCTOBER, filled_by="苏惠芳")
    assert due(workspace, "opening_missing") is None


# Films and performances


def test_one_film_a_month_is_due(workspace):
    item = due(workspace, "film_missing")
    assert (item.done, item.wanted) == (0, 1)
    assert "24 天" in item.detail
    assert "烈火英雄" in item.detail
    assert item.action.arguments == {"type_id": "film_screening", "new": True}
    workspace.records.save(
        type_id="film_screening", values=screening(workspace, receipt_no="GZ-2019-1105", date="2019-11-05")
    )
    assert due(workspace, "film_missing") is None


def test_a_cancelled_film_does_not_count(workspace):
    cancelled = screening(
        workspace,
        receipt_no=None,
        date="2019-11-05",
        status="cancelled",
        cancel_reason="weather",
        audience=None,
        confirmed_by=None,
        completed=None,
        stamped=None,
    )
    workspace.records.save(type_id="film_screening", values=cancelled)
    assert due(workspace, "film_missing") is not None


def test_sessions_count_towards_the_year_not_records(workspace):
    assert due(workspace, "performances_missing").wanted == 5
    workspace.records.save(type_id="performance", values=_performance(sessions=3))
    assert due(workspace, "performances_missing").done == 3
    workspace.records.save(type_id="performance", values=_performance(sessions=2, date="2019-10-04"))
    assert due(workspace, "performances_missing") is None


def test_a_planned_performance_is_named_and_opened(workspace):
    plan = _performance(date="2019-11-23", status="planned", audience=None, confirmed_by=None, stamped=None)
    saved = workspace.records.save(type_id="performance", values=plan)
    item = due(workspace, "performances_missing")
    assert "11月23日" in item.detail
    assert item.action.arguments["record_id"] == saved.id


def test_the_community_has_no_such_duties(tmp_path):
    community = bootstrap.init_village(tmp_path / "new", name="古镇社区", today=TODAY)
    try:
        assert due(community, "film_missing") is None
        assert due(community, "performances_missing") is None
    finally:
        community.close()


# Unfinished things


def test_a_form_that_was_never_saved_comes_first(workspace):
    workspace.drafts.keep(type_id="activity", record_id=None, content={"texts": {"name": "重阳"}})
    first = workspace.home.due()[0]
    assert first.kind == "kept_form"
    assert first.action.page == "records"
    assert first.action.arguments == {"type_id": "activity", "new": True}


def test_drafts_are_counted_and_the_latest_is_opened(workspace):
    draft = workspace.records.save(
        type_id="activity", values=activity(status="draft", date="2019-10-30", participants=None)
    )
    item = due(workspace, "drafts")
    assert item.action.arguments == {"type_id": "activity", "record_id": draft.id}


# Quick entries, calendar, today


def test_quick_entries_say_how_far_it_was_written(workspace):
    film, other, opening, _loans = workspace.home.quick_entries()
    assert "10月11日 烈火英雄" in film.detail
    assert "10月19日" in other.detail
    assert opening.action.page == "opening"


def test_a_day_with_hours_and_no_figure_is_not_filled_in(workspace):
    venue = workspace.opening.venues()[0]
    grid = workspace.opening.set_visitors(workspace.opening.month(OCTOBER, venue), date(2019, 10, 30), 20)
    last = grid.cell(date(2019, 10, 31))
    workspace.opening.write(grid, last.day, replace(last.entry, duty_person="李桂平"))
    assert workspace.home.quick_entries()[2].detail == "已填到 10月30日"


def test_the_entry_for_open_days_leads_to_the_first_missing_day(workspace):
    opening = workspace.home.quick_entries()[2]
    assert opening.action.arguments == {"month": OCTOBER, "day": date(2019, 10, 1)}


def test_the_calendar_marks_events_plans_open_days_and_the_deadline(workspace):
    workspace.records.save(
        type_id="activity", values=activity(date="2019-11-09", status="planned", participants=None)
    )
    fill_month(workspace, NOVEMBER)
    marks = workspace.home.calendar(NOVEMBER)
    assert marks[date(2019, 11, 9)].symbols == ("planned",)
    assert marks[date(2019, 11, 5)].opened
    assert not marks[date(2019, 11, 4)].opened  # closed on Mondays
    assert [day for day, found in marks.items() if found.is_deadline] == [date(2019, 11, 10)]
    october = workspace.home.calendar(OCTOBER)
    assert october[date(2019, 10, 11)].symbols == ("square",)
    assert october[date(2019, 10, 24)].opening_missing


def test_a_day_lists_events_and_opening_hours_by_time(workspace):
    workspace.records.save(
        type_id="activity", values=activity(date="2019-11-06", start_time="16:00", status="planned")
    )
    items = workspace.home.day(TODAY)
    assert [item.time for item in items] == ["14:30", "16:00", "19:00"]
    assert items[1].state == "已计划"


def _performance(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "title": "送戏下乡粤剧折子戏",
        "kind": "cantonese_opera",
        "source": "opera_delivery",
        "date": "2019-10-03",
        "start_time": "20:00",
        "sessions": 1,
        "place": "曹一村文化广场",
        "troupe": "七坊曲艺社",
        "audience": 380,
        "host_unit": "镇文化站",
        "confirmed_by": "苏国强",
        "stamped": True,
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


# What the town has not received


def test_a_closed_month_waits_for_the_stick_until_the_town_has_answered(tmp_path):
    root = world(tmp_path / "world")
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(root / "caoyi") as village:
        unsent = village.home.unsent()
        assert unsent.entries > 0
        assert unsent.item.action.page == "stick"
        village.exchange.export(stick)
        assert village.home.unsent().item is not None  # the stick may still be lost on the way
    with opened(root / "town") as town:
        town.exchange.import_files([stick])
        town.exchange.export(stick, "caoyi")
    with opened(root / "caoyi") as village:
        village.exchange.import_files([stick])
        assert village.home.unsent() == Unsent(entries=0, item=None)


def test_an_open_month_is_not_sent_on_its_own(tmp_path):
    with opened(world(tmp_path / "world") / "caoyi", today=date(2019, 12, 5)) as village:
        unsent = village.home.unsent()
    assert unsent.entries > 0
    assert unsent.item is None


def test_a_village_without_a_town_has_nobody_to_send_to(workspace):
    assert workspace.home.unsent() == Unsent(entries=0, item=None)


def test_a_pinned_register_takes_the_place_of_an_entry_and_the_others_stay(workspace):
    workspace.home.pin_entry(3, "training_session")
    entries = workspace.home.quick_entries()
    assert [entry.action.arguments.get("type_id") for entry in entries] == [
        "film_screening",
        "activity",
        None,
        "training_session",
    ]
    workspace.home.pin_entry(0, "meeting")
    assert workspace.home.quick_entries()[0].action.page == "registers"


def test_a_village_that_no_list_names_owes_nobody_a_file(tmp_path: Path) -> None:
    made = bootstrap.init_village(tmp_path, name="灯都新村", today=TODAY)
    try:
        assert made.home.unsent() == Unsent(entries=0, item=None)
    finally:
        made.close()
