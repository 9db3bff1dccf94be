"""Documents by name: on paper as PDF, in Excel as workbook, both from the same snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.reports import REPORTS
from gzdesk.reports.document import Document
from gzdesk.reports.handover_slip import HandedFile, Handover
from gzdesk.reports.opening_register import OpenDay
from gzdesk.reports.source import Report
from gzdesk.services.context import Context
from gzdesk.services.month_material import month_register
from gzdesk.services.months import Months
from gzdesk.storage.packages import OUTGOING, PackageRow
from gzdesk.whole_file import write_whole

SUFFIXES = (".pdf", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportName:
    """A document that can be asked for. One that needs a month is of no use without."""

    name: str
    label: str
    needs_month: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A written file. `missing` names each character that no font has; the workbook leaves that to Excel."""

    file: Path
    pages: int
    missing: tuple[str, ...] = ()


class Reports:
    """Makes documents. A unit is meant by its id; left out, it is the one this PC belongs to."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._months = Months(context)

    def names(self) -> tuple[ReportName, ...]:
        """Every document there is, in the language in use."""
        return tuple(
            ReportName(name=report.name, label=report.label(), needs_month=report.needs_month)
            for report in REPORTS
        )

    def make(
        self,
        name: str,
        *,
        out: Path,
        unit: str | None = None,
        month: Month | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> Made:
        """Write a document to `out`, which ends in .pdf or .xlsx; an older file of that name is replaced whole.

        Raises UserError `unknown_report`, `month_needed`, `unknown_format` or `cannot_write`.
        """
        if out.suffix.lower() not in SUFFIXES:
            raise UserError(
                code="unknown_format",
                message=_("Files of this kind can't be made: {name}").format(name=out.name),
                hint=_("End the file name in .pdf or .xlsx."),
            )
        progress.stage(_("Gathering the records"))
        document = self._document(name, unit=unit, month=month)
        progress.check_cancelled()
        progress.stage(_("Writing the file"))
        if out.suffix.lower() == ".xlsx":
            return self._make_workbook(document, out)
        return self._make_pdf(document, out)

    def preview(
        self, name: str, *, unit: str | None = None, month: Month | None = None, for_screen: bool = True
    ) -> bytes:
        """The document as PDF in memory; `for_screen` False is what goes to the printer."""
        from gzdesk.reports import pdf

        return pdf.render(self._document(name, unit=unit, month=month), for_screen=for_screen)

    def missing_glyphs(
        self, name: str, *, unit: str | None = None, month: Month | None = None
    ) -> tuple[str, ...]:
        """A sentence for each character that cannot be printed; ask before printing."""
        from gzdesk.reports.missing import missing_glyphs

        return missing_glyphs(self._document(name, unit=unit, month=month))

    # Inside

    def _document(self, name: str, *, unit: str | None, month: Month | None) -> Document:
        report = _report(name)
        if report.needs_month and month is None:
            raise UserError(
                code="month_needed",
                message=_("{document} is always of one month.").format(document=report.label()),
                hint=_("Say which month, like 2019-10."),
            )
        found = self._context.me if unit is None else self._context.unit(unit)
        return report.document(_LedgerSource(self._context, self._months, found), month)

    def _make_pdf(self, document: Document, out: Path) -> Made:
        from gzdesk.reports import flow, pdf
        from gzdesk.reports.missing import missing_glyphs

        pages = flow.paginate(document)
        write_whole(out, pdf.draw(document, pages))
        return Made(file=out, pages=len(pages), missing=missing_glyphs(document))

    def _make_workbook(self, document: Document, out: Path) -> Made:
        from gzdesk.reports import flow, xlsx

        write_whole(out, xlsx.render(document))
        return Made(file=out, pages=len(flow.paginate(document)))


class _LedgerSource:
    """Answers what documents ask for (`reports.source.Source`)."""

    def __init__(self, context: Context, months: Months, unit: Unit) -> None:
        self._context = context
        self._months = months
        self.unit = unit

    def sheet(self, month: Month) -> MonthSheet:
        """The unit's month sheet, frozen or draft."""
        return self._months.current(month, unit=self.unit.id)

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        """The unit's own sheet; for the town, that of every unit with something to show."""
        if self.unit.id != self._context.units.town.id:
            return (self.sheet(month),)
        sheets = [self._months.current(month, unit=unit.id) for unit in self._context.units]
        return tuple(sheet for sheet in sheets if sheet.rows or sheet.films)

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        """Every day of the month."""
        with self._context.store.reading() as read:
            return month_register(read, types=self._context.types, unit=self.unit.id, month=month)

    def handover(self) -> Handover:
        """The package written last, with the closed sheets of its months. Raises UserError `nothing_sent`."""
        me, town = self._context.me, self._context.units.town
        receiver = self.unit if self._context.is_town else town
        with self._context.store.reading() as read:
            packages = read.packages.all(OUTGOING, unit=receiver.id)
        last = [package for package in packages if package.number == packages[0].number]
        if not last:
            raise UserError(
                code="nothing_sent",
                message=_("Nothing has been written to a stick yet."),
                hint=_("Export first; the slip lists what is on the stick."),
            )
        return Handover(
            sender=me,
            receiver=receiver,
            made_on=self._context.mint.today(),
            files=tuple(_handed(package) for package in reversed(last)),
            sheets=() if self._context.is_town else self._sheets_in(last[0]),
        )

    def _sheets_in(self, package: PackageRow) -> tuple[MonthSheet, ...]:
        months = [Month.parse(text) for text in package.detail.get("months", ())]
        sheets = [self._months.sheet(self._context.me.id, month) for month in months]
        return tuple(sheet for sheet in sheets if sheet is not None)


def _handed(package: PackageRow) -> HandedFile:
    return HandedFile(
        file=package.file_name,
        number=package.number,
        items=int(package.detail.get("revisions", 0)),
        attachments=int(package.detail.get("attachments", 0)),
        size_bytes=int(package.detail.get("size_bytes", 0)),
    )


def _report(name: str) -> Report:
    found = next((report for report in REPORTS if report.name == name), None)
    if found is None:
        raise UserError(
            code="unknown_report",
            message=_("There is no document called {name}.").format(name=name),
            hint=_("Use one of: {names}.").format(names=listed(report.name for report in REPORTS)),
        )
    return found
