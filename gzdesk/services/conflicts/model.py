"""A record that was changed on two sides, as people see it: what differs, in whose words, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the versions. `texts` are the items in which the versions differ, in words; none when deleted.

    `here` says that it was written on this PC, not brought by a package.
    """

    revision: str
    who: str
    when: str
    deleted: bool
    here: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item in which the versions differ; `by` are the numbers of the sides that changed it."""

    field: str
    label: str
    texts: tuple[str, ...]  # side by side
    by: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A record of which two sides wrote a version without knowing of each other; `shown` counts for now.

    `by_item` says whether it can be settled item by item; else one version is taken whole. `why` is a sentence.
    """

    record: str
    type_id: str
    unit: str
    shown: str
    words: str
    sides: tuple[Side, ...]
    items: tuple[Item, ...]
    same: tuple[tuple[str, str], ...]  # what all sides say: label and text
    by_item: bool
    why: str

    @property
    def revisions(self) -> tuple[str, ...]:
        """The versions to choose from, the shown one first."""
        return tuple(side.revision for side in self.sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was chosen: the version that was written, and its differing items in a line of words."""

    record: str
    revision: str
    words: str
