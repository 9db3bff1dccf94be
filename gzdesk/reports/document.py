"""What a printed sheet and its workbook say, without how they are drawn. Every length is in millimetres.

A document is made once from its data; `pdf.render` and `xlsx.write` both read it, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

Align = Literal["left", "center", "right"]

Page = Literal["A4", "A3"]

PAGES_MM: dict[Page, tuple[float, float]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
BODY_PT = 10.5  # 五号
SEAL_MM = 45.0  # village seals are 38 to 45 mm round
QR_MM = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Free space around a page; the defaults are those of a sheet bound along its upper edge (ui.md 7)."""

    top: float = 20.0
    right: float = 15.0
    bottom: float = 12.0
    left: float = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column. A line break in the title is kept."""

    title: str
    width_mm: float
    align: Align = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Contents of one or, with `span`, several columns. A number stays a number in the workbook.

    `align` None takes the column's. `label` names what stands beside it and is set like a head. `hint` is a
    small grey line at the lower edge: how to fill in the place above it.
    """

    value: str | int = ""
    span: int = 1
    align: Align | None = None
    label: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row; the spans of its cells add up to the number of columns."""

    cells: tuple[Cell, ...]
    bold: bool = False
    min_height_mm: float = 7.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title line. `mark` follows it in grey: （草稿）. `size_pt` None is the size of a sheet's title."""

    text: str
    mark: str = ""
    size_pt: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text in three places."""

    left: str = ""
    center: str = ""
    right: str = ""
    size_pt: float = BODY_PT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table; its head, if it has one, stands again on each page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: bool = True
    size_pt: float = BODY_PT
    most_lines: int = 2  # in a cell, before it is set smaller

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if sum(cell.span for cell in row.cells) != len(self.columns):
                raise ValueError(f"row {number} does not fill the {len(self.columns)} columns")

    @property
    def width_mm(self) -> float:
        """Width of the whole table."""
        return sum(column.width_mm for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text over the whole width. `indent` begins it two characters in, as letters do."""

    text: str
    bold: bool = False
    size_pt: float = BODY_PT
    align: Align = "left"
    indent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place to sign or write by hand: the label, and what is already known."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A square kept free for a seal, with only the date in its lower third (骑年盖月)."""

    date: str
    size_mm: float = SEAL_MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What ends a document and is never parted: notes, signature line, seal area at the lower right.

    Where it needs a new page, the last three table rows go with it: no seal stands on an empty sheet.
    It stands at the foot of the page, or with `at_foot` False right under what comes before it.
    """

    notes: tuple[str, ...] = ()
    signatures: tuple[Blank, ...] = ()
    seal: Seal | None = None
    at_foot: bool = True
    size_pt: float = BODY_PT


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Free height between two blocks."""

    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A dashed line across the paper where it is cut or torn; `share` of the page lies above it."""

    share: float
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """What follows begins on a new page."""


Style = Literal["title", "addressee", "level_1", "level_2", "level_3", "body", "listed", "annex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of an official document (公文, GB/T 9704-2012); `style` gives its lettering and its indent.

    `listed` is a further line of a list of attachments, set under the first one's number.
    """

    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """What ends an official document: who issues it over the day, at the right, with the place of the seal."""

    name: str
    day: str
    size_mm: float = SEAL_MM


Figure = int | str  # a whole number, or an exact decimal text such as `12.5`


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartItem:
    """One column, point or bar. `value` None is a gap; `text` is written at it, `target` is where a bar should be."""

    label: str
    value: Figure | None = None
    text: str = ""
    target: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures drawn in black and grey: a column for each month, a line, or a bar for each item against its target."""

    kind: Literal["columns", "line", "bullets"]
    title: str
    items: tuple[ChartItem, ...]
    unit: str = ""
    height_mm: float = 50.0


Block = Heading | Line | Table | Paragraph | Closing | Space | Cut | NewPage | Passage | Issuer | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of one or more pages.

    `footer` stands at the lower left of each page, the page number beside it unless it is not `numbered`.
    `qr` is the text of the code at the upper right of the first page; empty for none. `remarks` are sentences
    for the person who prints it, such as a notice posted too late; they are never printed. An `official` one is
    set by GB/T 9704: its page number stands between dashes, right on odd and left on even pages.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    page: Page = "A4"
    landscape: bool = True
    margins: Margins = field(default_factory=Margins)
    qr: str = ""
    footer: str = ""
    language: str = "zh_CN"
    remarks: tuple[str, ...] = ()
    numbered: bool = True
    official: bool = False

    def with_remarks(self, remarks: tuple[str, ...]) -> Document:
        """The same document with more to say before it is printed."""
        return replace(self, remarks=self.remarks + remarks) if remarks else self

    @property
    def page_size_mm(self) -> tuple[float, float]:
        """Width and height of a page."""
        width, height = PAGES_MM[self.page]
        return (height, width) if self.landscape else (width, height)

    @property
    def text_width_mm(self) -> float:
        """Width between the side margins."""
        return self.page_size_mm[0] - self.margins.left - self.margins.right

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
