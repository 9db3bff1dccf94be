"""Web pages that were saved as .xls, as platforms export them: the cells of their tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from gzdesk.progress import Progress
from gzdesk.workbooks.reading.refusals import MOST_ROWS, empty_table, too_many_rows
from gzdesk.workbooks.reading.sheet import Merge, Sheet
from gzdesk.workbooks.reading.texts import decoded

_WIDEST = 300
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_CHUNK = 1 << 16


def html_sheet(content: bytes, progress: Progress) -> Sheet:
    """All tables of the page, one below the other, as one sheet. Raises UserError."""
    parser = _Tables()
    text = _text(content)
    for start in range(0, len(text), _CHUNK):
        progress.check_cancelled()
        parser.feed(text[start : start + _CHUNK])
    parser.close()
    parser.end_row()
    if not parser.rows:
        raise empty_table()
    return Sheet(name="", rows=[list(row) for row in parser.rows], merges=tuple(parser.merges))


def _text(content: bytes) -> str:
    said = _CHARSET.search(content[:4000])
    if said and said[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        return content.decode("gb18030", errors="replace")
    return decoded(content)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str | None]] = []
        self.merges: list[Merge] = []
        self._row: list[str | None] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._taken: dict[tuple[int, int], bool] = {}
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._silent += 1
        elif tag == "tr":
            self.end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._row = [] if self._row is None else self._row
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def end_row(self) -> None:
        """Close the row that is open, as browsers do when its end is not written."""
        self._end_cell()
        if self._row is not None:
            if len(self.rows) >= MOST_ROWS:
                raise too_many_rows()
            self.rows.append(self._row)
            self._row = None

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        row, text = len(self.rows), "".join(self._cell)
        text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        self._cell = None
        while (row, len(self._row)) in self._taken:
            self._row.append(None)
        column, (down, across) = len(self._row), self._span
        if column + across > _WIDEST:
            raise too_many_rows()
        self._row += [text or None, *[None] * (across - 1)]
        if (down, across) != (1, 1):
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            self._taken.update(
                ((row + further, column + beside), True)
                for further in range(1, down)
                for beside in range(across)
            )


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return max(1, min(int(digits), 200)) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 1
