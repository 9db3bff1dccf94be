"""What is shown when the ledger cannot be opened: the first-start wizard, or the reason and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, IconBox
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.app import Desktop


def show_problem(desktop: Desktop, error: BaseException) -> None:
    """Show the wizard when there is no ledger yet, else the reason; bugs go on to the crash dialog."""
    if not isinstance(error, UserError):
        raise error
    if error.code == "store_missing":
        desktop.window.go("wizard", folder=desktop.folder, today=desktop.today)
    else:
        desktop.window.show_alone(_problem_page(desktop, error))


def _problem_page(desktop: Desktop, error: UserError) -> QWidget:
    theme = desktop.window.theme
    page = QWidget()
    page.setProperty("role", "page")
    card = Card(theme, margin=24)
    card.setFixedWidth(theme.px(620))
    card.body.setSpacing(theme.px(14))
    card.body.addWidget(IconBox(theme, "warning", "warn", side=52, icon_px=30))
    card.body.addWidget(label(error.message, size="section", bold=True, wrap=True))
    card.body.addWidget(label(error.hint, wrap=True))
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    row.addStretch(1)
    row.addWidget(Button(theme, _("Close"), on_click=desktop.frame.close, name="close_window"))
    again = Button(theme, _("Try again"), kind="primary", on_click=desktop.open_ledger, name="try_again")
    row.addWidget(again)
    card.body.addLayout(row)
    column = QVBoxLayout(page)
    column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
    page.setFocusProxy(again)
    return page
