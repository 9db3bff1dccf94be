"""The town station's own year, from `station.toml`: venues, staff, projects, money, meetings, and its reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gzdesk.domain.period import Month, day_of
from gzdesk.services.demo.doors import door_entries
from gzdesk.services.demo.papers import timetable_lines
from gzdesk.services.demo.registers import weekly_slots
from gzdesk.services.demo.scene import Chance, Entry, Ref
from gzdesk.services.demo.words import Row, Words

# The report of a month is handed in on the day after the villages' sticks were read (32.1: by the 10th).
_REPORT_DAY = 10
_QUARTER_DAY = 5
# The item of a record that is its day, where that is not `date`.
_DAYS = {"training_session": "start_on", "online_learning": "finished_on"}
# What a row says besides the items of its record.
_MARKS = ("record", "key", "written", "day", "months", "between", "yuan", "lines", "hours", "photo")


def station_entries(words: Words, *, first: Month, months: int, seed: int) -> tuple[Entry, ...]:
    """Everything the station writes into its own registers, in the order of its days."""
    span = [first.plus(n) for n in range(months)]
    rows = words.station
    entries = [
        *_once(words, rows["once"], span),
        *_each_month(rows["monthly"], span, seed),
        *_reports(rows["reports"], span),
    ]
    entries += door_entries(words, entries, span=span, seed=seed)
    return tuple(sorted(entries, key=lambda entry: entry.on))


def _once(words: Words, rows: Iterable[Row], span: list[Month]) -> Iterator[Entry]:
    beginning = span[0].first_day + timedelta(days=1)
    known: dict[str, dict[str, object]] = {}
    for row in rows:
        type_id, key = row["record"], f"{row['record']}/{row['key']}"
        values = known[key] = {**known.get(key, {}), **_items(row)}
        if "hours" in row:
            values |= _schedule(words, row)
        happened = day_of(str(values.get(_DAYS.get(type_id, "date"), "")))
        on = day_of(str(row.get("written", ""))) or happened or beginning
        if on <= span[-1].last_day:
            yield Entry(on=on, key=key, type_id=type_id, values=dict(values), lines=_lines(row, values))


def _lines(row: Row, values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """What its paper says; none where there is no scan."""
    if row["record"] == "open_schedule" and row.get("photo", True):
        return timetable_lines(values)
    return tuple((left, right) for left, right in row.get("lines", ()))


def _schedule(words: Words, row: Row) -> dict[str, object]:
    hours, notice = words.hours[row["hours"]], words.opening["notice"]
    return {
        "weekday_slots": weekly_slots(hours),
        "holiday_rule": hours["holiday_rule"],
        "staggered_note": hours["staggered_note"],
        "services": list(notice["services"]),
        "phone": "22320501",
        "supervision_phone": notice["supervision_phone"],
    }


def _each_month(rows: Iterable[Row], span: list[Month], seed: int) -> Iterator[Entry]:
    for row in rows:
        for month in span:
            if month.month not in row.get("months", (month.month,)):
                continue
            type_id, key = row["record"], f"{row['record']}/{row['key']}/{month}"
            chance, day = Chance(seed, "station", key), month.first_day.replace(day=row["day"])
            values = {name: _named(value, month) for name, value in _items(row).items()}
            values |= {name: chance.between(*span) for name, span in row.get("between", {}).items()}
            values |= {name: str(chance.between(*span)) for name, span in row.get("yuan", {}).items()}
            values[_DAYS.get(type_id, "date")] = day.isoformat()
            if type_id == "training_session":
                values["end_on"] = day.isoformat()
            yield Entry(on=day, key=key, type_id=type_id, values=values)


def _items(row: Row) -> dict[str, object]:
    return {name: _meant(value) for name, value in row.items() if name not in _MARKS}


def _meant(value: object) -> object:
    return Ref(value[1:]) if isinstance(value, str) and value.startswith("@") else value


def _named(value: object, month: Month) -> object:
    return value.format(month=month.month) if isinstance(value, str) else value


def _reports(words: Row, span: list[Month]) -> Iterator[Entry]:
    for month in span:
        due = month.plus(1).first_day.replace(day=_REPORT_DAY)
        handed_in = day_of(words["late"].get(str(month), "")) or due
        report = {
            "period": str(month),
            "due_on": due.isoformat(),
            "text": words["text"],
            "submitted_on": handed_in.isoformat(),
        }
        yield Entry(on=handed_in, key=f"monthly_report/{month}", type_id="monthly_report", values=report)
        if month.month in words["quarter_months"]:
            yield _quarter(words, month)


def _quarter(words: Row, month: Month) -> Entry:
    due = month.first_day.replace(day=_QUARTER_DAY)
    handed_in: date = day_of(words["late_quarters"].get(str(month), "")) or due
    values = {
        "due_on": due.isoformat(),
        "progress": words["progress"],
        "system_design": words["system_design"],
        "interim_results": words["interim_results"],
        "submitted_on": handed_in.isoformat(),
    }
    return Entry(on=handed_in, key=f"quarterly_report/{month}", type_id="quarterly_report", values=values)
