"""The calendar of duties, case by case from the text of task 32.1 and 21.1, and its properties."""

from __future__ import annotations

import calendar
import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk import assets
from gzdesk.domain.deadlines import (
    Choices,
    Due,
    Duties,
    Fact,
    Notice,
    due_days,
    duties_between,
    last_workday,
    rate_of_duties,
)
from gzdesk.domain.duty_facts import facts_of, notices_of
from gzdesk.domain.rate import Rate
from gzdesk.domain.record import Record
from gzdesk.services.public_holidays import is_workday

D = date.fromisoformat
DATA = tomllib.loads(assets.reference("deadlines.toml").read_text(encoding="utf-8"))
DUTIES = Duties.from_data(DATA, Choices())


def dues(
    *ids: str,
    first: str = "2019-01-01",
    last: str = "2019-12-31",
    today: str = "2019-11-08",
    kind: str = "town",
    facts: tuple[Fact, ...] = (),
    notices: tuple[Notice, ...] = (),
    since: dict[str, date] | None = None,
    choices: Choices | None = None,
) -> tuple[Due, ...]:
    duties = Duties.from_data(DATA, choices) if choices else DUTIES
    return duties_between(
        [duty for duty in duties if not ids or duty.id in ids],
        unit="u",
        unit_kind=kind,
        first=D(first),
        last=D(last),
        today=D(today),
        facts=facts,
        notices=notices,
        since=since,
        is_workday=is_workday,
    )


def fact(duty: str, period: str, day: str, unit: str = "u", record_id: str = "r") -> Fact:
    return Fact(duty=duty, unit=unit, period=period, done_on=D(day), record=record_id)


def record(type_id: str, record_id: str = "r1", *, deleted: bool = False, **values: object) -> Record:
    return Record(
        id=record_id,
        type=type_id,
        unit="u",
        values={"status": "held", **values},
        deleted=deleted,
        heads=1,
        revision="",
        generation=1,
        actor="",
        recorded_at="",
    )


# Days of the year


def test_the_monthly_report_is_due_on_the_tenth_of_the_following_month():
    found = dues("monthly_report")
    assert [due.due_on.isoformat() for due in found] == [f"2019-{month:02d}-10" for month in range(1, 13)]
    assert [due.period for due in found][:2] == ["2018-12", "2019-01"]


def test_quarterly_reports_are_due_on_the_four_days_of_the_text():
    days = [due.due_on.isoformat() for due in dues("quarterly_report")]
    assert days == ["2019-03-05", "2019-06-05", "2019-09-05", "2019-12-05"]


def test_yearly_reports_are_of_the_year_before_and_stocktaking_of_the_year_itself():
    found = {
        due.duty.id: (due.period, str(due.due_on))
        for due in dues("annual_report", "asset_report", "fund_notice")
    }
    assert found == {
        "annual_report": ("2018", "2019-03-31"),
        "fund_notice": ("2018", "2019-03-31"),
        "asset_report": ("2019", "2019-12-31"),
    }


@pytest.mark.parametrize(
    ("months", "periods"),
    [
        (1, ["2020-01", "2020-02", "2020-03"]),
        (3, ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]),
        (6, ["2020-01/06", "2020-07/12"]),
        (12, ["2020"]),
    ],
)
def test_cycles_tile_the_year(months, periods):
    found = dues("meeting", first="2020-01-01", last="2020-12-31", choices=Choices(meeting_months=months))
    assert [due.period for due in found][: len(periods)] == periods
    assert len(found) == 12 // months
    assert found[-1].due_on == date(2020, 12, 31)


def test_a_month_has_its_own_last_day_in_leap_years():
    (common,) = dues("safety_check", first="2019-02-01", last="2019-02-28")
    (leap,) = dues("safety_check", first="2020-02-01", last="2020-02-29")
    assert (common.due_on, leap.due_on) == (date(2019, 2, 28), date(2020, 2, 29))
    (chosen,) = dues(
        "annual_report", first="2019-01-01", last="2019-12-31", choices=Choices(yearly_by="02-29")
    )
    assert chosen.due_on == date(2019, 2, 28)


