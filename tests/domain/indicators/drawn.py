"""Drawing a year of plausible records of every type that an indicator reads, with the duties and checklists of it.

What is drawn collides on purpose: few units, few venues, few persons, so that the same receipt, person, team, story
or notice comes up more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from hypothesis import strategies as st

from gzdesk.domain.deadlines import Due, Fact, duties_between
from gzdesk.domain.duty_facts import facts_of, notices_of
from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.checklists import ItemEvidence
from gzdesk.domain.indicators.judging import measure
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import Result
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.period import Month, day_of
from gzdesk.domain.record import HELD, Record
from tests.domain.indicators.world import BY_ID, STATION, TOWN, World, row
from tests.domain.test_deadlines import DUTIES

WORLD = World().residents(1000).residents(90, of="a")

_DAYS = st.sampled_from([date(2019, month, day) for month in (2, 5, 6, 10, 11) for day in (3, 10, 12, 27)])
_UNITS = st.sampled_from(["a", "b", "c", "s", STATION])
_REFERENCES = st.sampled_from(["x", "y", "z"])
_LEAST_ROWS, _MOST_ROWS = 3, 30
_LUCK = st.integers(0, 100_000).map(Random)
_CHECKLISTS = {"16.2": 1, "12.1": 2, "7.2": 3}
"""Items of the tasks, and how many papers each wants."""


@dataclass(slots=True)
class Dice:
    """What a record is varied by; no two of its choices hang together."""

    day: date
    pick: int
    ref: str
    unit: str
    luck: Random

    @property
    def on(self) -> str:
        """The day as records keep it."""
        return self.day.isoformat()

    @property
    def year_or_before(self) -> str:
        """A day of the year, or of the one before it."""
        return str(self.one(self.on, self.on, f"2018{self.on[4:]}"))

    def below(self, count: int) -> int:
        """A number from 0, smaller than that."""
        return self.luck.randrange(count)

    def one(self, *choices: object) -> object:
        """One of them."""
        return choices[self.below(len(choices))]

    def sometimes(self, value: object, *, of: int = 3) -> object:
        """The value, or nothing once in so many times."""
        return value if self.below(of) else None

    def rarely(self, *, of: int = 5) -> bool:
        """Yes once in so many times."""
        return self.below(of) == 1


Values = Mapping[str, object]


def _slots(dice: Dice) -> list[dict[str, object]]:
    days = (1, 3, 6, 8) if dice.below(2) else range(1, 8)
    return [{"weekday": day, "from": "09:00", "to": f"{12 + dice.below(9)}:30"} for day in days]


_EVENTS: Mapping[str, Callable[[Dice], Values]] = {
    "film_screening": lambda d: {
        "date": d.on,
        "film_id": f"film-{d.ref}",
        "receipt_no": f"R{d.below(6)}",
        "place": d.ref,
        "format": d.one("digital", "digital", "film"),
        "completed": not d.rarely(of=7),
        "audience": d.pick,
        "makeup_of": d.sometimes(f"film_screening-{d.below(9)}", of=2),
    },
    "performance": lambda d: {
        "date": d.on,
        "title": d.one("粤剧进校园", "晚会"),
        "kind": d.one("cantonese_opera", "variety", "chorus"),
        "source": d.one("opera_delivery", "village"),
        "sessions": d.below(3) + 1,
        "completed": d.sometimes(False, of=2),
        "duration_min": d.pick * 3,
        "audience": d.pick,
    },
    "activity": lambda d: {
        "date": d.on,
        "name": d.one("粤曲大家唱", "合唱大赛", "合唱排练", "读书会", "粤剧进小学"),
        "category": d.one("reading", "chorus", "contest", "heritage"),
        "brand_id": f"brand_activity-{d.ref}",
        "care_project_id": f"care_project-{d.ref}",
        "sessions": d.below(4) + 1,
        "participants": d.pick,
    },
    "training_session": lambda d: {
        "start_on": d.on,
        "title": d.one("合唱提升班", "书法班"),
        "kind": d.one("centralised", "arts", "remote"),
        "sessions": d.below(3) + 1,
        "attendance_total": d.sometimes(d.pick),
    },
    "training_attendance": lambda d: {
        "session_id": f"training_session-{d.ref}",
        "staff_id": f"staff-{d.one('x', 'y', 'z')}",
        "days": "2.5",
        "signed": not d.rarely(of=5),
    },
    "joint_event": lambda d: {
        "records": [f"activity-{d.below(9)}", f"activity-{d.below(8)}"],
        "host": f"activity-{d.below(9)}",
        "verdict": d.one("joint", "different"),
    },
    "co_credit": lambda d: {"record": f"{d.one('performance', 'activity')}-{d.below(9)}", "unit": "a"},
    "review": lambda d: {
        "record": f"film_screening-{d.below(9)}",
        "remarks": [{"field": "completed", "remark": "停电前已放完"}],
        "status": "approved",
    },
}

_VENUES: Mapping[str, Callable[[Dice], Values]] = {
    "facility": lambda d: {
        "name": d.ref,
        "type": d.one("village_culture_centre", "rural_reading_room", "library", "culture_station", "square"),
        "indoor_area_m2": str(d.pick),
        "address": d.sometimes(d.ref, of=2),
        "accepted_on": "2018",
        "opened_on": d.one(None, "2018", "2019-06"),
        "wifi": d.rarely(of=3),
        "signage": d.rarely(of=2),
        "shared_with": ["b", "c"] if d.rarely(of=4) else None,
        "grade": d.one("first", "special"),
    },
    "open_schedule": lambda d: {
        "facility_id": f"facility-{d.ref}",
        "valid_from": d.year_or_before,
        "valid_to": "2019-11-30" if d.rarely() else None,
        "room": d.sometimes("书屋", of=2),
        "weekday_slots": d.sometimes(_slots(d), of=5),
        "posted_on": d.sometimes(d.year_or_before),
    },
    "opening_log": lambda d: {
        "facility_id": f"facility-{d.ref}",
        "date": d.on,
        "from": d.one("08:00", "09:00", "19:00"),
        "to": d.one("12:00", "18:30", "21:00"),
    },
    "closure_notice": lambda d: {
        "facility_id": f"facility-{d.ref}",
        "from": d.on,
        "to": d.one(None, "2019-12-31", "2019-11-30"),
        "reason": d.one("repair", "weather"),
        "posted_on": d.one("2018-12-20", d.on),
    },
    "asset": lambda d: {
        "class": d.one("terminal", "broadband", "stage_equipment", "network_tv"),
        "state": d.one("good", "good", "to_repair"),
        "acquired_on": "2018-01-01",
        "place": d.ref,
    },
    "library_acquisition": lambda d: {
        "date": d.on,
        "facility_id": f"facility-{d.ref}",
        "source": d.one("purchase", "transfer"),
        "volumes": d.pick,
    },
    "library_collection_snapshot": lambda d: {
        "on": d.year_or_before,
        "facility_id": f"facility-{d.ref}",
        "volumes": d.pick,
    },
    "library_loan": lambda d: {"date": d.on, "facility_id": f"facility-{d.ref}", "volumes": d.pick},
    "library_visit": lambda d: {
        "date": d.on,
        "facility_id": f"facility-{d.ref}",
        "person_times": d.pick,
        "method": "tally",
    },
}

_REGISTERS: Mapping[str, Callable[[Dice], Values]] = {
    "film": lambda d: {
        "title": d.ref,
        "origin": d.one("domestic", "imported", "unknown"),
        "film_type": d.one("feature", "science"),
        "release_date": d.sometimes(f"201{d.below(9)}", of=4),
    },
    "volunteer": lambda d: {
        "name": d.ref,
        "platform_no": d.sometimes(f"Z{d.below(9)}", of=4),
        "registered_on": d.year_or_before,
        "left_on": d.sometimes("2019-09-30", of=2),
    },
    "volunteer_service": lambda d: {
        "volunteer_id": f"volunteer-{d.ref}",
        "date": d.on,
        "hours": "1.5",
        "external_ref": d.sometimes(f"E{d.below(5)}"),
    },
    "staff": lambda d: {
        "name": d.ref,
        "phone": d.sometimes(str(d.below(3)), of=4),
        "employment": d.one("funded_public_post", "established", "contract"),
        "in_post_from": d.one("2017-01-01", "2019-08-01"),
        "in_post_to": d.sometimes("2019-10-31", of=2) if d.rarely(of=3) else None,
    },
    "online_learning": lambda d: {
        "finished_on": d.on,
        "staff_id": f"staff-{d.ref}",
        "platform": d.one("national", "national", "other"),
        "class_hours": "10.5",
        "certificate_no": d.sometimes(f"C{d.below(4)}"),
    },
    "brand_activity": lambda d: {
        "name": d.one("灯会", d.ref),
        "editions": d.below(2),
        "city_brand": d.rarely(of=5),
    },
    "care_project": lambda d: {"name": d.one(d.ref, "陪读"), "institution": f"站{d.below(3)}"},
    "digital_resource": lambda d: {
        "name": d.ref,
        "from": d.year_or_before,
        "to": d.sometimes("2019-06-30", of=2),
    },
    "fund_use": lambda d: {
        "entry": d.one("spent", "granted"),
        "year": 2019,
        "date": d.on,
        "amount": f"{d.pick}.25",
        "construction": d.rarely(of=5),
    },
    "culture_team": lambda d: {
        "name": d.one("醒狮队", d.ref),
        "unit_code": d.one("a", d.unit, "b"),
        "founded_on": d.one("2010", "2019-11", "2021"),
        "state": d.one("active", "active", "paused", "dissolved"),
    },
    "culture_work": lambda d: {"date": d.year_or_before, "award_level": d.one("none", "city")},
    "publicity": lambda d: {
        "date": d.year_or_before,
        "level": d.one("town", "city"),
        "reprint_of": d.sometimes(f"publicity-{d.one('x', 'y', 'z', d.ref)}", of=2),
    },
    "delivery_order": lambda d: {
        "ordered_on": d.on,
        "state": d.one("delivered", "accepted", "declined", "withdrawn", "ordered"),
    },
    "satisfaction_survey": lambda d: {
        "period": f"2019-Q{d.below(4) + 1}",
        "n5": d.pick,
        "n4": d.below(3),
        "n3": 1,
        "n2": d.below(2),
        "n1": 0,
        "n0": d.below(5),
    },
}

_PAPERS: Mapping[str, Callable[[Dice], Values]] = {
    "evidence": lambda d: {
        "task_item": d.one("16.2", "12.1", "7.2", "29.2"),
        "title": d.one("照片", "2018年经费使用报告"),
        "date": d.on,
        "proves": d.sometimes(f"{d.one('activity', 'open_schedule', 'meeting')}-{d.below(9)}"),
    },
    "monthly_sheet": lambda d: {"month": d.on[:7], "signed_on": _after(d, 10)},
    "monthly_report": lambda d: {"period": d.on[:7], "submitted_on": _after(d, 10)},
    "quarterly_report": lambda d: {
        "due_on": d.one("2019-03-05", "2019-06-05", "2019-12-05"),
        "submitted_on": d.one("2019-03-05", "2019-12-03", d.on),
    },
    "annual_report": lambda d: {"year": 2018, "published_on": d.on},
    "asset_check": lambda d: {"date": d.on},
    "safety_check": lambda d: {"date": d.on},
    "meeting": lambda d: {
        "date": d.on,
        "kind": d.one("regular", "regular", "special"),
        "minutes": d.sometimes("议定三件事"),
    },
}

VALUES: Mapping[str, Callable[[Dice], Values]] = {**_EVENTS, **_VENUES, **_REGISTERS, **_PAPERS}
# The registers that others point at have the very ids that they point with.
_POINTED_AT = frozenset(
    {
        "film",
        "volunteer",
        "staff",
        "training_session",
        "facility",
        "brand_activity",
        "care_project",
        "publicity",
    }
)


def _after(dice: Dice, day: int) -> str:
    """The day in the next month on which it was handed in, now and then too late."""
    return Month.of(dice.day).plus(1).first_day.replace(day=day + dice.below(4) - 2).isoformat()


@st.composite
def rows(draw: st.DrawFn, types: Sequence[str] = tuple(VALUES)) -> list[Row]:
    """Up to so many records of those types; the same id never twice."""
    made: dict[str, Row] = {}
    for number in range(draw(st.integers(_LEAST_ROWS, _MOST_ROWS))):
        drawn = draw(one_row(types, key=str(number % 9)))
        made[drawn.id] = drawn
    return list(made.values())


@st.composite
def one_row(draw: st.DrawFn, types: Sequence[str], *, key: str) -> Row:
    """A record of one of those types."""
    type_id = draw(st.sampled_from(types))
    dice = Dice(
        draw(_DAYS),
        draw(st.integers(1, 40)),
        draw(_REFERENCES),
        draw(_UNITS),
        draw(_LUCK),
    )
    record = f"{type_id}-{dice.ref if type_id in _POINTED_AT else key}"
    return row(type_id, dice.unit, record, files=dice.below(2), **VALUES[type_id](dice))


def measured(world: World, indicator: str, period: Period, unit: str | None = None) -> Result:
    """The indicator, with the duties that the records show done and the checklists that they cover."""
    facts = replace(
        world.facts(),
        dues=lambda year: _dues(world, year),
        checklists=lambda asked: _checklists(world.rows, asked),
        holiday_name=lambda day: "国庆" if (day.month, day.day) == (10, 1) else None,
        is_makeup_workday=lambda day: day == date(2019, 10, 12),
    )
    return measure(BY_ID[indicator], INDICATORS[indicator], facts, period=period, unit=unit)


def _dues(world: World, year: int) -> list[Due]:
    found = []
    for unit in (TOWN, *world.below):
        records = [_record(item) for item in world.rows if _owner(item) == unit.id]
        found += duties_between(
            DUTIES,
            unit=unit.id,
            unit_kind=unit.kind,
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            today=world.today,
            facts=[fact for record in records for fact in _done(record, unit.id)],
            notices=[n for record in records for n in notices_of(record, unit=unit.id, duties=DUTIES)],
            since={duty.id: date(year, 1, 1) for duty in DUTIES},
        )
    return found


def _done(record: Record, unit: str) -> Iterable[Fact]:
    """What a record shows done; a month sheet as it is handed over."""
    if record.type != "monthly_sheet":
        return facts_of(record, unit=unit, duties=DUTIES)
    day = day_of(str(record.values["signed_on"]))
    if record.status != HELD or day is None:
        return ()
    return (
        Fact(
            duty="month_sheet", unit=unit, period=str(record.values["month"]), done_on=day, record=record.id
        ),
    )


def _owner(item: Row) -> str:
    return TOWN.id if item.unit == STATION else item.unit


def _record(item: Row) -> Record:
    return Record(
        id=item.id,
        type=item.type,
        unit=item.unit,
        values=item.values,
        deleted=False,
        heads=1,
        revision="",
        generation=1,
        actor="",
        recorded_at="",
    )


def _checklists(rows: Iterable[Row], unit: str | None) -> list[ItemEvidence]:
    """Each item wants so many papers of its own."""
    filed = [item for item in rows if item.type == "evidence" and item.status == HELD]
    found = []
    for item_id, wanted in _CHECKLISTS.items():
        own = [item for item in filed if item.text("task_item") == item_id and unit in (None, _owner(item))]
        found.append(
            ItemEvidence(item_id=item_id, label=item_id, covered=min(wanted, len(own)), wanted=wanted)
        )
    return found
