"""A workbook of 10,000 rows and 15 columns: reading it against calamine, writing it against openpyxl write-only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.benchmarks.figure import Figure, median_of_pairs, seconds

_ROWS, _RUNS = 10_000, 5
_TITLES = (
    "回执单编号", "放映日期", "开始时间", "影片", "放映地点", "场地类型", "折合场次", "放映队", "放映员",
    "观众人次", "天气", "村确认人", "群众评价", "状态", "备注",
)  # fmt: skip
_KINDS = {"放映日期": "date", "折合场次": "decimal", "观众人次": "integer"}


def rows() -> list[tuple[object, ...]]:
    """Screenings as a register has them: numbers, days, choices and words."""
    first = date(2015, 1, 1)
    return [
        (
            f"GZ-{2015 + number // 2000}-{number % 2000:04d}",
            first + timedelta(days=number // 6),
            "19:30",
            f"烈火英雄{number % 90}",
            f"曹{number % 12 + 1}村文化广场",
            "室外·流动",
            Decimal("1.0"),
            "古镇镇电影放映队",
            "黄志明",
            40 + number % 400,
            "晴",
            "苏国强",
            "好",
            "已举办",
            "因下雨改在室内放映，观众较少" if number % 7 == 0 else None,
        )
        for number in range(_ROWS)
    ]


def measure() -> Iterator[Figure]:
    """Both on the same rows, in turn."""
    with tempfile.TemporaryDirectory(prefix="gzdesk-bench-") as name:
        folder, table = Path(name), rows()
        yield _writing(folder, table)
        yield _reading(folder / "ours.xlsx")


def _writing(folder: Path, table: Sequence[Sequence[object]]) -> Figure:
    from openpyxl import Workbook

    from gzdesk.workbooks.writing import OutColumn, write_xlsx

    columns = [OutColumn(title=title, kind=_KINDS.get(title, "text")) for title in _TITLES]

    def ours() -> None:
        write_xlsx(folder / "ours.xlsx", title="电影放映", columns=columns, rows=table)  # type: ignore[arg-type]

    def floor() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(_TITLES)
        for row in table:
            sheet.append(row)
        book.save(folder / "floor.xlsx")

    mine, other, ratio = median_of_pairs(lambda: seconds(ours), lambda: seconds(floor), runs=_RUNS)
    return Figure(
        name=f"write {_ROWS:,} × {len(_TITLES)} to .xlsx",
        ours=f"{mine:.2f} s",
        floor=f"{other:.2f} s",
        ratio=ratio,
        target="<= 1.2",
        note="openpyxl write-only with the bare values: no formats, widths, frozen head or print settings",
    )


def _reading(file: Path) -> Figure:
    from python_calamine import CalamineWorkbook

    from gzdesk.workbooks.reading.book import open_book, read_sheet

    def ours() -> None:
        book = open_book(file.read_bytes(), name=file.name)
        read = read_sheet(book, book.sheets[0])
        assert len(read.rows) >= _ROWS

    def floor() -> None:
        read = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        assert len(read) >= _ROWS

    mine, other, ratio = median_of_pairs(lambda: seconds(ours), lambda: seconds(floor), runs=_RUNS)
    return Figure(
        name=f"read {_ROWS:,} × {len(_TITLES)} from .xlsx",
        ours=f"{mine:.2f} s",
        floor=f"{other:.2f} s",
        ratio=ratio,
        target="<= 2.0",
        note="calamine alone: all cells as Python values",
    )
