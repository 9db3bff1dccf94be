"""What a line below the header is: a record, a sum, a note, a heading within the table, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gzdesk.workbooks.reading.header import Header
from gzdesk.workbooks.reading.sheet import Cell, Sheet
from gzdesk.workbooks.reading.words import cell_text, squashed

EMPTY = "empty"
KINDS = ("sum", "note", "section", "header_again", "numbered_only", EMPTY)

_SEQUENCE = frozenset({"序号", "序", "次序", "行号", "no", "№", "num", "顺序号", "serial", "sn"})
_SUM_WORDS = r"小计|合计|总计|共计|累计|总合计|合\s*计|总\s*计|小\s*计|平均|subtotal|total|sum|grandtotal"
_SUM = re.compile(
    rf"(?:[\d一二三四五六七八九十两]{{1,4}}[年月季日]度?(?:份)?|本[年月季日页次]度?|全[年月村镇]|第[一二三四1-4]季度"
    rf"|[上下]半年)?(?:{_SUM_WORDS})(?:数|人次|人数|场次)?[:：]?[\d.,]*[场次人个册元]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|注意|附注|附|填表人|制表人|填报人|经办人|审核人|审核|复核人|负责人|单位负责人|分管领导"
    r"|制表|填表|制表单位|填报单位|填表单位|单位|单位盖章|盖章|联系人|联系电话|电话|制表日期|填表日期|填报日期|填报时间|日期|签字|签名"
    r"|note|notes|remarks?|prepared\s*by|checked\s*by)"
    r"\s*(?:[(（][^)）]{0,12}[)）])?\s*(?:\d{0,2}\s*)[:：]",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:填表人|制表人|审核人|负责人|单位[(（]?盖章[)）]?|以下空白|此表|本表|\*{3,}|-{3,}|=+$)"
)
_SAME_AS_ABOVE = frozenset({"同上", "〃", "″", '"', "“", "”", "''", "..", "ditto", "同前"})
_NUMBER = re.compile(r"[(（]?[\d一二三四五六七八九十]+[)）.、]?$")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what it is; an empty `kind` is a record."""

    number: int
    kind: str
    text: str = ""


class LineKinds:
    """Tells the lines of one table apart."""

    def __init__(self, sheet: Sheet, header: Header, columns: Sequence[int]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._few = max(_FEW, len(columns) // 2)
        self._sequence = {at for at, title in header.titles.items() if squashed(title) in _SEQUENCE}
        self._titles = {at: squashed(title) for at, title in header.titles.items()}
        self._headers = [
            {at: squashed(cell_text(cell)) for at, cell in enumerate(row) if cell is not None}
            for row in sheet.rows[header.first : header.last + 1]
        ]
        self._wide = {
            merge.first_row: merge
            for merge in sheet.merges
            if merge.last_column - merge.first_column >= 2 and merge.first_row > header.last
        }

    def of(self, at: int) -> Line:
        """What the line is; lines count from 0."""
        filled = [(column, cell) for column, cell in enumerate(self._sheet.rows[at]) if cell is not None]
        if len(filled) > self._few and not self._may_be_told(filled):
            return Line(at + 1, "")
        texts = [(column, text) for column, cell in filled if (text := cell_text(cell))]
        if not texts:
            return Line(at + 1, EMPTY)
        return Line(at + 1, self._kind(at, texts), " ".join(text for _column, text in texts)[:80])

    def _kind(self, at: int, texts: Sequence[tuple[int, str]]) -> str:
        if all(column in self._sequence and _NUMBER.match(text) for column, text in texts):
            # A form printed with numbers down to its last line; some of them were never filled in.
            return "numbered_only"
        if self._is_sum_line(texts):
            return "sum"
        if self._is_header_again(texts):
            return "header_again"
        if self._is_note(texts):
            return "note"
        return "section" if self._is_section(at, texts) else ""

    def _may_be_told(self, filled: Sequence[tuple[int, Cell]]) -> bool:
        """Whether a full line may be a sum or the header again; a look at its first cells is enough."""
        if any(isinstance(cell, str) and _is_sum(cell) for _column, cell in filled[:2]):
            return True
        column, cell = filled[-1]
        return isinstance(cell, str) and self._titles.get(column) == squashed(cell)

    def _is_sum_line(self, texts: Sequence[tuple[int, str]]) -> bool:
        # The word stands in one of the first cells; further right it may be somebody's remark.
        return any(_is_sum(text) for _column, text in texts[:2])

    def _is_header_again(self, texts: Sequence[tuple[int, str]]) -> bool:
        found = {column: squashed(text) for column, text in texts}
        if len(found) < 2:
            return False
        return any(found.items() <= header.items() for header in self._headers) or all(
            self._titles.get(column) == text for column, text in found.items()
        )

    def _is_note(self, texts: Sequence[tuple[int, str]]) -> bool:
        if len(self._columns) < 2 or len(texts) > self._few:
            return False
        first = texts[0][1]
        labelled = [text for _column, text in texts if _NOTE.match(text)]
        return bool(_NOTE.match(first) or (len(texts) == 1 and _ALONE.match(first))) and (
            len(texts) == 1 or len(labelled) > 0
        )

    def _is_section(self, at: int, texts: Sequence[tuple[int, str]]) -> bool:
        if len(texts) != 1 or len(self._columns) < _FEW:
            return False
        return at in self._wide or texts[0][0] == self._columns[0]


def _is_sum(text: str) -> bool:
    return len(text) < 40 and _SUM.fullmatch("".join(text.split())) is not None


def is_same_as_above(cell: Cell) -> bool:
    """Whether the cell says that the one above holds for it too."""
    return isinstance(cell, str) and cell.strip() in _SAME_AS_ABOVE


def is_sequence(title: str) -> bool:
    """Whether a column merely numbers the rows."""
    return squashed(title) in _SEQUENCE
