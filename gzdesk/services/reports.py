"""Documents by name: on paper as PDF, in Excel as workbook, reports in words as .docx, all from the same snapshot."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict, Unpack

from gzdesk.domain.frozen_report import FrozenReport
from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.reports import REPORTS
from gzdesk.reports.document import Document
from gzdesk.reports.source import NEEDS, Asked, Report
from gzdesk.services.context import Context
from gzdesk.services.frozen_reports import by_number, document_of, latest
from gzdesk.services.months import Months
from gzdesk.services.report_source import LedgerSource

FORMATS = ("pdf", "xlsx")
WORD = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportName:
    """A document that can be asked for; it cannot be made without what it `needs` (month, record, type, year).

    `takes` may be said too; `types` are the registers that its record or list can be of, empty for any.
    `many` is a form to fill in by hand, of which several copies may be wanted. `formats` are the endings of its
    files. `is_written`: it has texts that can be rewritten; `is_finished`: it can be finished with a number.
    """

    name: str
    label: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    types: tuple[str, ...]
    group: str
    many: bool
    formats: tuple[str, ...] = FORMATS
    is_written: bool = False
    is_finished: bool = False


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
    """A document to look at: its PDF, and all that should be said before it is printed.

    `finished` is the number under which it was finished last, also where a draft is looked at.
    """

    title: str
    pdf: bytes
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    finished: str = ""


class Choices(TypedDict, total=False):
    """What a document is asked for. A `unit` is meant by its id; left out, it is that of the record, or of this PC.

    `record` is an id, `number` that of a finished report. A finished report is printed as it was finished; `draft`
    makes it from the records of today.
    """

    unit: str | None
    month: Month | None
    quarter: ReportQuarter | None
    year: int | None
    record: str | None
    type_id: str | None
    copies: int
    number: str
    draft: bool


class Reports:
    """Makes documents.

    All methods raise UserError `unknown_report`, `month_needed`, `quarter_needed`, `year_needed`, `record_needed` or
    `type_needed`.
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
                formats=formats_of(report),
                is_written=report.parts is not None,
                is_finished=bool(report.letters),
            )
            for report in REPORTS
        )

    def make(
        self, name: str, *, out: Path, progress: Progress = NO_PROGRESS, **choices: Unpack[Choices]
    ) -> Made:
        """Write a document to `out`; an older file of that name is replaced whole.

        Its ending is .pdf, .xlsx or, for a report in words, .docx. Raises UserError `unknown_format`, `no_docx` or
        `cannot_write` besides the others.
        """
        _require_format(find_report(name), out)
        progress.stage(_("Gathering the records"))
        document = self.document(name, **choices)
        if not choices.get("draft") and (number := self._last_number(name, **choices)):
            said = _("It is report no. {number} as it was finished; later changes are not in it.")
            document = document.with_remarks((said.format(number=number),))
        progress.check_cancelled()
        progress.stage(_("Writing the file"))
        return _written(document, out)

    def preview(self, name: str, *, for_screen: bool = True, **choices: Unpack[Choices]) -> bytes:
        """The document as PDF in memory; `for_screen` False is what goes to the printer."""
        from gzdesk.reports import pdf

        return pdf.render(self.document(name, **choices), for_screen=for_screen)

    def look(self, name: str, *, for_screen: bool = True, **choices: Unpack[Choices]) -> Look:
        """The document as PDF in memory with its title and all that should be said before it is printed."""
        from gzdesk.reports import pdf
        from gzdesk.reports.missing import missing_glyphs

        document = self.document(name, **choices)
        return Look(
            title=document.title,
            pdf=pdf.render(document, for_screen=for_screen),
            missing=missing_glyphs(document),
            remarks=document.remarks,
            finished=self._last_number(name, **choices),
        )

    def missing_glyphs(self, name: str, **choices: Unpack[Choices]) -> tuple[str, ...]:
        """A sentence for each character that cannot be printed; ask before printing."""
        from gzdesk.reports.missing import missing_glyphs

        return missing_glyphs(self.document(name, **choices))

    def document(self, name: str, **choices: Unpack[Choices]) -> Document:
        """The document itself: as it was finished when it was, else from the records of today."""
        report = find_report(name)
        asked, unit = self.asked(report, **choices)
        if report.letters and not choices.get("draft"):
            frozen = self._frozen(report, asked, unit, choices.get("number", ""))
            if frozen is not None:
                return document_of(frozen)
        source = self.source(unit)
        if asked.record and report.types and "record" in report.needs:
            _require_type(report, source, asked.record)
        document = report.document(source, asked)
        if report.parts is not None:
            document = replace(document, footer=_("Draft, not finished yet"))
        return document.with_remarks(source.layouts.remarks)

    def asked(self, report: Report, **choices: Unpack[Choices]) -> tuple[Asked, Unit]:
        """The choices as documents take them, and the unit."""
        asked = Asked(
            month=choices.get("month"),
            quarter=choices.get("quarter"),
            record=choices.get("record"),
            type_id=choices.get("type_id"),
            year=choices.get("year"),
            copies=choices.get("copies", 1),
        )
        missing = report.missing(asked)
        if missing and not choices.get("number"):
            raise _needed(report, missing[0])
        key = choices.get("unit")
        return asked, self._unit(asked) if key is None else self._context.unit(key)

    def source(self, unit: Unit) -> LedgerSource:
        """The ledger as documents see it, for that unit."""
        return LedgerSource(self._context, self._months, unit)

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

    def _last_number(self, name: str, **choices: Unpack[Choices]) -> str:
        report = find_report(name)
        if not report.letters:
            return ""
        asked, unit = self.asked(report, **choices)
        frozen = self._frozen(report, asked, unit, choices.get("number", ""))
        return "" if frozen is None else frozen.number

    def _frozen(self, report: Report, asked: Asked, unit: Unit, number: str) -> FrozenReport | None:
        with self._context.store.reading() as read:
            if number:
                return by_number(read, tuple(self._context.units), number)
            return latest(read, unit, letters=report.letters, period=asked.period, of=asked.type_id or "")

    def _unit(self, asked: Asked) -> Unit:
        """The unit that a record belongs to, for what the town prints of a village; else the one of this PC."""
        if asked.record:
            with self._context.store.reading() as read:
                record = read.records.get(asked.record)
            record_type = self._context.types.get(record.type) if record is not None else None
            if record is not None and record_type is not None and record_type.scope != "town":
                return self._context.unit(record.unit)
        return self._context.me


