"""The page that takes in tables from Excel, in the real window: every step with keys, every fault with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget

from gzdesk.desktop.import_state import CHOOSING, DONE, MAPPING, TRIED, ImportState
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.sticks import FIXED_STICK
from gzdesk.domain.period import Month
from gzdesk.progress import Cancelled
from gzdesk.services.records import ListQuery
from tests.desktop.excel_world import NAMES, REFUSED, messy_workbook, two_sheets
from tests.desktop.forms_world import Hands, settle, village_window
from tests.desktop.shell_world import wait, window_on, world
from tests.journeys.screen import words_on

TEN_COLUMNS = [
    "",
    "date",
    "start_time",
    "name",
    "category",
    "place",
    "organiser",
    "sessions",
    "participants",
    "",
]
SIGNED = 9


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setenv(FIXED_STICK, str(folder))
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return messy_workbook(tmp_path / "活动.xlsx")


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, stick: Path) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


@pytest.fixture
def hands(window: MainWindow, file: Path) -> Hands:
    """Hands at the columns of the table, with the one nobody can guess chosen."""
    read(window, file)
    made = Hands(window)
    made.press("End", "F", "Z", "R", "Return")
    return made


def read(window: MainWindow, file: Path) -> None:
    window.go("import_table", type_id="activity", file=file)
    settle()
    wait(window)


def state(window: MainWindow) -> ImportState:
    return window.page._state


def screen(window: MainWindow) -> str:
    settle()
    return "\n".join(words_on(window))


def press(window: MainWindow, hands: Hands, *keys: str) -> None:
    for key in keys:
        hands.press(key)
        wait(window)


def held(window: MainWindow) -> set[str]:
    query = ListQuery(types=("activity",), month=Month(2019, 10))
    found = {row.title for row in window.workspace.records.page(query).rows}
    return found & {*NAMES, REFUSED}


# Choosing the file


def test_tables_on_the_stick_are_listed_and_enter_takes_one(window, stick):
    messy_workbook(stick / "活动.xlsx")
    (stick / "~$活动.xlsx").write_bytes(b"lock of Excel")
    (stick / "照片.jpg").write_bytes(b"no table")
    window.go("import_table", type_id="activity")
    settle()
    assert "活动.xlsx" in screen(window)
    assert "~$" not in screen(window)
    Hands(window).press("Return")
    wait(window)
    assert state(window).step == MAPPING


def test_any_file_can_be_chosen(window, file, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(file), ""))
    window.go("import_table", type_id="activity")
    settle()
    assert "把 Excel 文件拖到这里" in screen(window)
    Hands(window).press("Ctrl+O")
    wait(window)
    assert state(window).step == MAPPING


def test_a_file_dropped_on_a_list_opens_the_page_with_that_register(window, file):
    window.go("records", type_id="activity")
    settle()
    drop_on(window.page._list, file)
    wait(window)
    assert (window.page_id, state(window).type_id, state(window).step) == (
        "import_table",
        "activity",
        MAPPING,
    )


def test_a_photo_dropped_on_a_list_is_left_to_others(window, tmp_path):
    window.go("records", type_id="activity")
    settle()
    assert not drop_on(window.page._list, tmp_path / "照片.jpg")
    assert window.page_id == "records"


def test_a_file_that_is_no_table_is_refused_in_a_sentence(window, tmp_path):
    photo = tmp_path / "活动.xlsx"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    read(window, photo)
    assert state(window).step == CHOOSING
    assert "图片" in window.message.text()


def test_an_empty_list_offers_it(window):
    window.go("records", type_id="performance", month="2019-06")
    settle()
    window.page.findChild(QWidget, "import_empty").click()
    settle()
    assert (window.page_id, state(window).type_id) == ("import_table", "performance")


def test_another_register_is_chosen_by_its_initials(window, file):
    read(window, file)
    hands = Hands(window)
    press(window, hands, "Ctrl+T", "W", "Y", "Y", "C", "Return")
    assert state(window).type_id == "performance"
    assert state(window).step == MAPPING
    assert "收进：文艺演出" in screen(window)


# Columns


def test_columns_are_guessed_and_rows_shown_as_they_will_become(window, file):
    read(window, file)
    assert [state(window).name_at(place) for place in range(10)] == TEN_COLUMNS
    shown = screen(window)
    for words in ("2019-10-03", "19:30", "2019-10-08", "200", "42"):
        assert words in shown.split("\n")
    assert "小计" in shown
    assert "注：人数以签到表为准" in shown
    assert "表头在第 3、4 行" in shown


def test_what_is_missing_is_named_until_a_column_gives_it(window, file):
    read(window, file)
    assert state(window).missing() == ("负责人",)
    assert "还没有对应的列" in screen(window)
    Hands(window).press("End", "F", "Z", "R", "Return")
    assert state(window).name_at(SIGNED) == "leader"
    assert "还没有对应的列" not in screen(window)


def test_a_column_can_be_left_out_and_an_item_moves_to_another_column(window, hands):
    press(window, hands, "Delete")
    assert state(window).name_at(SIGNED) == ""
    press(window, hands, "Return", "D", "D", "Return")
    assert state(window).name_at(SIGNED) == "place"
    assert state(window).name_at(5) == "", "no two columns become one item"


def test_escape_closes_the_chooser_and_changes_nothing(window, hands):
    before = dict(state(window).mapping)
    press(window, hands, "Home", "Return", "Esc")
    assert state(window).mapping == before
    assert state(window).step == MAPPING
    assert window.page._mapping.table.hasFocus()


def test_a_cell_that_cannot_be_taken_is_marked_and_f7_goes_there(window, hands):
    press(window, hands, "F7")
    index = window.page._mapping.table.currentIndex()
    cell = state(window).cell(index.row(), index.column())
    assert (cell.text, "数字" in cell.problem) == ("很多人", True)
    assert any("第 8 行，参与人次" in words for words in state(window).faults())
    assert screen(window).count("不能收") >= 1


def test_another_sheet_of_the_file_is_taken_with_the_arrows(window, tmp_path):
    read(window, two_sheets(tmp_path / "全年.xlsx"))
    assert state(window).table.sheet == "上半年"
    sheets = window.page.findChild(QComboBox, "sheet")
    assert sheets.isVisible()
    sheets.setFocus()
    press(window, Hands(window), "Down")
    assert state(window).table.sheet == "下半年"
    assert len(state(window).rows) == 1


def test_hundreds_of_refused_rows_are_cut_and_counted(window, tmp_path):
    read(window, two_sheets(tmp_path / "全年.xlsx"))
    press(window, Hands(window), "Ctrl+Return")
    view = window.page._outcome
    assert len(state(window).outcome.refused) == int(view.refused.figure.text())
    assert view.table.model().rowCount() == 500
    assert "处要看，这里列出前 500 处" in screen(window)


def test_a_press_on_a_box_asks_what_the_column_becomes(window, file):
    read(window, file)
    window.page._mapping.table.choice_wanted.emit(0, "")
    settle()
    panel = window.page._mapping._panel
    assert panel.isVisible()
    assert {"leader", "date", "remark"} <= set(panel.fitting)


# Trying and taking in


def test_trying_tells_the_figures_and_writes_nothing(window, hands):
    press(window, hands, "Ctrl+Return")
    assert state(window).step == TRIED
    view = window.page._outcome
    assert [figure.figure.text() for figure in (view.added, view.skipped, view.refused)] == ["3", "0", "1"]
    shown = screen(window)
    for words in ("很多人", "参与人次", "不能收", "还没有收进台账。"):
        assert words in shown
    assert held(window) == set()


def test_good_rows_are_taken_in_and_the_register_is_opened(window, hands):
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    assert state(window).step == DONE
    assert held(window) == set(NAMES)
    press(window, hands, "Return")
    assert window.page_id == "records"
    assert window.page._list.tab == "activity"


def test_it_is_undone_at_once(window, hands):
    press(window, hands, "Ctrl+Return", "Ctrl+Return", "Ctrl+Z")
    assert held(window) == set()
    assert "已撤回 3 条" in screen(window)
    press(window, hands, "Ctrl+Z")
    assert "已撤回 3 条" in screen(window), "a second press means nothing"


def test_it_is_undone_later_from_the_list_of_earlier_imports(window, hands):
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    window.go("import_table", type_id="activity")
    settle()
    window.page._choose.earlier.setFocus()
    press(window, hands, "Delete")
    assert held(window) == set()
    assert "已撤回 3 条" in window.message.text()
    assert "已撤销" in screen(window)
    press(window, hands, "Delete")
    assert not window.page._choose.undo_button.isEnabled()


def test_what_was_changed_since_stays_and_is_named(window, hands):
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    records = window.workspace.records
    row = next(row for row in records.page(ListQuery(types=("activity",))).rows if row.title == "书法班")
    values = records.get(row.id).record.values
    records.save(type_id="activity", record_id=row.id, values={**values, "participants": 43})
    press(window, hands, "Ctrl+Z")
    assert held(window) == {"书法班"}
    shown = screen(window)
    assert "已撤回 2 条" in shown
    assert "书法班" in shown
    assert "保留" in shown


def test_the_same_file_twice_adds_nothing(window, hands, file):
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    read(window, file)
    assert state(window).name_at(SIGNED) == "leader", "the layout is remembered"
    assert "这种表以前收过" in screen(window)
    press(window, hands, "Ctrl+Return")
    outcome = state(window).outcome
    assert (outcome.added, outcome.skipped, len(outcome.refused)) == (0, 3, 1)
    press(window, hands, "Ctrl+Return")
    assert state(window).step == TRIED, "there is nothing to take in"


def test_refused_rows_are_saved_corrected_and_taken_in(window, hands, tmp_path, monkeypatch):
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    asked: list[str] = []

    def ask(_parent: object, _title: str, suggested: str, _kind: str) -> tuple[str, str]:
        asked.append(Path(suggested).name)
        return str(tmp_path / "再收"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    press(window, hands, "Ctrl+E")
    assert asked == ["活动-不能收的行.xlsx"]
    assert "已存好：再收.xlsx" in window.message.text()
    book = load_workbook(tmp_path / "再收.xlsx")
    (cell,) = (cell for row in book.active.iter_rows() for cell in row if cell.value == "很多人")
    cell.value = 150
    book.save(tmp_path / "再收.xlsx")
    read(window, tmp_path / "再收.xlsx")
    assert state(window).name_at(SIGNED) == "leader"
    press(window, hands, "Ctrl+Return", "Ctrl+Return")
    assert held(window) == {*NAMES, REFUSED}


def test_stopping_leaves_everything_as_it_was(window, hands, monkeypatch):
    def stopped(*_asked: object, **_options: object) -> None:
        raise Cancelled

    press(window, hands, "Ctrl+Return")
    monkeypatch.setattr(type(window.workspace.imports), "run", stopped)
    press(window, hands, "Ctrl+Return")
    assert state(window).step == TRIED
    assert "已经停下，什么都没有改动。" in window.message.text()
    assert held(window) == set()


def test_the_town_takes_films_in(qapp, tmp_path):
    file = tmp_path / "新片.csv"
    file.write_text("片名,片长\n古镇灯火,95\n海洲渔歌,88\n", "gb18030")
    with window_on(world(tmp_path / "world") / "town") as window:
        window.go("import_table", file=file)
        settle()
        wait(window)
        assert state(window).type_id == "film"
        hands = Hands(window)
        press(window, hands, "Ctrl+Return")
        outcome = state(window).outcome
        assert (outcome.added + outcome.skipped, outcome.refused) == (2, ())


# Going back and being made anew


def test_escape_goes_back_step_by_step_and_keeps_what_was_chosen(window, hands):
    press(window, hands, "Ctrl+Return", "Esc")
    assert state(window).step == MAPPING
    assert state(window).name_at(SIGNED) == "leader"
    press(window, hands, "Esc")
    assert state(window).step == CHOOSING
    press(window, hands, "Esc")
    assert window.page_id == "home"


def test_a_change_of_size_or_language_keeps_the_step(window, hands):
    press(window, hands, "Ctrl+Return")
    window.change_preferences(text_percent=125)
    settle()
    assert (window.page_id, state(window).step) == ("import_table", TRIED)
    assert state(window).name_at(SIGNED) == "leader"
    press(window, hands, "Ctrl+Return")
    assert held(window) == set(NAMES)


def drop_on(target: QWidget, file: Path) -> bool:
    """Drop a file there; whether it was taken."""
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(QPoint(5, 5), copy, dropped, button, no_key)
    entered.ignore()
    QApplication.sendEvent(target, entered)
    if not entered.isAccepted():
        return False
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, dropped, button, no_key))
    settle()
    return True
