"""Open days: one line for each slot of the timetable, visitors counted at the door (tasks.json 7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gzdesk.domain.opening import DayPlan, planned_day
from gzdesk.services.demo.registers import CENTRE, weekly_slots
from gzdesk.services.demo.scene import Chance, Entry, Ref, Scene, desk_day
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday

_SPRING_FESTIVAL = (date(2019, 2, 5), date(2019, 2, 7))
_RAINY_MONTHS = range(4, 10)


def opening_entries(scene: Scene) -> Iterator[Entry]:
    """The opening log of the year, and the notices of the days on which the centre stayed shut."""
    closures = list(_closures(scene))
    yield from closures
    schedule = {
        "weekday_slots": weekly_slots(scene.words.hours[scene.village.hours]),
        "valid_from": "2018-03-01",
    }
    shut = [entry.values for entry in closures]
    for month in scene.months:
        for day in month.days():
            plan = planned_day([schedule], shut, day, holiday_name(day), is_makeup_workday(day))
            yield from _day(scene, day, plan)


def _closures(scene: Scene) -> Iterator[Entry]:
    yield from _festival_closure(scene)
    if scene.nil_month is not None:
        first, last = scene.nil_month.first_day, scene.nil_month.last_day
        posted = scene.nil_month.plus(-1).first_day.replace(day=18)
        remark = "屋面防水维修，全馆停开，活动一并暂停。图书可到镇图书馆借阅。"
        yield _closure(first, last, reason="repair", posted=posted, remark=remark, key="closure/repair")


def _festival_closure(scene: Scene) -> Iterator[Entry]:
    if scene.is_busy(_SPRING_FESTIVAL[0]) and scene.village.hours != "long":
        first, last = _SPRING_FESTIVAL
        yield _closure(
            first, last, reason="other", posted=date(2019, 1, 26), remark="春节放假。", key="closure/spring"
        )


def _closure(first: date, last: date, *, reason: str, posted: date, remark: str, key: str) -> Entry:
    values = {
        "facility_id": Ref(CENTRE),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "reason": reason,
        "posted_on": posted.isoformat(),
        "remark": remark,
    }
    return Entry(on=desk_day(posted), key=key, type_id="closure_notice", values=values)


def _day(scene: Scene, day: date, plan: DayPlan) -> Iterator[Entry]:
    chance = scene.chance("opening", day)
    for n, slot in enumerate(plan.slots):
        values: dict[str, object] = {
            "facility_id": Ref(CENTRE),
            "date": day.isoformat(),
            "from": slot.start,
            "to": slot.end,
            "duty_person": _on_duty(scene, chance, day),
        }
        rains = day.month in _RAINY_MONTHS and chance.happens(0.05)
        # Now and then nobody counted: the figure stays missing and is never 0.
        if not chance.happens(0.02):
            values["visitors"] = _visitors(scene, chance, day, plan, rains=rains)
        note = _note(scene, chance, rains=rains)
        if note:
            values["note"] = note
        yield Entry(on=desk_day(day), key=f"opening_log/{day}/{n}", type_id="opening_log", values=values)


def _on_duty(scene: Scene, chance: Chance, day: date) -> str:
    names = [str(person["name"]) for person in scene.village.staff]
    return names[day.toordinal() % len(names)] if chance.happens(0.9) else names[0]


def _visitors(scene: Scene, chance: Chance, day: date, plan: DayPlan, *, rains: bool) -> int:
    weekend = day.isoweekday() >= 6 or plan.holiday_name is not None
    school_holiday = day.month in (7, 8) or date(2019, 1, 21) <= day <= date(2019, 2, 17)
    factor = (1.5 if weekend else 1.0) * (1.4 if school_holiday else 1.0) * (0.4 if rains else 1.0)
    return max(2, round(chance.between(9, 26) * factor * float(scene.village.size**0.7)))


def _note(scene: Scene, chance: Chance, *, rains: bool) -> str:
    notes = scene.words.opening["notes"]
    if rains:
        return chance.pick(notes["rain"])
    return chance.pick(notes["ordinary"]) if chance.happens(0.06) else ""
