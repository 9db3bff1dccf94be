"""Makes a monthly sheet from what was written down. Pure: the same records always give the same sheet.

Only held events count (counting_rules G1), each record once even when several units took part (G3), and
nothing here adds up persons: every sum is of times (G10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gzdesk.domain.month import (
    CancelledRow,
    FilmRow,
    MonthSheet,
    OpeningFigures,
    SheetRow,
    Subtotal,
    Totals,
    Word,
    sheet_number,
)
from gzdesk.domain.opening import Slot, open_minutes
from gzdesk.domain.period import Month
from gzdesk.domain.reading.times import is_time
from gzdesk.domain.record import CANCELLED, HELD, Record, hundredths, summarise
from gzdesk.domain.record_type import Field, RecordType, RecordTypes
from gzdesk.domain.unit import Unit, Units

FilmAge = Callable[[Mapping[str, object], date], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMaterial:
    """What was written down about one unit's month.

    `events` are the records of the event types in any status, `references` what they refer to by id,
    `makeups` later screenings that make up for a cancelled one.
    """

    events: Sequence[Record] = ()
    references: Mapping[str, Record] = field(default_factory=dict)
    services: Sequence[Record] = ()
    loans: Sequence[Record] = ()
    makeups: Sequence[Record] = ()
    opening: OpeningFigures | None = None
    phone: str = ""


def build_sheet(
    *,
    unit: Unit,
    month: Month,
    types: RecordTypes,
    units: Units,
    material: MonthMaterial,
    film_age: FilmAge,
    filled_by: str = "",
    correction: int = 0,
) -> MonthSheet:
    """The draft of a unit's sheet. `film_age` tells whether a film is new on a day (domain.film)."""
    builder = _Builder(types=types, units=units, material=material, film_age=film_age)
    events = _once(material.events)
    rows = _numbered(month, [builder.row(record) for record in events if record.status == HELD])
    return MonthSheet(
        unit=unit.id,
        unit_name=unit.name,
        unit_name_en=unit.name_en,
        unit_kind=unit.kind,
        month=month,
        number=sheet_number(unit, month),
        rows=rows,
        films=builder.films([record for record in events if record.status == HELD]),
        cancelled=builder.cancelled([record for record in events if record.status == CANCELLED]),
        subtotals=_subtotals(types, rows),
        totals=builder.totals(rows),
        opening=material.opening,
        loans=builder.loans(),
        words=tuple(builder.words[code] for code in sorted(builder.words)),
        correction=correction,
        filled_by=filled_by,
        phone=material.phone,
    )


def opening_figures(
    *, planned: Mapping[date, Sequence[Slot]], logs: Iterable[Record], until: date
) -> OpeningFigures | None:
    """Open days, minutes and visitors; None where nothing was planned and nothing logged.

    A logged day counts with its logged times, any other planned day up to `until` with its plan. Rooms that
    are open at the same time are not added (domain.md, monitor_weekly_open_hours).
    """
    logged: dict[date, list[Record]] = {}
    for log in logs:
        if log.status == HELD:
            logged.setdefault(date.fromisoformat(str(log.values["date"])), []).append(log)
    due = {day for day, slots in planned.items() if slots and day <= until}
    if not due and not logged:
        return None
    minutes = visitors = missing = 0
    for day in due | set(logged):
        here = logged.get(day, [])
        minutes += open_minutes(_slots(here) or planned.get(day, ()))
        figures = [log.values["visitors"] for log in here if isinstance(log.values.get("visitors"), int)]
        visitors += sum(int(str(figure)) for figure in figures)
        missing += not figures
    return OpeningFigures(
        open_days=len(due | set(logged)), minutes=minutes, visitors=visitors, missing_days=missing
    )


