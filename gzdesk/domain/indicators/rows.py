"""The lean line of a record that indicators read: no header, no history, only what is counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeVar

from gzdesk.domain.period import DateSpan

K = TypeVar("K", bound=Hashable)

# Read for the year that is asked for; all other types are registers, which are read whole.
FLOWS = frozenset(
    {
        "activity",
        "delivery_order",
        "film_screening",
        "library_loan",
        "library_visit",
        "online_learning",
        "opening_log",
        "performance",
        "training_session",
        "volunteer_service",
    }
)


class Row(NamedTuple):
    """A current record. `unit` is its scope, `month` 201910 or 0, `sessions` hundredths, `attachments` how many."""

    id: str
    type: str
    unit: str
    status: str
    day: str
    month: int
    time: str
    persons: int | None
    sessions: int
    attachments: int
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """That value as text, empty when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> Fraction:
        """That value, a whole number or a decimal text, as an exact number; 0 when it is missing."""
        value = self.values.get(name)
        if isinstance(value, str):
            return _decimal(value)
        return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else Fraction()

    def is_yes(self, name: str) -> bool:
        """Whether that value is yes."""
        return self.values.get(name) is True

    def words(self, name: str) -> tuple[str, ...]:
        """That value as a list of texts, empty when it is missing."""
        value = self.values.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def begun(self, name: str) -> date | None:
        """The first day that a partly known date (2018, 2018-07) can mean; None when it is missing."""
        try:
            return DateSpan.parse(self.text(name)).first
        except ValueError:
            return None

    def whole(self, name: str) -> int:
        """That value as a whole number, 0 when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0


def grouped(rows: Iterable[Row], key: Callable[[Row], K]) -> dict[K, list[Row]]:
    """The rows by a key, each group in the order in which they came."""
    found: dict[K, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


@lru_cache(maxsize=4096)  # hours and amounts repeat, and reading one costs more than all else done with it
def _decimal(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction()