def test_a_day_that_a_month_has_not_is_its_last():
    found = dues("monthly_report", first="2020-02-01", last="2020-04-30", choices=Choices(report_day=31))
    assert [str(due.due_on) for due in found] == ["2020-02-29", "2020-03-31", "2020-04-30"]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2019-11-10", "2019-11-10", 1),
        ("2019-11-10", "2019-12-10", 2),
        ("2019-11-11", "2019-12-09", 0),
        ("2019-11-09", "2019-11-10", 1),
        ("2019-12-10", "2019-11-10", 0),
    ],
)
def test_both_ends_of_the_window_are_included(first, last, count):
    assert len(dues("monthly_report", first=first, last=last)) == count


# The weekend and the Spring Festival


def test_the_tenth_of_february_2019_stays_the_day_and_people_are_warned_before_the_spring_festival():
    (due,) = dues("monthly_report", first="2019-02-10", last="2019-02-10", today="2019-01-29")
    assert due.due_on == date(2019, 2, 10)  # no shift, though 4 to 10 February are holidays
    assert due.last_workday == date(2019, 2, 3)  # a Sunday worked in exchange for the holiday
    assert (due.remind_from, due.press_from) == (date(2019, 1, 29), date(2019, 2, 1))
    assert due.is_asked_for(date(2019, 1, 29))
    assert not due.is_asked_for(date(2019, 1, 28))


def test_on_an_ordinary_month_people_are_told_on_the_fifth_and_pressed_on_the_eighth():
    (due,) = dues("monthly_report", first="2019-12-10", last="2019-12-10")
    assert (due.remind_from, due.press_from) == (date(2019, 12, 5), date(2019, 12, 8))


# domain.md: the tenths that fall on a weekend from 2018 to 2020
@pytest.mark.parametrize(("year", "months"), [(2018, [2, 3, 6, 11]), (2019, [2, 3, 8, 11]), (2020, [5, 10])])
def test_the_tenths_at_a_weekend(year, months):
    found = dues("monthly_report", first=f"{year}-01-01", last=f"{year}-12-31")
    assert [due.due_on.month for due in found if due.due_on.isoweekday() >= 6] == months
    assert all(is_workday(due.last_workday) for due in found)
    assert all(due.last_workday <= due.due_on for due in found)


def test_the_quarterly_days_of_2020_at_a_weekend():
    found = dues("quarterly_report", first="2020-01-01", last="2020-12-31")
    assert [str(due.due_on) for due in found if due.due_on.isoweekday() == 6] == ["2020-09-05", "2020-12-05"]


# How a duty stands


@pytest.mark.parametrize(
    ("done", "today", "state"),
    [
        (None, "2019-11-09", "open"),
        (None, "2019-11-10", "open"),  # the 10th itself
        (None, "2019-11-11", "overdue"),
        ("2019-11-10", "2019-11-10", "done"),
        ("2019-11-11", "2019-11-12", "late"),
        ("2019-11-05", "2019-12-30", "done"),
    ],
)
def test_the_day_itself_is_in_time_and_the_next_is_late(done, today, state):
    facts = (fact("monthly_report", "2019-10", done),) if done else ()
    (due,) = dues("monthly_report", first="2019-11-10", last="2019-11-10", today=today, facts=facts)
    assert due.state == state
    assert due.done_on == (D(done) if done else None)


def test_the_first_of_several_deeds_counts():
    facts = (fact("monthly_report", "2019-10", "2019-11-20"), fact("monthly_report", "2019-10", "2019-11-09"))
    (due,) = dues("monthly_report", first="2019-11-10", last="2019-11-10", today="2019-12-01", facts=facts)
    assert (due.state, due.done_on) == ("done", date(2019, 11, 9))


def test_of_two_deeds_on_one_day_it_is_always_the_same_that_counts():
    facts = [fact("monthly_report", "2019-10", "2019-11-09", record_id=name) for name in ("s", "r")]
    for read in (facts, facts[::-1]):
        (due,) = dues("monthly_report", first="2019-11-10", last="2019-11-10", facts=tuple(read))
        assert due.record == "r"


def test_what_another_unit_did_does_not_count():
    facts = (fact("monthly_report", "2019-10", "2019-11-09", unit="other"),)
    (due,) = dues("monthly_report", first="2019-11-10", last="2019-11-10", today="2019-12-01", facts=facts)
    assert due.state == "overdue"


def test_what_was_due_before_the_ledger_was_begun_is_no_fault():
    found = dues("monthly_report", since={"monthly_report": D("2019-10-01")})
    assert [due.state for due in found] == ["before"] * 9 + ["overdue", "open", "open"]
    assert rate_of_duties(found, today=D("2019-11-08")) == Rate(on_time=0, due=1)


