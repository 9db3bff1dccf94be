"""How each document is built from the ledger: what it takes is read here, what it looks like stands in its own file.

A builder imports its document when it is asked for: the list of documents must not wait for the fonts.
"""

from __future__ import annotations

from collections.abc import Sequence

from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import gettext as _
from gzdesk.reports.document import Document
from gzdesk.reports.narrative import Part
from gzdesk.reports.source import Asked, Filed, Source


def _month(asked: Asked) -> Month:
    assert asked.month is not None  # Report.document has looked
    return asked.month


def _quarter(asked: Asked) -> ReportQuarter:
    assert asked.quarter is not None
    return asked.quarter


def _year(asked: Asked) -> int:
    assert asked.year is not None
    return asked.year


def _record(source: Source, asked: Asked) -> Filed:
    assert asked.record is not None
    return source.record(asked.record)


def _time_of(record_type: RecordType, asked: Asked) -> tuple[Month | None, int | None]:
    """What has no day, such as a venue, belongs to no month or year: asked for one, it is listed as it is now."""
    return (asked.month, asked.year) if record_type.month_of is not None else (None, None)


# Months


def monthly(source: Source, asked: Asked) -> Document:
    """The sheet of a month: its rows, sums and check code."""
    from gzdesk.reports import monthly_sheet

    return monthly_sheet.document(source.sheet(_month(asked)), layouts=source.layouts)


def monthly_blank(source: Source, asked: Asked) -> Document:
    """The sheet of a month to fill in by hand."""
    from gzdesk.reports import monthly_sheet

    return monthly_sheet.blank(source.unit, asked.month, layouts=source.layouts)


def films(source: Source, asked: Asked) -> Document:
    """The screenings of a month, of all units that are kept here."""
    from gzdesk.reports import film_month_summary

    month = _month(asked)
    return film_month_summary.document(source.unit, month, source.sheets_below(month), layouts=source.layouts)


def opening(source: Source, asked: Asked) -> Document:
    """The days of a month with hours and visitors."""
    from gzdesk.reports import opening_register

    month = _month(asked)
    return opening_register.document(source.unit, month, source.open_days(month), layouts=source.layouts)


def handover(source: Source, _asked: Asked) -> Document:
    """What lies on the stick, to be signed by both sides."""
    from gzdesk.reports import handover_slip

    return handover_slip.document(source.handover(), layouts=source.layouts)


# Notices


def notice_a4(source: Source, asked: Asked) -> Document:
    """Opening hours for the door."""
    from gzdesk.reports import opening_notice

    return opening_notice.document(
        source.unit,
        source.venues(asked.record),
        working_hours=source.working_hours,
        layouts=source.layouts,
    )


def notice_a3(source: Source, asked: Asked) -> Document:
    """Opening hours for the door, twice as large."""
    from gzdesk.reports import opening_notice

    return opening_notice.document(
        source.unit,
        source.venues(asked.record),
        working_hours=source.working_hours,
        page="A3",
        layouts=source.layouts,
    )


def closure(source: Source, asked: Asked) -> Document:
    """A closure, with the venue that is closed."""
    from gzdesk.reports import closure_notice

    notice = _record(source, asked)
    venues = source.venues(str(notice.values.get("facility_id", "")))
    return closure_notice.document(source.unit, notice, venues, layouts=source.layouts)


def film(source: Source, asked: Asked) -> Document:
    """One screening, with the venue and its telephone."""
    from gzdesk.reports import film_notice

    return film_notice.document(source.unit, _record(source, asked), source.venues(), layouts=source.layouts)


def films_of_month(source: Source, asked: Asked) -> Document:
    """The planned screenings of a month."""
    from gzdesk.reports import film_notice

    month = _month(asked)
    screenings = source.records("film_screening", month=month)
    return film_notice.of_month(source.unit, month, screenings, source.venues(), layouts=source.layouts)


def evidence(source: Source, _asked: Asked) -> Document:
    """Everything that is filed, item by item."""
    from gzdesk.reports import evidence_index

    return evidence_index.document(
        unit=source.unit.label,
        scope=_("All tasks"),
        groups=source.evidence(),
        made_on=source.today,
        layouts=source.layouts,
    )


def tasks(source: Source, _asked: Asked) -> Document:
    """The 65 items with how they stand and what proves them."""
    from gzdesk.reports import task_table

    return task_table.document(source.unit, source.tasks(), today=source.today, layouts=source.layouts)


# Forms


def form_blank(source: Source, asked: Asked) -> Document:
    """The form of a register to fill in by hand."""
    from gzdesk.reports import record_form

    record_type = source.record_type(asked.type_id or "")
    return record_form.blank(record_type, source.unit, sheets=asked.copies, layouts=source.layouts)


def list_blank(source: Source, asked: Asked) -> Document:
    """A register to fill in by hand, many lines on a page."""
    from gzdesk.reports import list_form

    record_type = source.record_type(asked.type_id or "")
    return list_form.blank(record_type, source.unit, sheets=asked.copies, layouts=source.layouts)


def form(source: Source, asked: Asked) -> Document:
    """The form of one record, filled in."""
    from gzdesk.reports import record_form

    return record_form.filled(_record(source, asked), source.unit, layouts=source.layouts)


