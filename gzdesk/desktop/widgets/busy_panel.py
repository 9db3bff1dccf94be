"""What covers the window while a job runs: nothing for a second, then its stages and a button to stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.steps import StepList
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

_SHOW_AFTER_MS = 1000
_COUNT_AFTER_S = 10
_SWALLOWED = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.Shortcut,
}


class BusyPanel(QWidget):
    """A sheet over its parent that takes all keys and presses while a job runs."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._covered = theme, parent
        self._began = 0.0
        self._on_cancel: Callable[[], object] = lambda: None
        self._card = Card(theme)
        self._card.setFixedWidth(theme.px(460))
        self._title = label(size="section", bold=True, wrap=True)
        self._steps = StepList(theme)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count: QLabel = label(size="small", ink="ink2")
        self._cancel = Button(theme, _("Cancel"), key="Esc", on_click=self._ask_to_stop, name="cancel_job")
        for part in (self._title, self._steps, self._bar, self._count):
            self._card.body.addWidget(part)
        self._card.body.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._card.show)
        self.hide()

    def begin(self, title: str, stages: Sequence[str], on_cancel: Callable[[], object] | None) -> None:
        """Cover the parent; without `on_cancel` the job cannot be stopped."""
        self._on_cancel = on_cancel or (lambda: None)
        self._cancel.setVisible(on_cancel is not None)
        self._cancel.setEnabled(True)
        self._title.setText(title)
        self._steps.set_stages(stages)
        self._bar.hide()
        self._count.hide()
        self._card.hide()
        self._began = monotonic()
        self._timer.start(_SHOW_AFTER_MS)
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def end(self) -> None:
        """Uncover the parent."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.hide()

    def on_stage(self, name: str) -> None:
        """A named part of the work began."""
        self._steps.begin(name)
        self._bar.hide()
        self._count.hide()

    def on_step(self, done: int, total: int) -> None:
        """So many items of this part are finished; shown once the work takes long."""
        long = monotonic() - self._began > _COUNT_AFTER_S
        self._bar.setVisible(long and total > 0)
        self._count.setVisible(long)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} / {total}" if total else str(done))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow every key but Esc: a second Ctrl+Enter must not start the work again."""
        if event.type() not in _SWALLOWED:
            return False
        # Esc is a shortcut of the window: it shows itself as an override and never as a press.
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._ask_to_stop()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is below once the panel shows itself."""
        if self._card.isVisible():
            shade = QColor(self._theme.palette.bg)
            shade.setAlpha(190)
            QPainter(self).fillRect(self.rect(), shade)

    def _ask_to_stop(self) -> None:
        if not self._cancel.isHidden() and self._cancel.isEnabled():
            self._cancel.setEnabled(False)
            self._on_cancel()
