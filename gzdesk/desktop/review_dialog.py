"""Returning a record: the items are chosen with the arrows, a remark is typed for each, usual ones are offered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.review import Remark
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.domain.record_type import RecordType

_LONGEST_REMARK = 100


def usual_remarks() -> tuple[str, ...]:
    """What is said most."""
    return (
        _("Differs from the receipt, please check."),
        _("Photo or scan is missing or unclear."),
        _("Written down twice, please check."),
    )


class ReturnDialog(QDialog):
    """`remarks` is what was written when it was accepted. Esc gives up."""

    def __init__(
        self, parent: QWidget, theme: Theme, *, words: str, record_type: RecordType, texts: dict[str, str]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fields = [("", _("The record as a whole"), "")]
        self._fields[:0] = [
            (field.name, field.label, texts.get(field.name, ""))
            for field in record_type.form_fields()
            if field.name in texts or field.required or field.name == "evidence"
        ]
        self._written: dict[str, str] = {}
        self.setWindowTitle(_("Return a record"))
        self.resize(theme.px(640), theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(label(_("What has to be put right?"), size="section", bold=True))
        column.addWidget(label(words, size="table", ink="ink2", wrap=True))
        self.table = PlainTable(
            theme,
            (
                Column(id="item", title=_("Item"), width=140),
                Column(id="text", title=_("Written down"), width=180, stretches=True),
                Column(id="remark", title=_("Remark"), width=180, stretches=True),
            ),
        )
        self.table.setObjectName("items_to_return")
        self.table.opened.connect(lambda _row: self._write())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_remark())
        column.addWidget(self.table, 1)
        self.line = LineField(theme)
        self.line.setObjectName("remark")
        self.line.setMaxLength(_LONGEST_REMARK)
        self.line.setPlaceholderText(_("What is wrong with it; Enter takes it"))
        self.line.advance.connect(lambda _back: self._take())
        column.addWidget(self.line)
        column.addLayout(self._usual())
        column.addLayout(self._buttons())
        self._show()
        self.table.setFocus()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks in the order of the form."""
        return tuple(
            Remark(field=name, text=self._written[name])
            for name, _label, _text in self._fields
            if name in self._written
        )

    def choose(self, field: str) -> None:
        """Put the cursor on an item."""
        names = [name for name, _label, _text in self._fields]
        if field in names:
            self.table.selectRow(names.index(field))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is done; Esc in the line goes back to the items, and only from there out of the dialog."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finish()
            return
        if event.key() == Qt.Key.Key_Escape and self.line.hasFocus():
            self.table.setFocus()
            return
        super().keyPressEvent(event)

    def _usual(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(self._theme.px(2))
        for number, words in enumerate(usual_remarks(), 1):
            button = Button(
                self._theme,
                words,
                key=f"Alt+{number}",
                kind="link",
                small=True,
                name=f"usual_{number}",
                on_click=partial(self._take_usual, words),
            )
            QShortcut(QKeySequence(f"Alt+{number}"), self, partial(self._take_usual, words))
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            rows.addLayout(row)
        return rows

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        self._count = label("", size="table", ink="ink2")
        row.addWidget(self._count, 1)
        row.addWidget(Button(self._theme, _("Don't return it"), key="Esc", name="stay", on_click=self.reject))
        self._done = Button(
            self._theme,
            _("Return it"),
            key="Ctrl+Enter",
            icon="return",
            kind="primary",
            name="return_it",
            on_click=self._finish,
        )
        row.addWidget(self._done)
        return row

    def _name(self) -> str:
        return self._fields[max(0, self.table.current_row())][0]

    def _write(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.selectAll()

    def _show_remark(self) -> None:
        self.line.show_text(self._written.get(self._name(), ""))

    def _take_usual(self, words: str) -> None:
        self.line.show_text(words)
        self._take()

    def _take(self) -> None:
        text, name = self.line.text().strip(), self._name()
        if text:
            self._written[name] = text
        else:
            self._written.pop(name, None)
        self._show()
        self.table.setFocus()

    def _finish(self) -> None:
        if self.line.text().strip():
            self._take()
        if self._written:
            self.accept()
        else:
            self._write()

    def _show(self) -> None:
        self.table.show_rows(
            [
                (
                    Cell(text=words, ink="ink2"),
                    Cell(text=text or "—"),
                    Cell(text=self._written.get(name, ""), ink="error" if name in self._written else "ink"),
                )
                for name, words, text in self._fields
            ]
        )
        count = len(self._written)
        self._count.setText(_("{count} to put right").format(count=count) if count else "")
        self._done.setEnabled(True)
