"""Indicators on real ledgers: what a village wrote comes out as a number of the town."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import init_town, init_village
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.storage.queries import ListQuery

MONTHLY = "screenings_per_village_month"
SCREENING = {
    "receipt_no": "GZ-2019-001",
    "date": "2019-03-10",
    "start_time": "19:30",
    "place": "文化广场",
    "place_kind": "outdoor_fixed",
    "team": "古镇放映队",
    "projectionist": "苏国强",
    "audience": 120,
    "completed": True,
    "confirmed_by": "苏桂祺",
    "stamped": True,
    "status": "held",
}


def test_a_village_sees_its_own_and_a_save_shows_at_once(tmp_path: Path) -> None:
    workspace = init_village(tmp_path, name="曹一村", writer_name="苏惠芳", today=date(2019, 4, 2))
    before = workspace.indicators.one(MONTHLY, year=2019, month=3)
    assert (before.unit, before.value, before.verdict) == ("caoyi", 0, "not_met")
    film = next(row for row in workspace.records.page(ListQuery(types=("film",))).rows)
    saved = workspace.records.save(type_id="film_screening", values={**SCREENING, "film_id": film.id})
    after = workspace.indicators.one(MONTHLY, year=2019, month=3)
    assert (after.value, after.verdict, after.counted) == (1, "met", (saved.id,))
    assert workspace.indicators.text(workspace.indicators.one(MONTHLY, year=2019)) == "1 / 3"
    workspace.close()


def test_the_town_has_all_villages_and_only_their_units(tmp_path: Path) -> None:
    workspace = init_town(tmp_path, today=date(2019, 4, 2))
    service = workspace.indicators
    heat = service.heat(MONTHLY, 2019)
    assert len(heat.rows) == 12
    assert [cell is None for cell in heat.rows[0].cells] == [False] * 4 + [True] * 8
    assert service.one(MONTHLY, year=2019).denominator == 36
    assert [month for month, value in service.trend(MONTHLY, 2019) if value is not None] == [
        Month(2019, 1),
        Month(2019, 2),
        Month(2019, 3),
    ]
    assert {row.unit for row in service.year(2019, "曹一村")} == {"caoyi"}
    workspace.close()


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    workspace = init_town(tmp_path, today=date(2019, 4, 2))
    with pytest.raises(UserError, match="happiness"):
        workspace.indicators.one("happiness", year=2019)
    with pytest.raises(UserError):
        workspace.indicators.year(2019, "atlantis")
    workspace.close()


def test_a_brand_counts_by_its_edition_of_an_earlier_year(tmp_path: Path) -> None:
    workspace = init_town(tmp_path, today=date(2019, 4, 2))
    brand = workspace.records.save(
        type_id="brand_activity", values={"name": "古镇灯会", "owner": "古镇文化站", "status": "held"}
    )
    event = {
        "name": "元宵灯会",
        "category": "festival",
        "date": "2018-03-02",
        "start_time": "19:30",
        "sessions": 1,
        "place": "文化广场",
        "organiser": "古镇文化站",
        "participants": 900,
        "leader": "区锦堂",
        "status": "held",
    }
    assert workspace.indicators.one("brand_activity_count", year=2019).value == 0
    workspace.records.save(type_id="activity", values={**event, "brand_id": brand.id})
    assert workspace.indicators.one("brand_activity_count", year=2019).value == 1
    workspace.close()
