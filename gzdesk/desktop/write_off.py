"""Asking whether a file that is missing before a unit's months can't come any more, and writing it off then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.domain.unit import Unit


def ask_to_write_off(shell: MainWindow, unit: Unit) -> None:
    """A reason is asked for: it stands in the history instead of what the unit had written."""
    dialog = AskDialog(
        shell,
        shell.theme,
        question=_("{unit}: can the missing file not come any more?").format(unit=unit.label),
        sentence=_(
            "The unit need only hand in again: any newer file brings all that is missing. Only where its computer"
            " and all copies are gone, write it off: its months can then be approved. What turns up after all is"
            " taken in."
        ),
        reason_label=_("Why it can't come any more"),
        answers=(
            Answer(id="wait", words=_("Keep waiting")),
            Answer(id="write_off", words=_("Write it off"), kind="danger", needs_words=True),
        ),
    )
    if dialog.ask() != "write_off":
        return
    try:
        shell.workspace.lost_reports.write_off(unit.id, reason=dialog.reason.text())
    except UserError as error:
        shell.tell_error(error)
        return
    shell.tell(_("Written off: {unit} can be approved again.").format(unit=unit.label))
