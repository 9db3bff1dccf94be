"""What stands above and below the fields of a form: its name, what was brought over, what is open, and saving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from gzdesk.desktop.form_fields import Message
from gzdesk.desktop.form_state import FormState
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext


class FormHead:
    """The head of a form's card."""

    def __init__(self, card: Card, *, drop_carried: Callable[[], object]) -> None:
        assert card.title is not None
        assert card.subtitle is not None
        assert card.head is not None
        self._title = card.title
        card.subtitle.hide()
        hint = label(size="small", ink="ink2")
        hint.setTextFormat(Qt.TextFormat.RichText)
        star = f'<span style="color:{card.theme.palette.weekend}">*</span>'
        hint.setText(_("{star} must be filled in").format(star=star))
        self._chip = Chip("", "info")
        self._drop = Button(
            card.theme,
            _("Start empty"),
            kind="link",
            small=True,
            name="drop_carried",
            on_click=drop_carried,
        )
        card.head.addWidget(hint)
        card.head.addStretch(1)
        card.head.addWidget(self._chip)
        card.head.addWidget(self._drop)

    def show_state(self, state: FormState) -> None:
        """Show what is written, and how much of it was brought over."""
        self._title.setText(_title(state).format(name=state.record_type.label))
        count = len(state.carried)
        self._chip.setVisible(count > 0)
        self._drop.setVisible(count > 0)
        if count:
            self._chip.setText(_carried_words(state, count))


def _title(state: FormState) -> str:
    if state.record_id is not None:
        return _("Change: {name}")
    lasting = state.record_type.group in ("register", "catalogue")
    return _("Add to: {name}") if lasting else _("Log: {name}")


def _carried_words(state: FormState, count: int) -> str:
    day = str(state.last.record.values.get(state.record_type.month_of or "", "")) if state.last else ""
    if len(day) != 10:
        words = ngettext("{count} item from last time", "{count} items from last time", count)
        return words.format(count=count)
    if day[:4] != f"{state.today.year}":  # without its year it would read as a day to come
        words = ngettext(
            "{count} item from last time ({date})", "{count} items from last time ({date})", count
        )
        return words.format(count=count, date=day)
    words = ngettext(
        "{count} item from last time ({month}-{day})",
        "{count} items from last time ({month}-{day})",
        count,
    )
    return words.format(count=count, month=int(day[5:7]), day=int(day[8:]))


class FormFoot:
    """The strip of buttons, with the count of open items; what concerns the whole record stands above it."""

    def __init__(
        self, card: Card, *, save: Callable[[bool], object], save_draft: Callable[[], object]
    ) -> None:
        self._theme = card.theme
        self._whole = Message(card.theme)
        self._strip = QFrame()
        above = QHBoxLayout(self._strip)
        above.setContentsMargins(*[card.theme.px(margin) for margin in (16, 4, 16, 6)])
        above.addWidget(self._whole)
        card.outer.addWidget(self._strip)
        self._icon = QLabel()
        self._count = label(size="table")
        self.draft = Button(card.theme, _("Save draft"), name="save_draft", on_click=save_draft)
        keep = Button(card.theme, _("Save"), key="Ctrl+S", name="save", on_click=lambda: save(False))
        self.next = Button(
            card.theme,
            _("Save and log the next"),
            key="Ctrl+Enter",
            kind="primary",
            name="save_and_next",
            on_click=lambda: save(True),
        )
        foot = card.add_foot()
        foot.addWidget(self._icon)
        foot.addWidget(self._count, 1)
        for button in (self.draft, keep, self.next):
            foot.addWidget(button)

    def show_state(self, state: FormState) -> None:
        """Show how many items are open, and what is to be said of the record as a whole."""
        errors = state.errors()
        alarming = state.tried or any(state.problem(name) for name in errors if name)
        self._icon.setVisible(bool(errors) and alarming)
        self._icon.setPixmap(self._theme.pixmap("warning", "weekend", 18))
        words = ngettext("{count} item to fill in", "{count} items to fill in", len(errors))
        self._count.setText(words.format(count=len(errors)) if errors else "")
        set_look(self._count, ink="error" if alarming else "ink3")
        whole = state.whole_problem()
        self._strip.setVisible(whole is not None)
        if whole is not None:
            self._whole.tell(whole.message, "error" if whole.blocks else "warn")
