"""A month of open days: what is planned, what is written down for a day, and the sums beside the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.opening import Slot
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.services.opening import OpeningMonth
from tests.desktop.forms_world import TODAY, village_folder

OCTOBER = Month(2019, 10)
AFTERNOON, EVENING = Slot(start="14:30", end="17:30"), Slot(start="19:00", end="21:00")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bootstrap.open_workspace(village_folder(tmp_path / "village"), today=TODAY)
    yield workspace
    workspace.close()


def october(village: Workspace) -> OpeningMonth:
    return village.opening.month(OCTOBER, village.opening.venues()[0])


def logs(village: Workspace, day: str) -> list[dict[str, object]]:
    return [
        dict(record.values)
        for record in village.records.of_types(["opening_log"])
        if record.values["date"] == day
    ]


def day(number: int) -> date:
    return date(2019, 10, number)


# The plan


def test_the_month_is_laid_out_by_the_weekly_hours(village):
    month = october(village)
    assert month.cell(day(8)).entry.slots == (AFTERNOON, EVENING)
    assert not month.cell(day(14)).is_open
    assert month.totals.open_days == 28
    assert month.totals.minutes == round(172.5 * 60)


def test_a_holiday_on_a_monday_is_open_by_its_own_hours(village):
    cell = october(village).cell(day(7))
    assert cell.plan.holiday_name == "国庆"
    assert len(cell.entry.slots) == 3


def test_a_worked_weekend_is_marked(village):
    assert october(village).cell(day(12)).plan.is_makeup_workday


def test_days_without_a_figure_are_missing_and_not_zero(village):
    month = october(village)
    assert month.totals.missing_days == 28
    assert month.totals.filled_days == 0
    assert month.cell(day(8)).entry.visitors is None


def test_days_to_come_are_not_missing(village):
    month = village.opening.month(Month(2019, 11), village.opening.venues()[0])
    assert month.totals.missing_days == 5
    assert month.totals.open_days == 26
    with pytest.raises(UserError) as refused:
        village.opening.set_visitors(month, date(2019, 11, 7), 5)
    assert refused.value.code == "day_to_come"


# One number a day


def test_one_record_for_each_time_open_and_one_figure_for_the_day(village):
    month = village.opening.set_visitors(october(village), day(8), 31)
    written = logs(village, "2019-10-08")
    assert [(log["from"], log["to"]) for log in written] == [("14:30", "17:30"), ("19:00", "21:00")]
    assert [log.get("visitors") for log in written] == [31, None]
    assert {log["duty_person"] for log in written} == {"苏惠芳"}
    assert month.cell(day(8)).entry.visitors == 31
    assert month.totals.visitors == 31


def test_hours_stay_exact_however_many_days_are_filled_in(village):
    month = october(village)
    before = month.totals.minutes
    for cell in month.days:
        if cell.is_open:
            month = village.opening.set_visitors(month, cell.day, 10)
    assert month.totals.minutes == before
    assert month.totals.visitors == 280
    assert month.totals.missing_days == 0


def test_zero_is_a_figure(village):
    month = village.opening.set_visitors(october(village), day(8), 0)
    assert month.cell(day(8)).entry.visitors == 0
    assert not month.cell(day(8)).is_missing


def test_typing_again_changes_the_same_records(village):
    month = village.opening.set_visitors(october(village), day(8), 31)
    ids = month.cell(day(8)).record_ids
    month = village.opening.set_visitors(month, day(8), 32)
    assert month.cell(day(8)).record_ids == ids
    assert month.totals.visitors == 32


def test_clearing_the_figure_of_an_ordinary_day_leaves_nothing_behind(village):
    month = village.opening.set_visitors(october(village), day(8), 31)
    month = village.opening.set_visitors(month, day(8), None)
    assert month.cell(day(8)).record_ids == ()
    assert month.cell(day(8)).is_missing
    assert logs(village, "2019-10-08") == []


def test_clearing_the_figure_of_a_day_with_a_note_keeps_the_note(village):
    month = october(village)
    entry = replace(month.cell(day(25)).entry, visitors=18, note="晚停电")
    month = village.opening.write(month, day(25), entry)
    month = village.opening.set_visitors(month, day(25), None)
    assert month.cell(day(25)).entry.note == "晚停电"
    assert month.cell(day(25)).is_missing


def test_a_figure_that_the_rules_refuse_changes_nothing(village):
    with pytest.raises(UserError):
        village.opening.set_visitors(october(village), day(8), 99999)
    assert logs(village, "2019-10-08") == []


def test_an_unusual_figure_is_written_and_said(village):
    month = village.opening.set_visitors(october(village), day(8), 2500)
    assert month.cell(day(8)).entry.visitors == 2500
    assert month.warnings


def test_a_closed_day_takes_no_figure(village):
    with pytest.raises(UserError) as refused:
        village.opening.set_visitors(october(village), day(14), 5)
    assert refused.value.code == "day_closed"


# A day that was different


def test_the_evening_without_power_takes_two_hours_off(village):
    month = october(village)
    before = month.totals.minutes
    entry = replace(month.cell(day(25)).entry, slots=(AFTERNOON,), visitors=18, note="晚停电")
    month = village.opening.write(month, day(25), entry)
    assert month.totals.minutes == before - 120
    assert month.cell(day(25)).differs
    assert month.cell(day(25)).entry.note == "晚停电"
    assert len(logs(village, "2019-10-25")) == 1


def test_times_can_be_moved_over_one_another(village):
    month = village.opening.set_visitors(october(village), day(8), 31)
    slots = (Slot(start="14:00", end="19:30"), Slot(start="20:00", end="22:00"))
    month = village.opening.write(month, day(8), replace(month.cell(day(8)).entry, slots=slots))
    assert month.cell(day(8)).entry.slots == slots
    assert month.cell(day(8)).entry.visitors == 31


def test_a_monday_that_was_open_after_all(village):
    month = october(village)
    entry = replace(month.cell(day(14)).entry, slots=(EVENING,), visitors=40, duty_person="李冬梅")
    month = village.opening.write(month, day(14), entry)
    assert month.cell(day(14)).is_open
    assert month.totals.open_days == 29
    month = village.opening.write(month, day(14), replace(entry, slots=()))
    assert not month.cell(day(14)).is_open


def test_a_planned_day_cannot_be_emptied_of_its_times(village):
    month = october(village)
    with pytest.raises(UserError) as refused:
        village.opening.write(month, day(8), replace(month.cell(day(8)).entry, slots=()))
    assert refused.value.code == "day_without_times"


def test_what_was_before_can_be_written_back(village):
    month = october(village)
    planned = month.cell(day(8)).entry
    month = village.opening.set_visitors(month, day(8), 31)
    month = village.opening.write(month, day(8), planned)
    assert month.cell(day(8)).record_ids == ()


def test_a_closure_notice_closes_its_days(village):
    venue = village.opening.venues()[0]
    village.records.save(
        type_id="closure_notice",
        values={
            "facility_id": venue.id,
            "from": "2019-10-16",
            "to": "2019-10-18",
            "reason": "weather",
            "posted_on": "2019-10-16",
        },
    )
    month = october(village)
    assert [month.cell(day(number)).is_open for number in (15, 16, 17, 18, 19)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert month.cell(day(17)).plan.closed_reason == "weather"
    assert month.totals.open_days == 25


def test_a_closed_month_is_refused_in_words(village):
    village.months.close(OCTOBER, checked_by="李冬梅")
    month = october(village)
    assert month.is_closed
    with pytest.raises(UserError) as refused:
        village.opening.set_visitors(month, day(8), 31)
    assert refused.value.code == "month_closed"


def test_the_sheet_and_the_grid_have_the_same_sums(village):
    month = october(village)
    for number in (1, 8, 9, 25):
        month = village.opening.set_visitors(month, day(number), number)
    entry = replace(month.cell(day(25)).entry, slots=(AFTERNOON,))
    month = village.opening.write(month, day(25), entry)
    opening = village.months.draft(OCTOBER).opening
    assert opening.open_days == month.totals.open_days
    assert opening.minutes == month.totals.minutes
    assert opening.visitors == month.totals.visitors
    assert opening.missing_days == month.totals.missing_days
