"""The form of a new piece of evidence, begun with all that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.services.evidence.covering import EVIDENCE

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.widgets.field_files import Noted
    from gzdesk.domain.tasks import TaskItem


def begin_paper(shell: MainWindow, item: TaskItem, *, files: Sequence[Noted] = (), covers: str = "") -> None:
    """Open the form of a paper under an item; `covers` is the entry of its checklist that it answers."""
    taken = next((str(noted["taken_at"])[:10] for noted in files if noted.get("taken_at")), "")
    texts = {
        "task_item": f"{item.item_id} {item.label}",
        "title": covers or (Path(str(files[0]["name"])).stem if len(files) == 1 else ""),
        "date": taken,
        "covers": covers,
    }
    typed: dict[str, object] = {
        "record_id": None,
        "month": None,
        "texts": {name: text for name, text in texts.items() if text},
        "directs": {EVIDENCE: [dict(noted) for noted in files]} if files else {},
        "picks": {},
        "carried": [],
        "own_status": "",
        "kept": {},
    }
    shell.go("registers", type_id=EVIDENCE, typed=typed)
