"""Loans of the village reading room: mostly a day's total, sometimes each book (tasks.json 9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gzdesk.services.demo.registers import READING_ROOM
from gzdesk.services.demo.scene import Entry, Ref, Scene, desk_day, is_in_festival_week, weekdays_of


def loan_entries(scene: Scene) -> Iterator[Entry]:
    """The loans of the year."""
    reads = "reading" in scene.village.likes
    for month in scene.months:
        # School holidays bring the children in.
        weekdays = [3, 6, 7] if reads or month.month in (2, 7, 8) else [3, 7]
        for day in weekdays_of(month, weekdays):
            if scene.is_busy(day) and not is_in_festival_week(day):
                yield from _day(scene, day, season=1.6 if month.month in (7, 8) else 1.0, reads=reads)


def _day(scene: Scene, day: date, *, season: float, reads: bool) -> Iterator[Entry]:
    chance = scene.chance("loans", day)
    if chance.happens(0.12):
        return
    top = 34 if reads else 20
    volumes = max(2, round(chance.between(6, top) * season * scene.village.size**0.5))
    total = {
        "date": day.isoformat(),
        "facility_id": Ref(READING_ROOM),
        "mode": "day_total",
        "volumes": volumes,
    }
    yield Entry(on=desk_day(day), key=f"library_loan/{day}", type_id="library_loan", values=total)
    if chance.happens(0.15):
        yield _single(scene, day)


def _single(scene: Scene, day: date) -> Entry:
    """One book to take home for a month, written down by its title."""
    chance = scene.chance("single loan", day)
    values = {
        "date": day.isoformat(),
        "facility_id": Ref(READING_ROOM),
        "mode": "single",
        "title": chance.pick(scene.words.books),
        "volumes": 1,
        "due_on": (day + timedelta(days=30)).isoformat(),
    }
    return Entry(on=desk_day(day), key=f"library_loan/{day}/single", type_id="library_loan", values=values)
