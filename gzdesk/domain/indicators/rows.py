"""The lean line of a record that indicators read: no header, no history, only what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

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

    def whole(self, name: str) -> int:
        """That value as a whole number, 0 when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0
