"""Ledgers for the stories: a town, nine villages that have joined, one of them with a lived-in month."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from gzdesk import bootstrap, i18n
from gzdesk.bootstrap import Workspace
from gzdesk.domain.period import Month
from tests.desktop.forms_world import WEEK, activity, screening
from tests.journeys.pc import TODAY, Pc

TOWN, CAOYI = "guzhen", "caoyi"
NEIGHBOURS = ("gusi", "gusan", "guer", "guyi", "liufang", "qifang", "gangdong", "gangnan")
OCTOBER = Month(2019, 10)
DAYS_WITHOUT_FIGURES = (30, 31)  # beside each other: Enter goes from one to the next


def pc_of(unit: str, folder: Path, *, language: str = "zh_CN") -> Pc:
    """The PC of a unit as it stands on the morning of the story, in a folder of its own."""
    target = folder / unit
    if not target.exists():
        shutil.copytree(_district() / unit, target)
    return Pc(target, language=language)


@contextmanager
def ledger(folder: Path, *, today: date = TODAY) -> Iterator[Workspace]:
    """The ledger in a data folder, for looking at it while no window is open."""
    workspace = bootstrap.open_workspace(folder, today=today)
    try:
        yield workspace
    finally:
        workspace.close()


def export_of(unit: str, folder: Path, stick: Path) -> Path:
    """The file that a village's clerk has put on the stick."""
    with ledger(pc_of(unit, folder).folder) as workspace:
        (made,) = workspace.exchange.export(stick)
    return made.file


def digest(folder: Path, unit: str) -> str:
    """The digest of a unit's records as that PC shows them."""
    with ledger(folder) as workspace:
        return workspace.maintenance.digest(unit).digest


@cache
def _district() -> Path:
    # Written by the services, once per run; copied before anything was exported, for a ledger that was
    # exported and then copied begins a new writer.
    i18n.set_language("zh_CN")
    folder = Path(mkdtemp(prefix="gzdesk-district-"))
    town = bootstrap.init_town(folder / TOWN, writer_name="区锦堂", today=TODAY)
    for unit in (CAOYI, *NEIGHBOURS):
        made = town.enrolment.enrol(unit, folder)
        village = bootstrap.init_join(folder / unit, made.file, writer_name="苏惠芳", today=TODAY)
        if unit == CAOYI:
            _live_in(village)
        else:
            village.records.save(type_id="activity", values=activity())
            village.months.close(OCTOBER, filled_by="苏惠芳", checked_by="苏国强")
        village.close()
    town.close()
    return folder


def _live_in(village: Workspace) -> None:
    """A venue with weekly hours, three films, a feast, a planned show, and October's visitors but for two days."""
    save = village.records.save
    venue = save(
        type_id="facility", values={"name": "综合性文化服务中心", "type": "village_culture_centre"}
    ).id
    slots = [
        {"weekday": weekday, "from": slot[:5], "to": slot[6:]}
        for weekday, times in WEEK.items()
        for slot in times
    ]
    save(
        type_id="open_schedule",
        values={
            "facility_id": venue,
            "valid_from": "2019-01-01",
            "weekday_slots": slots,
            "holiday_rule": "国庆假期每天按周六开放",
            "services": ["图书借阅"],
            "phone": "0760-22310000",
            "supervision_phone": "0760-22310001",
            "posted_on": "2019-01-02",
        },
    )
    for number, day in (("0816", "2019-08-16"), ("0912", "2019-09-12"), ("1011", "2019-10-11")):
        save(type_id="film_screening", values=screening(village, receipt_no=f"GZ-2019-{number}", date=day))
    save(type_id="activity", values=activity())
    save(type_id="activity", values=activity(name="敬老茶话会", date="2019-11-16", participants=None))
    save(
        type_id="staff",
        values={
            "name": "李冬梅",
            "employment": "part_time",
            "duty": "other",
            "full_time": "part_time",
            "in_post_from": "2018-01-01",
        },
    )
    month = village.opening.month(OCTOBER, village.opening.venues()[0])
    for cell in month.days:
        if cell.is_open and cell.day.day not in DAYS_WITHOUT_FIGURES:
            village.opening.set_visitors(month, cell.day, 20 + cell.day.day)
