"""Tables for other programs: what comes back is what went in, and no text is ever a formula."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.workbooks.formula_guard import guarded, unguarded
from gzdesk.workbooks.writing import GB_18030, OutColumn, Value, write_csv, write_xlsx

FILMS = (
    OutColumn(title="回执单编号", width=16),
    OutColumn(title="放映日期", kind="date"),
    OutColumn(title="影片"),
    OutColumn(title="观众人次", kind="integer", grouped=True),
    OutColumn(title="时数", kind="decimal", decimals=1),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("0017", date(2019, 10, 5), "=1+1", 1136, Decimal("2.5")),
    ("440101196001011234", date(2019, 10, 6), "𠮷祥㙍 & <我>", 0, None),
    ("GZ-2019-0003", None, "两行\n片名", None, Decimal("0.5")),
)
# Text that a spreadsheet or XML has ideas of its own about.
ODD = (
    "=1+1",
    "+86 139",
    "-5",
    "@SUM(A1)",
    "'=1",
    "''+1",
    "\t=1",
    " =1",
    "＝1",
    "_x0041_",
    "007",
    " 空格 ",
    "𠮷",
)


def sheet_values(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(skip_empty_area=False)


def csv_values(file: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    with file.open(encoding=encoding, newline="") as lines:
        return [[unguarded(cell) for cell in row] for row in csv.reader(lines)]


def test_a_workbook_says_what_it_is_and_keeps_its_head_in_sight(tmp_path: Path) -> None:
    out = tmp_path / "films.xlsx"
    written = write_xlsx(
        out,
        title="曹一村电影放映",
        remarks=["2019年10月"],
        columns=FILMS,
        rows=ROWS,
        totals=("合计", None, None, 1136, Decimal("3.0")),
    )
    assert (written.rows, written.notes) == (3, ())
    assert sheet_values(out) == [
        ["曹一村电影放映", "", "", "", ""],
        ["2019年10月", "", "", "", ""],
        ["回执单编号", "放映日期", "影片", "观众人次", "时数"],
        ["0017", date(2019, 10, 5), "=1+1", 1136.0, 2.5],
        ["440101196001011234", date(2019, 10, 6), "𠮷祥㙍 & <我>", 0.0, ""],
        ["GZ-2019-0003", "", "两行\n片名", "", 0.5],
        ["合计", "", "", 1136.0, 3.0],
    ]
    sheet = load_workbook(out)["曹一村电影放映"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A4", "$3:$3", "A3:E6")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        1,
        0,
    )
    assert sheet.page_setup.orientation == "portrait"
    assert [sheet.cell(4, number).number_format for number in range(1, 6)] == [
        "@",
        "yyyy-mm-dd",
        "@",
        "#,##0",
        "0.0",
    ]
    assert [sheet.cell(4, number).data_type for number in range(1, 6)] == ["s", "d", "s", "n", "n"]
    assert sheet.cell(7, 4).font.bold
    assert not sheet.cell(4, 4).font.bold
    assert sheet.column_dimensions["A"].width == 16


def test_a_wide_table_lies_across_the_page(tmp_path: Path) -> None:
    out = tmp_path / "wide.xlsx"
    columns = [OutColumn(title=f"第{number}项") for number in range(12)]
    write_xlsx(out, title="宽", columns=columns, rows=[])
    assert load_workbook(out).active.page_setup.orientation == "landscape"


def test_a_very_wide_table_takes_several_pages_side_by_side(tmp_path: Path) -> None:
    out = tmp_path / "wide.xlsx"
    write_xlsx(out, title="宽", columns=[OutColumn(title=f"第{number}项") for number in range(30)], rows=[])
    sheet = load_workbook(out).active
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (3, "$A:$A")


def test_a_long_text_gets_the_lines_it_needs(tmp_path: Path) -> None:
    out = tmp_path / "long.xlsx"
    columns = [OutColumn(title="备注", width=20), OutColumn(title="人次", kind="integer")]
    rows = [
        ("短", 1),
        ("下雨改在室内放映，观众较少，设备另外借来", 2),
        ("一\n二\n三", 3),
        ("长" * 9_000, 4),
        ("a" * 18, 5),
    ]
    write_xlsx(out, title="t", columns=columns, rows=rows)
    heights = load_workbook(out).active.row_dimensions
    assert [heights[line].height for line in range(3, 8)] == [None, 43.5, 43.5, 406.0, None]
    assert load_workbook(out).active["B5"].border.left.style == "thin"


def test_a_table_without_rows_is_still_a_table(tmp_path: Path) -> None:
    book, text = tmp_path / "none.xlsx", tmp_path / "none.csv"
    write_xlsx(book, title="空", columns=FILMS, rows=[])
    write_csv(text, columns=FILMS, rows=[])
    assert sheet_values(book)[-1] == csv_values(text)[-1] == [column.title for column in FILMS]


def test_text_separated_by_commas_is_what_excel_opens_rightly(tmp_path: Path) -> None:
    out = tmp_path / "films.csv"
    write_csv(out, columns=FILMS, rows=ROWS, totals=("合计", None, None, 1136, None))
    content = out.read_bytes()
    assert content.startswith("\ufeff回执单编号,放映日期".encode())
    assert b"0017,2019-10-05,'=1+1,1136,2.5\r\n" in content
    assert csv_values(out)[-1] == ["合计", "", "", "1136", ""]


def test_gb_18030_is_for_what_older_programs_can_read(tmp_path: Path) -> None:
    out = tmp_path / "films.csv"
    write_csv(out, columns=FILMS, rows=ROWS[:1], encoding=GB_18030)
    assert csv_values(out, "gb18030")[1][2] == "=1+1"
    with pytest.raises(UserError) as caught:
        write_csv(out, columns=FILMS, rows=ROWS, encoding=GB_18030)
    assert caught.value.code == "needs_utf_8"
    assert "𠮷" in caught.value.message
    assert len(csv_values(out, "gb18030")) == 2, "the older file stays"


def test_numbers_that_excel_would_round_are_written_as_text(tmp_path: Path) -> None:
    out = tmp_path / "long.xlsx"
    row = (
        123456789012345,
        1234567890123456,
        Decimal("1E+3"),
        Decimal("0.0000000000000001"),
        date(1899, 5, 1),
    )
    columns = [OutColumn(title=str(number), kind="integer") for number in range(5)]
    write_xlsx(out, title="t", columns=columns, rows=[row])
    assert sheet_values(out)[-1] == [123456789012345.0, "1234567890123456", 1000.0, 1e-16, "1899-05-01"]


def test_what_no_table_can_hold_is_replaced_and_named(tmp_path: Path) -> None:
    out, text = tmp_path / "odd.xlsx", tmp_path / "odd.csv"
    columns, rows = [OutColumn(title="名称")], [("片\x01名\ud800",), ("行\r\n尾\ufffe",), ("长" * 40_000,)]
    written = write_xlsx(out, title="\x02标题", columns=columns, rows=rows)
    assert [row[0] for row in sheet_values(out)][2:4] == ["片 名 ", "行\n尾 "]
    assert len(str(sheet_values(out)[4][0])) == 32_767
    assert "U+0001, U+D800, U+FFFE" in written.notes[0].replace("U+0002, ", "")
    assert len(written.notes) == 2
    assert write_csv(text, columns=columns, rows=rows).notes
    assert csv_values(text)[1:3] == [["片 名 "], ["行\n尾 "]]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_cancelled_or_refused_file_leaves_the_older_one(tmp_path: Path, name: str) -> None:
    class Stops(Progress):
        def check_cancelled(self) -> None:
            raise Cancelled

    def write(out: Path, progress: Progress) -> None:
        rows = (("x",) for _ in range(2000))
        columns = [OutColumn(title="c")]
        if name.endswith("csv"):
            write_csv(out, columns=columns, rows=rows, progress=progress)
        else:
            write_xlsx(out, title="t", columns=columns, rows=rows, progress=progress)

    out = tmp_path / name
    out.write_text("older")
    with pytest.raises(Cancelled):
        write(out, Stops())
    assert out.read_text() == "older"
    assert list(tmp_path.iterdir()) == [out]
    with pytest.raises(UserError) as caught:
        write(tmp_path / "no such folder" / name, Progress())
    assert caught.value.code == "cannot_write"


def test_progress_tells_how_many_rows_there_are(tmp_path: Path) -> None:
    class Notes(Progress):
        def __init__(self) -> None:
            self.steps: list[tuple[int, int]] = []

        def step(self, done: int, total: int) -> None:
            self.steps.append((done, total))

    def rows() -> Iterator[Sequence[Value]]:
        for number in range(1200):
            yield (number,)

    notes = Notes()
    out = tmp_path / "t.xlsx"
    columns = [OutColumn(title="n", kind="integer")]
    write_xlsx(out, title="t", columns=columns, rows=rows(), total_rows=1200, progress=notes)
    assert notes.steps == [(500, 1200), (1000, 1200), (1200, 1200)]


# Characters that can be written at all; a carriage return becomes a line feed and is tested above.
writable = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n"),
    max_size=12,
)


@given(
    rows=st.lists(st.lists(st.sampled_from(ODD) | writable, min_size=2, max_size=2), min_size=1, max_size=4)
)
@example(rows=[[text, text] for text in ODD])
def test_any_text_comes_back_as_it_was_and_is_never_a_formula(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    columns = [OutColumn(title="甲"), OutColumn(title="乙", kind="integer")]
    book, text = folder / "any.xlsx", folder / "any.csv"
    write_xlsx(book, title="t", columns=columns, rows=rows)
    write_csv(text, columns=columns, rows=rows)
    back = sheet_values(book)[2:]
    assert back + [["", ""]] * (len(rows) - len(back)) == rows
    assert csv_values(text)[1:] == rows
    cells = [cell for line in load_workbook(book).active.iter_rows(min_row=3) for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    for line in csv.reader(io.StringIO(text.read_text(encoding="utf-8-sig"))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)


@given(text=st.text(max_size=8) | st.text("'=+-@ \t＝a", max_size=6))
def test_the_guard_of_a_csv_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
