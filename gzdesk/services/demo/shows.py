"""Evenings on the stage: opera, the singing club, festivals, shows sent by the town (tasks.json 12.1, 16.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from gzdesk.services.demo.scene import Chance, Entry, Scene, desk_day, weekdays_of
from gzdesk.services.demo.words import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Show:
    day: date
    values: dict[str, object] = field(default_factory=dict)


def show_entries(scene: Scene) -> Iterator[Entry]:
    """The shows of the year, as many as the village has in a year."""
    shows = [show for show in _festive(scene) if scene.is_busy(show.day)]
    for show in _evenings(scene):
        if len(shows) >= scene.village.shows:
            break
        if scene.is_busy(show.day) and all(abs((show.day - other.day).days) > 5 for other in shows):
            shows.append(show)
    for n, show in enumerate(sorted(shows, key=lambda show: show.day)):
        yield from _lived(scene, show, key=f"performance/{n}")


def _festive(scene: Scene) -> Iterator[_Show]:
    for n, row in enumerate(scene.words.stage["show"]):
        chance = scene.chance("show", n)
        if not chance.happens(scene.likelihood(row) * (0.45 + 0.35 * scene.village.size)):
            continue
        day = date.fromisoformat(row["on"]) if "on" in row else _some_day(scene, chance, row)
        troupe = row.get("troupe") or {"name": _own_troupe(scene, row), "kind": "amateur"}
        town = row["source"] in ("town", "opera_delivery", "delivery_order")
        yield _Show(
            day=day,
            values={
                **_common(scene, day, row, chance),
                "title": row["title"],
                "kind": row["kind"],
                "source": row["source"],
                "place": scene.village.place(row["where"]),
                "duration_min": row["duration_min"],
                "troupe": troupe["name"],
                "troupe_kind": troupe["kind"],
                "programme": list(row["programme"]),
                "host_unit": "镇文化站" if town else scene.village.committee,
            },
        )


def _own_troupe(scene: Scene, row: Row) -> str:
    return str(scene.village.facts["club"]) if row["kind"] == "quyi" else f"{scene.village.name}文艺队"


def _evenings(scene: Scene) -> Iterator[_Show]:
    """Opera and club evenings in turn; a village that likes opera has more of the former."""
    opera, club = scene.words.stage["opera"], scene.words.stage["club"]
    plays = scene.chance("plays").some(opera["plays"], len(opera["plays"]))
    for n, play in enumerate(plays):
        chance = scene.chance("evening", n)
        is_opera = chance.happens(0.7 if "opera" in scene.village.likes else 0.4)
        day = _some_day(scene, chance, opera if is_opera else club)
        yield _opera(scene, chance, day, play) if is_opera else _club(scene, chance, day)


def _some_day(scene: Scene, chance: Chance, row: Row) -> date:
    months = [month for month in scene.months[:-1] if month.month in row["months"]] or [scene.months[0]]
    month = months[chance.between(0, len(months) - 1)]
    days = weekdays_of(month, row.get("weekdays", [row.get("weekday", 6)]))
    return days[chance.between(0, len(days) - 1)]


def _opera(scene: Scene, chance: Chance, day: date, play: str) -> _Show:
    words = scene.words.stage["opera"]
    troupe = chance.row(words["troupes"])
    low, high = words["cost"]
    return _Show(
        day=day,
        values={
            **_common(scene, day, words, chance),
            "title": words["title"].format(play=play),
            "kind": "cantonese_opera",
            "source": "sponsored" if chance.happens(0.4) else "village",
            "place": scene.village.place("stage"),
            "duration_min": chance.between(*words["duration_min"]),
            "troupe": troupe["name"],
            "troupe_kind": troupe["kind"],
            "host_unit": scene.village.committee,
            "cost": f"{round(chance.between(low, high), -2)}",
        },
    )


def _club(scene: Scene, chance: Chance, day: date) -> _Show:
    words, club = scene.words.stage["club"], str(scene.village.facts["club"])
    return _Show(
        day=day,
        values={
            **_common(scene, day, words, chance),
            "title": words["title"].format(club=club),
            "kind": "quyi",
            "source": "village",
            "place": scene.village.place("hall"),
            "duration_min": chance.between(*words["duration_min"]),
            "troupe": club,
            "troupe_kind": "amateur",
            "programme": chance.some(scene.words.stage["opera"]["excerpts"], chance.between(5, 7)),
            "host_unit": club,
        },
    )


def _common(scene: Scene, day: date, row: Row, chance: Chance) -> dict[str, object]:
    return {
        "date": day.isoformat(),
        "start_time": row["start"],
        "sessions": 1,
        "audience": chance.heads(row["persons"], size=scene.village.size),
        "weather": chance.pick(("fine", "cloudy", "overcast")),
    }


def _lived(scene: Scene, show: _Show, *, key: str) -> Iterator[Entry]:
    """Announced two weeks ahead, then held; one summer evening in the open ends in the rain."""
    known_only_after = {"audience", "weather"}
    plan = {name: value for name, value in show.values.items() if name not in known_only_after}
    announced = desk_day(max(show.day - timedelta(days=14), scene.first.first_day + timedelta(days=2)))
    if announced < show.day:
        yield Entry(on=announced, key=key, type_id="performance", values={**plan, "status": "planned"})
    if _rained_off(scene, show):
        values = {**plan, "status": "cancelled", "cancel_reason": "weather", "weather": "heavy_rain"}
        values["remark"] = scene.words.stage["rain_remark"]
        yield Entry(on=desk_day(show.day), key=key, type_id="performance", values=values)
        return
    confirmed = {"status": "held", "confirmed_by": scene.village.clerk, "stamped": True}
    yield Entry(on=desk_day(show.day), key=key, type_id="performance", values={**show.values, **confirmed})


def _rained_off(scene: Scene, show: _Show) -> bool:
    outdoors = show.values["place"] in (scene.village.place("square"), scene.village.place("stage"))
    return outdoors and show.day.month in (4, 5, 6, 8) and scene.chance("rain", show.day).happens(0.18)
