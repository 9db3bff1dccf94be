"""Registers: people, places, films and what else the records refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gzdesk.desktop.record_browser import RecordBrowser
from gzdesk.desktop.record_list import ListTabs
from gzdesk.desktop.register_choice import is_lasting
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_FILMS = "film"


class RegistersPage(RecordBrowser):
    """Lists that hold all year; the same list and form as for records, without months."""

    BY_MONTH = False

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        if self._workspace.me.kind == "town":
            # The town keeps the films; the first register of all is the villages' and empty here.
            self._list.tab = _FILMS

    def tabs(self) -> ListTabs:
        """The registers, the catalogues and the notices about opening, shelf by shelf."""
        types = self._workspace.types
        return ListTabs(types=tuple(filter(is_lasting, types)), shelves=types.shelves)

    def words(self) -> tuple[str, str]:
        """Title and promise."""
        if self._workspace.me.kind == "town":
            return _("Catalogues"), _("What the town keeps for all villages; it travels with each stick")
        return _("Registers"), _("Kept here once; forms then complete from them")
