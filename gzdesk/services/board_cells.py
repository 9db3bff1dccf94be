"""What the town's board shows: a cell per unit and month, rates, and what is to be done. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _

BLANK, NOT_DUE, MISSING, LATE, NIL, GAP, WAITING, APPROVED, RETURNED = (
    "blank",
    "not_due",
    "missing",
    "late",
    "nil",
    "gap",
    "waiting",
    "approved",
    "returned",
)
STATES = (APPROVED, WAITING, LATE, NIL, GAP, RETURNED, MISSING, NOT_DUE, BLANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One unit and month. `arrived_on` is the day of the first package with the closed sheet.

    `on_time` is None while nothing can be said: not due yet, or a sheet whose arrival was not logged.
    """

    unit: Unit
    month: Month
    state: str
    deadline: date
    arrived_on: date | None = None
    on_time: bool | None = None
    number: int = 0  # of that first package
    correction: int = 0
    reopened: bool = False  # the unit has reopened the month; a corrected sheet will come
    missing_numbers: tuple[int, ...] = ()
    check_code: str = ""
    sheet: str | None = None  # record id of the sheet
    waits: bool = False  # the town has not looked at it yet, or something came since (domain/review.py)

    @property
    def is_received(self) -> bool:
        """Whether a sheet is here."""
        return self.sheet is not None

    @property
    def label(self) -> str:
        """The state in one word."""
        return state_label(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One line of the board."""

    unit: Unit
    cells: tuple[Cell, ...]
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """The foot of one column."""

    month: Month
    received: int
    units: int
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing to be done, with the units in words and the cells behind them.

    `button` leads to the first of the cells on `page`; without a page, to its place on the board.
    """

    kind: str
    title: str
    detail: str
    cells: tuple[Cell, ...]
    button: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBoard:
    """Units × months of one year. `current` is the month that is being collected, when it lies in the year."""

    year: int
    rows: tuple[UnitRow, ...]
    columns: tuple[MonthColumn, ...]
    rate: Rate
    current: Month | None
    days_left: int
    todo: tuple[ToDo, ...]
    headline: str

    def cell(self, unit: str, month: Month) -> Cell:
        """The cell of a unit and month of this year."""
        row = next(row for row in self.rows if row.unit.id == unit)
        return row.cells[month.month - 1]


def state_label(state: str) -> str:
    """A state in one word, as on the board and in its legend."""
    return {
        WAITING: _("To review"),
        APPROVED: _("Reviewed"),
        RETURNED: _("Returned"),
        LATE: _("Late"),
        NIL: _("Nil"),
        GAP: _("Gap"),
        MISSING: _("Overdue"),
        NOT_DUE: _("Due"),
        BLANK: "",
    }[state]


def deadline_of(month: Month, *, day: int) -> date:
    """The last day on which the sheet of a month is on time: that day of the following month, or its last day."""
    following = month.plus(1)
    return following.last_day.replace(day=min(day, following.last_day.day))


def rate_of(cells: Iterable[Cell], *, today: date) -> Rate:
    """The rate over the cells whose deadline has passed; where nothing was expected nothing counts."""
    counted = [
        cell
        for cell in cells
        if cell.deadline < today and (cell.state == MISSING or cell.on_time is not None)
    ]
    return Rate(on_time=sum(cell.on_time is True for cell in counted), due=len(counted))
