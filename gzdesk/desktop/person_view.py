"""Erasing a person: look for the name, see where the person stands, choose, type the name, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gzdesk.desktop.page import Page
    from gzdesk.desktop.theme import Theme
    from gzdesk.progress import Progress
    from gzdesk.services.privacy import Erased, Person, Standing, Trace

_SEARCH_AFTER_MS = 150
_ON, _OFF, _NEVER = "☑", "☐", "—"


class PersonView(QWidget):
    """Left the search and who was found, then the person with every place that names them."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._privacy = page.shell.workspace.privacy
        self._found: tuple[Person, ...] = ()
        self._standing: Standing | None = None
        self._chosen: set[str] = set()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._search_side())
        self._stack.addWidget(self._person_side())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def record_id(self) -> str | None:
        """The record of the person that is looked at."""
        return self._standing.person.record if self._standing else None

    def start(self, record_id: str | None) -> None:
        """Look at the person of a record, or begin with the search."""
        self._standing = None
        self._search.clear()
        if record_id:
            self._look(record_id)

    def refresh(self) -> None:
        """Search again, or look at the person again."""
        if self._standing is not None:
            person, chosen = self._standing.person, self._chosen
            self._look(person.record, field=person.field, name=person.name)
            self._chosen &= chosen
            self._show_person()
        if self._standing is None:
            self._show_found()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of what is shown."""
        if self._standing is None:
            return (("↑ ↓", _("choose")), ("Enter", _("look at the person")), ("Ctrl+F", _("search")))
        return (
            ("↑ ↓", _("choose")),
            ("Space", _("take the name out, or leave it")),
            ("Delete", _("erase the person")),
        )

    def focus_first(self) -> None:
        """Onto the search, or onto the places that name the person."""
        (self._search if self._standing is None else self.traces).setFocus()

    def focus_search(self) -> None:
        """Back to the search."""
        self.step_back()
        self._search.setFocus()
        self._search.selectAll()

    def step_back(self) -> bool:
        """From the person back to the search, then out of the search."""
        if self._standing is None:
            had = bool(self._search.text())
            self._search.clear()
            return had
        self._standing = None
        self._show_found()
        self.focus_first()
        self._page.shell.update_hints()
        return True

    def clear(self) -> None:
        """Erase the person that is looked at, after the name was typed."""
        standing = self._standing
        if standing is None or not self._is_sure(standing):
            return
        shell = self._page.shell
        shell.forget_hidden_pages()
        person, chosen, reason = standing.person, frozenset(self._chosen), str(self._reason.currentData())

        def job(progress: Progress) -> Erased:
            return self._privacy.erase(
                person.record,
                reason=reason,
                mentions=chosen,
                field=person.field,
                name=person.name,
                progress=progress,
            )

        shell.run(job, title=_("Erasing a person"), on_done=self._erased, cancellable=False)

    # Searching

    def _search_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(*[self._page.px(margin) for margin in (16, 14, 16, 12)])
        column.setSpacing(self._page.px(10))
        self._search = QLineEdit()
        self._search.setObjectName("person_search")
        self._search.setPlaceholderText(_("Name or a part of it, or a phone number"))
        self._search.setMaximumWidth(self._page.px(420))
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._show_found)
        self._search.textChanged.connect(lambda _text: self._timer.start())
        self._search.returnPressed.connect(self._open_first)
        column.addWidget(self._search)
        self.persons = PlainTable(
            self._page.theme,
            (
                Column(id="name", title=_("Name"), width=180),
                Column(id="register", title=_("Found in"), width=200, stretches=True),
                Column(id="since", title=_("Date"), width=130),
            ),
        )
        self.persons.setObjectName("persons")
        self.persons.opened.connect(self._open)
        self._nobody = EmptyState(self._page.theme, "person", "")
        self._results = QStackedWidget()
        self._results.addWidget(self.persons)
        self._results.addWidget(self._nobody)
        column.addWidget(self._results, 1)
        return side

    def _show_found(self) -> None:
        self._timer.stop()
        text = self._search.text().strip()
        self._found = self._privacy.find(text) if text else ()
        self.persons.show_rows([self._person_cells(person) for person in self._found])
        self._nobody.sentence.setText(
            _("Nobody of that name stands here.")
            if text
            else _("Type a name. Volunteers and staff are found, and everybody whom a record names.")
        )
        self._results.setCurrentIndex(0 if self._found else 1)
        self._stack.setCurrentIndex(0)

    def _person_cells(self, person: Person) -> tuple[Cell, ...]:
        register = self._label(person.type_id)
        where = register if person.own else _("named in {register}").format(register=register)
        return (Cell(text=person.name), Cell(text=where, ink="ink2"), Cell(text=person.since, ink="ink2"))

    def _open_first(self) -> None:
        self._show_found()
        if len(self._found) == 1:
            self._open(0)
        elif self._found:
            self.persons.setFocus()

    def _open(self, row: int) -> None:
        person = self._found[row]
        self._look(person.record, field=person.field, name=person.name)
        self.focus_first()
        self._page.shell.update_hints()

    # The person

    def _person_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(*[self._page.px(margin) for margin in (16, 14, 16, 12)])
        column.setSpacing(self._page.px(10))
        self._name = label("", size="section", bold=True)
        self._own = label("", ink="ink2", wrap=True)
        self._limits = label("", size="small", ink="ink3", wrap=True)
        column.addWidget(self._name)
        column.addWidget(self._own)
        self.traces = _TraceTable(
            self._page.theme,
            self._toggle,
            (
                Column(id="on", title=_("Take out"), width=90),
                Column(id="day", title=_("Date"), width=110),
                Column(id="register", title=_("Register"), width=130),
                Column(id="title", title=_("Name"), width=190),
                Column(id="words", title=_("Where the name stands"), width=260, stretches=True),
            ),
        )
        self.traces.setObjectName("traces")
        self._alone = EmptyState(self._page.theme, "check", _("No other record names this person."))
        self._places = QStackedWidget()
        self._places.addWidget(self.traces)
        self._places.addWidget(self._alone)
        column.addWidget(self._places, 1)
        column.addWidget(self._limits)
        column.addLayout(self._foot())
        return side

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._page.px(10))
        row.addWidget(label(_("Reason"), ink="ink2"))
        self._reason = QComboBox()
        self._reason.setObjectName("erase_reason")
        for code, words in self._privacy.reasons():
            self._reason.addItem(words, code)
        row.addWidget(self._reason)
        row.addStretch(1)
        row.addWidget(
            self._page.button(
                _("Erase this person"),
                key="Delete",
                icon="trash",
                kind="danger",
                name="erase",
                on_click=self.clear,
            )
        )
        return row

    def _look(self, record_id: str, *, field: str | None = None, name: str = "") -> None:
        from gzdesk.services.privacy import preselected

        try:
            self._standing = self._privacy.look(record_id, field=field, name=name)
        except UserError as error:
            self._standing = None
            refused = error
            self._page.shell.after_showing(lambda: self._page.shell.tell_error(refused))
            return
        self._chosen = set(preselected(self._standing))
        self._show_person()

    def _show_person(self) -> None:
        standing = self._standing
        if standing is None:
            return
        self._name.setText(standing.person.name)
        self._own.setText(self._own_words(standing))
        self.traces.show_rows([self._trace_cells(trace) for trace in standing.traces])
        self._places.setCurrentIndex(0 if standing.traces else 1)
        self._limits.setText(_limits(standing))
        self._stack.setCurrentIndex(1)

    def _own_words(self, standing: Standing) -> str:
        if not standing.person.own:
            words = _("No record of their own; named in {register} of {day}.")
            return words.format(
                register=self._label(standing.person.type_id), day=standing.person.since or "—"
            )
        parts = [
            _("{register} since {day}: name and all personal items go, the record goes on counting.").format(
                register=self._label(standing.person.type_id), day=standing.person.since
            )
        ]
        if standing.counted:
            counted = listed(f"{self._label(name)} {count}" for name, count in standing.counted.items())
            parts.append(_("These stay with their figures: {counted}.").format(counted=counted))
        if standing.files:
            words = ngettext(
                "{count} photo or scan of the record is deleted unless another record names it.",
                "{count} photos and scans of the record are deleted unless another record names them.",
                standing.files,
            )
            parts.append(words.format(count=standing.files))
        return "".join(parts) if _is_chinese() else " ".join(parts)

    def _trace_cells(self, trace: Trace) -> tuple[Cell, ...]:
        mark = _NEVER if not trace.can_go else _ON if trace.record in self._chosen else _OFF
        words = {
            "frozen": _("stays: signed and filed"),
            "two_sides": _("stays: changed on both sides, settle that first"),
        }.get(trace.stays, trace.words)
        if trace.kind == "old" and trace.can_go:
            words = _("in earlier contents only: {words}").format(words=trace.words)
        ink = "ink" if trace.can_go else "ink3"
        return (
            Cell(text=mark, ink=ink),
            Cell(text=trace.day, ink="ink2"),
            Cell(text=self._label(trace.type_id), ink=ink),
            Cell(text=trace.title, ink=ink),
            Cell(text=words, ink=ink),
        )

    def _toggle(self, row: int) -> None:
        if self._standing is None:
            return
        trace = self._standing.traces[row]
        if trace.can_go:
            self._chosen ^= {trace.record}
            self._show_person()

    def _is_sure(self, standing: Standing) -> bool:
        words = ngettext(
            "In {count} other record the name is replaced. This can't be taken back.",
            "In {count} other records the name is replaced. This can't be taken back.",
            len(self._chosen),
        )
        answer = AskDialog(
            self._page.shell,
            self._page.theme,
            question=_("Erase {name} for good?").format(name=standing.person.name),
            sentence=words.format(count=len(self._chosen)),
            reason_label=_("To be sure, type here: {name}").format(name=standing.person.name),
            expected=standing.person.name,
            answers=(
                Answer(id="keep", words=_("Leave it as it is")),
                Answer(id="erase", words=_("Erase for good"), kind="danger", needs_words=True),
            ),
        ).ask()
        return answer == "erase"

    def _erased(self, done: Erased) -> None:
        self._standing = None
        self._search.clear()
        self._page.refresh()
        self.focus_first()
        words = _("Erased. “{name}” stands there now; the counts are the same.").format(name=done.name)
        self._page.shell.tell(done.unfinished or words, "warn" if done.unfinished else "ok")

    def _label(self, type_id: str) -> str:
        record_type = self._page.shell.workspace.types.get(type_id)
        return record_type.label if record_type else type_id


class _TraceTable(PlainTable):
    """Space or a press on the first column takes a line in or leaves it out."""

    def __init__(self, theme: Theme, toggle: Callable[[int], object], columns: Sequence[Column]) -> None:
        super().__init__(theme, columns)
        self._toggle = toggle
        self.clicked.connect(lambda index: index.column() == 0 and toggle(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space changes the line."""
        if event.key() == Qt.Key.Key_Space and self.current_row() >= 0:
            self._toggle(self.current_row())
            return
        super().keyPressEvent(event)


def _limits(standing: Standing) -> str:
    """What is not erased, and why: said before, not after."""
    sentences = [_("Paper, files saved elsewhere and backups are not reached: see to them by hand.")]
    if any(trace.stays == "frozen" for trace in standing.traces):
        sentences.append(_("Names on signed month sheets stay by archive law; no numbers stand there."))
    sentences.append(_("Who wrote a record stays in its history."))
    return "".join(sentences) if _is_chinese() else " ".join(sentences)


def _is_chinese() -> bool:
    from gzdesk import i18n

    return i18n.language() != "en"
