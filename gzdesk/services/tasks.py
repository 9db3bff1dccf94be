"""The tasks of the programme, read once from `db/reference/tasks.toml` when somebody first asks for them."""

from __future__ import annotations

import tomllib
from functools import cache

from gzdesk import assets
from gzdesk.domain.tasks import Tasks


@cache
def load_tasks() -> Tasks:
    """The 32 tasks and their 65 items."""
    return Tasks.from_data(tomllib.loads(assets.reference("tasks.toml").read_text(encoding="utf-8")))
