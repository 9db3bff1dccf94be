"""Every page in both languages and looks: it fits the screen, says nothing in the wrong language, leaks nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from gzdesk import i18n
from gzdesk.desktop.frame import SIZE
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages import PAGES, TOWN, VILLAGE
from tests.desktop.forms_world import settle
from tests.desktop.shell_world import wait, window_on, world
from tests.journeys.screen import words_on

_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# Keys, formats and names that are the same in both languages.
_SAME_EVERYWHERE = re.compile(
    r"Ctrl|Shift|Alt|Enter|Esc|Delete|Insert|PgUp|PgDo?w?n|Tab|Home|End|Excel|Word|English|gzdesk|ibus|fcitx|Linux|lhyx"
    r"|PDF|ZIP|UTF-8|O2O|xlsx?|csv|jpg|png|pdf|record_types|layouts|sealed\.key|ncdy|zyfw|zyz|fzr|wohe"
    r"|whw|gzj|gzp|LED|GZ-\d|/\S+|[A-Z]\d{6}|GB|MB|KB|tmp\S*|\d+\.\d+\S*"
)

LOOKS = [
    pytest.param({}, id="normal"),
    pytest.param({"text_percent": 125}, id="large"),
    pytest.param({"high_contrast": True}, id="contrast"),
]


def shown_pages(role: str) -> list[str]:
    return [entry.id for entry in PAGES if role in entry.roles and entry.place != "hidden"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("role", [VILLAGE, TOWN])
def test_every_page_fits_the_screen(qapp, tmp_path, role, language, look):
    folder = world(tmp_path / "world") / ("caoyi" if role == VILLAGE else "town")
    with window_on(folder, language=language, **look) as window:
        window.resize(*SIZE)
        for page_id in shown_pages(role):
            assert window.go(page_id)
            wait(window)
            least = window.minimumSizeHint()
            assert least.width() <= SIZE[0], (page_id, least)
            assert least.height() <= SIZE[1], (page_id, least)
            assert (window.width(), window.height()) == SIZE, page_id


@pytest.mark.parametrize("role", [VILLAGE, TOWN])
def test_no_page_shows_english_in_chinese(qapp, tmp_path, role):
    folder = world(tmp_path / "world") / ("caoyi" if role == VILLAGE else "town")
    with window_on(folder) as window:
        for page_id in shown_pages(role):
            window.go(page_id)
            wait(window)
            left = [
                words for words in words_on(window) if _LATIN_WORD.search(_SAME_EVERYWHERE.sub("", words))
            ]
            assert not left, (page_id, left)


@pytest.mark.parametrize("role", [VILLAGE, TOWN])
def test_every_page_says_its_keys_and_takes_the_cursor(qapp, tmp_path, role):
    folder = world(tmp_path / "world") / ("caoyi" if role == VILLAGE else "town")
    with window_on(folder) as window:
        for page_id in shown_pages(role):
            window.go(page_id)
            wait(window)
            assert window.status.hints(), page_id
            focused = QApplication.focusWidget()
            assert focused is not None, page_id
            assert window.page.isAncestorOf(focused) or focused is window.page, page_id


@pytest.mark.parametrize("role", [VILLAGE, TOWN])
def test_no_page_leaves_a_window_behind(qapp, tmp_path, role):
    folder = world(tmp_path / "world") / ("caoyi" if role == VILLAGE else "town")
    with window_on(folder) as window:
        for page_id in shown_pages(role):
            window.go(page_id)
            wait(window)
            assert visible_windows() == [window], page_id
        change_everything(window)
        assert visible_windows() == [window]


def change_everything(window: MainWindow) -> None:
    window.change_preferences(language="en")
    window.change_preferences(text_percent=125)
    window.change_preferences(high_contrast=True)
    settle()


def visible_windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_pages_are_built_only_when_they_are_wanted(qapp, tmp_path):
    with window_on(world(tmp_path / "world") / "caoyi") as window:
        assert list(window._pages) == ["home"]


def test_a_page_that_is_visited_again_is_not_built_again(qapp, tmp_path: Path):
    with window_on(world(tmp_path / "world") / "caoyi") as window:
        first = window.page
        window.go("settings")
        window.go("home")
        assert window.page is first
