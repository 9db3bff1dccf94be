"""The pages. To add one: `pages/<name>.py` with a `Page`, one row here (and its place in the column), a journey test.

Pages are imported when they are first shown: the first window must not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from gzdesk.i18n import gettext

if TYPE_CHECKING:
    from gzdesk.desktop.page import Page

VILLAGE, TOWN = "village", "town"
BOTH = (VILLAGE, TOWN)


def _(message: str) -> str:
    """Mark a title for translation; it is translated when it is shown, in the language then in use."""
    return message


class PageEntry(NamedTuple):
    """One row of the registry. `place`: main (in the column, Ctrl+1…), bottom, or hidden."""

    id: str
    icon: str
    msgid: str
    class_name: str
    roles: tuple[str, ...]
    place: str = "main"
    town_msgid: str = ""

    def title(self, role: str) -> str:
        """The name in the column, in the language in use."""
        return gettext(self.town_msgid if role == TOWN and self.town_msgid else self.msgid)

    def load(self) -> type[Page]:
        """Import the page's class from the module of the same name."""
        module = import_module(f"gzdesk.desktop.pages.{self.id}")
        page: type[Page] = getattr(module, self.class_name)
        return page


PAGES: tuple[PageEntry, ...] = (
    PageEntry("home", "home", _("Home"), "HomePage", (VILLAGE,)),
    PageEntry("board", "grid", _("Overview"), "BoardPage", (TOWN,)),
    PageEntry("receive", "inbox", _("Receive"), "ReceivePage", (TOWN,)),
    PageEntry("unit_view", "book", _("Villages"), "UnitViewPage", (TOWN,)),
    PageEntry("records", "list", _("Records"), "RecordsPage", (VILLAGE,)),
    PageEntry("opening", "calendar", _("Opening"), "OpeningPage", (VILLAGE,)),
    PageEntry("months", "month", _("Months"), "MonthsPage", (VILLAGE,)),
    PageEntry("registers", "people", _("Registers"), "RegistersPage", BOTH, town_msgid=_("Catalogues")),
    PageEntry("enrol", "key", _("Join files"), "EnrolPage", (TOWN,)),
    PageEntry("stick", "stick", _("USB stick"), "StickPage", (VILLAGE,)),
    PageEntry("papers", "printer", _("Print"), "PapersPage", BOTH),
    PageEntry("tables", "chart", _("Tables"), "TablesPage", BOTH),
    PageEntry("indicators", "target", _("Indicators"), "IndicatorsPage", BOTH),
    PageEntry("tasks", "task", _("Tasks"), "TasksPage", BOTH),
    PageEntry("review", "return", _("Review"), "ReviewPage", (TOWN,)),
    PageEntry("evidence", "clip", _("Evidence"), "EvidencePage", BOTH),
    PageEntry("settings", "settings", _("Settings"), "SettingsPage", BOTH, place="bottom"),
    PageEntry("help", "help", _("Help"), "HelpPage", BOTH, place="bottom"),
    PageEntry("wizard", "home", _("First start"), "WizardPage", BOTH, place="hidden"),
    PageEntry("import_table", "import", _("Take in from Excel"), "ImportTablePage", BOTH, place="hidden"),
    PageEntry("personal_data", "person", _("Personal data"), "PersonalDataPage", BOTH, place="hidden"),
    PageEntry(
        "indicator_records",
        "list",
        _("Behind the number"),
        "IndicatorRecordsPage",
        BOTH,
        place="hidden",
    ),
    PageEntry("deadlines", "calendar", _("Calendar of duties"), "DeadlinesPage", BOTH, place="hidden"),
    PageEntry("twins", "copy", _("One event or two"), "TwinsPage", (TOWN,), place="hidden"),
    PageEntry("conflict", "inbox", _("Which version to use"), "ConflictPage", (TOWN,), place="hidden"),
    PageEntry("adjustments", "edit", _("Targets and rules"), "AdjustmentsPage", BOTH, place="hidden"),
    PageEntry("units", "town", _("List of units"), "UnitsPage", (TOWN,), place="hidden"),
    PageEntry(
        "returned", "return", _("Put right what was returned"), "ReturnedPage", (VILLAGE,), place="hidden"
    ),
    PageEntry("recycle_bin", "trash", _("Recycle bin"), "RecycleBinPage", BOTH, place="hidden"),
)


# The column from top to bottom: what is done every day before what is looked up. Ctrl has ten digits; the evidence is
# the eleventh, and the tasks lead to it with Enter.
_COLUMN: Mapping[str, tuple[str, ...]] = {
    VILLAGE: (
        "home",
        "records",
        "opening",
        "months",
        "registers",
        "stick",
        "papers",
        "tables",
        "indicators",
        "tasks",
        "evidence",
    ),
    TOWN: (
        "board",
        "receive",
        "review",
        "indicators",
        "tasks",
        "papers",
        "registers",
        "unit_view",
        "enrol",
        "tables",
        "evidence",
    ),
}


def find_page(page_id: str) -> PageEntry:
    """The row of that id. Raises KeyError for an id that no page has."""
    for entry in PAGES:
        if entry.id == page_id:
            return entry
    raise KeyError(page_id)


def pages_for(role: str, place: str) -> tuple[PageEntry, ...]:
    """The pages of a village or of the town in that place of the column, in order."""
    if place == "main":
        return tuple(map(find_page, _COLUMN[role]))
    return tuple(entry for entry in PAGES if role in entry.roles and entry.place == place)
