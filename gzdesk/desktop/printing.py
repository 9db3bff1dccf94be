"""Documents to the printer and into a folder, from any page, through the system's own dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from gzdesk.desktop.main_window import MainWindow


def ask_printer(shell: MainWindow) -> QPrinter | None:
    """Let the person choose a printer in the system's dialog; None when they gave up."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, shell)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def ask_folder(shell: MainWindow) -> Path | None:
    """Let the person choose a folder in the system's dialog; None when they gave up."""
    found = QFileDialog.getExistingDirectory(shell, _("Choose a folder for the file"))
    return Path(found) if found else None


def print_report(
    shell: MainWindow,
    name: str,
    *,
    month: Month | None = None,
    year: int | None = None,
    unit: str | None = None,
) -> bool:
    """Print a document; characters without a glyph are named first. Returns whether it was printed."""
    try:
        missing = shell.workspace.reports.missing_glyphs(name, unit=unit, month=month, year=year)
        if missing and not go_on_without(shell, missing):
            return False
        content = shell.workspace.reports.preview(name, unit=unit, month=month, year=year, for_screen=False)
    except UserError as error:
        shell.tell_error(error)
        return False
    return print_content(shell, content)


def print_content(shell: MainWindow, content: bytes) -> bool:
    """Print a PDF. Returns whether it was printed."""
    from gzdesk.desktop.widgets.pdf_preview import print_pdf

    printer = ask_printer(shell)
    if printer is None:
        return False
    pages = print_pdf(content, printer)
    if not pages:
        shell.tell(_("The printer did not take the document. Check it and try again."), "error")
        return False
    shell.tell(
        ngettext("{count} page went to the printer.", "{count} pages went to the printer.", pages).format(
            count=pages
        )
    )
    return True


def save_workbook(
    shell: MainWindow,
    name: str,
    *,
    title: str,
    month: Month | None = None,
    year: int | None = None,
    unit: str | None = None,
) -> Path | None:
    """Write a document as a workbook into a chosen folder; returns the file."""
    folder = ask_folder(shell)
    if folder is None:
        return None
    try:
        made = shell.workspace.reports.make(
            name, out=folder / f"{title}.xlsx", unit=unit, month=month, year=year
        )
    except UserError as error:
        shell.tell_error(error)
        return None
    shell.tell(_("Written: {file}").format(file=made.file))
    return made.file


def go_on_without(shell: MainWindow, missing: tuple[str, ...]) -> bool:
    """Name the characters that cannot be printed, and ask whether to print all the same."""
    return (
        AskDialog(
            shell,
            shell.theme,
            question=_("Some characters cannot be printed. Print all the same?"),
            sentence="\n".join(missing),
            answers=(
                Answer(id="stay", words=_("Not yet")),
                Answer(id="print", words=_("Print all the same"), kind="primary"),
            ),
        ).ask()
        == "print"
    )
