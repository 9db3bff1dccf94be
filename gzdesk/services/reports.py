"""Documents by name: on paper as PDF, in Excel as workbook, both from the same snapshot."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.reports import REPORTS
from gzdesk.reports.document import Document
from gzdesk.reports.source import NEEDS, Asked, Report
from gzdesk.services.context import Context
from gzdesk.services.months import Months
from gzdesk.services.report_source import LedgerSource

SUFFIXES = (".pdf", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportName:
    """A document that can be asked for; it cannot be made without what it `needs` (month, record, type, year).

    `takes` may be said too; `types` are the registers that its record or list can be of, empty for any.
    `many` is a form to fill in by hand, of which several copies may be wanted.
    """

    name: str
    label: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    types: tuple[str, ...]
    group: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A written file. `missing` names each character that no font has; the workbook leaves that to Excel.

    `remarks` are sentences for the person: a notice posted late, a layout file that could not be used.
    """

    file: Path
    pages: int
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A document to look at: its PDF, and all that should be said before it is printed."""

    title: str
    pdf: bytes
    missing: tuple[str, ...]
    remarks: tuple[str, ...]


class Reports:
    """Makes documents. A unit is meant by its id; left out, it is that of the record, or of this PC.

    Each method takes the same choices: `month`, `year`, `record` (an id), `type_id` and `copies`. All raise
    UserError `unknown_report`, or `month_needed`, `year_needed`, `record_needed`, `type_needed`.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._months = Months(context)

    def names(self) -> tuple[ReportName, ...]:
        """Every document there is, in the language in use."""
        return tuple(
            ReportName(
                name=report.name,
                label=report.label(),
                needs=tuple(need for need in NEEDS if need in report.needs),
                takes=tuple(need for need in NEEDS if need in report.takes),
                types=report.types,
                group=report.group,
                many=report.many,
            )
            for report in REPORTS
        )

    def make(
        self,
        name: str,
        *,
        out: Path,
        unit: str | None = None,
        month: Month | None = None,
        record: str | None = None,
        type_id: str | None = None,
        year: int | None = None,
        copies: int = 1,
        progress: Progress = NO_PROGRESS,
    ) -> Made:
        """Write a document to `out`, which ends in .pdf or .xlsx; an older file of that name is replaced whole.

        Raises UserError `unknown_format` or `cannot_write` besides the others.
        """
        if out.suffix.lower() not in SUFFIXES:
            raise UserError(
                code="unknown_format",
                message=_("Files of this kind can't be made: {name}").format(name=out.name),
                hint=_("End the file name in .pdf or .xlsx."),
            )
        progress.stage(_("Gathering the records"))
        asked = Asked(month=month, record=record, type_id=type_id, year=year, copies=copies)
        document = self._document(name, asked, unit=unit)
        progress.check_cancelled()
        progress.stage(_("Writing the file"))
        return _written(document, out)

    def preview(
        self,
        name: str,
        *,
        unit: str | None = None,
        month: Month | None = None,
        record: str | None = None,
        type_id: str | None = None,
        year: int | None = None,
        copies: int = 1,
        for_screen: bool = True,
    ) -> bytes:
        """The document as PDF in memory; `for_screen` False is what goes to the printer."""
        from gzdesk.reports import pdf

        asked = Asked(month=month, record=record, type_id=type_id, year=year, copies=copies)
        return pdf.render(self._document(name, asked, unit=unit), for_screen=for_screen)

    def look(
        self,
        name: str,
        *,
        unit: str | None = None,
        month: Month | None = None,
        record: str | None = None,
        type_id: str | None = None,
        year: int | None = None,
        copies: int = 1,
        for_screen: bool = True,
    ) -> Look:
        """The document as PDF in memory with its title and all that should be said before it is printed."""
        from gzdesk.reports import pdf
        from gzdesk.reports.missing import missing_glyphs

        asked = Asked(month=month, record=record, type_id=type_id, year=year, copies=copies)
        document = self._document(name, asked, unit=unit)
        return Look(
            title=document.title,
            pdf=pdf.render(document, for_screen=for_screen),
            missing=missing_glyphs(document),
            remarks=document.remarks,
        )

    def missing_glyphs(
        self,
        name: str,
        *,
        unit: str | None = None,
        month: Month | None = None,
        record: str | None = None,
        type_id: str | None = None,
        year: int | None = None,
    ) -> tuple[str, ...]:
        """A sentence for each character that cannot be printed; ask before printing."""
        from gzdesk.reports.missing import missing_glyphs

        asked = Asked(month=month, record=record, type_id=type_id, year=year)
        return missing_glyphs(self._document(name, asked, unit=unit))

    def write_layouts(self, folder: Path) -> tuple[Path, ...]:
        """Write every built-in layout into a folder, to begin one's own with; files that are there stay.

        Returns the files written. Raises UserError `cannot_write`.
        """
        from gzdesk.reports.layout import built_in, built_in_names

        written = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in built_in_names():
                file = folder / f"{name}.toml"
                if not file.exists():
                    file.write_text(built_in(name), encoding="utf-8")
                    written.append(file)
        except OSError as error:
            raise _cannot_write(folder) from error
        return tuple(written)

    # Inside

    def _document(self, name: str, asked: Asked, *, unit: str | None) -> Document:
        report = _report(name)
        missing = report.missing(asked)
        if missing:
            raise _needed(report, missing[0])
        found = self._unit(asked) if unit is None else self._context.unit(unit)
        source = LedgerSource(self._context, self._months, found)
        if asked.record and report.types and "record" in report.needs:
            _require_type(report, source, asked.record)
        document = report.document(source, asked)
        return document.with_remarks(source.layouts.remarks)

    def _unit(self, asked: Asked) -> Unit:
        """The unit that a record belongs to, for what the town prints of a village; else the one of this PC."""
        if asked.record:
            with self._context.store.reading() as read:
                record = read.records.get(asked.record)
            record_type = self._context.types.get(record.type) if record is not None else None
            if record is not None and record_type is not None and record_type.scope != "town":
                return self._context.unit(record.unit)
        return self._context.me


