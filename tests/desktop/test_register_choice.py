"""All registers on one panel: gone to by name, by initials, by arrows and by mouse, in a village and in the town."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gzdesk.desktop.list_actions import LIST_ACTIONS
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from tests.desktop.forms_world import Hands, settle, village_window
from tests.desktop.shell_world import window_on, world


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication):
    with village_window(tmp_path / "village") as shown:
        yield shown


def panel_of(window: MainWindow) -> ChoicePanel:
    return next(found for found in window.findChildren(ChoicePanel, "registers_panel") if found.isVisible())


@pytest.mark.parametrize(
    ("typed", "page", "type_id"),
    [("sbtz", "registers", "asset"), ("到馆", "records", "library_visit"), ("film cat", "home", "")],
)
def test_initials_or_a_part_of_the_name_lead_to_a_register(window, typed, page, type_id):
    hands = Hands(window)
    hands.press("Ctrl+G")
    hands.type(typed, "Return")
    assert window.page_id == page
    assert not type_id or window.page._list.tab == type_id


def test_f2_opens_an_empty_form_of_the_register_at_once(window):
    hands = Hands(window)
    hands.press("Ctrl+G")
    hands.type("hy", "F2")
    assert window.page.form.record_type.id == "meeting"


def test_every_register_of_the_village_is_there_with_its_count(window):
    Hands(window).press("Ctrl+G")
    choices = {choice.id: choice.after for choice in panel_of(window)._choices}
    written_by_people = {item.id for item in window.workspace.types if item.group != "system"}
    assert written_by_people <= set(choices)
    assert choices["film_screening"] == "3"


def test_arrows_and_escape(window):
    hands = Hands(window)
    hands.press("Ctrl+G")
    panel = panel_of(window)
    hands.press("Down")
    assert panel.current == "performance"
    hands.press("Right")
    assert panel.row_rect(panel.current).left() > panel.row_rect("performance").left()
    hands.press("Left", "Escape")
    assert not panel.isVisible()
    assert window.page_id == "home"


def test_the_page_may_change_under_the_panel(window):
    hands = Hands(window)
    window.page.focus_first()
    hands.press("Ctrl+G")
    window.page.refresh()  # the button that had the keyboard is gone
    QTest.qWait(0)
    settle()
    hands.press("Escape")
    assert window.page_id == "home"


def test_a_press_takes_a_register_and_a_press_beside_it_closes_the_panel(window):
    window.go("registers")
    hands = Hands(window)
    hands.press("Ctrl+G")
    panel = panel_of(window)
    QTest.mouseClick(window.page.head, Qt.MouseButton.LeftButton, pos=QPoint(600, 20))
    settle()
    assert not panel.isVisible()
    shelf = window.page._list.strip.shelf_rect()
    QTest.mouseClick(window.page._list.strip, Qt.MouseButton.LeftButton, pos=shelf.center())
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel.row_rect("fund_use").center())
    settle()
    assert window.page._list.tab == "fund_use"


def test_the_next_register_is_a_key_away_also_on_the_next_shelf(window):
    window.go("registers", type_id="culture_team")
    Hands(window).press("Ctrl+PgDown")
    assert window.page._list.tab == "facility"


def test_the_panel_fits_a_narrow_window_in_large_letters(tmp_path, qapp):
    with village_window(tmp_path / "narrow", language="en", large=True) as window:
        window.resize(1024, 698)
        window.go("registers")
        settle()
        Hands(window).press("Ctrl+G")
        panel = panel_of(window)
        shown = [panel.row_rect(choice.id) for choice in panel._choices]
        assert window.page.rect().contains(panel.geometry())
        assert all(panel.rect().contains(row) for row in shown)


def test_a_register_is_put_onto_the_first_page(window):
    window.go("registers", type_id="meeting")
    next(action for action in LIST_ACTIONS if action.id == "pin").run(window.page)
    hands = Hands(window)
    hands.press("Down", "Down", "Down", "Return")
    assert "Alt+4" in window.message.text()
    hands.press("Alt+4")
    assert window.page.form.record_type.id == "meeting"


def test_the_town_goes_to_a_register_of_a_village_and_changes_nothing_there(tmp_path, qapp):
    with window_on(world(tmp_path / "world") / "town") as window:
        window.go("unit_view", unit="caoyi", view="records")
        settle()
        strip = window.page.list.strip
        assert [tab.id for tab, _place in strip._places()[0]][:2] == ["all", "film_screening"]
        hands = Hands(window)
        hands.press("Ctrl+G")
        hands.type("whry", "F2")
        assert window.page_id == "unit_view"
        assert window.page.list.tab == "staff"
        assert not window.page.list.picker.isVisible()


def test_the_catalogues_of_the_town_open_at_its_films(tmp_path, qapp):
    with window_on(world(tmp_path / "world") / "town") as window:
        window.go("registers")
        settle()
        assert window.page._list.tab == "film"
        assert window.page._list.model.rowCount() > 0
