"""The binder of a task or of all, as a ZIP file or a folder, from any page that shows tasks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.evidence.binder import EVERYTHING, Chosen

if TYPE_CHECKING:
    from gzdesk.progress import Progress
    from gzdesk.services.evidence.binder import Exported


class BinderExport(QObject):
    """Asks what to export and how, and writes it. `task` is the task shown, `unit` an id or None for all."""

    def __init__(self, page: Page, *, task: Callable[[], int], unit: Callable[[], str | None]) -> None:
        super().__init__(page)
        self._shell, self._page = page.shell, page
        self._task, self._unit = task, unit
        self._menu = ChoicePanel(page.theme, page)
        self._menu.setObjectName("export_menu")
        self._menu.chosen.connect(self._ask)

    def offer(self, button: QWidget) -> None:
        """Ask what to export and how, under that button."""
        task = _("Task {number}").format(number=self._task())
        self._menu.open_under(
            button,
            [
                Choice(id=f"{what} {how}", words=words, group=group, icon=icon)
                for what, group in (("task", task), ("all", _("All tasks")))
                for how, words, icon in (
                    ("zip", _("as a ZIP file"), "export"),
                    ("folder", _("as a folder"), "folder"),
                )
            ],
        )

    def print_index(self) -> None:
        """Print the index of the task."""
        try:
            content = self._shell.workspace.binder.index_pdf(Chosen(task=self._task()), unit=self._unit())
        except UserError as error:
            self._shell.tell_error(error)
            return
        printing.print_content(self._shell, content)

    def export(self, chosen: Chosen, out: Path) -> None:
        """Write the binder off the window's thread."""
        unit = self._unit()

        def job(progress: Progress) -> Exported:
            return self._shell.workspace.binder.export(chosen, unit=unit, out=out, progress=progress)

        self._shell.run(job, title=_("Writing the binder"), on_done=self._exported)

    def _ask(self, choice: str) -> None:
        self._menu.close_panel()
        what, how = choice.split()
        chosen = Chosen(task=self._task()) if what == "task" else EVERYTHING
        name = self._shell.workspace.binder.name(chosen, unit=self._unit())
        if how == "zip":
            found, _kind = QFileDialog.getSaveFileName(
                self._page.window(), _("Save the binder"), f"{name}.zip", "ZIP (*.zip)"
            )
            out = Path(found).with_suffix(".zip") if found else None
        else:
            out = printing.ask_folder(self._shell)
        if out is not None:
            self.export(chosen, out)

    def _exported(self, made: Exported) -> None:
        if made.missing:
            words = ngettext(
                "Written: {file}. {count} file is missing: {first}",
                "Written: {file}. {count} files are missing, the first: {first}",
                len(made.missing),
            )
            self._shell.tell(
                words.format(file=made.path, count=len(made.missing), first=made.missing[0]), "warn"
            )
            return
        self._shell.tell(_("Written: {file}").format(file=made.path))
