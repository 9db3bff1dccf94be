"""The monthly sheet (月度文化活动登记表): a frozen picture of one unit's month, and its form as a record.

Paper, workbook and QR code all come from one `MonthSheet`; its check code tells that they are the same.
Codes are kept with their words, so that a sheet closed years ago prints as it did then.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.unit import Unit
from gzdesk.i18n import pick

TYPE_ID = "monthly_sheet"

# Every PC of a unit makes the same record for the same month: two closings are two versions of one sheet.
_RECORD_NAMESPACE = uuid.UUID("6c0f7a52-6f5e-4b52-9d0b-6d0f3e0a2b10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a code is called. `code` names its place, such as `performance.kind.opera`."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One event. `persons` are person-times; sessions and hours are hundredths, for they may be halved.

    `kind` and `source` are codes of the sheet's words, or the text itself. `volunteers` None: not known.
    """

    record: str
    type: str
    day: str
    time: str = ""
    name: str = ""
    film_age: str = ""  # new, old, unknown, not_domestic; empty for what is not a film
    kind: str = ""
    place: str = ""
    organiser: str = ""
    persons: int | None = None
    sessions_hundredths: int = 100
    volunteers: int | None = None
    volunteer_hours_hundredths: int = 0
    source: str = ""
    evidence_no: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRow:
    """What a screening adds for the film summary (电影放映月汇总)."""

    record: str
    day: str
    time: str = ""
    title: str = ""
    film_type: str = ""
    release_date: str = ""
    age: str = "unknown"
    sessions_hundredths: int = 100
    projectionist: str = ""
    persons: int | None = None
    weather: str = ""
    receipt_no: str = ""
    confirmed_by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledRow:
    """An event that did not take place; `made_up_on` is the day it was made up for (2019-11-03)."""

    record: str
    type: str
    day: str
    name: str = ""
    reason: str = ""
    made_up_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtotal:
    """The sums of one record type."""

    type: str
    events: int
    sessions_hundredths: int
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums of a month. All are times, never persons: the same person may come or serve twice (G10).

    `other_service_*` is volunteer service that belongs to none of the events.
    """

    events: int = 0
    sessions_hundredths: int = 0
    persons: int = 0
    volunteer_times: int = 0
    volunteer_hours_hundredths: int = 0
    other_service_times: int = 0
    other_service_hours_hundredths: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFigures:
    """Free opening in a month. A day that was open without a figure is missing, never 0."""

    open_days: int = 0
    minutes: int = 0
    visitors: int = 0
    missing_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheet:
    """A month of one unit as it is printed and handed in. While not `closed` it is a draft.

    `correction` n: this sheet replaces an earlier one for the nth time (更正, counting_rules G8).
    """

    unit: str
    unit_name: str
    unit_name_en: str
    unit_kind: str
    month: Month
    number: str
    rows: tuple[SheetRow, ...] = ()
    films: tuple[FilmRow, ...] = ()
    cancelled: tuple[CancelledRow, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    totals: Totals = Totals()
    opening: OpeningFigures | None = None
    loans: int | None = None
    words: tuple[Word, ...] = ()
    closed: bool = False
    nil: bool = False
    correction: int = 0
    filled_by: str = ""
    checked_by: str = ""
    signed_on: str = ""
    phone: str = ""
    summary: str = ""
    # As it was read: a newer program may have put in more than this one can show and count.
    read_code: str = field(default="", compare=False)

    @property
    def check_code(self) -> str:
        """The code printed on the sheet, see `check_code_of`."""
        return self.read_code or check_code_of(_body(self), unit=self.unit)

    @property
    def unit_label(self) -> str:
        """The unit's name in the language in use, as it was when the sheet was made."""
        return pick(zh=self.unit_name, en=self.unit_name_en)

    def word(self, code: str) -> str:
        """What a code is called in the language in use; a text that is no code stays as it is."""
        found = next((word for word in self.words if word.code == code), None)
        return code if found is None else pick(zh=found.zh, en=found.en)

    def closed_by(
        self, *, filled_by: str, checked_by: str, signed_on: date, nil: bool, summary: str
    ) -> MonthSheet:
        """The same sheet, signed and frozen."""
        return replace(
            self,
            closed=True,
            nil=nil,
            filled_by=filled_by,
            checked_by=checked_by,
            signed_on=signed_on.isoformat(),
            summary=summary,
            read_code="",
        )

    def to_values(self) -> dict[str, object]:
        """The sheet as the body of a `monthly_sheet` record of the unit."""
        return {**_body(self), "check_code": self.check_code}

    @classmethod
    def from_values(cls, values: Mapping[str, object], *, unit: str) -> MonthSheet:
        """Read the body of a `monthly_sheet` record; `unit` is the record's scope.

        Keys that a newer program added are passed over. Raises ValueError when something is not what it
        must be, or when the check code is not that of the contents.
        """
        code = values.get("check_code", "")
        if code and code != check_code_of(values, unit=unit):
            raise ValueError("the check code of a monthly sheet is not that of its contents")
        parts = {name: values.get(name, ()) for name in _LISTS}
        try:
            lists = {name: _read_all(_LISTS[name], part) for name, part in parts.items()}
            sheet = _read(
                cls,
                {
                    **{name: value for name, value in values.items() if name not in _NESTED},
                    "unit": unit,
                    "read_code": code,
                    "month": Month.parse(_text(values.get("month"))),
                    "totals": _read(Totals, values.get("totals", {})),
                    "opening": _read(OpeningFigures, values["opening"]) if "opening" in values else None,
                    **lists,
                },
            )
        except TypeError as error:
            raise ValueError(f"a monthly sheet lacks something: {error}") from error
        return sheet


