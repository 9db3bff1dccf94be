"""One question: this indicator, this period, this unit or the whole town. What its function may ask stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import chain

from gzdesk.domain.indicators.facts import UNPROVED, Facts
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.population import Population, residents
from gzdesk.domain.indicators.result import Excluded, Indicator, TargetInForce
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _

Test = Callable[[Row], str]


@dataclass(slots=True)
class Tally:
    """The records that count, and those that do not with the reason (counting_rules G13)."""

    rows: list[Row] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    proved: set[str] = field(default_factory=set)

    @property
    def with_evidence(self) -> int:
        """How many of those that count have all their evidence."""
        return len(self.proved)

    @property
    def counted(self) -> tuple[str, ...]:
        """The ids of the records that count, in an order that is always the same."""
        return tuple(sorted(row.id for row in self.rows))

    @property
    def left_out(self) -> tuple[Excluded, ...]:
        """What does not count, in an order that is always the same."""
        return tuple(sorted(self.excluded, key=lambda item: (item.record, item.code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`unit` None asks for the whole town. `evidenced_only` counts nothing without complete evidence (含佐证)."""

    indicator: Indicator
    facts: Facts
    period: Period
    unit: str | None = None
    evidenced_only: bool = False

    @property
    def day(self) -> date:
        """The day whose state is asked for: the last of the period, or today while it runs."""
        return self.period.state_day(self.facts.today)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The valid units that the indicator is about, or the one asked for (counting_rules G6)."""
        if self.unit is not None:
            found = self.facts.roster.find(self.unit)
            return () if found is None else (found,)
        return self.facts.roster.units_on(self.day, self.indicator.unit_kinds)

    @property
    def target(self) -> TargetInForce:
        """The target on that day."""
        return self.target_at(self.day)

    def target_at(self, day: date) -> TargetInForce:
        """The target on another day, of a month within the period."""
        return self.facts.targets_on(day)[self.indicator.id]

    def rule(self, name: str) -> object:
        """A counting rule as it stands on that day. Raises KeyError for a rule that no table has."""
        return self.facts.rules_on(self.day)[name]

    def rule_whole(self, name: str) -> int:
        """A counting rule that is a number."""
        value = self.rule(name)
        return value if isinstance(value, int) else 0

    def rule_yes(self, name: str) -> bool:
        """A counting rule that is yes or no."""
        return self.rule(name) is True

    def rule_words(self, name: str) -> tuple[str, ...]:
        """A counting rule that is a list of words."""
        value = self.rule(name)
        words = value.split() if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
        return tuple(word for word in words if isinstance(word, str))

    def rows(self, type_id: str, period: Period | None = None) -> Iterator[Row]:
        """The rows of a type in the period: of the whole town, or of the unit and those that merged into it."""
        months = (period or self.period).month_numbers
        return self._standing_out(self.facts.in_months(type_id, self._scopes(type_id), months))

    def rows_of(self, type_id: str, unit: str, period: Period | None = None) -> Iterator[Row]:
        """The rows that count for one village: its own, its predecessors', and joint events credited to it (G3)."""
        asked = period or self.period
        months, day = asked.month_numbers, asked.state_day(self.facts.today)
        scopes = self.facts.roster.scopes_of(unit, period=asked, day=day)
        own = self._standing_out(self.facts.in_months(type_id, scopes, months))
        credited = self.facts.credited(unit)
        if not credited:
            return own
        known = self.facts.by_id(type_id)
        others = (known[record_id] for record_id in sorted(credited) if record_id in known)
        guests = (row for row in others if row.month in months and row.unit not in scopes)
        return chain(own, self._standing_out(guests))

    def register(self, type_id: str) -> Iterator[Row]:
        """The rows of a register, whatever their month: of the whole town, or of the unit and its predecessors."""
        rows: Iterable[Row] = self.facts.of_type(type_id)
        if self.unit is not None:
            scopes = self._scopes(type_id)
            rows = (row for row in rows if row.unit in scopes)
        return self._standing_out(rows)

    def town_register(self, type_id: str) -> Iterator[Row]:
        """The rows of a register that are the town's or its station's own, no village's."""
        below = self.facts.roster.is_below
        return self._standing_out(row for row in self.facts.of_type(type_id) if not below(row.unit))

    def count(self, rows: Iterable[Row], *tests: Test) -> Tally:
        """Sort rows into those that count and those that do not.

        Held and confirmed by the village is asked of every row (G1); a test gives the code of a further reason, or
        nothing. Of several reasons the first stands.
        """
        tally, standing = Tally(), self.facts.standing
        for row in rows:
            code, has_evidence = standing(row)
            for test in tests:
                if code:
                    break
                code = test(row)
            if code:
                tally.excluded.append(Excluded(record=row.id, code=code))
            elif has_evidence:
                tally.rows.append(row)
                tally.proved.add(row.id)
            elif not self.evidenced_only:
                tally.rows.append(row)
        return tally

    def residents(self) -> Population | None:
        """The residents of the unit, or of the town, to reckon with (counting_rules G5)."""
        unit = self.facts.roster.town.id if self.unit is None else self.unit
        return residents(self.facts.population, unit=unit, year=self.period.year, today=self.facts.today)

    @property
    def plain(self) -> Asked:
        """The same question of a denominator, of which no evidence is asked."""
        return replace(self, evidenced_only=False)

    def _standing_out(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows to be sorted: where only evidence counts, what would count but for it is not there at all."""
        if not self.evidenced_only:
            return iter(rows)
        standing = self.facts.standing
        return (row for row in rows if standing(row) != UNPROVED)

    def _scopes(self, type_id: str) -> tuple[str, ...]:
        if self.unit is None:
            return tuple(scope for scope in self.facts.scopes(type_id) if self._is_meant(scope))
        return self.facts.roster.scopes_of(self.unit, period=self.period, day=self.day)

    def _is_meant(self, scope: str) -> bool:
        """Whether the indicator is about that unit: one of villages leaves out the community's and the station's."""
        kinds = self.indicator.unit_kinds
        if not kinds or "community" in kinds:
            return True
        unit = self.facts.roster.find(scope)
        return unit is not None and unit.kind in kinds


def sessions_of(rows: Iterable[Row]) -> Fraction:
    """The sessions of those rows; a record may stand for halves."""
    return Fraction(sum(row.sessions for row in rows), 100)


def residents_note(population: Population) -> str:
    """The residents reckoned with and their year (counting_rules G5)."""
    if population.approximate:
        return _("Residents of {year}: about {count}").format(
            year=population.year, count=f"{population.value:,}"
        )
    return _("Residents of {year}: {count}").format(year=population.year, count=f"{population.value:,}")
