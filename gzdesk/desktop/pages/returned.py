"""What the town gave back: one record after another is put right, or explained (picture g)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.evidence_look import EvidenceLook
from gzdesk.desktop.page import Page
from gzdesk.desktop.returned_form import ReturnedForm
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card, clear_layout
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.scrolling import scroll_area, scrolled_rows
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.evidence import noted_files
from gzdesk.services.home_words import day_words, month_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.returns import Entry, Returned, Settled

_SIDE_WIDTH_PX, _SIDE_WIDTH_LARGE_PX = 372, 252
_DOT_PX = 10


class ReturnedPage(Page):
    """One returned record at a time, with its evidence and everything that was said about it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._returns = window.workspace.returns
        self._open: tuple[Returned, ...] = ()
        self._record_id = ""
        self._shown = ""
        self._typed: Mapping[str, Any] | None = None
        self.head = self.add_head(_("Put right what was returned"))
        self._delete = self.button(_("Delete it…"), icon="trash", name="delete_it", on_click=self.delete)
        self.head.add(self._delete)
        self._views = QStackedWidget()
        self._views.addWidget(self._make_work())
        self._home = self.button(
            _("To the first page"), name="to_home", on_click=lambda: self.shell.go("home")
        )
        self._views.addWidget(EmptyState(self.theme, "check", _("Nothing is returned any more."), self._home))
        self.column.addWidget(self._views, 1)
        for keys, action in (
            ("Ctrl+Return", self.finish),
            ("Ctrl+Enter", self.finish),
            ("F7", self.next_one),
            ("Ctrl+O", self.look.enlarge),
        ):
            self.on_key(keys, action)

    def activate(self, **arguments: object) -> None:
        """`record_id` is the record to begin with; `typed` brings back what was being typed."""
        record_id = arguments.get("record_id")
        if isinstance(record_id, str):
            self._record_id = record_id
        typed = arguments.get("typed")
        self._typed = typed if isinstance(typed, dict) else None
        self._shown = ""

    def put_away(self) -> dict[str, object]:
        """Keep what is being typed."""
        if not self._shown or not self.form.changed:
            return {"record_id": self._record_id}
        return {"record_id": self._record_id, "typed": self.form.snapshot()}

    def refresh(self) -> None:
        """Read what waits; a record that is being put right stays as it is being typed."""
        self._open = self._returns.open()
        ids = [item.record.id for item in self._open]
        if self._record_id not in ids:
            self._record_id = ids[0] if ids else ""
        self._views.setCurrentIndex(0 if ids else 1)
        self._delete.setVisible(bool(ids))
        self.head.subtitle.setText(self._place(ids))
        if not ids:
            self._shown = ""
            return
        item = self._item()
        if self._shown != item.record.revision:
            self._show(item)

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if not self._open:
            return (("Esc", _("back")),)
        return (
            ("Ctrl+Enter", _("it is put right")),
            ("F7", _("next returned one")),
            ("Ctrl+O", _("enlarge the evidence")),
            ("Esc", _("later")),
        )

    def remark(self) -> str:
        """What people worry about most."""
        return _("The old figure is kept and never wiped out.")

    def focus_first(self) -> None:
        """Where something has to be put right."""
        if self._open:
            self.form.focus_first()
        else:
            self._home.setFocus()

    def escape(self) -> bool:
        """Close a list that is open; else go back."""
        return self.form.close_lists() if self._open else False

    def can_leave(self) -> bool:
        """Ask when something was typed."""
        if not self._open or not self._shown or not self.form.changed:
            return True
        dialog = AskDialog(
            self,
            self.theme,
            question=_("Leave without finishing?"),
            sentence=_("What was typed here is not kept."),
            answers=(
                Answer(id="leave", words=_("Leave"), kind="danger"),
                Answer(id="stay", words=_("Go on typing"), kind="primary"),
            ),
        )
        if dialog.ask() != "leave":
            return False
        self._shown = ""
        return True

    # What people do

    def finish(self) -> None:
        """Save what was put right, with its reason, and go to the next one."""
        if not self._open:
            return
        item = self._item()
        if not self.form.reason.text().strip():
            self.form.reason.set_state("error")
            self.form.reason.setFocus(Qt.FocusReason.TabFocusReason)
            self.shell.tell(_("Write first why it was changed."), "warn")
            return
        self._do(
            lambda: self._returns.amend(
                item.record.id, self.form.values(), reason=self.form.reason.text().strip()
            )
        )

    def explain(self) -> None:
        """Say that nothing is wrong, and why."""
        words = self._ask(
            question=_("Is nothing wrong?"),
            sentence=_("The record stays as it is. The station reads the explanation and decides."),
            reason=_("Explanation"),
            button=_("Send the explanation"),
        )
        if words:
            self._do(lambda: self._returns.explain(self._item().record.id, text=words))

    def delete(self) -> None:
        """Delete the record, with a reason."""
        words = self._ask(
            question=_("Delete this record?"),
            sentence=_("It goes out of the sheet; the station sees the reason."),
            reason=_("Reason"),
            button=_("Delete it"),
            kind="danger",
        )
        if words:
            self._do(lambda: self._returns.delete(self._item().record.id, reason=words))

    def next_one(self) -> None:
        """Go to the next returned record."""
        ids = [item.record.id for item in self._open]
        if len(ids) > 1 and self.can_leave():
            self._record_id = ids[(ids.index(self._record_id) + 1) % len(ids)]
            self._shown = ""
            self.refresh()
            self.focus_first()

    # Inside

    def _item(self) -> Returned:
        return next(item for item in self._open if item.record.id == self._record_id)

    def _ask(self, *, question: str, sentence: str, reason: str, button: str, kind: str = "primary") -> str:
        if not self._open:
            return ""
        dialog = AskDialog(
            self,
            self.theme,
            question=question,
            sentence=sentence,
            reason_label=reason,
            answers=(
                Answer(id="back", words=_("Back")),
                Answer(id="done", words=button, kind=kind, needs_words=True),
            ),
        )
        return dialog.written() if dialog.ask() == "done" else ""

    def _do(self, job: Callable[[], Settled]) -> None:
        shown = self._shown
        # The page is refreshed by the commit itself: the form must not take the new version for one to be typed over.
        self._shown = ""
        try:
            done = job()
        except UserError as error:
            self._shown = shown
            self.shell.tell_error(error)
            return
        self.refresh()
        self.focus_first()
        self.shell.update_hints()
        self.shell.tell(_told(done))

    def _place(self, ids: list[str]) -> str:
        if not ids:
            return ""
        words = _("no. {number} of {count}; the station says nothing about what is grey")
        return words.format(number=ids.index(self._record_id) + 1, count=len(ids))

    def _show(self, item: Returned) -> None:
        record_type = self._workspace.types.get(item.record.type)
        if record_type is None:
            return
        view = self._workspace.records.get(item.record.id)
        self.form.show_record(item, view, record_type)
        if self._typed is not None:
            self.form.restore(self._typed)
            self._typed = None
        self._shown = item.record.revision
        count = len(item.items)
        words = ngettext(
            "The culture station returned this record: {count} thing to put right",
            "The culture station returned this record: {count} things to put right",
            count,
        )
        self._headline.setText(words.format(count=count))
        self._told.setText(self._asked_words(item))
        self.look.show_files(noted_files(item.record.values), proves=item.words)
        self._show_said(self._returns.correspondence(item.record.id))

    def _asked_words(self, item: Returned) -> str:
        day = day_words(date.fromisoformat(item.on)) if item.on else ""
        words = _("{who} returned it on {day}").format(who=item.by, day=day)
        if item.month is None:
            after = _("hand it in with the next file")
        elif item.month_closed:
            after = _("the sheet of {month} is corrected by it").format(month=month_words(item.month))
        else:
            after = _("hand it in with the sheet of {month}").format(month=month_words(item.month))
        return f"{words}・{item.words}\n{after}"

    def _show_said(self, entries: tuple[Entry, ...]) -> None:
        clear_layout(self._said)
        for entry in entries:
            self._said.addWidget(self._said_row(entry))
        self._said.addStretch(1)

    def _said_row(self, entry: Entry) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(*[self.px(margin) for margin in (14, 4, 10, 4)])
        line.setSpacing(self.px(10))
        dot = QLabel()
        tone = entry.tone if entry.tone != "neutral" else "outline"
        dot.setPixmap(self._dot(tone))
        line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        when = entry.when[:16].replace("T", " ")
        words.addWidget(label(f"{when}・{entry.who}", size="small", ink="ink2", wrap=True))
        words.addWidget(label(entry.words, size="table", bold=entry.tone == "error", wrap=True))
        line.addLayout(words, 1)
        return row

    def _dot(self, tone: str) -> Any:
        from PySide6.QtGui import QColor, QPainter, QPixmap

        side = self.px(_DOT_PX)
        picture = QPixmap(side, side + self.px(6))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.palette.on_card(tone)))
        painter.drawEllipse(0, self.px(5), side, side)
        painter.end()
        return picture

    # Building

    def _make_work(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(16))
        row.addWidget(self._make_form(), 1)
        side = QWidget()
        side.setFixedWidth(self.px(_SIDE_WIDTH_LARGE_PX if self.theme.large else _SIDE_WIDTH_PX))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.px(12))
        self.look = EvidenceLook(self.shell)
        column.addWidget(self.look, 5)
        said = Card(self.theme, _("What passed so far"), margin=0)
        area, self._said = scrolled_rows()
        said.body.addWidget(area)
        column.addWidget(said, 5)
        row.addWidget(side)
        return holder

    def _make_form(self) -> Card:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        card.body.addWidget(self._make_banner())
        self.form = ReturnedForm(self.shell)
        self.form.done_wanted.connect(self.finish)
        card.body.addWidget(scroll_area(self.form), 1)
        foot = card.add_foot()
        foot.addWidget(
            self.button(_("I think nothing is wrong…"), kind="link", name="no_mistake", on_click=self.explain)
        )
        foot.addStretch(1)
        foot.addWidget(self.button(_("Later"), key="Esc", name="later", on_click=self.shell.back))
        foot.addWidget(
            self.button(
                _("Put right"),
                key="Ctrl+Enter",
                icon="check",
                kind="primary",
                name="finish",
                on_click=self.finish,
            )
        )
        return card

    def _make_banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("role", "returned")
        row = QHBoxLayout(banner)
        row.setContentsMargins(*[self.px(margin) for margin in (18, 8, 18, 8)])
        row.setSpacing(self.px(14))
        picture = QLabel()
        picture.setPixmap(self.theme.pixmap("return", self.theme.palette.error.ink, 24))
        row.addWidget(picture)
        column = QVBoxLayout()
        column.setSpacing(self.px(2))
        self._headline = label("", size="section", bold=True, wrap=True)
        self._told = label("", size="table", wrap=True)
        column.addWidget(self._headline)
        column.addWidget(self._told)
        row.addLayout(column, 1)
        return banner


def _told(done: Settled) -> str:
    parts = []
    if done.sheet is not None:
        words = _("The sheet of {month} is now correction no. {number}: print and stamp it again.")
        parts.append(words.format(month=month_words(done.sheet.month), number=done.sheet.correction))
    elif done.month_open is not None:
        words = _("{month} is open until everything is settled; then close it again.")
        parts.append(words.format(month=month_words(done.month_open)))
    parts.append(_("The answer goes to the town station with the next file."))
    return "".join(parts)
