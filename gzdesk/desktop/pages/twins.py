"""The town says of two records whether they are one event: written down twice, or held by two villages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout

from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, clear_layout
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.domain.joint import DIFFERENT, DUPLICATE, JOINT, SAME
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.home_words import month_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.twins import Side, Twin


class TwinsPage(Page):
    """Two columns; Alt+1 and Alt+2 say which record counts, Ctrl+Enter that there are two events."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._month = Month.of(window.workspace.mint.today()).plus(-1)
        self._waiting: tuple[Twin, ...] = ()
        self._at = 0
        self._shown: tuple[Month, tuple[Twin, ...]] | None = None
        self._keep: list[Button] = []
        self.head = self.add_head(_("One event or two"))
        self.head.add(self.button(_("Back"), key="Esc", icon="left", name="back", on_click=window.back))
        self._views = QStackedWidget()
        self._views.addWidget(
            EmptyState(
                self.theme,
                "check",
                _("Nothing of this month looks like one event written down twice."),
                self.button(_("Back"), key="Esc", kind="primary", on_click=window.back),
            )
        )
        self._views.addWidget(self._make_card())
        self.column.addWidget(self._views, 1)
        self.on_key("PgUp", lambda: self._turn(-1))
        self.on_key("PgDown", lambda: self._turn(1))
        self.on_key("Ctrl+Return", self.are_two, name="two_events")
        self.on_key("F7", self.put_off, name="next_thing")

    def activate(self, **arguments: object) -> None:
        """`month` is a month or its text."""
        month = arguments.get("month")
        if month is not None:
            self._month = month if isinstance(month, Month) else Month.parse(str(month))
        self._at, self._shown = 0, None

    def refresh(self) -> None:
        """Read the suspicions anew."""
        found = self.shell.workspace.twins.open(self._month)
        if self._shown == (self._month, found):
            return
        self._shown, self._waiting = (self._month, found), found
        self._at = min(self._at, max(0, len(found) - 1))
        self._show()

    def put_away(self) -> dict[str, object]:
        """Which month was shown."""
        return {"month": str(self._month)}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        months = (("PgUp PgDn", _("month")), ("Esc", _("back")))
        if not self._waiting:
            return months
        return (
            ("Alt+1", _("one event, the left one counts")),
            ("Alt+2", _("one event, the right one counts")),
            ("Ctrl+Enter", _("two events")),
            ("F7", _("later")),
            *months,
        )

    def help_section(self) -> str:
        """The section on receiving."""
        return "receive"

    def focus_first(self) -> None:
        """Onto the first button."""
        if self._waiting:
            self._keep[0].setFocus()
        else:
            self.setFocus()

    def quick(self, at: int) -> bool:
        """Alt+1, Alt+2: one event, and which record counts."""
        if not self._waiting or at > 1:
            return False
        self.is_one(at)
        return True

    # What the person does

    def is_one(self, at: int) -> None:
        """One event: the record of that column counts."""
        twin = self._waiting[self._at]
        self._decide(SAME if twin.kind == DUPLICATE else JOINT, host=twin.sides[at].record)

    def are_two(self) -> None:
        """Two events: never asked again."""
        if self._waiting:
            self._decide(DIFFERENT)

    def put_off(self) -> None:
        """Leave this one for later and show the next."""
        self._at = (self._at + 1) % max(1, len(self._waiting))
        self._show()

    def _decide(self, verdict: str, *, host: str | None = None) -> None:
        twin = self._waiting[self._at]
        try:
            self.shell.workspace.twins.decide([side.record for side in twin.sides], verdict, host=host)
        except UserError as error:
            self.shell.tell_error(error)
            return
        said = {
            JOINT: _("Noted: one joint event, counted once."),
            SAME: _("Noted. The other record is returned to its unit, to be deleted."),
            DIFFERENT: _("Noted: two events. This is not asked again."),
        }
        self.refresh()
        self.focus_first()
        self.shell.tell(said[verdict])

    def _turn(self, step: int) -> None:
        self._month = self._month.plus(step)
        self._at = 0
        self.refresh()
        self.focus_first()

    # Showing

    def _make_card(self) -> Card:
        card = Card(self.theme, margin=0)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        card.body.addLayout(self._body, 1)
        foot = card.add_foot()
        self._count = label("", ink="ink2")
        foot.addWidget(self._count, 1)
        foot.addWidget(self.button(_("Later"), key="F7", name="later", on_click=self.put_off))
        foot.addWidget(self.button(_("Two events"), key="Ctrl+Enter", name="two", on_click=self.are_two))
        return card

    def _show(self) -> None:
        clear_layout(self._body)
        self._views.setCurrentIndex(1 if self._waiting else 0)
        self.head.subtitle.setText(month_words(self._month))
        if self._waiting:
            twin = self._waiting[self._at]
            words = _("{number} of {total}").format(number=self._at + 1, total=len(self._waiting))
            self._count.setText(words)
            self._body.addWidget(self._question(twin))
            self._body.addLayout(self._columns(twin), 1)
        self.shell.update_hints()

    def _question(self, twin: Twin) -> QFrame:
        strip = QFrame()
        strip.setProperty("banner", "warn")
        column = QVBoxLayout(strip)
        column.setContentsMargins(*[self.px(margin) for margin in (16, 8, 16, 8)])
        column.setSpacing(0)
        duplicate = twin.kind == DUPLICATE
        title = (
            _("The same day, time and name, twice in one unit. Is it one event?")
            if duplicate
            else _("Two units at the same time. Did they hold one event jointly?")
        )
        why = (
            _("If it is one, keep one record; the other goes back to the unit, to be deleted.")
            if duplicate
            else _("Why it is asked: {reasons}. If it is one, it counts once, for the host.").format(
                reasons=listed(twin.reasons)
            )
        )
        for words, size, bold in ((title, "section", True), (why, "table", False)):
            line = label(words, size=size, bold=bold, wrap=True)
            line.setProperty("banner_ink", True)
            column.addWidget(line)
        return strip

    def _columns(self, twin: Twin) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(*[self.px(margin) for margin in (16, 14, 16, 14)])
        row.setSpacing(self.px(16))
        self._keep = []
        for number, side in enumerate(twin.sides):
            row.addWidget(self._side(twin, side, number), 1)
        return row

    def _side(self, twin: Twin, side: Side, number: int) -> Card:
        card = Card(self.theme, side.unit.label)
        card.body.addWidget(label(side.words, bold=True, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.px(12))
        grid.setColumnStretch(1, 1)
        facts = (
            (_("Time"), side.time),
            (_("Place"), side.place),
            (_("Person-times"), "" if side.persons is None else str(side.persons)),
        )
        for at, (name, text) in enumerate(facts):
            grid.addWidget(label(name, size="table", ink="ink2"), at, 0)
            grid.addWidget(ElidedLabel(text or "—", size="table"), at, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        words = (
            _("One event, keep this one") if twin.kind == DUPLICATE else _("One event, this unit is the host")
        )
        button = self.button(
            words,
            key=f"Alt+{number + 1}",
            kind="primary" if number == 0 else "normal",
            name=f"keep_{number + 1}",
            on_click=lambda: self.is_one(number),
        )
        self._keep.append(button)
        card.body.addWidget(button)
        return card