def _report(name: str) -> Report:
    found = next((report for report in REPORTS if report.name == name), None)
    if found is None:
        raise UserError(
            code="unknown_report",
            message=_("There is no document called {name}.").format(name=name),
            hint=_("Use one of: {names}.").format(names=listed(report.name for report in REPORTS)),
        )
    return found


def _needed(report: Report, need: str) -> UserError:
    label = report.label()
    words = {
        "month": (_("{document} is always of one month."), _("Say which month, like 2019-10.")),
        "year": (_("{document} is always of one year."), _("Say which year, like 2019.")),
        "record": (
            _("{document} is always of one record."),
            _("Choose the record; the command `list` shows its id."),
        ),
        "type": (
            _("{document} is always of one register."),
            _("Say which register; the command `types` lists them."),
        ),
    }
    message, hint = words[need]
    return UserError(code=f"{need}_needed", message=message.format(document=label), hint=hint)


def _require_type(report: Report, source: LedgerSource, record_id: str) -> None:
    record_type = source.record(record_id).type
    if record_type.id not in report.types:
        wanted = listed(source.record_type(type_id).label for type_id in report.types)
        raise UserError(
            code="wrong_record",
            message=_("{document} can't be made of this record: {type}.").format(
                document=report.label(), type=record_type.label
            ),
            hint=_("Choose one of: {names}.").format(names=wanted),
        )


def _written(document: Document, out: Path) -> Made:
    from gzdesk.reports import flow, pdf, xlsx
    from gzdesk.reports.missing import missing_glyphs

    pages = flow.paginate(document)
    if out.suffix.lower() == ".xlsx":
        _write_whole(out, xlsx.render(document))
        return Made(file=out, pages=len(pages), remarks=document.remarks)
    _write_whole(out, pdf.draw(document, pages))
    return Made(file=out, pages=len(pages), missing=missing_glyphs(document), remarks=document.remarks)


def _write_whole(out: Path, content: bytes) -> None:
    """Put the file there in one step: a full disk or a pulled stick leaves the old one as it was."""
    part = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=out.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            if part is not None:
                part.unlink()
        raise _cannot_write(out) from error


def _cannot_write(out: Path) -> UserError:
    return UserError(
        code="cannot_write",
        message=_("{file} can't be written there.").format(file=out.name),
        hint=_("If it is open in another program, close it there; else choose another folder."),
    )
