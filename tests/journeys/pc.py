"""The PCs of the stories: each is a data folder that is switched on, worked at with keys, and switched off."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gzdesk import i18n
from gzdesk.bootstrap import Workspace
from gzdesk.desktop.app import Desktop
from gzdesk.desktop.form import RecordForm
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.field_completion import CompletionList
from gzdesk.settings import Preferences
from tests.desktop.forms_world import Hands, settle
from tests.journeys.screen import words_on

TODAY = date(2019, 11, 6)
_LONGEST_JOB_MS = 30_000
_PATIENCE_MS = 1_000


class _Desktop(Desktop):
    """The program as it is started, but a bug reaches the test instead of the dialog for bugs."""

    def _guard_against_crashes(self) -> None:
        pass


class Pc:
    """A PC with its data folder. `with pc.on() as clerk:` starts the program and sits somebody down."""

    def __init__(self, folder: Path, *, today: date = TODAY, language: str = "zh_CN") -> None:
        self.folder, self.today, self.language = folder, today, language

    @contextmanager
    def on(self, **look: object) -> Iterator[Clerk]:
        i18n.set_language(self.language)
        desktop = _Desktop(
            folder=self.folder, today=self.today, preferences=Preferences(language=self.language, **look)
        )
        # Not `start`: the screen of the offscreen platform is small, and it would fill that.
        desktop.frame.show()
        clerk = Clerk(desktop)
        try:
            clerk.until(lambda: hasattr(desktop, "window"))
            clerk.rest()
            yield clerk
        finally:
            clerk.get_up()


class Clerk(Hands):
    """Somebody at a PC: presses keys where the cursor is, and waits as people do while the program works."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.frame)  # type: ignore[arg-type]  # the window that can be made active
        self._desktop = desktop
        self.clicks = 0
        self._dialogs_expected = 0
        self._surprise = ""
        self._watch = QTimer(interval=_PATIENCE_MS)
        self._watch.timeout.connect(self._give_up_surprises)
        self._watch.start()

    # What there is

    @property
    def program(self) -> MainWindow:
        return self._desktop.window

    @property
    def page(self) -> Page:
        page = self.program.page
        assert page is not None
        return page

    @property
    def at(self) -> str:
        """The id of the page that is shown."""
        return self.program.page_id

    @property
    def ledger(self) -> Workspace:
        return self.program.workspace

    @property
    def form(self) -> RecordForm:
        form = self.page.form  # type: ignore[attr-defined]  # only asked on pages with forms
        assert isinstance(form, RecordForm)
        return form

    def sees(self, words: str) -> bool:
        """Whether these words stand anywhere in the window."""
        return any(words in shown for shown in self.screen())

    def expect(self, *sentences: str) -> None:
        """These words must stand in the window."""
        missing = [words for words in sentences if not self.sees(words)]
        assert not missing, f"not on the screen: {missing}, but: {self.screen()}"

    def screen(self) -> list[str]:
        """Everything that can be read in the window."""
        return words_on(self._desktop.frame)

    def text_in(self, field: str) -> str:
        """What stands in a field of the form."""
        editor = self.form.findChild(QWidget, f"field_{field}")
        return str(editor.text())  # type: ignore[union-attr]  # every field that is typed has a text

    def message_at(self, field: str) -> str:
        """The sentence beside a field of the form."""
        return self.form._boxes[field].message.text()

    def where(self) -> QWidget:
        """What takes the keys: in a dialog, the dialog does."""
        dialog = QApplication.activeModalWidget()
        return super().where() if dialog is None else dialog.focusWidget() or dialog

    # What people do

    def press(self, *chords: str) -> None:
        for chord in chords:
            super().press(chord)
            self.rest()

    def press_and_do_not_wait(self, chord: str) -> None:
        """Press a key and see what happens while the program is still working."""
        super().press(chord)

    def fill_in(self, **written: str) -> None:
        """Go down a form with Enter and write where there is something to write; a box takes a space."""
        left = dict(written)
        while left:
            name = self.field()
            assert name, f"the form ended before {sorted(left)}"
            self.type(left.pop(name, ""), "Return")

    def new(self, type_id: str) -> None:
        """Go to the tab of a record type and open an empty form."""
        listed = self.page._list  # type: ignore[attr-defined]  # a page with a list
        for _tab in range(12):
            if listed.tab == type_id:
                break
            self.press("Ctrl+PgDown")
        assert listed.tab == type_id
        self.press("F2")

    def answer(self, do: Callable[[QDialog], object]) -> None:
        """What to do in the dialog that the next key opens; the dialog must open."""
        self._dialogs_expected += 1

        def look(tries: int = 2000) -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                try:
                    do(dialog)
                finally:
                    self._dialogs_expected -= 1
            elif tries:
                QTimer.singleShot(5, lambda: look(tries - 1))

        QTimer.singleShot(0, look)

    def let_dialogs_be(self) -> None:
        """Somebody else answers what is asked from now on."""
        self._watch.stop()

    def click(self, name: str) -> None:
        """Press what has that name with the mouse."""
        shown = [found for found in self._desktop.frame.findChildren(QWidget, name) if found.isVisible()]
        assert len(shown) == 1, f"{name}: {len(shown)} on the screen"
        self.click_on(shown[0])

    def click_on(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Press there with the mouse, in the middle when no place is named."""
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place if place is not None else widget.rect().center(),
        )
        self.clicks += 1
        self.rest()

    def choose(self, row: int) -> None:
        """Take a line of the list that is open under a field."""
        (opened,) = [found for found in self._desktop.frame.findChildren(CompletionList) if found.isVisible()]
        self.click_on(opened, opened._row(row).center())

    def click_in(self, dialog: QDialog, name: str) -> None:
        """Press the button of that name in a dialog."""
        button = dialog.findChild(QWidget, name)
        assert button is not None, name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    # Waiting

    def rest(self) -> None:
        """Wait until the program has done what was asked."""
        settle()
        self.until(lambda: not self._working())
        settle()
        assert not self._surprise, f"a dialog that nobody expected: {self._surprise}"

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something; a program that never comes to it is stuck."""
        waited = 0
        while not is_so():
            assert waited < _LONGEST_JOB_MS, "the program is stuck"
            QTest.qWait(5)
            waited += 5

    def wait(self, time_ms: int) -> None:
        """Do nothing for a while."""
        QTest.qWait(time_ms)

    def get_up(self) -> None:
        """Close the window; what is being typed is not asked about. Also after a test that went wrong."""
        self._watch.stop()
        if hasattr(self._desktop, "window"):
            window = self.program
            self.until(lambda: not window.runner.busy)
            if window.is_open:
                window.workspace.close()
            window.leave()
        self._desktop.close()
        self._desktop.frame.hide()
        self._desktop.frame.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        settle()
        # Objects of Qt must not be left to a collection that happens to run in the next window's worker.
        gc.collect()
        assert not self._dialogs_expected, "a dialog was expected and did not open"

    def _give_up_surprises(self) -> None:
        """A dialog that no story expects would keep the test waiting for ever."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not self._dialogs_expected:
            self._surprise = " / ".join(words_on(dialog))
            dialog.reject()

    def _working(self) -> bool:
        return hasattr(self._desktop, "window") and self._desktop.window.runner.busy
