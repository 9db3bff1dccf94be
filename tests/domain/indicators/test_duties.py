"""Duties (tasks.json 1.3, 7.2, 21.1, 32.1): on time is what the calendar of duties says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gzdesk.domain.deadlines import Fact, duties_between
from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.judging import measure
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import Result
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.period import Month
from tests.domain.indicators.world import BY_ID, World, codes, row, value
from tests.domain.test_deadlines import DUTIES

REPORTS, NOTICES = "duty_monthly_report_on_time_rate", "duty_open_hours_notice_rate"
YEAR = Period.of_year(2019)


def measured(
    indicator: str,
    done: dict[str, date],
    *,
    duty: str,
    today: date,
    period: Period = YEAR,
    rows: tuple[Row, ...] = (),
) -> Result:
    """The indicator when these periods of a duty were done on these days by the town."""
    facts = [
        Fact(duty=duty, unit="guzhen", period=key, done_on=day, record=f"r{key}") for key, day in done.items()
    ]
    dues = duties_between(
        DUTIES,
        unit="guzhen",
        unit_kind="town",
        first=date(2019, 1, 1),
        last=date(2019, 12, 31),
        today=today,
        facts=facts,
        since={one.id: date(2019, 1, 1) for one in DUTIES},
    )
    known = replace(World().having(*rows).on(today).facts(), dues=lambda _year: dues)
    return measure(BY_ID[indicator], INDICATORS[indicator], known, period=period)


def test_the_10th_is_in_time_and_the_11th_late_and_nothing_missing() -> None:
    done = {"2018-12": date(2019, 1, 10), "2019-01": date(2019, 2, 11)}
    result = measured(REPORTS, done, duty="monthly_report", today=date(2019, 3, 20))
    assert (result.numerator, result.denominator, result.counted) == (1, 3, ("r2018-12",))
    assert codes(result) == {"r2019-01": "late"}
    assert len(result.notes) == 2


def test_what_is_not_due_yet_does_not_count() -> None:
    result = measured(REPORTS, {}, duty="monthly_report", today=date(2019, 1, 10))
    assert (result.value, result.verdict, bool(result.reason)) == (None, "none", True)


def test_a_month_has_the_report_that_was_due_in_it() -> None:
    done = {"2019-02": date(2019, 3, 9)}
    march = Period.of_month(Month(2019, 3))
    result = measured(REPORTS, done, duty="monthly_report", today=date(2019, 4, 20), period=march)
    assert (value(result), result.denominator, result.verdict) == ("1", 1, "met")


def test_with_evidence_asks_for_the_file_of_the_report() -> None:
    done = {"2018-12": date(2019, 1, 10)}
    for files in (0, 1):
        paper = row("monthly_report", "guzhen", "r2018-12", files=files, period="2018-12")
        january = Period.of_month(Month(2019, 1))
        result = measured(
            REPORTS, done, duty="monthly_report", today=date(2019, 2, 5), period=january, rows=(paper,)
        )
        assert (value(result), result.with_evidence) == ("1", files)
        assert result.verdict_with_evidence == ("met" if files else "not_met")


@pytest.mark.parametrize(
    ("indicator", "duty", "done", "today", "on_time", "due"),
    [
        (
            "duty_quarterly_report_on_time_rate",
            "quarterly_report",
            {"2019-03-05": date(2019, 3, 5)},
            date(2019, 7, 1),
            1,
            2,
        ),
        ("duty_annual_report_rate", "annual_report", {"2018": date(2019, 3, 31)}, date(2019, 4, 1), 1, 1),
        ("duty_asset_report_rate", "asset_report", {"2019": date(2019, 11, 1)}, date(2020, 1, 1), 1, 1),
        ("duty_fund_notice_rate", "fund_notice", {}, date(2019, 4, 1), 0, 1),
        ("duty_safety_check_rate", "safety_check", {"2019-01": date(2019, 1, 9)}, date(2019, 3, 1), 1, 2),
    ],
)
def test_each_duty_has_its_days(
    indicator: str, duty: str, done: dict[str, date], today: date, on_time: int, due: int
) -> None:
    result = measured(indicator, done, duty=duty, today=today)
    assert (result.numerator, result.denominator) == (on_time, due)


class TestOpeningNotices:
    def world(self, **values: object) -> World:
        venue = row("facility", "a", "v", name="中心", type="village_culture_centre")
        given = {"facility_id": "v", "valid_from": "2019-03-01", "posted_on": "2019-02-28", **values}
        return World().on(date(2019, 6, 1)).having(venue, row("open_schedule", "a", "p", files=1, **given))

    def test_posted_with_a_photo(self) -> None:
        assert value(self.world().year(NOTICES)) == "1"
        assert codes(self.world(posted_on=None).year(NOTICES)) == {"p": "not_posted"}
        assert World().year(NOTICES).value is None

    def test_a_new_schedule_makes_the_old_notice_void(self) -> None:
        newer = row(
            "open_schedule", "a", "q", facility_id="v", valid_from="2019-05-01", posted_on="2019-05-01"
        )
        old_photo = row("evidence", "a", "e", files=1, proves="q", date="2019-03-01")
        new_photo = row("evidence", "a", "f", files=1, proves="q", date="2019-05-02")
        world = self.world().having(newer, old_photo)
        assert codes(world.year(NOTICES)) == {"q": "no_photo"}
        assert value(world.having(new_photo).year(NOTICES)) == "1"

    def test_a_repair_needs_seven_days(self) -> None:
        dates = {"from": "2019-05-20", "to": "2019-06-10"}
        for posted, fault in (("2019-05-13", {}), ("2019-05-14", {"p": "closure_not_posted"})):
            shut = row(
                "closure_notice", "a", "c", facility_id="v", reason="repair", posted_on=posted, **dates
            )
            assert codes(self.world().having(shut).year(NOTICES)) == fault


def test_meetings_of_the_town_count_with_their_minutes() -> None:
    meeting = {"date": "2019-03-10", "kind": "regular"}
    world = World().having(
        row("meeting", "guzhen.station", "1", minutes="议定三件事", **meeting),
        row("meeting", "guzhen.station", "2", **meeting),
        row("meeting", "guzhen.station", "3", minutes="x", **{**meeting, "kind": "special"}),
        row("meeting", "a", "4", minutes="村里的例会", **meeting),
    )
    result = world.year("duty_meeting_count")
    assert (value(result), result.verdict) == ("1", "none")
    assert codes(result) == {"2": "no_minutes", "3": "not_regular"}
