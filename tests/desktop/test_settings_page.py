"""Settings that are kept, and the guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit

from gzdesk import i18n
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages import PAGES
from gzdesk.desktop.pages.help import SECTIONS, guide_text
from tests.desktop.forms_world import TODAY, Hands, village_window
from tests.desktop.shell_world import opened, wait, world


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        shown.go("settings")
        yield shown


def write(window: MainWindow, name: str, text: str) -> None:
    box = window.page.findChild(QLineEdit, name)
    box.setFocus()
    box.selectAll()
    Hands(window).type(text, "Return")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("report_deadline_day", "8", 8),
        ("remind_from_day", "5", 5),
        ("sheet_internal_day", "3", 3),
        ("meeting_cycle_months", "6", 6),
        ("safety_cycle_months", "3", 3),
        ("due_soon_days", "30", 30),
        ("new_film_years", "3", 3),
        ("screenings_per_month", "2", 2),
        ("performances_per_year", "6", 6),
    ],
)
def test_a_figure_counts_at_once_and_is_kept(window, name, text, value):
    write(window, name, text)
    assert getattr(window.workspace.settings, name) == value
    assert window.message.text()


def test_a_figure_out_of_range_is_not_taken(window):
    write(window, "report_deadline_day", "45")
    assert window.workspace.settings.report_deadline_day != 45


def test_the_reading_that_includes_the_day_can_be_chosen(window):
    box = window.page.findChild(QCheckBox)
    box.click()
    assert window.workspace.settings.new_film_inclusive


def test_who_is_writing_changes_for_later_records(window):
    write(window, "writer_name", "林秀")
    assert window.workspace.writer_name == "林秀"
    assert "林秀" in window.message.text()


def test_an_empty_name_is_not_taken(window):
    box = window.page.findChild(QLineEdit, "writer_name")
    box.clear()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.workspace.writer_name == "苏惠芳"


def test_a_fixed_folder_can_stand_for_the_stick(window, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    window.page._choose_stick()
    assert window.workspace.settings.stick_folder == str(tmp_path)
    window.page._forget_stick()
    assert window.workspace.settings.stick_folder == ""


def test_a_ledger_that_worked_by_itself_can_join_the_town(window, tmp_path):
    with opened(world(tmp_path / "world") / "town", today=TODAY) as town:
        file = town.enrolment.enrol("caoyi", tmp_path).file
    window.page.join(file)
    assert window.workspace.enrolment.has_joined()
    assert "已经和" in window.message.text()


def test_a_join_file_for_another_village_is_refused_in_words(window, tmp_path):
    with opened(world(tmp_path / "world") / "town", today=TODAY) as town:
        file = town.enrolment.enrol("caoer", tmp_path).file
    window.page.join(file)
    assert not window.workspace.enrolment.has_joined()
    assert "曹二村" in window.message.text()


def test_the_ledger_can_be_checked(window):
    window.page._check()
    wait(window)
    assert "完好" in window.message.text()


# The guide


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_guide_has_a_part_for_every_page(language):
    i18n.set_language(language)
    headings = [line for line in guide_text().splitlines() if line.startswith("## ")]
    assert len(headings) == len(SECTIONS)
    shown = {entry.id for entry in PAGES if entry.place != "hidden"} - {"help"}
    assert shown <= set(SECTIONS)


def test_both_guides_name_the_same_keys():
    keys = []
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        rows = [line.split("|")[1].strip() for line in guide_text().splitlines() if line.startswith("| ")]
        keys.append([row.replace("加号", "plus").replace("减号", "minus") for row in rows[1:]])
    assert keys[0] == keys[1]


def test_a_village_reads_only_the_headings_of_its_own_pages(window):
    window.go("help")
    contents = window.page.contents
    words = [contents.item(row).text() for row in range(contents.count())]
    assert "U盘交换" in words
    assert "收件" not in words
    contents.setFocus()
    Hands(window).press("End")
    assert window.page.text.verticalScrollBar().value() > 0
