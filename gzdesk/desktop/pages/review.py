"""The town looks at what the villages handed in: approve, return with a remark, and the tray of late changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.evidence_look import EvidenceLook
from gzdesk.desktop.page import Page
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.review_dialog import ReturnDialog
from gzdesk.desktop.review_panels import (
    Details,
    MonthList,
    RecordsToReview,
    late_cells,
    late_columns,
    record_cells,
    record_title,
)
from gzdesk.desktop.review_words import month_chip, unit_month_words
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import ElidedLabel, set_look
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.evidence import noted_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.late_changes import LateChange
    from gzdesk.services.review import MonthReview, ReviewedRecord, Waiting

WAITING, LATE = "waiting", "late"
_SIDE_WIDTH_PX, _SIDE_WIDTH_LARGE_PX = 300, 224


class ReviewPage(Page):
    """Months at the left, the records of one in the middle, its evidence at the right; all by keys."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._review = window.workspace.review
        self._view = WAITING
        self._chosen: tuple[str, Month] | None = None
        self._month: MonthReview | None = None
        self._records: tuple[ReviewedRecord, ...] = ()
        self._late: tuple[LateChange, ...] = ()
        self.head = self.add_head(_("Review"))
        self._pills = Pills(
            ((WAITING, _("To review")), (LATE, _("Late changes"))),
            chosen=WAITING,
            on_choose=self._choose_view,
        )
        self.head.add(self._pills)
        self._passing = self.button(
            _("Approve all that pass"),
            key="F8",
            icon="check",
            name="approve_passing",
            on_click=self.approve_passing,
        )
        self.head.add(self._passing)
        self._views = QStackedWidget()
        self._views.addWidget(self._make_review())
        self._views.addWidget(self._make_late())
        self._nothing = EmptyState(self.theme, "check", _("Nothing waits for a review."))
        self._views.addWidget(self._nothing)
        self.column.addWidget(self._views, 1)
        self._bind_keys()

    def activate(self, **arguments: object) -> None:
        """`unit` and `month` choose a month; `late` shows the tray."""
        unit, month = arguments.get("unit"), arguments.get("month")
        if isinstance(unit, str) and isinstance(month, Month):
            self._chosen, self._view = (unit, month), WAITING
        if arguments.get("late"):
            self._view = LATE

    def put_away(self) -> dict[str, object]:
        """Where one was looking."""
        if self._view == LATE:
            return {"late": True}
        return {} if self._chosen is None else {"unit": self._chosen[0], "month": self._chosen[1]}

    def refresh(self) -> None:
        """Read anew what waits, and the month that is chosen."""
        waiting = self._review.queue()
        self._late = self._review.late_changes()
        self.shell.nav.set_count("review", len(waiting))
        self._pills.choose(self._view)
        self.head.subtitle.setText(self._headline(waiting))
        self._passing.setVisible(self._view == WAITING)
        if self._view == LATE:
            self._show_late()
        else:
            self._show_waiting(waiting)

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if self._view == LATE:
            rows = (("↑ ↓", _("choose a row")), ("Enter", _("to its month"))) if self._late else ()
            return (*rows, ("Esc", _("back")))
        return (
            (_("Space"), _("approve the record")),
            ("F7", _("next one to look at")),
            ("Ctrl+Enter", _("approve the month")),
            ("Ctrl+O", _("enlarge the evidence")),
        )

    def remark(self) -> str:
        """What people ask first."""
        return _("The villages get it with the next answer on the stick.")

    def focus_first(self) -> None:
        """Onto the records, or the tray."""
        if self._view == LATE:
            self.late_table.setFocus()
        elif self._records:
            self.table.setFocus()
        else:
            self.months.table.setFocus()

    # What people do

    def approve_record(self) -> None:
        """Approve the record under the cursor and go to the next one."""
        item = self._current()
        if item is not None and self._tried(lambda: self._review.approve(item.record.id)):
            self.table.selectRow(min(self.table.current_row() + 1, len(self._records) - 1))

    def return_record(self) -> None:
        """Return the record under the cursor, with remarks on its items."""
        item = self._current()
        record_type = None if item is None else self._workspace.types.get(item.record.type)
        if item is None or record_type is None:
            return
        title, _persons = record_title(self._workspace, item)
        dialog = ReturnDialog(self, self.theme, words=title, record_type=record_type, texts=dict(item.texts))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        remarks = dialog.remarks
        dialog.deleteLater()
        if accepted and self._tried(lambda: self._review.give_back(item.record.id, remarks)):
            self.shell.tell(
                _("Returned: {what}. The village sees it with the next answer.").format(what=title)
            )
        self.table.setFocus()

    def approve_month(self) -> None:
        """Approve the month that is shown, with all its records."""
        chosen = self._chosen
        if self._view != WAITING or chosen is None or self._month is None:
            return
        words = self._month_words()
        if self._tried(lambda: self._review.approve_month(*chosen)):
            self._chosen = None
            self.refresh()
            self.focus_first()
            self.shell.tell(_("Approved: {what}.").format(what=words))

    def return_month(self) -> None:
        """Return the month that is shown; a remark is asked for."""
        chosen = self._chosen
        if self._view != WAITING or chosen is None or self._month is None:
            return
        words = self._month_words()
        dialog = AskDialog(
            self,
            self.theme,
            question=_("Return {what}?").format(what=words),
            sentence=_("The village corrects the month and closes it again."),
            reason_label=_("What has to be put right"),
            answers=(
                Answer(id="stay", words=_("Don't return it")),
                Answer(id="return", words=_("Return it"), kind="primary", needs_words=True),
            ),
        )
        answer, remark = dialog.ask(), dialog.written()
        if answer == "return" and self._tried(lambda: self._review.give_month_back(*chosen, remark=remark)):
            self.shell.tell(
                _("Returned: {what}. The village sees it with the next answer.").format(what=words)
            )

    def approve_passing(self) -> None:
        """Approve every record of the month that passes every check."""
        chosen = self._chosen
        if self._view != WAITING or chosen is None:
            return
        done: list[str] = []
        if self._tried(lambda: done.extend(self._review.approve_passing(*chosen))):
            left = sum(item.review.state != "approved" for item in self._records)
            self.shell.tell(_("{count} approved; {left} left to look at.").format(count=len(done), left=left))
            self.next_to_look_at()

    def approve_all_months(self) -> None:
        """Approve every waiting month in which nothing deserves a look."""
        done: list[Waiting] = []
        if self._tried(lambda: done.extend(self._review.approve_months())):
            self._chosen = None
            self.refresh()
            self.focus_first()
            count = len(done)
            words = ngettext("{count} month approved.", "{count} months approved.", count).format(count=count)
            self.shell.tell(words if count else _("No month passes every check. Look at them one by one."))

    def next_to_look_at(self) -> None:
        """Put the cursor on the next record that is not approved."""
        rows = len(self._records)
        start = self.table.current_row()
        for step in range(1, rows + 1):
            at = (start + step) % rows
            if self._records[at].review.state not in ("approved", "returned"):
                self.table.selectRow(at)
                self.table.setFocus()
                return

    # Showing

    def _headline(self, waiting: tuple[Waiting, ...]) -> str:
        count, late = len(waiting), len(self._late)
        words = ngettext("{count} month to review", "{count} months to review", count).format(count=count)
        parts = [words]
        returned = len(self._review.returned())
        if returned:
            parts.append(
                ngettext("{count} record at the village", "{count} records at the villages", returned).format(
                    count=returned
                )
            )
        if late:
            parts.append(ngettext("{count} late change", "{count} late changes", late).format(count=late))
        return "・".join(parts)

    def _show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        rows = [(item.unit.id, item.unit.label, item.month, item.review.state) for item in waiting]
        keys = [(unit, month) for unit, _name, month, _state in rows]
        if self._chosen is None and keys:
            self._chosen = keys[0]
        if self._chosen is not None and self._chosen not in keys:
            unit, month = self._chosen
            state = self._review.month(unit, month).state
            rows.insert(0, (unit, self._workspace.context.unit(unit).label, month, state))
        self._views.setCurrentIndex(0 if rows else 2)
        self.months.show_months(rows, current=self._chosen)
        if self._chosen is not None:
            self._show_month(*self._chosen)

    def _choose(self, unit: str, month: Month) -> None:
        self._chosen = (unit, month)
        self._show_month(unit, month)

    def _show_month(self, unit: str, month: Month) -> None:
        current = self._current()
        self._month = self._review.month(unit, month)
        self._records = self._review.records(unit, month)
        blocks = () if self._month.state == "approved" else self._review.blocks(unit, month)
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.show_records([record_cells(self._workspace, item) for item in self._records])
        ids = [item.record.id for item in self._records]
        if ids:
            kept = current is not None and current.record.id in ids
            self.table.selectRow(ids.index(current.record.id) if current is not None and kept else 0)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()
        self._state.show_state(*month_chip(self._month.state))
        assert self._card.title is not None
        self._card.title.setText(self._month_words())
        self._words.setText(self._month_note(blocks))
        set_look(self._words, ink="warn" if blocks else "ink2")
        self._approve.setEnabled(not blocks and self._month.state != "approved")
        self._return.setEnabled(self._month.state not in ("open", "returned"))
        self._show_record()

    def _month_note(self, blocks: tuple[str, ...]) -> str:
        month = self._month
        if month is None:
            return ""
        if month.reply is not None and month.state == "answered":
            return _("The village explains: {words}").format(words=month.reply.text)
        if blocks:
            return (
                blocks[0]
                if len(blocks) == 1
                else f"{blocks[0]}{_('(and {count} more)').format(count=len(blocks) - 1)}"
            )
        if month.state == "approved" and month.judgement is not None:
            return _("Approved on {day} by {who}").format(day=month.judgement.on, who=month.judgement.by)
        looks = sum(bool(item.look) and item.review.state != "approved" for item in self._records)
        if looks:
            return ngettext("{count} record deserves a look", "{count} records deserve a look", looks).format(
                count=looks
            )
        return _("Everything passes the checks.")

    def _month_words(self) -> str:
        if self._chosen is None:
            return ""
        unit, month = self._chosen
        return unit_month_words(self._workspace.context.unit(unit).label, month)

    def _current(self) -> ReviewedRecord | None:
        row = self.table.current_row()
        return self._records[row] if 0 <= row < len(self._records) else None

    def _show_record(self) -> None:
        item = self._current()
        if item is None:
            self.look.show_files(())
            self.details.show_record((), looks=())
            return
        record_type = self._workspace.types.get(item.record.type)
        title, _persons = record_title(self._workspace, item)
        self.look.show_files(noted_files(item.record.values), proves=title)
        rows = [
            (field.label, item.texts[field.name])
            for field in (record_type.fields if record_type else ())
            if item.texts.get(field.name) and field.kind != "attachments"
        ]
        said = () if item.review.judgement is None else self._workspace.returns.correspondence(item.record.id)
        told = tuple(entry for entry in said if entry.tone != "neutral")
        self.details.show_record(rows, looks=item.look, said=told)

    def _show_late(self) -> None:
        self._views.setCurrentIndex(1)
        self.late_table.show_rows([late_cells(self._workspace, item) for item in self._late])
        self._late_views.setCurrentIndex(0 if self._late else 1)
        self._late_side.setVisible(bool(self._late))
        self._show_change()

    def _show_change(self) -> None:
        row = self.late_table.current_row()
        if not 0 <= row < len(self._late):
            self.late_details.show_record((), looks=())
            return
        item = self._late[row]
        rows = [(each.label, f"{each.old or '—'}  →  {each.new or '—'}") for each in item.changes]
        looks = [_("{who}, {when}").format(who=item.who, when=item.when[:16].replace("T", " "))]
        self.late_details.show_record(rows, looks=[*looks, item.reason] if item.reason else looks)

    # Inside

    def _tried(self, job: Callable[[], object]) -> bool:
        try:
            job()
        except UserError as error:
            self.shell.tell_error(error)
            return False
        return True

    def _choose_view(self, view: str) -> None:
        self._view = view
        self.refresh()
        self.focus_first()
        self.shell.update_hints()

    def _open(self, row: int) -> None:
        RecordDialog(self.shell, self._records[row].record.id).open()

    def _open_late(self, row: int) -> None:
        item = self._late[row]
        self._chosen, self._view = (item.unit, item.month), WAITING
        self.refresh()
        self.focus_first()
        self.shell.update_hints()

    def _bind_keys(self) -> None:
        for keys, action in (
            ("F7", self.next_to_look_at),
            ("F8", self.approve_passing),
            ("Shift+F8", self.approve_all_months),
            ("F9", self.return_record),
            ("Shift+F9", self.return_month),
            ("Ctrl+Return", self.approve_month),
            ("Ctrl+O", self.look.enlarge),
        ):
            self.on_key(keys, action)

    # Building

    def _make_review(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(12))
        self.months = MonthList(self.theme)
        self.months.chosen.connect(self._choose)
        foot = self.months.add_foot()
        below = QVBoxLayout()
        below.setSpacing(self.px(8))
        below.addWidget(
            self.button(
                _("All months that pass"), small=True, name="approve_months", on_click=self.approve_all_months
            )
        )
        self._return = self.button(
            _("Return the month"), small=True, name="return_month", on_click=self.return_month
        )
        below.addWidget(self._return)
        foot.addLayout(below)
        row.addWidget(self.months)
        row.addWidget(self._make_records(), 1)
        row.addWidget(self._make_side())
        return holder

    def _make_records(self) -> Card:
        self._card = Card(self.theme, " ", margin=0)
        self._state = Chip("", "neutral")
        self._words = ElidedLabel("", size="small", ink="ink2")
        beside = QWidget()
        line = QHBoxLayout(beside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.px(10))
        line.addWidget(self._state)
        line.addWidget(self._words, 1)
        self._card.fill_head(beside)
        self.table = RecordsToReview(self.theme)
        self.table.opened.connect(self._open)
        self.table.approve_wanted.connect(self.approve_record)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_record())
        self._card.body.addWidget(self.table, 1)
        foot = self._card.add_foot()
        foot.addWidget(
            self.button(
                _("Send it back"),
                key="F9",
                icon="return",
                name="return_record",
                on_click=self.return_record,
            )
        )
        foot.addStretch(1)
        self._approve = self.button(
            _("Approve the month"),
            key="" if self.theme.large else "Ctrl+Enter",  # it stands among the keys below as well
            icon="check",
            kind="primary",
            name="approve_month",
            on_click=self.approve_month,
        )
        foot.addWidget(self._approve)
        return self._card

    def _make_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(self.px(_SIDE_WIDTH_LARGE_PX if self.theme.large else _SIDE_WIDTH_PX))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.px(12))
        self.look = EvidenceLook(self.shell)
        self.details = Details(self.shell)
        card = Card(self.theme, _("The record"), margin=0)
        card.body.addWidget(self.details)
        column.addWidget(self.look, 5)
        column.addWidget(card, 6)
        return side

    def _make_late(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(12))
        card = Card(self.theme, _("Late changes"), _("what changed after its month was approved"), margin=0)
        self.late_table = PlainTable(self.theme, late_columns())
        self.late_table.setObjectName("late_changes")
        self.late_table.opened.connect(self._open_late)
        self.late_table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_change())
        self._late_views = QStackedWidget()
        self._late_views.addWidget(self.late_table)
        self._late_views.addWidget(EmptyState(self.theme, "check", _("Nothing changed in approved months.")))
        card.body.addWidget(self._late_views)
        row.addWidget(card, 1)
        self._late_side = Card(self.theme, _("Before and now"), margin=0)
        self._late_side.setFixedWidth(self.px(_SIDE_WIDTH_PX))
        self.late_details = Details(self.shell)
        self._late_side.body.addWidget(self.late_details)
        row.addWidget(self._late_side)
        return holder
