"""The page of indicators and the records behind a number, in a village and in the town."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages import indicators
from gzdesk.desktop.pages.indicators import IndicatorsPage
from tests.desktop.forms_world import Hands, in_dialog, screening, settle
from tests.desktop.shell_world import opened, until, wait, window_on, world
from tests.journeys.screen import words_on
from tests.services.photos import photo, put

FILMS, SHOWS = "screenings_per_village_month", "performances_per_village_year"


@pytest.fixture
def pcs(tmp_path: Path) -> Path:
    """A village with a screening that has a photo, and two drafts; the town has them too."""
    folder = world(tmp_path / "world")
    with opened(folder / "caoyi") as village:
        save = village.records.save
        kept = save(type_id="film_screening", values=screening(village, date="2019-09-12"))
        village.evidence.attach(kept.id, [put(tmp_path, "a.jpg", photo(size=(300, 200)))])
        for day, number in (("2019-11-02", "1"), ("2019-11-03", "2")):
            values = screening(village, date=day, receipt_no=f"GZ-2019-11{number}", confirmed_by=None)
            save(type_id="film_screening", values=values, as_draft=True)
        stick = tmp_path / "stick"
        stick.mkdir()
        village.exchange.export(stick)
    with opened(folder / "town") as town:
        town.exchange.import_files([*stick.glob("*.gzp")])
    return folder


@pytest.fixture
def village(qapp: QApplication, pcs: Path) -> Iterator[MainWindow]:
    with window_on(pcs / "caoyi") as shown:
        shown.go("indicators", indicator=FILMS)
        settle()
        yield shown


@pytest.fixture
def town(qapp: QApplication, pcs: Path) -> Iterator[MainWindow]:
    with window_on(pcs / "town") as shown:
        shown.go("indicators", indicator=FILMS)
        settle()
        yield shown


def page(window: MainWindow) -> IndicatorsPage:
    assert isinstance(window.page, IndicatorsPage)
    return window.page


def screen(window: MainWindow) -> str:
    settle()
    return "\n".join(words_on(window))


def test_a_village_sees_its_own(village):
    assert [row.label for row in page(village).map.grid.view.rows] == ["曹一村"]
    assert "创建指标" in screen(village)
    assert "镇" not in page(village).map.subtitle.full_text()


def test_the_town_sees_every_village_but_not_the_community(town):
    rows = [row.label for row in page(town).map.grid.view.rows]
    assert len(rows) == 12
    assert "曹一村" in rows
    assert "古镇社区" not in rows
    assert "12 个行政村，不含社区" in page(town).map.subtitle.full_text()


def test_from_the_cell_to_its_records_and_back_to_the_cell(village):
    hands = Hands(village)
    hands.press("Tab")
    assert page(village).map.grid.hasFocus()
    assert page(village).map.grid.select_key(("caoyi", "2019-09"))
    hands.press("Return")
    assert village.page_id == "indicator_records"
    assert village.page.table.current_id()
    hands.press("Escape")
    assert village.page_id == "indicators"
    assert page(village).map.grid.hasFocus()
    assert page(village).map.grid.current_cell().key == ("caoyi", "2019-09")
    hands.press("Escape")
    assert page(village).list.list.hasFocus()
    hands.press("Escape")
    assert village.page_id == "home"


def test_what_does_not_count_stands_apart_with_its_reason(village):
    hands = Hands(village)
    hands.press("Tab")
    page(village).map.grid.select_key(("caoyi", "2019-11"))
    hands.press("Return")
    model = village.page.table.model()
    assert model.rowCount() == 2, "nothing counts, so what does not is shown at once"
    reasons = {model.index(row, model.columnCount() - 1).data() for row in range(2)}
    assert reasons == {"还是草稿"}
    hands.press("Ctrl+PgUp")
    assert "这里没有计入的登记" in screen(village)
    hands.press("Ctrl+O", "Ctrl+M", "Ctrl+R", "Return")
    assert village.page_id == "indicator_records"


def test_from_the_record_to_its_photo_and_to_its_month_sheet(town):
    hands = Hands(town)
    hands.press("Tab")
    page(town).map.grid.select_key(("caoyi", "2019-09"))
    hands.press("Return")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append("\n".join(words_on(dialog)))
        dialog.reject()

    in_dialog(look)
    hands.press("Return")
    assert "烈火英雄" in seen[0]
    in_dialog(look)
    hands.press("Ctrl+O")
    assert "a.jpg" in seen[1]
    hands.press("Ctrl+M")
    assert town.page_id == "unit_view"
    hands.press("Escape")
    assert town.page_id == "indicator_records"


def test_a_village_opens_its_own_record_where_it_can_be_changed(village):
    hands = Hands(village)
    hands.press("Return")
    assert village.page_id == "indicator_records"
    hands.press("Ctrl+R")
    assert village.page_id == "records"
    assert village.page.form is not None


def test_a_change_elsewhere_is_shown_at_once(village):
    before = page(village)._results[FILMS].numerator
    village.workspace.records.save(
        type_id="film_screening",
        values=screening(village.workspace, date="2019-08-02", receipt_no="GZ-2019-0802"),
    )
    settle()
    assert page(village)._results[FILMS].numerator == before + 1


def test_the_year_and_the_kind_are_chosen_with_keys(village):
    hands = Hands(village)
    years = page(village).findChild(QComboBox, "year")
    hands.press("PgUp")
    assert years.currentData() == 2018
    assert "2018年" in screen(village)
    hands.press("PgDown", "PgDown")
    assert years.currentData() == 2019
    hands.press("Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    assert page(village).list.tabs.chosen == "target"


def test_the_verdict_with_evidence_is_a_press_away(village):
    page(village)._choose_basis("proved")
    settle()
    assert page(village).list.tabs.chosen == "target"
    assert page(village).put_away()["basis"] == "proved"


def test_the_table_and_the_map_are_written_for_excel(village, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "ask_folder", lambda _shell: tmp_path)
    Hands(village).press("Ctrl+E")
    wait(village)
    assert (tmp_path / "指标表 2019.xlsx").read_bytes().startswith(b"PK")
    page(village).save_map()
    wait(village)
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_in_large_letters_one_thing_is_shown_at_a_time(qapp, pcs):
    with window_on(pcs / "town", text_percent=125) as window:
        window.go("indicators", indicator=FILMS)
        settle()
        shown = page(window)
        assert shown.list.isVisible()
        assert not shown.map.isVisible()
        hands = Hands(window)
        hands.press("Tab")
        assert not shown.list.isVisible()
        assert shown.map.grid.hasFocus()
        hands.press("Escape")
        assert shown.list.list.hasFocus()


def test_the_page_stays_where_it_was_in_another_look(town):
    hands = Hands(town)
    hands.press("Tab")
    page(town).map.grid.select_key(("caoyi", "2019-09"))
    town.change_preferences(high_contrast=True)
    settle()
    assert page(town).map.grid.current_cell().key == ("caoyi", "2019-09")
    town.change_preferences(language="en")
    settle()
    assert page(town).map.grid.current_cell().key == ("caoyi", "2019-09")
    assert "As recorded" in screen(town)


def test_the_map_of_many_units_is_worked_out_beside_the_window(town, monkeypatch):
    monkeypatch.setattr(indicators, "_MANY_UNITS", 3)
    page(town).list.list.setFocus()
    Hands(town).press("Up", "Up")
    until(lambda: not page(town)._map_timer.isActive())
    wait(town)
    shown = page(town)
    assert shown.map._name.full_text() == shown._catalogue[shown._current].label
    assert shown._heat.view.rows
