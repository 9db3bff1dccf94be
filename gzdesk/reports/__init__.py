"""Printed sheets and workbooks, each made from one neutral document.

To add a document: a file here that builds it, a line in `REPORTS`, its layout in `resources/layouts/`, and a test
with an expected file in `tests/golden/reports/`.
"""

from __future__ import annotations

from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.reports import film_month_summary, handover_slip, monthly_sheet, opening_register
from gzdesk.reports.document import Document
from gzdesk.reports.source import Report, Source


def _monthly(source: Source, month: Month) -> Document:
    return monthly_sheet.document(source.sheet(month))


def _films(source: Source, month: Month) -> Document:
    return film_month_summary.document(source.unit, month, source.sheets_below(month))


def _opening(source: Source, month: Month) -> Document:
    return opening_register.document(source.unit, month, source.open_days(month))


REPORTS = (
    Report(name="monthly_sheet", label=lambda: _("Monthly activity sheet"), build=_monthly),
    Report(name="film_month_summary", label=lambda: _("Film month summary"), build=_films),
    Report(name="opening_register", label=lambda: _("Opening register"), build=_opening),
    Report(
        name="monthly_sheet_blank",
        label=lambda: _("Blank monthly activity sheet"),
        build_any=lambda source, month: monthly_sheet.blank(source.unit, month),
    ),
    Report(
        name="handover_slip",
        label=lambda: _("Handover slip"),
        build_any=lambda source, _month: handover_slip.document(source.handover()),
    ),
)
