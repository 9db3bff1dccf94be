"""The one model behind every list: it asks the ledger for the rows around those that are looked at.

Filters and order are SQL's (`ListQuery`). A proxy model over 100,000 rows took 46 seconds to sort them twice.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gzdesk.desktop.list_columns import Cell, Column, LineData, cell, received_cell
from gzdesk.domain.film import film_age, film_age_label
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import RecordType, RecordTypes
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.records import ListQuery, Page, RecordRow, RecordView
    from gzdesk.settings import Settings

ROWS_AT_ONCE = 64
_PAGES_KEPT = 24

CELL_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


def _nothing_received(_row: RecordRow) -> bool:
    return False


def _not_reviewed(_row: RecordRow) -> str:
    return "none"


class ListSource(Protocol):
    """What the model asks of the ledger (`services.records.Records`)."""

    def page(self, query: ListQuery) -> Page:
        """One page of a list."""

    def views(self, record_ids: Sequence[str]) -> tuple[RecordView, ...]:
        """Records with their texts."""


class RecordTableModel(QAbstractTableModel):
    """Rows of `ListQuery`, fetched by pages when they are first painted and kept until the data change."""

    def __init__(self, *, source: ListSource, types: RecordTypes, settings: Settings) -> None:
        super().__init__()
        self._source = source
        self._types = types
        self._settings = settings
        self._query: ListQuery | None = None
        self._columns: tuple[Column, ...] = ()
        self._total = 0
        self._pages: OrderedDict[int, tuple[LineData, ...]] = OrderedDict()
        self._received: Callable[[RecordRow], bool] = _nothing_received
        self._reviewed: Callable[[RecordRow], str] = _not_reviewed

    # -- what is listed ------------------------------------------------------------------------

    @property
    def query(self) -> ListQuery | None:
        """The list that is shown."""
        return self._query

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        return self._columns

    def show(self, query: ListQuery, columns: Sequence[Column]) -> None:
        """Show another list, or the same one anew."""
        self.beginResetModel()
        self._query, self._columns = query, tuple(columns)
        self._pages.clear()
        first = self._source.page(replace(query, offset=0, limit=ROWS_AT_ONCE))
        self._total = first.total
        self._keep(0, self._lines(first))
        self.endResetModel()

    def show_received(
        self, received: Callable[[RecordRow], bool], reviewed: Callable[[RecordRow], str]
    ) -> None:
        """Say of each line whether the other side holds it, and how it stands with the town (domain/review.py)."""
        self._received, self._reviewed = received, reviewed
        places = [place for place, column in enumerate(self._columns) if column.id == "received"]
        if places and self._total:
            self.dataChanged.emit(self.index(0, places[0]), self.index(self._total - 1, places[0]))

    def line(self, row: int) -> LineData | None:
        """The data of a row, fetched when needed; None beyond the end."""
        if self._query is None or not 0 <= row < self._total:
            return None
        number, place = divmod(row, ROWS_AT_ONCE)
        if number not in self._pages:
            wanted = replace(self._query, offset=number * ROWS_AT_ONCE, limit=ROWS_AT_ONCE)
            self._keep(number, self._lines(self._source.page(wanted)))
        self._pages.move_to_end(number)
        lines = self._pages[number]
        return lines[place] if place < len(lines) else None

    def row_of(self, record_id: str) -> int:
        """The row of a record among those already fetched, or -1."""
        for number, lines in self._pages.items():
            for place, line in enumerate(lines):
                if line.row.id == record_id:
                    return number * ROWS_AT_ONCE + place
        return -1

    def _keep(self, number: int, lines: tuple[LineData, ...]) -> None:
        self._pages[number] = lines
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    # -- fetching ------------------------------------------------------------------------------

    def _lines(self, page: Page) -> tuple[LineData, ...]:
        views: Mapping[str, RecordView] = {}
        if page.rows and (any(column.field for column in self._columns) or self._wants_badges()):
            views = {view.record.id: view for view in self._source.views([row.id for row in page.rows])}
        films = self._films(views)
        lines = []
        for row in page.rows:
            view = views.get(row.id)
            record_type = self._types.get(row.type)
            lines.append(
                LineData(
                    row=row,
                    record_type=record_type,
                    texts=view.texts if view else {},
                    badge=self._badge(record_type, view, films),
                )
            )
        return tuple(lines)

    def _wants_badges(self) -> bool:
        """A list of screenings alone says which films were new; one of all events has no room for it."""
        types = self._query.types if self._query else ()
        return len(types) == 1 and self._shows_film(self._types.get(types[0]))

    def _films(self, views: Mapping[str, RecordView]) -> Mapping[str, Record]:
        """The films that the records on this page show, for their age on that day."""
        ids = {
            str(view.record.values.get("film_id"))
            for view in views.values()
            if self._shows_film(self._types.get(view.record.type))
        }
        return {view.record.id: view.record for view in self._source.views(sorted(ids))} if ids else {}

    def _shows_film(self, record_type: RecordType | None) -> bool:
        field = record_type.field(record_type.title) if record_type else None
        return field is not None and field.to == "film"

    def _badge(
        self, record_type: RecordType | None, view: RecordView | None, films: Mapping[str, Record]
    ) -> tuple[str, str]:
        if view is None or record_type is None or not self._shows_film(record_type):
            return "", ""
        if view.answer:
            # The word without its days: the name beside it needs the room.
            return re.split("[：:]", view.answer)[0], "info"
        film = films.get(str(view.record.values.get("film_id")))
        day = str(view.record.values.get(record_type.month_of or "", ""))
        if film is None or len(day) != 10:
            return "", ""
        code = film_age(
            film.values,
            date.fromisoformat(day),
            years=self._settings.new_film_years,
            inclusive=self._settings.new_film_inclusive,
        )
        if code == "new":
            return _("new film"), "ok"
        return (film_age_label(code), "warn") if code == "unknown" else ("", "")

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """How many records the whole list has."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for people and screen readers, and the `Cell` for the delegate."""
        if (
            role not in (Qt.ItemDataRole.DisplayRole, CELL_ROLE, Qt.ItemDataRole.ToolTipRole)
            or not index.isValid()
        ):
            return None
        line = self.line(index.row())
        if line is None:
            return None
        column = self._columns[index.column()]
        found: Cell = (
            received_cell(received=self._received(line.row), review=self._reviewed(line.row))
            if column.id == "received"
            else cell(column, line)
        )
        return found if role == CELL_ROLE else found.text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles; numbers stand above their numbers."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _title(self, column: Column) -> str:
        if self._query is None or not column.sort or self._query.sort != column.sort:
            return column.title
        return f"{column.title} {'▼' if self._query.descending else '▲'}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, in SQL; columns that the index does not know stay as they are."""
        if self._query is None or not self._columns[column].sort:
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.show(replace(self._query, sort=self._columns[column].sort, descending=descending), self._columns)
