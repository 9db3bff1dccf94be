"""A shelf of records in memory for the rules to look things up on, and one good record of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from gzdesk.domain.fields import ParseContext
from gzdesk.domain.period import Month
from gzdesk.domain.record import VOID
from gzdesk.domain.rules import Problem, check
from gzdesk.services.reference import load_record_types, load_units

TYPES = load_record_types()
UNITS = load_units()
TODAY = date(2019, 11, 6)
CONTEXT = ParseContext(today=TODAY, month=Month(2019, 11), units=UNITS)


def record_id(number: int) -> str:
    """A record id that is easy to tell apart in a failure."""
    return str(UUID(int=number))


FILM, FACILITY, STAFF, VOLUNTEER, SESSION, CANCELLED_SHOW = (record_id(n) for n in range(1, 7))


class Shelf:
    """The rules' window onto other records, all in memory."""

    def __init__(self, *, usual: int | None = None) -> None:
        self._records: dict[str, tuple[str, Mapping[str, object]]] = {}
        self._usual = usual
        self.put("film", FILM, {"title": "集结号", "film_type": "feature", "origin": "domestic"})
        self.put("facility", FACILITY, {"name": "综合性文化服务中心"})
        self.put("staff", STAFF, {"name": "苏惠芳"})
        self.put("volunteer", VOLUNTEER, {"name": "陈 小明"})
        self.put("training_session", SESSION, {"title": "业务培训", "start_on": "2019-10-09", "days": "2"})
        show = screening(status="cancelled", date="2019-10-20", receipt_no="GZ-2019-1020")
        self.put("film_screening", CANCELLED_SHOW, show)

    def put(self, type_id: str, identity: str, values: Mapping[str, object]) -> None:
        """Put a record on the shelf."""
        self._records[identity] = (type_id, values)

    def values(self, record_id: str) -> Mapping[str, object] | None:
        return self._records.get(record_id, ("", None))[1]

    def with_value(
        self, *, type_id: str, field: str, value: object, except_id: str | None
    ) -> Sequence[Mapping[str, object]]:
        return [row for row in self._others(type_id, except_id) if row.get(field) == value]

    def on_day(self, *, type_id: str, day: date, except_id: str | None) -> Sequence[Mapping[str, object]]:
        record_type = TYPES.by_id[type_id]
        return [
            row
            for row in self._others(type_id, except_id)
            if row.get(record_type.month_of or "") == day.isoformat()
        ]

    def usual(self, *, type_id: str, field: str) -> int | None:
        return self._usual

    def _others(self, type_id: str, except_id: str | None) -> list[Mapping[str, object]]:
        return [
            {**values, "id": identity}
            for identity, (kind, values) in self._records.items()
            if kind == type_id and identity != except_id and values.get("status") != VOID
        ]


def problems(
    type_id: str,
    values: Mapping[str, object],
    *,
    shelf: Shelf | None = None,
    record_id: str | None = None,
    today: date = TODAY,
) -> dict[tuple[str | None, str], Problem]:
    """All problems of a record, by field and code."""
    found = check(TYPES.by_id[type_id], values, today=today, record_id=record_id, lookup=shelf or Shelf())
    return {(problem.field, problem.code): problem for problem in found}


def without(values: Mapping[str, object], *names: str) -> dict[str, object]:
    """The values without some of them."""
    return {name: value for name, value in values.items() if name not in names}


def screening(**changes: object) -> dict[str, object]:
    """A film screening with nothing to complain of."""
    values: dict[str, object] = {
        "receipt_no": "GZ-2019-1107",
        "date": "2019-11-05",
        "start_time": "19:30",
        "place": "曹一村文化广场",
        "place_kind": "outdoor_mobile",
        "film_id": FILM,
        "format": "digital",
        "session_count": "1",
        "team": "镇放映队",
        "projectionist": "梁永健",
        "audience": 136,
        "completed": True,
        "confirmed_by": "苏广强",
        "stamped": True,
        "status": "held",
    }
    if changes.get("status") == "cancelled":
        values = without(values, "audience", "confirmed_by", "stamped", "completed") | {
            "cancel_reason": "weather"
        }
    return values | changes


