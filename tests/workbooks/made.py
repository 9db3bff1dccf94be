"""Workbooks as clerks and programs make them, built in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from gzdesk.workbooks.reading.book import open_book, read_sheet
from gzdesk.workbooks.reading.sheet import Sheet
from gzdesk.workbooks.reading.table import Table, find_table

SAMPLES = Path(__file__).with_name("samples")
WORDS = frozenset(
    {"日期", "时间", "名称", "地点", "人数", "备注", "姓名", "电话", "男", "女", "出生年月", "负责人", "序号"}
)


def workbook(*sheets: Sequence[Sequence[Any]], dress: Callable[[Any], None] | None = None) -> bytes:
    """An .xlsx of these sheets; `dress` may merge, hide and format the first one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(at, column, value)
    if dress is not None:
        dress(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first_sheet(content: bytes, name: str = "x.xlsx") -> Sheet:
    book = open_book(content, name=name)
    return read_sheet(book, book.sheets[0])


def table(rows: Sequence[Sequence[Any]], *, dress: Callable[[Any], None] | None = None) -> Table:
    """The table found in a workbook with those rows, by the few headings in `WORDS`."""
    return find_table(first_sheet(workbook(rows, dress=dress)), is_heading=lambda text: text in WORDS)


def repacked(content: bytes, **changes: bytes | None) -> bytes:
    """The same ZIP with parts replaced or, for None, left out; a part is named with `__` for `/` and `_` for `.`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        left = {name.replace("__", "/"): data for name, data in changes.items()}
        for part in old.namelist():
            key = part.replace(".", "_")
            data = left.pop(key, old.read(part)) if key in left else old.read(part)
            if data is not None:
                new.writestr(part, data)
        for name, data in left.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()
