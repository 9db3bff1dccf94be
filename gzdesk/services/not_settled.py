"""A record that two sides changed waits for the town's choice; until then it is neither judged nor deleted."""

from __future__ import annotations

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _


def cannot_judge() -> UserError:
    """In the town: approving would say yes to one version without having looked at the other."""
    return _not_settled(_("Choose first which contents to use."))


def cannot_delete() -> UserError:
    """Anywhere: deleted, the other version would be shown in its place as if nothing had happened."""
    return _not_settled(
        _("The town station chooses first which contents to use; after that it can be deleted.")
    )


def _not_settled(hint: str) -> UserError:
    return UserError(code="not_settled", message=_("This record was changed on both sides."), hint=hint)
