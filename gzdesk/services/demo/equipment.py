"""What stands in the culture centre, what is lent out of it, and the yearly count (tasks.json 14.5, 21.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gzdesk.services.demo.scene import Chance, Entry, Ref, Scene, desk_day
from gzdesk.services.demo.words import Row

# The yearly count is held in the week before the year's papers are put together.
_COUNTED_ON = date(2019, 11, 28)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    """One line of the asset register."""

    key: str
    name: str
    quantity: int
    values: dict[str, object]


def equipment_entries(scene: Scene) -> Iterator[Entry]:
    """The assets, written down on the first days of the year; then loans, repairs and the count."""
    things = tuple(_things(scene))
    day = scene.first.first_day + timedelta(days=1)
    for thing in things:
        yield Entry(on=day, key=thing.key, type_id="asset", values=thing.values)
    yield from _repairs(scene, things)
    yield from _loans(scene, things)
    yield from _count(scene, things)


def _things(scene: Scene) -> Iterator[_Thing]:
    numbers: dict[int, int] = {}
    for n, row in enumerate(scene.words.things["asset"]):
        chance = scene.chance("asset", n)
        if not chance.happens(float(row.get("chance", 1.0))):
            continue
        low, high = row["quantity"]
        quantity = max(1, round(chance.between(low, high) * scene.village.size**0.5))
        acquired = date(chance.between(row["year"][0], min(2018, row["year"][1])), chance.between(1, 12), 12)
        numbers[acquired.year] = numbers.get(acquired.year, 0) + 1
        values: dict[str, object] = {
            "asset_no": f"ZC-{acquired.year}-{numbers[acquired.year]:03d}",
            "name": row["name"],
            "class": row["class"],
            "brand_model": chance.pick(row["models"]),
            "quantity": quantity,
            "acquired_on": acquired.isoformat(),
            "source": row["source"],
            "place": row["place"],
            "keeper": scene.village.clerk,
            "state": "good",
            "stamped_list_on": f"{acquired.year}-12-20",
        }
        if "price" in row:
            values["unit_price"] = row["price"]
        yield _Thing(key=f"asset/{n}", name=str(row["name"]), quantity=quantity, values=values)


def _repairs(scene: Scene, things: Sequence[_Thing]) -> Iterator[Entry]:
    """One thing breaks in spring and works again a month later."""
    chance = scene.chance("repair")
    thing = things[chance.between(0, len(things) - 1)]
    broken = date(2019, 4, chance.between(2, 24))
    for day, state in ((broken, "to_repair"), (broken + timedelta(days=30), "good")):
        if day <= scene.last_day:
            values = {**thing.values, "state": state}
            yield Entry(on=desk_day(day), key=thing.key, type_id="asset", values=values)


def _loans(scene: Scene, things: Sequence[_Thing]) -> Iterator[Entry]:
    words = scene.words.things["loans"]
    lent = [thing for thing in things if thing.name in words["things"]]
    for month in scene.months:
        chance = scene.chance("asset loan", month)
        if not lent or not chance.happens(0.45):
            continue
        out = month.first_day + timedelta(days=chance.between(0, 24))
        if scene.is_busy(out):
            thing = lent[chance.between(0, len(lent) - 1)]
            yield from _loan(scene, chance, thing, words, out, key=f"asset_loan/{month}")


def _loan(scene: Scene, chance: Chance, thing: _Thing, words: Row, out: date, *, key: str) -> Iterator[Entry]:
    values: dict[str, object] = {
        "asset_id": Ref(thing.key),
        "quantity": min(thing.quantity, chance.between(1, 2) if thing.quantity < 20 else 30),
        "borrower": f"{scene.village.name}{chance.pick(words['borrowers'])}",
        "out_on": out.isoformat(),
        "due_on": (out + timedelta(days=10)).isoformat(),
        "purpose": chance.pick(words["purposes"]),
    }
    yield Entry(on=desk_day(out), key=key, type_id="asset_loan", values=values)
    back = out + timedelta(days=chance.between(2, 12))
    if back <= scene.last_day and desk_day(back) > desk_day(out):
        returned = {**values, "returned_on": back.isoformat()}
        yield Entry(on=desk_day(back), key=key, type_id="asset_loan", values=returned)


def _count(scene: Scene, things: Sequence[_Thing]) -> Iterator[Entry]:
    if not scene.is_busy(_COUNTED_ON):
        return
    chance = scene.chance("stocktaking")
    total = sum(thing.quantity for thing in things)
    missing, damaged = (chance.between(0, 2) for _time in range(2))
    values: dict[str, object] = {
        "date": _COUNTED_ON.isoformat(),
        "counted": total - missing,
        "missing": missing,
        "damaged": damaged,
        "checker": scene.village.clerk,
    }
    if missing:
        values["findings"] = f"少折叠椅 {missing} 张，借出未归还，已催还。"
    yield Entry(on=desk_day(_COUNTED_ON), key="asset_check/2019", type_id="asset_check", values=values)
