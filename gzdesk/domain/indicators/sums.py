"""Putting figures together: shares of units, sums per resident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally, residents_note
from gzdesk.domain.indicators.result import Excluded, Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.i18n import gettext as _


def merged(tallies: Iterable[Tally]) -> Tally:
    """All tallies in one; a record that counts for two units stands in it once (counting_rules G3)."""
    rows: dict[str, tuple[Row, bool]] = {}
    excluded: set[Excluded] = set()
    for tally in tallies:
        proved = tally.proved
        rows.update({row.id: (row, row.id in proved) for row in tally.rows})
        excluded.update(tally.excluded)
    return Tally(
        rows=[row for row, _proved in rows.values()],
        excluded=[item for item in excluded if item.record not in rows],
        proved={record for record, (_row, is_proved) in rows.items() if is_proved},
    )


def total(rows: Iterable[Row], name: str) -> Fraction:
    """The exact sum of a number of those rows; equal ones are multiplied, for adding fractions is slow."""
    counts = Counter(row.number(name) for row in rows)
    return sum((number * count for number, count in counts.items()), Fraction())


def share(
    numerator: int | Fraction,
    denominator: int | Fraction,
    *,
    tally: Tally,
    parts: Iterable[Part] = (),
    notes: Sequence[str] = (),
    rollup: bool = False,
    reason: str = "",
) -> Figure:
    """One count of another, without a value when the other is zero (counting_rules G4)."""
    value = Fraction(numerator) / Fraction(denominator) if denominator else None
    return Figure(
        value=value,
        numerator=Fraction(numerator),
        denominator=Fraction(denominator),
        reason="" if denominator else reason or _("There is nothing to divide by."),
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        parts=tuple(parts),
        notes=tuple(notes),
        rollup=rollup,
    )


def per_resident(
    asked: Asked, amount: Fraction, *, tally: Tally, times: int = 1, notes: Sequence[str] = ()
) -> Figure:
    """An amount for each resident (or each thousand); without a value where the residents are not known (G4, G5)."""
    population = asked.residents()
    return share(
        amount * times,
        population.value if population else 0,
        tally=tally,
        notes=(*((residents_note(population),) if population else ()), *notes),
        reason=_("The number of residents is not known."),
    )
