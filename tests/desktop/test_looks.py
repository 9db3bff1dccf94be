"""Every pair of colours can be read, and the board keeps its rates in large letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel

from gzdesk import i18n
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.tokens import HIGH_CONTRAST, LIGHT, Palette
from gzdesk.desktop.widgets.board_grid import BoardGrid
from gzdesk.settings import Preferences
from tests.desktop.forms_world import settle
from tests.desktop.shell_world import opened, world

_TONES = ("ok", "warn", "error", "info", "gap", "neutral", "alarm")
_LEAST_CONTRAST = 4.5


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    i18n.set_language("zh_CN")


@pytest.mark.parametrize("palette", [LIGHT, HIGH_CONTRAST], ids=lambda palette: palette.name)
def test_words_of_every_tone_can_be_read_on_their_ground_and_on_a_card(palette: Palette) -> None:
    for name in _TONES:
        tone = palette.tone(name)
        assert contrast(tone.ink, tone.ground) >= _LEAST_CONTRAST, name
        if name != "alarm" or palette is HIGH_CONTRAST:  # white words stand in its red box only
            assert contrast(palette.on_card(name), palette.surface) >= _LEAST_CONTRAST, name


def test_the_banner_of_a_returned_record_can_be_read_in_high_contrast(qapp: QApplication) -> None:
    theme = Theme(high_contrast=True)
    theme.apply()
    banner = QFrame()
    banner.setProperty("role", "returned")
    words = QLabel("文化站退回了这条登记")
    QHBoxLayout(banner).addWidget(words)
    banner.ensurePolished()
    words.ensurePolished()
    ink = words.palette().color(words.foregroundRole()).name()
    assert contrast(ink, HIGH_CONTRAST.error.ground) >= _LEAST_CONTRAST
    Theme().apply()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_board_keeps_its_rates_and_heads_in_large_letters(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    folder = world(tmp_path / "world")
    i18n.set_language(language)
    theme = Theme(large=True)
    theme.apply()
    with opened(folder / "town") as workspace:
        window = MainWindow(theme=theme, preferences=Preferences(language=language, text_percent=125))
        window.resize(1366, 698)
        window.show()
        window.open(workspace)
        settle()
        grid = window.page.findChild(BoardGrid)
        widths = [grid.columnWidth(at) for at in range(14)]
        head = QFontMetrics(theme.font("table", bold=True))
        titles = [str(grid.model().headerData(at, grid.horizontalHeader().orientation())) for at in range(14)]
        window.hide()
        window.leave()
        window.deleteLater()
    assert sum(widths) <= grid.viewport().width()
    assert all(head.horizontalAdvance(title) <= width for title, width in zip(titles, widths, strict=True))
    Theme().apply()


def contrast(one: str, other: str) -> float:
    """As the guidelines for web contents measure it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
