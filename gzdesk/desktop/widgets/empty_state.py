"""What stands where there is nothing yet: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import label


class EmptyState(QWidget):
    """An icon, a sentence that says what to do, and the button that does it; below it perhaps another way."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        button: Button | None = None,
        *,
        other: Button | None = None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        picture = QLabel()
        picture.setPixmap(theme.pixmap(icon, "ink3", 36))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence = label(sentence, ink="ink2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        column.addWidget(picture)
        column.addWidget(self.sentence)
        for each in (button, other):
            if each is not None:
                column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
