"""The indicators of the programme over the current records: a year at a glance, a heat map, a trend, one number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.asked import residents_note
from gzdesk.domain.indicators.facts import Facts
from gzdesk.domain.indicators.judging import measure
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.population import residents
from gzdesk.domain.indicators.result import Indicator, Result
from gzdesk.domain.indicators.words import result_text
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.indicator_facts import YearRows, facts_of, load_indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A unit and its twelve months; None where the month has not begun or the unit was not there."""

    unit: Unit
    cells: tuple[Result | None, ...]
    year: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """One indicator by unit and month. `whole` is the year of the town, or of the village on its own PC."""

    indicator: Indicator
    year: int
    months: tuple[Month, ...]
    rows: tuple[HeatRow, ...]
    whole: Result


class Indicators:
    """What the records come to. A village sees its own, the town station the whole town and each unit."""

    def __init__(self, context: Context) -> None:
        self._context = context
        # The rows of the year that was asked for last: pages ask for a year, its heat map and its trends in a row.
        self._kept: YearRows | None = None
        context.changes.subscribe(self._forget)

    def catalogue(self) -> tuple[Indicator, ...]:
        """The indicators that can be worked out, in the order of the table."""
        return load_indicators()

    def find(self, indicator_id: str) -> Indicator:
        """The indicator of that id. Raises UserError `unknown_indicator`."""
        found = next((row for row in load_indicators() if row.id == indicator_id), None)
        if found is None:
            raise UserError(
                code="unknown_indicator",
                message=_("There is no indicator called {name}.").format(name=indicator_id),
                hint=_("The command `indicators` lists all of them."),
            )
        return found

    def year(
        self, year: int, unit: str | None = None, *, kind: str = "", on: date | None = None
    ) -> tuple[Result, ...]:
        """The indicators of a year, of one kind (target, duty, monitor) or all; of a unit those it has.

        `on` is the day whose state they show, today when left out.
        """
        return self._all(Period.of_year(year), unit, kind, on)

    def month(self, month: Month, unit: str | None = None, *, kind: str = "") -> tuple[Result, ...]:
        """The same of a month: how the year fills, with a verdict only where a month has one."""
        return self._all(Period.of_month(month), unit, kind)

    def one(
        self, indicator_id: str, *, year: int, month: Month | int | None = None, unit: str | None = None
    ) -> Result:
        """One indicator of a year, or of a month of it (a `Month`, or its number 1 to 12).

        Raises UserError for an indicator or a unit that is not known.
        """
        number = month.month if isinstance(month, Month) else month
        period = Period.of_year(year) if number is None else Period.of_month(Month(year, number))
        return self._measure(self.find(indicator_id), self._facts(year), period, self._unit(unit))

    def heat(self, indicator_id: str, year: int) -> HeatMap:
        """One indicator by unit and month. Raises UserError `unknown_indicator`."""
        indicator, facts = self.find(indicator_id), self._facts(year)
        months = Period.of_year(year).months()
        return HeatMap(
            indicator=indicator,
            year=year,
            months=months,
            rows=tuple(
                HeatRow(
                    unit=unit,
                    cells=tuple(self._cell(indicator, facts, unit, month) for month in months),
                    year=self._measure(indicator, facts, Period.of_year(year), unit.id),
                )
                for unit in self._units(indicator, facts, year)
            ),
            whole=self._measure(indicator, facts, Period.of_year(year), self._unit(None)),
        )

    def trend(
        self, indicator_id: str, year: int, unit: str | None = None
    ) -> tuple[tuple[Month, Fraction | None], ...]:
        """The twelve monthly values of a year; None for a month that has none or has not begun."""
        indicator, facts, unit_id = self.find(indicator_id), self._facts(year), self._unit(unit)
        return tuple(
            (
                month,
                None
                if month.first_day > facts.today
                else self._measure(indicator, facts, Period.of_month(month), unit_id).value,
            )
            for month in Period.of_year(year).months()
        )

    def residents(self, year: int) -> str:
        """The residents reckoned with and their year, in words (counting_rules G5); empty where none are known."""
        facts, unit = self._facts(year), self._unit(None)
        found = residents(facts.population, unit=unit or facts.roster.town.id, year=year, today=facts.today)
        return "" if found is None else residents_note(found)

    def text(self, result: Result) -> str:
        """The value for a page or a print, rounded as counting_rules G11 says."""
        return result_text(self.find(result.indicator), result)

    def _all(self, period: Period, unit: str | None, kind: str, on: date | None = None) -> tuple[Result, ...]:
        facts, unit_id = self._facts(period.year, on), self._unit(unit)
        return tuple(
            self._measure(indicator, facts, period, unit_id)
            for indicator in load_indicators()
            if (unit_id is None or indicator.by_unit) and kind in ("", indicator.type)
        )

    def _measure(self, indicator: Indicator, facts: Facts, period: Period, unit: str | None) -> Result:
        return measure(indicator, INDICATORS[indicator.id], facts, period=period, unit=unit)

    def _cell(self, indicator: Indicator, facts: Facts, unit: Unit, month: Month) -> Result | None:
        period = Period.of_month(month)
        if month.first_day > facts.today or not unit.is_valid_on(period.state_day(facts.today)):
            return None
        return self._measure(indicator, facts, period, unit.id)

    def _units(self, indicator: Indicator, facts: Facts, year: int) -> tuple[Unit, ...]:
        """The units of a heat map: those that are in the target and were valid on some day of the year."""
        if not indicator.by_unit:
            return ()
        if not self._context.is_town:
            return (self._context.me,)
        period = Period.of_year(year)
        days = {month.last_day for month in period.months()} | {period.state_day(facts.today)}
        valid = {unit.id for day in days for unit in facts.roster.units_on(day, indicator.unit_kinds)}
        return tuple(unit for unit in facts.roster.below if unit.id in valid)

    def _unit(self, key: str | None) -> str | None:
        """None for the whole town: what the station asks for unless it names a unit."""
        if key is None:
            return None if self._context.is_town else self._context.me.id
        found = self._context.unit(key)
        return None if found.id == self._context.units.town.id else found.id

    def _facts(self, year: int, on: date | None = None) -> Facts:
        day = on or self._context.mint.today()
        if self._kept is None or (self._kept.year, self._kept.on) != (year, day):
            self._kept = YearRows(self._context, year, on=day)
        return facts_of(self._context, self._kept)

    def _forget(self, _types: frozenset[str]) -> None:
        self._kept = None
