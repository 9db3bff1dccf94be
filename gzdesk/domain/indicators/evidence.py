"""How complete the evidence is: items of the tasks whose checklist is covered ÷ all items (65)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import Figure, Part
from gzdesk.domain.indicators.sums import share
from gzdesk.i18n import gettext as _


def monitor_evidence_complete_rate(asked: Asked) -> Figure:
    """Items with a complete checklist ÷ items; the checklists show what is filed today, whatever the period."""
    items = asked.facts.checklists(asked.unit)
    complete = {item.item_id for item in items if item.is_complete}
    papers = [row for row in asked.register("evidence") if row.text("task_item") in complete]
    tally = asked.count(papers)
    by_item: dict[str, list[str]] = {}
    for row in tally.rows:
        by_item.setdefault(row.text("task_item"), []).append(row.id)
    parts = [
        Part(
            key=item.item_id,
            label=item.label,
            numerator=Fraction(item.covered),
            denominator=Fraction(item.wanted),
            value=Fraction(item.is_complete),
            counted=tuple(sorted(by_item.get(item.item_id, ()))),
        )
        for item in items
    ]
    return share(
        len(complete),
        len(items),
        tally=tally,
        parts=parts,
        notes=[_("As filed on {day}").format(day=asked.facts.today.isoformat())],
    )


INDICATORS: Mapping[str, Function] = {"monitor_evidence_complete_rate": monitor_evidence_complete_rate}
