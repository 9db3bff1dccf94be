"""Whether a film is a new domestic one on the day it is shown (tasks.json 16.2: 院线上映不足两年的国产新片)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gzdesk.domain.period import DateSpan, years_later
from gzdesk.i18n import gettext as _

NEW, OLD, UNKNOWN, NOT_DOMESTIC = "new", "old", "unknown", "not_domestic"

# A co-production with a domestic licence counts as domestic; films from Hong Kong, Macao and Taiwan do not.
_DOMESTIC = frozenset({"domestic", "coproduction"})
_FOREIGN = frozenset({"hk_mo_tw", "imported"})


def film_age(
    film: Mapping[str, object],
    on: date,
    *,
    years: int = 2,
    inclusive: bool = False,
    hk_is_domestic: bool = False,
) -> str:
    """`new`, `old`, `unknown` or `not_domestic` for a screening on that day.

    Less than `years` since the release is new; the same day that many years later is not (不足 excludes,
    民法典 1259), unless `inclusive` (the national reading 不超过两年). A release on 29 February ends its term on
    the last day of that month (民法典 202). A release known by year or month only is new or old when every day
    of it gives the same answer, else unknown; so is a release after the screening. The day of the screening
    counts, never the day of the report. `hk_is_domestic`: the town counts films of Hong Kong, Macao and Taiwan too.
    """
    origin = film.get("origin")
    if hk_is_domestic and origin == "hk_mo_tw":
        origin = "domestic"
    if origin in _FOREIGN:
        return NOT_DOMESTIC
    released = _span(film.get("release_date"))
    if released is None:
        return UNKNOWN
    if _has_passed(released.last, on, years=years, inclusive=inclusive):
        return OLD  # whatever its origin, it does not count as new
    if released.first > on:
        return UNKNOWN  # one of the two dates is wrong; it must not raise the share of new films
    if origin not in _DOMESTIC or _has_passed(released.first, on, years=years, inclusive=inclusive):
        return UNKNOWN
    return NEW


def film_age_label(code: str) -> str:
    """The words for a code of `film_age`, in the language in use; an unknown code has none."""
    return {
        NEW: _("New domestic film"),
        OLD: _("Two years or older"),
        UNKNOWN: _("To be checked"),
        NOT_DOMESTIC: _("Not domestic"),
    }.get(code, "")


def _has_passed(released: date, on: date, *, years: int, inclusive: bool) -> bool:
    limit = years_later(released, years)
    return on > limit if inclusive else on >= limit


def _span(value: object) -> DateSpan | None:
    try:
        return DateSpan.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
