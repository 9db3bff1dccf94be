"""Charts of a workbook: Excel's own, over figures that stand on a sheet of their own, so that they can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.worksheet.properties import PageSetupProperties

from gzdesk.i18n import gettext as _
from gzdesk.reports import charts
from gzdesk.reports.document import Chart, ChartItem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MM_PER_CM = 10.0
_GREY = "737373"
_BARS_MM, _BAR_MM = 26.0, 8.5
_BEYOND_TARGET = 1.25  # how far the axis reaches, as on paper
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
        if block.kind == "bullets":  # Excel needs room for its title and axis too
            height_mm = _BARS_MM + _BAR_MM * len(block.items)
        made = LineChart() if block.kind == "line" else BarChart()
        made.y_axis.scaling.min = 0  # Excel would begin with the smallest figure and make much of little
        if block.kind == "bullets":
            _measure_by_target(made)
        made.title = f"{block.title}（{block.unit}）" if block.unit else block.title
        made.style = 1
        last = first + len(block.items)
        column = 4 if block.kind == "bullets" else 2
        made.add_data(
            Reference(figures, min_col=column, max_col=column, min_row=first, max_row=last),
            titles_from_data=True,
        )
        made.set_categories(Reference(figures, min_col=1, min_row=first + 1, max_row=last))
        for series in made.series:
            series.graphicalProperties.solidFill = _GREY
            series.graphicalProperties.line.solidFill = _GREY
            if block.kind == "line":
                series.smooth = False  # a curve would show visits that nobody counted
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
            self._figures.page_setup.fitToWidth, self._figures.page_setup.fitToHeight = 1, 0
            self._figures.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        first = self._row
        heads = (block.title, block.unit or _("Value"), _("Target"), _("Share of the target"))
        for at, words in enumerate(heads if block.kind == "bullets" else heads[:2], start=1):
            self._figures.cell(first, at, words)
        for row, item in enumerate(block.items, start=first + 1):
            self._figures.cell(row, 1, item.label).data_type = "s"
            for at, figure in ((2, item.value), (3, item.target)):
                number = charts.number_of(figure)
                if number is not None:
                    self._figures.cell(row, at, number)
            self._share(row, item)
        self._row = first + len(block.items) + 2
        return self._figures, first

    def _share(self, row: int, item: ChartItem) -> None:
        """How much of its target an item has reached: items of different units have nothing else alike."""
        assert self._figures is not None
        value, target = charts.number_of(item.value), charts.number_of(item.target)
        if value is not None and target:
            self._figures.cell(row, 4, value / target).number_format = "0%"


def _measure_by_target(made: BarChart) -> None:
    """Lying bars, the first at the top, over one line at the target."""
    made.type = "bar"
    made.gapWidth = 60
    made.x_axis.scaling.orientation = "maxMin"
    made.y_axis.scaling.max = _BEYOND_TARGET
    made.y_axis.majorUnit = 1
    made.y_axis.number_format = "0%"
