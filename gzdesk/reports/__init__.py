"""Printed sheets and workbooks, each made from one neutral document.

To add a document: a file here that makes it, its builder in `builders.py`, a row in `REPORTS`, its layout in
`resources/layouts/`, and a test with an expected file in `tests/golden/reports/`.
"""

from __future__ import annotations

from gzdesk.i18n import gettext as _
from gzdesk.reports import builders
from gzdesk.reports.source import Report

_MONTH = frozenset({"month"})
_RECORD = frozenset({"record"})
_TYPE = frozenset({"type"})
_YEAR = frozenset({"year"})

REPORTS = (
    Report(
        name="monthly_sheet", label=lambda: _("Monthly activity sheet"), build=builders.monthly, needs=_MONTH
    ),
    Report(
        name="film_month_summary", label=lambda: _("Film month summary"), build=builders.films, needs=_MONTH
    ),
    Report(
        name="opening_register", label=lambda: _("Opening register"), build=builders.opening, needs=_MONTH
    ),
    Report(name="handover_slip", label=lambda: _("Handover slip"), build=builders.handover),
    Report(
        name="monthly_report",
        label=lambda: _("Monthly work report"),
        build=builders.monthly_report,
        needs=_MONTH,
        group="report",
        parts=builders.monthly_report_parts,
        letters="DT",
    ),
    Report(
        name="quarterly_report",
        label=lambda: _("Quarterly in-depth report"),
        build=builders.quarterly_report,
        needs=frozenset({"quarter"}),
        group="report",
        parts=builders.quarterly_report_parts,
        letters="JB",
    ),
    Report(
        name="annual_report",
        label=lambda: _("Annual report"),
        build=builders.annual_report,
        needs=_YEAR,
        group="report",
        parts=builders.annual_report_parts,
        letters="NB",
    ),
    Report(
        name="fund_notice",
        label=lambda: _("Notice of the use of funds"),
        build=builders.funds,
        needs=_YEAR,
        group="report",
        letters="JF",
    ),
    Report(
        name="completeness",
        label=lambda: _("Monthly sheets: complete and in time"),
        build=builders.complete,
        needs=_YEAR,
        group="report",
        letters="WZ",
    ),
    Report(
        name="town_summary",
        label=lambda: _("Summary of a register over all units"),
        build=builders.summary,
        needs=_TYPE,
        takes=frozenset({"month", "year"}),
        group="report",
        letters="HZ",
    ),
    Report(
        name="opening_notice",
        label=lambda: _("Opening notice for the door, A4"),
        build=builders.notice_a4,
        takes=_RECORD,
        types=("facility", "open_schedule"),
        group="notice",
    ),
    Report(
        name="opening_notice_a3",
        label=lambda: _("Opening notice for the door, A3"),
        build=builders.notice_a3,
        takes=_RECORD,
        types=("facility", "open_schedule"),
        group="notice",
    ),
    Report(
        name="closure_notice",
        label=lambda: _("Notice of a closure"),
        build=builders.closure,
        needs=_RECORD,
        types=("closure_notice",),
        group="notice",
    ),
    Report(
        name="film_notice",
        label=lambda: _("Notice of one screening"),
        build=builders.film,
        needs=_RECORD,
        types=("film_screening",),
        group="notice",
    ),
    Report(
        name="film_notice_month",
        label=lambda: _("Notice of the screenings of a month"),
        build=builders.films_of_month,
        needs=_MONTH,
        group="notice",
    ),
    Report(
        name="blank_form",
        label=lambda: _("Blank form of a register"),
        build=builders.form_blank,
        needs=_TYPE,
        group="blank",
        many=True,
    ),
    Report(
        name="blank_list",
        label=lambda: _("Blank register with many lines"),
        build=builders.list_blank,
        needs=_TYPE,
        group="blank",
        many=True,
    ),
    Report(
        name="monthly_sheet_blank",
        label=lambda: _("Blank monthly activity sheet"),
        build=builders.monthly_blank,
        takes=_MONTH,
        group="blank",
    ),
    Report(
        name="screening_receipt_blank",
        label=lambda: _("Blank screening receipt"),
        build=builders.screening_receipt,
        group="blank",
        many=True,
    ),
    Report(
        name="performance_receipt_blank",
        label=lambda: _("Blank performance receipt"),
        build=builders.performance_receipt,
        group="blank",
        many=True,
    ),
    Report(
        name="sign_in_blank",
        label=lambda: _("Blank sign-in sheet"),
        build=builders.sign_in_blank,
        takes=_RECORD,
        types=("training_session",),
        group="blank",
        many=True,
    ),
    Report(
        name="register",
        label=lambda: _("A register as a list"),
        build=builders.register,
        needs=_TYPE,
        takes=frozenset({"month", "year"}),
        group="register",
    ),
    Report(
        name="volunteer_certificate",
        label=lambda: _("Certificate of volunteer hours"),
        build=builders.certificate,
        needs=_RECORD,
        takes=frozenset({"month", "year"}),
        types=("volunteer",),
        group="register",
    ),
    Report(
        name="screening_receipt",
        label=lambda: _("Screening receipt"),
        build=builders.screening_receipt,
        needs=_RECORD,
        types=("film_screening",),
        group="register",
    ),
    Report(
        name="performance_receipt",
        label=lambda: _("Performance receipt"),
        build=builders.performance_receipt,
        needs=_RECORD,
        types=("performance",),
        group="register",
    ),
    Report(
        name="sign_in_sheet",
        label=lambda: _("Sign-in sheet of a training"),
        build=builders.sign_in,
        needs=_RECORD,
        types=("training_session",),
        group="register",
    ),
    Report(
        name="asset_report",
        label=lambda: _("Yearly asset report"),
        build=builders.assets,
        needs=_YEAR,
        group="report",
        letters="ZC",
    ),
    Report(
        name="indicator_table",
        label=lambda: _("Table of indicators"),
        build=builders.indicators,
        needs=_YEAR,
        group="register",
    ),
    Report(
        name="duty_calendar",
        label=lambda: _("What has to be done in a year"),
        build=builders.duties,
        needs=_YEAR,
        group="register",
    ),
    Report(
        name="evidence_index", label=lambda: _("Evidence index"), build=builders.evidence, group="register"
    ),
    Report(name="task_table", label=lambda: _("Table of tasks"), build=builders.tasks, group="register"),
    Report(
        name="filled_form",
        label=lambda: _("Form of one record"),
        build=builders.form,
        needs=_RECORD,
        group="register",
    ),
)
