"""Printed sheets and workbooks, each made from one neutral document.

To add a document: a file here that builds it, a line in `REPORTS`, its layout in `resources/layouts/`, and a test
with an expected file in `tests/golden/reports/`.
"""

from __future__ import annotations

from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.reports import film_month_summary, handover_slip, monthly_sheet, opening_register
from gzdesk.reports.document import Document
from gzdesk.reports.source import Asked, Report, Source

_MONTH = frozenset({"month"})


def _month(asked: Asked) -> Month:
    assert asked.month is not None  # Report.document has looked
    return asked.month


def _monthly(source: Source, asked: Asked) -> Document:
    return monthly_sheet.document(source.sheet(_month(asked)), layouts=source.layouts)


def _films(source: Source, asked: Asked) -> Document:
    month = _month(asked)
    return film_month_summary.document(source.unit, month, source.sheets_below(month), layouts=source.layouts)


def _opening(source: Source, asked: Asked) -> Document:
    month = _month(asked)
    return opening_register.document(source.unit, month, source.open_days(month), layouts=source.layouts)


def _monthly_blank(source: Source, asked: Asked) -> Document:
    return monthly_sheet.blank(source.unit, asked.month, layouts=source.layouts)


def _handover(source: Source, _asked: Asked) -> Document:
    return handover_slip.document(source.handover(), layouts=source.layouts)


REPORTS = (
    Report(name="monthly_sheet", label=lambda: _("Monthly activity sheet"), build=_monthly, needs=_MONTH),
    Report(name="film_month_summary", label=lambda: _("Film month summary"), build=_films, needs=_MONTH),
    Report(name="opening_register", label=lambda: _("Opening register"), build=_opening, needs=_MONTH),
    Report(
        name="monthly_sheet_blank",
        label=lambda: _("Blank monthly activity sheet"),
        build=_monthly_blank,
        takes=_MONTH,
        group="blank",
    ),
    Report(name="handover_slip", label=lambda: _("Handover slip"), build=_handover),
)
