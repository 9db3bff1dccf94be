"""Two records side by side that may be one event: the question, the answer given so far, and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.domain.joint import DIFFERENT, DUPLICATE, JOINT
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

if TYPE_CHECKING:
    from gzdesk.services.twins import Side, Twin


def question(twin: Twin, theme: Theme) -> QFrame:
    """What is asked about the two, and why; of those that are decided, what was said."""
    title, why = _question(twin) if not twin.verdict else _answer(twin)
    strip = QFrame()
    strip.setProperty("banner", "neutral" if twin.verdict else "warn")
    column = QVBoxLayout(strip)
    column.setContentsMargins(*[theme.px(margin) for margin in (16, 8, 16, 8)])
    column.setSpacing(0)
    for words, size, bold in ((title, "section", True), (why, "table", False)):
        line = label(words, size=size, bold=bold, wrap=True)
        line.setProperty("banner_ink", True)
        column.addWidget(line)
    return strip


def _question(twin: Twin) -> tuple[str, str]:
    if twin.kind == DUPLICATE:
        return (
            _("The same day, time and name, twice in one unit. Is it one event?"),
            _("If it is one, keep one record; the other goes back to the unit, to be deleted."),
        )
    return (
        _("Two units at the same time. Did they hold one event jointly?"),
        _("Why it is asked: {reasons}. If it is one, it counts once, for the host.").format(
            reasons=listed(twin.reasons)
        ),
    )


def _answer(twin: Twin) -> tuple[str, str]:
    again = _("Choose again below if that was wrong.")
    if twin.verdict == DIFFERENT:
        return _("Decided: two events."), again
    if twin.verdict == JOINT:
        host = next(side for side in twin.sides if side.record == twin.host)
        return _("Decided: one joint event. It counts for {unit}.").format(unit=host.unit.label), again
    return _("Decided: one event written down twice."), _("The unit has been asked to delete one of the two.")


def side_card(twin: Twin, side: Side, *, theme: Theme, keep: Button) -> Card:
    """One of the two records with the button that says: this one counts."""
    card = Card(theme, side.unit.label)
    card.body.addWidget(label(side.words, bold=True, wrap=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
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
    card.body.addWidget(keep)
    return card


def keep_words(twin: Twin) -> str:
    """What the button of a side says."""
    if twin.kind == DUPLICATE:
        return _("One event, keep this one")
    return _("One event, this unit is the host")
