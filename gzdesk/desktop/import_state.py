"""Where an import stands: the table, what each of its columns becomes, what the first rows become, what came of it.

Knows nothing of windows: the page and its parts show it and call it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gzdesk.domain.period import Month
from gzdesk.domain.rules import Problem
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

if TYPE_CHECKING:
    from pathlib import Path

    from gzdesk.services.imports import Imports, Outcome, PreviewRow, SourceTable, Target, Undone

CHOOSING, MAPPING, TRIED, DONE = range(4)
REFUSED = "refused"  # the fate of a row, as services.imports names it
ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell of a row as it will become. `problem` is why it cannot be taken, `left_out` that no item wants it."""

    text: str
    problem: str = ""
    left_out: bool = False


@dataclass(slots=True, kw_only=True)
class ImportState:
    """One import from the choice of the file to its outcome, and back again."""

    imports: Imports
    type_id: str
    step: int = CHOOSING
    table: SourceTable | None = None
    mapping: dict[int, str] = field(default_factory=dict)
    rows: tuple[PreviewRow, ...] = ()
    outcome: Outcome | None = None
    undone: Undone | None = None
    column: int = 0  # the place of the column that the keyboard is at

    # Steps

    def take_table(self, table: SourceTable) -> None:
        """A table was read: show what its columns seem to be."""
        self.table, self.step, self.column = table, MAPPING, 0
        self.type_id = table.type_id
        self.outcome = self.undone = None
        self.mapping = dict(table.mapping)
        self._look()

    def take_trial(self, outcome: Outcome) -> None:
        """It is known what would come of it."""
        self.outcome, self.step = outcome, TRIED

    def take_outcome(self, outcome: Outcome) -> None:
        """It was taken in."""
        self.outcome, self.undone, self.step = outcome, None, DONE

    def take_undone(self, undone: Undone) -> None:
        """It was taken back."""
        self.undone = undone

    def step_back(self) -> bool:
        """Go a step back; False at the first one, and after the last: what was done is done."""
        if self.step == TRIED:
            self.step = MAPPING
        elif self.step == MAPPING:
            self.step, self.table = CHOOSING, None
        else:
            return False
        self.outcome = None
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is an import that was just made and not taken back."""
        made = self.step == DONE and self.outcome is not None and self.outcome.batch is not None
        return made and self.undone is None

    @property
    def file(self) -> Path | None:
        """The file that is being taken in."""
        return self.table.book.file if self.table else None

    # What the columns become

    @property
    def targets(self) -> tuple[Target, ...]:
        """What a column can become, in the order of the form."""
        return self.imports.targets(self.type_id)

    def choose(self, place: int, name: str) -> None:
        """That column becomes that item, and no other column does; an empty name leaves the column out."""
        assert self.table is not None
        index = self.table.columns[place].index
        kept = {at: other for at, other in self.mapping.items() if at != index and other != name}
        self.mapping = {**kept, index: name} if name else kept
        self._look()

    def name_at(self, place: int) -> str:
        """The name of the item that a column becomes, empty when it is left out."""
        assert self.table is not None
        return self.mapping.get(self.table.columns[place].index, "")

    def label_at(self, place: int) -> str:
        """The item that a column becomes, in words."""
        name = self.name_at(place)
        return next((target.label for target in self.targets if target.name == name), "")

    def column_of(self, name: str) -> str:
        """The letter of the column that becomes that item, empty when none does."""
        columns = self.table.columns if self.table else ()
        return next((column.letter for column in columns if self.mapping.get(column.index) == name), "")

    def missing(self) -> tuple[str, ...]:
        """The items that no column gives and that rows cannot do without, in words.

        What the program fills in by itself is not missing, so the rows are asked, not the form.
        """
        given = set(self.mapping.values())
        wanted = {problem.field for row in self.rows for problem in row.problems if problem.blocks} - given
        return tuple(target.label for target in self.targets if target.name in wanted)

    # What the rows become

    def cell(self, row: int, place: int) -> ShownCell:
        """What a row shows in a column."""
        shown, name = self.rows[row], self.name_at(place)
        source = shown.cells[place] if place < len(shown.cells) else ""
        if not name:
            return ShownCell(text=source, left_out=True)
        problem = next((item for item in shown.problems if item.field == name and item.blocks), None)
        text = source if problem is not None else shown.texts.get(name, source)
        return ShownCell(text=text, problem=problem.message if problem else "")

    def latest_month(self, field: str | None) -> Month | None:
        """The latest month among the rows that are shown, `field` being what places a record in a month."""
        days = [row.texts.get(field or "", "") for row in self.rows if row.fate != REFUSED]
        months = sorted(found for day in days if (found := _month_of(day)) is not None)
        return months[-1] if months else None

    def faults(self) -> tuple[str, ...]:
        """Why some of the rows that are shown cannot be taken: each reason once, with its rows."""
        missing, found = set(self.missing()), dict[tuple[str, str], list[str]]()
        for row in self.rows:
            for problem in row.problems:
                label = self._label(problem)
                if problem.blocks and label not in missing:
                    found.setdefault((label, problem.message), []).append(str(row.row))
        return tuple(
            _("Row {row}, {what}").format(
                row=listed(rows), what=_("{label}: ").format(label=label) + message if label else message
            )
            for (label, message), rows in found.items()
        )

    def next_fault(self, row: int, place: int) -> tuple[int, int] | None:
        """The next cell after that one that cannot be taken, round the end; None when all can be."""
        assert self.table is not None
        width = len(self.table.columns)
        count = width * len(self.rows)
        start = row * width + place
        for step in range(1, count + 1):
            found = divmod((start + step) % count, width)
            if self.cell(*found).problem:
                return found
        return None

    def _label(self, problem: Problem) -> str:
        return next((target.label for target in self.targets if target.name == problem.field), "")

    def _look(self) -> None:
        assert self.table is not None
        self.rows = self.imports.preview(self.table, mapping=self.mapping, limit=ROWS_SHOWN)


def _month_of(day: str) -> Month | None:
    try:
        return Month.parse(day[:7])
    except ValueError:
        return None
