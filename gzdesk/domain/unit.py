"""Units: the villages, the community and the town station that keep and hand in records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gzdesk.i18n import pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit. `id` is stable ASCII and names the scope of its records; `code` is the 12-digit division code.

    `kind` is `village` (行政村), `community` (社区) or `town`. `short` is the form number prefix, e.g. `CY1`.
    `valid_from` and `valid_to` are its first and its last day, empty for no limit; a unit that was merged names the
    one that goes on as its `successor` (counting_rules G6).
    """

    id: str
    name: str
    name_en: str
    kind: str
    short: str
    code: str | None = None
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Unit:
        """A unit from plain data; what a newer program knows of it besides is passed over."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})

    def to_data(self) -> dict[str, Any]:
        """The unit as plain data; what it does not have is left out."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}

    def is_valid_on(self, day: date) -> bool:
        """Whether there is this unit on that day; both its first and its last day count."""
        return self.valid_from <= day.isoformat() and (not self.valid_to or day.isoformat() <= self.valid_to)

    def is_valid_in(self, first: date, last: date) -> bool:
        """Whether there is this unit on some day between two, both included."""
        begins = self.valid_from <= last.isoformat()
        return begins and (not self.valid_to or first.isoformat() <= self.valid_to)

    @property
    def label(self) -> str:
        """The name in the language in use."""
        return pick(zh=self.name, en=self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The town and the units below it, in the order of the official list."""

    town: Unit
    below: tuple[Unit, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Units:
        """Build from the parsed `db/reference/units.toml` (or the list that a join file carries)."""
        return cls(town=Unit.from_data(data["town"]), below=tuple(map(Unit.from_data, data["unit"])))

    def to_data(self) -> dict[str, Any]:
        """The list as plain data, for a join file."""
        return {"town": self.town.to_data(), "unit": [unit.to_data() for unit in self.below]}

    def on(self, day: date) -> Units:
        """The town and the units below it that there are on that day."""
        return Units(town=self.town, below=tuple(unit for unit in self.below if unit.is_valid_on(day)))

    def __iter__(self) -> Iterator[Unit]:
        yield self.town
        yield from self.below

    def find(self, key: str) -> Unit | None:
        """The unit with that id, name, English name or division code, or whose own scope that is; else None."""
        for unit in (self.town, *self.below):
            if key in (unit.id, unit.name, unit.name_en, unit.code):
                return unit
        return self.town if key == station_scope(self.town.id) else None

    def own_scope(self, unit: str) -> str:
        """The scope of what a unit writes down itself: its id, but for the town that of its station."""
        return station_scope(unit) if unit == self.town.id else unit


def station_scope(town: str) -> str:
    """The scope of the station's own registers: staff, money, letters of residents.

    The scope of the town itself holds what every village receives; what the station keeps goes to none of them.
    """
    return f"{town}.station"


def stand_alone_unit(name: str) -> Unit:
    """A village that no list names: its id is made from the name, so that two PCs make the same one."""
    digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:10]
    return Unit(id=f"unit.{digest}", name=name, name_en=name, kind="village", short=digest[:4].upper())
