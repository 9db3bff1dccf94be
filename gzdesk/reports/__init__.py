"""Printed sheets and workbooks, each made from one neutral document.

To add a document: a file here that builds it, a builder and a line in `REPORTS`, its layout in
`resources/layouts/`, and a test with an expected file in `tests/golden/reports/`.

A builder imports its document when it is asked for: the list of documents must not wait for the fonts.
"""

from __future__ import annotations

from collections.abc import Sequence

from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import gettext as _
from gzdesk.reports.document import Document
from gzdesk.reports.narrative import Part
from gzdesk.reports.source import Asked, Filed, Report, Source

_MONTH = frozenset({"month"})
_RECORD = frozenset({"record"})
_TYPE = frozenset({"type"})
_YEAR = frozenset({"year"})


def _month(asked: Asked) -> Month:
    assert asked.month is not None  # Report.document has looked
    return asked.month


def _record(source: Source, asked: Asked) -> Filed:
    assert asked.record is not None
    return source.record(asked.record)


# Months


def _monthly(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import monthly_sheet

    return monthly_sheet.document(source.sheet(_month(asked)), layouts=source.layouts)


def _monthly_blank(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import monthly_sheet

    return monthly_sheet.blank(source.unit, asked.month, layouts=source.layouts)


def _films(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import film_month_summary

    month = _month(asked)
    return film_month_summary.document(source.unit, month, source.sheets_below(month), layouts=source.layouts)


def _opening(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import opening_register

    month = _month(asked)
    return opening_register.document(source.unit, month, source.open_days(month), layouts=source.layouts)


def _handover(source: Source, _asked: Asked) -> Document:
    from gzdesk.reports import handover_slip

    return handover_slip.document(source.handover(), layouts=source.layouts)


# Notices


def _notice_a4(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import opening_notice

    return opening_notice.document(
        source.unit,
        source.venues(asked.record),
        working_hours=source.working_hours,
        layouts=source.layouts,
    )


def _notice_a3(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import opening_notice

    return opening_notice.document(
        source.unit,
        source.venues(asked.record),
        working_hours=source.working_hours,
        page="A3",
        layouts=source.layouts,
    )


def _closure(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import closure_notice

    notice = _record(source, asked)
    venues = source.venues(str(notice.values.get("facility_id", "")))
    return closure_notice.document(source.unit, notice, venues, layouts=source.layouts)


def _film(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import film_notice

    return film_notice.document(source.unit, _record(source, asked), source.venues(), layouts=source.layouts)


def _films_of_month(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import film_notice

    month = _month(asked)
    screenings = source.records("film_screening", month=month)
    return film_notice.of_month(source.unit, month, screenings, source.venues(), layouts=source.layouts)


def _evidence(source: Source, _asked: Asked) -> Document:
    from gzdesk.reports import evidence_index

    return evidence_index.document(
        unit=source.unit.label,
        scope=_("All tasks"),
        groups=source.evidence(),
        made_on=source.today,
        layouts=source.layouts,
    )


def _tasks(source: Source, _asked: Asked) -> Document:
    from gzdesk.reports import task_table

    return task_table.document(source.unit, source.tasks(), today=source.today, layouts=source.layouts)


# Forms


def _form_blank(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import record_form

    record_type = source.record_type(asked.type_id or "")
    return record_form.blank(record_type, source.unit, sheets=asked.copies, layouts=source.layouts)


def _list_blank(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import list_form

    record_type = source.record_type(asked.type_id or "")
    return list_form.blank(record_type, source.unit, sheets=asked.copies, layouts=source.layouts)


def _form(source: Source, asked: Asked) -> Document:
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


def _screening_receipt(source: Source, asked: Asked) -> Document:
    return _slip(source, asked, "screening_receipt", "film_screening")


def _performance_receipt(source: Source, asked: Asked) -> Document:
    return _slip(source, asked, "performance_receipt", "performance")


def _sign_in(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import sign_in_sheet

    session = _record(source, asked)
    attendances = source.records("training_attendance")
    return sign_in_sheet.document(source.unit, session, attendances, layouts=source.layouts)


def _sign_in_blank(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import sign_in_sheet

    session = source.record(asked.record) if asked.record else None
    return sign_in_sheet.blank(source.unit, session, sheets=asked.copies, layouts=source.layouts)


# Registers and certificates


def _register(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import register

    type_id = asked.type_id or ""
    return register.document(
        source.record_type(type_id),
        source.unit,
        source.records(type_id, month=asked.month, year=asked.year),
        month=asked.month,
        year=asked.year,
        layouts=source.layouts,
    )


def _certificate(source: Source, asked: Asked) -> Document:
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


def _assets(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import asset_report

    assert asked.year is not None
    return asset_report.document(
        source.record_type("asset"),
        source.unit,
        asked.year,
        source.records("asset"),
        source.records("asset_check"),
        today=source.today,
        layouts=source.layouts,
    )


def _monthly_report(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import monthly_report

    return monthly_report.document(source, _month(asked))


def _monthly_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    from gzdesk.reports import monthly_report

    return monthly_report.parts(source, _month(asked))


def _indicators(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import indicator_table

    assert asked.year is not None
    return indicator_table.document(
        source.unit, source.indicators(asked.year), asked.year, today=source.today, layouts=source.layouts
    )


def _quarter(asked: Asked) -> ReportQuarter:
    assert asked.quarter is not None
    return asked.quarter


def _quarterly_report(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import quarterly_report

    return quarterly_report.document(source, _quarter(asked))


def _quarterly_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    from gzdesk.reports import quarterly_report

    return quarterly_report.parts(source, _quarter(asked))


def _year(asked: Asked) -> int:
    assert asked.year is not None
    return asked.year


def _annual_report(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import annual_report

    return annual_report.document(source, _year(asked))


def _annual_report_parts(source: Source, asked: Asked) -> Sequence[Part]:
    from gzdesk.reports import annual_report

    return annual_report.parts(source, _year(asked))


def _funds(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import fund_notice

    return fund_notice.document(
        source.record_type("fund_use"),
        source.unit,
        _year(asked),
        source.records("fund_use"),
        today=source.today,
        layouts=source.layouts,
    )


def _complete(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import completeness

    year = _year(asked)
    return completeness.document(
        source.unit, year, source.completeness(year), today=source.today, layouts=source.layouts
    )


def _summary(source: Source, asked: Asked) -> Document:
    from gzdesk.reports import town_summary

    record_type = source.record_type(asked.type_id or "")
    # What has no day, such as a venue, belongs to no year: asked for one, it is listed as it is now.
    has_day = record_type.month_of is not None
    month, year = (asked.month, asked.year) if has_day else (None, None)
    return town_summary.document(
        record_type,
        source.town,
        source.records_below(record_type.id, month=month, year=year),
        month=month,
        year=year,
        layouts=source.layouts,
    )


REPORTS = (
    Report(name="monthly_sheet", label=lambda: _("Monthly activity sheet"), build=_monthly, needs=_MONTH),
    Report(name="film_month_summary", label=lambda: _("Film month summary"), build=_films, needs=_MONTH),
    Report(name="opening_register", label=lambda: _("Opening register"), build=_opening, needs=_MONTH),
    Report(name="handover_slip", label=lambda: _("Handover slip"), build=_handover),
    Report(
        name="monthly_report",
        label=lambda: _("Monthly work report"),
        build=_monthly_report,
        needs=_MONTH,
        group="report",
        parts=_monthly_report_parts,
        letters="DT",
    ),
    Report(
        name="quarterly_report",
        label=lambda: _("Quarterly in-depth report"),
        build=_quarterly_report,
        needs=frozenset({"quarter"}),
        group="report",
        parts=_quarterly_report_parts,
        letters="JB",
    ),
    Report(
        name="annual_report",
        label=lambda: _("Annual report"),
        build=_annual_report,
        needs=_YEAR,
        group="report",
        parts=_annual_report_parts,
        letters="NB",
    ),
    Report(
        name="fund_notice",
        label=lambda: _("Notice of the use of funds"),
        build=_funds,
        needs=_YEAR,
        group="report",
        letters="JF",
    ),
    Report(
        name="completeness",
        label=lambda: _("Monthly sheets: complete and in time"),
        build=_complete,
        needs=_YEAR,
        group="report",
        letters="WZ",
    ),
    Report(
        name="town_summary",
        label=lambda: _("Summary of a register over all units"),
        build=_summary,
        needs=_TYPE,
        takes=frozenset({"month", "year"}),
        group="report",
        letters="HZ",
    ),
    Report(
        name="opening_notice",
        label=lambda: _("Opening notice for the door, A4"),
        build=_notice_a4,
        takes=_RECORD,
        types=("facility", "open_schedule"),
        group="notice",
    ),
    Report(
        name="opening_notice_a3",
        label=lambda: _("Opening notice for the door, A3"),
        build=_notice_a3,
        takes=_RECORD,
        types=("facility", "open_schedule"),
        group="notice",
    ),
    Report(
        name="closure_notice",
        label=lambda: _("Notice of a closure"),
        build=_closure,
        needs=_RECORD,
        types=("closure_notice",),
        group="notice",
    ),
    Report(
        name="film_notice",
        label=lambda: _("Notice of one screening"),
        build=_film,
        needs=_RECORD,
        types=("film_screening",),
        group="notice",
    ),
    Report(
        name="film_notice_month",
        label=lambda: _("Notice of the screenings of a month"),
        build=_films_of_month,
        needs=_MONTH,
        group="notice",
    ),
    Report(
        name="blank_form",
        label=lambda: _("Blank form of a register"),
        build=_form_blank,
        needs=_TYPE,
        group="blank",
        many=True,
    ),
    Report(
        name="blank_list",
        label=lambda: _("Blank register with many lines"),
        build=_list_blank,
        needs=_TYPE,
        group="blank",
        many=True,
    ),
    Report(
        name="monthly_sheet_blank",
        label=lambda: _("Blank monthly activity sheet"),
        build=_monthly_blank,
        takes=_MONTH,
        group="blank",
    ),
    Report(
        name="screening_receipt_blank",
        label=lambda: _("Blank screening receipt"),
        build=_screening_receipt,
        group="blank",
        many=True,
    ),
    Report(
        name="performance_receipt_blank",
        label=lambda: _("Blank performance receipt"),
        build=_performance_receipt,
        group="blank",
        many=True,
    ),
    Report(
        name="sign_in_blank",
        label=lambda: _("Blank sign-in sheet"),
        build=_sign_in_blank,
        takes=_RECORD,
        types=("training_session",),
        group="blank",
        many=True,
    ),
    Report(
        name="register",
        label=lambda: _("A register as a list"),
        build=_register,
        needs=_TYPE,
        takes=frozenset({"month", "year"}),
        group="register",
    ),
    Report(
        name="volunteer_certificate",
        label=lambda: _("Certificate of volunteer hours"),
        build=_certificate,
        needs=_RECORD,
        takes=frozenset({"month", "year"}),
        types=("volunteer",),
        group="register",
    ),
    Report(
        name="screening_receipt",
        label=lambda: _("Screening receipt"),
        build=_screening_receipt,
        needs=_RECORD,
        types=("film_screening",),
        group="register",
    ),
    Report(
        name="performance_receipt",
        label=lambda: _("Performance receipt"),
        build=_performance_receipt,
        needs=_RECORD,
        types=("performance",),
        group="register",
    ),
    Report(
        name="sign_in_sheet",
        label=lambda: _("Sign-in sheet of a training"),
        build=_sign_in,
        needs=_RECORD,
        types=("training_session",),
        group="register",
    ),
    Report(
        name="asset_report",
        label=lambda: _("Yearly asset report"),
        build=_assets,
        needs=_YEAR,
        group="report",
        letters="ZC",
    ),
    Report(
        name="indicator_table",
        label=lambda: _("Table of indicators"),
        build=_indicators,
        needs=_YEAR,
        group="register",
    ),
    Report(name="evidence_index", label=lambda: _("Evidence index"), build=_evidence, group="register"),
    Report(name="task_table", label=lambda: _("Table of tasks"), build=_tasks, group="register"),
    Report(
        name="filled_form",
        label=lambda: _("Form of one record"),
        build=_form,
        needs=_RECORD,
        group="register",
    ),
)
