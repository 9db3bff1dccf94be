"""The weekly opening times: one line per weekday, typed as people write them on the notice board."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.slots import HOLIDAY, read_slots, weekday_name
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

_BETWEEN_DAYS = "；"


class SlotsField(QWidget):
    """Eight lines, the last for public holidays; F4 writes what stands in the line before.

    Its text is that of all lines, `周二 14:30-17:30；周六 9:00-11:30`, readable or not.
    """

    advance = Signal(bool)
    left = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lines: list[LineField] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for weekday in range(1, HOLIDAY + 1):
            words = label(weekday_name(weekday), size="table", ink="ink2")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, weekday, 0)
            grid.addWidget(self._make_line(theme, weekday), weekday, 1)
        grid.setColumnStretch(1, 1)
        self.setFocusProxy(self.lines[0])

    def _make_line(self, theme: Theme, weekday: int) -> LineField:
        line = LineField(theme, self)
        line.setObjectName(f"slots_{weekday}")
        line.setAccessibleName(weekday_name(weekday))
        line.setPlaceholderText(_("closed"))
        line.installEventFilter(self)
        line.typed.connect(lambda _text: self.typed.emit(self.text()))
        line.left.connect(self.left)
        line.advance.connect(lambda back: self._move(weekday - 1, back))
        self.lines.append(line)
        return line

    def text(self) -> str:
        """All lines as one text, as the parser of weekly times reads it."""
        parts = [
            f"{weekday_name(weekday)} {line.text().strip()}"
            for weekday, line in enumerate(self.lines, 1)
            if line.text().strip()
        ]
        return _BETWEEN_DAYS.join(parts)

    def show_text(self, text: str) -> None:
        """Spread a text over the lines; what cannot be read goes back to the line it was typed in."""
        by_day = _times_by_day(text)
        for weekday, line in enumerate(self.lines, 1):
            line.show_text(by_day.get(weekday, ""))

    def set_state(self, state: str) -> None:
        """Dress all lines as `carried`, `warn`, `error` or plain (empty)."""
        for line in self.lines:
            line.set_state(state)

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard in the first line."""
        self.lines[0].take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F4 writes what stands in the line before; elsewhere in a form it carries over from last time."""
        if not (
            isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F4 and isinstance(watched, LineField)
        ):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        index = self.lines.index(watched)
        if event.type() == QEvent.Type.KeyPress and index > 0:
            watched.setText(self.lines[index - 1].text())
            self.typed.emit(self.text())
        return event.type() == QEvent.Type.KeyPress

    def _move(self, index: int, back: bool) -> None:
        following = index + (-1 if back else 1)
        if 0 <= following < len(self.lines):
            self.lines[following].take_focus()
        else:
            self.advance.emit(back)


def _times_by_day(text: str) -> dict[int, str]:
    try:
        slots = read_slots(text) if text.strip() else []
    except FieldProblem:
        return _as_typed(text)
    by_day: dict[int, list[str]] = {}
    for slot in slots:
        by_day.setdefault(int(str(slot["weekday"])), []).append(f"{slot['from']}-{slot['to']}")
    return {weekday: listed(times) for weekday, times in by_day.items()}


def _as_typed(text: str) -> dict[int, str]:
    names = {weekday_name(weekday): weekday for weekday in range(1, HOLIDAY + 1)}
    found: dict[int, str] = {}
    for part in text.split(_BETWEEN_DAYS):
        name, _space, times = part.partition(" ")
        found[names.get(name, 1)] = times if name in names else part
    return found
