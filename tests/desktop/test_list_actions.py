"""The menu “More” of a list: what it offers, with which keys, and what it is told of the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gzdesk.desktop import record_browser
from gzdesk.desktop.list_actions import LIST_ACTIONS, ListAction
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from gzdesk.domain.period import Month
from tests.desktop.forms_world import Hands, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication):
    with village_window(tmp_path / "village") as shown:
        shown.go("records", type_id="film_screening", month="2019-10")
        settle()
        yield shown


def menu_of(window: MainWindow) -> ChoicePanel:
    return next(found for found in window.findChildren(ChoicePanel, "more_menu") if found.isVisible())


def test_the_menu_opens_with_a_key_and_escape_gives_the_cursor_back(window):
    hands = Hands(window)
    window.page._list.focus_table()
    hands.press("F10")
    menu = menu_of(window)
    assert {choice.after for choice in menu._choices} >= {"Ctrl+H", "Ctrl+Z"}
    hands.press("Escape")
    assert not menu.isVisible()
    assert window.page._list.table.hasFocus()


def test_a_row_is_told_what_is_listed_and_selected(window, monkeypatch):
    seen = []
    row = ListAction("look", "eye", "Look", "", seen.append)
    monkeypatch.setattr(record_browser, "LIST_ACTIONS", (*LIST_ACTIONS, row))
    Hands(window).press("F10", "Up", "Return")
    (browser,) = seen
    assert browser.record_type.id == "film_screening"
    assert browser.month == Month(2019, 10)
    assert browser.query().types == ("film_screening",)
    assert browser.query().month == Month(2019, 10)
    assert browser.selected_ids == (browser._list.table.current_id(),)


def test_a_list_of_several_types_has_no_one_type(window):
    window.page._list.show_tab("all")
    assert window.page.record_type is None


def test_no_two_rows_that_are_offered_together_share_keys(window):
    for open_it in (False, True):
        if open_it:
            window.page._list.focus_table()
            Hands(window).press("Return")
        keys = [action.keys for action in LIST_ACTIONS if action.keys and action.shown(window.page)]
        assert len(keys) == len(set(keys)), keys
