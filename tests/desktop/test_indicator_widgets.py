"""The painted parts of the page of indicators: bars, list, map, trend; their keys; the column of pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gzdesk import i18n
from gzdesk.desktop.charts import TrendChart
from gzdesk.desktop.frame import SIZE
from gzdesk.desktop.indicator_heat import unit_heat
from gzdesk.desktop.indicator_view import LINE, Bullet, HeatCell, Line, Trend, cell_text
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.bullet_bar import bar_parts
from gzdesk.desktop.widgets.heat_grid import HeatGrid
from gzdesk.desktop.widgets.indicator_list import IndicatorList
from gzdesk.desktop.widgets.nav import NavBar
from tests.desktop.forms_world import settle
from tests.desktop.results import heat

TODAY = date(2019, 11, 6)
LOOKS = [
    {"large": large, "high_contrast": high_contrast}
    for large in (False, True)
    for high_contrast in (False, True)
]
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=LOOKS, ids=["light", "contrast", "large", "large contrast"])
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    found = Theme(**request.param)
    found.apply()
    yield found
    Theme().apply()


def shown(widget: QWidget, width: int, height: int) -> QWidget:
    widget.resize(width, height)
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    return widget


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def grey(color: QColor) -> float:
    return 0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue()


def line(number: int, **changes: object) -> Line:
    values: dict[str, object] = {
        "id": f"i{number}",
        "name": f"第 {number} 项",
        "value": "71 / 131 = 54.2%",
        "short_value": "54.2%",
        "chip": "进度正常",
        "tone": "info",
        "target": "不低于1/3",
        "bullet": Bullet(actual=0.5, target=1.0, pace=0.8, verdict="on_pace"),
    }
    return Line(**(values | changes))  # type: ignore[arg-type]


def test_a_mirrored_bar_begins_at_the_right() -> None:
    area = QRectF(100, 0, 200, 9)
    filled, target, pace = bar_parts(Bullet(actual=0.25, target=0.5, pace=0.75), area)
    assert (filled.left(), filled.right(), target, pace) == (100, 150, 200, 250)
    filled, target, _pace = bar_parts(Bullet(actual=0.25, target=0.5, mirrored=True), area)
    assert (filled.left(), filled.right(), target) == (250, 300, 200)


def test_the_list_is_moved_through_with_keys(theme: Theme) -> None:
    view = IndicatorList(theme)
    shown(view, 500, 300)
    chosen: list[str] = []
    opened: list[str] = []
    view.chosen.connect(chosen.append)
    view.opened.connect(opened.append)
    view.show_lines([line(number) for number in range(9)], current="i2")
    assert view.current_id() == "i2"
    assert chosen == [], "showing is no choice"
    assert view.below() > 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (chosen, opened) == (["i3"], ["i3"])
    assert not picture(view).isNull()
    view.hide()


def test_a_line_without_a_bar_says_why(theme: Theme) -> None:
    view = IndicatorList(theme)
    shown(view, 500, 200)
    view.show_lines([line(1, bullet=None, reason="没有登记常住人口。", chip="无法计算")], current="")
    index = view.model().index(0, 0)
    assert "没有登记常住人口" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "无法计算" in index.data()
    assert not picture(view).isNull()
    view.hide()


def test_the_map_is_moved_through_with_keys(theme: Theme) -> None:
    grid = HeatGrid(theme)
    shown(grid, 700, 200)
    moved: list[HeatCell] = []
    opened: list[HeatCell] = []
    grid.moved.connect(moved.append)
    grid.opened.connect(opened.append)
    grid.show_view(unit_heat(heat(), today=TODAY, text=lambda of: cell_text(of.value)).view)
    assert grid.current_cell().key == ("gangdong", "2019-06"), "the first cell that is short"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened[-1].text == "0"
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.current_cell().key == ("gangdong", "2019-01"), "the names are no cells"
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert moved[-1].key == ("caoyi", "2019-01")
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.current_cell().key == ("caoyi", "2019"), "the year has its records too"
    count = len(opened)
    grid.select_key(("caoyi", "2019-12"))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert len(opened) == count, "a month that has not begun has nothing behind it"
    grid.hide()


def test_the_map_stays_at_its_cell_and_inside_its_width(theme: Theme) -> None:
    grid = HeatGrid(theme)
    shown(grid, theme.px(632), 300)
    view = unit_heat(heat(), today=TODAY, text=lambda of: cell_text(of.value)).view
    grid.show_view(view, at=("caoyi", "2019-03"))
    assert grid.current_cell().key == ("caoyi", "2019-03")
    settle()
    assert sum(grid.columnWidth(at) for at in range(14)) <= grid.viewport().width()
    grid.hide()


def test_a_cell_that_is_short_stands_out_in_grey_too(theme: Theme) -> None:
    ground = {look: grey(color) for look, color in _grounds(theme).items()}
    assert abs(ground["missed"] - ground["some"]) > 40
    assert abs(ground["missed"] - ground["blank"]) > 40
    assert abs(ground["more"] - ground["some"]) > 25


def _grounds(theme: Theme) -> dict[str, QColor]:
    palette = theme.palette
    return {
        "missed": QColor(palette.alarm.ground),
        "some": QColor(palette.slot),
        "more": QColor(palette.heat_more),
        "blank": QColor(palette.soft),
    }


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("kind", ["columns", LINE])
def test_a_trend_is_painted(theme: Theme, kind: str, small: bool) -> None:
    chart = TrendChart(theme, width=260, height=70, small=small)
    shown(chart, 260, 70)
    empty = picture(chart)
    values = (Fraction(1), None, Fraction(3), *[Fraction(2)] * 9)
    trend = Trend(
        values=values,
        labels=tuple(f"{month}月" for month in range(1, 13)),
        texts=tuple("" if value is None else str(value) for value in values),
        kind=kind,
        target=Fraction(2),
        current=10,
    )
    chart.show_trend(trend, words="1月 1、3月 3")
    assert picture(chart) != empty
    assert chart.accessibleName() == "1月 1、3月 3"
    chart.show_trend(None)
    assert picture(chart) == empty
    chart.hide()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_eleven_pages_fit_the_column(theme: Theme, language: str) -> None:
    i18n.set_language(language)
    nav = NavBar(theme, lambda _page: None)
    nav.set_pages(
        [(f"p{number}", "list", f"第 {number} 页") for number in range(11)],
        [("settings", "settings", "设置"), ("help", "help", "帮助")],
    )
    shown(nav, nav.width(), SIZE[1])
    settle()
    assert nav.minimumSizeHint().height() <= SIZE[1]
    items = [nav.item(name) for name in (*(f"p{number}" for number in range(11)), "settings", "help")]
    places = [item.geometry() for item in items if item is not None]
    assert len(places) == 13
    assert all(place.height() >= 36 for place in places)
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    assert places[-1].bottom() < SIZE[1]
    nav.hide()
