"""What is only watched in the demonstration's year, counted with plain loops (see counted_by_hand.py)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from tests.services.ledger_by_hand import FIRST, LAST, TOWN, Body, Counted, Ledger, of

# The public holidays of 2019 and the days on which work made up for them, as the State Council announced them.
HOLIDAYS = (
    ("2019-01-01", "2019-01-01"),
    ("2019-02-04", "2019-02-10"),
    ("2019-04-05", "2019-04-07"),
    ("2019-05-01", "2019-05-04"),
    ("2019-06-07", "2019-06-09"),
    ("2019-09-13", "2019-09-15"),
    ("2019-10-01", "2019-10-07"),
)
MAKEUP_WORKDAYS = ("2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12")
OFFICE = (("08:30", "12:00"), ("14:00", "17:30"))
SCHOOLS = ("学校", "小学", "中学", "校园", "幼儿园")
_REFERENCE = Path(__file__).parents[2] / "db" / "reference"


def monitors(ledger: Ledger) -> Counted:
    """All of them."""
    return {**_events(ledger), **_registers(ledger), **_opening(ledger)}


def _events(ledger: Ledger) -> Counted:
    activities, trainings = ledger.of_year("activity"), ledger.of_year("training_session", "start_on")
    shows = [item for item in ledger.of_year("performance") if item.get("confirmed_by")]
    films = [
        item
        for item in ledger.of_year("film_screening")
        if item.get("confirmed_by") and item["completed"] is not False
    ]
    sessions = [*activities, *trainings, *shows]
    halves = sum((Fraction(item["session_count"]) for item in films), Fraction())
    choral = [
        *(item for item in activities if item["category"] == "chorus"),
        *(item for item in activities if item["category"] == "contest" and "合唱" in item["name"]),
        *(item for item in trainings if "合唱" in item["title"]),
        *(item for item in shows if item["kind"] == "chorus"),
    ]
    return {
        "monitor_opera_delivery_count": _count(s for s in shows if s["source"] == "opera_delivery"),
        "monitor_reading_activity_count": _count(a for a in activities if a["category"] == "reading"),
        "monitor_choral_activity_count": _count(choral),
        "monitor_cantonese_opera_outreach": _count(_outreach(activities, shows)),
        "monitor_training_person_times": of(
            sum(item.get("attendance_total", 0) for item in trainings if item["kind"] == "arts")
        ),
        "monitor_remote_training_sessions": _count(t for t in trainings if t["kind"] == "remote"),
        "monitor_activity_sessions": of(_count(sessions)[0] + halves),
    }


def _count(events: Iterable[Body]) -> tuple[Fraction, Fraction]:
    return of(sum(event.get("sessions", 1) for event in events))


def _outreach(activities: list[Body], shows: list[Body]) -> Iterator[Body]:
    """Cantonese opera in a school, or wherever a village holds it; not what the station holds in its own hall."""
    for event in [
        *(item for item in activities if "粤剧" in item["name"] or "粤曲" in item["name"]),
        *(item for item in shows if item["kind"] == "cantonese_opera"),
    ]:
        words = " ".join(event.get(name, "") for name in ("name", "title", "place", "organiser", "host_unit"))
        if event["_unit"] not in TOWN or any(school in words for school in SCHOOLS):
            yield event


def _registers(ledger: Ledger) -> Counted:
    surveys = [item for item in ledger["satisfaction_survey"] if item["period"][:4] == FIRST[:4]]
    satisfied = sum(item["n5"] + item["n4"] + item["n3"] for item in surveys)
    valid = satisfied + sum(item["n2"] + item["n1"] for item in surveys)
    orders = ledger.of_year("delivery_order", "ordered_on")
    taken_on = [item for item in orders if item["state"] not in ("ordered", "withdrawn")]
    teams = {
        (item["name"], item["unit_code"])
        for item in ledger["culture_team"]
        if item["state"] != "dissolved" and item.get("founded_on", "") <= LAST
    }
    stories = [item for item in ledger.of_year("publicity") if not item.get("reprint_of")]
    places = [item for item in ledger["facility"] if item.get("opened_on", "") <= LAST]
    return {
        "monitor_satisfaction_rate": of(satisfied, valid),
        "monitor_order_fulfilment_rate": of(
            sum(item["state"] == "delivered" for item in taken_on), len(taken_on)
        ),
        "monitor_works_created": of(len(ledger.of_year("culture_work"))),
        "monitor_culture_team_count": of(len(teams)),
        "monitor_publicity_count": of(len(stories)),
        "monitor_venue_signage_rate": of(sum(place.get("signage") is True for place in places), len(places)),
        "monitor_evidence_complete_rate": _complete_items(ledger),
    }


# Opening hours


def _opening(ledger: Ledger) -> Counted:
    planned_min = days = 0
    for venue in {item["facility_id"] for item in ledger["open_schedule"]}:
        for minutes in _announced(ledger, venue):
            planned_min, days = planned_min + minutes, days + 1
    logged_min = outside_min = 0
    for item in ledger.of_year("opening_log"):
        minutes = _clock(item["to"]) - _clock(item["from"])
        logged_min += minutes
        outside_min += minutes if _is_day_of_rest(item["date"]) else minutes - _in_office(item)
    return {
        "monitor_weekly_open_hours": (Fraction(planned_min, 60), Fraction(days, 7)),
        "monitor_staggered_open_share": (Fraction(outside_min, 60), Fraction(logged_min, 60)),
    }


def _announced(ledger: Ledger, venue: str) -> Iterator[int]:
    """The minutes that were announced for each day of the year on which the venue was not closed by a notice."""
    day = date.fromisoformat(FIRST)
    while day.isoformat() <= LAST:
        text, day = day.isoformat(), day + timedelta(days=1)
        closed = any(
            item["facility_id"] == venue and item["from"] <= text <= item.get("to", "9999")
            for item in ledger["closure_notice"]
        )
        in_force = [
            item
            for item in ledger["open_schedule"]
            if item["facility_id"] == venue and item["valid_from"] <= text <= item.get("valid_to", "9999")
        ]
        if in_force and not closed:
            slots = max(in_force, key=lambda item: str(item["valid_from"]))["weekday_slots"]
            weekday = 8 if _is_holiday(text) else date.fromisoformat(text).isoweekday()
            yield sum(_clock(s["to"]) - _clock(s["from"]) for s in slots if s["weekday"] == weekday)


def _is_holiday(day: str) -> bool:
    return any(first <= day <= last for first, last in HOLIDAYS)


def _is_day_of_rest(day: str) -> bool:
    weekend = date.fromisoformat(day).isoweekday() >= 6 and day not in MAKEUP_WORKDAYS
    return weekend or _is_holiday(day)


def _in_office(item: Body) -> int:
    """The minutes of an entry that lie in office hours."""
    return sum(
        max(0, min(_clock(item["to"]), _clock(last)) - max(_clock(item["from"]), _clock(first)))
        for first, last in OFFICE
    )


def _clock(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


# Evidence


def _complete_items(ledger: Ledger) -> tuple[Fraction, Fraction]:
    """Items of the tasks of whose checklist every entry is answered by a register or by a paper under the item."""
    tasks = tomllib.loads((_REFERENCE / "tasks.toml").read_text(encoding="utf-8"))
    rows = tomllib.loads((_REFERENCE / "task_checklist.toml").read_text(encoding="utf-8"))["entry"]
    rules = {(row["item"], row["words"]): row for row in rows}
    items = [item for task in tasks["task"] for item in task["item"]]
    complete = 0
    for item in items:
        number = item["item_id"]
        complete += all(
            _is_filed(ledger, number, words) or _is_registered(ledger, rules.get((number, words)))
            for words in item["evidence"]
        )
    return of(complete, len(items))


def _is_registered(ledger: Ledger, rule: Body | None) -> bool:
    """Whether the register that answers the entry has a record with what it needs; of photos there are none."""
    if rule is None:
        return False
    needs = rule.get("needs")
    return any(not needs or bool(item.get(needs)) for item in ledger[rule["type"]])


def _is_filed(ledger: Ledger, number: str, words: str) -> bool:
    """Whether a paper under the item was filed for the entry or is called like it."""
    names = [name for name in re.split(r"[/／、]", re.sub(r"[(（].*?[)）]", "", words)) if len(name) > 1]
    for paper in ledger["evidence"]:
        if paper["task_item"] != number:
            continue
        proven = [
            item for items in ledger.records.values() for item in items if item["_id"] == paper.get("proves")
        ]
        for one in (paper, *proven):
            files = " ".join(file["name"] for file in one.get("evidence", ()))
            called = f"{one.get('title', '')} {files}"
            if one.get("covers") == words or any(name in called for name in names):
                return True
    return False
