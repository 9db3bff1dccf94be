"""What the board says in words: the line above it and the list of what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext, pick, weekday_words
from gzdesk.services.board_cells import (
    GAP,
    MISSING,
    NOT_DUE,
    RETURNED,
    WAITING,
    Cell,
    MonthColumn,
    ToDo,
    state_label,
)
from gzdesk.services.home_words import month_words

_SATURDAY = 6
_MOST_NAMED = 26


def headline(columns: Sequence[MonthColumn], current: Month | None, days_left: int, rate: Rate) -> str:
    """`10月已收 7/13，还有 4 天截止・按时率 95.7%`; what is not known yet is left out."""
    parts = []
    if current is not None:
        column = columns[current.month - 1]
        words = ngettext(
            "{month}: {received}/{units} in, {days} day left",
            "{month}: {received}/{units} in, {days} days left",
            days_left,
        )
        month = month_words(current)
        parts.append(words.format(month=month, received=column.received, units=column.units, days=days_left))
    if rate.due:
        parts.append(_("on time so far: {percent}").format(percent=rate.percent))
    return "・".join(parts)


def todo(cells: Sequence[Cell], *, today: date, days_left: int) -> Iterator[ToDo]:
    """What the town has to do, most urgent first."""
    missing = tuple(cell for cell in cells if cell.state == MISSING)
    if missing:
        yield ToDo(kind=MISSING, title=state_label(MISSING), detail=_missing(missing, today), cells=missing)
    yield from _of_review(cells, kind=RETURNED)
    gaps = tuple(cell for cell in cells if cell.state == GAP)
    if gaps:
        yield ToDo(kind=GAP, title=state_label(GAP), detail=_list(map(_gap, gaps)), cells=gaps)
    yield from _of_review(cells, kind=WAITING)
    waiting = tuple(cell for cell in cells if cell.state == NOT_DUE)
    if waiting:
        title = _("{month} still to come").format(month=month_words(waiting[0].month))
        detail = _waiting(waiting[0].deadline, days_left)
        yield ToDo(kind=NOT_DUE, title=title, detail=detail, cells=waiting)


def _of_review(cells: Sequence[Cell], *, kind: str) -> Iterator[ToDo]:
    """The months that the villages have to put right, or that the town has not looked at."""
    found = tuple(cell for cell in cells if (cell.state == RETURNED if kind == RETURNED else cell.waits))
    if found:
        title, button = {
            RETURNED: (_("Returned, not put right"), _("Look")),
            WAITING: (state_label(WAITING), _("Review")),
        }[kind]
        yield ToDo(kind=kind, title=title, detail=_by_month(found), cells=found, button=button, page="review")


def _missing(cells: Sequence[Cell], today: date) -> str:
    if len(cells) == 1:
        (cell,) = cells
        days = (today - cell.deadline).days
        words = ngettext("{unit} {month}, {days} day over", "{unit} {month}, {days} days over", days)
        return words.format(unit=cell.unit.label, month=month_words(cell.month), days=days)
    return _by_month(cells)


def _by_month(cells: Sequence[Cell]) -> str:
    """`9月：古四、古三；10月：曹一`."""
    months: dict[Month, list[str]] = {}
    for cell in cells:
        months.setdefault(cell.month, []).append(cell.unit.label)
    if len(cells) > _MOST_NAMED:
        # A list of a hundred names is read by nobody; the board beside it shows them.
        return listed(
            _("{month}: {count}").format(month=month_words(month), count=len(units))
            for month, units in sorted(months.items())
        )
    return _list(
        _("{month}: {units}").format(month=month_words(month), units=listed(units))
        for month, units in sorted(months.items())
    )


def _gap(cell: Cell) -> str:
    unit, month = cell.unit.label, month_words(cell.month)
    if not cell.missing_numbers:
        return _("{unit} {month}: something before it is missing").format(unit=unit, month=month)
    missing = listed(map(str, cell.missing_numbers))
    return _("{unit} {month}: no. {number} came, no. {missing} is missing").format(
        unit=unit, month=month, number=cell.number, missing=missing
    )


def _waiting(deadline: date, days_left: int) -> str:
    words = ngettext("{days} day left", "{days} days left", days_left).format(days=days_left)
    if deadline.isoweekday() < _SATURDAY:
        return words
    # The station is closed at the weekend: a stick can't be handed in on the last day.
    return _("{left}; the {day}th is a {weekday}, remind them before").format(
        left=words, day=deadline.day, weekday=weekday_words(deadline)
    )


def _list(items: Iterable[str]) -> str:
    return pick(zh="；", en="; ").join(items)
