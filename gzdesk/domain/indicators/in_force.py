"""Targets and counting rules that change with a date from which they hold (动态调整)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Generic[T]):
    """From that day on, `key` (an indicator, a rule) has this value."""

    key: str
    valid_from: date
    value: T


def in_force(defaults: Mapping[str, T], adjustments: Iterable[Adjustment[T]], day: date) -> dict[str, T]:
    """What holds on a day: of each key the adjustment with the latest day that has come, else the default.

    A key without a default is left out: a newer program made it, and nothing here asks for it.
    """
    found = dict(defaults)
    since: dict[str, date] = {}
    for item in adjustments:
        if item.key in found and since.get(item.key, date.min) <= item.valid_from <= day:
            since[item.key] = item.valid_from
            found[item.key] = item.value
    return found
