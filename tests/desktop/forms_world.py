"""A village with a lived-in month behind the real window, and hands that count the keys they press."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gzdesk import bootstrap, i18n
from gzdesk.bootstrap import Workspace
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.theme import Theme
from gzdesk.settings import Preferences

TODAY = date(2019, 11, 6)
WEEK = {
    **dict.fromkeys((2, 3, 4, 5), ("14:30-17:30", "19:00-21:00")),
    **dict.fromkeys((6, 7, 8), ("09:00-11:30", "14:30-17:30", "19:00-21:00")),
}


def film_id(workspace: Workspace, title: str) -> str:
    return workspace.records.complete(type_id="film_screening", field="film_id", text=title)[0].value


def screening(workspace: Workspace, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "receipt_no": "GZ-2019-1011",
        "date": "2019-10-11",
        "start_time": "19:30",
        "place": "曹一村文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": film_id(workspace, "烈火英雄"),
        "team": "古镇镇电影放映队",
        "projectionist": "黄志明",
        "audience": 121,
        "completed": True,
        "confirmed_by": "苏国强",
        "stamped": True,
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def activity(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "name": "粤曲私伙局交流",
        "category": "heritage",
        "date": "2019-10-19",
        "start_time": "19:30",
        "sessions": 1,
        "place": "苏氏大宗祠",
        "organiser": "曹一村村委会",
        "participants": 64,
        "leader": "苏惠芳",
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def village_folder(target: Path) -> Path:
    """A copy of a village that has a venue, weekly hours, three screenings and an activity."""
    shutil.copytree(_template(), target)
    return target


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="gzdesk-village-"))
    workspace = bootstrap.init_village(folder, name="曹一村", writer_name="苏惠芳", today=TODAY)
    save = workspace.records.save
    venue = save(
        type_id="facility", values={"name": "综合性文化服务中心", "type": "village_culture_centre"}
    ).id
    slots = [
        {"weekday": weekday, "from": slot[:5], "to": slot[6:]}
        for weekday, times in WEEK.items()
        for slot in times
    ]
    save(
        type_id="open_schedule",
        values={
            "facility_id": venue,
            "valid_from": "2019-01-01",
            "weekday_slots": slots,
            "holiday_rule": "国庆假期每天按周六开放",
            "services": ["图书借阅"],
            "phone": "0760-22310000",
            "supervision_phone": "0760-22310001",
            "posted_on": "2019-01-02",
        },
    )
    for number, day in (("0816", "2019-08-16"), ("0912", "2019-09-12"), ("1011", "2019-10-11")):
        save(type_id="film_screening", values=screening(workspace, receipt_no=f"GZ-2019-{number}", date=day))
    save(type_id="activity", values=activity())
    workspace.close()
    return folder


@contextmanager
def village_window(
    folder: Path,
    *,
    today: date = TODAY,
    language: str = "zh_CN",
    large: bool = False,
    high_contrast: bool = False,
) -> Iterator[MainWindow]:
    """The real window on a copy of the village; closed without asking at the end."""
    i18n.set_language(language)
    look = Preferences(language=language, text_percent=125 if large else 100, high_contrast=high_contrast)
    theme = Theme(large=large, high_contrast=high_contrast)
    theme.apply()
    workspace = bootstrap.open_workspace(
        village_folder(folder) if not folder.exists() else folder, today=today
    )
    window = MainWindow(theme=theme, preferences=look)
    window.show()
    window.open(workspace)
    QTest.qWaitForWindowActive(window)
    try:
        yield window
    finally:
        window.leave()
        workspace.close()
        window.hide()
        window.deleteLater()
        QApplication.processEvents()


class Hands:
    """Presses keys where the focus is, and counts them; a chord is one key (ui.md 5)."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keys = 0

    def press(self, *chords: str) -> None:
        for chord in chords:
            combination = QKeySequence(chord)[0]
            QTest.keyClick(self.where(), combination.key(), combination.keyboardModifiers())
            self.keys += 1
            settle()

    def type(self, text: str, *after: str) -> None:
        """Type a text, then press keys."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.where(), letter)
            else:
                # What is not on the keyboard comes from the input method.
                composed = QInputMethodEvent()
                composed.setCommitString(letter)
                QApplication.sendEvent(self.where(), composed)
            self.keys += 1
            settle()
        self.press(*after)

    def where(self) -> QWidget:
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            # A window manager gives the front back to the window when a dialog closes; offscreen there is none,
            # and a dialog that was opened from a key of a button keeps it though it is closed.
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
            settle()
        return QApplication.focusWidget() or self.window

    def field(self) -> str:
        """The name of the field that has the focus."""
        widget: QWidget | None = self.where()
        while widget is not None and not widget.objectName().startswith("field_"):
            widget = widget.parentWidget()
        return widget.objectName().removeprefix("field_") if widget else ""


def settle() -> None:
    """Let everything that waits for the event loop happen."""
    for _round in range(3):
        QApplication.processEvents()


def in_dialog(action: Callable[[QDialog], object]) -> None:
    """Do something in the next dialog that opens."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            action(dialog)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def press_in(dialog: QDialog, name: str) -> None:
    """Press the button of that name."""
    button = dialog.findChild(QWidget, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
