"""What goes differently: a month without activities, a late village, a lost stick, what was put right or returned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.period import Month

# unit and month of 2019 where the story is best told; with fewer villages or months it moves to what there is.
_NIL = ("caosan", 7)
_LATE = ("gangnan", (3, 6, 9))
_LOST = ("gangdong", 8)
_CORRECTED = ("haizhou", 5)

CORRECTION_REASON = "漏计一页签到表，经核对补上。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Which unit lives through what, and when. None where there are too few villages or months for it."""

    nil: tuple[str, Month] | None
    late_unit: str | None
    late_months: frozenset[Month]
    lost: tuple[str, Month] | None
    corrected: tuple[str, Month] | None
    returned: Mapping[str, Month]
    left: frozenset[tuple[str, Month]]

    def is_nil(self, unit: str, month: Month) -> bool:
        """Whether the unit reports that nothing was held."""
        return self.nil == (unit, month)

    def is_late(self, unit: str, month: Month) -> bool:
        """Whether the unit hands in after the deadline."""
        return unit == self.late_unit and month in self.late_months

    def is_lost(self, unit: str, month: Month) -> bool:
        """Whether the unit's package never arrives; its next one brings everything."""
        return self.lost == (unit, month)

    def is_corrected(self, unit: str, month: Month) -> bool:
        """Whether the unit corrects the month after it was received."""
        return self.corrected == (unit, month)

    def is_returned(self, unit: str, month: Month) -> bool:
        """Whether the town gives back a record of the month when it first sees it."""
        return self.returned.get(unit) == month

    def is_left(self, unit: str, month: Month) -> bool:
        """Whether the month still waits for the town in the end."""
        return (unit, month) in self.left


def cast_story(*, units: Sequence[str], first: Month, months: int) -> Story:
    """Give the parts to the villages that there are, each to another one where possible."""
    last = first.plus(months - 1)

    def month(number: int, *, latest: Month) -> Month:
        return min(Month(first.year, number), latest)

    def unit(preferred: str, place: int) -> str:
        return preferred if preferred in units else units[-1 - place % len(units)]

    late = frozenset(month(number, latest=last) for number in _LATE[1])
    nil = (unit(_NIL[0], 0), month(_NIL[1], latest=last)) if months >= 3 else None
    lost = (unit(_LOST[0], 2), month(_LOST[1], latest=last.plus(-1))) if months >= 2 else None
    corrected = (unit(_CORRECTED[0], 3), month(_CORRECTED[1], latest=last.plus(-1))) if months >= 2 else None
    plain = [first.plus(n) for n in range(months)] if months >= 2 else []
    returned = _returned(units, plain, taken={nil, lost, corrected})
    return Story(
        nil=nil,
        late_unit=unit(_LATE[0], 1) if len(units) >= 2 else None,
        late_months=late,
        lost=lost,
        corrected=corrected,
        returned=returned,
        left=frozenset((one, last) for one in units[2::3] if plain and returned.get(one) != last),
    )


def _returned(
    units: Sequence[str], months: Sequence[Month], *, taken: Collection[tuple[str, Month] | None]
) -> dict[str, Month]:
    """One month of each unit, spread over the year from its end, so that some wait for their village in the end."""
    found = {}
    for place, unit in enumerate(units):
        free = [month for month in months if (unit, month) not in taken]
        if free:
            found[unit] = free[-1 - place % len(free)]
    return found
