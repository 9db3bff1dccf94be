"""A village that wrote down its October, on a real ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.domain.period import Month

TODAY = date(2019, 11, 6)
OCTOBER = Month(2019, 10)
PHOTO = {"sha256": "ab" * 32, "name": "现场.jpg", "size_bytes": 300_000}


def village(folder: Path, *, today: date = TODAY) -> Workspace:
    return init_village(folder, name="曹一村", writer_name="苏惠芳", today=today)


def save(ledger: Workspace, type_id: str, values: Mapping[str, object]) -> str:
    return ledger.records.save(type_id=type_id, values=values).id


def activity(ledger: Workspace, **changes: object) -> str:
    values: dict[str, object] = {
        "name": "书法公益班（第3课）",
        "category": "lecture",
        "date": "2019-10-16",
        "start_time": "14:30",
        "sessions": 1,
        "place": "文化服务中心二楼",
        "organiser": "村委会",
        "participants": 26,
        "leader": "苏惠芳",
        "evidence": [PHOTO],
    }
    return save(ledger, "activity", values | changes)


def cancelled(ledger: Workspace) -> str:
    return activity(
        ledger,
        name="广场舞交流赛",
        date="2019-10-25",
        status="cancelled",
        participants=None,
        evidence=None,
        cancel_reason="power_cut",
    )


def screening(ledger: Workspace, **changes: object) -> str:
    film = ledger.records.complete(type_id="film_screening", field="film_id", text="烈火英雄")[0].value
    values: dict[str, object] = {
        "receipt_no": "GZ-2019-1107",
        "date": "2019-10-11",
        "start_time": "19:30",
        "place": "曹一村文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": film,
        "team": "镇放映队",
        "projectionist": "黄志强",
        "audience": 121,
        "confirmed_by": "苏国强",
        "stamped": True,
        "evidence": [PHOTO],
    }
    return save(ledger, "film_screening", values | changes)


def venue(ledger: Workspace) -> str:
    """A service centre that is open on Saturdays and Sundays."""
    centre = save(ledger, "facility", {"name": "综合性文化服务中心", "type": "village_culture_centre"})
    save(
        ledger,
        "open_schedule",
        {
            "facility_id": centre,
            "valid_from": "2019-01-01",
            "weekday_slots": [{"weekday": day, "from": "09:00", "to": "11:30"} for day in (6, 7)],
            "holiday_rule": "照常",
            "services": ["阅览"],
            "phone": "22310000",
            "supervision_phone": "22311111",
            "posted_on": "2019-01-01",
        },
    )
    return centre


def opened(
    ledger: Workspace, centre: str, day: int, *, visitors: int | None = None, **changes: object
) -> str:
    values: dict[str, object] = {
        "facility_id": centre,
        "date": f"2019-10-{day:02d}",
        "from": "09:00",
        "to": "11:30",
        "duty_person": "苏惠芳",
        "visitors": visitors,
    }
    return save(ledger, "opening_log", values | changes)
