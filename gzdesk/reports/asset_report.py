"""资产统计报告: what a unit owns by class at the end of a year, what came and went (保障法 21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports.document import Blank, Cell, Closing, Document, Heading, Line, Margins, Row, Seal, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.register import amount_of
from gzdesk.reports.source import Filed
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import centre_name, day_text, day_to_fill_in, number_text, year_text

WIDTH_MM = 267.0
_SCRAPPED = "scrapped"
_IN_USE = ("good", "to_repair", "out_of_use")
_SUMS = ("quantity", "amount", "good", "to_repair", "out_of_use", "scrapped", "added")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """The assets of one class. `amount` is yuan; `unpriced` are pieces whose price is not known."""

    words: str
    states: Mapping[str, int]
    amount: Decimal
    unpriced: int
    scrapped: int
    added: int

    @property
    def quantity(self) -> int:
        """Pieces in use at the end of the year."""
        return sum(self.states.values())


def document(
    record_type: RecordType,
    unit: Unit,
    year: int,
    assets: Sequence[Filed],
    checks: Sequence[Filed],
    *,
    today: date,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The report of a year; `record_type` is that of the assets and gives their classes in order."""
    layout = layouts.load("asset_report", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, year=year_text(year))
    figures = by_class(record_type, assets, year)
    return Document(
        title=title,
        author=unit.label,
        margins=Margins(top=18, bottom=12),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
                right=layout.text("measure"),
            ),
            Table(columns=layout.table_columns(), rows=_rows(layout, figures)),
            Closing(
                notes=_notes(layout, figures, checks, year, today),
                signatures=tuple(
                    Blank(label=layout.text(key)) for key in ("filled_by", "checked_by", "head")
                ),
                seal=Seal(date=day_to_fill_in(None)),
            ),
        ),
    )


def by_class(record_type: RecordType, assets: Sequence[Filed], year: int) -> tuple[ClassFigures, ...]:
    """The figures of every class that has some, in the order of the classes."""
    last = f"{year}-12-31"
    owned = [
        item for item in assets if item.status == HELD and str(item.values.get("acquired_on", "")) <= last
    ]
    field = record_type.by_name["class"]
    found = (
        _figures(choice.label, [item for item in owned if item.values.get("class") == choice.code], year)
        for choice in field.choices
    )
    return tuple(item for item in found if item.quantity or item.scrapped or item.added)


def _figures(words: str, assets: Sequence[Filed], year: int) -> ClassFigures:
    in_use = [item for item in assets if not _gone(item, year)]
    states = dict.fromkeys(_IN_USE, 0)
    for item in in_use:
        state = str(item.values.get("state", ""))
        # Scrapped in a later year: at the end of this one it was still there, but no longer in use.
        states["out_of_use" if state not in states else state] += item.number("quantity") or 0
    amounts = [amount for item in in_use if (amount := amount_of(item)) is not None]
    return ClassFigures(
        words=words,
        states=states,
        amount=sum(amounts, Decimal(0)),
        unpriced=_pieces(item for item in in_use if amount_of(item) is None),
        scrapped=_pieces(item for item in assets if _scrapped_in(item, year)),
        added=_pieces(
            item for item in assets if str(item.values.get("acquired_on", "")).startswith(f"{year}-")
        ),
    )


def _pieces(assets: Iterable[Filed]) -> int:
    return sum(item.number("quantity") or 0 for item in assets)


def _gone(item: Filed, year: int) -> bool:
    """Whether it was scrapped by the end of the year; without a date it was."""
    day = item.day("scrapped_on")
    return item.values.get("state") == _SCRAPPED and (day is None or day.year <= year)


def _scrapped_in(item: Filed, year: int) -> bool:
    day = item.day("scrapped_on")
    return item.values.get("state") == _SCRAPPED and day is not None and day.year == year


# Rows and notes


def _rows(layout: Layout, figures: Sequence[ClassFigures]) -> tuple[Row, ...]:
    if not figures:
        return (Row(cells=(Cell(value=layout.text("none"), span=len(layout.columns), align="center"),)),)
    rows = [
        Row(cells=tuple(Cell(value=_CELLS[key](number, item)) for key in layout.keys))
        for number, item in enumerate(figures, start=1)
    ]
    states = {state: sum(item.states[state] for item in figures) for state in _IN_USE}
    total = ClassFigures(
        words="",
        states=states,
        amount=sum((item.amount for item in figures), Decimal(0)),
        unpriced=0,
        scrapped=sum(item.scrapped for item in figures),
        added=sum(item.added for item in figures),
    )
    sums = {key: _CELLS[key](0, total) for key in _SUMS}
    return (*rows, sum_row(layout, layout.text("total"), sums, align=None))


def _notes(
    layout: Layout, figures: Sequence[ClassFigures], checks: Sequence[Filed], year: int, today: date
) -> tuple[str, ...]:
    of_year = [
        item for item in checks if (day := item.day("date")) and day.year == year and item.status == HELD
    ]
    last = max(of_year, key=lambda item: str(item.values.get("date")), default=None)
    notes = [_check(layout, last)]
    if last is not None and last.text("findings"):
        notes.append(layout.text("findings", findings=last.text("findings")))
    unpriced = sum(item.unpriced for item in figures)
    if unpriced:
        notes.append(layout.text("no_price", count=str(unpriced)))
    notes.append(layout.text("as_of", date=day_text(today)))
    return tuple(note for note in notes if note)


def _check(layout: Layout, check: Filed | None) -> str:
    day = check.day("date") if check else None
    if check is None or day is None:
        return layout.text("no_check")
    figures = {name: check.text(name) or "—" for name in ("counted", "missing", "damaged", "checker")}
    return layout.text("check", date=day_text(day), **figures)


# To add a column: a line here, and its place, title and width in `resources/layouts/asset_report.toml`.
_CELLS: dict[str, Callable[[int, ClassFigures], str | int]] = {
    "number": lambda number, _item: number,
    "class": lambda _number, item: item.words,
    "quantity": lambda _number, item: item.quantity,
    "amount": lambda _number, item: number_text(item.amount, decimals=2),
    "good": lambda _number, item: item.states["good"],
    "to_repair": lambda _number, item: item.states["to_repair"],
    "out_of_use": lambda _number, item: item.states["out_of_use"],
    "scrapped": lambda _number, item: item.scrapped,
    "added": lambda _number, item: item.added,
    "remark": lambda _number, _item: "",
}
