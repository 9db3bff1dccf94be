"""What has passed its keeping time, and what is kept of persons and why: two views of the personal data page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.page import Page
    from gzdesk.progress import Progress
    from gzdesk.services.privacy import DueGroup, KeptRow

_USUAL_YEARS = (0, 30, 10, 5, 3)
_EXAMPLES = 5


class DueView(QWidget):
    """One line per group; Delete does away with the group under the cursor, after its number was typed."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.groups: tuple[DueGroup, ...] = ()
        self.table = PlainTable(
            page.theme,
            (
                Column(id="label", title=_("What"), width=220),
                Column(id="why", title=_("Why now"), width=300, stretches=True),
                Column(id="count", title=_("Records"), width=90, is_number=True),
                Column(id="does", title=_("What Delete does"), width=230),
            ),
        )
        self.table.setObjectName("due")
        self._nothing = EmptyState(page.theme, "check", _("Nothing has passed its keeping time."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        self._examples = label("", size="small", ink="ink2", wrap=True)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_examples())
        foot = QHBoxLayout()
        foot.addWidget(self._examples, 1)
        self._button = page.button(
            _("Do away with these"),
            key="Delete",
            icon="trash",
            kind="danger",
            name="clear",
            on_click=self.clear,
        )
        foot.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[page.px(margin) for margin in (16, 14, 16, 12)])
        column.setSpacing(page.px(10))
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def refresh(self) -> None:
        """Read the groups anew."""
        self.groups = self._page.shell.workspace.privacy.due()
        self.table.show_rows([self._cells(group) for group in self.groups])
        self._stack.setCurrentIndex(0 if self.groups else 1)
        self._button.setVisible(bool(self.groups))
        self._show_examples()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this view."""
        return (("↑ ↓", _("choose")), ("Delete", _("do away with the group"))) if self.groups else ()

    def focus_first(self) -> None:
        """Onto the list."""
        self.table.setFocus()

    def clear(self) -> None:
        """Do away with the group under the cursor."""
        group = self._current()
        if group is None or not self._is_sure(group):
            return
        shell = self._page.shell
        shell.forget_hidden_pages()

        def job(progress: Progress) -> int:
            return shell.workspace.privacy.clear(group.id, progress=progress)

        shell.run(job, title=_("Removing old contents"), on_done=self._cleared, cancellable=False)

    def _current(self) -> DueGroup | None:
        row = self.table.current_row()
        return self.groups[row] if 0 <= row < len(self.groups) else None

    def _cells(self, group: DueGroup) -> tuple[Cell, ...]:
        does = {
            "item": _("empties this one item"),
            "left": _("erases the persons, counts stay"),
        }.get(group.kind, _("destroys the records"))
        return (
            Cell(text=group.label),
            Cell(text=group.why, ink="ink2"),
            Cell(text=str(len(group.records)), is_number=True),
            Cell(text=does, ink="ink2"),
        )

    def _show_examples(self) -> None:
        group = self._current()
        if group is None:
            self._examples.setText("")
            return
        first = [" ".join(part for part in (item.since, item.title) if part) for item in group.records]
        shown = "、".join(first[:_EXAMPLES])
        more = len(first) - _EXAMPLES
        self._examples.setText(
            shown if more <= 0 else _("{shown} and {count} more").format(shown=shown, count=more)
        )

    def _is_sure(self, group: DueGroup) -> bool:
        count = str(len(group.records))
        answer = AskDialog(
            self._page.shell,
            self._page.theme,
            question=_("Do away with {label} for good?").format(label=group.label),
            sentence=_("This can't be taken back. Make a backup first if the archive asks for one."),
            reason_label=_("To be sure, type how many records it is: {count}").format(count=count),
            expected=count,
            answers=(
                Answer(id="keep", words=_("Leave it as it is")),
                Answer(id="clear", words=_("Do away with them"), kind="danger", needs_words=True),
            ),
        ).ask()
        return answer == "clear"

    def _cleared(self, count: int) -> None:
        self._page.refresh()
        self.focus_first()
        words = ngettext("{count} record is done.", "{count} records are done.", count)
        self._page.shell.tell(words.format(count=count))


class KeptView(QWidget):
    """Each register that holds something of persons: which items, what for, how long; the years can be changed."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rows: tuple[KeptRow, ...] = ()
        self.table = PlainTable(
            page.theme,
            (
                Column(id="register", title=_("Register"), width=130),
                Column(id="items", title=_("Personal items"), width=230, stretches=True),
                Column(id="purpose", title=_("What for"), width=280, stretches=True),
                Column(id="keeping", title=_("Kept"), width=120),
                Column(id="records", title=_("Records"), width=90, is_number=True),
            ),
        )
        self.table.setObjectName("kept")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_years())
        self._years = QComboBox()
        self._years.setObjectName("keep_years")
        self._years.activated.connect(self._change)
        foot = QHBoxLayout()
        foot.setSpacing(page.px(10))
        self._words = label("", ink="ink2")
        foot.addWidget(self._words)
        foot.addWidget(self._years)
        foot.addWidget(
            label(
                _("The county's own table counts; else for ever, 30 or 10 years."), size="small", ink="ink3"
            )
        )
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[page.px(margin) for margin in (16, 14, 16, 12)])
        column.setSpacing(page.px(10))
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def refresh(self) -> None:
        """Read the registers anew."""
        self._rows = self._page.shell.workspace.privacy.kept()
        self.table.show_rows([_kept_cells(row) for row in self._rows])
        self._show_years()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this view."""
        return (("↑ ↓", _("choose")), ("Tab", _("change the years")))

    def focus_first(self) -> None:
        """Onto the list."""
        self.table.setFocus()

    def clear(self) -> None:
        """Nothing is erased here."""

    def _current(self) -> KeptRow | None:
        row = self.table.current_row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _show_years(self) -> None:
        row = self._current()
        self._years.clear()
        if row is None:
            return
        self._words.setText(_("{register} is kept").format(register=row.label))
        for years in sorted({*_USUAL_YEARS, row.keep_years}, key=lambda item: (item != 0, -item)):
            words = ngettext("{count} year", "{count} years", years).format(count=years)
            self._years.addItem(words if years else _("For ever"), years)
        self._years.setCurrentIndex(self._years.findData(row.keep_years))
        # Of persons the settings decide, whatever the years of the register.
        record_type = self._page.shell.workspace.types.get(row.type_id)
        self._years.setEnabled(not (record_type and record_type.person_until))

    def _change(self, _index: int) -> None:
        row = self._current()
        if row is not None and self._years.currentData() != row.keep_years:
            self._page.shell.workspace.privacy.change_keep_years(row.type_id, self._years.currentData())
            self._page.refresh()
            self._page.shell.tell(_("Changed. It counts from now on."))


def _kept_cells(row: KeptRow) -> tuple[Cell, ...]:
    return (
        Cell(text=row.label),
        Cell(text=row.items),
        Cell(text=row.purpose, ink="ink2"),
        Cell(text=row.keeping, ink="ink2"),
        Cell(text=str(row.records), is_number=True),
    )
