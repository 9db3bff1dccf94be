"""Documents: choose one, choose what it is of, look at it, print it or save it as PDF or workbook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.page import Page
from gzdesk.desktop.paper_bar import PaperBar
from gzdesk.desktop.paper_list import PaperList
from gzdesk.desktop.paper_report import PaperReport
from gzdesk.desktop.table_files import free_name
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.pdf_preview import PdfPreview
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.reports import Look, Made, ReportName

_FIRST = "opening_notice"
_LONG_REGISTER = 300  # records: more than that are laid out beside the window, not in it


class PapersPage(Page):
    """Documents at the left; what the chosen one is of, and its pages, at the right."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._documents: dict[str, ReportName] = {
            item.name: item for item in window.workspace.reports.names()
        }
        self._name = _FIRST
        self._look: Look | None = None
        self._build()
        self._bind_keys()
        self._draw_timer = QTimer(self)
        self._draw_timer.setSingleShot(True)
        self._draw_timer.setInterval(0)
        self._draw_timer.timeout.connect(self._draw)

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """`document`, `type_id`, `record_id` and `month`, `quarter` or `year` choose what is shown."""
        name, type_id = arguments.get("document"), arguments.get("type_id")
        record_id = arguments.get("record_id")
        if isinstance(name, str) and name in self._documents:
            self._name = name
        if isinstance(type_id, str):
            self.bar.choose_register(type_id)
        if isinstance(record_id, str):
            self.bar.choose_record(record_id)
        self._show_document()
        period = _period(arguments)
        if period is not None:
            self.bar.choose_period(period)

    def refresh(self) -> None:
        """Draw the document anew."""
        self._show_document()
        self._draw_timer.start()

    def put_away(self) -> dict[str, object]:
        """Which document, and what it was of."""
        wanted = self.bar.wanted()
        kept = {"document": self._name, "type_id": wanted.type_id, "record_id": wanted.record}
        quarter = str(wanted.quarter) if wanted.quarter else None
        month = str(wanted.month) if wanted.month else None
        return {**kept, "month": month, "quarter": quarter, "year": wanted.year}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """Print, workbook, PDF, pages."""
        return (
            ("Ctrl+P", _("print")),
            ("Ctrl+E", _("to Excel")),
            ("Ctrl+Shift+E", _("save as PDF")),
            ("Enter", _("choose what it is of")),
            ("PgUp PgDn", _("turn pages")),
        )

    def remark(self) -> str:
        """Where the layouts come from."""
        return _("Columns and words of the forms can be changed: see the help (F1)")

    def escape(self) -> bool:
        """Close a list of choices, then go back to the documents."""
        if self.bar.close_lists():
            return True
        if self.documents.hasFocus():
            return False
        self.documents.setFocus()
        return True

    def focus_first(self) -> None:
        """Onto the documents."""
        self.documents.setFocus()

    # -- what the person does ------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Show that document."""
        self._name = name
        self._show_document()
        self._draw_timer.start()

    def print_shown(self) -> None:
        """Print the document that is shown; characters without a glyph are named first."""
        if self._look is None:
            self._say_missing()
            return
        if self._look.missing and not printing.go_on_without(self.shell, self._look.missing):
            return
        try:
            shown = self._workspace.reports.look(self._name, for_screen=False, **self.report.options())
        except UserError as error:
            self.shell.tell_error(error)
            return
        printing.print_content(self.shell, shown.pdf)

    def save_shown(self, suffix: str) -> None:
        """Write the document that is shown into a chosen folder."""
        if self._look is None:
            self._say_missing()
            return
        folder = printing.ask_folder(self.shell)
        if folder is None:
            return
        out = free_name(folder, _file_name(self._look.title), suffix)
        name, wanted = self._name, self.report.options()
        self.shell.run(
            lambda progress: self._workspace.reports.make(name, out=out, progress=progress, **wanted),
            title=_("Writing {file}").format(file=out.name),
            on_done=self._tell_made,
        )

    def write_layouts(self) -> None:
        """Write the layouts into a chosen folder, for a town that wants other columns or words."""
        folder = printing.ask_folder(self.shell)
        if folder is None:
            return
        try:
            files = self._workspace.reports.write_layouts(folder)
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.shell.tell(
            ngettext("{count} layout was written.", "{count} layouts were written.", len(files)).format(
                count=len(files)
            )
            + _(" Change one and put it into {folder}.").format(folder=self._workspace.folder / "layouts")
        )

    def _tell_made(self, made: Made) -> None:
        words = _("Written: {file}").format(file=made.file)
        said = " ".join((*made.missing, *made.remarks))
        self.shell.tell(f"{words} {said}".rstrip(), "warn" if said else "ok")

    def _say_missing(self) -> None:
        self.shell.tell(self._nothing.text(), "warn")

    # -- showing -------------------------------------------------------------------------------

    def _show_document(self) -> None:
        if self.documents.name != self._name:
            self.documents.show_documents(tuple(self._documents.values()), chosen=self._name)
        document = self._documents[self._name]
        self._head.subtitle.setText(document.label)
        self.bar.show_for(document)
        self.report.show_for(document)

    def _draw(self) -> None:
        wanted = self.report.options()
        name, reports = self._name, self._workspace.reports
        if self._is_long():
            self.shell.run(
                lambda _progress: reports.look(name, **wanted),
                title=_("Laying out the pages"),
                on_done=self._show_look,
                on_failed=self._show_failure,
            )
            return
        try:
            self._show_look(reports.look(name, **wanted))
        except UserError as error:
            self._show_failure(error)

    def _is_long(self) -> bool:
        from gzdesk.services.records import ListQuery

        wanted = self.bar.wanted()
        if self._documents[self._name].is_finished and self._workspace.context.is_town:
            return True  # it reads the year of every unit
        if self._name != "register" or wanted.type_id is None:
            return False
        query = ListQuery(types=(wanted.type_id,), month=wanted.month, year=wanted.year, limit=1)
        return self._workspace.records.page(query).total > _LONG_REGISTER

    def _show_look(self, look: Look) -> None:
        self._look = look
        self.report.show_state(look)
        self.preview.show_pdf(look.pdf)
        said = "\n".join((*look.remarks, *look.missing))
        self._remarks.setText(said)
        self._remarks.setVisible(bool(said))
        self._stack.setCurrentWidget(self.preview)
        self._show_place()

    def _show_failure(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._look = None
        self.report.show_state(None)
        self._remarks.hide()
        self._nothing.setText(self._what_is_missing(error))
        self._place.setText("")
        self._stack.setCurrentWidget(self._nothing)

    def _what_is_missing(self, error: UserError) -> str:
        document = self._documents[self._name]
        if error.code != "record_needed":
            return f"{error.message} {error.hint}".strip()
        types = document.types or (self.bar.register_id,)
        words = self._workspace.context.record_type(types[0]).label
        return _("There is nothing in “{register}” yet. Write it down first, then print it here.").format(
            register=words
        )

    def _show_place(self) -> None:
        count = self.preview.page_count
        if count:
            words = _("page {page} of {count}").format(page=self.preview.page + 1, count=count)
            self._place.setText(words)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._head = self.add_head(_("Print"))
        for words, key, icon, kind, name, action in (
            (_("Print"), "Ctrl+P", "printer", "primary", "print", self.print_shown),
            (_("Excel"), "Ctrl+E", "export", "normal", "save_xlsx", partial(self.save_shown, ".xlsx")),
            (_("PDF"), "", "export", "normal", "save_pdf", partial(self.save_shown, ".pdf")),
        ):
            self._head.add(self.button(words, key=key, icon=icon, kind=kind, name=name, on_click=action))
        row = QHBoxLayout()
        row.setSpacing(self.px(14))
        row.addWidget(self._make_list())
        row.addWidget(self._make_sheet(), 1)
        self.column.addLayout(row, 1)

    def _make_list(self) -> QWidget:
        card = Card(self.theme, margin=0)
        self.documents = PaperList(self.theme)
        self.documents.chosen.connect(self.choose)
        self.documents.entered.connect(self._enter_choices)
        card.body.setSpacing(0)
        card.body.setContentsMargins(1, 1, 1, 1)  # the list would paint over the card's edge
        card.body.addWidget(self.documents, 1)
        card.body.addWidget(
            self.button(
                _("Change the layouts"), icon="edit", kind="link", name="layouts", on_click=self.write_layouts
            )
        )
        card.setFixedWidth(self.documents.width() + 4)
        return card

    def _make_sheet(self) -> QWidget:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        self.bar = PaperBar(self.shell)
        self.bar.changed.connect(self._draw_later)
        self._remarks = label("", size="table", ink="warn", wrap=True)
        self._remarks.setObjectName("remarks")
        self._remarks.setContentsMargins(*[self.px(margin) for margin in (14, 6, 14, 6)])
        self._remarks.hide()
        self.preview = PdfPreview(self.theme)
        self.preview.setObjectName("preview")
        self.preview.moved.connect(self._show_place)
        self.bar.finished.connect(self.preview.setFocus)
        self._nothing = label("", size="body", ink="ink2", wrap=True)
        self._nothing.setObjectName("nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(self.px(24))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self._nothing)
        self.report = PaperReport(self.shell, wanted=self.bar.wanted, save=self.save_shown)
        self.report.changed.connect(self._draw_later)
        for part in (self.bar, self.report, self._remarks):
            card.body.addWidget(part)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self._make_foot())
        return card

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(*[self.px(margin) for margin in (14, 4, 10, 4)])
        self._place = ElidedLabel("", size="table", ink="ink2")
        row.addWidget(self._place, 1)
        for name, icon, tip, step in (
            ("larger", "plus", _("Larger"), 1),
            ("smaller", "minus", _("Smaller"), -1),
        ):
            change = partial(self.preview.change_zoom, step)
            row.addWidget(icon_button(self.theme, icon, tip, name=name, on_click=change))
        return foot

    def _draw_later(self) -> None:
        self._draw_timer.start()

    def _enter_choices(self) -> None:
        (self.bar.first_field() or self.preview).setFocus(Qt.FocusReason.TabFocusReason)

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Ctrl+P", self.print_shown),
            ("Ctrl+E", partial(self.save_shown, ".xlsx")),
            ("Ctrl+Shift+E", partial(self.save_shown, ".pdf")),
            ("F2", self.report.edit_text),
            ("Ctrl+Return", self.report.finish),
            ("PgUp", lambda: self.preview.turn(-1)),
            ("PgDown", lambda: self.preview.turn(1)),
        ):
            self.on_key(keys, action)


def _period(arguments: Mapping[str, object]) -> Month | ReportQuarter | int | None:
    """The period among the arguments of a page, as it is or as text."""
    month, quarter, year = (arguments.get(name) for name in ("month", "quarter", "year"))
    if month:
        return month if isinstance(month, Month) else Month.parse(str(month))
    if quarter:
        return quarter if isinstance(quarter, ReportQuarter) else ReportQuarter.parse(str(quarter))
    return year if isinstance(year, int) else None


def _file_name(title: str) -> str:
    """The title as a file name; what Windows does not allow in one is left out."""
    return "".join(char for char in title.replace("\n", " ") if char not in '\\/:*?"<>|').strip() or "gzdesk"