class _Builder:
    """Turns records into rows and gathers the words of the codes that it meets."""

    def __init__(
        self, *, types: RecordTypes, units: Units, material: MonthMaterial, film_age: FilmAge
    ) -> None:
        self._types = types
        self._units = units
        self._material = material
        self._film_age = film_age
        self.words: dict[str, Word] = {}
        self._service: dict[str, list[Record]] = {}
        for record in _once(material.services):
            if record.status == HELD:
                self._service.setdefault(str(record.values.get("activity_id", "")), []).append(record)

    def row(self, record: Record) -> SheetRow:
        """An event as a row of the sheet."""
        record_type = self._type(record)
        summary = summarise(record_type, record.values)
        film = self._film(record, record_type)
        service = self._service.get(record.id, [])
        written = record.values.get(record_type.sheet.get("volunteers", ""))
        served = len({record.values.get("volunteer_id") for record in service})
        return SheetRow(
            record=record.id,
            type=record.type,
            day=summary.day,
            time=summary.time,
            name=self._name(record, record_type),
            film_age="" if film is None else self._film_age(film.values, date.fromisoformat(summary.day)),
            kind=self._column(record, record_type, "kind") or self._type_word(record_type),
            place=self._column(record, record_type, "place"),
            organiser=self._organiser(record, record_type),
            persons=summary.persons,
            sessions_hundredths=summary.sessions if "sessions" in record_type.measures else 100,
            volunteers=written if isinstance(written, int) else served or None,
            volunteer_hours_hundredths=_hours(service),
            source=self._column(record, record_type, "source"),
            evidence_no="" if not summary.attachments else "*",  # numbered once the rows are in order
            remark=self._column(record, record_type, "remark"),
        )

    def films(self, held: Iterable[Record]) -> tuple[FilmRow, ...]:
        """What the screenings among the events add for the film summary."""
        found = [self._film_row(record) for record in held]
        return tuple(sorted((row for row in found if row), key=lambda row: (row.day, row.time, row.record)))

    def cancelled(self, records: Iterable[Record]) -> tuple[CancelledRow, ...]:
        """The events that did not take place, with their make-up days."""
        made_up = {
            str(record.values.get("makeup_of", "")): str(record.values.get("date", ""))
            for record in self._material.makeups
            if record.status == HELD
        }
        rows = [self._cancelled_row(record, made_up.get(record.id, "")) for record in records]
        return tuple(sorted(rows, key=lambda row: (row.day, row.name, row.record)))

    def totals(self, rows: Sequence[SheetRow]) -> Totals:
        """The sums of the rows, and the service outside them."""
        events = {row.record for row in rows}
        other = [record for event, found in self._service.items() if event not in events for record in found]
        return Totals(
            events=len(rows),
            sessions_hundredths=sum(row.sessions_hundredths for row in rows),
            persons=sum(row.persons or 0 for row in rows),
            volunteer_times=sum(row.volunteers or 0 for row in rows),
            volunteer_hours_hundredths=sum(row.volunteer_hours_hundredths for row in rows),
            other_service_times=len(other),
            other_service_hours_hundredths=_hours(other),
        )

    def loans(self) -> int | None:
        """Volumes lent in the month; None when no register was kept."""
        held = [record for record in _once(self._material.loans) if record.status == HELD]
        volumes = [record.values.get("volumes") for record in held]
        return sum(number for number in volumes if isinstance(number, int)) if held else None

    def _film_row(self, record: Record) -> FilmRow | None:
        record_type = self._type(record)
        film = self._film(record, record_type)
        if film is None:
            return None
        summary, values = summarise(record_type, record.values), record.values
        return FilmRow(
            record=record.id,
            day=summary.day,
            time=summary.time,
            title=_text(film.values, "title"),
            film_type=self._choice(self._types.by_id["film"], "film_type", film.values),
            release_date=_text(film.values, "release_date"),
            age=self._film_age(film.values, date.fromisoformat(summary.day)),
            sessions_hundredths=summary.sessions,
            projectionist=_text(values, "projectionist"),
            persons=summary.persons,
            weather=self._choice(record_type, "weather", values),
            receipt_no=_text(values, "receipt_no"),
            confirmed_by=_text(values, "confirmed_by"),
            place=summary.place,
        )

    def _cancelled_row(self, record: Record, made_up_on: str) -> CancelledRow:
        record_type = self._type(record)
        self._type_word(record_type)
        return CancelledRow(
            record=record.id,
            type=record.type,
            day=summarise(record_type, record.values).day,
            name=self._name(record, record_type),
            reason=self._choice(record_type, "cancel_reason", record.values),
            made_up_on=made_up_on,
        )

    def _type(self, record: Record) -> RecordType:
        record_type = self._types.by_id[record.type]
        self._type_word(record_type)
        return record_type

    def _film(self, record: Record, record_type: RecordType) -> Record | None:
        title = record_type.field(record_type.title)
        if title is None or title.to != "film":
            return None
        return self._material.references.get(str(record.values.get(title.name)))

    def _name(self, record: Record, record_type: RecordType) -> str:
        name = record.values.get(record_type.sheet.get("name", record_type.title))
        referred = self._material.references.get(str(name))
        return _text(referred.values, "title") if referred is not None else str(name or "")

    def _organiser(self, record: Record, record_type: RecordType) -> str:
        partners = record.values.get("co_units")
        names = [self._column(record, record_type, "organiser")]
        for partner in partners if isinstance(partners, (list, tuple)) else ():
            unit = self._units.find(str(partner))
            names.append(str(partner) if unit is None else unit.name)
        return "、".join(dict.fromkeys(name for name in names if name))

    def _column(self, record: Record, record_type: RecordType, column: str) -> str:
        """What a record says in a column of the sheet: a text, or the code of a word."""
        field_name = record_type.sheet.get(column)
        if field_name is not None:
            return self._choice(record_type, field_name, record.values)
        if column in record_type.sheet_words:
            zh, en = record_type.sheet_words[column]
            return self._word(f"{record_type.id}.sheet.{column}", zh, en)
        return ""

    def _choice(self, record_type: RecordType, field_name: str, values: Mapping[str, object]) -> str:
        found: Field | None = record_type.field(field_name)
        text = _text(values, field_name)
        choice = None if found is None else next((item for item in found.choices if item.code == text), None)
        if choice is None:
            return text
        return self._word(f"{record_type.id}.{field_name}.{choice.code}", choice.zh, choice.en)

    def _type_word(self, record_type: RecordType) -> str:
        return self._word(f"type.{record_type.id}", record_type.zh, record_type.en)

    def _word(self, code: str, zh: str, en: str) -> str:
        self.words[code] = Word(code=code, zh=zh, en=en)
        return code


