"""How far the checklist of an item of the tasks is covered, as the evidence page reckons it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEvidence:
    """An item of the tasks, and how much of its checklist is covered by what is filed now."""

    item_id: str
    label: str
    covered: int
    wanted: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing of the checklist is missing."""
        return self.covered == self.wanted