def test_who_owes_what():
    assert {due.duty.id for due in dues(kind="village")} == {
        "month_sheet",
        "annual_report",
        "asset_report",
        "safety_check",
    }
    assert {due.duty.id for due in dues(kind="town")} == {
        "monthly_report",
        "quarterly_report",
        "annual_report",
        "asset_report",
        "fund_notice",
        "safety_check",
        "meeting",
    }


def test_a_village_sheet_is_wanted_by_the_internal_day_and_late_only_after_the_deadline():
    facts = (fact("month_sheet", "2019-10", "2019-11-07"),)
    (due,) = dues("month_sheet", kind="village", first="2019-11-10", last="2019-11-10", facts=facts)
    assert (due.wanted_on, due.due_on, due.state) == (date(2019, 11, 5), date(2019, 11, 10), "done")
    same = Choices(sheet_day=10)
    (due,) = dues("month_sheet", kind="village", first="2019-11-10", last="2019-11-10", choices=same)
    assert due.wanted_on is None


def test_what_cannot_be_made_up_is_not_asked_for_any_more():
    (check,) = dues("safety_check", first="2019-10-31", last="2019-10-31")
    (report,) = dues("monthly_report", first="2019-10-10", last="2019-10-10")
    assert (check.state, check.is_asked_for(D("2019-11-08"))) == ("overdue", False)
    assert (report.state, report.is_asked_for(D("2019-11-08"))) == ("overdue", True)


# Notices


def test_a_new_schedule_is_to_be_at_the_door_when_it_comes_into_force():
    made = record("open_schedule", valid_from="2019-11-01")
    (notice,) = notices_of(made, unit="u", duties=DUTIES)
    (due,) = dues(
        notices=(notice,), first="2019-11-01", last="2019-11-01", today="2019-11-02", kind="village"
    )
    assert (due.duty.id, due.period, due.state) == ("opening_notice", "r1", "overdue")
    posted = record("open_schedule", valid_from="2019-11-01", posted_on="2019-11-01")
    assert [item.done_on for item in facts_of(posted, unit="u", duties=DUTIES)] == [date(2019, 11, 1)]


@pytest.mark.parametrize(
    ("reason", "posted", "due_on", "state"),
    [
        ("repair", "2019-11-08", "2019-11-08", "done"),  # the seventh day before
        ("repair", "2019-11-09", "2019-11-08", "late"),
        ("weather", "2019-11-15", "2019-11-15", "done"),  # at once
        ("weather", "2019-11-16", "2019-11-15", "late"),
    ],
)
def test_repairs_are_announced_seven_days_ahead_and_the_rest_at_once(reason, posted, due_on, state):
    made = record("closure_notice", reason=reason, **{"from": "2019-11-15"}, posted_on=posted)
    notices = tuple(notices_of(made, unit="u", duties=DUTIES))
    facts = tuple(facts_of(made, unit="u", duties=DUTIES))
    (due,) = dues("closure_notice", notices=notices, facts=facts, kind="village", today="2019-11-20")
    assert (str(due.due_on), due.state) == (due_on, state)


# Which record shows what


@pytest.mark.parametrize(
    ("made", "period", "day"),
    [
        (record("monthly_report", period="2019-10", submitted_on="2019-11-08"), "2019-10", "2019-11-08"),
        (
            record("quarterly_report", due_on="2019-12-05", submitted_on="2019-12-01"),
            "2019-12-05",
            "2019-12-01",
        ),
        (record("annual_report", year=2018, published_on="2019-03-01"), "2018", "2019-03-01"),
        (record("asset_check", date="2019-12-20"), "2019", "2019-12-20"),
        (record("safety_check", date="2019-10-31"), "2019-10", "2019-10-31"),
        (record("meeting", date="2019-10-01", kind="regular", minutes="议定"), "2019-Q4", "2019-10-01"),
        (
            record(
                "evidence",
                date="2019-02-01",
                task_item="21.1",
                title="经费公告",
                covers="资金使用监督与统计公告",
            ),
            "2018",
            "2019-02-01",
        ),
        (
            record("evidence", date="2019-12-31", task_item="29.2", title="2019年经费使用报告"),
            "2019",
            "2019-12-31",
        ),
    ],
)
def test_a_record_shows_a_duty_done(made, period, day):
    (found,) = facts_of(made, unit="u", duties=DUTIES)
    assert (found.period, str(found.done_on), found.record) == (period, day, "r1")


