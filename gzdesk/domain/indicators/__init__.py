"""The indicators of the programme, one small function each, over current records.

To add one:
1. its function in the file of its family here (`films.py`, `library.py` …): it takes an `Asked` and gives a `Figure`;
   and its id in the `INDICATORS` of that file. A new family: a new file, and its line below.
2. its row in `db/reference/indicators.toml`: wording, target, deadline, unit, the record types it reads.
   A choice that the wording leaves open is a rule in `db/reference/counting_rules.toml`, asked for by `asked.rule`.
3. a test in `tests/domain/indicators/`, written from the text of its rule.
What is general stands elsewhere and is not written again: who counts (asked.py), verdict and pace (judging.py),
merged units (roster.py), residents (population.py), sums and shares (sums.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from gzdesk.domain.indicators import (
    activities,
    duties,
    evidence,
    films,
    library,
    openings,
    programme,
    registers,
    staff,
    stage,
    venues,
    volunteers,
)
from gzdesk.domain.indicators.judging import Function

FAMILIES: tuple[Mapping[str, Function], ...] = (
    films.INDICATORS,
    stage.INDICATORS,
    venues.INDICATORS,
    library.INDICATORS,
    volunteers.INDICATORS,
    staff.INDICATORS,
    programme.INDICATORS,
    duties.INDICATORS,
    openings.INDICATORS,
    registers.INDICATORS,
    activities.INDICATORS,
    evidence.INDICATORS,
)

INDICATORS: Mapping[str, Function] = {
    indicator: function for family in FAMILIES for indicator, function in family.items()
}
