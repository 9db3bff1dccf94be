"""Settings. To add one: a field in `gzdesk/settings.py` and one row here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import TOWN
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress
    from gzdesk.services.maintenance import Checked

_LABEL_WIDTH = 164
_LATEST_DEADLINE = 28


class SettingsPage(Page):
    """How the program looks to this person, and what this ledger counts by."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self.add_head(_("Settings"), _("every change counts at once"))
        holder = QWidget()
        # English words in large letters need the whole width: the cards then stand below each other.
        narrow = self.theme.large and language() == "en"
        columns: QBoxLayout = QVBoxLayout(holder) if narrow else QHBoxLayout(holder)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(self.px(16))
        left = (self._look_card(), self._ledger_card())
        right = (self._rules_card(), self._person_card(), self._writer_card())
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(self.px(14))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.column.addWidget(scroll_area(holder), 1)

    def refresh(self) -> None:
        """Show what is in force."""
        settings = self._workspace.settings
        self._stick.setText(settings.stick_folder or _("the stick that is plugged in"))
        self._no_stick.setEnabled(bool(settings.stick_folder))

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys that change the look from anywhere."""
        return (
            ("Ctrl++", _("large text")),
            ("Ctrl+-", _("normal text")),
            ("Ctrl+Shift+H", _("high contrast")),
            ("Esc", _("back")),
        )

    def focus_first(self) -> None:
        """Begin at the language."""
        self._language.setFocus()

    # Look

    def _look_card(self) -> Card:
        look = self.shell.preferences
        card = Card(self.theme, _("How it looks"), _("for this account of the PC only"))
        self._language = Pills(
            (("zh_CN", "中文"), ("en", "English")),
            chosen=look.language,
            on_choose=lambda code: self.shell.change_preferences(language=code),
        )
        size = Pills(
            (("100", _("Normal")), ("125", _("Large"))),
            chosen=str(look.text_percent),
            on_choose=lambda percent: self.shell.change_preferences(text_percent=int(percent)),
        )
        colours = Pills(
            (("", _("Light")), ("dark", _("High contrast"))),
            chosen="dark" if look.high_contrast else "",
            on_choose=lambda name: self.shell.change_preferences(high_contrast=bool(name)),
        )
        self._add_row(card, _("Language"), self._language)
        self._add_row(card, _("Text size"), size)
        self._add_row(card, _("Colours"), colours)
        return card

    # Who is writing

    def _writer_card(self) -> Card:
        card = Card(self.theme, _("Who is writing"))
        self._writer = QLineEdit(self._workspace.writer_name)
        self._writer.setObjectName("writer_name")
        self._writer.setMaxLength(20)
        self._writer.editingFinished.connect(self._rename)
        self._add_row(card, _("Your name"), self._writer)
        self._add_hint(card, _("It stands in the history of every record and under “filled in by”."))
        return card

    def _rename(self) -> None:
        name = self._writer.text().strip()
        if name and name != self._workspace.writer_name:
            self._workspace.context.rename_writer(name)
            self.shell.tell(_("From now on {name} is writing.").format(name=name))

    # What is counted

    def _rules_card(self) -> Card:
        settings = self._workspace.settings
        card = Card(self.theme, _("Deadlines and counting"))
        self._add_row(
            card,
            _("Sheet due on day"),
            self._number("report_deadline_day", settings.report_deadline_day, 1, _LATEST_DEADLINE),
            _("of the following month, that day included"),
        )
        self._add_row(
            card,
            _("Remind from day"),
            self._number("remind_from_day", settings.remind_from_day, 1, _LATEST_DEADLINE),
            _("of the following month"),
        )
        self._add_duty_rows(card)
        self._add_row(
            card,
            _("A film is new for"),
            self._number("new_film_years", settings.new_film_years, 1, 5),
            _("years after its release"),
        )
        inclusive = QCheckBox(_("the very day counts too"))
        inclusive.setChecked(settings.new_film_inclusive)
        inclusive.setEnabled(not self._is_set_by_town("new_film_inclusive"))
        inclusive.toggled.connect(lambda on: self._change(new_film_inclusive=on))
        self._add_row(card, "", inclusive)
        self._add_row(
            card,
            _("Films a month"),
            self._number("screenings_per_month", settings.screenings_per_month, 1, 9),
            _("in each village"),
        )
        self._add_row(
            card,
            _("Performances a year"),
            self._number("performances_per_year", settings.performances_per_year, 1, 99),
            _("in each village"),
        )
        if self.shell.role == TOWN:
            self._add_hint(
                card, _("They hold for all villages from today; the next answers take them along.")
            )
        elif self._workspace.context.set_by_town():
            self._add_hint(card, _("What the town has set for all villages can't be changed here."))
        self._add_row(
            card, _("From a day on"), self._leading_to("adjustments", _("Targets and rules"), "edit")
        )
        if self.shell.role == TOWN:
            self._add_row(card, _("Units"), self._leading_to("units", _("List of units"), "town"))
        return card

    def _leading_to(self, page: str, words: str, icon: str) -> QWidget:
        return self.button(
            words, icon=icon, small=True, name=f"open_{page}", on_click=lambda: self.shell.go(page)
        )

    def _is_set_by_town(self, name: str) -> bool:
        return self.shell.role != TOWN and name in self._workspace.context.set_by_town()

    def _add_duty_rows(self, card: Card) -> None:
        settings = self._workspace.settings
        rows = (
            (
                _("Sheets wanted by"),
                "sheet_internal_day",
                1,
                _LATEST_DEADLINE,
                _("the earlier day inside the town"),
            ),
            (_("Steering meeting"), "meeting_cycle_months", 1, 12, _("months: 1, 2, 3, 4, 6 or 12")),
            (_("Safety check"), "safety_cycle_months", 1, 12, _("months: 1, 2, 3, 4, 6 or 12")),
            (_("Task due soon"), "due_soon_days", 0, 365, _("days ahead")),
        )
        for words, name, least, most, unit in rows:
            self._add_row(card, words, self._number(name, getattr(settings, name), least, most), unit)

    # Personal data

    def _person_card(self) -> Card:
        settings = self._workspace.settings
        card = Card(self.theme, _("Personal data"))
        masked = QCheckBox(_("hide the middle of phone numbers"))
        masked.setObjectName("mask_phones")
        masked.setChecked(settings.mask_phones)
        masked.toggled.connect(lambda on: self._change(mask_phones=on))
        self._add_row(card, _("Lists and paper"), masked)
        self._add_row(
            card,
            _("Who left goes"),
            self._number("person_kept_years", settings.person_kept_years, 1, 30),
            _("years after leaving"),
        )
        self._numbers = QCheckBox(_("ask volunteers for it"))
        self._numbers.setObjectName("keep_id_numbers")
        self._numbers.setChecked(settings.keep_id_numbers)
        self._numbers.toggled.connect(self._ask_for_numbers)
        self._add_row(card, _("ID number"), self._numbers)
        self._add_hint(
            card,
            _(
                "The law asks for as little as needed: the platform number is enough. Kept sealed on this PC, "
                "never handed in, hidden on paper."
            ),
        )
        button = self.button(
            _("Erase, keeping times"),
            icon="person",
            small=True,
            name="personal_data",
            on_click=self._open_persons,
        )
        self._add_row(card, _("Personal data"), button)
        return card

    def _ask_for_numbers(self, on: bool) -> None:
        if on == self._workspace.settings.keep_id_numbers:
            return
        count = 0 if on else self._workspace.privacy.sealed()
        answer = self._what_of_numbers(count) if count else "keep"
        if not answer:
            self._numbers.setChecked(True)
            return
        self.shell.forget_hidden_pages()
        if answer == "erase":
            try:
                self._workspace.privacy.forget_sealed()
            except UserError as error:
                self.shell.tell_error(error)
                return
        self._change(keep_id_numbers=on)

    def _what_of_numbers(self, count: int) -> str:
        """What becomes of the numbers that are kept: erase, keep, or an empty text for neither."""
        words = ngettext(
            "{count} ID number is kept on this PC. Erase it too?",
            "{count} ID numbers are kept on this PC. Erase them too?",
            count,
        )
        return AskDialog(
            self.shell,
            self.theme,
            question=words.format(count=count),
            sentence=_(
                "Kept ones come back when the item is switched on again. Erased ones are gone for good."
            ),
            answers=(
                Answer(id="keep", words=_("Keep them, sealed"), kind="primary"),
                Answer(id="erase", words=_("Erase them"), kind="danger"),
            ),
        ).ask()

    def _open_persons(self) -> None:
        self.shell.go("personal_data")

    def _number(self, name: str, value: int, least: int, most: int) -> QLineEdit:
        box = QLineEdit(str(value))
        box.setObjectName(name)
        box.setValidator(QIntValidator(least, most, box))
        box.setFixedWidth(self.px(64))
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setEnabled(not self._is_set_by_town(name))
        box.editingFinished.connect(lambda: self._change(**{name: int(box.text())}))
        return box

    def _change(self, **values: Any) -> None:
        before = self._workspace.settings
        if before.changed(**values) != before:
            self._workspace.context.change_settings(**values)
            self.shell.tell(_("Changed. It counts from now on."))

    # The ledger

    def _ledger_card(self) -> Card:
        card = Card(self.theme, _("Ledger"))
        folder = QLineEdit(str(self._workspace.folder))
        folder.setReadOnly(True)
        self._add_row(card, _("Data folder"), folder)
        self._stick = ElidedLabel("", size="table")
        self._no_stick = self._small(_("Look for sticks"), self._forget_stick)
        self._add_row(card, _("Stick"), self._stick, *self._buttons(self._choose_stick, self._no_stick))
        if self.shell.role != TOWN:
            self._add_town_rows(card)
        check = self.button(_("Check the ledger"), icon="check", small=True, on_click=self._check)
        self._add_row(card, _("Health"), check)
        bin_button = self.button(
            _("Recycle bin"), icon="trash", small=True, name="recycle_bin", on_click=self._open_bin
        )
        self._add_row(card, _("Deleted"), bin_button)
        return card

    def _open_bin(self) -> None:
        self.shell.go("recycle_bin")

    def _buttons(self, choose: Callable[[], object], *others: QWidget) -> tuple[QWidget, ...]:
        return (self._small(_("Choose a folder"), choose), *others)

    def _small(self, text: str, action: Callable[[], object]) -> QWidget:
        return self.button(text, small=True, on_click=action)

    def _add_town_rows(self, card: Card) -> None:
        joined = self._workspace.enrolment.has_joined()
        town = self._workspace.units.town.label
        words = _("reports to {town}").format(town=town) if joined else _("works by itself")
        button = self._small(_("Choose a join file"), self._join)
        self._add_row(card, _("Town"), ElidedLabel(words, size="table"), button)
        number = QLineEdit(self._workspace.enrolment.fingerprint())
        number.setReadOnly(True)
        self._add_row(card, _("Number of this PC"), number)
        self._add_hint(card, _("Read this number out when the town station asks for it on the phone."))

    def _join(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the join file"), str(Path.home()), _("Join file (*.gzj)")
        )
        if name:
            self.join(Path(name))

    def join(self, file: Path) -> None:
        """Join the town with that file."""
        from gzdesk.services.enrolment import read_join_file

        try:
            self._workspace.enrolment.accept(read_join_file(file))
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.shell.show_unit()
        self.shell.tell(_("Joined {town}.").format(town=self._workspace.units.town.label))

    def _choose_stick(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder"), str(Path.home()))
        if name:
            self._change(stick_folder=name)
            self.refresh()

    def _forget_stick(self) -> None:
        self._change(stick_folder="")
        self.refresh()

    def _check(self) -> None:
        def job(progress: Progress) -> Checked:
            return self._workspace.maintenance.check(progress)

        self.shell.run(job, title=_("Checking the ledger"), on_done=self._tell_checked)

    def _tell_checked(self, checked: Checked) -> None:
        if checked.ok:
            words = ngettext(
                "{count} record, all in order.", "{count} records, all in order.", checked.records
            )
            self.shell.tell(words.format(count=checked.records))
        else:
            self.shell.tell(checked.problems[0], "error")

    # Rows

    def _add_row(self, card: Card, words: str, *controls: QWidget | str) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.px(10))
        title = label(words, ink="ink2")
        title.setFixedWidth(self.px(_LABEL_WIDTH))
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(title)
        for control in controls:
            part = label(control, size="table", ink="ink2") if isinstance(control, str) else control
            row.addWidget(part, 1 if _is_wide(part) else 0)
        if not any(_is_wide(control) for control in controls):
            row.addStretch(1)
        card.body.addLayout(row)

    def _add_hint(self, card: Card, words: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(self.px(_LABEL_WIDTH + 10), 0, 0, 0)
        row.addWidget(label(words, size="small", ink="ink3", wrap=True))
        card.body.addLayout(row)


def _is_wide(part: QWidget | str) -> bool:
    if isinstance(part, QLineEdit):
        return part.validator() is None
    return isinstance(part, ElidedLabel)
