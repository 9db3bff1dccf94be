"""What the units say of the items of the tasks: state and note, written by each for itself, with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gzdesk.domain.record import Record
from gzdesk.domain.task_state import SAID, TYPE_ID, TaskProgress, progress_record_id
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.history import HistoryEntry, history_of
from gzdesk.services.tasks import load_tasks
from gzdesk.storage.store import Reading

LONGEST_NOTE = 500


class ProgressNotes:
    """Progress notes of this PC's unit, and those of others as far as they are here."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, read: Reading) -> Mapping[str, tuple[TaskProgress, ...]]:
        """What every unit says, by item, in the order of the units."""
        found: dict[str, list[TaskProgress]] = {}
        places = {unit.id: place for place, unit in enumerate(self._context.units)}
        notes = [self._of(record) for record in read.records.of_types([TYPE_ID])]
        for note in sorted(notes, key=lambda one: places.get(one.unit, len(places))):
            if not note.is_empty:
                found.setdefault(note.item_id, []).append(note)
        return {item: tuple(said) for item, said in found.items()}

    def save(self, item_id: str, *, state: str = "", note: str = "") -> TaskProgress:
        """Say how an item has come along; earlier words stay in the history, the same words again change nothing.

        Raises UserError `unknown_task` or `note_too_long`, ValueError for a state that there is not.
        """
        if load_tasks().item(item_id) is None:
            raise UserError(
                code="unknown_task",
                message=_("There is no task {number}.").format(number=item_id),
                hint=_("Tasks have the numbers 1 to 32, items such as 16.2."),
            )
        if state and state not in SAID:
            raise ValueError(f"nobody can say of an item that it is {state!r}")
        note = note.strip()
        if len(note) > LONGEST_NOTE:
            raise UserError(
                code="note_too_long",
                message=_("The note has {count} characters; {most} fit.").format(
                    count=len(note), most=LONGEST_NOTE
                ),
                hint=_("Say it in fewer words. Nothing was changed."),
            )
        scope = self._context.own_scope
        record_id = progress_record_id(scope, item_id)
        values = {
            "item_id": item_id,
            "state": state,
            "note": note,
            "on": self._context.mint.today().isoformat(),
            "status": "held",
        }
        with self._context.store.writing() as work:
            before = work.records.get(record_id)
            said = before.values if before is not None and not before.deleted else {}
            if (said.get("state", ""), said.get("note", "")) != (state, note):
                work.revisions.append(
                    record=record_id,
                    type_id=TYPE_ID,
                    type_version=self._context.record_type(TYPE_ID).version,
                    scope=scope,
                    values={name: value for name, value in values.items() if value},
                )
                work.commit()
            record = work.records.get(record_id)
        if record is None:
            return TaskProgress(unit=self._context.me.id, item_id=item_id)
        return self._of(record)

    def history(self, item_id: str) -> tuple[HistoryEntry, ...]:
        """Everything this unit ever said of an item, newest first."""
        with self._context.store.reading() as read:
            return history_of(self._context, read, progress_record_id(self._context.own_scope, item_id))

    def _of(self, record: Record) -> TaskProgress:
        values = record.values
        found = self._context.units.find(record.unit)
        state = str(values.get("state", ""))
        return TaskProgress(
            unit=found.id if found else record.unit,
            item_id=str(values.get("item_id", "")),
            state=state if state in SAID else "",
            note=str(values.get("note", "")),
            on=str(values.get("on", "")),
            by=record.actor,
            record=record.id,
        )


def said_by(notes: Iterable[TaskProgress], unit: str) -> TaskProgress | None:
    """What one unit says among the notes of an item."""
    return next((note for note in notes if note.unit == unit), None)
