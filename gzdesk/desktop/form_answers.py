"""What the items of a form ask of the ledger: completions, and what tells a chosen record from others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gzdesk.desktop.form_fields import Shown
from gzdesk.desktop.form_state import FormState
from gzdesk.desktop.widgets.field_completion import Option
from gzdesk.desktop.widgets.field_editors import units_like
from gzdesk.domain.record_type import Field

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace

_COMPLETIONS = 6

BADGE_TONES = {"new": "ok", "old": "neutral", "unknown": "warn", "not_domestic": "neutral"}


class FormAnswers:
    """Answers for one form. What was found of a chosen record is kept as long as the form is open."""

    def __init__(self, workspace: Workspace, state: FormState) -> None:
        self._workspace, self._state = workspace, state
        self._found: dict[tuple[str, str], Shown] = {}

    def complete(self, field: Field, text: str) -> Sequence[Option]:
        """What a text in that item may become."""
        if field.kind in ("unit", "units"):
            return units_like(self._workspace.units, text)
        found = self._workspace.records.complete(
            type_id=self._state.record_type.id,
            field=field.name,
            text=text,
            on=self._day(),
            limit=_COMPLETIONS,
        )
        return tuple(
            Option(
                value=item.value,
                text=item.text,
                details=item.details,
                badge=item.badge_text,
                badge_tone=BADGE_TONES.get(item.badge, "neutral"),
            )
            for item in found
        )

    def shown(self, field: Field) -> Shown | None:
        """What stands behind a reference; None for items that are no reference."""
        if field.kind != "reference":
            return None
        pick = self._state.picks.get(field.name)
        if pick is None:
            return Shown()
        key = (pick.value, self._day())
        if key not in self._found:
            options = self.complete(field, pick.text)
            found = next((option for option in options if option.value == pick.value), None)
            self._found[key] = (
                Shown(details=found.details, badge=found.badge, tone=found.badge_tone) if found else Shown()
            )
        return self._found[key]

    def _day(self) -> str:
        value = self._state.values.get(self._state.record_type.month_of or "")
        return value if isinstance(value, str) and len(value) == 10 else ""
