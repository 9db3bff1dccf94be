"""A ledger made up on the spot: records of every kind that documents are made of, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from gzdesk.domain.fields import to_text
from gzdesk.domain.masking import hides_numbers, masked
from gzdesk.domain.month import MonthSheet
from gzdesk.domain.opening import WORKING_HOURS, OpenDay, Slot
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.domain.unit import Unit
from gzdesk.reports.completeness import Completeness
from gzdesk.reports.duty_calendar import DutyDay
from gzdesk.reports.evidence_index import IndexGroup
from gzdesk.reports.handover_slip import Handover
from gzdesk.reports.indicator_table import IndicatorTable
from gzdesk.reports.layout import BUILT_IN, Layouts
from gzdesk.reports.period_facts import IndicatorLine, PeriodFacts
from gzdesk.reports.source import Asked, Filed, HolidayHours, Of, Report, Venue
from gzdesk.reports.task_table import TaskLine
from gzdesk.services.reference import load_record_types, load_units
from tests.reports.sample_facts import INDICATORS, completeness_of, duties_of, sample_facts
from tests.reports.samples import (
    CAOYI,
    INDICATOR_ROWS,
    OCTOBER,
    TOWN,
    closed_october,
    october_days,
    october_evidence,
    october_handover,
    task_lines,
)

TYPES = load_record_types()
UNITS = load_units()
TODAY = date(2019, 11, 6)
GUSI, GUSAN = (unit for unit in UNITS if unit.id in ("gusi", "gusan"))


def filed(
    type_id: str, record_id: str = "r1", titles: Mapping[str, str] = MappingProxyType({}), **values: object
) -> Filed:
    """A record as documents see it; `titles` are the words for the records that it refers to."""
    record_type = TYPES.by_id[type_id]
    values = {name: value for name, value in values.items() if value is not None}
    texts = {}
    for name, value in values.items():
        field = record_type.by_name[name]
        text = (
            titles.get(str(value), str(value)) if field.kind == "reference" else to_text(field, value, UNITS)
        )
        texts[name] = masked(field, text) if hides_numbers(field) else text
    return Filed(id=record_id, type=record_type, values={"status": "held", **values}, texts=texts)


class SampleSource:
    """Answers as the ledger would, from the records it was made with."""

    working_hours = WORKING_HOURS

    def __init__(
        self,
        *records: Filed,
        unit: Unit = CAOYI,
        today: date = TODAY,
        venues: Sequence[Venue] = (),
        layouts: Layouts = BUILT_IN,
    ) -> None:
        self.unit = unit
        self.today = today
        self.layouts = layouts
        self._records = records
        self._venues = venues

    def asked(self, report: Report) -> Asked:
        """All that the report needs."""
        first = next(
            (item for item in self._records if not report.types or item.type.id in report.types), None
        )
        return Asked(
            month=OCTOBER if "month" in report.needs else None,
            quarter=ReportQuarter(2019, 4) if "quarter" in report.needs else None,
            year=2019 if "year" in report.needs else None,
            record=first.id if first and "record" in report.needs else None,
            type_id=(report.types or ("activity",))[0] if "type" in report.needs else None,
        )

    def sheet(self, month: Month) -> MonthSheet:
        return closed_october(month=month)

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        return (self.sheet(month),)

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        return october_days()

    def handover(self) -> Handover:
        return october_handover()

    def evidence(self) -> Sequence[IndexGroup]:
        return october_evidence()

    def indicators(self, year: int) -> IndicatorTable:
        return IndicatorTable(rows=INDICATOR_ROWS, residents="常住人口用2010年数（约150,000人）")

    def tasks(self) -> Sequence[TaskLine]:
        return task_lines()

    def record_type(self, type_id: str) -> RecordType:
        return TYPES.by_id[type_id]

    def record(self, record_id: str) -> Filed:
        return next(item for item in self._records if item.id == record_id)

    def records(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Filed]:
        return [item for item in self._records if item.type.id == type_id and _within(item, month, year)]

    def venues(self, record_id: str | None = None) -> Sequence[Venue]:
        return self._venues

    @property
    def town(self) -> Unit:
        return TOWN

    def facts(self, first: Month, last: Month) -> PeriodFacts:
        return sample_facts(first, last)

    def indicator_lines(self, last: Month) -> Sequence[IndicatorLine]:
        return INDICATORS

    def typed(self, report: str, period: str, headings: Mapping[str, str]) -> Mapping[str, str]:
        return {}

    def records_below(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Of]:
        own = self.records(type_id, month=month, year=year)
        return [Of(unit=unit, item=item) for unit in (CAOYI, GUSI, GUSAN) for item in own[: len(unit.id) - 3]]

    def completeness(self, year: int) -> Completeness:
        return completeness_of(year)

    def duties(self, year: int) -> Sequence[DutyDay]:
        return duties_of(year)

    def receipt(self, report: str, period: str) -> tuple[str, str]:
        return ("2019-11-08", "GZ-HZ-31")


def _within(item: Filed, month: Month | None, year: int | None) -> bool:
    day = str(item.values.get(item.type.month_of or "", ""))
    return day.startswith(str(month) if month else str(year or ""))


# Records of Caoyi Village, one or more for each kind of document


FILM_ID, VENUE_ID, SESSION_ID, VOLUNTEER_ID, STAFF_ID = (
    "film-1",
    "venue-1",
    "session-1",
    "volunteer-1",
    "staff-1",
)
TITLES = {
    FILM_ID: "烈火英雄",
    "film-2": "𠮷祥如意",
    VENUE_ID: "综合性文化服务中心",
    SESSION_ID: "基层文化骨干培训",
    VOLUNTEER_ID: "梁䶮明",
    STAFF_ID: "苏惠芳",
}


def screening(record_id: str = "screening-1", **changes: object) -> Filed:
    values: dict[str, object] = {
        "receipt_no": "GZ-2019-1107",
        "date": "2019-10-11",
        "start_time": "19:30",
        "end_time": "21:25",
        "place": "曹一村文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": FILM_ID,
        "format": "digital",
        "session_count": "1",
        "team": "镇放映队",
        "projectionist": "黄志强",
        "audience": 121,
        "weather": "fine",
        "completed": True,
        "confirmed_by": "苏国强",
        "stamped": True,
        "satisfaction": "good",
        "paper_no": "2019-010",
    }
    return filed("film_screening", record_id, TITLES, **(values | changes))


def planned_screenings() -> tuple[Filed, ...]:
    return tuple(
        screening(
            f"planned-{day}",
            date=f"2019-10-{day}",
            status="planned",
            film_id=film,
            audience=None,
            confirmed_by=None,
            stamped=None,
        )
        for day, film in (("18", FILM_ID), ("25", "film-2"))
    )


def performance() -> Filed:
    return filed(
        "performance",
        "performance-1",
        TITLES,
        receipt_no="YC-2019-08",
        title="庆祝新中国成立70周年文艺汇演",
        kind="song_and_dance",
        source="town",
        date="2019-10-03",
        start_time="20:00",
        duration_min=110,
        sessions=1,
        place="文化广场",
        troupe="古镇镇曲艺社",
        audience=850,
        host_unit="镇文化站",
        confirmed_by="苏国强",
        stamped=True,
    )


def schedule(room: str = "") -> Filed:
    evening = [{"weekday": day, "from": "19:00", "to": "21:00"} for day in range(2, 8)]
    afternoon = [{"weekday": day, "from": "14:30", "to": "17:30"} for day in range(2, 8)]
    holidays = [{"weekday": 8, "from": "09:00", "to": "17:00"}]
    return filed(
        "open_schedule",
        f"schedule-{room}",
        TITLES,
        facility_id=VENUE_ID,
        **({"room": room} if room else {}),
        valid_from="2019-01-01",
        weekday_slots=afternoon + evening + holidays,
        holiday_rule="国庆、春节照常开放",
        staggered_note="平时晚上开放到21:00",
        services=["图书阅览", "棋艺", "舞蹈排练"],
        phone="22310000",
        supervision_phone="22311111",
        posted_on="2019-01-01",
    )


def closure(**changes: object) -> Filed:
    values: dict[str, object] = {
        "facility_id": VENUE_ID,
        "from": "2019-11-20",
        "to": "2019-11-22",
        "reason": "repair",
        "posted_on": "2019-11-06",
    }
    return filed("closure_notice", "closure-1", TITLES, **(values | changes))


def venue(*rooms: str) -> Venue:
    facility = filed("facility", VENUE_ID, name="综合性文化服务中心", address="古镇镇曹一村曹兴路18号")
    hours = (Slot(start="09:00", end="17:00"),)
    return Venue(
        facility=facility,
        name="综合性文化服务中心",
        schedules=tuple(map(schedule, rooms or ("",))),
        closures=(closure(),),
        holidays=(
            HolidayHours(name="元旦", first=date(2020, 1, 1), last=date(2020, 1, 1), slots=hours),
            HolidayHours(name="春节", first=date(2020, 1, 24), last=date(2020, 1, 30)),
        ),
    )


def volunteer(**changes: object) -> Filed:
    values: dict[str, object] = {
        "name": "梁䶮明",
        "gender": "male",
        "birth_ym": "1968-05",
        "platform_no": "4420001234",
        "phone": "13800138000",
        "unit_code": "caoyi",
        "team": "曹一村文艺队",
        "skills": ["opera", "guiding"],
        "registered_on": "2018-03-05",
    }
    return filed("volunteer", VOLUNTEER_ID, TITLES, **(values | changes))


def services() -> tuple[Filed, ...]:
    rows = (
        ("2019-03-05", "学雷锋便民服务", "2.5"),
        ("2019-10-01", "国庆群众合唱", "2"),
        ("2019-10-07", "重阳敬老茶话会", "3"),
        ("2019-10-19", "学雷锋便民服务", "0.5"),
    )
    return tuple(
        filed(
            "volunteer_service",
            f"service-{number}",
            TITLES,
            volunteer_id=VOLUNTEER_ID,
            activity_name=name,
            date=day,
            hours=hours,
            place="文化广场",
            content="布置会场、引导",
        )
        for number, (day, name, hours) in enumerate(rows)
    )


def training() -> Filed:
    return filed(
        "training_session",
        SESSION_ID,
        TITLES,
        title="基层文化骨干培训",
        organiser="镇文化站",
        teacher="张㙟𫖯",
        start_on="2019-10-16",
        end_on="2019-10-17",
        place="镇文化站三楼",
        attendance_total=2,
    )


def attendances() -> tuple[Filed, ...]:
    common: dict[str, object] = {"session_id": SESSION_ID, "class_hours": "6"}
    return (
        filed("training_attendance", "a1", TITLES, **common, staff_id=STAFF_ID, days="2", signed=True),
        filed("training_attendance", "a2", TITLES, **common, name="陈小玲", days="1.5", signed=False),
    )


def assets() -> tuple[Filed, ...]:
    rows: tuple[dict[str, object], ...] = (
        {"name": "台式电脑", "class": "terminal", "quantity": 6, "unit_price": "3999.99", "state": "good"},
        {"name": "有源音箱", "class": "sound", "quantity": 2, "unit_price": "1280.50", "state": "to_repair"},
        {"name": "调音台", "class": "sound", "quantity": 1, "state": "good", "acquired_on": "2019-04-02"},
        {"name": "旧电视", "class": "network_tv", "quantity": 1, "unit_price": "800", "state": "scrapped"}
        | {"scrapped_on": "2019-06-30"},
    )
    return tuple(
        filed(
            "asset",
            f"asset-{number}",
            **(
                {
                    "asset_no": f"ZC-{number:03d}",
                    "acquired_on": "2017-05-08",
                    "place": "多媒体室",
                    "keeper": "苏惠芳",
                }
                | row
            ),
        )
        for number, row in enumerate(rows, start=1)
    )


def asset_check() -> Filed:
    return filed(
        "asset_check",
        "check-1",
        date="2019-12-20",
        counted=9,
        missing=0,
        damaged=2,
        findings="音箱两只有杂音，已报修",
        checker="苏国强",
    )


def money() -> tuple[Filed, ...]:
    rows: tuple[dict[str, object], ...] = (
        {
            "entry": "granted",
            "source": "town",
            "budget_line": "免费开放",
            "amount": "50000",
            "purpose": "全年预算",
        },
        {
            "entry": "spent",
            "source": "town",
            "budget_line": "免费开放",
            "amount": "12500.50",
            "purpose": "空调维修",
        },
        {"entry": "spent", "source": "town", "budget_line": "免费开放", "amount": "800", "purpose": "饮水"},
        {
            "entry": "granted",
            "source": "city",
            "budget_line": "送戏下乡",
            "amount": "8000",
            "purpose": "全年预算",
        },
        {
            "entry": "spent",
            "source": "city",
            "budget_line": "送戏下乡",
            "amount": "9000",
            "purpose": "演出费",
        },
        {"entry": "spent", "source": "village", "budget_line": "修缮", "amount": "66000", "purpose": "换屋面"}
        | {"construction": True},
        {
            "entry": "spent",
            "source": "town",
            "budget_line": "免费开放",
            "amount": "99",
            "year": 2018,
            "purpose": "旧",
        },
    )
    return tuple(
        filed("fund_use", f"money-{number}", **({"date": "2019-03-02", "year": 2019} | row))
        for number, row in enumerate(rows)
    )


def caoyi() -> SampleSource:
    """All of them."""
    return SampleSource(
        screening(),
        *planned_screenings(),
        performance(),
        schedule(),
        closure(),
        volunteer(),
        *services(),
        training(),
        *attendances(),
        *assets(),
        asset_check(),
        *money(),
        venues=(venue(),),
    )
