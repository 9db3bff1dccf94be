"""Film evenings: a screening a month, planned ahead, sometimes rained off and made up for (tasks.json 16.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gzdesk.domain.period import DateSpan, Month
from gzdesk.services.demo.scene import Chance, Entry, Film, Ref, Scene, desk_day, later, weekdays_of
from gzdesk.services.demo.words import Row

# A film reaches the village teams some weeks after the cinemas.
_WEEKS_AFTER_RELEASE = 5


def film_entries(scene: Scene) -> Iterator[Entry]:
    """The screenings of the year."""
    number = _Receipts(scene)
    shown: set[str] = set()
    for month in scene.months:
        if month == scene.nil_month:
            continue
        for n, day in enumerate(_evenings(scene, month)):
            film = _choose(scene, day, shown)
            shown.add(film.title)
            yield from _evening(scene, day, film, key=f"film_screening/{month}/{n}", number=number)


class _Receipts:
    """The receipt numbers of a village: printed blocks, used up in order."""

    def __init__(self, scene: Scene) -> None:
        order = sorted(scene.words.villages)
        self._block = 1 + order.index(scene.village.unit)
        self._used = 0

    def next(self, year: int) -> str:
        """The next receipt of the block, such as `GZ-2019-0407`."""
        self._used += 1
        return f"GZ-{year}-{self._block:02d}{self._used:02d}"


def _evenings(scene: Scene, month: Month) -> list[date]:
    village = scene.village
    fitting = weekdays_of(month, [village.film_day])
    days = [fitting[village.film_week - 1]]
    # Large villages ask for a second evening in the warm months; Spring Festival week is left out.
    second = scene.chance("second film", month)
    if month.month in (5, 7, 8, 10, 11) and second.happens(0.25 + 0.3 * (village.size - 0.6)):
        days.append(fitting[village.film_week % 4])
    return sorted(_after_festival(day) for day in days)


def _after_festival(day: date) -> date:
    return date(2019, 2, 15) if date(2019, 2, 2) <= day <= date(2019, 2, 11) else day


def _choose(scene: Scene, day: date, shown: set[str]) -> Film:
    chance = scene.chance("film choice", day)
    there = [film for film in scene.films if film.title not in shown and _can_be_shown(film, day)]
    fitting = [film for film in there if film.title in scene.words.films["fitting"].get(str(day.month), ())]
    if fitting and chance.happens(0.75):
        there = fitting
    # The town wants a third of new films: the team brings the newest more often than not.
    newest = sorted(there, key=lambda film: film.release_date, reverse=True)
    pool = newest[:6] if chance.happens(0.55) else newest
    return pool[chance.between(0, len(pool) - 1)]


def _can_be_shown(film: Film, day: date) -> bool:
    if film.film_type == "science" or not film.release_date:
        return False
    return DateSpan.parse(film.release_date).last + timedelta(weeks=_WEEKS_AFTER_RELEASE) <= day


def _evening(scene: Scene, day: date, film: Film, *, key: str, number: _Receipts) -> Iterator[Entry]:
    plan = _plan(scene, day, film)
    planned_on = desk_day(max(day - timedelta(days=16), scene.first.first_day + timedelta(days=2)))
    if planned_on < day:
        yield Entry(on=planned_on, key=key, type_id="film_screening", values={**plan, "status": "planned"})
    bad_day = _bad_day(scene, day)
    if bad_day is None or not _outdoors(scene, day):
        yield _held(scene, day, plan, key=key, receipt=number.next(day.year))
        return
    cancelled = {**plan, "status": "cancelled", "cancel_reason": "weather"}
    cancelled |= {"weather": bad_day["weather"], "remark": bad_day["remark"]}
    yield Entry(on=desk_day(day), key=key, type_id="film_screening", values=cancelled)
    again = _make_up_day(scene, day)
    made_up = {**plan, "date": again.isoformat(), "makeup_of": Ref(key)}
    made_up["remark"] = f"补放{day.month}月{day.day}日因天气取消的一场。"
    yield _held(scene, again, made_up, key=f"{key}/made up", receipt=number.next(again.year))


def _plan(scene: Scene, day: date, film: Film) -> dict[str, object]:
    words, chance = scene.words.films, scene.chance("film plan", day)
    team = sum(map(ord, scene.village.unit)) % len(words["projectionists"])
    start = "19:00" if day.month in (1, 2, 11, 12) else "19:30"
    values: dict[str, object] = {
        "date": day.isoformat(),
        "start_time": start,
        "place": scene.village.place("square" if _outdoors(scene, day) else "hall"),
        "place_kind": "outdoor_fixed" if _outdoors(scene, day) else "indoor_fixed",
        "film_id": Ref(f"film/{film.title}"),
        "format": "digital",
        "session_count": "1",
        "cinema_line": words["cinema_line"],
        "team": words["team"],
        "projectionist": words["projectionists"][team],
        "device_no": words["devices"][team],
    }
    if chance.happens(0.3):
        values["short_films"] = [chance.pick(words["shorts"])]
    return values


def _outdoors(scene: Scene, day: date) -> bool:
    return day.month not in (1, 2, 12) or scene.village.size > 1.5


def _held(scene: Scene, day: date, plan: dict[str, object], *, key: str, receipt: str) -> Entry:
    chance = scene.chance("film evening", day)
    weather = _weather(chance, day)
    span = (45, 110) if weather == "light_rain" else (70, 185)
    start = str(plan["start_time"])
    values = {
        **plan,
        "status": "held",
        "receipt_no": receipt,
        "end_time": later(start, chance.between(95, 130)),
        "audience": chance.heads(span, size=scene.village.size),
        "weather": weather,
        "publicised": True,
        "completed": True,
        "confirmed_by": scene.village.clerk if chance.happens(0.7) else scene.village.head,
        "stamped": True,
        "satisfaction": "good" if chance.happens(0.7) else "fairly_good",
    }
    return Entry(on=desk_day(day), key=key, type_id="film_screening", values=values)


def _weather(chance: Chance, day: date) -> str:
    wet = ("fine", "cloudy", "overcast", "light_rain")
    dry = ("fine", "fine", "cloudy", "overcast")
    return chance.pick(wet if 3 <= day.month <= 9 else dry)


def _bad_day(scene: Scene, day: date) -> Row | None:
    rows: Sequence[Row] = scene.words.films["bad_day"]
    return next((row for row in rows if row["from"] <= day.isoformat() <= row["to"]), None)


def _make_up_day(scene: Scene, day: date) -> date:
    again = day + timedelta(days=6)
    while _bad_day(scene, again) is not None:
        again += timedelta(days=1)
    return again
