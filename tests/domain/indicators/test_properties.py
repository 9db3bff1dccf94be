"""Whatever the order of reading and importing, and whatever does not count: the values stay (all indicators)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.result import Result
from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import STATION, World, row

_DAYS = st.dates().map(lambda day: f"2019-{day.month:02d}-{min(day.day, 28):02d}")
_UNITS = st.sampled_from(["a", "b", "c", "s", STATION])
_REFERENCES = st.sampled_from(["x", "y", "z"])


def _values(type_id: str, day: str, pick: int, ref: str) -> dict[str, object]:
    """Plausible items of a type, varied by a number and a reference."""
    return {
        "film": {
            "title": ref,
            "origin": "domestic",
            "film_type": "feature",
            "release_date": f"201{pick % 9}",
        },
        "film_screening": {
            "date": day,
            "film_id": f"film-{ref}",
            "receipt_no": f"R{pick}",
            "place": ref,
            "completed": pick % 7 != 0,
        },
        "performance": {"date": day, "sessions": pick % 3 + 1},
        "facility": {
            "name": ref,
            "type": ("village_culture_centre", "rural_reading_room", "library", "culture_station")[pick % 4],
            "indoor_area_m2": str(pick),
            "address": ref if pick % 2 else None,
            "accepted_on": "2018",
            "wifi": pick % 3 == 0,
            "grade": "first",
        },
        "asset": {
            "class": ("terminal", "broadband")[pick % 2],
            "state": "good",
            "acquired_on": "2018-01-01",
            "place": ref,
        },
        "library_acquisition": {"date": day, "facility_id": ref, "source": "purchase", "volumes": pick},
        "library_collection_snapshot": {"on": day, "facility_id": ref, "volumes": pick},
        "library_loan": {"date": day, "facility_id": ref, "volumes": pick},
        "library_visit": {"date": day, "facility_id": ref, "person_times": pick, "method": "tally"},
        "volunteer": {"name": ref, "platform_no": f"Z{pick % 9}", "registered_on": "2018-05-01"},
        "volunteer_service": {
            "volunteer_id": f"volunteer-{ref}",
            "date": day,
            "hours": "1.5",
            "external_ref": f"E{pick % 5}",
        },
        "staff": {
            "name": ref,
            "phone": str(pick % 3),
            "employment": "funded_public_post",
            "in_post_from": "2017-01-01",
        },
        "training_session": {"start_on": day, "kind": "centralised", "sessions": 1},
        "training_attendance": {
            "session_id": f"training_session-{ref}",
            "staff_id": f"staff-{ref}",
            "days": "2.5",
            "signed": True,
        },
        "online_learning": {
            "finished_on": day,
            "staff_id": f"staff-{ref}",
            "platform": "national",
            "class_hours": "10.5",
        },
        "brand_activity": {"name": ref, "editions": pick % 2},
        "care_project": {"name": ref, "institution": f"站{pick % 3}"},
        "activity": {
            "date": day,
            "brand_id": ref,
            "care_project_id": ref,
            "sessions": 1,
            "participants": pick,
        },
        "digital_resource": {"name": ref, "from": "2018-01-01"},
        "fund_use": {"entry": "spent", "year": 2019, "date": day, "amount": f"{pick}.25"},
        "co_credit": {"record": f"performance-{pick % 9}", "unit": "a"},
    }[type_id]


_TYPES = (
    "film",
    "film_screening",
    "performance",
    "facility",
    "asset",
    "library_acquisition",
    "library_collection_snapshot",
    "library_loan",
    "library_visit",
    "volunteer",
    "volunteer_service",
    "staff",
    "training_session",
    "training_attendance",
    "online_learning",
    "brand_activity",
    "care_project",
    "activity",
    "digital_resource",
    "fund_use",
    "co_credit",
)


@st.composite
def _rows(draw: st.DrawFn) -> list[Row]:
    made: dict[str, Row] = {}
    for number in range(draw(st.integers(1, 30))):
        type_id = draw(st.sampled_from(_TYPES))
        pick, ref = draw(st.integers(1, 40)), draw(_REFERENCES)
        # The registers that others point at have the very ids that they point with.
        key = ref if type_id in {"film", "volunteer", "staff", "training_session"} else str(number)
        record = f"{type_id}-{key}"
        made[record] = row(
            type_id, draw(_UNITS), record, files=pick % 2, **_values(type_id, draw(_DAYS), pick, ref)
        )
    return list(made.values())


def _shown(world: World, indicator: str) -> list[Result]:
    return [world.year(indicator), world.year(indicator, unit="a"), world.month(indicator, 5)]


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
@settings(max_examples=25, deadline=None)
@given(rows=_rows(), data=st.data())
def test_the_order_of_records_never_changes_a_result(
    indicator: str, rows: list[Row], data: st.DataObject
) -> None:
    world = World().residents(1000).residents(90, of="a")
    shuffled = data.draw(st.permutations(rows))
    assert _shown(world.having(*rows), indicator) == _shown(world.having(*shuffled), indicator)


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
@settings(max_examples=25, deadline=None)
@given(rows=_rows(), status=st.sampled_from(["draft", "planned", "cancelled", "void"]), data=st.data())
def test_a_record_that_does_not_count_never_changes_a_value(
    indicator: str, rows: list[Row], status: str, data: st.DataObject
) -> None:
    world = World().residents(1000).residents(90, of="a").having(*rows)
    like = data.draw(st.sampled_from(rows))
    extra = like._replace(id="extra", status=status, values={**like.values, "status": status})
    for before, after in zip(_shown(world, indicator), _shown(world.having(extra), indicator), strict=True):
        assert _counts(after) == _counts(before)


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
