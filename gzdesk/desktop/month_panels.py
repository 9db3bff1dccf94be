"""The two cards beside the sheet: what to look at before closing, and closing itself (picture e)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, Row, clear_layout
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.scrolling import scrolled_rows
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.month_checks import CheckItem
    from gzdesk.services.months import MonthState

_PEOPLE = 5
_DETAIL_LENGTH = 42  # characters; the whole sentence is in the tooltip
_ICONS = {"block": ("cross", "weekend"), "warn": ("warning", ""), "ok": ("check", "")}


class ChecksCard(Card):
    """The list of things looked at; each that wants something has a button that goes there."""

    wanted = Signal(object)
    """A `CheckItem` whose button was pressed."""

    def __init__(self, shell: MainWindow) -> None:
        super().__init__(shell.theme, _("Before closing"), margin=0)
        self._buttons: list[Button] = []
        area, self._rows = scrolled_rows()
        self.body.addWidget(area, 1)

    def show_items(self, items: Sequence[CheckItem]) -> None:
        """Show these; what stops the closing is counted in the head."""
        clear_layout(self._rows)
        self._buttons = []
        for item in items:
            self._rows.addWidget(self._row(item))
        self._rows.addStretch(1)
        count = sum(item.level == "block" for item in items)
        words = ngettext("{count} thing left to do", "{count} things left to do", count).format(count=count)
        assert self.subtitle is not None
        self.subtitle.setText(words if count else _("nothing stops it"))

    def go_to_next(self) -> bool:
        """Put the cursor on the next button; returns whether there is one."""
        if not self._buttons:
            return False
        focused = [place for place, button in enumerate(self._buttons) if button.hasFocus()]
        following = self._buttons[(focused[0] + 1) % len(self._buttons)] if focused else self._buttons[0]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _row(self, item: CheckItem) -> Row:
        row = Row(self.theme, margins=(16, 8, 14, 8))
        icon, ink = _ICONS[item.level]
        tone = {"warn": self.theme.palette.warn.ink, "ok": self.theme.palette.ok.ink}.get(item.level, ink)
        picture = QLabel()
        picture.setPixmap(self.theme.pixmap(icon, tone, 20))
        row.line.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(item.title, size="table", bold=item.level != "ok", wrap=True))
        if item.detail:
            short = item.detail if len(item.detail) <= _DETAIL_LENGTH else f"{item.detail[:_DETAIL_LENGTH]}…"
            detail = label(short, size="small", ink="ink2", wrap=True)
            detail.setToolTip("" if short == item.detail else item.detail)
            words.addWidget(detail)
        row.line.addLayout(words, 1)
        if item.action and item.level != "ok":
            row.line.addWidget(self._button(item), 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _button(self, item: CheckItem) -> Button:
        words = {"opening": _("Fill in"), "nil": _("Nil report")}.get(
            item.action, _("Correct") if item.level == "block" else _("Look")
        )
        button = Button(
            self.theme, words, small=True, name=f"check_{item.code}", on_click=lambda: self.wanted.emit(item)
        )
        self._buttons.append(button)
        return button


class AfterCard(Card):
    """What is left to do with a closed month: paper and stick go to the station together."""

    print_wanted = Signal()
    stick_wanted = Signal()
    explain_wanted = Signal()
    amend_wanted = Signal()

    def __init__(self, shell: MainWindow) -> None:
        super().__init__(shell.theme, _("What comes next"), margin=0)
        area, self._rows = scrolled_rows()
        self.body.addWidget(area, 1)
        self._explain = Button(
            self.theme, _("Explain"), small=True, name="explain_month", on_click=self.explain_wanted.emit
        )
        self._returned, self._remark = self._add(
            "!", _("Returned: reopen and correct it, or explain"), "", self._explain
        )
        self._amend = Button(
            self.theme, _("Put it right"), small=True, name="amend_records", on_click=self.amend_wanted.emit
        )
        self._records, self._count = self._add("!", _("The station returned records of it"), "", self._amend)
        self._returned.hide()
        self._records.hide()
        self._add(
            "1",
            _("Print the sheet and stamp it"),
            _("The seal goes into the free square at the lower right."),
            Button(self.theme, _("Print"), small=True, name="after_print", on_click=self.print_wanted.emit),
        )
        self._add(
            "2",
            _("Copy the month to the stick"),
            _("Paper and stick go to the station together."),
            Button(
                self.theme, _("To the stick"), small=True, name="after_stick", on_click=self.stick_wanted.emit
            ),
        )
        self._rows.addStretch(1)

    def show_returned(self, remark: str, *, records: int) -> None:
        """Show what the station says of a month that it returned, and how many of its records it returned."""
        self._returned.setVisible(bool(remark))
        self._remark.setText(remark)
        self._records.setVisible(records > 0)
        words = ngettext(
            "{count} waits; the sheet is corrected by it.",
            "{count} wait; the sheet is corrected by them.",
            records,
        )
        self._count.setText(words.format(count=records))

    def _add(self, number: str, words: str, detail: str, button: Button) -> tuple[Row, QLabel]:
        row = Row(self.theme, margins=(16, 8, 14, 8))
        row.line.addWidget(label(number, size="section", bold=True, ink="accent"))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(words, size="table", bold=True, wrap=True))
        below = label(detail, size="small", ink="ink2", wrap=True)
        column.addWidget(below)
        row.line.addLayout(column, 1)
        row.line.addWidget(button)
        self._rows.addWidget(row)
        return row, below


class CloseCard(Card):
    """Who fills in and checks, and the button that freezes the month. Pressed twice: first it asks."""

    close_wanted = Signal(bool)
    """Close the month; True as a nil report."""
    print_wanted = Signal()
    workbook_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, shell: MainWindow) -> None:
        super().__init__(shell.theme, margin=16)
        self._workspace = shell.workspace
        self._asking = False
        self._nil = False
        self._blocked = 0
        self._closed = False
        self._may_nil = False
        self.filled_by = CompletingField(self.theme, source=self._people, free=True)
        self.checked_by = CompletingField(self.theme, source=self._people, free=True)
        self._build()

    @property
    def asking(self) -> bool:
        """Whether the next press closes the month."""
        return self._asking

    def show_state(self, state: MonthState, *, blocked: int, may_nil: bool, writer: str) -> None:
        """Show how the month stands; `blocked` things stop the closing."""
        self._closed, self._blocked, self._may_nil = state.status == "closed", blocked, may_nil
        if self._closed:
            self.stop_asking()
            self.filled_by.show_text(state.filled_by)
            self.checked_by.show_text(state.checked_by)
        elif not self.filled_by.text():
            self.filled_by.show_text(writer)
        self.filled_by.setReadOnly(self._closed)
        self.checked_by.setReadOnly(self._closed)
        self._facts.setText(self._closed_words(state) if self._closed else "")
        self._show()

    def forget_names(self) -> None:
        """Another month: the names typed for the one before do not belong to it."""
        self.filled_by.show_text("")
        self.checked_by.show_text("")
        self.stop_asking()

    def ask(self, *, nil: bool = False) -> None:
        """First press: ask for the checker; the second press closes."""
        if self._closed or (self._blocked and not nil) or (nil and not self._may_nil):
            return
        if self._asking and self._nil == nil:
            self.close_wanted.emit(nil)
            return
        self._asking, self._nil = True, nil
        self._show()
        if self.checked_by.text().strip():
            self._close.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.checked_by.take_focus()
            self.checked_by.open_list()  # whoever works with the mouse alone can choose without typing

    def stop_asking(self) -> bool:
        """Give up closing; returns whether it was asked."""
        was = self._asking
        self._asking = self._nil = False
        self._show()
        return was

    def close_lists(self) -> bool:
        """Close an open list of names; returns whether there was one."""
        for editor in (self.filled_by, self.checked_by):
            if editor.is_open:
                editor.close_list()
                return True
        return False

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        names = QGridLayout()
        names.setHorizontalSpacing(self.theme.px(12))
        names.setVerticalSpacing(self.theme.px(8))
        for row, (words, editor, name) in enumerate(
            (
                (_("Filled in by"), self.filled_by, "filled_by"),
                (_("Checked by"), self.checked_by, "checked_by"),
            )
        ):
            editor.setObjectName(name)
            editor.setAccessibleName(words)
            names.addWidget(label(words, ink="ink2"), row, 0)
            names.addWidget(editor, row, 1)
        names.setColumnStretch(1, 1)
        self.body.addLayout(names)
        self.checked_by.setPlaceholderText(_("at closing"))
        self.filled_by.advance.connect(lambda back: None if back else self.checked_by.take_focus())
        self.checked_by.advance.connect(self._after_checker)
        self._close = Button(
            self.theme,
            _("Close the month"),
            key="Ctrl+L",
            icon="lock",
            name="close_month",
            on_click=self._press,
        )
        self._facts = label(size="small", ink="ink2", wrap=True)
        self._reason = label(size="small", ink="ink2", wrap=True)
        self.body.addWidget(self._close)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._reason)
        self.body.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        self._print = Button(
            self.theme, _("Print"), icon="printer", small=True, name="print", on_click=self.print_wanted.emit
        )
        workbook = Button(
            self.theme,
            "Excel",
            icon="export",
            small=True,
            name="workbook",
            on_click=self.workbook_wanted.emit,
        )
        self._nil_button = Button(
            self.theme, _("Nil report"), small=True, name="nil_report", on_click=lambda: self.ask(nil=True)
        )
        self._reopen = Button(
            self.theme,
            _("Reopen"),
            icon="unlock",
            kind="danger",
            small=True,
            name="reopen",
            on_click=self.reopen_wanted.emit,
        )
        for button in (self._print, workbook, self._nil_button, self._reopen):
            row.addWidget(button, 1)
        return row

    # -- inside --------------------------------------------------------------------------------

    def _press(self) -> None:
        self.ask(nil=self._nil)

    def _after_checker(self, back: bool) -> None:
        if back:
            self.filled_by.take_focus()
        else:
            self._close.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self) -> None:
        self._close.setVisible(not self._closed)
        self._facts.setVisible(self._closed)
        self._nil_button.setVisible(not self._closed)
        self._reopen.setVisible(self._closed)
        may_close = not self._blocked or (self._nil and self._may_nil)
        self._close.setEnabled(may_close)
        self._nil_button.setEnabled(self._may_nil)
        words = _("Close the month")
        if self._asking:
            words = _("Yes, close it as a nil report") if self._nil else _("Yes, close it")
        self._close.setText(f"{words} Ctrl+L" if not self._asking else words)
        set_look(self._close, kind="primary" if may_close else "normal")
        self._close.setIcon(self.theme.icon("lock", "on_primary" if may_close else "on_disabled", 18))
        self._print.setText(_("Print") if self._closed else _("Print draft"))
        set_look(self._print, kind="primary" if self._closed else "normal")
        self._print.setIcon(self.theme.icon("printer", "on_primary" if self._closed else "ink", 18))
        self._reason.setText(self._reason_words())
        self._reason.setVisible(not self._closed)

    def _reason_words(self) -> str:
        if self._asking and self._nil:
            return _("The sheet then states: no events this month. Esc gives up.")
        if self._asking:
            return _("Choose the checker, then Enter closes. Afterwards nothing changes. Esc gives up.")
        if self._blocked:
            return ngettext(
                "Do the {count} thing above, then it can be closed.",
                "Do the {count} things above, then it can be closed.",
                self._blocked,
            ).format(count=self._blocked)
        return _("After closing, the records of this month no longer change.")

    def _closed_words(self, state: MonthState) -> str:
        words = _("Closed on {day}, check code {code}.").format(day=state.signed_on, code=state.check_code)
        if state.correction:
            words += " " + _("Correction no. {count}.").format(count=state.correction)
        return words

    def _people(self, text: str) -> Sequence[Option]:
        """Who checked before, the staff, and who signs receipts."""
        from gzdesk.services.records import ListQuery

        records = self._workspace.records
        names = [
            item.text for item in records.complete(type_id="monthly_sheet", field="checked_by", text=text)
        ]
        staff = ListQuery(types=("staff",), unit=self._workspace.context.own_scope, text=text, sort="title")
        names += [row.title for row in records.page(staff).rows]
        names += [
            item.text for item in records.complete(type_id="film_screening", field="confirmed_by", text=text)
        ]
        return tuple(Option(value=name, text=name) for name in list(dict.fromkeys(names))[:_PEOPLE])