def _once(records: Iterable[Record]) -> list[Record]:
    return list({record.id: record for record in records if not record.deleted}.values())


def _numbered(month: Month, rows: list[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows in order of time; those with evidence get the number of their place: 10-03."""
    ordered = sorted(rows, key=lambda row: (row.day, row.time, row.name, row.record))
    return tuple(
        replace(row, evidence_no=f"{month.month:02d}-{number:02d}") if row.evidence_no else row
        for number, row in enumerate(ordered, start=1)
    )


def _subtotals(types: RecordTypes, rows: Sequence[SheetRow]) -> tuple[Subtotal, ...]:
    """One sum for each type that occurs, in the order of the types."""
    return tuple(
        Subtotal(
            type=record_type.id,
            events=len(same),
            sessions_hundredths=sum(row.sessions_hundredths for row in same),
            persons=sum(row.persons or 0 for row in same),
        )
        for record_type in types
        if (same := [row for row in rows if row.type == record_type.id])
    )


def _hours(services: Iterable[Record]) -> int:
    return sum(hundredths(record.values.get("hours")) for record in services)


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return "" if value is None or isinstance(value, bool) else str(value)


def _slots(logs: Iterable[Record]) -> list[Slot]:
    pairs = [(log.values.get("from"), log.values.get("to")) for log in logs]
    return [Slot(start=str(start), end=str(end)) for start, end in pairs if is_time(start) and is_time(end)]
