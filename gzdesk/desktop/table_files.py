"""Lists and tables into files and onto paper, from any page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QTableView

from gzdesk.desktop import printing
from gzdesk.desktop.table_model import RecordTableModel
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.progress import Progress

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.pages.unit_view import UnitViewPage
    from gzdesk.desktop.record_browser import RecordBrowser
    from gzdesk.services.tables import TableFile

    ListPage: TypeAlias = RecordBrowser | UnitViewPage

Write = Callable[[Path, Progress], "TableFile"]


def save_list(page: ListPage, *, suffix: str, all_items: bool = False) -> None:
    """Write the list as it is seen into a chosen folder; `all_items` takes every item of the register."""
    tables, query, columns = page.shell.workspace.tables, page.query(), list_columns(page)

    def write(out: Path, progress: Progress) -> TableFile:
        return tables.export(query, columns=columns, all_items=all_items, out=out, progress=progress)

    save_table(page.shell, name=tables.list_name(query), suffix=suffix, write=write)


def print_list(page: ListPage) -> None:
    """Print the list as it is seen."""
    shell, query, columns = page.shell, page.query(), list_columns(page)
    tables = shell.workspace.tables
    shell.run(
        lambda progress: tables.preview(query, columns=columns, for_screen=False, progress=progress),
        title=_("Laying out the pages"),
        on_done=lambda content: printing.print_content(shell, content),
    )


def list_columns(page: ListPage) -> tuple[str, ...]:
    """What the list calls the columns that it shows."""
    table = page.findChild(QTableView, "records")
    model = table.model() if table is not None else None
    return tuple(column.id for column in model.columns) if isinstance(model, RecordTableModel) else ()


def save_table(shell: MainWindow, *, name: str, suffix: str, write: Write) -> None:
    """Let the person choose a folder and write a file there; one of that name from before stays."""
    folder = printing.ask_folder(shell)
    if folder is None:
        return
    out = free_name(folder, name, suffix)
    shell.run(
        lambda progress: write(out, progress),
        title=_("Writing {file}").format(file=out.name),
        on_done=lambda made: _tell(shell, made),
    )


def free_name(folder: Path, name: str, suffix: str) -> Path:
    """The file of that name in the folder, with a number when there is one already: people work on in them."""
    out, number = folder / f"{name}{suffix}", 1
    while out.exists():
        number += 1
        out = folder / f"{name} ({number}){suffix}"
    return out


def _tell(shell: MainWindow, made: TableFile) -> None:
    rows = ngettext("{count} row", "{count} rows", made.rows).format(count=f"{made.rows:,}")
    words = _("Written: {file}").format(file=made.file)
    notes = " ".join(made.notes)
    shell.tell(f"{words} {rows} {notes}".rstrip(), "warn" if made.notes else "ok")
