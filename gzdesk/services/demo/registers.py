"""What a village has before anything happens: its venues, its staff, its volunteers, its opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gzdesk.services.demo.scene import Chance, Entry, Ref, Scene
from gzdesk.services.demo.words import Row

CENTRE, READING_ROOM, CLERK = "facility/centre", "facility/reading_room", "staff/0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """One volunteer of the village."""

    key: str
    name: str
    registered_on: date


def register_entries(scene: Scene) -> Iterator[Entry]:
    """The registers, written down on the first days of the year."""
    day = scene.first.first_day + timedelta(days=1)
    yield from _facilities(scene, day)
    yield from _staff(scene, day)
    yield _schedule(scene, day)
    for helper in helpers(scene):
        yield _volunteer(scene, helper, day=max(day, helper.registered_on))


def helpers(scene: Scene) -> tuple[Helper, ...]:
    """The volunteers of the village: most have been there for years, a few join during the year."""
    chance = scene.chance("helpers")
    count = round(14 * scene.village.size) + chance.between(2, 5)
    names = _names(scene, chance, count)
    return tuple(
        Helper(key=f"volunteer/{n}", name=name, registered_on=_registered(scene, chance, n, count))
        for n, name in enumerate(names)
    )


def _names(scene: Scene, chance: Chance, count: int) -> list[str]:
    people, surnames = scene.words.people, str(scene.village.facts["surnames"])
    given = chance.some([*people["women"], *people["men"]], count)
    # One volunteer in the village has a name that old programs could not print; nobody is called like the staff,
    # for whoever confirms hours may not confirm their own.
    staff = {str(person["name"]) for person in scene.village.staff}
    rare = [surname + name for surname in surnames for name in people["rare"]]
    names = [chance.pick(surnames) + name for name in given[:-1]]
    return [*names, chance.pick([name for name in rare if name not in staff])]


def _registered(scene: Scene, chance: Chance, n: int, count: int) -> date:
    if n < count - 3:
        return date(chance.between(2013, 2018), chance.between(1, 12), chance.between(1, 28))
    return scene.first.first_day + timedelta(days=chance.between(20, 240))


def _volunteer(scene: Scene, helper: Helper, *, day: date) -> Entry:
    chance = scene.chance("volunteer", helper.key)
    skills = ["music", "dance", "opera", "calligraphy_painting", "photography", "reading", "organising"]
    number = chance.between(1_000_000, 9_999_999)
    values: dict[str, object] = {
        "name": helper.name,
        "gender": "female" if helper.name[1:] in scene.words.people["women"] else "male",
        "birth_ym": f"{chance.between(1952, 1994)}-{chance.between(1, 12):02d}",
        "platform_no": f"442000{number}",
        "team": scene.village.facts["team"],
        "skills": [skills[at] for at in sorted(chance.indices(len(skills), chance.between(1, 2)))],
        "registered_on": helper.registered_on.isoformat(),
        "consent_on": helper.registered_on.isoformat(),
    }
    return Entry(on=day, key=helper.key, type_id="volunteer", values=values)


def _facilities(scene: Scene, day: date) -> Iterator[Entry]:
    village, facts = scene.village, scene.village.facts
    centre = {
        "name": village.centre,
        "type": "village_culture_centre",
        "address": facts["address"],
        "indoor_area_m2": facts["indoor_area_m2"],
        "outdoor_area_m2": facts["outdoor_area_m2"],
        "opened_on": facts["opened_on"],
        "accepted_on": facts["opened_on"][:7],
        "wifi": True,
        "signage": village.size >= 1.0,
        "accessible": village.size >= 0.8,
    }
    room = {
        "name": f"{village.name}农家书屋",
        "type": "rural_reading_room",
        "address": facts["address"],
        "wifi": True,
    }
    room["remark"] = f"藏书约{facts['volumes']}册，设在文化服务中心一楼，面积计入中心。"
    square = {
        "name": f"{village.place('square')}",
        "type": "square",
        "outdoor_area_m2": facts["outdoor_area_m2"],
    }
    for key, values in ((CENTRE, centre), (READING_ROOM, room), ("facility/square", square)):
        yield Entry(on=day, key=key, type_id="facility", values=values)


def _staff(scene: Scene, day: date) -> Iterator[Entry]:
    for n, person in enumerate(scene.village.staff):
        full_time = n == 0
        values = {
            "name": person["name"],
            "duty": person["duty"],
            "employment": "funded_public_post" if full_time else "part_time",
            "full_time": "full_time" if full_time else "part_time",
            "in_post_from": person["since"],
        }
        phone = {"phone": person["phone"]} if "phone" in person else {}
        yield Entry(on=day, key=f"staff/{n}", type_id="staff", values={**values, **phone})


def _schedule(scene: Scene, day: date) -> Entry:
    hours, notice = scene.words.hours[scene.village.hours], scene.words.opening["notice"]
    values = {
        "facility_id": Ref(CENTRE),
        "valid_from": "2018-03-01",
        "weekday_slots": weekly_slots(hours),
        "holiday_rule": hours["holiday_rule"],
        "staggered_note": hours["staggered_note"],
        "services": list(notice["services"]),
        "phone": scene.village.facts["phone"],
        "supervision_phone": notice["supervision_phone"],
        "posted_on": "2018-03-01",
    }
    return Entry(on=day, key="open_schedule", type_id="open_schedule", values=values)


def weekly_slots(hours: Row) -> list[dict[str, object]]:
    """A timetable of opening.toml as a record keeps it: one slot for each weekday, Monday first."""
    slots = [
        {"weekday": weekday, "from": row["from"], "to": row["to"]}
        for row in hours["slots"]
        for weekday in row["days"]
    ]
    return sorted(slots, key=lambda slot: (slot["weekday"], slot["from"]))
