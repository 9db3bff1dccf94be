"""Festivals and what comes every month: reading, lectures, contests, care, sport (tasks.json 10.1, 13.1, 18.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.services.demo.registers import helpers
from gzdesk.services.demo.scene import Chance, Entry, Scene, desk_day, is_in_festival_week, weekdays_of
from gzdesk.services.demo.words import Row


def activity_entries(scene: Scene) -> Iterator[Entry]:
    """The activities of the year."""
    for month in scene.months:
        held = list(_festivals(scene, month))
        chance = scene.chance("how many", month)
        wanted = chance.between(*scene.village.activities)
        held += _regular(scene, month, count=max(0, wanted - len(held)))
        for n, (day, row) in enumerate(sorted(held, key=lambda found: (found[0], found[1]["start"]))):
            if scene.is_busy(day):
                yield from _lived(scene, day, row, key=f"activity/{month}/{n}")


def _festivals(scene: Scene, month: Month) -> Iterator[tuple[date, Row]]:
    for n, row in enumerate(scene.words.festivals):
        day = date.fromisoformat(row["on"])
        if Month.of(day) == month and scene.chance("festival", n).happens(scene.likelihood(row)):
            yield day, row


def _regular(scene: Scene, month: Month, *, count: int) -> list[tuple[date, Row]]:
    chance = scene.chance("regular", month)
    rows = list(scene.words.regular)
    found: dict[tuple[date, str], Row] = {}
    for _attempt in range(count * 4):
        if len(found) >= count:
            break
        weights = [row["weight"] * (2.5 if scene.village.likes & set(row["likes"]) else 1) for row in rows]
        row = chance.row(rows, weights=weights)
        days = [day for day in weekdays_of(month, row["weekdays"]) if not is_in_festival_week(day)]
        if days:
            found.setdefault((days[chance.between(0, len(days) - 1)], row["start"]), row)
    return [(day, row) for (day, _start), row in found.items()]


def _lived(scene: Scene, day: date, row: Row, *, key: str) -> Iterator[Entry]:
    chance = scene.chance("activity", day, row["start"], row["category"])
    values = _values(scene, chance, day, row)
    if chance.happens(0.025):
        # The power goes off, or too few come: said on the sheet, counted nowhere.
        yield Entry(on=desk_day(day), key=key, type_id="activity", values=_cancelled(chance, values))
        return
    yield Entry(on=desk_day(day), key=key, type_id="activity", values=values)
    if chance.happens(0.03):
        changed = {**values, "participants": int(str(values["participants"])) + chance.between(2, 9)}
        yield Entry(
            on=desk_day(day + timedelta(days=4)),
            key=key,
            type_id="activity",
            values=changed,
            reason="按签到表重新点数。",
        )


def _values(scene: Scene, chance: Chance, day: date, row: Row) -> dict[str, object]:
    sessions = int(row.get("sessions", 1))
    crew = [helper for helper in helpers(scene) if helper.registered_on < day]
    values: dict[str, object] = {
        "name": chance.pick(row["names"]),
        "category": row["category"],
        "date": day.isoformat(),
        "start_time": row["start"],
        "end_time": row["end"],
        "sessions": sessions,
        "place": scene.village.place(row["where"]),
        "organiser": _organiser(scene, chance, row),
        "participants": chance.heads(row["persons"], size=scene.village.size),
        "volunteers": min(len(crew), chance.between(*row["volunteers"])),
        "summary": row["summary"],
        "leader": chance.pick([str(person["name"]) for person in scene.village.staff]),
        "status": "held",
    }
    if row.get("groups"):
        values["target_group"] = list(row["groups"])
    if row["where"] == "school":
        values["co_units"] = [str(scene.village.facts["school"])]
    return values


def _organiser(scene: Scene, chance: Chance, row: Row) -> str:
    elders = f"{scene.village.name}老年人协会"
    if row["where"] == "elders" and chance.happens(0.5):
        return elders
    return scene.village.committee


def _cancelled(chance: Chance, values: dict[str, object]) -> dict[str, object]:
    dropped = {"participants", "volunteers", "summary", "end_time"}
    kept = {name: value for name, value in values.items() if name not in dropped}
    reason = chance.pick(("power_cut", "weather", "other"))
    remark = {
        "power_cut": "片区停电，改期再办。",
        "weather": "雷雨，取消。",
        "other": "报名人数太少，并到下月。",
    }[reason]
    return {**kept, "status": "cancelled", "cancel_reason": reason, "remark": remark}
