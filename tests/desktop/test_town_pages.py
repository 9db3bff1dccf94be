"""The town's pages: receive, overview, ledgers of the villages, join files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gzdesk import bootstrap
from gzdesk.desktop import printing
from gzdesk.desktop.history_dialog import HistoryDialog
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.sticks import FIXED_STICK
from gzdesk.desktop.widgets.board_grid import BoardGrid
from gzdesk.domain.period import Month
from tests.desktop.forms_world import TODAY, Hands, in_dialog, press_in, settle
from tests.desktop.shell_world import OCTOBER, opened, wait, window_on, world
from tests.journeys.screen import words_on


@pytest.fixture
def pcs(tmp_path: Path) -> Path:
    return world(tmp_path / "world")


@pytest.fixture
def stick(tmp_path: Path, pcs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with the package of 曹一村 on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with opened(pcs / "caoyi") as village:
        village.exchange.export(folder)
    monkeypatch.setenv(FIXED_STICK, str(folder))
    return folder


@pytest.fixture
def window(qapp: QApplication, pcs: Path, stick: Path) -> Iterator[MainWindow]:
    with window_on(pcs / "town") as shown:
        yield shown


def screen(window: MainWindow) -> str:
    settle()
    return "\n".join(words_on(window))


# Receive


def test_three_keys_take_a_stick_in_and_answer_it(window, stick):
    hands = Hands(window)
    hands.press("F5")
    wait(window)
    assert window.page_id == "receive"
    assert "可以收" in screen(window)
    hands.press("Ctrl+Return")
    wait(window)
    assert "已收" in screen(window)
    hands.press("Return")
    wait(window)
    assert hands.keys == 3
    assert "可以拔出U盘了" in window.message.text()
    assert len(list(stick.rglob("*.gzp"))) == 2


def test_looking_changes_nothing(window):
    before = window.workspace.maintenance.digest().digest
    Hands(window).press("F5")
    wait(window)
    assert window.workspace.maintenance.digest().digest == before


def test_a_broken_file_stays_on_the_stick_with_its_reason(window, stick):
    (file,) = stick.glob("*.gzp")
    content = file.read_bytes()[:-50]
    file.write_bytes(content)
    Hands(window).press("F5")
    wait(window)
    shown = screen(window)
    assert "不能收" in shown
    Hands(window).press("Ctrl+Return")
    wait(window)
    assert file.read_bytes() == content


def test_the_same_stick_again_counts_nothing_twice(window):
    hands = Hands(window)
    for _round in range(2):
        hands.press("F5")
        wait(window)
        hands.press("Ctrl+Return")
        wait(window)
    assert "新增 0" in screen(window)


def test_an_empty_stick_says_so(window, stick):
    for file in stick.glob("*.gzp"):
        file.unlink()
    Hands(window).press("F5")
    wait(window)
    assert "没有各村的上报文件" in window.message.text()


def test_the_contents_of_a_file_are_shown_before_it_is_taken_in(window):
    Hands(window).press("F5")
    wait(window)
    window.page.table.setFocus()
    Hands(window).press("Return")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert "月报表" in "\n".join(words_on(dialog))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert QApplication.activeModalWidget() is None


# Overview


def test_the_board_turns_from_due_to_in(window):
    grid = window.page.findChild(BoardGrid)
    cell = window.workspace.board.cell("caoyi", OCTOBER)
    grid.select_cell(cell)
    assert grid.currentIndex().data() == "待交"
    hands = Hands(window)
    hands.press("F5")
    wait(window)
    hands.press("Ctrl+Return")
    wait(window)
    hands.press("Ctrl+1")
    grid = window.page.findChild(BoardGrid)
    grid.select_cell(window.workspace.board.cell("caoyi", OCTOBER))
    assert grid.currentIndex().data() == "待审"


def test_the_overview_is_printed_as_the_table_of_its_year(window):
    hands = Hands(window)
    hands.press("Ctrl+P")
    assert window.page_id == "papers"
    wait(window)
    wanted = window.page.bar.wanted()
    assert (window.page._name, wanted.year) == ("completeness", 2019)
    hands.press("Esc")
    assert window.page_id == "board"


def test_enter_opens_the_unit_and_month_under_the_cursor(window):
    grid = window.page.findChild(BoardGrid)
    grid.select_cell(window.workspace.board.cell("caoyi", OCTOBER))
    Hands(window).press("Return")
    assert window.page_id == "unit_view"
    assert "还没有交" in screen(window)


def test_f7_goes_round_what_is_missing(qapp, pcs, stick):
    with window_on(pcs / "town", today=date(2019, 12, 20)) as window:
        grid = window.page.findChild(BoardGrid)
        seen = []
        for _n in range(26):
            Hands(window).press("F7")
            seen.append(grid.current_cell().unit.id)
        assert len(set(seen)) == 13  # October and November of each
        assert "未报" in screen(window)


def test_the_state_of_a_cell_is_told_in_words(window):
    grid = window.page.findChild(BoardGrid)
    index = grid.model().place(window.workspace.board.cell("caoyi", OCTOBER))
    assert "曹一村 10月" in index.data(Qt.ItemDataRole.ToolTipRole)


# Ledgers of the villages


def take_in(pcs: Path, stick: Path) -> None:
    with opened(pcs / "town") as town:
        town.exchange.import_files([stick])


def test_a_villages_records_and_sheet_can_be_seen_but_not_changed(qapp, pcs, stick):
    take_in(pcs, stick)
    with window_on(pcs / "town") as window:
        window.go("unit_view", unit="caoyi", month=OCTOBER)
        settle()
        assert window.page._preview.page_count == 1
        window.page._choose_view("records")
        assert "粤曲私伙局交流" in screen(window)
        Hands(window).press("F2", "Delete", "Ctrl+N")
        assert window.page_id == "unit_view"
        assert window.workspace.records.of_types(["activity"], unit="caoyi")


def test_a_record_opens_to_look_at(qapp, pcs, stick):
    take_in(pcs, stick)
    with window_on(pcs / "town") as window:
        window.go("unit_view", unit="caoyi", view="records")
        window.page._choose_month(OCTOBER)
        window.page.list.focus_table()
        settle()
        Hands(window).press("Return")
        dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
        shown = "\n".join(words_on(dialog))
        assert "苏氏大宗祠" in shown
        assert "曹一村" in shown
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        settle()


def test_a_record_has_the_keys_again_after_its_history(qapp, pcs, stick):
    take_in(pcs, stick)
    with window_on(pcs / "town") as window:
        window.go("unit_view", unit="caoyi", view="records")
        window.page._choose_month(OCTOBER)
        window.page.list.focus_table()
        settle()
        Hands(window).press("Return")
        (record,) = window.findChildren(RecordDialog)
        in_dialog(lambda dialog: press_in(dialog, "close_history"))
        record._show_history()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert window.findChildren(HistoryDialog) == []
        QTest.keyClick(record, Qt.Key.Key_Escape)
        settle()


def test_the_list_of_a_village_goes_to_excel_and_to_paper(qapp, pcs, stick, tmp_path, monkeypatch):
    take_in(pcs, stick)
    folder, printed = tmp_path / "out", []
    folder.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda shell: folder)
    monkeypatch.setattr(printing, "print_content", lambda shell, content: printed.append(content[:4]))
    with window_on(pcs / "town") as window:
        window.go("unit_view", unit="caoyi", month=OCTOBER, view="records")
        settle()
        hands = Hands(window)
        hands.press("Ctrl+E")
        wait(window)
        hands.press("Ctrl+P")
        wait(window)
    assert [made.name for made in folder.iterdir()] == ["曹一村活动登记 2019年10月.xlsx"]
    assert printed == [b"%PDF"]


def test_page_keys_turn_the_month(window):
    window.go("unit_view", unit="caoyi", month=OCTOBER)
    Hands(window).press("PgUp")
    assert window.page._month == Month(2019, 9)
    Hands(window).press("PgDown", "PgDown")
    assert window.page._month == Month(2019, 11)


# Join files


def test_a_join_file_is_written_to_the_stick_and_works(window, stick, tmp_path):
    window.go("enrol")
    window.page.table.selectRow(1)
    Hands(window).press("F2")
    wait(window)
    (file,) = stick.glob("*.gzj")
    assert "等村里加入" in screen(window) or "写到U盘" in window.message.text()
    joined = bootstrap.init_join(tmp_path / "new", file, today=TODAY)
    assert joined.me.id == window.page._known[1].unit.id
    joined.close()


def test_one_press_makes_the_files_of_all_that_are_waiting(window, stick):
    window.go("enrol")
    window.page.enrol_all()
    wait(window)
    assert len(list(stick.glob("*.gzj"))) == 13


def test_the_number_to_compare_appears_with_the_first_package(qapp, pcs, stick):
    take_in(pcs, stick)
    with opened(pcs / "caoyi") as village:
        number = village.enrolment.fingerprint()
    with window_on(pcs / "town") as window:
        window.go("enrol")
        model = window.page.table.model()
        shown = [model.index(row, 2).data() for row in range(model.rowCount())]
        assert number in shown


def test_shutting_out_asks_first_and_escape_is_safe(qapp, pcs, stick):
    take_in(pcs, stick)
    with window_on(pcs / "town") as window:
        window.go("enrol")
        row = next(at for at, known in enumerate(window.page._known) if known.unit.id == "caoyi")
        window.page.table.selectRow(row)
        in_dialog(lambda dialog: dialog.reject())
        Hands(window).press("Delete")
        assert window.page._known[row].state == "accepted"
        in_dialog(lambda dialog: press_in(dialog, "answer_revoke"))
        Hands(window).press("Delete")
        assert window.page._known[row].state == "revoked"
