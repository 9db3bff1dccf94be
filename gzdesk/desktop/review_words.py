"""What the states of a review are called in lists, and in which colours they stand."""

from __future__ import annotations

from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import joined
from gzdesk.services.home_words import month_words


def record_chip(state: str) -> tuple[str, str]:
    """Words and tone of a record's state (domain/review.py)."""
    return {
        "approved": (_("Approved"), "ok"),
        "returned": (_("Returned"), "alarm"),
        "answered": (_("Explained"), "info"),
        "amended": (_("Amended"), "info"),
        "stale": (_("Changed since"), "warn"),
    }.get(state, (_("To review"), "outline"))


def unit_month_words(unit: str, month: Month) -> str:
    """`古镇社区1月`; in English `Guzhen Community 1/2019`."""
    return joined((unit, month_words(month)))


def month_chip(state: str) -> tuple[str, str]:
    """Words and tone of a month's state."""
    return {
        "approved": (_("Approved"), "ok"),
        "returned": (_("Returned"), "alarm"),
        "answered": (_("Explained"), "info"),
        "amended": (_("Corrected"), "info"),
        "waiting": (_("To review"), "info"),
    }.get(state, (_("Not closed yet"), "neutral"))
