"""The row for reports under the choices of the page of documents: rewrite the text, finish it, save it for Word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gzdesk.desktop.report_text_dialog import ReportTextDialog
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import ElidedLabel
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.paper_bar import Wanted
    from gzdesk.services.frozen_reports import FrozenInfo
    from gzdesk.services.reports import Look, ReportName


class PaperReport(QFrame):
    """Shown for documents that are finished with a number. A finished one is shown as it was, unless `draft`."""

    changed = Signal()

    def __init__(
        self, shell: MainWindow, *, wanted: Callable[[], Wanted], save: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._shell = shell
        self._wanted = wanted
        self._report: ReportName | None = None
        self._of: tuple[object, ...] = ()
        self.draft = False
        self.setProperty("role", "row")
        row = QHBoxLayout(self)
        row.setContentsMargins(*[shell.theme.px(margin) for margin in (12, 4, 12, 4)])
        row.setSpacing(shell.theme.px(8))
        self._state = ElidedLabel("", size="table", ink="ink2")
        row.addWidget(self._state, 1)
        self._buttons = {}
        for words, key, icon, name, action in (
            (_("From the records of today"), "", "refresh", "from_today", partial(self._show_draft, True)),
            (_("As it was finished"), "", "lock", "as_finished", partial(self._show_draft, False)),
            (_("Change the text"), "F2", "edit", "edit_text", self.edit_text),
            (_("Finish it"), "Ctrl+Enter", "lock", "finish", self.finish),
            (_("Word"), "", "export", "save_docx", partial(save, ".docx")),
        ):
            button = Button(shell.theme, words, key=key, icon=icon, small=True, name=name, on_click=action)
            button.hide()  # all at once they would make the window wider
            self._buttons[name] = button
            row.addWidget(button)

    def show_for(self, report: ReportName) -> None:
        """Show what can be done with this document."""
        self._report = report
        self.setVisible(report.is_finished)

    def options(self) -> dict[str, Any]:
        """The choices of the document, with the draft of it when that was asked for."""
        wanted = self._wanted().options()
        of = (self._report.name if self._report else "", *wanted.values())
        if of != self._of:  # another document or period is first shown as it was finished
            self._of, self.draft = of, False
        return {**wanted, "draft": self.draft}

    def show_state(self, look: Look | None) -> None:
        """Say how the document stands, and which of the buttons are of use."""
        report = self._report
        if report is None:
            return
        finished = look.finished if look is not None else ""
        mine = self._is_mine() and look is not None
        if finished and self.draft:
            self._state.setText(_("Draft of a correction of no. {number}").format(number=finished))
        elif finished:
            self._state.setText(_("Finished as no. {number}").format(number=finished))
        else:
            self._state.setText(_("Draft, not finished yet"))
        shown = {
            "from_today": bool(finished) and not self.draft,
            "as_finished": bool(finished) and self.draft,
            "edit_text": report.is_written and mine,
            "finish": mine and (self.draft or not finished),
            "save_docx": "docx" in report.formats and look is not None,
        }
        for name, button in self._buttons.items():
            button.setVisible(shown[name])

    # -- what the person does ------------------------------------------------------------------

    def edit_text(self) -> None:
        """Open the texts of the report."""
        if self._report is None or not self._report.is_written or not self._is_mine():
            return
        try:
            text = self._shell.workspace.finishing.text(self._report.name, **self._wanted().options())
        except UserError as error:
            self._shell.tell_error(error)
            return
        dialog = ReportTextDialog(self._shell, text)
        dialog.exec()
        dialog.deleteLater()
        self._show_draft(True)

    def finish(self) -> None:
        """Ask, then keep the report with a number."""
        if self._report is None or not self._buttons["finish"].isVisible():
            return
        asked = AskDialog(
            self._shell,
            self._shell.theme,
            question=_("Finish this report?"),
            sentence=_(
                "It gets a number and a check code and stays as it is. A later correction gets the next number."
            ),
            answers=(
                Answer(id="later", words=_("Leave it for now")),
                Answer(id="finish", words=_("Finish it"), kind="primary"),
            ),
        ).ask()
        if asked != "finish":
            return
        name, wanted = self._report.name, self._wanted().options()
        self._shell.run(
            lambda _progress: self._shell.workspace.finishing.finish(name, **wanted),
            title=_("Finishing the report"),
            on_done=self._tell_finished,
        )

    def _tell_finished(self, found: FrozenInfo) -> None:
        words = _("Finished as no. {number}. Check code {code}.").format(
            number=found.number, code=found.check_code
        )
        self._shell.tell(words, "ok")
        self._show_draft(False)

    def _show_draft(self, draft: bool) -> None:
        self.options()  # so that the choice holds for what is shown now
        self.draft = draft
        self.changed.emit()

    def _is_mine(self) -> bool:
        unit = self._wanted().unit
        return unit is None or unit == self._shell.workspace.me.id
