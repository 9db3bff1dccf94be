"""A row of a table as the values of a record: each cell through the form's own reader, then the usual defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gzdesk.domain.fields import FieldProblem, parse
from gzdesk.domain.period import Month
from gzdesk.domain.reading.slots import read_span
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.rules import Problem
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.defaults import default_value, fill_defaults
from gzdesk.services.imports.cells import text_for
from gzdesk.services.imports.days import (
    Period,
    lacks_month,
    lacks_year,
    parted,
    section_period,
    with_year,
    years_by_neighbours,
)
from gzdesk.services.imports.model import UNIT_COLUMN, SourceTable
from gzdesk.services.references import resolve_reference
from gzdesk.storage.store import Reading
from gzdesk.workbooks.reading.sheet import Cell
from gzdesk.workbooks.reading.table import Row
from gzdesk.workbooks.reading.words import cell_text

_DAYS = frozenset({"date", "partial_date"})
# What is only known while somebody types: a row without a date must not become one of today.
_NOT_FOR_ROWS = ("$today", "$now", "$next")
_TEN_THOUSANDS = re.compile(r"[(（【\[/／]?\s*(?:单位[:：])?\s*万\s*(?:元|人|册|人次|册次)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowValues:
    """What a row says: the values with defaults, which of them the table itself gave, and what cannot be read."""

    row: Row
    values: dict[str, object]
    given: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Texts:
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    without_year: set[str] = field(default_factory=set)


class RowReader:
    """Reads the rows of one table. References and defaults are looked up once for all rows."""

    def __init__(
        self,
        context: Context,
        read: Reading,
        record_type: RecordType,
        table: SourceTable,
        mapping: Mapping[int, str],
    ) -> None:
        self._context, self._read, self._type = context, read, record_type
        places = {column.index: place for place, column in enumerate(table.columns)}
        self._places = {name: places[index] for index, name in mapping.items() if index in places}
        self._fields = {
            name: found for name in self._places if (found := record_type.field(name)) is not None
        }
        self._scaled = {
            name
            for name, found in self._fields.items()
            if _TEN_THOUSANDS.search(table.columns[self._places[name]].title) and "万" not in found.unit_zh
        }
        self._around = Period(year=table.year, month=table.month)
        self._years = self._years_of(table.rows)
        self._references: dict[tuple[str, str], str | FieldProblem] = {}
        self._defaults: dict[str, object | None] = {}

    def read(self, row: Row) -> RowValues:
        """The values that a row means. Never raises for what stands in it."""
        found = self._texts(row)
        values: dict[str, object] = {}
        for name, text in found.texts.items():
            try:
                value = self._value(self._type.by_name[name], text, row)
            except FieldProblem as problem:
                found.problems.append(_unreadable(name, problem))
            else:
                if value is not None:
                    values[name] = value
                    found.problems += self._about_value(self._type.by_name[name], value, found)
        given = frozenset(values)
        filled = fill_defaults(self._context, self._read, self._type, values, default_of=self._default)
        return RowValues(
            row=row,
            values={name: value for name, value in filled.items() if value not in (None, "", [])},
            given=given,
            problems=(*self._of_other_units(row), *found.problems),
        )

    def mapped(self) -> frozenset[str]:
        """The fields that columns lead to."""
        return frozenset(self._fields)

    # texts

    def _texts(self, row: Row) -> _Texts:
        found = _Texts()
        for name, target in self._fields.items():
            cell = row.cells[self._places[name]]
            try:
                text = text_for(target, cell, in_ten_thousands=name in self._scaled)
                if text and target.kind in _DAYS:
                    text = self._dated(target, text, cell, row, found)
                elif text and target.kind == "time":
                    text = self._timed(target, text, found)
            except FieldProblem as problem:
                found.problems.append(_unreadable(name, problem))
            else:
                if text:
                    found.texts[name] = text
        return found

    def _dated(self, target: Field, text: str, cell: Cell, row: Row, found: _Texts) -> str:
        """The day of a cell; the time that stands behind it goes to the field of times when no column fills it."""
        day, clock = parted(text, cell)
        time = self._type.field(self._type.time or "")
        if clock and time is not None and target.name == self._type.month_of and self._is_open(row, time):
            found.texts[time.name] = self._timed(time, clock, found)
        period = section_period(row.section, self._around) if row.section else self._around
        year = period.year if row.section and period.year else self._years.get((target.name, row.number))
        if lacks_month(day) and period.month is None:
            message = _("Only a day is written. Write the month too, like {example}.")
            raise FieldProblem(message.format(example="2019-03-05"))
        if lacks_year(day) and (year or period.year) is None:
            found.without_year.add(target.name)
        return with_year(day, year=year or period.year, month=period.month)

    def _is_open(self, row: Row, target: Field) -> bool:
        """Whether no column fills the field in this row."""
        place = self._places.get(target.name)
        return place is None or not cell_text(row.cells[place])

    def _timed(self, target: Field, text: str, found: _Texts) -> str:
        """The start of 19:30-21:00; its end goes to the field of ends when no column fills it."""
        span = read_span(text)
        if span is None:
            return text
        end = next((item for item in self._type.fields if item.after == target.name), None)
        if end is not None and end.kind == "time" and end.name not in self._places:
            found.texts[end.name] = span[1]
        return span[0]

    def _years_of(self, rows: Sequence[Row]) -> dict[tuple[str, int], int]:
        years: dict[tuple[str, int], int] = {}
        for name, target in self._fields.items():
            if target.kind not in _DAYS:
                continue
            place = self._places[name]
            found = years_by_neighbours([row.cells[place] for row in rows], around=self._around.year)
            years |= {(name, row.number): year for row, year in zip(rows, found, strict=True) if year}
        return years

    # values

    def _value(self, target: Field, text: str, row: Row) -> object | None:
        if target.kind == "reference":
            return self._reference(target, text)
        period = section_period(row.section, self._around) if row.section else self._around
        month = Month(period.year, period.month) if period.year and period.month else None
        return parse(target, text, self._context.parsing(month=month))

    def _about_value(self, target: Field, value: object, found: _Texts) -> list[Problem]:
        if target.name in found.without_year:
            message = _("No year is written; {year} was assumed.").format(year=str(value)[:4])
            return [Problem(field=target.name, code="year_assumed", message=message, blocks=False)]
        if target.kind == "unit" and target.default == "$unit" and value != self._context.me.id:
            return [] if self._context.is_town else [_of_another_unit(target.name, self._unit_name(value))]
        return []

    def _unit_name(self, unit_id: object) -> str:
        unit = self._context.units.find(str(unit_id))
        return unit.label if unit else str(unit_id)

    def _reference(self, target: Field, text: str) -> str:
        key = (target.name, text)
        if key not in self._references:
            try:
                self._references[key] = resolve_reference(self._read, target, text)
            except FieldProblem as problem:
                self._references[key] = self._reference_problem(target, text, problem)
        known = self._references[key]
        if isinstance(known, FieldProblem):
            raise known
        return known

    def _reference_problem(self, target: Field, text: str, problem: FieldProblem) -> FieldProblem:
        types = [found for name in target.targets if (found := self._context.types.get(name)) is not None]
        if len(types) != 1 or "more than once" in problem.message:
            return problem
        message = _("“{text}” is not in {register} yet. Add it there first, then import this table again.")
        return FieldProblem(message.format(text=text[:40], register=types[0].label))

    def _default(self, target: Field) -> object | None:
        if isinstance(target.default, str) and target.default.startswith(_NOT_FOR_ROWS):
            return None
        if target.name not in self._defaults:
            self._defaults[target.name] = default_value(self._context, self._read, target)
        return self._defaults[target.name]

    def _of_other_units(self, row: Row) -> list[Problem]:
        """A row of another village is that village's to write down; here it would count for this one."""
        place = self._places.get(UNIT_COLUMN)
        if place is None:
            return []
        text = cell_text(row.cells[place])
        unit = _unit_of(self._context, text)
        if not text or unit == self._context.me.id:
            return []
        if unit:
            return [_of_another_unit(UNIT_COLUMN, self._unit_name(unit))]
        message = _("“{unit}” is not on the list of villages, so it is not known whose row this is.")
        words = message.format(unit=text[:20])
        return [Problem(field=UNIT_COLUMN, code="other_unit", message=words, blocks=True)]


def _of_another_unit(field_name: str, unit: str) -> Problem:
    message = _("This row is of {unit}; it can only be written down there.").format(unit=unit)
    return Problem(field=field_name, code="other_unit", message=message, blocks=True)


def _unit_of(context: Context, text: str) -> str | None:
    """The id of the unit that a cell names; 曹一 is 曹一村, for nobody says the last character."""
    me = context.me
    if text in (me.id, me.name, me.name_en, me.code):
        return me.id
    found = context.units.find(text)
    if found is not None:
        return found.id
    wanted = text.removeprefix(context.units.town.name)
    short = {unit.id for unit in (*context.units, me) if wanted and unit.name.startswith(wanted)}
    return short.pop() if len(short) == 1 else None


def _unreadable(name: str, problem: FieldProblem) -> Problem:
    return Problem(field=name, code="unreadable", message=problem.message, blocks=True)
