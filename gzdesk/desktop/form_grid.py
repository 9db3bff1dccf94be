"""Places the fields of a form: labels right-aligned, two columns at most, messages under or beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gzdesk.desktop.form_fields import FieldBox
from gzdesk.desktop.form_layout import FormRow
from gzdesk.desktop.theme import Theme

_ROW_GAP, _LABEL_GAP, _COLUMN_GAP = 7, 10, 20
_LABEL_MIN, _LABEL_MAX = 80, 132


class FormGrid(QWidget):
    """The fields of a form in their places. `place` may be called again when other fields are asked for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "scrolled")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*[theme.px(margin) for margin in (16, 10, 18, 12)])
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(theme.px(_ROW_GAP))
        self._rows_used = 0

    def place(self, rows: Sequence[FormRow], boxes: Mapping[str, FieldBox]) -> None:
        """Put the boxes of these rows in their places, and take all others away."""
        self._take_all_out()
        for box in boxes.values():
            for widget in box.widgets():
                widget.hide()
        for row in rows:
            own = [boxes[field.name] for field in row.fields]
            _PLACERS[row.shape](self, own)
        self._size_columns(rows, boxes)

    def _take_all_out(self) -> None:
        self._grid.setRowStretch(self._rows_used, 0)
        self._rows_used = 0
        while (item := self._grid.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (part := inner.takeAt(0)) is not None:
                del part

    def _size_columns(self, rows: Sequence[FormRow], boxes: Mapping[str, FieldBox]) -> None:
        lefts = [boxes[row.fields[0].name] for row in rows if row.shape != "checks"]
        rights = [boxes[row.fields[1].name] for row in rows if row.shape == "pair" and len(row.fields) == 2]
        for column, group in ((0, lefts), (3, rights)):
            self._grid.setColumnMinimumWidth(column, self._label_width(group))
        for column, width in ((1, 0), (2, _COLUMN_GAP), (4, 0)):
            self._grid.setColumnMinimumWidth(column, self._theme.px(width))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(4, 1)
        self._grid.setRowStretch(self._rows_used, 1)

    def _label_width(self, group: Sequence[FieldBox]) -> int:
        """Wide enough for the longest label, within limits; longer ones wrap."""
        gap = self._theme.px(_LABEL_GAP)
        longest = 0
        for box in group:
            metrics = box.label.fontMetrics()
            longest = max(longest, metrics.horizontalAdvance(f"* {box.field.label}"))
        width = min(max(longest, self._theme.px(_LABEL_MIN)), self._theme.px(_LABEL_MAX))
        for box in group:
            box.label.setFixedWidth(width + gap)
            box.label.setContentsMargins(0, 0, gap, 0)
        return width + gap

    def _add(self, widget: QWidget, column: int, span: int = 1, *, row: int | None = None) -> None:
        self._grid.addWidget(widget, self._rows_used if row is None else row, column, 1, span)
        widget.show()

    def _place_pair(self, boxes: Sequence[FieldBox]) -> None:
        for box, column in zip(boxes, (0, 3), strict=False):
            self._add(box.label, column)
            self._add(box.editor, column + 1)
            self._grid.addWidget(box.message, self._rows_used + 1, column + 1)
        self._rows_used += 2

    def _place_full(self, boxes: Sequence[FieldBox]) -> None:
        box = boxes[0]
        self._add(box.label, 0)
        self._add(box.editor, 1, 4)
        self._grid.addWidget(box.message, self._rows_used + 1, 1, 1, 4)
        self._rows_used += 2

    def _place_short(self, boxes: Sequence[FieldBox]) -> None:
        box = boxes[0]
        box.make_short()
        self._add(box.label, 0)
        beside = QHBoxLayout()
        beside.setSpacing(self._theme.px(10))
        beside.addWidget(box.editor)
        beside.addWidget(box.message, 1)
        beside.addStretch()
        self._grid.addLayout(beside, self._rows_used, 1, 1, 4)
        box.editor.show()
        self._rows_used += 1

    def _place_checks(self, boxes: Sequence[FieldBox]) -> None:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(14))
        for box in boxes:
            line.addWidget(box.editor)
            box.editor.show()
            line.addWidget(box.message, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self._grid.addLayout(line, self._rows_used, 1, 1, 4)
        self._rows_used += 1


_PLACERS = {
    "pair": FormGrid._place_pair,
    "full": FormGrid._place_full,
    "short": FormGrid._place_short,
    "checks": FormGrid._place_checks,
}
