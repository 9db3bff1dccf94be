"""Hours of the village's volunteers, each tied to what they helped with (tasks.json 19.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gzdesk.services.demo.registers import Helper, helpers
from gzdesk.services.demo.scene import Entry, Ref, Scene

_TASKS = ("秩序维护", "签到引导", "布置场地", "摄影记录", "派发资料", "照看长者")


def service_entries(scene: Scene, activities: Iterable[Entry]) -> Iterator[Entry]:
    """The service records of the activities held."""
    crew = helpers(scene)
    seen: set[str] = set()
    for entry in activities:
        if entry.type_id != "activity" or entry.values["status"] != "held" or entry.key in seen:
            continue
        seen.add(entry.key)
        yield from _services(scene, entry, crew)


def _services(scene: Scene, activity: Entry, crew: tuple[Helper, ...]) -> Iterator[Entry]:
    chance = scene.chance("service", activity.key)
    day = date.fromisoformat(str(activity.values["date"]))
    there = [helper.key for helper in crew if helper.registered_on < day]
    count = int(str(activity.values["volunteers"]))
    for key in sorted(chance.some(there, count)):
        values = {
            "volunteer_id": Ref(key),
            "activity_id": Ref(activity.key),
            "activity_name": activity.values["name"],
            "date": activity.values["date"],
            "hours": _hours(str(activity.values["start_time"]), str(activity.values["end_time"])),
            "place": activity.values["place"],
            "content": chance.pick(_TASKS),
            "leader": activity.values["leader"],
            "confirmed_by": scene.village.clerk,
        }
        yield Entry(
            on=activity.on,
            key=f"volunteer_service/{activity.key}/{key}",
            type_id="volunteer_service",
            values=values,
        )


def _hours(start: str, end: str) -> str:
    """The time between the two, up to the next half hour, with a quarter to set up: `2`, `2.5`."""
    minutes = (int(end[:2]) - int(start[:2])) * 60 + int(end[3:]) - int(start[3:]) + 15
    halves = min(16, max(2, -(-minutes // 30)))
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)
