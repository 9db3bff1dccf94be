"""The right half of the page of tables: the first rows of the result, its sums, and what was and was not counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.services.tables import cell_text, text_width

if TYPE_CHECKING:
    from gzdesk.errors import UserError
    from gzdesk.services.tables import TableColumn, TableResult

ROWS_SHOWN = 200
_DIGIT_PX, _SIDES_PX = 8.2, 22
_LEAST_PX, _MOST_PX = 74, 280
_DAY_DIGITS = 11
_TOTALS_PX, _TEXT_PX, _PADDING_PX = 40, 15, 10


class ResultCard(Card):
    """Shows a finished table, or the sentence that stands in its place."""

    def __init__(self, theme: Theme, compute: Button) -> None:
        super().__init__(theme, " ", " ", margin=0)
        self.body.setSpacing(0)
        self.table = PlainTable(theme, ())
        self.table.setObjectName("result")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.totals = SumsStrip(theme, self.table)
        self._compute = compute
        self._empty = EmptyState(theme, "chart", "", compute)
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self._empty)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(self.totals)
        foot = self.add_foot()
        self._remarks = label("", size="small", ink="ink2", wrap=True)
        foot.addWidget(self._remarks, 1)
        holder = self._remarks.parentWidget()
        assert holder is not None
        self._foot = holder

    def show_result(self, result: TableResult) -> None:
        """Show the first rows of that table."""
        columns = tuple(_column(column) for column in result.columns)
        rows = [
            [
                Cell(text=cell_text(column, value), is_number=column.is_number)
                for column, value in zip(result.columns, row, strict=True)
            ]
            for row in result.rows[:ROWS_SHOWN]
        ]
        self.table.show_table(columns, rows)
        self._show_words(result.title, result.remarks[0])
        self._show_remarks(result)
        self.totals.show_sums(
            [cell_text(column, value) for column, value in zip(result.columns, result.totals, strict=False)]
        )
        if rows:
            self._views.setCurrentIndex(0)
        else:
            self._say(_("Nothing fits this choice. Choose another time or another register."), compute=False)

    def show_error(self, error: UserError) -> None:
        """Say why there is no table."""
        self._show_words(" ", " ")
        self._say(f"{error.message}{error.hint}", compute=False)

    def ask_to_compute(self, records: int) -> None:
        """Say that it takes a while, and offer to begin."""
        self._show_words(" ", " ")
        words = _("{count} records have to be read for this. That takes a moment.")
        self._say(words.format(count=f"{records:,}"), compute=True)

    def _say(self, sentence: str, *, compute: bool) -> None:
        self._empty.sentence.setText(sentence)
        self._compute.setVisible(compute)
        self.totals.hide()
        self._views.setCurrentIndex(1)

    def _show_words(self, title: str, subtitle: str) -> None:
        assert self.title is not None
        self.title.setText(title)
        self.set_subtitle(subtitle)
        self._show_foot([])

    def _show_remarks(self, result: TableResult) -> None:
        remarks = list(result.remarks[1:])
        if len(result.rows) > ROWS_SHOWN:
            words = _("The first {shown} of {total} rows are shown; a file has them all.")
            remarks.insert(0, words.format(shown=ROWS_SHOWN, total=f"{len(result.rows):,}"))
        self._show_foot(remarks)

    def _show_foot(self, remarks: Sequence[str]) -> None:
        self._remarks.setText(" ".join(remarks))
        self._foot.setVisible(bool(remarks))


class SumsStrip(QFrame):
    """The line of sums, fixed below the table, each sum under its column."""

    def __init__(self, theme: Theme, table: PlainTable) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self._sums: tuple[str, ...] = ()
        self.setProperty("role", "totals")
        self.setFixedHeight(theme.px(_TOTALS_PX))
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())

    def show_sums(self, sums: Sequence[str]) -> None:
        """Show these, one for each column; none hides the line."""
        self._sums = tuple(sums)
        self.setVisible(bool(sums))
        self.setAccessibleName(" ".join(text for text in sums if text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the sums."""
        super().paintEvent(event)
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(self._theme.px(_TEXT_PX))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.palette.ink))
        model = self._table.model()
        side = self._theme.px(_PADDING_PX)
        for at, text in enumerate(self._sums):
            side_of_title = model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
            left = self._table.columnViewportPosition(at)
            box = QRect(left + side, 0, self._table.columnWidth(at) - 2 * side, self.height())
            painter.drawText(box, side_of_title, text)
        painter.end()


def _column(column: TableColumn) -> Column:
    """The column, as wide on the screen as in a workbook where that is sensible."""
    digits = max(column.width, text_width(column.title), _DAY_DIGITS if column.kind == "date" else 0)
    return Column(
        id=column.id,
        title=column.title,
        width=round(min(max(digits * _DIGIT_PX + _SIDES_PX, _LEAST_PX), _MOST_PX)),
        is_number=column.is_number,
        stretches=column.kind == "text",
    )
