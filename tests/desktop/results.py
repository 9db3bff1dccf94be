"""Results of indicators made up on the spot, for tests of what is painted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import Indicator, Result, TargetInForce
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.services.indicators import HeatMap, HeatRow

VILLAGES = tuple(
    Unit(id=key, name=name, name_en=key, kind="village", short=key[:2])
    for key, name in (("gangdong", "冈东村"), ("caoyi", "曹一村"))
)


def indicator(**changes: object) -> Indicator:
    """One session a month in each village, as tasks.json 16.2 wants it."""
    values: dict[str, object] = {
        "id": "screenings_per_village_month",
        "zh": "行政村每月放映场次",
        "en": "Screenings per village and month",
        "type": "target",
        "value_type": "count",
        "task_items": ("16.2",),
        "formula": "",
        "unit_zh": "场",
        "unit_en": "sessions",
        "comparison": ">=",
        "target": "1",
        "target_text": "每月1场以上",
        "target_text_en": "1 a month or more",
        "scope": "village",
        "unit_kinds": ("village",),
        "period": "month",
        "runs": "monthly",
        "deadline": "",
        "text_deadline": "",
        "record_types": ("film_screening",),
    }
    return Indicator(**(values | changes))  # type: ignore[arg-type]


def target(value: object = 1, comparison: str = ">=") -> TargetInForce:
    """A target that holds from the beginning."""
    found = None if value is None else Fraction(str(value))
    return TargetInForce(
        value=found, comparison=comparison, deadline=None, text_deadline=None, zh="1场以上", en="1 or more"
    )


def result(value: object = 1, **changes: object) -> Result:
    """A year of the town that met its target, unless `changes` say otherwise."""
    found = None if value is None else Fraction(str(value))
    values: dict[str, object] = {
        "indicator": "screenings_per_village_month",
        "unit": "guzhen",
        "period": Period.of_year(2019),
        "value": found,
        "numerator": found,
        "denominator": None,
        "target": target(),
        "verdict": "met",
        "verdict_with_evidence": "met",
    }
    return Result(**(values | changes))  # type: ignore[arg-type]


def heat(**changes: object) -> HeatMap:
    """Two villages; 冈东村 has none in June, two in July; November runs, December has not begun."""
    rows = []
    for unit in VILLAGES:
        cells = [
            _month(unit, number, sessions=0 if number == 11 else 1) if number < 12 else None
            for number in range(1, 13)
        ]
        if unit.id == "gangdong":
            cells[5] = replace(
                _month(unit, 6, sessions=0), verdict="not_met", notes=("因大雨取消，已于7月6日补放。",)
            )
            cells[6] = _month(unit, 7, sessions=2)
        year = result("9/10" if unit.id == "gangdong" else 1, unit=unit.id, rollup=True)
        rows.append(HeatRow(unit=unit, cells=tuple(cells), year=year))
    values: dict[str, object] = {
        "indicator": indicator(),
        "year": 2019,
        "months": Period.of_year(2019).months(),
        "rows": tuple(rows),
        "whole": result("19/20", rollup=True, numerator=Fraction(19), denominator=Fraction(20)),
    }
    return HeatMap(**(values | changes))  # type: ignore[arg-type]


def _month(unit: Unit, number: int, *, sessions: int) -> Result:
    return result(
        sessions,
        unit=unit.id,
        period=Period.of_month(Month(2019, number)),
        verdict="met" if sessions else "none",
        counted=tuple(f"{unit.id}-{number}-{at}" for at in range(sessions)),
    )
