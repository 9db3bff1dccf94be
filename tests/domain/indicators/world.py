"""A small town for indicators: three villages and a community, records written in a line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.catalogue import number, own_target
from gzdesk.domain.indicators.facts import Facts
from gzdesk.domain.indicators.in_force import Adjustment
from gzdesk.domain.indicators.judging import measure
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.population import Population
from gzdesk.domain.indicators.result import Indicator, Result
from gzdesk.domain.indicators.roster import Roster
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.period import Month
from gzdesk.domain.record import summarise
from gzdesk.domain.unit import Unit
from gzdesk.services.indicator_facts import load_counting_rules, load_indicators
from gzdesk.services.reference import load_record_types

TYPES = load_record_types()
BY_ID: Mapping[str, Indicator] = {row.id: row for row in load_indicators()}
AFTER = date(2020, 1, 15)
"""The year 2019 is over."""

TOWN = Unit(id="guzhen", name="古镇镇", name_en="Guzhen Town", kind="town", short="GZ")
STATION = "guzhen.station"


def unit(unit_id: str, kind: str = "village") -> Unit:
    """A unit that was always valid."""
    return Unit(id=unit_id, name=unit_id, name_en=unit_id, kind=kind, short=unit_id.upper())


def ended(unit_id: str, *, kind: str = "village", **days: str) -> Unit:
    """A unit that was not always valid, or is no longer."""
    return Unit(id=unit_id, name=unit_id, name_en=unit_id, kind=kind, short=unit_id.upper(), **days)


VILLAGES = (unit("a"), unit("b"), unit("c"))
COMMUNITY = unit("s", "community")
_DATED = {
    "confirmed_by": "苏桂祺",
    "stamped": True,
}
_FULL: Mapping[str, Mapping[str, object]] = {
    "film_screening": {
        "format": "digital",
        "session_count": "1",
        "completed": True,
        "place": "文化广场",
        **_DATED,
    },
    "performance": {"sessions": 1, "kind": "variety", "source": "village", "place": "文化广场", **_DATED},
    "volunteer_service": {"confirmed_by": "苏桂祺"},
}


def row(type_id: str, unit_id: str, record_id: str, *, files: int = 0, **values: object) -> Row:
    """A held record with the items that its kind must have; `files` are its photos and scans."""
    body = {"status": "held", **_FULL.get(type_id, {}), **values}
    body = {name: value for name, value in body.items() if value is not None}
    summary = summarise(TYPES.get(type_id), body)
    return Row(
        record_id,
        type_id,
        unit_id,
        summary.status,
        summary.day,
        summary.month,
        summary.time,
        summary.persons,
        summary.sessions,
        files,
        body,
    )


@dataclass(frozen=True, kw_only=True)
class World:
    """What a test starts from; each `with_…` gives another one."""

    rows: tuple[Row, ...] = ()
    below: tuple[Unit, ...] = (*VILLAGES, COMMUNITY)
    today: date = AFTER
    population: tuple[Population, ...] = ()
    rules: Mapping[str, object] = field(default_factory=dict)
    rule_changes: tuple[Adjustment[object], ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)

    def having(self, *rows: Row) -> World:
        """With those records too."""
        return replace(self, rows=(*self.rows, *rows))

    def on(self, today: date) -> World:
        """On another day."""
        return replace(self, today=today)

    def ruled(self, **rules: object) -> World:
        """Under other counting rules."""
        return replace(self, rules={**self.rules, **rules})

    def residents(self, value: int, *, of: str = "guzhen", year: int = 2018, **more: Any) -> World:
        """With that many residents."""
        return replace(
            self, population=(*self.population, Population(unit=of, year=year, value=value, **more))
        )

    def facts(self) -> Facts:
        """All of it as the indicators read it."""
        by_type: dict[str, list[Row]] = {}
        for item in self.rows:
            by_type.setdefault(item.type, []).append(item)
        defaults = {rule.id: rule.default for rule in load_counting_rules()}
        targets = {row.id: own_target(row) for row in BY_ID.values()}
        targets |= {name: replace(targets[name], value=number(text)) for name, text in self.targets.items()}
        return Facts(
            today=self.today,
            roster=Roster(town=TOWN, below=self.below),
            rows=lambda type_id: by_type.get(type_id, ()),
            joint_types=frozenset(item.id for item in TYPES if item.group == "event"),
            population=self.population,
            confirmed_types=frozenset({"film_screening", "performance", "volunteer_service"}),
            rules={**defaults, **self.rules},
            rule_changes=self.rule_changes,
            targets=targets,
        )

    def year(self, indicator: str, *, year: int = 2019, unit: str | None = None) -> Result:
        """The indicator of a year."""
        return self.measured(indicator, Period.of_year(year), unit)

    def month(self, indicator: str, month: int, *, year: int = 2019, unit: str | None = None) -> Result:
        """The indicator of a month."""
        return self.measured(indicator, Period.of_month(Month(year, month)), unit)

    def measured(self, indicator: str, period: Period, unit: str | None) -> Result:
        """The indicator of a period."""
        return measure(BY_ID[indicator], INDICATORS[indicator], self.facts(), period=period, unit=unit)


def value(result: Result) -> str | None:
    """The value as text, to compare."""
    return None if result.value is None else str(result.value)


def codes(result: Result) -> dict[str, str]:
    """Why records were left out, by their ids."""
    return {item.record: item.code for item in result.excluded}
