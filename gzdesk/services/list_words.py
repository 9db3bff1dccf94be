"""Words about lists and tables: how many, of what, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gzdesk.i18n import gettext as _
from gzdesk.i18n import pick

if TYPE_CHECKING:
    from gzdesk.services.records import Totals


def parted(parts: Iterable[str]) -> str:
    """The parts that are not empty, set apart."""
    return pick(zh="　", en="   ").join(part for part in parts if part)


def totals_words(totals: Totals, *, dated: bool) -> str:
    """How many records a list has and, of events, how many were held, planned, cancelled or drafts."""
    parts = [_("{count} records").format(count=f"{totals.records:,}")]
    for count, words in (
        (totals.held, _("held {count}")),
        (totals.planned, _("planned {count}")),
        (totals.cancelled, _("cancelled {count}")),
        (totals.drafts, _("drafts {count}")),
    ):
        if count and dated:
            parts.append(words.format(count=f"{count:,}"))
    return " · ".join(parts)


def left_out_words(all_states: Sequence[Totals]) -> list[str]:
    """A sentence on the records that are not held and so were not counted (counting_rules G1, G13)."""
    counts = (
        (sum(one.planned for one in all_states), _("planned {count}")),
        (sum(one.cancelled for one in all_states), _("cancelled {count}")),
        (sum(one.drafts for one in all_states), _("drafts {count}")),
        (sum(_void(one) for one in all_states), _("void {count}")),
    )
    found = [words.format(count=f"{count:,}") for count, words in counts if count]
    return (
        [_("Only what was held counts; left out: {parts}.").format(parts=_(", ").join(found))]
        if found
        else []
    )


def _void(totals: Totals) -> int:
    return totals.records - totals.held - totals.planned - totals.cancelled - totals.drafts
