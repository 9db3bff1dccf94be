"""Charts of a workbook: Excel's own, over figures that stand on a sheet of their own, so that they can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, LineChart, Reference

from gzdesk.i18n import gettext as _
from gzdesk.reports import charts
from gzdesk.reports.document import Chart

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MM_PER_CM = 10.0
_GREY, _BLACK = "737373", "000000"
_BARS_MM, _BAR_MM = 30.0, 12.0
_LABEL_WIDTH = 44  # digits


class ChartSheet:
    """Puts charts onto `sheet`; the sheet of their figures is made with the first of them."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._book = book
        self._sheet = sheet
        self._figures: Worksheet | None = None
        self._row = 1

    def add(self, block: Chart, *, row: int, width_mm: float) -> float:
        """Put a chart at that row; returns the height in millimetres that it covers."""
        figures, first = self._written(block)
        height_mm = charts.height_mm(block)
        if block.kind == "bullets":  # Excel needs room for its title, legend and axis too
            height_mm = _BARS_MM + _BAR_MM * len(block.items)
        made = LineChart() if block.kind == "line" else BarChart()
        if block.kind == "bullets":
            made.type = "bar"
            made.y_axis.scaling.min = 0
            made.x_axis.scaling.orientation = "maxMin"  # the first item at the top, as on paper
        made.title = f"{block.title}（{block.unit}）" if block.unit else block.title
        made.style = 1
        last = first + len(block.items)
        columns = 3 if block.kind == "bullets" else 2
        made.add_data(
            Reference(figures, min_col=2, max_col=columns, min_row=first, max_row=last), titles_from_data=True
        )
        made.set_categories(Reference(figures, min_col=1, min_row=first + 1, max_row=last))
        for series, colour in zip(made.series, (_GREY, _BLACK), strict=False):
            series.graphicalProperties.solidFill = colour
            series.graphicalProperties.line.solidFill = colour
            if block.kind == "line":
                series.smooth = False  # a curve would show visits that nobody counted
        if columns == 2:
            made.legend = None
        made.x_axis.delete = made.y_axis.delete = False
        made.width, made.height = width_mm / _MM_PER_CM, height_mm / _MM_PER_CM
        self._sheet.add_chart(made, f"A{row}")
        return height_mm

    def _written(self, block: Chart) -> tuple[Worksheet, int]:
        """The figures with their head, and the row of the head."""
        if self._figures is None:
            self._figures = self._book.create_sheet(_("Figures of the charts"))
            self._figures.column_dimensions["A"].width = _LABEL_WIDTH
        first = self._row
        heads = (block.title, block.unit or _("Value"), _("Target"))
        for at, words in enumerate(heads if block.kind == "bullets" else heads[:2], start=1):
            self._figures.cell(first, at, words)
        for row, item in enumerate(block.items, start=first + 1):
            self._figures.cell(row, 1, item.label).data_type = "s"
            for at, figure in ((2, item.value), (3, item.target)):
                number = charts.number_of(figure)
                if number is not None:
                    self._figures.cell(row, at, number)
        self._row = first + len(block.items) + 2
        return self._figures, first
