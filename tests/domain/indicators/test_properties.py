"""Whatever the order of reading and importing, and whatever does not count: the values stay (all indicators)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import Result
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD
from tests.domain.indicators.drawn import VALUES, WORLD, measured, one_row, rows
from tests.domain.indicators.world import BY_ID, TYPES, World

YEAR = Period.of_year(2019)
MAY = Period.of_month(Month(2019, 5))
# What the rows of indicators.toml do not name, for it changes no figure of a year by itself.
_READ_BESIDES = {
    "duty_monthly_report_on_time_rate": ("monthly_sheet",),
    "duty_fund_notice_rate": ("evidence",),
}
_EVENTS = frozenset({"activity", "performance", "film_screening", "training_session"})
_ATTEMPTS = 6
_SEARCH = settings(max_examples=2500, deadline=None, database=None, phases=(Phase.generate,))


def _read_by(indicator: str) -> tuple[str, ...]:
    """Mostly the types that the indicator reads; as often as one of them whatever else there is."""
    return (*_own(indicator) * len(VALUES), *VALUES)


def _own(indicator: str) -> tuple[str, ...]:
    types = [*BY_ID[indicator].record_types, *_READ_BESIDES.get(indicator, ())]
    if _EVENTS.intersection(types):
        types += ["joint_event", "co_credit", "review"]
    return tuple(dict.fromkeys(name for name in types if name in VALUES))


def _other_statuses(type_id: str) -> tuple[str, ...]:
    """The statuses in which a record of that type does not count."""
    record_type = TYPES.get(type_id)
    return () if record_type is None else tuple(name for name in record_type.statuses if name != HELD)


def _shown(world: World, indicator: str) -> list[Result]:
    return [
        measured(world, indicator, period, unit)
        for period, unit in ((YEAR, None), (YEAR, "a"), (MAY, None), (MAY, "a"))
    ]


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
def test_every_indicator_counts_something_that_is_drawn(indicator: str) -> None:
    def counts(drawn: list[Row]) -> bool:
        found = measured(WORLD.having(*drawn), indicator, YEAR)
        return bool(found.counted) and (found.value is not None or bool(found.text))

    assert find(rows(_read_by(indicator)), counts, settings=_SEARCH, random=Random(indicator))


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_order_of_records_never_changes_a_result(indicator: str, data: st.DataObject) -> None:
    drawn = data.draw(rows(_read_by(indicator)))
    shuffled = data.draw(st.permutations(drawn))
    assert _shown(WORLD.having(*drawn), indicator) == _shown(WORLD.having(*shuffled), indicator)


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_record_that_does_not_count_never_changes_a_value(indicator: str, data: st.DataObject) -> None:
    world = WORLD.having(*data.draw(rows(_read_by(indicator))))
    before = [_counts(result) for result in _shown(world, indicator)]
    # What can only be held, such as a decision of the station, is left out.
    type_id = data.draw(st.sampled_from([name for name in _own(indicator) if _other_statuses(name)]))
    # First or last of all in the order of ids, for the last one of a day often decides.
    name = data.draw(st.sampled_from(["!", "~"]))
    for _attempt in range(_ATTEMPTS):
        held = data.draw(one_row([type_id], key="extra"))._replace(id=name)
        if [_counts(result) for result in _shown(world.having(held), indicator)] != before:
            break  # held it would tell
    status = data.draw(st.sampled_from(_other_statuses(type_id)))
    extra = held._replace(status=status, values={**held.values, "status": status})
    assert [_counts(result) for result in _shown(world.having(extra), indicator)] == before


def _counts(result: Result) -> object:
    parts = tuple(replace(part, note="") for part in result.parts)
    return (
        result.value,
        result.numerator,
        result.denominator,
        result.low,
        result.high,
        result.counted,
        parts,
    ), (
        result.verdict,
        result.verdict_with_evidence,
        result.with_evidence,
    )
