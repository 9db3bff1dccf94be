"""The two cards of the page of indicators: the list at the left, the map of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.charts import TrendChart
from gzdesk.desktop.indicator_heat import Behind, Heat
from gzdesk.desktop.indicator_view import HeatCell, Line, Trend
from gzdesk.desktop.widgets.bullet_bar import BulletLegend
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.heat_grid import HeatGrid
from gzdesk.desktop.widgets.indicator_list import IndicatorList
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import joined, ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme

UNITS, PARTS = "units", "parts"
_FOOT_PX = 92
_TREND_PX, _TREND_HEIGHT_PX = 84, 30
_FEW_ROWS = 3


class ListCard(Card):
    """Tabs by kind, the indicators of the tab, and what the signs of the bars mean."""

    def __init__(
        self, theme: Theme, tabs: list[tuple[str, str]], *, chosen: str, on_tab: Callable[[str], object]
    ) -> None:
        super().__init__(theme, margin=0)
        self.body.setSpacing(0)
        head = QFrame()
        head.setProperty("role", "card_head")
        head.setFixedHeight(theme.px(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.tabs = Pills(tabs, chosen=chosen, on_choose=on_tab)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.body.addWidget(head)
        self.list = IndicatorList(theme)
        self.list.setObjectName("indicators")
        self.list.scrolled.connect(self._show_below)
        self.body.addWidget(self.list, 1)
        foot = self.add_foot()
        foot.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        self._legend = BulletLegend(theme)
        foot.addWidget(self._legend)

    def show_lines(self, lines: list[Line], *, current: str) -> None:
        """Show these indicators with the cursor on that one."""
        self.list.show_lines(lines, current=current)
        self._show_below()

    def _show_below(self) -> None:
        count = self.list.below()
        words = ngettext("↓ {count} more", "↓ {count} more", count).format(count=count) if count else ""
        self._legend.show_more(words)


class MapCard(Card):
    """Name and scope of the indicator, its map, and the line about the cell under the cursor."""

    def __init__(self, theme: Theme, *, on_view: Callable[[str], object], buttons: list[Button]) -> None:
        super().__init__(theme, " ", " ", margin=0)
        self.body.setSpacing(0)
        assert self.head is not None
        assert self.title is not None
        assert self.subtitle is not None
        # Names are long: the name gives way last, the words beside it first.
        self._name = ElidedLabel("", size="section", bold=True)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.head.replaceWidget(self.title, self._name)
        self.title.hide()
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.spark = TrendChart(theme, width=_TREND_PX, height=_TREND_HEIGHT_PX, small=True)
        self.head.addWidget(self.spark)
        self._parts = False
        self.pills = Pills(((UNITS, _("By unit")), (PARTS, _("By name"))), chosen=UNITS, on_choose=on_view)
        self.head.addWidget(self.pills)
        for button in buttons:
            self.head.addWidget(button)
        self.grid = HeatGrid(theme)
        self.grid.setObjectName("heat")
        self._empty = EmptyState(theme, "chart", "")
        self._views = QStackedWidget()
        self._views.addWidget(self.grid)
        self._views.addWidget(self._empty)
        self.body.addWidget(self._views, 1)
        self._wide = TrendChart(theme, width=400, height=150)
        self._wide_holder = self._hold(self._wide, theme)
        self.body.addWidget(self._wide_holder, 1)
        self.foot = CellFoot(theme)
        self.outer.addWidget(self.foot)

    def show_head(self, *, title: str, subtitle: str, parts: bool, view: str) -> None:
        """Say which indicator it is; `parts`: it can also be seen by person or venue."""
        self._parts = parts
        self._name.setText(title)
        self._name.updateGeometry()
        self.set_subtitle(subtitle)
        self.pills.setVisible(parts)
        self.pills.choose(view)

    def show_heat(self, heat: Heat, *, at: tuple[str, str] | None, empty: str) -> None:
        """Show that map with the cursor on that cell; without any rows, the sentence that says why."""
        self._views.setCurrentIndex(0 if heat.view.rows else 1)
        self._empty.sentence.setText(empty)
        self.grid.show_view(heat.view, at=at)

    def show_trend(self, trend: Trend | None, *, words: str) -> None:
        """The year month by month: small in the head, or large where the map has few rows."""
        view = self.grid.view
        few = view is not None and len(view.rows) <= _FEW_ROWS
        large = few and trend is not None
        self._wide.show_trend(trend, words=words)
        self.spark.show_trend(trend, words=words)
        self._wide_holder.setVisible(large)
        # Beside the choice by name there is no room for both, and the name of the indicator comes first.
        self.spark.setVisible(not few and trend is not None and not self._parts)
        rows = view is not None and bool(view.rows)
        self._views.setMaximumHeight(self.grid.height_of_rows() if large and rows else 16_777_215)

    def _hold(self, chart: TrendChart, theme: Theme) -> QWidget:
        holder = QFrame()
        holder.setProperty("role", "row")
        column = QVBoxLayout(holder)
        column.setContentsMargins(*[theme.px(margin) for margin in (16, 10, 16, 10)])
        column.addWidget(label(_("Month by month"), size="small", ink="ink2"))
        column.addWidget(chart, 1)
        return holder


class CellFoot(QFrame):
    """The cell under the cursor in words: value, verdict, reasons; at the right the way to its records."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card_foot")
        self.setFixedHeight(theme.px(_FOOT_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.px(margin) for margin in (16, 8, 14, 8)])
        row.setSpacing(theme.px(14))
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        self.title = ElidedLabel("", size="section", bold=True)
        # As wide as its words and no wider, so that the chip stands right after them.
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.chip = Chip("", "neutral")
        first.addWidget(self.title)
        first.addWidget(self.chip)
        first.addStretch(1)
        words.addLayout(first)
        self.sentence = label("", size="table", ink="ink2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sentence.setMaximumHeight(theme.px(46))
        words.addWidget(self.sentence, 1)
        row.addLayout(words, 1)
        self.buttons = QVBoxLayout()
        self.buttons.setSpacing(theme.px(6))
        row.addLayout(self.buttons)

    def show_cell(self, cell: HeatCell | None, behind: Behind | None) -> None:
        """Show what is known of a cell; nothing for one that is empty."""
        self.title.setText(behind.title if behind else cell.words if cell else "")
        self.title.updateGeometry()
        self.chip.setVisible(bool(behind and behind.chip))
        if behind and behind.chip:
            self.chip.show_state(behind.chip, behind.tone)
        said = joined(behind.sentences) if behind else ""
        self.sentence.setText(said)
        self.sentence.setToolTip(said)
