"""The indicators: each with target, value, pace and verdict; one by unit and month; the way down (picture i)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from gzdesk.desktop import printing
from gzdesk.desktop.indicator_heat import (
    Behind,
    Heat,
    behind_result,
    other_parts,
    part_heat,
    scope_words,
    sums_of,
    target_words,
    trend_of,
    unit_heat,
    year_words,
)
from gzdesk.desktop.indicator_panels import PARTS, UNITS, ListCard, MapCard
from gzdesk.desktop.indicator_view import (
    VERDICT_TONES,
    HeatCell,
    HeatView,
    Line,
    bullet_of,
    verdict_of,
    verdict_words,
)
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import TOWN
from gzdesk.desktop.table_files import save_table
from gzdesk.desktop.tokens import NARROW_BELOW
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.domain.figures import grouped
from gzdesk.domain.indicators.result import DUTY, MONITOR, TARGET, Indicator, Result
from gzdesk.domain.indicators.words import worked_out
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick
from gzdesk.progress import Progress
from gzdesk.services.home_words import day_words
from gzdesk.services.indicator_files import write_map

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.indicators import HeatMap
    from gzdesk.services.tables import TableFile

    Months = tuple[tuple[Month, Fraction | None], ...]

_LIST_WIDTH = 520
_YEARS_BACK = 5
_MAP_AFTER_MS = 40
_MANY_UNITS = 40  # more of them take longer than a key press may
RECORDED, PROVED = "recorded", "proved"
_NO_HEAT = Heat(view=HeatView(corner="", columns=(), rows=()), behind={})


class IndicatorsPage(Page):
    """The list at the left, the map at the right; in large letters and on narrow screens one of them at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._service = window.workspace.indicators
        self._today: date = window.workspace.mint.today()
        self._year = self._today.year
        self._tab = TARGET
        self._current = ""
        self._view = UNITS
        self._basis = RECORDED
        self._key: tuple[str, str] | None = None
        self._on_map = False
        self._went_down = False
        self._asked: dict[str, object] = {}
        self._results: dict[str, Result] = {}
        self._catalogue: dict[str, Indicator] = {}
        self._heat = _NO_HEAT
        # Arrows run down the list faster than maps are worked out: the last one is enough.
        self._map_timer = QTimer(self)
        self._map_timer.setSingleShot(True)
        self._map_timer.setInterval(_MAP_AFTER_MS)
        self._map_timer.timeout.connect(self._show_map)
        self._add_head()
        self._add_body()
        self.on_key("Ctrl+E", self.save_table, name="save_table")
        self.on_key("Ctrl+P", self.print_table, name="print_table")
        self.on_key("PgUp", lambda: self._step_year(-1))
        self.on_key("PgDown", lambda: self._step_year(1))
        self.on_key("Ctrl+PgUp", lambda: self._step_tab(-1))
        self.on_key("Ctrl+PgDown", lambda: self._step_tab(1))

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """`indicator`, `year`, `cell` (unit and period) choose what is shown; without them it stays as it was."""
        if self._went_down and arguments == self._asked:
            # Esc from the records: the window asks as it did the first time, the person wants the same cell.
            self._went_down = False
            return
        self._went_down, self._asked = False, arguments
        year, cell = arguments.get("year"), arguments.get("cell")
        if isinstance(year, int):
            self._year = year
        indicator = arguments.get("indicator")
        if isinstance(indicator, str) and indicator:
            self._current = indicator
            self._key, self._view = None, UNITS
        if isinstance(cell, tuple):
            self._key, self._on_map = cell, True
        if arguments.get("view") in (UNITS, PARTS):
            self._view = str(arguments["view"])
        if arguments.get("basis") in (RECORDED, PROVED):
            self._basis = str(arguments["basis"])

    def put_away(self) -> dict[str, object]:
        """What is shown, for the page made anew."""
        kept: dict[str, object] = {"indicator": self._current, "year": self._year, "basis": self._basis}
        return kept | ({"cell": self._key} if self._on_map and self._key else {}) | {"view": self._view}

    def refresh(self) -> None:
        """Work the year out anew; the same indicator and the same cell stay under the cursor."""
        self._today = self.shell.workspace.mint.today()
        self._catalogue = {item.id: item for item in self._service.catalogue()}
        if self._current in self._catalogue:
            self._tab = self._catalogue[self._current].type
        self._work_out()
        self._years.setCurrentIndex(self._years.findData(self._year))
        self._bases.choose(self._basis)
        self._show_subtitle()
        self._show_list()
        self._show_map()
        self._show_side()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if self._on_map:
            return (
                ("↑↓←→", _("move")),
                ("Enter", _("records behind it")),
                ("Esc", _("back to the list")),
                ("Ctrl+E", _("Excel")),
                ("Ctrl+P", _("print")),
            )
        return (
            ("↑ ↓", _("choose an indicator")),
            ("Tab", _("into the map")),
            ("Enter", _("records behind it")),
            ("Ctrl+PgDn", _("next kind")),
            ("Ctrl+E", _("Excel")),
        )

    def remark(self) -> str:
        """What counts at all (counting_rules G1)."""
        return _("Only what was held and confirmed by the village counts.")

    def focus_first(self) -> None:
        """Back to where the cursor was: onto the list, or onto the cell."""
        if self._on_map and self._heat.view.rows:
            self.map.grid.setFocus()
        else:
            self._on_map = False
            self._show_side()
            self.list.list.setFocus()

    def escape(self) -> bool:
        """From the map to the list."""
        if self._on_map:
            self._on_map = False
            self._show_side()
            self.list.list.setFocus()
            self.shell.update_hints()
            return True
        return False

    # -- what the person does ------------------------------------------------------------------

    def open_records(self) -> None:
        """List the records behind the cell under the cursor, or behind the chosen indicator."""
        if self._on_map:
            cell = self.map.grid.current_cell()
            behind = self._heat.behind.get(cell.key) if cell is not None else None
        else:
            behind = self._behind_whole()
        if behind is not None:
            self._go_to_records(behind)

    def open_targets(self) -> None:
        """Town: change the target of the chosen indicator from a day on."""
        self._went_down = True
        self.shell.go("adjustments", kind="target", key=self._current)

    def save_table(self) -> None:
        """Write the table of all indicators into a chosen folder, for Excel."""
        title = f"{_('Table of indicators')} {self._year}"
        printing.save_workbook(self.shell, "indicator_table", title=title, year=self._year)

    def save_map(self) -> None:
        """Write the map that is shown into a chosen folder, for Excel."""
        indicator = self._catalogue.get(self._current)
        if indicator is None:
            return
        service, year = self._service, self._year

        def write(out: Path, progress: Progress) -> TableFile:
            return write_map(service.heat(indicator.id, year), out=out, progress=progress)

        save_table(self.shell, name=f"{indicator.label} {year}", suffix=".xlsx", write=write)

    def print_table(self) -> None:
        """Print the table of all indicators."""
        printing.print_report(self.shell, "indicator_table", year=self._year)

    # -- building ------------------------------------------------------------------------------

    def _add_head(self) -> None:
        self.head = self.add_head(pick(zh="创建指标", en="Indicators"))
        self._years = QComboBox()
        self._years.setObjectName("year")
        self._years.setProperty("strong", True)
        for back in range(_YEARS_BACK):
            self._years.addItem(year_words(self._year - back), self._year - back)
        self._years.activated.connect(lambda at: self._choose_year(self._years.itemData(at)))
        self.head.add(self._years)
        self._bases = Pills(
            ((RECORDED, _("As recorded")), (PROVED, _("With evidence"))),
            chosen=self._basis,
            on_choose=self._choose_basis,
        )
        self.head.add(self._bases)
        self.head.add(
            self.button(
                _("Print the table"), key="Ctrl+P", icon="printer", name="print", on_click=self.print_table
            )
        )

    def _add_body(self) -> None:
        self.list = ListCard(self.theme, self._tab_words(), chosen=self._tab, on_tab=self._choose_tab)
        self.list.list.chosen.connect(self._choose)
        self.list.list.opened.connect(lambda _id: self.open_records())
        self.list.list.entered.connect(lambda: self._note_side(on_map=False))
        self.list.list.on_tab = self._enter_map
        excel = self.button(_("Excel"), icon="export", small=True, name="excel", on_click=self.save_map)
        self.map = MapCard(self.theme, on_view=self._choose_view, buttons=[excel])
        self.map.grid.moved.connect(self._show_cell)
        self.map.grid.opened.connect(lambda _cell: self.open_records())
        self.map.grid.entered.connect(lambda: self._note_side(on_map=True))
        self.map.foot.buttons.addWidget(
            self.button(
                _("See the records"), key="Enter", small=True, name="records", on_click=self.open_records
            )
        )
        if self.shell.role == TOWN:
            self.map.foot.buttons.addWidget(
                self.button(
                    _("Targets"),
                    key="Ctrl+T",
                    kind="link",
                    small=True,
                    name="targets",
                    on_click=self.open_targets,
                )
            )
            self.on_key("Ctrl+T", self.open_targets)
        self.map.foot.buttons.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(self.px(16))
        body.addWidget(self.list)
        body.addWidget(self.map, 1)
        self.column.addLayout(body, 1)
        self._show_side()

    def _tab_words(self) -> list[tuple[str, str]]:
        own = [item for item in self._service.catalogue() if item.by_unit or self.shell.role == TOWN]
        counts = Counter(item.type for item in own)
        words = {TARGET: _("With a target"), DUTY: _("Duties"), MONITOR: _("Watched")}
        return [(kind, f"{words[kind]} {counts[kind]}") for kind in words]

    # -- choosing ------------------------------------------------------------------------------

    def _choose_year(self, year: int) -> None:
        self._year = year
        self._changed()

    def _step_year(self, step: int) -> None:
        year = self._year + step
        if self._years.findData(year) >= 0:
            self._choose_year(year)

    def _choose_basis(self, basis: str) -> None:
        self._basis = basis
        self._show_list()

    def _choose_tab(self, tab: str) -> None:
        self._tab, self._current = tab, ""
        self._key, self._view = None, UNITS
        self._work_out()
        self._show_list()
        self._show_map()

    def _step_tab(self, step: int) -> None:
        tabs = (TARGET, DUTY, MONITOR)
        self._choose_tab(tabs[(tabs.index(self._tab) + step) % len(tabs)])

    def _choose(self, indicator: str) -> None:
        if indicator != self._current:
            self._current, self._key, self._view = indicator, None, UNITS
            self._map_timer.start()

    def _choose_view(self, view: str) -> None:
        self._view, self._key = view, None
        self._show_map()

    def _changed(self) -> None:
        self.refresh()
        self.shell.update_hints()

    # -- list and map, or one of them ----------------------------------------------------------

    @property
    def _one_at_a_time(self) -> bool:
        return self.theme.large or self.shell.width() < NARROW_BELOW

    def _enter_map(self) -> bool:
        """Tab in the list; False where there is no map to go into."""
        if self._map_timer.isActive():
            self._map_timer.stop()
            self._show_map()
        if not self._heat.view.rows:
            return False
        self._on_map = True
        self._show_side()
        self.map.grid.setFocus(Qt.FocusReason.TabFocusReason)
        self.shell.update_hints()
        return True

    def _note_side(self, *, on_map: bool) -> None:
        if on_map != self._on_map:
            self._on_map = on_map
            self._show_side()
            self.shell.update_hints()

    def _show_side(self) -> None:
        alone = self._one_at_a_time
        self.list.setVisible(not (alone and self._on_map))
        self.map.setVisible(not alone or self._on_map)
        width = 16_777_215 if alone else self.px(_LIST_WIDTH)
        self.list.setMinimumWidth(0 if alone else width)
        self.list.setMaximumWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has room for one of them."""
        super().resizeEvent(event)
        self._show_side()

    # -- showing -------------------------------------------------------------------------------

    def _show_subtitle(self) -> None:
        words = [year_words(self._year)]
        if self._year == self._today.year:
            words.append(_("data up to {day}").format(day=day_words(self._today)))
        words.append(self._service.residents(self._year))
        self.head.subtitle.setText("・".join(word for word in words if word))

    def _work_out(self) -> None:
        """Only what the tab shows: in a town of 300 units nobody waits for the figures that are not looked at."""
        found = self._service.year(self._year, kind=self._tab)
        self._results = {result.indicator: result for result in found}

    def _show_list(self) -> None:
        self.list.tabs.choose(self._tab)
        lines = [self._line(self._catalogue[name], result) for name, result in self._results.items()]
        if self._current not in {line.id for line in lines}:
            self._current = lines[0].id if lines else ""
        self.list.show_lines(lines, current=self._current)

    def _line(self, indicator: Indicator, result: Result) -> Line:
        # What cannot be worked out says so in its chip; twice in one line would be once too often.
        text = "" if result.value is None and not result.text else grouped(self._service.text(result))
        proved = self._basis == PROVED
        return Line(
            id=indicator.id,
            name=indicator.label,
            value=worked_out(result, text),
            short_value=text,
            chip=verdict_words(result, proved=proved),
            tone=VERDICT_TONES.get(verdict_of(result, proved=proved), "neutral"),
            target=target_words(result),
            bullet=bullet_of(result, indicator),
            reason=result.reason,
        )

    def _show_map(self) -> None:
        indicator, year = self._catalogue.get(self._current), self._year
        if indicator is None or indicator.id not in self._results:
            return
        if len(self.shell.workspace.units.below) <= _MANY_UNITS:
            self._show_found(*self._find(indicator, year))
            return
        self.shell.run(
            lambda _progress: self._find(indicator, year),
            title=_("Working out the map"),
            on_done=lambda found: self._show_found(*found),
        )

    def _find(self, indicator: Indicator, year: int) -> tuple[HeatMap, Months]:
        """The map and what the months come to; runs on the worker where there are many units."""
        heat = self._service.heat(indicator.id, year)
        # The town's own value of a month is a share of villages there: what people want to see is how much it was.
        adds_up = heat.whole.rollup and indicator.value_type == "count"
        return heat, sums_of(heat) if adds_up else self._service.trend(indicator.id, year)

    def _show_found(self, found: HeatMap, months: Months) -> None:
        indicator, result = found.indicator, self._results[found.indicator.id]
        parts = other_parts(result, frozenset(unit.id for unit in self.shell.workspace.units))
        heat = unit_heat(found, today=self._today, text=self._service.text)
        if parts and not heat.view.rows:
            self._view = PARTS
        if not parts:
            self._view = UNITS
        self._heat = part_heat(indicator, result, parts) if self._view == PARTS else heat
        self.map.show_head(
            title=indicator.label,
            subtitle=scope_words(indicator, heat.view, is_town=self.shell.role == TOWN),
            parts=bool(parts and heat.view.rows),
            view=self._view,
        )
        self.map.show_heat(
            self._heat, at=self._key, empty=_("This one has a single value for the whole town.")
        )
        self._show_trend(indicator, months)
        if not self._heat.view.rows:
            self.map.foot.show_cell(None, self._behind_whole())

    def _show_trend(self, indicator: Indicator, months: Months) -> None:
        trend = trend_of(indicator, months, today=self._today)
        words = listed(f"{head} {text}" for head, text in zip(trend.labels, trend.texts, strict=True) if text)
        self.map.show_trend(trend if words else None, words=words)

    def _show_cell(self, cell: HeatCell) -> None:
        self._key = cell.key
        self.map.foot.show_cell(cell, self._heat.behind.get(cell.key))

    def _behind_whole(self) -> Behind | None:
        indicator, result = self._catalogue.get(self._current), self._results.get(self._current)
        if indicator is None or result is None:
            return None
        return behind_result(indicator, result, name=indicator.label, text=self._service.text(result))

    def _go_to_records(self, behind: Behind) -> None:
        indicator = self._catalogue[self._current]
        self._went_down = True
        self.shell.go("indicator_records", title=indicator.label, behind=behind)
