"""The obvious values of what was left out: today, who is writing, the only venue, held or planned by the date.

A default is a value, or one of these words; those in `_FROM_THE_RECORD` wait until the rest of it is known:

    $today $now $writer $unit $only    the day, the time, the person, the own unit, the only record to refer to
    $next:03-05 06-05                  the next of these days of the year, today included
    $words_of_the_day $records_of_the_day   what was logged on the record's day (work log)
    $status                            held up to today, planned after it
    $same:FIELD $year_of:FIELD         as another field, or its year
    $named:FIELD                       as in the record whose title that field took (`suggest_from`): the menu
    $days_after:FIELD:10 $month_after:FIELD:10   so many days later; that day of the month after
    $next_of:FIELDS                    one more than there are records that agree in these fields
    $sum                               what the numbers in `sum_of` add up to

A new word: a line in one of the two tables here, and a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD, PLANNED
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import pick
from gzdesk.services.context import Context
from gzdesk.services.days_work import records_of_the_day, words_of_the_day
from gzdesk.services.references import only_record, record_named, value_in_titled
from gzdesk.storage.store import Reading

Values = Mapping[str, object]


def fill_defaults(
    context: Context,
    read: Reading,
    record_type: RecordType,
    values: Values,
    *,
    default_of: Callable[[Field], object | None] | None = None,
) -> dict[str, object]:
    """The values with the defaults of the fields that were left out. Emptied text stays empty.

    `default_of` gives what a field starts with in place of `default_value`: rows of a table look it up once for all.
    """
    filled = dict(values)
    for field in record_type.fields:
        # What the form would not show (a cancelled screening was not shown in full) is not filled in either.
        if field.name not in filled and field.default is not None and field.is_asked(filled):
            value = default_of(field) if default_of else default_value(context, read, field)
            if value is not None:
                filled[field.name] = value
    return follow_defaults(context, read, record_type, filled)


def default_value(context: Context, read: Reading, field: Field) -> object | None:
    """What a field starts with in an empty form, or None."""
    default = field.default
    if isinstance(default, Mapping):  # words of its own in each language: {zh = …, en = …}
        words: object = default[pick(zh="zh", en="en")]
        return words
    if not (isinstance(default, str) and default.startswith("$")):
        return default
    word, _colon, rest = default.partition(":")
    maker = _AT_ONCE.get(word)
    return None if maker is None else maker(context, read, field, rest)


def _today(context: Context, _read: Reading, _field: Field, _rest: str) -> object:
    return context.mint.today().isoformat()


def _now(context: Context, _read: Reading, _field: Field, _rest: str) -> object:
    return context.mint.now().strftime("%H:%M")


def _writer(context: Context, read: Reading, field: Field, _rest: str) -> object | None:
    name = context.store.actor
    if field.kind != "reference":
        return name or None
    return record_named(read, field, name, unit=context.own_scope) or _only(context, read, field, "")


def _unit(context: Context, _read: Reading, field: Field, _rest: str) -> object:
    if field.kind == "units":
        return [context.me.id]
    return context.me.id if field.kind == "unit" else context.me.name


def _only(context: Context, read: Reading, field: Field, _rest: str) -> object | None:
    return only_record(read, field, unit=context.own_scope)


def _next_day(context: Context, _read: Reading, _field: Field, rest: str) -> object:
    today = context.mint.today()
    days = (f"{year}-{day}" for year in (today.year, today.year + 1) for day in rest.split())
    return next(day for day in days if day >= today.isoformat())


_AT_ONCE: Mapping[str, Callable[[Context, Reading, Field, str], object | None]] = {
    "$today": _today,
    "$now": _now,
    "$writer": _writer,
    "$unit": _unit,
    "$only": _only,
    "$next": _next_day,
}


def of_the_day(context: Context, read: Reading, record_type: RecordType, day: str) -> dict[str, object]:
    """What the fields that speak of the record's day begin with: its records, and them in words."""
    linked = next((field for field in record_type.fields if field.default == "$records_of_the_day"), None)
    if linked is None or not day:
        return {}
    records = records_of_the_day(context, read, linked, day)
    found: dict[str, object] = {}
    for field in record_type.fields:
        if field.default == "$words_of_the_day":
            found[field.name] = words_of_the_day(context, read, records, longest=field.max_length)
    found[linked.name] = [record.id for record in records]
    return {name: value for name, value in found.items() if value}


