"""Every page of records, open days and months fits the screens that villages have (ui.md 2)."""

from __future__ import annotations

import pytest

from gzdesk.desktop.tokens import NARROW_BELOW, NAV_WIDTH, NAV_WIDTH_NARROW
from tests.desktop.forms_world import Hands, settle, village_window

SCREEN = (1366, 698)
SMALLEST = (960, 600)
PLACES = (
    ("records", {"month": "2019-10"}),
    ("records", {"type_id": "film_screening", "new": True}),
    ("records", {"type_id": "performance", "new": True}),
    ("records", {"type_id": "training_session", "new": True}),
    ("registers", {"type_id": "film"}),
    ("registers", {"type_id": "open_schedule", "new": True}),
    ("opening", {"month": "2019-10"}),
    ("months", {"month": "2019-10"}),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_large_letters_fit_an_ordinary_screen(tmp_path, qapp, language):
    with village_window(tmp_path / "village", language=language, large=True) as window:
        for page, arguments in PLACES:
            window.go(page, **arguments)
            settle()
            needed = window.minimumSizeHint()
            assert needed.width() <= SCREEN[0], (page, arguments, needed)
            assert needed.height() <= SCREEN[1], (page, arguments, needed)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_window_can_be_made_small(tmp_path, qapp, language):
    with village_window(tmp_path / "village", language=language) as window:
        for page, arguments in PLACES:
            window.go(page, **arguments)
            settle()
            # Below 1200 the column of pages shows icons alone.
            width = window.minimumSizeHint().width() - NAV_WIDTH + NAV_WIDTH_NARROW
            assert width <= SMALLEST[0], (page, arguments, width)
            assert window.minimumSizeHint().height() <= SMALLEST[1], (page, arguments)


def test_on_a_narrow_screen_list_and_form_are_two_steps(tmp_path, qapp):
    with village_window(tmp_path / "village") as window:
        window.go("records", type_id="film_screening", new=True)
        settle()
        assert window.page._pane._beside_list.isVisible()
        window.resize(NARROW_BELOW - 50, 650)
        settle()
        assert not window.page._pane._beside_list.isVisible()
        window.resize(*SCREEN)
        settle()
        assert window.page._pane._beside_list.isVisible()


def test_in_large_letters_the_form_stands_alone(tmp_path, qapp):
    with village_window(tmp_path / "village", large=True) as window:
        window.go("records", type_id="film_screening", new=True)
        settle()
        beside = window.page._pane._beside_list
        assert beside is None or not beside.isVisible()
        hands = Hands(window)
        hands.press("Ctrl+-")
        assert window.page._pane._beside_list.isVisible()


def test_names_keep_their_room_when_letters_are_large(tmp_path, qapp):
    with village_window(tmp_path / "village", large=True) as window:
        window.go("records", month="2019-10")
        settle()
        table = window.page._list.table
        shown = [place for place, column in enumerate(table._model.columns) if column.stretches]
        assert table.columnWidth(shown[0]) >= window.theme.px(200)
        assert any(table.isColumnHidden(place) for place in range(len(table._model.columns)))
