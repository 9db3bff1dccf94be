"""A question with verbs for answers; Escape is the safe one. Only for closing, voiding and unsaved changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One button. `needs_words`: it can be pressed only once a reason is written."""

    id: str
    words: str
    kind: str = "normal"
    needs_words: bool = False


class AskDialog(QDialog):
    """A question in the title, one sentence, perhaps a line for the reason, and the answers."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        *,
        question: str,
        sentence: str = "",
        answers: Sequence[Answer],
        reason_label: str = "",
        expected: str = "",
    ) -> None:
        """With `expected`, an answer that needs words can be pressed only once just these are written."""
        super().__init__(parent)
        self._expected = expected
        self.answer = ""
        self._buttons: dict[str, Button] = {}
        self._needing: list[Button] = []
        self.setWindowTitle(question)
        self.setMinimumWidth(theme.px(460))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(14))
        column.addWidget(label(question, size="section", bold=True, wrap=True))
        if sentence:
            column.addWidget(label(sentence, ink="ink2", wrap=True))
        self.reason = LineField(theme)
        self.reason.setObjectName("reason")
        if reason_label:
            column.addWidget(label(reason_label, size="table", ink="ink2"))
        column.addWidget(self.reason)
        if not reason_label:
            self.reason.hide()
        row = self._answers_row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addStretch(1)
        for answer in answers:
            row.addWidget(self._make_button(theme, answer))
        column.addLayout(row)
        self.reason.textChanged.connect(self._follow_reason)
        self.reason.advance.connect(self._after_reason)
        self._follow_reason()

    def ask(self) -> str:
        """Show it and wait; the id of the answer, empty for Escape."""
        self._first().setFocus(Qt.FocusReason.TabFocusReason)
        self.exec()
        self.deleteLater()
        return self.answer

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the wrapped sentences need: Qt gives a dialog two lines for them, however long they are."""
        width = max(self.width(), self.minimumWidth())
        self.setMinimumHeight(self._column.totalHeightForWidth(width))
        super().showEvent(event)

    def _first(self) -> QWidget:
        """Where the cursor waits: never on an answer that destroys something."""
        if not self.reason.isHidden():
            return self.reason
        safe = [button for button in self._buttons.values() if button.property("kind") != "danger"]
        return next((button for button in safe if button.property("kind") == "primary"), safe[0])

    def put_below(self, words: str, widget: QWidget) -> None:
        """Put a line of words and a widget between the sentence and the answers."""
        place = self._column.indexOf(self._answers_row)
        self._column.insertWidget(place, label(words, size="table", ink="ink2"))
        self._column.insertWidget(place + 1, widget)

    def written(self) -> str:
        """The reason."""
        return self.reason.text().strip()

    def _make_button(self, theme: Theme, answer: Answer) -> Button:
        button = Button(
            theme,
            answer.words,
            kind=answer.kind,
            name=f"answer_{answer.id}",
            on_click=lambda: self._take(answer.id),
        )
        self._buttons[answer.id] = button
        if answer.needs_words:
            self._needing.append(button)
        return button

    def _take(self, answer: str) -> None:
        self.answer = answer
        self.accept()

    def _follow_reason(self) -> None:
        for button in self._needing:
            button.setEnabled(self._is_written())

    def _is_written(self) -> bool:
        return self.written() == self._expected if self._expected else bool(self.written())

    def _after_reason(self) -> None:
        ready = [button for button in self._buttons.values() if button.isEnabled()]
        primary = [button for button in ready if button.property("kind") in ("primary", "danger")]
        if self._is_written() and primary:
            primary[-1].setFocus(Qt.FocusReason.TabFocusReason)
