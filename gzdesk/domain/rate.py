"""A rate of on-time deeds, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """On-time deeds of those that were due. `due` 0 means that there is no rate yet (counting_rules G4)."""

    on_time: int
    due: int

    @property
    def percent(self) -> str:
        """The rate for people, with one decimal: `95.7%`; `100%` only when it is."""
        if self.due == 0:
            return "—"
        if self.on_time == self.due:
            return "100%"
        # Half a tenth goes up, but 1999 of 2000 must not look like all of them (counting_rules G11).
        tenths = min((self.on_time * 2000 + self.due) // (2 * self.due), 999)
        return f"{tenths // 10}.{tenths % 10}%"
