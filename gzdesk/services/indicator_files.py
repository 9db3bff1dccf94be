"""The indicators on paper and as workbooks: the table of all, and the map of one with figures to reckon on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.domain.indicators.result import Result, verdict_label
from gzdesk.domain.indicators.words import pace_text, worked_out
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import pick
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.reports.indicator_table import IndicatorRow, IndicatorTable
from gzdesk.services.context import Context
from gzdesk.services.tables.columns import TableColumn
from gzdesk.services.tables.files import Sheet, TableFile, write_table

if TYPE_CHECKING:
    from gzdesk.services.indicators import HeatMap
    from gzdesk.workbooks.writing import Value

_DECIMALS = 4
_NARROW, _WIDE = 8.0, 14.0


def write_map(heat: HeatMap, *, out: Path, progress: Progress = NO_PROGRESS) -> TableFile:
    """Write units by months, the year and its verdict to `out` (.xlsx, .csv or .pdf); an older file is replaced.

    Values are not rounded as on paper but given with four decimals. Raises UserError `cannot_write` and the like.
    """
    heads = [pick(zh=f"{month.month}月", en=str(month)) for month in heat.months]
    columns = (
        TableColumn(id="unit", title=_("Unit"), width=_WIDE),
        *(
            TableColumn(id=head, title=head, kind="decimal", width=_NARROW, decimals=_places(heat))
            for head in heads
        ),
        TableColumn(id="year", title=_("In all"), kind="decimal", width=_WIDE, decimals=_places(heat)),
        TableColumn(id="verdict", title=_("Verdict"), width=_WIDE),
    )
    rows = [
        (row.unit.label, *map(_value, row.cells), _value(row.year), verdict_label(row.year.verdict))
        for row in (*heat.rows,)
    ]
    whole = heat.whole
    rows.append((_("Whole"), *[None] * len(heads), _value(whole), verdict_label(whole.verdict)))
    sheet = Sheet(
        title=f"{heat.indicator.label} {heat.year}",
        columns=columns,
        rows=rows,
        total_rows=len(rows),
        remarks=(_("Target: {words}").format(words=whole.target.wording),) if whole.target.wording else (),
    )
    return write_table(sheet, out=out, progress=progress)


def indicator_table(context: Context, unit: Unit, year: int) -> IndicatorTable:
    """All indicators of a unit and a year as the printed table has them."""
    from gzdesk.services.indicators import Indicators

    service = Indicators(context)
    known = {row.id: row for row in service.catalogue()}
    rows = tuple(
        IndicatorRow(
            kind=known[result.indicator].type,
            name=known[result.indicator].label,
            tasks=known[result.indicator].task_items,
            target=result.target.wording if result.target.value is not None else "",
            value=worked_out(result, service.text(result)),
            pace=pace_text(known[result.indicator], result),
            verdict=verdict_label(result.verdict),
            counted=len(result.counted),
            with_evidence=result.with_evidence,
            excluded=len(result.excluded),
            remark=_remark(result),
        )
        for result in service.year(year, unit.id)
    )
    return IndicatorTable(rows=rows, residents=service.residents(year))


def _remark(result: Result) -> str:
    """Why it cannot be worked out, or that it stands otherwise when only what is proved counts (G13)."""
    if result.reason:
        return result.reason
    if result.verdict_with_evidence != result.verdict and verdict_label(result.verdict_with_evidence):
        return _("With evidence: {verdict}").format(verdict=verdict_label(result.verdict_with_evidence))
    return ""


def _places(heat: HeatMap) -> int:
    return 0 if heat.indicator.value_type == "count" else _DECIMALS


def _value(result: Result | None) -> Value:
    if result is None or result.value is None:
        return None
    return result.text or _decimal(result.value)


def _decimal(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), _DECIMALS)
