"""The village reading room: loans, visits, what came in, and the stock of each quarter (tasks.json 9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gzdesk.domain.period import Month
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
    yield _visits(scene, day, volumes)
    if chance.happens(0.15):
        yield _single(scene, day)


def _visits(scene: Scene, day: date, volumes: int) -> Entry:
    values = {
        "date": day.isoformat(),
        "facility_id": Ref(READING_ROOM),
        "person_times": volumes + scene.chance("visits", day).between(3, 20),
        "method": "tally",
    }
    return Entry(on=desk_day(day), key=f"library_visit/{day}", type_id="library_visit", values=values)


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


def stock_entries(scene: Scene) -> Iterator[Entry]:
    """Books that came in or were withdrawn, and the stock they make: it always follows from the one before."""
    stock = int(scene.village.facts["volumes"])
    first = scene.first.first_day
    yield _snapshot(first - timedelta(days=1), stock, counted=True, written=first + timedelta(days=1))
    for month in scene.months[:-1]:
        if month != scene.nil_month:
            for entry in _moves(scene, month):
                stock += int(str(entry.values.get("volumes", 0))) - int(str(entry.values.get("withdrawn", 0)))
                yield entry
        if month.month % 3 == 0:
            # Written on the closing days of the next month, when all that came is in the book.
            written = desk_day(month.last_day + timedelta(days=7))
            yield _snapshot(month.last_day, stock, counted=month.month == 12, written=written)


def _moves(scene: Scene, month: Month) -> Iterator[Entry]:
    chance = scene.chance("acquisition", month)
    key, day = f"library_acquisition/{month}", month.first_day + timedelta(days=chance.between(2, 20))
    room = {"date": day.isoformat(), "facility_id": Ref(READING_ROOM)}
    if chance.happens(0.35):
        titles = chance.between(18, 120)
        source = chance.pick(scene.words.office["library"]["sources"])
        values = {**room, "source": source, "titles": titles, "volumes": titles + chance.between(0, 60)}
        if source == "purchase":
            values["amount"] = str(titles * 26)
        yield Entry(
            on=desk_day(day), key=key, type_id="library_acquisition", values={**values, "is_new": True}
        )
    if month.month == 11:
        withdrawn = {**room, "withdrawn": chance.between(12, 60), "remark": "破损旧书剔旧。"}
        yield Entry(on=desk_day(day), key=f"{key}/old", type_id="library_acquisition", values=withdrawn)


def _snapshot(on: date, volumes: int, *, counted: bool, written: date) -> Entry:
    values = {
        "on": on.isoformat(),
        "facility_id": Ref(READING_ROOM),
        "volumes": volumes,
        "method": "counted" if counted else "reckoned",
    }
    return Entry(on=written, key=f"library_stock/{on}", type_id="library_collection_snapshot", values=values)
