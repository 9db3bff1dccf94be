"""The board of a year and the on-time rates of its duties, as the table of completeness prints them."""

from __future__ import annotations

from gzdesk.domain.month import TYPE_ID as SHEET
from gzdesk.domain.unit import Unit
from gzdesk.reports.completeness import Completeness, DutyLine, UnitMonths
from gzdesk.services.board import Board
from gzdesk.services.board_cells import APPROVED, GAP, LATE, MISSING, NIL, NOT_DUE, RETURNED, WAITING, Cell
from gzdesk.services.context import Context
from gzdesk.services.deadlines import Deadlines

_STATES = {
    APPROVED: "in_time",
    WAITING: "in_time",
    RETURNED: "in_time",
    LATE: "late",
    NIL: "nil",
    GAP: "gap",
    MISSING: "missing",
    NOT_DUE: "not_due",
}


def completeness(context: Context, year: int, *, unit: Unit) -> Completeness:
    """The sheets of a year: of all units for the town, else of that unit."""
    board = Board(context).year(year)
    is_town = unit.id == context.units.town.id
    rows = [row for row in board.rows if is_town or row.unit.id == unit.id]
    rates = Deadlines(context).rates(year, unit=None if is_town else unit.id)
    duties = {}
    for found in rates:
        # Over all units where there are several; else the one that owes it. The sheets are the table itself.
        if found.duty.record_type != SHEET and (found.unit is None or found.duty.id not in duties):
            duties[found.duty.id] = DutyLine(
                label=found.duty.label,
                on_time=found.rate.on_time,
                due=found.rate.due,
                rate=found.rate.percent,
            )
    return Completeness(
        rows=tuple(
            UnitMonths(
                unit=row.unit.label,
                states=tuple(map(_state, row.cells)),
                rate=row.rate.percent,
            )
            for row in rows
        ),
        received=tuple(column.received for column in board.columns),
        month_rates=tuple(column.rate.percent for column in board.columns),
        rate=board.rate.percent,
        duties=tuple(line for line in duties.values() if line.due),
    )


def _state(cell: Cell) -> str:
    # What the town said of it later changes nothing about the day on which it came.
    if cell.state == RETURNED and cell.on_time is False:
        return "late"
    return _STATES.get(cell.state, "")