def find_report(name: str) -> Report:
    """The document of that name. Raises UserError `unknown_report`."""
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
        "quarter": (
            _("{document} is always of one quarter."),
            _("Say which quarter, like 2019-Q4 for September to November 2019."),
        ),
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


def formats_of(report: Report) -> tuple[str, ...]:
    """The endings of its files, without the dot."""
    return (*FORMATS, WORD) if report.word else FORMATS


def _require_format(report: Report, out: Path) -> None:
    ending = out.suffix.lower().removeprefix(".")
    formats = formats_of(report)
    if ending in formats:
        return
    endings = " ".join(f".{item}" for item in formats)
    if ending == WORD:
        raise UserError(
            code="no_docx",
            message=_("{document} is a table and is not made as .docx.").format(document=report.label()),
            hint=_("End the file name in one of: {endings}.").format(endings=endings),
        )
    raise UserError(
        code="unknown_format",
        message=_("Files of this kind can't be made: {name}").format(name=out.name),
        hint=_("End the file name in one of: {endings}.").format(endings=endings),
    )


def _written(document: Document, out: Path) -> Made:
    from gzdesk.reports import flow, pdf, xlsx
    from gzdesk.reports.missing import missing_glyphs

    pages = flow.paginate(document)
    ending = out.suffix.lower()
    if ending == ".xlsx":
        _write_whole(out, xlsx.render(document))
        return Made(file=out, pages=len(pages), remarks=document.remarks)
    if ending == ".docx":
        from gzdesk.reports import docx

        _write_whole(out, docx.render(document))
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
