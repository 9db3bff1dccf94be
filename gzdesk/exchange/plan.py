"""What goes to whom: one rule for any depth of units, and the names of the files (sync.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from gzdesk.domain.unit import Units, station_scope
from gzdesk.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Which unit stands below which. A package goes from a unit to its parent or to its child."""

    parents: Mapping[str, str]

    @classmethod
    def of(cls, units: Units) -> Self:
        """The town and the units below it."""
        return cls(parents={unit.id: units.town.id for unit in units.below})

    def parent(self, unit: str) -> str | None:
        """The unit above, or None at the top."""
        return self.parents.get(unit)

    def children(self, unit: str) -> tuple[str, ...]:
        """The units right below, in order."""
        return tuple(child for child, parent in self.parents.items() if parent == unit)

    def at_or_below(self, unit: str) -> tuple[str, ...]:
        """The unit and everything below it: the scopes it holds besides those of the units above."""
        children = self.children(unit)
        own = (unit, station_scope(unit)) if children else (unit,)
        return (*own, *(below for child in children for below in self.at_or_below(child)))

    def at_or_above(self, unit: str) -> tuple[str, ...]:
        """The unit and those above it: the scopes with the catalogues it is given."""
        parent = self.parent(unit)
        return (unit,) if parent is None else (unit, *self.at_or_above(parent))

    def are_neighbours(self, one: str, other: str) -> bool:
        """Whether packages go between the two."""
        return other in (self.parent(one), *self.children(one))

    def scopes_between(self, one: str, other: str) -> tuple[str, ...]:
        """The scopes that a package between the two is about, the same in both directions.

        Those of the lower one and all below it, and the catalogues of the upper one and all above it. Upwards the
        catalogues cost nothing, for the upper unit has told that it holds them; a town put back from an old copy
        gets its own lost words back that way.
        """
        upper, lower = (other, one) if self.parent(one) == other else (one, other)
        return (*self.at_or_above(upper), *self.at_or_below(lower))


def missing_numbers(number: int, *, known: Iterable[int]) -> tuple[int, ...]:
    """The numbers between the last package known before this one and this one."""
    before = max((other for other in known if other < number), default=0)
    return tuple(range(before + 1, number))


def upward_name(*, unit: str, month: str, number: int, part: int, parts: int) -> str:
    """The file name of a unit's report, for people: `古四村_2019-03_第007包.gzp`."""
    words = _("{unit}_{month}_no{number:03d}").format(unit=_safe(unit), month=month, number=number)
    return f"{words}{_part(part, parts)}.gzp"


def downward_name(*, unit: str, number: int, part: int, parts: int) -> str:
    """The file name of the answer to a unit: `回执_古四村_第003包.gzp`."""
    words = _("receipt_{unit}_no{number:03d}").format(unit=_safe(unit), number=number)
    return f"{words}{_part(part, parts)}.gzp"


def join_file_name(unit: str) -> str:
    """The file name of a join file: `加入_古四村.gzj`."""
    return _("join_{unit}").format(unit=_safe(unit)) + ".gzj"


def _part(part: int, parts: int) -> str:
    return "" if parts == 1 else f"_{part}-{parts}"


def _safe(name: str) -> str:
    # What FAT and Windows do not take in a name.
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).strip(" .") or "_"
