"""What the states of a review are called in lists, and in which colours they stand."""

from __future__ import annotations

from gzdesk.i18n import gettext as _


def record_chip(state: str) -> tuple[str, str]:
    """Words and tone of a record's state (domain/review.py)."""
    return {
        "approved": (_("Approved"), "ok"),
        "returned": (_("Returned"), "alarm"),
        "answered": (_("Explained"), "info"),
        "amended": (_("Amended"), "info"),
        "stale": (_("Changed since"), "warn"),
    }.get(state, (_("To review"), "outline"))


def month_chip(state: str) -> tuple[str, str]:
    """Words and tone of a month's state."""
    return {
        "approved": (_("Approved"), "ok"),
        "returned": (_("Returned"), "alarm"),
        "answered": (_("Explained"), "info"),
        "amended": (_("Corrected"), "info"),
        "waiting": (_("To review"), "info"),
    }.get(state, (_("Not closed yet"), "neutral"))
