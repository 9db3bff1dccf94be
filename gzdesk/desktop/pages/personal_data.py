"""Personal data: erasing a person, what has passed its keeping time, and what is kept of whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from gzdesk.desktop.keeping_views import DueView, KeptView
from gzdesk.desktop.page import Page
from gzdesk.desktop.person_view import PersonView
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.tab_strip import Tab, TabStrip
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

PERSON, DUE, KEPT = "person", "due", "kept"


class PersonalDataPage(Page):
    """Three views. `activate(record_id=)` shows where the person of a record stands, `view=` one of the views."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.add_head(_("Personal data"), _("what the law asks: as little as needed, no longer than needed"))
        self._strip = TabStrip(self.theme)
        self._strip.chosen.connect(self.show_view)
        self.person = PersonView(self)
        self.due = DueView(self)
        self.kept = KeptView(self)
        self._views: dict[str, PersonView | DueView | KeptView] = {
            PERSON: self.person,
            DUE: self.due,
            KEPT: self.kept,
        }
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        card.body.addWidget(self._strip)
        card.body.addWidget(self._stack, 1)
        self.column.addWidget(card, 1)
        self._view = PERSON
        self.on_key("Ctrl+PgDown", lambda: self._strip.step(1))
        self.on_key("Ctrl+PgUp", lambda: self._strip.step(-1))
        self.on_key("Ctrl+F", self._search)
        self.on_key("Delete", self._clear)

    def activate(self, **arguments: object) -> None:
        """Show a person, a view, or begin with the search."""
        record_id = arguments.get("record_id")
        self._view = str(arguments.get("view") or PERSON)
        self.person.start(str(record_id) if record_id else None)

    def refresh(self) -> None:
        """Read what the view that is shown stands on."""
        self._views[self._view].refresh()
        self._show_tabs()
        self._stack.setCurrentWidget(self._views[self._view])

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of the view that is shown."""
        return (*self._views[self._view].key_hints(), ("Ctrl+PgDn", _("next view")), ("Esc", _("back")))

    def remark(self) -> str:
        """What people should know before they press anything here."""
        return _("Nothing here can be taken back.") if self._view != KEPT else ""

    def put_away(self) -> dict[str, object]:
        """Which view was shown, and of whom."""
        return {"view": self._view, "record_id": self.person.record_id}

    def escape(self) -> bool:
        """Close the person before the page."""
        return self._view == PERSON and self.person.step_back()

    def focus_first(self) -> None:
        """Into the view."""
        self._views[self._view].focus_first()

    def show_view(self, name: str) -> None:
        """Show one of the views."""
        self._view = name
        self.refresh()
        self.focus_first()
        self.shell.update_hints()

    def _search(self) -> None:
        self.show_view(PERSON)
        self.person.focus_search()

    def _clear(self) -> None:
        self._views[self._view].clear()

    def _show_tabs(self) -> None:
        due = len(self.due.groups) if self._view == DUE else None
        self._strip.show_tabs(
            (
                Tab(id=PERSON, title=_("Erase a person")),
                Tab(id=DUE, title=_("Keeping time over"), count=due),
                Tab(id=KEPT, title=_("What is kept and why")),
            ),
            self._view,
        )
