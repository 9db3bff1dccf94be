"""What has to be handed in, posted and held (tasks.json 1.3, 7.2, 21.1, 32.1): how much of it was done in time.

What is due, until when and how it stands is worked out in `domain/deadlines.py` for the whole program and comes in
through the facts; here it is only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from gzdesk.domain.deadlines import DONE, LATE, OVERDUE, Due, rate_of_duties
from gzdesk.domain.indicators.asked import Asked
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.openings import CLOSURE, SCHEDULE
from gzdesk.domain.indicators.result import NONE, Excluded, Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.venues import in_use, venues_in_scope
from gzdesk.domain.period import day_of
from gzdesk.i18n import gettext as _

_REPAIR_NOTICE = timedelta(days=7)  # indicators.json, duty_open_hours_notice_rate


def on_time_rate(asked: Asked) -> Figure:
    """Deeds done by their day ÷ deeds whose day has passed in the period, by unit. Late is not on time.

    A sheet that the village signed is its own evidence; any other paper needs its file to count 含佐证.
    """
    dues = [
        due
        for due in asked.facts.dues(asked.period.year)
        if due.duty.indicator == asked.indicator.id
        and asked.period.first_day <= due.due_on <= asked.period.last_day
        and due.due_on < asked.facts.today
        and due.state in (DONE, LATE, OVERDUE)
        and asked.unit in (None, due.unit)
    ]
    proved = {due.record for due in dues if due.state == DONE and _is_evidenced(asked, due)}
    if asked.evidenced_only:
        dues = [replace(due, state=OVERDUE) if _lacks(due, proved) else due for due in dues]
    rate = rate_of_duties(dues, today=asked.facts.today)
    figure = Figure(
        numerator=Fraction(rate.on_time),
        denominator=Fraction(rate.due),
        counted=_on_time(dues),
        with_evidence=len(proved.intersection(_on_time(dues))),
        excluded=tuple(
            sorted(
                {
                    Excluded(record=due.record, code="late")
                    for due in dues
                    if due.state == LATE and due.record
                },
                key=lambda item: item.record,
            )
        ),
        parts=_parts(asked, dues),
        notes=_notes(dues),
    )
    if not rate.due:
        return replace(figure, reason=_("None of it has been due yet."), verdict=NONE)
    return replace(figure, value=Fraction(rate.on_time, rate.due))


def duty_open_hours_notice_rate(asked: Asked) -> Figure:
    """Venues whose current schedule is posted and photographed ÷ venues in scope, on the day.

    A new schedule makes the old notice void. A venue that is closed just now needs a notice of that too, seven days
    ahead for a repair.
    """
    venues = [row for row in venues_in_scope(asked) if row.status == "held" and not in_use(asked, row)]
    papers = _papers(asked)
    parts, counted, excluded = [], [], []
    for venue in sorted(venues, key=lambda row: (row.unit, row.text("name"), row.id)):
        schedule = _current(asked, venue)
        code = "no_schedule" if schedule is None else _notice_fault(asked, venue, schedule, papers)
        if schedule is not None and not code:
            counted.append(schedule.id)
        else:
            excluded.append(Excluded(record=venue.id if schedule is None else schedule.id, code=code))
        parts.append(
            Part(
                key=venue.id,
                label=f"{asked.facts.roster.label(venue.unit)} {venue.text('name')}",
                value=Fraction(not code),
                counted=() if code or schedule is None else (schedule.id,),
            )
        )
    return Figure(
        value=Fraction(len(counted), len(venues)) if venues else None,
        numerator=Fraction(len(counted)),
        denominator=Fraction(len(venues)),
        reason="" if venues else _("No facility in use is on the register."),
        counted=tuple(sorted(counted)),
        with_evidence=len(counted),  # without its photo a notice does not count at all
        excluded=tuple(sorted(excluded, key=lambda item: (item.record, item.code))),
        parts=tuple(parts),
    )


def duty_meeting_count(asked: Asked) -> Figure:
    """Regular meetings of the town held in the period that have their minutes (tasks.json 1.3).

    The leading group meets in the town; what a village holds among its own staff is none of them.
    """

    def why_not(row: Row) -> str:
        if row.text("kind") != "regular":
            return "not_regular"
        return "" if row.text("minutes").strip() else "no_minutes"

    is_below = asked.facts.roster.is_below
    town = (row for row in asked.rows("meeting") if not is_below(row.unit))
    tally = asked.count(town, why_not)
    count = Fraction(len(tally.rows))
    return Figure(
        value=count,
        numerator=count,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
    )


_ON_TIME = (
    "duty_monthly_report_on_time_rate",
    "duty_quarterly_report_on_time_rate",
    "duty_annual_report_rate",
    "duty_asset_report_rate",
    "duty_fund_notice_rate",
    "duty_safety_check_rate",
)

INDICATORS: Mapping[str, Function] = {
    **dict.fromkeys(_ON_TIME, on_time_rate),
    "duty_open_hours_notice_rate": duty_open_hours_notice_rate,
    "duty_meeting_count": duty_meeting_count,
}


def _lacks(due: Due, proved: set[str]) -> bool:
    return due.state == DONE and due.record not in proved


def _on_time(dues: Iterable[Due]) -> tuple[str, ...]:
    return tuple(sorted({due.record for due in dues if due.state == DONE and due.record}))


def _is_evidenced(asked: Asked, due: Due) -> bool:
    if due.duty.record_type == "monthly_sheet":
        return True
    row = asked.facts.by_id(due.duty.record_type).get(due.record)
    return row is not None and asked.facts.is_evidenced(row)


def _parts(asked: Asked, dues: Sequence[Due]) -> tuple[Part, ...]:
    if asked.unit is not None:
        return ()
    by_unit: dict[str, list[Due]] = {}
    for due in dues:
        by_unit.setdefault(due.unit, []).append(due)
    parts = []
    for unit, own in sorted(by_unit.items()):
        rate = rate_of_duties(own, today=asked.facts.today)
        parts.append(
            Part(
                key=unit,
                label=asked.facts.roster.label(unit),
                numerator=Fraction(rate.on_time),
                denominator=Fraction(rate.due),
                value=Fraction(rate.on_time, rate.due) if rate.due else None,
                counted=_on_time(own),
                note=" ".join(_notes(own)),
            )
        )
    return tuple(parts)


def _notes(dues: Iterable[Due]) -> tuple[str, ...]:
    found = list(dues)
    late, missing = (sum(due.state == state for due in found) for state in (LATE, OVERDUE))
    notes = []
    if late:
        notes.append(_("Done late: {count}").format(count=late))
    if missing:
        notes.append(_("Not done: {count}").format(count=missing))
    return tuple(notes)


def _current(asked: Asked, venue: Row) -> Row | None:
    """The schedule that began last of those in force on the day."""
    in_force = [
        row
        for row in asked.facts.of_type(SCHEDULE)
        if row.status == "held"
        and row.text("facility_id") == venue.id
        and _covers(row, "valid_from", "valid_to", asked.day)
    ]
    return max(in_force, key=lambda row: (row.text("valid_from"), row.id), default=None)


def _notice_fault(
    asked: Asked, venue: Row, schedule: Row, papers: Mapping[str, Sequence[date | None]]
) -> str:
    posted = day_of(schedule.text("posted_on"))
    if posted is None or posted > asked.day:
        return "not_posted"
    is_shown = schedule.attachments or any(day and day >= posted for day in papers.get(schedule.id, ()))
    if not is_shown:
        return "no_photo"
    closures = (row for row in asked.facts.of_type(CLOSURE) if row.text("facility_id") == venue.id)
    return "closure_not_posted" if any(map(partial(_closed_unsaid, asked.day), closures)) else ""


def _closed_unsaid(day: date, closure: Row) -> bool:
    begins = day_of(closure.text("from"))
    if closure.status != "held" or begins is None or not _covers(closure, "from", "to", day):
        return False
    ahead = _REPAIR_NOTICE if closure.text("reason") == "repair" else timedelta()
    posted = day_of(closure.text("posted_on"))
    return posted is None or posted > begins - ahead


def _papers(asked: Asked) -> Mapping[str, Sequence[date | None]]:
    """The days of the papers with a file that show a record."""
    found: dict[str, list[date | None]] = {}
    for paper in asked.facts.of_type("evidence"):
        if paper.status == "held" and paper.attachments and paper.text("proves"):
            found.setdefault(paper.text("proves"), []).append(day_of(paper.text("date")))
    return found


def _covers(row: Row, first: str, last: str, day: date) -> bool:
    begins, ends = day_of(row.text(first)), day_of(row.text(last))
    return begins is not None and begins <= day and (ends is None or day <= ends)
