"""When the program itself is wrong: save what is being typed, say so, offer a file for whoever helps.

The world's faults (a full disk, a broken stick) are UserErrors with a sentence and never come here.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from gzdesk import logs
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

_log = logging.getLogger(__name__)
_LOG_LINES = 400


class CrashGuard(QObject):
    """Takes every exception that nothing else caught, on any thread, and shows one dialog for it."""

    _caught = Signal(object)

    def __init__(self, *, theme: Theme, save_typing: Callable[[], object], folder: Path) -> None:
        super().__init__()
        self._theme, self._save_typing, self._folder = theme, save_typing, folder
        self._dialog: CrashDialog | None = None
        # Exceptions of other threads are shown by the window's thread.
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python, which would only print."""
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("desktop.bug", exc_info=(kind, error, trace))
        self._caught.emit(error)

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._from_main(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, error: BaseException) -> None:
        # While one is shown more may come, often the same one from every repaint: the log has them.
        if self._dialog is not None:
            return
        saved = self._try_to_save()
        self._dialog = CrashDialog(theme=self._theme, error=error, typing_saved=saved, folder=self._folder)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _try_to_save(self) -> bool:
        try:
            self._save_typing()
        except Exception:
            _log.exception("desktop.bug_while_saving")
            return False
        return True

    def _closed(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class CrashDialog(QDialog):
    """Says that the program met a fault of its own; Esc goes on working."""

    def __init__(self, *, theme: Theme, error: BaseException, typing_saved: bool, folder: Path) -> None:
        super().__init__()
        self._folder, self._error = folder, error
        self.setWindowTitle(_("The program met a fault of its own"))
        self.setMinimumWidth(theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(label(_("The program met a fault of its own"), size="section", bold=True))
        column.addWidget(label(_words(typing_saved), wrap=True))
        self._told = label("", size="table", ink="ok", wrap=True)
        self._told.hide()
        column.addWidget(self._told)
        self._details = QPlainTextEdit(logs.kinds_and_places(error))
        self._details.setReadOnly(True)
        self._details.setMinimumHeight(theme.px(160))
        self._details.hide()
        column.addWidget(self._details)
        column.addLayout(self._buttons(theme))

    def save_report(self, target: Path) -> None:
        """Write the diagnostics file."""
        target.write_text(diagnostics(self._error, self._folder), encoding="utf-8")
        self._told.setText(_("Saved {name}. It has no names and no figures in it.").format(name=target.name))
        self._told.show()

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(Button(theme, _("Details"), kind="link", on_click=self._toggle_details))
        row.addStretch(1)
        row.addWidget(Button(theme, _("Save a diagnostics file"), on_click=self._choose, name="save_report"))
        go_on = Button(theme, _("Go on working"), kind="primary", on_click=self.accept, name="go_on")
        go_on.setDefault(True)
        row.addWidget(go_on)
        return row

    def _toggle_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self.adjustSize()

    def _choose(self) -> None:
        suggested = str(Path.home() / f"gzdesk-{datetime.now():%Y%m%d-%H%M}.txt")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a diagnostics file"), suggested, "*.txt")
        if name:
            try:
                self.save_report(Path(name))
            except OSError:
                self._told.setText(_("The file can't be written there. Choose another folder."))
                self._told.show()


def _words(typing_saved: bool) -> str:
    if typing_saved:
        return _(
            "What you were typing has been kept. You can go on, or close the program and start it again."
        )
    return _("What was saved before is safe; the last thing typed may be missing. Start the program again.")


def diagnostics(error: BaseException, folder: Path) -> str:
    """What a helper needs and nothing about people: versions, the kind and place of the fault, the log."""
    parts = [
        f"gzdesk {version('gzdesk')}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "",
        logs.kinds_and_places(error),
        "",
        *_log_tail(folder / logs.LOG_NAME),
    ]
    return "\n".join(parts)


def _log_tail(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return []
