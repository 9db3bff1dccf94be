"""Which records of a unit look like one event and are two: the town has said so, and nobody is asked again."""

from __future__ import annotations

from gzdesk.domain.joint import DIFFERENT, TYPE_ID
from gzdesk.storage.store import Reading


def told_apart(read: Reading, unit: str) -> frozenset[frozenset[str]]:
    """The pairs of a unit's own records that the town called two events."""
    decided = read.records.of_types([TYPE_ID], unit=unit)
    return frozenset(
        frozenset(map(str, records))
        for record in decided
        if record.values.get("verdict") == DIFFERENT
        and isinstance(records := record.values.get("records"), list)
    )
