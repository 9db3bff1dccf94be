"""Residents by unit and year, in versions (counting_rules G5). Registered persons (户籍) are another figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

RESIDENT = "resident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """One published figure. `published_on` None: it has been known for long."""

    unit: str
    year: int
    value: int
    basis: str = RESIDENT
    version: int = 1
    published_on: date | None = None
    approximate: bool = False
    record: str = ""


def residents(figures: Iterable[Population], *, unit: str, year: int, today: date) -> Population | None:
    """The residents to reckon with in a year: of the latest year up to it that is published, the last version.

    Never a later year's figure, never the registered persons.
    """
    usable = [
        item
        for item in figures
        if item.unit == unit
        and item.basis == RESIDENT
        and item.year <= year
        and item.value > 0
        and (item.published_on is None or item.published_on <= today)
    ]
    return max(usable, key=lambda item: (item.year, item.version, item.record), default=None)
