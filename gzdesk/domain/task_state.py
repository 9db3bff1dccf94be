"""How an item of a task stands on a day, and its progress in a unit's own words.

Finished is what a person says. Everything else follows: past the day of the column, due soon, under way as soon as
something was said or filed, else not started. What is measured only proposes that an item is finished.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.tasks import TaskItem

TYPE_ID = "task_progress"

NOT_STARTED, RUNNING, DUE_SOON, FINISHED, OVERDUE = STATES = (
    "not_started",
    "running",
    "due_soon",
    "finished",
    "overdue",
)
SAID = (NOT_STARTED, RUNNING, FINISHED)
"""What a person may say; the rest is a matter of the day."""

# Every PC of a unit makes the same record for the same item: two notes are two versions of one.
_NAMESPACE = uuid.UUID("0b7f3b0a-5d3c-4b8e-9a54-2f6c1d7e8a32")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskProgress:
    """What a unit says of an item: `state` is one of SAID or empty, `on` the day it is about (2019-11-06)."""

    unit: str
    item_id: str
    state: str = ""
    note: str = ""
    on: str = ""
    by: str = ""
    record: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.state or self.note)


def progress_record_id(scope: str, item_id: str) -> str:
    """The record of a scope's words about an item."""
    return str(uuid.uuid5(_NAMESPACE, f"{scope}/{item_id}"))


def state_of_item(item: TaskItem, *, said: str, has_work: bool, today: date, due_soon_days: int) -> str:
    """How an item stands. It is judged by the column of the table, whatever its text says of a date."""
    if said == FINISHED:
        return FINISHED
    left = days_left(item, today=today)
    if left is not None and left < 0:
        return OVERDUE
    if left is not None and left <= due_soon_days:
        return DUE_SOON
    return RUNNING if said == RUNNING or (has_work and said != NOT_STARTED) else NOT_STARTED


def days_left(item: TaskItem, *, today: date) -> int | None:
    """Days until the day of the column, that day included; negative when it is past, None without one."""
    return (date.fromisoformat(item.due_to) - today).days if item.due_to else None


def state_of_task(states: Iterable[str]) -> str:
    """How a task stands by its items: overdue or due soon if one is, finished when all are."""
    found = set(states)
    for state in (OVERDUE, DUE_SOON):
        if state in found:
            return state
    if found == {FINISHED}:
        return FINISHED
    return NOT_STARTED if found <= {NOT_STARTED} else RUNNING
