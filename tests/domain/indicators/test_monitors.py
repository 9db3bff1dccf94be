"""What is watched without a target: counted by the text of each rule and its edge cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.checklists import ItemEvidence
from gzdesk.domain.indicators.judging import measure
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import Result
from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import BY_ID, STATION, World, codes, row, value

D = "2019-03-10"
HOURS, STAGGERED = "monitor_weekly_open_hours", "monitor_staggered_open_share"
PUBLICITY, TEAMS, ORDERS = (
    "monitor_publicity_count",
    "monitor_culture_team_count",
    "monitor_order_fulfilment_rate",
)


def activity(record_id: str, unit: str = "a", **values: object) -> Row:
    return row("activity", unit, record_id, **{"date": D, "sessions": 1, "participants": 20, **values})


def show(record_id: str, unit: str = "a", **values: object) -> Row:
    return row("performance", unit, record_id, date=D, **values)


def training(record_id: str, unit: str = "a", **values: object) -> Row:
    return row(
        "training_session", unit, record_id, **{"start_on": D, "kind": "arts", "sessions": 1, **values}
    )


def parts(result: Result) -> dict[str, str]:
    return {part.key: str(part.value) for part in result.parts}


@pytest.mark.parametrize("indicator", [name for name in INDICATORS if name.startswith("monitor_")])
def test_a_monitor_has_no_verdict(indicator: str) -> None:
    assert World().year(indicator).verdict in {"none", "unknown"}


class TestEvents:
    def test_reading_counts_sessions_of_its_category(self) -> None:
        world = World().having(
            activity("1", category="reading", sessions=3),
            activity("2", category="lecture"),
            activity("off", category="reading", status="cancelled"),
            activity("3", "b", category="reading"),
        )
        result = world.year("monitor_reading_activity_count")
        assert (value(result), codes(result)) == ("4", {"off": "cancelled"})
        assert parts(result) == {"a": "3", "b": "1", "c": "0", "s": "0"}
        assert value(world.month("monitor_reading_activity_count", 4)) == "0"

    def test_choral_events_are_told_apart(self) -> None:
        world = World().having(
            activity("1", category="chorus", name="合唱团排练"),
            activity("2", category="contest", name="合唱大赛"),
            activity("3", category="contest", name="书法比赛"),
            activity("4", category="chorus", name="社区合唱"),
            show("5", kind="chorus"),
            training("6", title="合唱指挥培训班", sessions=2),
        )
        result = world.year("monitor_choral_activity_count")
        assert value(result) == "6"
        assert parts(result) == {
            "rehearsal": "1",
            "training": "2",
            "performance": "1",
            "contest": "1",
            "other": "1",
        }

    def test_cantonese_opera_in_villages_and_schools(self) -> None:
        world = World().having(
            show("1", kind="cantonese_opera"),
            show("2", kind="cantonese_opera", place="古镇小学"),
            show("3", kind="variety"),
            activity("4", STATION, name="粤剧进校园", category="heritage"),
            activity("5", STATION, name="粤剧讲座", category="lecture"),
        )
        result = world.year("monitor_cantonese_opera_outreach")
        assert (parts(result), codes(result)) == ({"village": "1", "school": "2"}, {"5": "no_outreach"})

    def test_sent_performances_are_some_of_all(self) -> None:
        world = World().having(show("1", source="opera_delivery", sessions=2), show("2", source="village"))
        assert value(world.year("monitor_opera_delivery_count")) == "2"
        assert value(world.year("performances_per_village_year", unit="a")) == "3"

    def test_training_counts_person_times_and_says_what_is_missing(self) -> None:
        world = World().having(
            training("1", attendance_total=30),
            training("2", attendance_total=12),
            training("3"),
            training("4", kind="centralised", attendance_total=9),
        )
        result = world.year("monitor_training_person_times")
        assert (value(result), len(result.notes)) == ("42", 1)

    def test_remote_training_counts_sessions(self) -> None:
        world = World().having(training("1", kind="remote", sessions=2, attendance_total=50), training("2"))
        result = world.year("monitor_remote_training_sessions")
        assert (value(result), "50" in result.notes[0]) == ("2", True)

    def test_an_event_is_counted_once_and_persons_stay_apart(self) -> None:
        film = row(
            "film_screening", "a", "f", date=D, start_time="19:30", receipt_no="R1", film_id="x", audience=100
        )
        again = film._replace(id="g")
        world = World().having(activity("1"), show("2", audience=80), training("3", attendance_total=5), film)
        result = world.having(again).year("monitor_activity_sessions", unit="a")
        assert (value(result), codes(result), "205" in result.notes[0]) == ("4", {"g": "same_receipt"}, True)
        assert set(parts(result).values()) == {"1"}

    def test_a_credited_joint_event_is_the_towns_once(self) -> None:
        world = World().having(
            activity("1", category="reading"), row("co_credit", "guzhen", "k", record="1", unit="b")
        )
        name = "monitor_reading_activity_count"
        assert [value(world.year(name, unit=unit)) for unit in ("a", "b", None)] == ["1", "1", "1"]


class TestRegisters:
    def test_works_and_their_awards(self) -> None:
        works = [
            row("culture_work", "a", n, date=D, award_level=level)
            for n, level in (("1", "city"), ("2", "none"))
        ]
        result = (
            World()
            .having(*works, row("culture_work", "a", "3", date="2018-05-01"))
            .year("monitor_works_created")
        )
        assert (value(result), "1" in result.notes[0]) == ("2", True)

    def test_a_team_has_one_home(self) -> None:
        world = World().having(
            row("culture_team", "a", "1", name="醒狮队", unit_code="a"),
            row("culture_team", "b", "2", name="醒狮队", unit_code="a"),
            row("culture_team", "b", "3", name="粤曲社", unit_code="b", state="paused"),
            row("culture_team", "b", "4", name="旧队", unit_code="b", state="dissolved"),
            row("culture_team", "b", "5", name="新队", unit_code="b", founded_on="2021"),
        )
        result = world.year(TEAMS)
        assert (value(result), parts(result)) == ("2", {"a": "1", "b": "1", "c": "0", "s": "0"})
        assert codes(result) == {"2": "same_team", "4": "dissolved", "5": "not_founded_yet"}
        assert value(world.year(TEAMS, unit="b")) == "1"

    def test_a_reprint_is_the_same_story(self) -> None:
        world = World().having(
            row("publicity", "a", "1", date=D, level="town"),
            row("publicity", "a", "2", date=D, level="city", reprint_of="1"),
            row("publicity", "a", "3", date=D, level="city", reprint_of="2"),
            row("publicity", "a", "4", date="2018-12-30", level="town"),
            row("publicity", "a", "5", date=D, level="town", reprint_of="4"),
        )
        assert (value(world.year(PUBLICITY)), world.year(PUBLICITY).counted) == ("1", ("1",))
        assert value(world.ruled(reprints_of="level").year(PUBLICITY)) == "2"

    def test_signs_on_the_road(self) -> None:
        venues = [row("facility", "a", n, name=n, signage=n == "1") for n in "12"]
        world = World().having(*venues, row("facility", "b", "3", name="3", status="cancelled", signage=True))
        assert value(world.year("monitor_venue_signage_rate")) == "1/2"
        assert World().year("monitor_venue_signage_rate").value is None

    def test_withdrawn_orders_are_out_and_declined_ones_in(self) -> None:
        states = ("delivered", "accepted", "declined", "withdrawn", "ordered")
        orders = [row("delivery_order", "a", state, ordered_on=D, state=state) for state in states]
        result = World().having(*orders).year(ORDERS)
        assert (result.numerator, result.denominator, result.counted) == (1, 3, ("delivered",))
        only = World().having(orders[3]).year(ORDERS)
        assert (only.value, bool(only.reason)) == (None, True)

    def test_satisfied_are_three_of_five_and_unclear_is_no_answer(self) -> None:
        form = row("satisfaction_survey", "a", "1", period="2019-Q1", n5=4, n4=3, n3=1, n2=1, n1=1, n0=9)
        result = World().having(form).year("monitor_satisfaction_rate")
        assert (value(result), result.denominator) == ("4/5", 10)
        unclear = row("satisfaction_survey", "a", "1", period="2019-Q1", n0=9)
        assert World().having(unclear).year("monitor_satisfaction_rate").value is None


WEEK = [{"weekday": day, "from": "09:00", "to": "12:00"} for day in range(1, 8)]


def schedule(record_id: str = "p", room: str = "", **values: object) -> Row:
    given = {"facility_id": "v", "valid_from": "2019-01-01", "weekday_slots": WEEK, "room": room, **values}
    return row("open_schedule", "a", record_id, **given)


def log(record_id: str, day: str, first: str = "09:00", last: str = "12:00", **values: object) -> Row:
    return row(
        "opening_log",
        "a",
        record_id,
        **{"facility_id": "v", "date": day, "from": first, "to": last, **values},
    )


class TestOpening:
    def test_the_announced_hours_of_a_week(self) -> None:
        assert value(World().having(schedule()).month(HOURS, 3)) == "21"

    def test_two_rooms_open_at_once_are_not_added(self) -> None:
        world = World().having(schedule(), schedule("q", room="书屋"))
        assert value(world.month(HOURS, 3)) == "21"

    def test_closed_days_are_not_due(self) -> None:
        closure = row(
            "closure_notice", "a", "c", facility_id="v", reason="weather", **{"from": D, "to": "2019-03-12"}
        )
        result = World().having(schedule(), closure).month(HOURS, 3)
        assert (value(result), str(result.denominator)) == ("21", "4")
        assert any("3" in note for note in result.notes)

    def test_what_was_logged_and_what_is_missing_is_told(self) -> None:
        result = World().having(schedule(), log("1", D), log("2", "2019-03-11")).month(HOURS, 3)
        assert (value(result), "29" in result.notes[0]) == ("21", True)

    def test_no_schedule_is_no_value(self) -> None:
        result = World().month(HOURS, 3)
        assert (result.value, bool(result.reason)) == (None, True)

    def test_outside_office_hours(self) -> None:
        world = World().having(log("1", "2019-03-11", "11:00", "13:00"))  # a Monday: one hour of two
        assert value(world.month(STAGGERED, 3)) == "1/2"
        assert value(World().having(log("1", D)).month(STAGGERED, 3)) == "1"  # a Sunday
        assert World().month(STAGGERED, 3).value is None

    def test_holidays_and_makeup_workdays_come_from_the_calendar(self) -> None:
        facts = World().having(log("1", "2019-10-01"), log("2", "2019-10-12")).facts()
        told = replace(
            facts,
            holiday_name=lambda day: "国庆" if day == date(2019, 10, 1) else None,
            is_makeup_workday=lambda day: day == date(2019, 10, 12),
        )
        result = measure(BY_ID[STAGGERED], INDICATORS[STAGGERED], told, period=Period.of_year(2019))
        assert value(result) == "1/2"


def test_evidence_is_complete_item_by_item() -> None:
    items = (
        ItemEvidence(item_id="16.2", label="电影", covered=2, wanted=2),
        ItemEvidence(item_id="12.1", label="演出", covered=1, wanted=3),
    )
    paper: Mapping[str, object] = {"task_item": "16.2", "index_no": "16-2-1"}
    facts = replace(
        World().having(row("evidence", "a", "e", **paper)).facts(), checklists=lambda _unit: items
    )
    name = "monitor_evidence_complete_rate"
    result = measure(BY_ID[name], INDICATORS[name], facts, period=Period.of_year(2019))
    assert (value(result), result.counted, parts(result)) == ("1/2", ("e",), {"16.2": "1", "12.1": "0"})
