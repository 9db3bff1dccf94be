"""Records: everything that happened, one line each, with the form beside it (pictures b and c)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.record_browser import RecordBrowser
from gzdesk.desktop.record_list import ListTabs
from gzdesk.i18n import gettext as _


class RecordsPage(RecordBrowser):
    """Events and daily registers of this village, by month."""

    def head_buttons(self) -> tuple[QWidget, ...]:
        """Paper to write on where there is no PC."""
        return (self.button(_("Blank form"), icon="printer", name="blank_form", on_click=self.print_blank),)

    def print_blank(self) -> None:
        """Print the sheet of the month that is listed with empty rows, to write on by hand."""
        printing.print_report(self.shell, "monthly_sheet_blank", month=self._list.month)

    def tabs(self) -> ListTabs:
        """All events together, then each type."""
        types = self._workspace.types
        return ListTabs(
            types=types.in_groups("event") + types.in_groups("daily"),
            all_types=types.in_groups("event"),
            all_title=_("All events"),
        )

    def words(self) -> tuple[str, str]:
        """Title and promise."""
        promise = _("{unit}: each thing is logged once; sheets take their figures from here")
        return _("Records"), promise.format(unit=self._workspace.me.label)
