"""What the town alone decides; on a village PC it would only be one more opinion."""

from __future__ import annotations

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context


def require_town(context: Context) -> None:
    """Raise UserError `not_the_town` on a village PC."""
    if not context.is_town:
        raise UserError(
            code="not_the_town",
            message=_("Only the town station decides this."),
            hint=_("Hand in to the station; its answer file brings the decision."),
        )
