"""What was written in this session, step by step, so that it can be taken back and done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gzdesk.domain.record import Record
from gzdesk.i18n import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record as it was before, None for one that was new, and the version that was written then."""

    record_id: str
    before: Record | None
    words: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one use of the program changed: one record, or several at once."""

    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """The step for people: the first record, and how many there are besides."""
        first, more = self.changes[0].words, len(self.changes) - 1
        if not more:
            return first
        rest = ngettext("{what} and {count} more", "{what} and {count} more", more)
        return rest.format(what=first, count=more)

    @property
    def added_id(self) -> str | None:
        """The id of the record that this step added, when it did that and nothing else."""
        alone = self.changes[0] if len(self.changes) == 1 else None
        return alone.record_id if alone is not None and alone.before is None else None


@dataclass(slots=True)
class Undoing:
    """The steps that can be taken back, and those that were and can be done again. Both end with the next one."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def note(self, changes: Sequence[Change]) -> None:
        """Something was written. What had been taken back before can't be done again; it may not fit any more."""
        if changes:
            self.done.append(Step(changes=tuple(changes)))
            self.undone.clear()

    def stands_for(self, old_revision: str, new_revision: str) -> None:
        """A version was written that says what an earlier one said: steps that led to that one lead to it now."""
        for steps in (self.done, self.undone):
            for place, step in enumerate(steps):
                changes = (_renamed(change, old_revision, new_revision) for change in step.changes)
                steps[place] = Step(changes=tuple(changes))

    def clear(self) -> None:
        """Forget everything."""
        self.done.clear()
        self.undone.clear()


def _renamed(change: Change, old: str, new: str) -> Change:
    return replace(change, revision=new) if change.revision == old else change
