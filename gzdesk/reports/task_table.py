"""任务分解表: the town's own table of its 32 tasks with two columns more, how far each item is and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, listed
from gzdesk.reports.document import Cell, Document, Heading, Line, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layouts
from gzdesk.reports.words import day_text

WIDTH_MM = 267.0
_SIZE_PT = 9.0
_MOST_LINES = 40  # the wording of an item is printed whole, in letters that can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One item. `number` and `task` are empty where the task goes on; `due` may say two dates that differ."""

    number: str
    task: str
    text: str
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]
    due: str
    progress: str = ""
    evidence: str = ""


def document(unit: Unit, lines: Sequence[TaskLine], *, today: date, layouts: Layouts = BUILT_IN) -> Document:
    """The table as it stands today."""
    layout = layouts.load("task_table", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label)
    rows = [Row(cells=tuple(Cell(value=_CELLS[key](line)) for key in layout.keys)) for line in lines]
    if not rows:
        rows = [Row(cells=(Cell(value=_("No task fits that."), span=len(layout.keys), align="center"),))]
    tasks = sum(bool(line.number) for line in lines)
    return Document(
        title=title,
        author=unit.label,
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=_("Tasks: {tasks}; items: {items}").format(tasks=tasks, items=len(lines)),
                right=_("Made on {day}").format(day=day_text(today)),
            ),
            Table(columns=layout.table_columns(), rows=tuple(rows), size_pt=_SIZE_PT, most_lines=_MOST_LINES),
        ),
    )


# To add a column: a line here, and its place, title and width in `resources/layouts/task_table.toml`.
_CELLS: dict[str, Callable[[TaskLine], str | int]] = {
    "number": lambda line: int(line.number) if line.number else "",
    "task": lambda line: line.task,
    "text": lambda line: line.text,
    "responsible": lambda line: listed(line.responsible),
    "cooperating": lambda line: listed(line.cooperating),
    "due": lambda line: line.due,
    "progress": lambda line: line.progress,
    "evidence": lambda line: line.evidence,
}
