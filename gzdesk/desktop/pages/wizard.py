"""The first start: whose PC this is, and who is writing. Two questions, then the ledger is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gzdesk.desktop.page import Page
from gzdesk.desktop.sticks import find_files, join_file_folders
from gzdesk.desktop.widgets.cards import Card, line
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.settings import default_data_dir

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress

_CARD_WIDTH = 760
JOIN, ALONE, TOWN_STATION = range(3)


class WizardPage(Page):
    """Asks what must be known before anything can be written down, and makes the ledger."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._folder = default_data_dir()
        self._today: date | None = None
        self._join_file: Path | None = None
        self._options = QButtonGroup(self)
        holder = QWidget()
        middle = QVBoxLayout(holder)
        middle.addStretch(1)
        middle.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        self.column.addWidget(scroll_area(holder))
        self.on_key("Ctrl+Return", self.start)
        self._options.idClicked.connect(lambda _id: self._show_choice())

    def activate(self, **arguments: Any) -> None:
        """`folder` is where the ledger will be, `today` a fixed day for demonstrations."""
        self._folder = arguments.get("folder", self._folder)
        self._today = arguments.get("today", self._today)
        self._where.setText(_("The ledger will be kept in {folder}").format(folder=self._folder))
        found = find_files(join_file_folders(), "*.gzj")
        if len(found) == 1:
            self.take_join_file(found[0])
        self._choose(JOIN if found else ALONE)

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+Enter", _("begin")),)

    def focus_first(self) -> None:
        """Begin at the choice."""
        self._options.button(self._options.checkedId()).setFocus()

    def put_away(self) -> dict[str, object]:
        """Where the ledger will be is all that must be kept; what was typed is two words."""
        return {"folder": self._folder, "today": self._today}

    def take_join_file(self, file: Path) -> None:
        """Use that join file and show for which village it is."""
        from gzdesk.services.enrolment import read_join_file

        try:
            joining = read_join_file(file)
        except UserError as error:
            self._join_file = None
            self._show_join(f"{error.message}{error.hint}", "error")
            return
        self._join_file = file
        self._show_join(_("{name} — {file}").format(name=joining.unit.label, file=file.name), "ok")
        self._choose(JOIN)

    def start(self) -> None:
        """Make the ledger and open it; what is missing is said beside its question."""
        problem = self._problem()
        self._hint.setText(problem)
        self._hint.setVisible(bool(problem))
        if not problem:
            self.shell.run(
                self._job(),
                title=_("Setting up the ledger"),
                on_done=self.shell.open,
                cancellable=False,
            )

    # Inside

    def _card(self) -> Card:
        card = Card(self.theme, margin=28)
        card.setFixedWidth(self.px(_CARD_WIDTH))
        card.body.setSpacing(self.px(10))
        card.body.addWidget(label(_("Village culture ledger"), size="title", bold=True))
        card.body.addWidget(label(_("Two questions, then you can begin."), ink="ink2"))
        card.body.addWidget(line())
        card.body.addWidget(label(_("1. Whose PC is this?"), size="section", bold=True))
        self._add_option(card, JOIN, _("A village that has a join file from the town"), self._join_row())
        self._add_option(card, ALONE, _("A village that works by itself for now"), self._village_row())
        self._add_option(card, TOWN_STATION, _("The town culture station"), None)
        card.body.addWidget(line())
        card.body.addWidget(label(_("2. Who is writing?"), size="section", bold=True))
        self.writer = QLineEdit()
        self.writer.setObjectName("writer_name")
        self.writer.setPlaceholderText(_("Your name, as it should stand under “filled in by”"))
        self.writer.setMaxLength(20)
        self.writer.returnPressed.connect(self.start)
        card.body.addWidget(self.writer)
        self._hint = label("", size="table", ink="error", wrap=True)
        self._hint.hide()
        card.body.addWidget(self._hint)
        self._where = label("", size="small", ink="ink3", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self._where, 1)
        row.addWidget(
            self.button(_("Begin"), key="Ctrl+Enter", kind="primary", name="begin", on_click=self.start)
        )
        card.body.addLayout(row)
        return card

    def _add_option(self, card: Card, option: int, words: str, details: QWidget | None) -> None:
        button = QRadioButton(words)
        button.setObjectName(f"option_{option}")
        self._options.addButton(button, option)
        card.body.addWidget(button)
        if details is not None:
            card.body.addWidget(details)

    def _join_row(self) -> QWidget:
        self._join_words: QLabel = label("", size="table", ink="ink2", wrap=True)
        choose = self.button(_("Choose the file"), icon="folder", small=True, on_click=self._ask_for_file)
        return self._indented(choose, self._join_words)

    def _village_row(self) -> QWidget:
        from gzdesk.services.reference import load_units

        self.village = QComboBox()
        self.village.setObjectName("village")
        for unit in load_units().below:
            self.village.addItem(unit.label, unit.name)
        self.village.setEditable(True)
        self.village.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.village.setCurrentIndex(-1)
        box = self.village.lineEdit()
        if box is not None:
            box.setPlaceholderText(_("Choose from the list, or type another name"))
        self.village.setFixedWidth(self.px(384))
        return self._indented(self.village, None)

    def _indented(self, control: QWidget, words: QLabel | None) -> QWidget:
        holder = QFrame()
        row = QHBoxLayout(holder)
        row.setContentsMargins(self.px(34), 0, 0, self.px(4))
        row.setSpacing(self.px(12))
        row.addWidget(control)
        if words is not None:
            row.addWidget(words, 1)
        else:
            row.addStretch(1)
        return holder

    def _choose(self, option: int) -> None:
        self._options.button(option).setChecked(True)
        self._show_choice()

    def _show_choice(self) -> None:
        self.village.setEnabled(self._options.checkedId() == ALONE)

    def _show_join(self, words: str, tone: str) -> None:
        self._join_words.setText(words)
        set_look(self._join_words, ink=tone)

    def _ask_for_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the join file"), str(Path.home()), _("Join file (*.gzj)")
        )
        if name:
            self.take_join_file(Path(name))

    def _problem(self) -> str:
        option = self._options.checkedId()
        if option == JOIN and self._join_file is None:
            return _("No join file yet. Choose the file that the town gave you, ending in .gzj.")
        if option == ALONE and not self._village_name():
            return _("No village yet. Choose it from the list.")
        if not self.writer.text().strip():
            return _("No name yet. Write who fills in the records.")
        return ""

    def _village_name(self) -> str:
        typed = self.village.currentText().strip()
        at = self.village.findText(typed)
        return str(self.village.itemData(at)) if at >= 0 else typed

    def _job(self) -> Any:
        option, folder, today = self._options.checkedId(), self._folder, self._today
        writer, village, file = self.writer.text().strip(), self._village_name(), self._join_file

        def job(_progress: Progress) -> Workspace:
            from gzdesk import bootstrap

            if option == TOWN_STATION:
                return bootstrap.init_town(folder, writer_name=writer, today=today)
            if option == JOIN and file is not None:
                return bootstrap.init_join(folder, file, writer_name=writer, today=today)
            return bootstrap.init_village(folder, name=village, writer_name=writer, today=today)

        return job