def _slip(source: Source, asked: Asked, name: str, type_id: str) -> Document:
    from gzdesk.reports import slip

    filed = source.record(asked.record) if asked.record else None
    return slip.document(
        name,
        source.record_type(type_id),
        source.unit,
        filed,
        sheets=asked.copies,
        layouts=source.layouts,
    )


def screening_receipt(source: Source, asked: Asked) -> Document:
    """The receipt of a screening in its two parts; without a record to fill in by hand."""
    return _slip(source, asked, "screening_receipt", "film_screening")


def performance_receipt(source: Source, asked: Asked) -> Document:
    """The receipt of a performance in its two parts; without a record to fill in by hand."""
    return _slip(source, asked, "performance_receipt", "performance")


def sign_in(source: Source, asked: Asked) -> Document:
    """Who attended a training, with their signatures or room for them."""
    from gzdesk.reports import sign_in_sheet

    session = _record(source, asked)
    attendances = source.records("training_attendance")
    return sign_in_sheet.document(source.unit, session, attendances, layouts=source.layouts)


def sign_in_blank(source: Source, asked: Asked) -> Document:
    """Lines to sign on, for a training that is planned or for none."""
    from gzdesk.reports import sign_in_sheet

    session = source.record(asked.record) if asked.record else None
    return sign_in_sheet.blank(source.unit, session, sheets=asked.copies, layouts=source.layouts)


# Registers and certificates


def register(source: Source, asked: Asked) -> Document:
    """The records of a register as a list, of a month, a year or all."""
    from gzdesk.reports import register

    record_type = source.record_type(asked.type_id or "")
    month, year = _time_of(record_type, asked)
    return register.document(
        record_type,
        source.unit,
        source.records(record_type.id, month=month, year=year),
        month=month,
        year=year,
        layouts=source.layouts,
    )


def certificate(source: Source, asked: Asked) -> Document:
    """The confirmed hours of a volunteer."""
    from gzdesk.reports import volunteer_certificate

    return volunteer_certificate.document(
        source.unit,
        _record(source, asked),
        source.records("volunteer_service", month=asked.month, year=asked.year),
        today=source.today,
        month=asked.month,
        year=asked.year,
        layouts=source.layouts,
    )


def assets(source: Source, asked: Asked) -> Document:
    """The stock of equipment by class, with what came and went in a year and its check."""
    from gzdesk.reports import asset_report

    return asset_report.document(
        source.record_type("asset"),
        source.unit,
        _year(asked),
        source.records("asset"),
        source.records("asset_check"),
        today=source.today,
        layouts=source.layouts,
    )


def monthly_report(source: Source, asked: Asked) -> Document:
    """The work of a month in words, with its figures."""
    from gzdesk.reports import monthly_report

    return monthly_report.document(source, _month(asked))


def monthly_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    """The parts of that report as the records alone would have them."""
    from gzdesk.reports import monthly_report

    return monthly_report.parts(source, _month(asked))


def indicators(source: Source, asked: Asked) -> Document:
    """All indicators of a year with target, value and verdict."""
    from gzdesk.reports import indicator_table

    year = _year(asked)
    return indicator_table.document(
        source.unit, source.indicators(year), year, today=source.today, layouts=source.layouts
    )


def quarterly_report(source: Source, asked: Asked) -> Document:
    """A quarter in its three parts, with indicators and evidence as annexes (tasks.json 32.1)."""
    from gzdesk.reports import quarterly_report

    return quarterly_report.document(source, _quarter(asked))


def quarterly_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    """The parts of that report as the records alone would have them."""
    from gzdesk.reports import quarterly_report

    return quarterly_report.parts(source, _quarter(asked))


def annual_report(source: Source, asked: Asked) -> Document:
    """The work of a year in words, with its indicators."""
    from gzdesk.reports import annual_report

    return annual_report.document(source, _year(asked))


def annual_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    """The parts of that report as the records alone would have them."""
    from gzdesk.reports import annual_report

    return annual_report.parts(source, _year(asked))


def funds(source: Source, asked: Asked) -> Document:
    """What was granted and spent in a year, to be posted."""
    from gzdesk.reports import fund_notice

    return fund_notice.document(
        source.record_type("fund_use"),
        source.unit,
        _year(asked),
        source.records("fund_use"),
        today=source.today,
        layouts=source.layouts,
    )


def complete(source: Source, asked: Asked) -> Document:
    """Which unit handed in which month of a year, and whether in time."""
    from gzdesk.reports import completeness

    year = _year(asked)
    return completeness.document(
        source.unit, year, source.completeness(year), today=source.today, layouts=source.layouts
    )


def duties(source: Source, asked: Asked) -> Document:
    """What the unit has to hand in, post and hold in a year, day by day."""
    from gzdesk.reports import duty_calendar

    year = _year(asked)
    return duty_calendar.document(
        source.unit, year, source.duties(year), today=source.today, layouts=source.layouts
    )


def summary(source: Source, asked: Asked) -> Document:
    """A register over all units, with sums by unit."""
    from gzdesk.reports import town_summary

    record_type = source.record_type(asked.type_id or "")
    month, year = _time_of(record_type, asked)
    return town_summary.document(
        record_type,
        source.town,
        source.records_below(record_type.id, month=month, year=year),
        month=month,
        year=year,
        layouts=source.layouts,
    )
