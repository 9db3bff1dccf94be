"""The town's board: which unit has handed in which month, in time or not, and what is to be done about it.

A month counts as on time when the first package with its closed sheet arrived by the deadline; a gap or a return
later does not make it late (ui.md 9; indicators.json duty_monthly_report_on_time_rate).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.month import TYPE_ID, is_closed
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.review import WAITS
from gzdesk.domain.unit import Unit
from gzdesk.services.arrivals import Arrival, first_arrivals, first_month_asked_for
from gzdesk.services.board_cells import (
    APPROVED,
    BLANK,
    GAP,
    LATE,
    MISSING,
    NIL,
    NOT_DUE,
    RETURNED,
    WAITING,
    Cell,
    MonthColumn,
    UnitRow,
    YearBoard,
    deadline_of,
    rate_of,
)
from gzdesk.services.board_words import headline, todo
from gzdesk.services.context import Context
from gzdesk.services.lost_reports import open_gaps
from gzdesk.services.review_facts import month_states
from gzdesk.storage.packages import INCOMING, PackageRow
from gzdesk.storage.store import Reading


class Board:
    """Reads the board."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def year(self, year: int) -> YearBoard:
        """The board of a year."""
        today = self._context.mint.today()
        deadline_day = self._context.settings().report_deadline_day
        months = tuple(Month(year, number) for number in range(1, 13))
        with self._context.store.reading() as read:
            facts = _facts(self._context, read, months)
        rows = tuple(
            _row(unit, [_cell(facts, unit, month, today=today, day=deadline_day) for month in months], today)
            for unit in self._context.units.below
            if unit.is_valid_in(months[0].first_day, months[-1].last_day)
        )
        return _board(year, months, rows, today=today, day=deadline_day)

    def cell(self, unit: str, month: Month) -> Cell:
        """One cell."""
        return self.year(month.year).cell(self._context.unit(unit).id, month)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the ledger knows about sheets, by unit and month."""

    sheets: Mapping[tuple[str, Month], Record]
    arrivals: Mapping[tuple[str, Month], Arrival]
    gaps: Mapping[tuple[str, Month], tuple[int, ...]]
    first_month: Month | None  # the first month that units were asked for
    reviews: Mapping[tuple[str, Month], str]  # domain/review.py, MonthState


def _facts(context: Context, read: Reading, months: Sequence[Month]) -> _Facts:
    sheets = {
        (record.unit, month): record
        for month in months
        for record in read.records.of_types([TYPE_ID], month=month)
    }
    rows = read.packages.all(INCOMING)
    broken = {gap.scope for gap in open_gaps(read, [unit.id for unit in context.units.below])}
    return _Facts(
        sheets=sheets,
        arrivals=first_arrivals(rows),
        gaps=dict(_gaps(rows, broken)),
        first_month=first_month_asked_for(context, read, rows),
        reviews=month_states(read, context.types, sheets, first=min(months), last=max(months)),
    )


def _gaps(
    rows: Iterable[PackageRow], broken: Iterable[str]
) -> Iterator[tuple[tuple[str, Month], tuple[int, ...]]]:
    """The months that came in packages before which something is still missing."""
    for row in rows:
        if row.detail["verdict"] == "parked" and row.unit in broken:
            for text in row.detail["months"]:
                yield (row.unit, Month.parse(text)), tuple(row.detail["missing_numbers"])


def _cell(facts: _Facts, unit: Unit, month: Month, *, today: date, day: int) -> Cell:
    deadline = deadline_of(month, day=day)
    sheet = facts.sheets.get((unit.id, month))
    if sheet is None:
        # A month is asked for of the units that there are on its last day (counting_rules G6).
        asked = unit.is_valid_on(month.last_day)
        state = _absent(facts, month, today, deadline) if asked else BLANK
        return Cell(unit=unit, month=month, state=state, deadline=deadline)
    arrival = facts.arrivals.get((unit.id, month))
    expected = facts.first_month is not None and month >= facts.first_month
    on_time = arrival.day <= deadline if arrival and expected else None
    gap = facts.gaps.get((unit.id, month))
    nil = sheet.values.get("nil") is True
    review = facts.reviews.get((unit.id, month), "")
    return Cell(
        unit=unit,
        month=month,
        state=_handed_in(review, gap=gap is not None, late=on_time is False, nil=nil),
        deadline=deadline,
        arrived_on=arrival.day if arrival else None,
        on_time=on_time,
        number=arrival.number if arrival else 0,
        correction=_whole(sheet.values.get("correction")),
        reopened=not is_closed(sheet),
        missing_numbers=gap or (),
        check_code=str(sheet.values.get("check_code") or ""),
        sheet=sheet.id,
        waits=review in WAITS,
    )


def _handed_in(review: str, *, gap: bool, late: bool, nil: bool) -> str:
    """What the village has to do comes first; late and nil stay so when they were reviewed."""
    if review == "returned":
        return RETURNED
    if gap or late or nil:
        return GAP if gap else LATE if late else NIL
    return APPROVED if review == "approved" else WAITING


def _absent(facts: _Facts, month: Month, today: date, deadline: date) -> str:
    if facts.first_month is None or month < facts.first_month or today <= month.last_day:
        return BLANK
    return NOT_DUE if today <= deadline else MISSING


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _row(unit: Unit, cells: list[Cell], today: date) -> UnitRow:
    return UnitRow(unit=unit, cells=tuple(cells), rate=rate_of(cells, today=today))


def _board(
    year: int, months: tuple[Month, ...], rows: tuple[UnitRow, ...], *, today: date, day: int
) -> YearBoard:
    collecting = Month.of(today).plus(-1)
    days_left = (deadline_of(collecting, day=day) - today).days
    current = collecting if days_left >= 0 and collecting.year == year else None
    cells = [cell for row in rows for cell in row.cells]
    columns = tuple(_column(month, [row.cells[month.month - 1] for row in rows], today) for month in months)
    rate = rate_of(cells, today=today)
    return YearBoard(
        year=year,
        rows=rows,
        columns=columns,
        rate=rate,
        current=current,
        days_left=max(0, days_left),
        todo=tuple(todo(cells, today=today, days_left=days_left)),
        headline=headline(columns, current, days_left, rate),
    )


def _column(month: Month, cells: list[Cell], today: date) -> MonthColumn:
    received = sum(cell.is_received for cell in cells)
    return MonthColumn(month=month, received=received, units=len(cells), rate=rate_of(cells, today=today))
