"""The town says of two records whether they are one event: written down twice, or held by two villages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from gzdesk.desktop.page import Page
from gzdesk.desktop.twin_view import keep_words, question, side_card
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, clear_layout
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.joint import DIFFERENT, DUPLICATE, JOINT, SAME
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.home_words import month_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.domain.unit import Unit
    from gzdesk.services.twins import Twin

_OPEN, _DECIDED = "open", "decided"


class TwinsPage(Page):
    """Two columns; Alt+1 and Alt+2 say which record counts, Ctrl+Enter that there are two events.

    What was decided is shown too, and can be decided again; there the partner of a joint event may get its share.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._month = Month.of(window.workspace.mint.today()).plus(-1)
        self._waiting: tuple[Twin, ...] = ()
        self._at = 0
        self._decided = False
        self._shown: tuple[Month, bool, tuple[Twin, ...]] | None = None
        self._keep: list[Button] = []
        self.head = self.add_head(_("One event or two"))
        self._pills = Pills(
            ((_OPEN, _("To decide")), (_DECIDED, _("Decided"))),
            chosen=_OPEN,
            on_choose=lambda chosen: self._turn_to(decided=chosen == _DECIDED),
        )
        self.head.add(self._pills)
        self.head.add(self.button(_("Back"), key="Esc", icon="left", name="back", on_click=window.back))
        self._views = QStackedWidget()
        self._empty = EmptyState(
            self.theme, "check", "", self.button(_("Back"), key="Esc", kind="primary", on_click=window.back)
        )
        self._views.addWidget(self._empty)
        self._views.addWidget(self._make_card())
        self.column.addWidget(self._views, 1)
        self.on_key("PgUp", lambda: self._turn(-1))
        self.on_key("PgDown", lambda: self._turn(1))
        for key in ("Ctrl+PgUp", "Ctrl+PgDown"):
            self.on_key(key, lambda: self._turn_to(decided=not self._decided))
        self.on_key("Ctrl+Return", self.are_two, name="two_events")
        self.on_key("F7", self.put_off, name="next_thing")

    def activate(self, **arguments: object) -> None:
        """`month` is a month or its text."""
        month = arguments.get("month")
        if month is not None:
            self._month = month if isinstance(month, Month) else Month.parse(str(month))
        self._at, self._shown = 0, None
        if "decided" in arguments:
            self._show_those(decided=arguments["decided"] is True)

    def refresh(self) -> None:
        """Read the suspicions anew."""
        twins = self.shell.workspace.twins.all(self._month)
        found = tuple(twin for twin in twins if bool(twin.verdict) == self._decided)
        if self._shown == (self._month, self._decided, found):
            return
        self._shown, self._waiting = (self._month, self._decided, found), found
        self._at = min(self._at, max(0, len(found) - 1))
        self._show()

    def put_away(self) -> dict[str, object]:
        """Which month was shown."""
        return {"month": str(self._month), "decided": self._decided}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        other = _("to decide") if self._decided else _("decided")
        months = (("PgUp PgDn", _("month")), ("Ctrl+PgDn", other), ("Esc", _("back")))
        if not self._waiting:
            return months
        return (
            ("Alt+1", _("left one counts")),
            ("Alt+2", _("right one counts")),
            ("Ctrl+Enter", _("two events")),
            ("F7", _("next") if self._decided else _("later")),
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
        """Alt+1, Alt+2: one event, and which record counts. Alt+3: whether the partner counts it too."""
        if not self._waiting or at > 2:
            return False
        if at < 2:
            self.is_one(at)
        elif _partner(self._waiting[self._at]) is None:
            return False
        else:
            self.change_credit()
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

    def change_credit(self) -> None:
        """Let the partner of a joint event count it too, or no longer."""
        twin = self._waiting[self._at]
        partner = _partner(twin)
        if partner is None:
            return
        twins = self.shell.workspace.twins
        taken_back = self._is_credited(twin, partner)
        try:
            if taken_back:
                twins.take_credit_back(twin.host, partner.id)
            else:
                twins.credit(twin.host, partner.id, reason=self._reason.text())
        except UserError as error:
            self.shell.tell_error(error)
            self._reason.setFocus()
            return
        self._show()
        self.focus_first()
        words = _("Noted: it counts for the host only.") if taken_back else _("Noted: {unit} counts it too.")
        self.shell.tell(words.format(unit=partner.label))

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

    def _turn_to(self, *, decided: bool) -> None:
        self._show_those(decided=decided)
        self.refresh()
        self.focus_first()

    def _show_those(self, *, decided: bool) -> None:
        self._decided, self._at = decided, 0
        self._pills.choose(_DECIDED if decided else _OPEN)

    # Showing

    def _make_card(self) -> Card:
        card = Card(self.theme, margin=0)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        card.body.addLayout(self._body, 1)
        foot = card.add_foot()
        self._count = label("", ink="ink2")
        foot.addWidget(self._count, 1)
        self._later = self.button(_("Later"), key="F7", name="later", on_click=self.put_off)
        foot.addWidget(self._later)
        foot.addWidget(self.button(_("Two events"), key="Ctrl+Enter", name="two", on_click=self.are_two))
        return card

    def _show(self) -> None:
        clear_layout(self._body)
        self._views.setCurrentIndex(1 if self._waiting else 0)
        self._empty.sentence.setText(
            _("Nothing of this month was decided yet.")
            if self._decided
            else _("Nothing of this month looks like one event written down twice.")
        )
        self.head.subtitle.setText(month_words(self._month))
        self._later.setText(f"{_('Next') if self._decided else _('Later')} F7")
        if self._waiting:
            twin = self._waiting[self._at]
            words = _("{number} of {total}").format(number=self._at + 1, total=len(self._waiting))
            self._count.setText(words)
            self._body.addWidget(question(twin, self.theme))
            self._body.addLayout(self._columns(twin), 1)
            partner = _partner(twin)
            if partner is not None:
                self._body.addLayout(self._credit_line(twin, partner))
        self.shell.update_hints()

    def _columns(self, twin: Twin) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(*[self.px(margin) for margin in (16, 14, 16, 14)])
        row.setSpacing(self.px(16))
        self._keep = [self._keep_button(twin, number) for number in range(len(twin.sides))]
        for side, keep in zip(twin.sides, self._keep, strict=True):
            row.addWidget(side_card(twin, side, theme=self.theme, keep=keep), 1)
        return row

    def _keep_button(self, twin: Twin, number: int) -> Button:
        return self.button(
            keep_words(twin),
            key=f"Alt+{number + 1}",
            kind="primary" if number == 0 and not twin.verdict else "normal",
            name=f"keep_{number + 1}",
            on_click=lambda: self.is_one(number),
        )

    def _credit_line(self, twin: Twin, partner: Unit) -> QHBoxLayout:
        """The station may let the partner count the event for its own minimum too (counting_rules G3)."""
        row = QHBoxLayout()
        row.setContentsMargins(*[self.px(margin) for margin in (16, 0, 16, 14)])
        row.setSpacing(self.px(10))
        if self._is_credited(twin, partner):
            words = _("{unit} may count it too.").format(unit=partner.label)
            row.addWidget(label(words, size="table"), 1)
            button = _("For the host only")
        else:
            self._reason = QLineEdit()
            self._reason.setObjectName("reason")
            self._reason.setPlaceholderText(_("Why {unit} may count it too").format(unit=partner.label))
            self._reason.returnPressed.connect(self.change_credit)
            row.addWidget(self._reason, 1)
            button = _("Let {unit} count it too").format(unit=partner.label)
        row.addWidget(self.button(button, key="Alt+3", name="credit", on_click=self.change_credit))
        return row

    def _is_credited(self, twin: Twin, partner: Unit) -> bool:
        return partner.id in {unit.id for unit in self.shell.workspace.twins.credited(twin.host)}


def _partner(twin: Twin) -> Unit | None:
    """The unit whose record stands for a joint event besides the host's; None where there is none."""
    if twin.verdict != JOINT:
        return None
    return next((side.unit for side in twin.sides if side.record != twin.host), None)
