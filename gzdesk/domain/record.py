"""A record as it stands now, and the line of it that lists and totals read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType, RecordTypes

DRAFT, PLANNED, HELD, CANCELLED, VOID = STATUSES = ("draft", "planned", "held", "cancelled", "void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The shown version of one record. `heads` counts those that differ: above 1, two sides changed it (conflict)."""

    id: str
    type: str
    unit: str
    values: Mapping[str, object]
    deleted: bool
    heads: int
    revision: str
    generation: int
    actor: str
    recorded_at: str

    @property
    def status(self) -> str:
        """The status; a register without one counts as held."""
        return str(self.values.get("status") or HELD)


class Summary(NamedTuple):
    """What the record view keeps of a body so that lists, totals and searches need not open it.

    `title_ref` is the id of the record whose title this one shows (a screening shows its film's).
    `persons` are person-times; `sessions` are hundredths of a session, for they may be halved.
    """

    status: str
    month: int = 0
    day: str = ""
    time: str = ""
    title: str = ""
    title_ref: str | None = None
    place: str = ""
    persons: int | None = None
    sessions: int = 0
    attachments: int = 0


def summarise(record_type: RecordType | None, values: Mapping[str, object]) -> Summary:
    """The summary of a body. Never raises: a body of an unknown type or shape gives what can be read."""
    status = values.get("status")
    shown_status = status if isinstance(status, str) and status else HELD
    if record_type is None:
        return Summary(shown_status)
    month, day = _placed(values.get(record_type.month_of or ""))
    title_field = record_type.field(record_type.title)
    title = _title(values.get(record_type.title))
    is_reference = title_field is not None and title_field.kind == "reference"
    measures = record_type.measures
    return Summary(
        status=shown_status,
        month=month,
        day=day,
        time=_text(values.get(record_type.time or "")),
        title="" if is_reference else title,
        title_ref=title if is_reference and title else None,
        place=_text(values.get(record_type.place or "")),
        persons=_whole(values.get(measures.get("persons", ""))),
        sessions=hundredths(values.get(measures.get("sessions", ""))),
        attachments=_count(values.get("evidence")),
    )


def summariser(types: RecordTypes) -> Callable[[str, Mapping[str, object]], Summary]:
    """How bodies are summed up, by the id of their type, while these are the record types."""

    def of(type_id: str, values: Mapping[str, object]) -> Summary:
        return summarise(types.get(type_id), values)

    return of


def _title(value: object) -> str:
    """A text, or a number such as the year of a report."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _placed(value: object) -> tuple[int, str]:
    """The month number and the day of a date or month text; 0 and an empty text when it is neither.

    A quarter stands with its last month: only then is it known.
    """
    if isinstance(value, str):
        try:
            if len(value) == 7 and value[5] == "Q":
                return int(value[:4]) * 100 + int(value[6]) * 3, ""
            if len(value) == 10:
                date.fromisoformat(value)
                return int(value[:4]) * 100 + int(value[5:7]), value
            return Month.parse(value).number, ""
        except ValueError:
            pass
    return 0, ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _count(value: object) -> int:
    return len(value) if isinstance(value, (list, tuple)) else 0


def hundredths(value: object) -> int:
    """A whole number or a decimal text such as `1.5` as hundredths; anything else is 0."""
    if isinstance(value, int):
        return int(value) * 100
    if not isinstance(value, str):
        return 0
    whole, _, part = value.partition(".")
    digits = (part + "00")[:2]
    return int(whole) * 100 + int(digits) if whole.isdecimal() and digits.isdecimal() else 0


def new_record(*, record_id: str, type_id: str, unit: str) -> Record:
    """A record that has no version yet."""
    return Record(
        id=record_id,
        type=type_id,
        unit=unit,
        values={},
        deleted=False,
        heads=0,
        revision="",
        generation=0,
        actor="",
        recorded_at="",
    )
