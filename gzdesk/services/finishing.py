"""Reports in words: the texts as the data make them, as a person rewrites them, and finishing with a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Unpack

from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.reports.narrative import Part, joined
from gzdesk.reports.source import Asked, Report
from gzdesk.services.context import Context
from gzdesk.services.frozen_reports import FrozenInfo, freeze, info, latest, listed_reports
from gzdesk.services.records import Records
from gzdesk.services.report_texts import (
    REGISTERS,
    drop_texts,
    keep_texts,
    register_record,
    register_values,
    written_texts,
)
from gzdesk.services.reports import Choices, Reports, find_report


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One part of a report: its heading, its text now, and as the data make it."""

    key: str
    heading: str
    text: str
    from_data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """A report to be written: its parts, and under which number it was finished last, if it was."""

    name: str
    label: str
    unit: str
    period: str
    parts: tuple[TextPart, ...]
    finished: FrozenInfo | None


class Finishing:
    """Texts and finished reports. The choices are those of `Reports`; all methods raise what it raises.

    A PC writes and finishes the reports of its own unit only: UserError `not_ours` for another's.
    """

    def __init__(self, context: Context, records: Records, reports: Reports) -> None:
        self._context = context
        self._records = records
        self._reports = reports

    def text(self, name: str, **choices: Unpack[Choices]) -> ReportText:
        """The report with its texts. Raises UserError `no_texts` for a document that is a table."""
        report, asked, unit = self._asked(name, choices)
        made = self._parts(report, asked, unit)
        typed = self._typed(report, asked, unit, made)
        with self._context.store.reading() as read:
            frozen = latest(read, unit, letters=report.letters, period=asked.period, of=asked.type_id or "")
        return ReportText(
            name=name,
            label=report.label(),
            unit=unit.id,
            period=asked.period,
            parts=tuple(
                TextPart(
                    key=part.key,
                    heading=part.heading,
                    text=typed.get(part.key, part.text),
                    from_data=part.text,
                )
                for part in made
            ),
            finished=None if frozen is None else info(frozen),
        )

    def keep(self, name: str, texts: Mapping[str, str], **choices: Unpack[Choices]) -> None:
        """Keep what is typed on this PC; a part that is as the data make it follows the data on."""
        self.keep_as(self.text(name, **choices), texts)

    def keep_as(self, report: ReportText, texts: Mapping[str, str]) -> None:
        """The same for a report that was read already; nothing is gathered again while somebody types."""
        made = {part.key: part.from_data for part in report.parts}
        changed = {key: text for key, text in texts.items() if text != made.get(key)}
        keep_texts(self._context, unit=report.unit, name=report.name, period=report.period, texts=changed)

    def drop(self, name: str, **choices: Unpack[Choices]) -> None:
        """Forget what was typed and not finished."""
        _report, asked, unit = self._asked(name, choices)
        drop_texts(self._context, unit=unit.id, name=name, period=asked.period)

    def finish(self, name: str, **choices: Unpack[Choices]) -> FrozenInfo:
        """Keep the report as it is now under the next number; its text goes into the register of reports.

        Raises UserError `not_finished_here` for a document that is only printed, and what saving a record raises.
        """
        report, asked, unit = self._asked(name, choices)
        if not report.letters:
            raise UserError(
                code="not_finished_here",
                message=_("{document} has no number to be finished with.").format(document=report.label()),
                hint=_("Print it, or save it as PDF."),
            )
        made = self._parts(report, asked, unit) if report.parts is not None else ()
        typed = self._typed(report, asked, unit, made) if made else {}
        texts = {part.key: typed.get(part.key, part.text) for part in made}
        document = report.document(self._reports.source(unit), asked)
        if report.name in REGISTERS:
            whole = joined([Part(key=part.key, heading=part.heading, text=texts[part.key]) for part in made])
            self._save_in_register(report.name, asked, unit, texts, whole)
        frozen = freeze(self._context, report, asked, document, unit=unit, parts=texts, typed=set(typed))
        drop_texts(self._context, unit=unit.id, name=name, period=asked.period)
        return info(frozen)

    def finished(self, *, name: str | None = None, year: int | None = None) -> tuple[FrozenInfo, ...]:
        """The finished reports that are here, the latest first; `year` is the one in which they were finished."""
        return listed_reports(self._context, name=name, year=year)

    # Inside

    def _asked(self, name: str, choices: Choices) -> tuple[Report, Asked, Unit]:
        report = find_report(name)
        asked, unit = self._reports.asked(report, **choices)
        if unit.id != self._context.me.id:
            raise UserError(
                code="not_ours",
                message=_("{unit} writes its own reports.").format(unit=unit.label),
                hint=_("Choose your own unit, or print the report as it is."),
            )
        return report, asked, unit

    def _parts(self, report: Report, asked: Asked, unit: Unit) -> tuple[Part, ...]:
        if report.parts is None:
            raise UserError(
                code="no_texts",
                message=_("{document} is a table and has no text to rewrite.").format(
                    document=report.label()
                ),
                hint=_("Its figures come from the registers: change them there."),
            )
        return tuple(report.parts(self._reports.source(unit), asked))

    def _typed(self, report: Report, asked: Asked, unit: Unit, parts: tuple[Part, ...]) -> Mapping[str, str]:
        return written_texts(
            self._context,
            unit=unit,
            name=report.name,
            period=asked.period,
            headings={part.key: part.heading for part in parts},
        )

    def _save_in_register(
        self, name: str, asked: Asked, unit: Unit, texts: Mapping[str, str], whole: str
    ) -> None:
        values = register_values(name, period=asked.period, texts=texts, whole=whole)
        with self._context.store.reading() as read:
            scope = self._context.units.own_scope(unit.id)
            record = register_record(read, scope=scope, name=name, period=asked.period)
        if record is not None:
            self._records.save(type_id=name, values={**record.values, **values}, record_id=record.id)
            return
        data = self._records.values_from_json(type_id=name, data=values)
        self._records.save(type_id=name, values=data)
