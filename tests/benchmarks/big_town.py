"""A city's worth of villages in one ledger: 300 units, ten years, 1,000,000 records (performance.md, scales)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace, init_town
from gzdesk.domain.mint import Mint
from gzdesk.domain.period import Month
from gzdesk.domain.revision import make_revision
from gzdesk.domain.unit import Unit, Units
from gzdesk.services.reference import load_units
from gzdesk.storage.authoring import Received

TODAY = date(2019, 11, 6)
FIRST, MONTHS, UNITS = Month(2010, 1), 118, 300
VOLUNTEERS, FILMS = 40, 60

Values = Mapping[str, object]


def make(folder: Path) -> Workspace:
    """A town of 300 villages whose sticks of ten years have been taken in."""
    with patch.object(bootstrap, "load_units", _units):
        workspace = init_town(folder, writer_name="区锦堂", today=TODAY)
    films = _write(workspace, "guzhen", (("film", _film(number)) for number in range(FILMS)))
    for number, unit in enumerate(workspace.units.below):
        _write_village(workspace, unit.id, number, films)
    return workspace


def _units() -> Units:
    shipped = load_units()
    below = tuple(
        Unit(
            id=f"v{number:03d}",
            name=f"第{number}村",
            name_en=f"Village {number}",
            kind="village",
            short=f"V{number}",
        )
        for number in range(UNITS)
    )
    return replace(shipped, below=below)


def _write_village(workspace: Workspace, unit: str, number: int, films: list[str]) -> None:
    people = (("volunteer", _volunteer(unit, f"{number:03d}{n:05d}")) for n in range(VOLUNTEERS))
    state = (
        ("facility", _facility(unit)),
        ("population", _population(unit, 11_000 + number)),
        ("staff", _staff(unit)),
        *people,
    )
    ids = _write(workspace, unit, iter(state))
    _write(workspace, unit, _diary(ids[0], ids[3:], films))


def _facility(unit: str) -> Values:
    return {
        "name": "综合性文化服务中心",
        "type": "village_culture_centre",
        "unit_code": unit,
        "indoor_area_m2": "420",
        "wifi": True,
        "accepted_on": "2016-05",
        "status": "held",
    }


def _population(unit: str, value: int) -> Values:
    return {
        "unit_code": unit,
        "year": 2018,
        "basis": "resident",
        "value": value,
        "source": "统计公报",
        "version": 1,
        "status": "held",
    }


def _staff(unit: str) -> Values:
    return {
        "name": f"专管员{unit}",
        "unit_code": unit,
        "employment": "funded_public_post",
        "duty": "culture_officer",
        "full_time": "full_time",
        "in_post_from": "2015-01-01",
        "status": "held",
    }


def _volunteer(unit: str, platform_no: str) -> Values:
    return {
        "name": f"志愿者{platform_no}",
        "platform_no": platform_no,
        "unit_code": unit,
        "registered_on": "2016-03-01",
        "consent_on": "2016-03-01",
        "status": "held",
    }


def _diary(venue: str, volunteers: list[str], films: list[str]) -> Iterator[tuple[str, Values]]:
    """28 records a month and the closed sheet."""
    for step in range(MONTHS):
        month = FIRST.plus(step)
        yield "film_screening", _screening(month, films[step % len(films)])
        if step % 2:
            yield "performance", _performance(month)
        yield from (("activity", _activity(month, day)) for day in (3, 9, 15, 21))
        yield from (("opening_log", _opening(month, day, venue)) for day in range(2, 22, 2))
        yield from (("library_loan", _loan(month, day, venue)) for day in range(1, 25, 4))
        yield from (("volunteer_service", _service(month, day, volunteers[day])) for day in range(5, 26, 4))
        yield (
            "monthly_sheet",
            {"month": str(month), "closed": True, "rows": [], "totals": {}, "filled_by": "甲"},
        )


def _film(number: int) -> Values:
    return {
        "title": f"影片{number}",
        "film_type": "feature",
        "origin": "domestic",
        "release_date": f"{2010 + number // 6}-{1 + number % 6 * 2:02d}",
        "duration_min": 100,
        "status": "held",
    }


def _screening(month: Month, film: str) -> Values:
    return {
        "receipt_no": f"GZ-{month}",
        "date": f"{month}-05",
        "start_time": "19:30",
        "place": "文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": film,
        "format": "digital",
        "session_count": "1",
        "team": "古镇镇电影放映队",
        "projectionist": "黄志明",
        "audience": 120,
        "completed": True,
        "confirmed_by": "苏国强",
        "stamped": True,
        "status": "held",
    }


def _performance(month: Month) -> Values:
    return {
        "title": "粤剧折子戏专场",
        "kind": "cantonese_opera",
        "source": "opera_delivery",
        "date": f"{month}-12",
        "start_time": "19:30",
        "sessions": 1,
        "place": "文化广场",
        "troupe": "曲艺社",
        "audience": 300,
        "host_unit": "村民委员会",
        "confirmed_by": "苏国强",
        "stamped": True,
        "status": "held",
    }


def _activity(month: Month, day: int) -> Values:
    return {
        "name": f"书法公益班（第{day}课）",
        "category": "reading",
        "date": f"{month}-{day:02d}",
        "start_time": "15:00",
        "sessions": 1,
        "place": "农家书屋",
        "organiser": "综合性文化服务中心",
        "participants": 30 + day,
        "leader": "苏惠芳",
        "summary": "学员练习隶书横画与波磔，老师逐一指点，课后把作品贴在二楼走廊。",
        "status": "held",
    }


def _opening(month: Month, day: int, venue: str) -> Values:
    return {
        "facility_id": venue,
        "date": f"{month}-{day:02d}",
        "from": "14:30",
        "to": "21:00",
        "visitors": 20 + day,
        "duty_person": "苏惠芳",
        "status": "held",
    }


def _loan(month: Month, day: int, venue: str) -> Values:
    return {
        "date": f"{month}-{day:02d}",
        "facility_id": venue,
        "mode": "day_total",
        "volumes": 1 + day,
        "status": "held",
    }


def _service(month: Month, day: int, volunteer: str) -> Values:
    return {
        "volunteer_id": volunteer,
        "activity_name": "文化活动秩序维护",
        "date": f"{month}-{day:02d}",
        "hours": "2.5",
        "place": "文化广场",
        "content": "布置场地、维持秩序",
        "leader": "苏惠芳",
        "confirmed_by": "苏国强",
        "status": "held",
    }


def _write(workspace: Workspace, scope: str, items: Iterator[tuple[str, Values]]) -> list[str]:
    """Take in records of a scope as its own PC would have sent them; returns their ids."""
    made = list(_revisions(scope, items))
    with workspace.context.store.writing() as work:
        work.revisions.receive(made, package=None)
        work.commit()
    return [item.header.record for item in made]


def _revisions(scope: str, items: Iterator[tuple[str, Values]]) -> Iterator[Received]:
    mint, prev = Mint(), None
    writer = mint.writer_id()
    for seq, (type_id, values) in enumerate(items, start=1):
        made = make_revision(
            values=values,
            salt=mint.salt(),
            actor="苏惠芳",
            deleted=False,
            generation=1,
            parents=(),
            prev=prev,
            record=mint.record_id(),
            recorded_at=mint.timestamp(),
            scope=scope,
            seq=seq,
            type=type_id,
            type_version=1,
            writer=writer,
        )
        prev = made.id
        yield Received(made.id, made.header, made.header_text, made.salt, made.body_text, values)
