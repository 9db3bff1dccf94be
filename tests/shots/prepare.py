"""Bring a demonstration to the moment that is photographed: work left over in the village, files for the town."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from gzdesk import bootstrap
from gzdesk.domain.period import Month
from gzdesk.domain.review import Remark
from gzdesk.errors import UserError

HANDING_IN = ("gusi", "gusan", "guer", "guyi", "qifang", "gangnan", "caoyi", "liufang", "gangdong")
_CUT, _GAP = "gangdong", "liufang"


def leave_work(village: Path, *, today: date) -> None:
    """A month to close, three days without figures, a performance planned."""
    workspace = bootstrap.open_workspace(village, today=today)
    this = Month.of(today)
    try:
        with suppress(UserError):
            workspace.months.reopen(this.plus(-1), reason="漏记一场")
        venue = next(venue for venue in workspace.opening.venues() if venue.has_schedule)
        for day in (date(2019, 10, 24), date(2019, 10, 31), date(2019, 11, 5)):
            workspace.opening.set_visitors(workspace.opening.month(Month.of(day), venue), day, None)
        workspace.records.save(type_id="activity", values=_activity(today, "planned", day=16))
    finally:
        workspace.close()


def return_one(town: Path, village: Path, folder: Path, *, today: date) -> None:
    """The town returns a performance of last month, and the village has read the answer."""
    station = bootstrap.open_workspace(town, today=today)
    unit, folder = village.name, folder / "returned"
    folder.mkdir()
    try:
        records = station.review.records(unit, Month.of(today).plus(-1))
        shown = next(
            (item.record for item in records if item.record.type == "performance"), records[0].record
        )
        field = "audience" if "audience" in shown.values else ""
        station.review.give_back(shown.id, [Remark(field=field, text="回执单上写的是 580 人，请对照核实。")])
        (made,) = station.exchange.export(folder, unit)
    finally:
        station.close()
    own = bootstrap.open_workspace(village, today=today)
    try:
        own.exchange.import_files([made.file])
    finally:
        own.close()


def hand_in(demo: Path, stick: Path, *, today: date) -> None:
    """Nine packages on one stick: most are good, one follows on a lost one, one was cut off."""
    stick.mkdir(exist_ok=True)
    for unit in HANDING_IN:
        workspace = bootstrap.open_workspace(demo / "villages" / unit, today=today)
        try:
            workspace.records.save(type_id="activity", values=_activity(today, "held", day=2))
            (made,) = workspace.exchange.export(stick)
            if unit == _GAP:
                made.file.unlink()
                workspace.records.save(type_id="activity", values=_activity(today, "held", day=3))
                (made,) = workspace.exchange.export(stick)
            if unit == _CUT:
                made.file.write_bytes(made.file.read_bytes()[:-200])
        finally:
            workspace.close()


def _activity(today: date, status: str, *, day: int) -> dict[str, object]:
    values: dict[str, object] = {
        "name": "防范电信诈骗普法讲座" if status == "held" else "重阳敬老茶话会",
        "category": "law" if status == "held" else "care",
        "date": today.replace(day=day).isoformat(),
        "start_time": "09:30",
        "place": "文化服务中心一楼",
        "organiser": "村委会",
        "leader": "苏国强",
        "sessions": 1,
        "status": status,
    }
    return values | ({"participants": 54, "confirmed_by": "苏国强"} if status == "held" else {})
