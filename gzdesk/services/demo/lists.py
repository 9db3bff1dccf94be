"""Registers that change little: teams, digital resources, care projects, residents, and online classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gzdesk.services.demo.scene import Entry, Ref, Scene, desk_day


def list_entries(scene: Scene) -> Iterator[Entry]:
    """Written down on the first days of the year."""
    day = scene.first.first_day + timedelta(days=1)
    yield from _teams(scene, day)
    yield from _digital(scene, day)
    yield from _care(scene, day)
    yield _residents(scene, day)
    yield from _online_classes(scene)


def order_entries(scene: Scene, events: Iterable[Entry]) -> Iterator[Entry]:
    """What the village ordered from the menu (tasks.json 15.1): what came of it, and what it took back again."""
    number = 0
    for event in events:
        kind, item = _ordered(scene, event)
        if not item or event.values["status"] != "held" or event.reason:
            continue
        number += 1
        yield from _delivered(scene, event, kind=kind, item=item, number=number)
    chance = scene.chance("order taken back")
    day = scene.first.first_day + timedelta(days=chance.between(40, 120))
    if chance.happens(0.4) and scene.is_busy(day):
        values = _order(day, number + 1, kind="exhibition", item="灯饰非遗展")
        values |= {"state": "withdrawn", "state_reason": "场地装修，改到明年。"}
        yield Entry(on=desk_day(day), key="delivery_order/back", type_id="delivery_order", values=values)


def _ordered(scene: Scene, event: Entry) -> tuple[str, str]:
    """Kind and item of the menu that an event came from; empty when nobody ordered it."""
    if event.values.get("source") == "delivery_order":
        return "performance", "综艺晚会"
    menu = {"exhibition": ("exhibition", "灯饰非遗展"), "law": ("lecture", "防诈骗普法讲座")}
    found = menu.get(str(event.values.get("category")), ("", ""))
    return found if scene.chance("ordered", event.key).happens(0.2) else ("", "")


def _order(day: date, number: int, *, kind: str, item: str) -> dict[str, object]:
    return {
        "order_no": f"DD-{day.year}-{number:03d}",
        "ordered_on": day.isoformat(),
        "item": item,
        "kind": kind,
        "provider": "镇文化站",
        "state": "ordered",
    }


def _delivered(scene: Scene, event: Entry, *, kind: str, item: str, number: int) -> Iterator[Entry]:
    day = date.fromisoformat(str(event.values["date"]))
    ordered = max(day - timedelta(days=21), scene.first.first_day)
    values = {**_order(ordered, number, kind=kind, item=item), "wanted_on": day.isoformat()}
    key = f"delivery_order/{number}"
    yield Entry(on=desk_day(ordered), key=key, type_id="delivery_order", values=values)
    delivered = {
        **values,
        "accepted_on": min(ordered + timedelta(days=2), day).isoformat(),
        "delivered_on": day.isoformat(),
        "state": "delivered",
        "result_record": Ref(event.key),
        "received_by": scene.village.clerk,
        "rating": "good",
    }
    yield Entry(on=event.on, key=key, type_id="delivery_order", values=delivered)


def _teams(scene: Scene, day: date) -> Iterator[Entry]:
    people = scene.words.people
    for n, row in enumerate(scene.words.office["team"]):
        chance = scene.chance("team", n)
        if not chance.happens(float(row.get("chance", 1.0))):
            continue
        surname = chance.pick(str(scene.village.facts["surnames"]))
        values = {
            "name": row["name"].format(club=scene.village.facts["club"], village=scene.village.name),
            "kind": row["kind"],
            "members": chance.between(*row["members"]),
            "leader": surname + chance.pick([*people["women"], *people["men"]]),
            "founded_on": str(chance.between(1988, 2016)),
            "state": "active",
        }
        yield Entry(on=day, key=f"culture_team/{n}", type_id="culture_team", values=values)


def _digital(scene: Scene, day: date) -> Iterator[Entry]:
    for n, row in enumerate(scene.words.office["digital"]):
        values = {**row, "from": "2018-01-01"}
        yield Entry(on=day, key=f"digital_resource/{n}", type_id="digital_resource", values=values)


def _care(scene: Scene, day: date) -> Iterator[Entry]:
    chance, rows = scene.chance("care"), scene.words.office["care"]["projects"]
    for n in sorted(chance.indices(len(rows), 2)):
        values = {**rows[n], "institution": scene.village.centre, "from": "2018-03-01"}
        yield Entry(on=day, key=f"care_project/{n}", type_id="care_project", values=values)


def _residents(scene: Scene, day: date) -> Entry:
    number = round(8200 * scene.village.size) + scene.chance("residents").between(-400, 400)
    values = {
        "year": scene.first.year - 1,
        "basis": "resident",
        "value": number,
        "source": "村委会年报",
        "published_on": "2018-12-28",
    }
    return Entry(on=day, key="population/2018", type_id="population", values=values)


def _online_classes(scene: Scene) -> Iterator[Entry]:
    """About one course a month for whoever is full time; not everybody comes to 50 class hours."""
    courses = scene.words.office["learning"]["courses"]
    for n, person in enumerate(scene.village.staff):
        chance = scene.chance("online", n)
        for at, month in zip(chance.indices(len(courses), len(courses)), scene.months[:-1], strict=False):
            if month == scene.nil_month or not chance.happens(0.9 if n == 0 else 0.5):
                continue
            day = month.first_day + timedelta(days=chance.between(1, 26))
            values = {
                "staff_id": Ref(f"staff/{n}"),
                "platform": "national",
                "course": courses[at],
                "class_hours": f"{chance.between(3, 7)}",
                "finished_on": day.isoformat(),
                "certificate_no": f"YC{day:%y%m}{scene.village.unit[:4].upper()}{n + 1}{person['duty'][0].upper()}",
            }
            key = f"online_learning/{n}/{month}"
            yield Entry(on=desk_day(day), key=key, type_id="online_learning", values=values)