@pytest.mark.parametrize(
    "made",
    [
        record("monthly_report", period="2019-10"),  # written, not handed in
        record("monthly_report", period="2019-10", submitted_on="2019-11-08", status="draft"),
        record("monthly_report", period="2019-10", submitted_on="2019-11-08", status="void"),
        record("monthly_report", period="2019-10", submitted_on="2019-11-08", deleted=True),
        record("monthly_report", period="2019-10", submitted_on="八日"),
        record("annual_report", year="2018年", published_on="2019-03-01"),
        record("meeting", date="2019-10-01", kind="special", minutes="议定"),
        record("meeting", date="2019-10-01", kind="regular", minutes=" "),  # no minutes, no meeting
        record("meeting", date="2019-10-01", kind="regular", minutes="议定", status="planned"),
        record("evidence", date="2019-02-01", task_item="21.1", title="年报"),
        record("evidence", date="2019-02-01", task_item="16.2", title="资金使用监督与统计公告"),
        record("film_screening", date="2019-10-05"),
        record("open_schedule", valid_from="2019-11-01"),  # not posted
    ],
)
def test_a_record_that_shows_nothing(made):
    assert list(facts_of(made, unit="u", duties=DUTIES)) == []


def test_a_voided_closure_asks_for_no_notice():
    made = record("closure_notice", status="void", reason="repair", **{"from": "2019-11-15"})
    assert list(notices_of(made, unit="u", duties=DUTIES)) == []


# The file


def test_the_file_is_refused_with_a_key_that_nobody_knows():
    with pytest.raises(ValueError, match="nothing is known of"):
        Duties.from_data({"duty": [{**DATA["duty"][0], "colour": "red"}]}, Choices())
    with pytest.raises(ValueError, match="monthly_report"):
        Duties.from_data({"duty": [{"id": "monthly_report"}]}, Choices())


def test_every_duty_names_items_and_an_indicator_that_there_are():
    from gzdesk.services.tasks import load_tasks

    for duty in DUTIES:
        for item_id in duty.items:
            item = load_tasks().item(item_id)
            assert item is not None
            assert not duty.indicator or duty.indicator in item.indicator_ids


# Properties

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))


@given(first=DAYS, span=st.integers(0, 900), cut=st.integers(0, 900))
def test_two_windows_side_by_side_are_one(first, span, cut):
    last = first + timedelta(days=span)
    middle = first + timedelta(days=min(cut, span))
    for duty in DUTIES:
        whole = sorted(due_days(duty, first, last))
        parts = sorted([*due_days(duty, first, middle), *due_days(duty, middle + timedelta(days=1), last)])
        assert whole == parts


@given(day=DAYS)
def test_the_last_workday_is_never_later_and_the_day_itself_when_people_work(day):
    found = last_workday(day, lambda one: one.isoweekday() < 6)
    assert day - timedelta(days=2) <= found <= day
    assert (found == day) == (day.isoweekday() < 6)


@given(year=st.integers(2015, 2032))
def test_each_duty_comes_as_often_a_year_as_it_should(year):
    found = dues(first=f"{year}-01-01", last=f"{year}-12-31", today=f"{year}-06-01")
    counts = {one.duty.id: sum(due.duty.id == one.duty.id for due in found) for one in found}
    assert counts == {
        "monthly_report": 12,
        "quarterly_report": 4,
        "annual_report": 1,
        "asset_report": 1,
        "fund_notice": 1,
        "safety_check": 12,
        "meeting": 4,
    }
    assert len({(due.duty.id, due.period) for due in found}) == len(found)
    assert any(due.due_on == date(year, 2, 28 + calendar.isleap(year)) for due in found)


@given(
    days=st.lists(st.tuples(st.integers(1, 12), st.integers(-3, 3)), max_size=30),
    today=DAYS,
)
def test_the_order_of_facts_changes_nothing(days, today):
    facts = [
        fact(
            "monthly_report",
            f"2019-{month:02d}",
            str(date(2019, month, 10) + timedelta(days=shift)),
            record_id=f"r{number}",
        )
        for number, (month, shift) in enumerate(days)
    ]
    one = dues("monthly_report", last="2020-01-31", today=str(today), facts=tuple(facts))
    other = dues("monthly_report", last="2020-01-31", today=str(today), facts=tuple(reversed(facts)))
    assert one == other
    rate = rate_of_duties(one, today=today)
    assert 0 <= rate.on_time <= rate.due <= 13