def check_code_of(values: Mapping[str, object], *, unit: str) -> str:
    """The first 8 digits of the SHA-256 over a sheet's unit and body without the code: `7F3A-92C1`."""
    body = {name: value for name, value in values.items() if name != "check_code"}
    digest = hashlib.sha256(canonical_json({**body, "unit": unit}).encode("utf-8")).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def qr_text(sheet: MonthSheet) -> str:
    """The line in the QR code: `GZ1|unit|2019-10|n|events|persons|check`, no personal data.

    n is the correction; a draft has `draft` there, so that nobody takes it for a sheet that was handed in.
    """
    state = str(sheet.correction) if sheet.closed else "draft"
    totals = sheet.totals
    return f"GZ1|{sheet.unit}|{sheet.month}|{state}|{totals.events}|{totals.persons}|{sheet.check_code}"


def sheet_number(unit: Unit, month: Month) -> str:
    """The form number printed at the foot: `CY1-201910`."""
    return f"{unit.short}-{month.number}"


def sheet_record_id(unit: str, month: Month) -> str:
    """The id of the record that holds a unit's sheet of a month."""
    return str(uuid.uuid5(_RECORD_NAMESPACE, f"{unit}/{month}"))


def is_closed(record: Record | None) -> bool:
    """Whether the record at `sheet_record_id` says that its month is closed."""
    return record is not None and not record.deleted and record.values.get("closed") is True


_LISTS: dict[str, type[Any]] = {
    "rows": SheetRow,
    "films": FilmRow,
    "cancelled": CancelledRow,
    "subtotals": Subtotal,
    "words": Word,
}
_NESTED = frozenset({*_LISTS, "totals", "opening", "month", "read_code"})
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "int | None": (int, type(None)),
}
_Part = TypeVar("_Part")


def _body(sheet: MonthSheet) -> dict[str, object]:
    """The sheet without its check code and unit. What has its default is left out."""
    body = _packed(sheet)
    del body["unit"]
    nested: dict[str, object] = {name: [_packed(item) for item in getattr(sheet, name)] for name in _LISTS}
    body |= {name: value for name, value in nested.items() if value or name == "rows"}
    body |= {"month": str(sheet.month), "closed": sheet.closed, "totals": _packed(sheet.totals)}
    if sheet.opening is not None:
        body["opening"] = _packed(sheet.opening)
    return body


def _packed(part: Any) -> dict[str, object]:
    """The plain items of a part that differ from their default."""
    return {
        item.name: getattr(part, item.name)
        for item in fields(part)
        if item.name not in _NESTED and getattr(part, item.name) != item.default
    }


def _read(kind: type[_Part], data: object) -> _Part:
    if not isinstance(data, Mapping):
        raise ValueError(f"a monthly sheet has {type(data).__name__} where an object belongs")
    found = {}
    for item in fields(kind):  # type: ignore[arg-type]  # every caller passes one of the dataclasses above
        if item.name not in data:
            continue
        value, wanted = data[item.name], _KINDS.get(str(item.type))
        # A bool is an int to Python, but not on a sheet.
        if wanted is not None and type(value) not in wanted:
            raise ValueError(f"a monthly sheet has the wrong kind of {item.name}")
        found[item.name] = value
    return kind(**found)


def _read_all(kind: type[_Part], data: object) -> tuple[_Part, ...]:
    if not isinstance(data, (list, tuple)):
        raise ValueError("a monthly sheet has no list where one belongs")
    return tuple(_read(kind, item) for item in data)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a monthly sheet lacks its month")
    return value
