"""The tasks in the words of their printed table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gzdesk.domain.tasks import TaskItem
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick
from gzdesk.reports.task_table import TaskLine
from gzdesk.services.task_list import ItemRow, TaskList, TaskRow, due_text, state_label, when_words


def task_lines(service: TaskList, rows: Iterable[TaskRow]) -> tuple[TaskLine, ...]:
    """A line for each item, the number and title of a task in its first one."""
    return tuple(line for row in rows for line in _of_task(service, row))


def due_words(item: TaskItem) -> str:
    """The column as it is printed, and what the text says where it differs."""
    if not item.deadline_conflict or item.text_deadline is None:
        return due_text(item)
    return _("{column} (text: {text})").format(column=due_text(item), text=when_words(item.text_deadline))


def _of_task(service: TaskList, row: TaskRow) -> Iterator[TaskLine]:
    several = len(row.task.items) > 1
    for place, one in enumerate(row.rows):
        item = one.item
        yield TaskLine(
            number=str(row.task.task_no) if place == 0 else "",
            task=row.task.label if place == 0 else "",
            text=f"{item.item_no}. {item.text}" if several else item.text,
            responsible=tuple(service.members.label(name) for name in item.responsible_norm),
            cooperating=tuple(service.members.label(name) for name in item.cooperating_norm),
            due=due_words(item),
            progress=_progress(one),
            evidence=_evidence(one),
        )


def _progress(row: ItemRow) -> str:
    said = row.said.note if row.said else ""
    return pick(zh="。", en=". ").join(part for part in (state_label(row.state), said) if part)


def _evidence(row: ItemRow) -> str:
    papers = [number for entry in row.entries for number in entry.numbers]
    parts = [_("{have} of {wanted} there").format(have=row.have, wanted=row.wanted)]
    if papers:
        unique = list(dict.fromkeys(papers))
        shown = (
            unique[0]
            if len(unique) == 1
            else _("{first} and {count} in all").format(first=unique[0], count=len(unique))
        )
        parts.append(shown)
    if row.missing:
        parts.append(_("lacking: {names}").format(names=listed(row.missing)))
    return pick(zh="；", en="; ").join(parts)