def of_the_named(
    context: Context, read: Reading, record_type: RecordType, name: str, title: str
) -> dict[str, object]:
    """What the fields begin with that say the same as the record whose title was put into the field `name`."""
    asked = [field for field in record_type.fields if field.default == f"$named:{name}"]
    known = _Known(context, read, record_type, {name: title})
    found = {field.name: _named(known, field, name) for field in asked}
    return {field: value for field, value in found.items() if value is not None}


# -- known only once the rest of the record is: an empty form must not show them yet -------------------


def follow_defaults(
    context: Context, read: Reading, record_type: RecordType, values: Values
) -> dict[str, object]:
    """The values with what follows from them: a form needs not ask for that."""
    values = dict(values)
    for field in record_type.fields:
        if field.name in values or not isinstance(field.default, str) or not field.is_asked(values):
            continue
        word, _colon, rest = field.default.partition(":")
        maker = _FROM_THE_RECORD.get(word)
        value = None if maker is None else maker(_Known(context, read, record_type, values), field, rest)
        if value is not None:
            values[field.name] = value
    return values


class _Known:
    """The record as far as it is known."""

    def __init__(self, context: Context, read: Reading, record_type: RecordType, values: Values) -> None:
        self.context, self.read, self.record_type, self.values = context, read, record_type, values

    def text(self, name: str | None) -> str:
        """A value that is a text, or an empty one."""
        value = self.values.get(name or "")
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """A value that is a day."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None


def _status(known: _Known, _field: Field, _rest: str) -> object:
    future = known.text(known.record_type.month_of) > known.context.mint.today().isoformat()
    return PLANNED if future and PLANNED in known.record_type.statuses else HELD


def _same(known: _Known, _field: Field, rest: str) -> object | None:
    return known.values.get(rest)


def _named(known: _Known, field: Field, rest: str) -> object | None:
    by, title = known.record_type.field(rest), known.text(rest)
    if by is None or not title:
        return None
    return value_in_titled(known.read, by.suggest_from, title, field.name)


def _year_of(known: _Known, _field: Field, rest: str) -> object | None:
    year = known.text(rest)[:4]
    return int(year) if year.isdecimal() else None


def _days_after(known: _Known, _field: Field, rest: str) -> object | None:
    name, _colon, days = rest.partition(":")
    day = known.day(name)
    return None if day is None else (day + timedelta(days=int(days))).isoformat()


def _month_after(known: _Known, _field: Field, rest: str) -> object | None:
    name, _colon, day = rest.partition(":")
    try:
        return Month.parse(known.text(name)).plus(1).first_day.replace(day=int(day)).isoformat()
    except ValueError:
        return None


def _next_of(known: _Known, field: Field, rest: str) -> object | None:
    """One more than the highest number of the records that agree: a figure that was corrected is a new version."""
    agreeing = {name: known.values.get(name) for name in rest.split()}
    if None in agreeing.values():
        return None
    first = next(iter(agreeing.items()))
    records = known.read.records.of_types(
        [known.record_type.id],
        unit=known.context.scope_of(known.record_type),
        containing=canonical_json(dict([first]))[1:-1],
    )
    numbers = [
        number
        for record in records
        if all(record.values.get(name) == value for name, value in agreeing.items())
        and isinstance(number := record.values.get(field.name), int)
    ]
    return max(numbers, default=0) + 1


def _sum(known: _Known, field: Field, _rest: str) -> object | None:
    numbers = [number for name in field.sum_of if isinstance(number := known.values.get(name), int)]
    return sum(numbers) if len(numbers) == len(field.sum_of) else None


def _of_the_day(known: _Known, field: Field, _rest: str) -> object | None:
    day = known.text(known.record_type.month_of)
    return of_the_day(known.context, known.read, known.record_type, day).get(field.name)


_FROM_THE_RECORD: Mapping[str, Callable[[_Known, Field, str], object | None]] = {
    "$status": _status,
    "$same": _same,
    "$named": _named,
    "$year_of": _year_of,
    "$days_after": _days_after,
    "$month_after": _month_after,
    "$next_of": _next_of,
    "$sum": _sum,
    "$words_of_the_day": _of_the_day,
    "$records_of_the_day": _of_the_day,
}
