"""Putting a register onto the first page: which of the four quick entries it takes the place of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.record_browser import RecordBrowser


def choose_place(browser: RecordBrowser) -> None:
    """Show the four entries; the one that is chosen gives its place to the register that is listed."""
    home, record_type = browser.shell.workspace.home, browser.record_type
    if record_type is None:
        return
    type_id, name = record_type.id, record_type.label

    def pin(place: str) -> None:
        home.pin_entry(int(place), type_id)
        words = _("Alt+{number} on Home is now: {name}").format(number=int(place) + 1, name=name)
        browser.shell.tell(words)

    rows = [
        Choice(
            id=str(place),
            words=entry.title,
            icon=entry.icon,
            after=f"Alt+{place + 1}",
            group=_("In place of"),
        )
        for place, entry in enumerate(home.quick_entries())
    ]
    panel = ChoicePanel(browser.theme, browser)
    panel.setObjectName("pin_places")
    panel.chosen.connect(pin)
    panel.open_under(browser.head, rows)
