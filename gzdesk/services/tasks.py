"""The tasks of the programme and their units, read once from `db/reference/` when somebody first asks for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from gzdesk import assets
from gzdesk.domain.tasks import ChecklistEntry, MemberUnits, Tasks, checklist_from_data


@cache
def load_tasks() -> Tasks:
    """The 32 tasks and their 65 items."""
    return Tasks.from_data(tomllib.loads(assets.reference("tasks.toml").read_text(encoding="utf-8")))


@cache
def load_member_units() -> MemberUnits:
    """The units that are responsible for tasks or cooperate."""
    return MemberUnits.from_data(
        tomllib.loads(assets.reference("member_units.toml").read_text(encoding="utf-8"))
    )


@cache
def load_checklist() -> Mapping[tuple[str, str], ChecklistEntry]:
    """The entries of checklists that registers answer, by item and words."""
    return checklist_from_data(
        tomllib.loads(assets.reference("task_checklist.toml").read_text(encoding="utf-8"))
    )
