"""The units that count on a day, and whose records a merged unit takes over (counting_rules G6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gzdesk.domain.indicators.period import Period
from gzdesk.domain.unit import Unit, station_scope


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The town and the units below it, with the days on which each was valid."""

    town: Unit
    below: tuple[Unit, ...]

    @cached_property
    def _merged(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.below if unit.successor)

    @cached_property
    def _on(self) -> dict[tuple[date, frozenset[str]], tuple[Unit, ...]]:
        # Asked once for every month of every indicator.
        return {}

    def units_on(self, day: date, kinds: Iterable[str] = ()) -> tuple[Unit, ...]:
        """The units below the town that are valid on a day, in the official order; of those kinds when given."""
        asked = (day, frozenset(kinds))
        found = self._on.get(asked)
        if found is None:
            wanted = asked[1]
            found = self._on[asked] = tuple(
                unit for unit in self.below if unit.is_valid_on(day) and (not wanted or unit.kind in wanted)
            )
        return found

    @cached_property
    def _by_id(self) -> dict[str, Unit]:
        # Of two with one id the first is meant, as in the list.
        return {unit.id: unit for unit in reversed((self.town, *self.below))}

    def find(self, unit_id: str) -> Unit | None:
        """The unit of that id, valid or not, or None."""
        return self._by_id.get(unit_id)

    def is_below(self, scope: str) -> bool:
        """Whether a scope is that of a village or the community, not the town's or its station's."""
        return scope != self.town.id and scope in self._by_id

    def label(self, unit_id: str) -> str:
        """The unit's name in the language in use; an unknown unit is shown by its id."""
        unit = self.find(unit_id)
        if unit is None and unit_id == station_scope(self.town.id):
            unit = self.town
        return unit_id if unit is None else unit.label

    def scopes_of(self, unit_id: str, *, period: Period, day: date) -> tuple[str, ...]:
        """The unit and the predecessors whose records it takes over: those merged into it in the period's year.

        A predecessor that is still valid on `day` keeps its own, so that nothing counts for two units.
        """
        return (unit_id, *self._taken_over(unit_id, year=period.year, day=day, seen={unit_id}))

    def _taken_over(self, unit_id: str, *, year: int, day: date, seen: set[str]) -> Iterator[str]:
        for unit in self._merged:
            merged = unit.successor == unit_id and unit.valid_to[:4] == str(year)
            if merged and unit.id not in seen and not unit.is_valid_on(day):
                seen.add(unit.id)
                yield unit.id
                yield from self._taken_over(unit.id, year=year, day=day, seen=seen)


def months_in_existence(unit: Unit, period: Period, day: date) -> int:
    """In how many months of the period, up to `day`, the unit was valid on at least one day."""
    return sum(
        month.first_day <= day
        and any(unit.is_valid_on(edge) for edge in (month.first_day, min(month.last_day, day)))
        for month in period.months()
    )