def performance(**changes: object) -> dict[str, object]:
    """A performance with nothing to complain of."""
    return {
        "title": "庆祝新中国成立70周年文艺汇演",
        "kind": "song_and_dance",
        "source": "town",
        "date": "2019-10-03",
        "start_time": "20:00",
        "sessions": 1,
        "place": "文化广场",
        "troupe": "镇艺术团",
        "audience": 850,
        "host_unit": "古镇镇文化站",
        "confirmed_by": "苏广强",
        "stamped": True,
        "status": "held",
    } | changes


def activity(**changes: object) -> dict[str, object]:
    """An activity with nothing to complain of."""
    return {
        "name": "重阳节敬老茶话会",
        "category": "care",
        "date": "2019-10-07",
        "start_time": "09:00",
        "sessions": 1,
        "place": "老人活动中心",
        "organiser": "村老协",
        "participants": 128,
        "leader": "苏惠芳",
        "status": "held",
    } | changes


def training(**changes: object) -> dict[str, object]:
    """A training with nothing to complain of."""
    return {
        "title": "书法公益班（第3课）",
        "kind": "arts",
        "level": "village",
        "organiser": "村委会",
        "start_on": "2019-10-16",
        "end_on": "2019-10-16",
        "place": "文化服务中心二楼",
        "attendance_total": 26,
        "status": "held",
    } | changes


def attendance(**changes: object) -> dict[str, object]:
    """A staff member's attendance with nothing to complain of."""
    return {"session_id": SESSION, "staff_id": STAFF, "days": "2", "signed": True} | changes


def schedule(**changes: object) -> dict[str, object]:
    """A weekly schedule with nothing to complain of."""
    return {
        "facility_id": FACILITY,
        "valid_from": "2019-01-01",
        "weekday_slots": [{"weekday": 2, "from": "14:30", "to": "17:30"}],
        "holiday_rule": "照常开放",
        "services": ["阅览"],
        "phone": "0760-22310001",
        "supervision_phone": "12345",
        "posted_on": "2019-01-01",
    } | changes


def log(**changes: object) -> dict[str, object]:
    """A day of the opening log with nothing to complain of."""
    return {
        "facility_id": FACILITY,
        "date": "2019-11-05",
        "from": "14:30",
        "to": "17:30",
        "visitors": 33,
        "duty_person": "苏惠芳",
    } | changes


def closure(**changes: object) -> dict[str, object]:
    """A closure notice with nothing to complain of."""
    return {
        "facility_id": FACILITY,
        "from": "2019-11-20",
        "to": "2019-11-22",
        "reason": "repair",
        "posted_on": "2019-11-06",
    } | changes


def service(**changes: object) -> dict[str, object]:
    """A volunteer's service with nothing to complain of."""
    return {
        "volunteer_id": VOLUNTEER,
        "activity_name": "重阳节敬老茶话会",
        "date": "2019-10-07",
        "from": "09:00",
        "to": "11:00",
        "hours": "2",
        "place": "老人活动中心",
        "content": "端茶、引导",
        "leader": "苏惠芳",
        "confirmed_by": "苏惠芳",
    } | changes


def volunteer(**changes: object) -> dict[str, object]:
    """A volunteer with nothing to complain of."""
    return {
        "name": "李秀英",
        "platform_no": "440000123456",
        "unit_code": "caoyi",
        "registered_on": "2019-03-01",
        "consent_on": "2019-03-01",
    } | changes


GOOD = {
    "film_screening": screening,
    "performance": performance,
    "activity": activity,
    "training_session": training,
    "training_attendance": attendance,
    "open_schedule": schedule,
    "opening_log": log,
    "closure_notice": closure,
    "volunteer_service": service,
    "volunteer": volunteer,
}
