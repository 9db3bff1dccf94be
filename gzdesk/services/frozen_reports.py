"""Finished reports: each with its number and check code, kept as it was whatever changes later (G8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gzdesk.domain.frozen_report import TYPE_ID, FrozenReport, report_key, report_number
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.reports.document import Document
from gzdesk.reports.packed import pack, unpack
from gzdesk.reports.source import Asked, Report
from gzdesk.services.context import Context
from gzdesk.services.system_records import put, system_record_id
from gzdesk.storage.store import Reading

_LARGEST_BYTES = 2_000_000  # half of what one line of a package may have (package-format.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenInfo:
    """A finished report in a list. `period` is 2019-10, 2019-Q4 or 2019."""

    unit: str
    name: str
    period: str
    of: str
    number: str
    correction: int
    check_code: str
    title: str
    made_on: str


def latest(read: Reading, unit: Unit, *, letters: str, period: str, of: str = "") -> FrozenReport | None:
    """The last report of those letters and that period that a unit finished, or None.

    Raises UserError `report_unreadable`.
    """
    found, nth = None, 1
    while True:
        number = report_number(short=unit.short, letters=letters, period=period, of=of, nth=nth)
        record = _record(read, unit, number)
        if record is None:
            return found
        found, nth = record, nth + 1


def by_number(read: Reading, units: Sequence[Unit], number: str) -> FrozenReport:
    """The finished report of that number. Raises UserError `unknown_number` or `report_unreadable`."""
    for unit in units:
        found = _record(read, unit, number)
        if found is not None:
            return found
    raise UserError(
        code="unknown_number",
        message=_("There is no finished report with the number {number}.").format(number=number),
        hint=_("The command `finished-reports` lists all of them."),
    )


def freeze(
    context: Context,
    report: Report,
    asked: Asked,
    document: Document,
    *,
    unit: Unit,
    parts: Mapping[str, str],
    typed: Collection[str],
) -> FrozenReport:
    """Keep the document under the next number. Raises UserError `report_too_large`."""
    with context.store.writing() as work:
        of = asked.type_id or ""
        before = latest(work, unit, letters=report.letters, period=asked.period, of=of)
        correction = 0 if before is None else before.correction + 1
        frozen = FrozenReport(
            unit=unit.id,
            name=report.name,
            period=asked.period,
            of=of,
            number=report_number(
                short=unit.short, letters=report.letters, period=asked.period, of=of, nth=correction + 1
            ),
            correction=correction,
            title=document.title,
            made_on=context.mint.today().isoformat(),
            parts=parts,
            typed=tuple(key for key in parts if key in typed),
            content=pack(replace(document, footer="", remarks=())),
        )
        values = frozen.to_values()
        _require_size(values)
        # Two PCs of a unit that finish the same report make two versions of one record, and somebody decides.
        key, scope = report_key(unit.id, frozen.number), context.units.own_scope(unit.id)
        put(context, work, type_id=TYPE_ID, key=key, scope=scope, values=values)
        work.commit()
    return frozen


def document_of(frozen: FrozenReport) -> Document:
    """The document as it was finished, number and code at its foot. Raises UserError `report_unreadable`."""
    try:
        document = unpack(frozen.content)
    except ValueError as error:
        raise _unreadable(frozen.number) from error
    footer = _("No. {number}   Check code {code}").format(number=frozen.number, code=frozen.check_code)
    if frozen.correction:
        footer += _(" (correction no. {number})").format(number=frozen.correction)
    return replace(document, footer=footer)


def listed_reports(context: Context, *, name: str | None, year: int | None) -> tuple[FrozenInfo, ...]:
    """The finished reports that are here, the latest first."""
    with context.store.reading() as read:
        records = [
            record
            for record in read.records.of_types(
                [TYPE_ID],
                first_day=f"{year}-01-01" if year else "",
                last_day=f"{year}-12-31" if year else "",
            )
            if name is None or record.values.get("name") == name
        ]
    found = [
        info(FrozenReport.from_values(record.values, unit=unit.id))
        for record in records
        if (unit := context.units.find(record.unit)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.made_on, item.name, item.correction), reverse=True))


def info(frozen: FrozenReport) -> FrozenInfo:
    """What a list says of it."""
    return FrozenInfo(
        unit=frozen.unit,
        name=frozen.name,
        period=frozen.period,
        of=frozen.of,
        number=frozen.number,
        correction=frozen.correction,
        check_code=frozen.check_code,
        title=frozen.title,
        made_on=frozen.made_on,
    )


def _record(read: Reading, unit: Unit, number: str) -> FrozenReport | None:
    record = read.records.get(system_record_id(TYPE_ID, report_key(unit.id, number)))
    if record is None or record.deleted:
        return None
    try:
        return FrozenReport.from_values(record.values, unit=unit.id)
    except ValueError as error:
        raise _unreadable(number) from error


def _unreadable(number: str) -> UserError:
    return UserError(
        code="report_unreadable",
        message=_("The finished report {number} can't be read.").format(number=number),
        hint=_("It was changed outside the program or made by a newer one. Finish the report again."),
    )


def _require_size(values: dict[str, object]) -> None:
    from gzdesk.domain.canonical import canonical_json

    if len(canonical_json(values).encode("utf-8")) > _LARGEST_BYTES:
        raise UserError(
            code="report_too_large",
            message=_("This report is too long to be kept."),
            hint=_("Choose a shorter period, or save it as PDF and file it."),
        )
