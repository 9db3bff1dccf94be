"""A village centre after ten years: 350 records and 80 photos a month (performance.md, scales to hold)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.domain.mint import Mint
from gzdesk.domain.revision import make_revision
from gzdesk.storage.authoring import Received

FIRST_DAY = date(2010, 1, 1)
LAST_DAY = date(2019, 11, 6)
RECORDS, PHOTOS = 42_000, 9_600
_CATEGORIES = ("reading", "lecture", "festival", "chorus", "science")
_PLACES = ("文化广场", "文化服务中心二楼", "农家书屋", "苏氏大宗祠")
_PEOPLE = ("苏惠芳", "李冬梅", "苏桂祺", "欧阳䶮", "余𠮷祥")
_EVERY = 4  # records for each photo, nearly


@dataclass(frozen=True, slots=True)
class Written:
    """One record as a clerk would have written it."""

    type_id: str
    values: Mapping[str, object]


def make(folder: Path) -> Workspace:
    """A ledger of ten years with its photos, as another PC of the village would have sent it."""
    workspace = init_village(folder, name="曹一村", writer_name="苏惠芳", today=LAST_DAY)
    photos = [_photo(folder, number) for number in range(PHOTOS)]
    venue = workspace.records.save(
        type_id="facility",
        values={
            "name": "综合性文化服务中心",
            "type": "village_culture_centre",
            "status": "held",
            "opened_on": "2010-01-01",
        },
    ).id
    with workspace.context.store.writing() as work:
        work.revisions.receive(_revisions(venue, photos), package=None)
        work.commit()
    return workspace


def _photo(folder: Path, number: int) -> dict[str, object]:
    content = f"photo {number}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / "files" / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"sha256": sha256, "name": f"DSC{number:05d}.jpg", "size_bytes": len(content)}


def _revisions(venue: str, photos: list[dict[str, object]]) -> Iterator[Received]:
    mint, prev = Mint(), None
    writer = mint.writer_id()
    for seq, written in enumerate(_diary(venue, photos), start=1):
        made = make_revision(
            values=written.values,
            salt=mint.salt(),
            actor="苏惠芳",
            deleted=False,
            generation=1,
            parents=(),
            prev=prev,
            record=mint.record_id(),
            recorded_at=mint.timestamp(),
            scope="caoyi",
            seq=seq,
            type=written.type_id,
            type_version=1,
            writer=writer,
        )
        prev = made.id
        yield Received(made.id, made.header, made.header_text, made.salt, made.body_text, written.values)


def _diary(venue: str, photos: list[dict[str, object]]) -> Iterator[Written]:
    days = (LAST_DAY - FIRST_DAY).days
    left = iter(photos)
    for number in range(RECORDS):
        day = FIRST_DAY + timedelta(days=number * days // RECORDS)
        written = _WRITERS[number % len(_WRITERS)](number, day, venue)
        evidence = next(left, None) if number % _EVERY == 0 else None
        yield Written(written.type_id, {**written.values, **({"evidence": [evidence]} if evidence else {})})


def _activity(number: int, day: date, _venue: str) -> Written:
    return Written(
        "activity",
        {
            "name": f"书法公益班（第{number}课）",
            "category": _CATEGORIES[number % len(_CATEGORIES)],
            "date": str(day),
            "start_time": f"{9 + number % 11:02d}:30",
            "sessions": 1,
            "place": _PLACES[number % len(_PLACES)],
            "organiser": "曹一村综合性文化服务中心",
            "participants": 12 + number % 180,
            "leader": _PEOPLE[number % len(_PEOPLE)],
            "summary": "学员练习隶书横画与波磔，老师逐一指点，课后把作品贴在二楼走廊。",
            "status": "held",
        },
    )


def _opening(number: int, day: date, venue: str) -> Written:
    return Written(
        "opening_log",
        {
            "facility_id": venue,
            "date": str(day),
            "from": "08:30",
            "to": "12:00",
            "visitors": 10 + number % 60,
            "duty_person": _PEOPLE[number % len(_PEOPLE)],
            "status": "held",
        },
    )


def _loan(number: int, day: date, venue: str) -> Written:
    return Written(
        "library_loan",
        {
            "date": str(day),
            "facility_id": venue,
            "mode": "day_total",
            "volumes": 1 + number % 9,
            "status": "held",
        },
    )


def _performance(number: int, day: date, _venue: str) -> Written:
    return Written(
        "performance",
        {
            "title": f"粤剧折子戏专场（{number}）",
            "kind": "cantonese_opera",
            "source": "village",
            "date": str(day),
            "start_time": "19:30",
            "sessions": 1,
            "place": "文化广场",
            "troupe": "曹一曲艺社",
            "audience": 80 + number % 300,
            "host_unit": "曹一村村民委员会",
            "confirmed_by": "苏桂祺",
            "stamped": True,
            "status": "held",
        },
    )


_WRITERS = (_activity, _opening, _loan, _activity, _opening, _loan, _opening, _loan, _activity, _performance)
