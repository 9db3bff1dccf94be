"""Duties on real ledgers: what shows them done, whose they are, what is asked for, the rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.domain.month import sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.services.deadlines import choices_of
from gzdesk.services.duty_targets import target_of
from gzdesk.services.duty_words import due_words, period_words
from gzdesk.settings import Settings
from tests.services.test_board import close_month, hand_in, on
from tests.services.world import Site, World

D = date.fromisoformat


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def state(site: Site, duty: str, period: str, *, unit: str = "", day: str = "2019-11-20") -> str:
    found = site.work.deadlines.between(D("2019-01-01"), D("2020-06-30"), unit=unit or site.unit, on=D(day))
    (due,) = [due for due in found if (due.duty.id, due.period) == (duty, period)]
    return due.state


def report(site: Site, period: str, day: str | None) -> None:
    values = {"period": period, "status": "held", "text": "…"}
    site.write(values if day is None else {**values, "submitted_on": day}, type_id="monthly_report")


def test_the_towns_own_report_is_done_on_the_day_of_its_receipt(world: World) -> None:
    assert state(world.town, "monthly_report", "2019-10", day="2019-11-10") == "open"
    assert state(world.town, "monthly_report", "2019-10") == "overdue"
    report(world.town, "2019-10", None)
    assert state(world.town, "monthly_report", "2019-10") == "overdue"
    report(world.town, "2019-10", "2019-11-10")
    assert state(world.town, "monthly_report", "2019-10") == "done"


def test_a_day_in_the_past_does_not_know_what_was_done_later(world: World) -> None:
    report(world.town, "2019-10", "2019-11-12")
    assert state(world.town, "monthly_report", "2019-10", day="2019-11-09") == "open"
    assert state(world.town, "monthly_report", "2019-10", day="2019-11-11") == "overdue"
    assert state(world.town, "monthly_report", "2019-10", day="2019-11-12") == "late"


def test_what_was_due_before_the_ledger_is_not_asked_for_until_the_first_entry_of_its_kind(
    world: World,
) -> None:
    assert state(world.town, "monthly_report", "2019-09") == "before"
    report(world.town, "2019-08", "2019-09-09")
    assert state(world.town, "monthly_report", "2019-08") == "done"
    assert state(world.town, "monthly_report", "2019-09") == "overdue"
    assert state(world.town, "monthly_report", "2019-07") == "before"


def test_the_board_says_on_which_day_a_village_handed_in(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-10")
    hand_in(world, world.gusan, "2019-10", day="2019-11-11")
    assert state(world.town, "month_sheet", "2019-10", unit="gusi") == "done"
    assert state(world.town, "month_sheet", "2019-10", unit="gusan") == "late"
    assert state(world.town, "month_sheet", "2019-10", unit="guer") == "overdue"
    assert state(world.town, "month_sheet", "2019-09", unit="gusi") == "before"


def test_the_rate_of_sheets_is_the_boards(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-10")
    hand_in(world, world.gusan, "2019-10", day="2019-11-11")
    on(world.town, "2019-11-20")
    rates = world.town.work.deadlines.rates(2019)
    sheets = [rate for rate in rates if rate.duty.id == "month_sheet"]
    assert sheets[0].unit is None
    assert sheets[0].rate == world.town.work.board.year(2019).rate == Rate(on_time=1, due=13)
    assert len(sheets) == 14


def test_a_village_has_handed_in_when_the_closed_month_was_written_to_the_stick(world: World) -> None:
    on(world.gusi, "2019-11-09")
    close_month(world.gusi, "2019-10")
    assert state(world.gusi, "month_sheet", "2019-10") == "overdue"
    world.gusi.export(world.stick)
    assert state(world.gusi, "month_sheet", "2019-10") == "done"


def test_a_stick_written_before_the_month_was_closed_hands_in_nothing(world: World) -> None:
    on(world.gusi, "2019-11-07")
    world.gusi.write()
    world.gusi.export(world.stick)
    on(world.gusi, "2019-11-09")
    close_month(world.gusi, "2019-10")
    assert state(world.gusi, "month_sheet", "2019-10") == "overdue"


def test_a_village_sees_its_own_duties_only(world: World) -> None:
    world.gusi.write({"date": "2019-11-02", "place": "村文化室", "status": "held"}, type_id="safety_check")
    found = world.gusi.work.deadlines.between(D("2019-11-01"), D("2020-03-31"), on=D("2019-11-20"))
    assert {due.unit for due in found} == {"gusi"}
    assert state(world.gusi, "safety_check", "2019-11") == "done"


def test_the_town_sees_what_a_village_checked(world: World) -> None:
    world.gusi.write({"date": "2019-11-02", "place": "村文化室", "status": "held"}, type_id="safety_check")
    world.there_and_back(world.gusi)
    assert state(world.town, "safety_check", "2019-11", unit="gusi") == "done"
    assert state(world.town, "safety_check", "2019-11", unit="gusan") == "open"
    assert state(world.town, "safety_check", "2019-10", unit="gusi", day="2019-11-20") == "before"


def test_reminders_begin_on_their_day_and_end_when_it_is_done(world: World) -> None:
    def asked(day: str) -> list[str]:
        return [
            due.duty.id
            for due in world.town.work.deadlines.reminders(unit="guzhen", on=D(day))
            if due.period == "2019-11"
        ]

    assert asked("2019-12-04") == []
    assert asked("2019-12-05") == ["monthly_report"]
    report(world.town, "2019-11", "2019-12-06")
    assert asked("2019-12-07") == []


def test_a_report_is_begun_from_the_records_and_then_only_wants_the_day_it_was_handed_in(
    world: World,
) -> None:
    town = world.town.work
    on(world.town, "2019-12-02")
    (due,) = (one for one in town.deadlines.reminders(unit="guzhen") if one.duty.id == "quarterly_report")
    target = target_of(town.context, due)
    assert target.page == "papers"
    assert target.arguments == {"document": "quarterly_report", "quarter": ReportQuarter(2019, 4)}
    town.finishing.finish("quarterly_report", quarter=ReportQuarter(2019, 4))
    (due,) = (one for one in town.deadlines.reminders(unit="guzhen") if one.duty.id == "quarterly_report")
    target = target_of(town.context, due)
    assert (target.page, target.arguments["type_id"]) == ("registers", "quarterly_report")
    record = town.records.get(str(target.arguments["record_id"])).record
    assert (record.values["due_on"], record.values.get("submitted_on")) == ("2019-12-05", None)


def test_a_new_schedule_is_to_be_posted(world: World) -> None:
    values = {"facility_id": "x", "valid_from": "2019-11-12", "status": "held"}
    made = world.gusi.write(values, type_id="open_schedule")
    assert state(world.gusi, "opening_notice", made, day="2019-11-12") == "open"
    assert state(world.gusi, "opening_notice", made, day="2019-11-13") == "overdue"
    world.gusi.write({**values, "posted_on": "2019-11-12"}, type_id="open_schedule", record=made)
    assert state(world.gusi, "opening_notice", made) == "done"


def test_what_the_town_chose_counts(world: World) -> None:
    world.town.work.context.change_settings(report_deadline_day=8, meeting_cycle_months=12)
    found = world.town.work.deadlines.between(D("2019-12-01"), D("2019-12-31"), unit="guzhen")
    assert {
        due.duty.id: str(due.due_on) for due in found if due.duty.id in ("monthly_report", "meeting")
    } == {
        "monthly_report": "2019-12-08",
        "meeting": "2019-12-31",
    }


def test_a_choice_that_makes_no_sense_keeps_its_default() -> None:
    chosen = choices_of(Settings(meeting_cycle_months=5, yearly_reports_by="31日"))
    assert (chosen.meeting_months, chosen.yearly_by) == (3, "03-31")


def test_the_words(world: World) -> None:
    service = world.town.work.deadlines
    dues = {due.duty.id: due for due in service.between(D("2019-11-10"), D("2019-12-31"), unit="guzhen")}
    report_due = next(due for due in service.between(D("2019-11-10"), D("2019-11-10"), unit="guzhen"))
    assert due_words(report_due, today=D("2019-11-08")) == (
        "11月10日（星期日）到期，还有 2 天；当天不上班，请在11月8日（星期五）前办好"
    )
    assert period_words(report_due) == "2019年10月"
    assert period_words(dues["quarterly_report"]) == "2019年9月至11月"
    assert period_words(dues["meeting"]) == "2019年第4季度"
    assert period_words(dues["asset_report"]) == "2019年"


def test_the_sheet_of_a_village_without_a_town_is_done_when_it_is_closed(tmp_path: Path) -> None:
    from gzdesk import bootstrap

    work = bootstrap.init_village(tmp_path / "alone", name="南头村", today=D("2019-11-08"))
    site = Site.__new__(Site)
    site.work = work
    site.write(
        {"month": "2019-10", "closed": True, "signed_on": "2019-11-06"},
        type_id="monthly_sheet",
        record=sheet_record_id(work.me.id, Month(2019, 10)),
    )
    assert state(site, "month_sheet", "2019-10") == "done"
    work.close()
