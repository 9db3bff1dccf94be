"""Monthly sheet: look at it, put right what is missing, close the month, print it (picture e)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.month_panels import AfterCard, ChecksCard, CloseCard
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.day_words import month_title, weekday_words
from gzdesk.desktop.widgets.month_picker import MonthPicker
from gzdesk.desktop.widgets.pdf_preview import PdfPreview
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.texts import ElidedLabel
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.home_due import workday_before

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.month_checks import CheckItem
    from gzdesk.services.months import MonthState

SHEET, FILMS = "monthly_sheet", "film_month_summary"
_SIDE_PX = 368


class MonthsPage(Page):
    """The sheet at the left, the checks and the closing at the right."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._month = self._first_month()
        self._report = SHEET
        self._build()
        self._bind_keys()
        self._draw_timer = QTimer(self)
        self._draw_timer.setSingleShot(True)
        self._draw_timer.setInterval(0)
        self._draw_timer.timeout.connect(self._draw)

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """Show a month when one is named."""
        month = arguments.get("month")
        if isinstance(month, (Month, str)):
            self._choose_month(month if isinstance(month, Month) else Month.parse(month))
        elif not arguments:
            self._choose_month(self._month)
        names = arguments.get("names")
        if isinstance(names, (list, tuple)) and len(names) == 2:
            self._closing.filled_by.show_text(str(names[0]))
            self._closing.checked_by.show_text(str(names[1]))

    def refresh(self) -> None:
        """Look at the month anew; the names typed for its closing stay."""
        state = self._workspace.months.state(self._month)
        self.picker.show_month(self._month, latest=Month.of(self._workspace.mint.today()))
        self._reports.choose(self._report)
        self._show_head()
        self._show_state(state)
        self._show_checks(state)
        self._draw_timer.start()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """Close, print, workbook, next thing, pages."""
        return (
            ("Ctrl+L", _("close the month")),
            ("Ctrl+P", _("print")),
            ("Ctrl+E", _("to Excel")),
            ("F7", _("next thing to do")),
            ("PgUp PgDn", _("turn pages")),
        )

    def remark(self) -> str:
        """What makes paper and stick agree."""
        return _("Paper and stick carry the same data and the same check code")

    def put_away(self) -> dict[str, object]:
        """Keep the month and the names."""
        names = [self._closing.filled_by.text(), self._closing.checked_by.text()]
        return {"month": str(self._month), "names": names}

    def escape(self) -> bool:
        """Close a list of names; one that opened by itself is no step of its own, and closing is given up."""
        closed_list = self._closing.close_lists()
        if closed_list and self._closing.checked_by.text():
            return True
        return self._closing.stop_asking() or closed_list

    def focus_first(self) -> None:
        """Onto the sheet."""
        self.preview.setFocus()

    # -- what the person does ------------------------------------------------------------------

    def close_month(self, *, nil: bool = False) -> None:
        """Freeze the month with the names given."""
        try:
            self._workspace.months.close(
                self._month,
                filled_by=self._closing.filled_by.text().strip(),
                checked_by=self._closing.checked_by.text().strip(),
                nil=nil,
            )
        except UserError as error:
            self._closing.stop_asking()
            self.refresh()
            self.shell.tell_error(error)
            return
        self.refresh()
        self.preview.setFocus()
        self.shell.tell(
            _("{month} is closed. Print the sheet (Ctrl+P), stamp it, and hand it in with the stick.").format(
                month=month_title(self._month)
            )
        )

    def reopen_month(self) -> None:
        """Open a closed month again; a reason is asked for."""
        dialog = AskDialog(
            self,
            self.theme,
            question=_("Reopen {month}?").format(month=month_title(self._month)),
            sentence=_("The sheet handed in stays as it is; the next one is marked as a correction."),
            reason_label=_("Reason"),
            answers=(
                Answer(id="stay", words=_("Leave it closed")),
                Answer(id="reopen", words=_("Reopen it"), kind="danger", needs_words=True),
            ),
        )
        answer, reason = dialog.ask(), dialog.written()
        if answer != "reopen":
            return
        try:
            self._workspace.months.reopen(self._month, reason=reason)
        except UserError as error:
            self.shell.tell_error(error)
        self.refresh()

    def print_shown(self) -> None:
        """Print the document that is shown."""
        printing.print_report(self.shell, self._report, month=self._month)

    def save_shown(self) -> None:
        """Write the document that is shown as a workbook."""
        names = {SHEET: _("Monthly activity sheet"), FILMS: _("Film month summary")}
        title = f"{self._workspace.me.label}_{self._month}_{names[self._report]}"
        printing.save_workbook(self.shell, self._report, title=title, month=self._month)

    # -- inside --------------------------------------------------------------------------------

    def _first_month(self) -> Month:
        """The last month until it is closed, then this one."""
        this = Month.of(self._workspace.mint.today())
        closed = self._workspace.months.state(this.plus(-1)).status == "closed"
        return this if closed else this.plus(-1)

    def _choose_month(self, month: Month) -> None:
        if month != self._month:
            self._month = month
            self._closing.forget_names()
            self.refresh()
            self.preview.setFocus()

    def _choose_report(self, report: str) -> None:
        self._report = report
        self.refresh()

    def _on_check(self, item: CheckItem) -> None:
        if item.action == "record" and item.record_id:
            self.shell.go("records", record_id=item.record_id)
        elif item.action == "returned" and item.record_id:
            self.shell.go("returned", record_id=item.record_id)
        elif item.action == "opening":
            self.shell.go("opening", month=self._month)
        elif item.action == "nil":
            self._closing.ask(nil=True)

    # -- showing -------------------------------------------------------------------------------

    def _show_head(self) -> None:
        self._head.title.setText(_("Monthly sheet, {month}").format(month=month_title(self._month)))
        self._head.subtitle.setText(self._deadline_words())

    def _deadline_words(self) -> str:
        day = self._workspace.settings.report_deadline_day
        following = self._month.plus(1)
        due = date(following.year, following.month, min(day, following.last_day.day))
        words = _("due on {month}-{day} ({weekday})").format(
            month=due.month, day=due.day, weekday=weekday_words(due)
        )
        before = workday_before(due)
        if before == due:
            return words
        return words + _(", please bring it by {month}-{day} ({weekday})").format(
            month=before.month, day=before.day, weekday=weekday_words(before)
        )

    def _explain(self) -> None:
        """Answer a returned month: nothing is wrong with it."""
        dialog = AskDialog(
            self,
            self.theme,
            question=_("Is nothing wrong?"),
            sentence=_("The sheet stays as it is. The station reads the explanation and decides."),
            reason_label=_("Explanation"),
            answers=(
                Answer(id="back", words=_("Back")),
                Answer(id="done", words=_("Send the explanation"), kind="primary", needs_words=True),
            ),
        )
        answer, words = dialog.ask(), dialog.written()
        if answer != "done":
            return
        try:
            self._workspace.returns.explain_month(self._month, text=words)
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.refresh()
        self.shell.tell(_("The answer goes to the town station with the next file."))

    def _show_state(self, state: MonthState) -> None:
        review = self._workspace.returns.month(self._month)
        judgement = review.judgement
        is_returned = judgement is not None and judgement.verdict == "returned"
        is_open = is_returned and not review.returns and review.state == "returned"
        remark = judgement.remark if judgement is not None and is_open else ""
        self._after.show_returned(remark, records=len(review.returns))
        if state.status == "closed" and review.state in ("approved", "returned", "answered"):
            words, tone = {
                "approved": (_("Approved by the station"), "ok"),
                "returned": (_("Returned by the station"), "alarm"),
                "answered": (_("Returned, explained"), "info"),
            }[review.state]
        elif state.status == "closed":
            words, tone = (
                (_("Closed, correction no. {count}") if state.correction else _("Month closed")),
                "ok",
            )
        elif state.status == "reopened":
            words, tone = _("Reopened: {reason}").format(reason=state.reason), "warn"
        else:
            words, tone = _("Not closed yet"), "warn"
        self._chip.show_state(words.format(count=state.correction) if "{count}" in words else words, tone)

    def _show_checks(self, state: MonthState) -> None:
        closed = state.status == "closed"
        self._checks.setVisible(not closed)
        items = () if closed else self._workspace.months.checklist(self._month)
        self._checks.show_items(items)
        blocked = sum(item.level == "block" for item in items)
        may_nil = any(item.action == "nil" for item in items) and blocked == 1
        self._closing.show_state(
            state, blocked=blocked, may_nil=may_nil, writer=self._workspace.context.store.actor
        )
        self._after.setVisible(closed)

    def _draw(self) -> None:
        try:
            content = self._workspace.reports.preview(self._report, month=self._month)
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.preview.show_pdf(content)

    def _show_place(self) -> None:
        count = self.preview.page_count
        if count:
            self._place.setText(
                _("A4 landscape, page {page} of {count}").format(page=self.preview.page + 1, count=count)
            )

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._head = self.add_head(_("Monthly sheet"))
        self._reports = Pills(
            ((SHEET, _("Activity sheet")), (FILMS, _("Film summary"))),
            chosen=SHEET,
            on_choose=self._choose_report,
        )
        self._head.add(self._reports)
        row = QHBoxLayout()
        row.setSpacing(self.px(16))
        row.addWidget(self._make_sheet(), 2)
        side = QWidget()
        side.setMaximumWidth(self.px(_SIDE_PX))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.px(12))
        self._checks = ChecksCard(self.shell)
        self._checks.wanted.connect(self._on_check)
        self._closing = CloseCard(self.shell)
        self._closing.close_wanted.connect(lambda nil: self.close_month(nil=nil))
        self._closing.print_wanted.connect(self.print_shown)
        self._closing.workbook_wanted.connect(self.save_shown)
        self._closing.reopen_wanted.connect(self.reopen_month)
        column.addWidget(self._checks, 1)
        column.addWidget(self._closing)
        self._after = AfterCard(self.shell)
        self._after.print_wanted.connect(self.print_shown)
        self._after.explain_wanted.connect(self._explain)
        self._after.amend_wanted.connect(lambda: self.shell.go("returned"))
        self._after.stick_wanted.connect(lambda: self.shell.go("stick"))
        column.addWidget(self._after, 1)
        row.addWidget(side, 1)
        self.column.addLayout(row, 1)

    def _make_sheet(self) -> QWidget:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        bar = QFrame()
        bar.setProperty("role", "row")
        row = QHBoxLayout(bar)
        row.setContentsMargins(*[self.px(margin) for margin in (12, 6, 12, 6)])
        row.setSpacing(self.px(10))
        self.picker = MonthPicker(self.theme)
        self.picker.chosen.connect(self._choose_month)
        self._chip = Chip("", "warn")
        self._place = ElidedLabel("", size="table", ink="ink2")
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.picker)
        row.addWidget(self._chip)
        row.addWidget(self._place, 1)
        self.preview = PdfPreview(self.theme)
        for name, icon, tip, step in (
            ("larger", "plus", _("Larger"), 1),
            ("smaller", "minus", _("Smaller"), -1),
        ):
            change = partial(self.preview.change_zoom, step)
            row.addWidget(icon_button(self.theme, icon, tip, name=name, on_click=change))
        card.body.addWidget(bar)
        self.preview.setObjectName("preview")
        self.preview.moved.connect(self._show_place)
        card.body.addWidget(self.preview, 1)
        return card

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Ctrl+L", self._closing.ask),
            ("Ctrl+P", self.print_shown),
            ("Ctrl+E", self.save_shown),
            ("F7", self._checks.go_to_next),
            ("PgUp", lambda: self.preview.turn(-1)),
            ("PgDown", lambda: self.preview.turn(1)),
            ("+", lambda: self.preview.change_zoom(1)),
            ("-", lambda: self.preview.change_zoom(-1)),
        ):
            self.on_key(keys, action)
