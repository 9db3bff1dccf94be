"""What people write into narrative reports: kept on this PC while it is typed, then in the register."""

from __future__ import annotations

from collections.abc import Mapping

from gzdesk.domain.record import VOID, Record
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.domain.unit import Unit
from gzdesk.reports import REPORTS
from gzdesk.reports.narrative import split
from gzdesk.services.context import Context
from gzdesk.services.frozen_reports import latest
from gzdesk.storage.store import Reading

_KEPT = "report_text/"
# The item of the register that holds the whole text, or, for the quarter, one item for each part.
_WHOLE = {"monthly_report": "text", "annual_report": "sections"}
_BY_PART = {"quarterly_report": ("progress", "system_design", "interim_results")}
REGISTERS = (*_WHOLE, *_BY_PART)


def kept_texts(context: Context, *, unit: str, name: str, period: str) -> Mapping[str, str] | None:
    """What was typed and not finished yet, or None."""
    with context.store.reading() as read:
        value = read.local.get(_key(unit, name, period))
    return None if value is None else dict(value["texts"])


def keep_texts(context: Context, *, unit: str, name: str, period: str, texts: Mapping[str, str]) -> None:
    """Keep what is being typed, in place of what was kept before."""
    with context.store.writing() as work:
        work.local.put(_key(unit, name, period), {"at": context.mint.timestamp(), "texts": dict(texts)})
        work.commit()


def drop_texts(context: Context, *, unit: str, name: str, period: str) -> None:
    """Forget what was kept: the report was finished, or its text is to come from the data again."""
    if kept_texts(context, unit=unit, name=name, period=period) is None:
        return
    with context.store.writing() as work:
        work.local.drop(_key(unit, name, period))
        work.commit()


def written_texts(
    context: Context, *, unit: Unit, name: str, period: str, headings: Mapping[str, str]
) -> Mapping[str, str]:
    """What a person has written: what is being typed, else what the register or the last finished report says.

    A part that was finished as the data made it follows the data again in the next correction.
    """
    kept = kept_texts(context, unit=unit.id, name=name, period=period)
    if kept is not None:
        return kept
    report = next(report for report in REPORTS if report.name == name)
    with context.store.reading() as read:
        record = register_record(read, scope=context.units.own_scope(unit.id), name=name, period=period)
        frozen = latest(read, unit, letters=report.letters, period=period)
    texts = {} if record is None else _texts_of(record, name, headings)
    if frozen is None:
        return texts
    written = {key: frozen.parts[key] for key in frozen.typed if key in frozen.parts}
    return written | {key: text for key, text in texts.items() if text != frozen.parts.get(key)}


def register_record(read: Reading, *, scope: str, name: str, period: str) -> Record | None:
    """The record of the register of reports that is about that period, or None."""
    if name not in REGISTERS:
        return None
    item, wanted = _about(name, period)
    found = [
        record
        for record in read.records.of_types([name], unit=scope)
        if record.status != VOID and record.values.get(item) == wanted
    ]
    return found[-1] if found else None


def register_values(name: str, *, period: str, texts: Mapping[str, str], whole: str) -> dict[str, object]:
    """What a finished report says in the register; `whole` is its text with the headings."""
    item, wanted = _about(name, period)
    values: dict[str, object] = {item: wanted}
    if name in _WHOLE:
        return values | {_WHOLE[name]: whole}
    return values | {key: texts[key] for key in _BY_PART[name] if texts.get(key)}


def _about(name: str, period: str) -> tuple[str, object]:
    """The item that says what a report is about, and what stands in it."""
    if name == "monthly_report":
        return "period", period
    if name == "quarterly_report":
        return "due_on", ReportQuarter.parse(period).due_on.isoformat()
    return "year", int(period)


def _texts_of(record: Record, name: str, headings: Mapping[str, str]) -> Mapping[str, str]:
    if name in _WHOLE:
        return split(str(record.values.get(_WHOLE[name]) or ""), headings)
    return {key: str(record.values[key]) for key in _BY_PART[name] if record.values.get(key)}


def _key(unit: str, name: str, period: str) -> str:
    return f"{_KEPT}{unit}/{name}/{period}"
