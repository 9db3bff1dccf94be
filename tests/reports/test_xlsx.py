"""The workbook: numbers that can be added, text that stays text, and a page like the printed one."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gzdesk.reports import monthly_sheet, opening_register
from gzdesk.reports.document import Cell, Chart, ChartItem, Column, Document, Heading, Line, Row, Table
from gzdesk.reports.xlsx import render
from tests.reports.samples import CAOYI, OCTOBER, closed_october, october_days


def opened(document: Document) -> Worksheet:
    return load_workbook(BytesIO(render(document)), rich_text=False).active


def cells_with(sheet: Worksheet, value: object) -> list[str]:
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == value]


def one_column(*values: str | int) -> Document:
    rows = tuple(Row(cells=(Cell(value=value),)) for value in values)
    return Document(title="t", blocks=(Table(columns=(Column(title="x", width_mm=40),), rows=rows),))


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 760", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "007", "1107", "2019-10-05"]
)
def test_text_never_becomes_a_formula_a_number_or_a_date(text: str) -> None:
    sheet = opened(one_column(text))
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.number_format == "@"
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_a_formula_never_reaches_the_file() -> None:
    xml = ZipFile(BytesIO(render(one_column("=1+1")))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


def test_numbers_stay_numbers() -> None:
    sheet = opened(one_column(1644, 0))
    assert [(sheet[name].value, sheet[name].data_type) for name in ("A2", "A3")] == [(1644, "n"), (0, "n")]


def test_a_control_character_does_not_spoil_the_file() -> None:
    assert opened(one_column("a\x0bb"))["A2"].value == "a b"


def test_it_prints_like_the_sheet() -> None:
    sheet = opened(monthly_sheet.document(closed_october()))
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_margins.top == pytest.approx(20 / 25.4)
    assert sheet.page_margins.left == pytest.approx(15 / 25.4)
    head = cells_with(sheet, "序号")[0][1:]
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.print_area.startswith("'曹一村2019年10月文化活动登记表'!$A$1:$L$")
    assert sheet.oddFooter.center.text == "第&P页　共&N页"


def test_its_columns_are_as_wide_as_on_paper() -> None:
    sheet = opened(monthly_sheet.document(closed_october()))
    pixels = [sheet.column_dimensions[letter].width * 7 + 5 for letter in "ABCDEFGHIJKL"]
    widths = [10, 15, 14, 67, 14, 30, 22, 17, 21, 17, 18, 22]
    assert [value * 25.4 / 96 for value in pixels] == pytest.approx(widths, abs=0.1)


def test_it_carries_the_same_code_and_totals_as_the_paper() -> None:
    closed = closed_october()
    sheet = opened(monthly_sheet.document(closed))
    assert closed.check_code in sheet.oddFooter.left.text
    assert len(cells_with(sheet, 1644)) == 2
    assert cells_with(sheet, "电影《烈火英雄》")
    names = {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert {"填表人：苏惠芳", "审核人：梁䶮明", "2019年11月6日"} <= names


def test_rows_are_as_high_as_on_paper() -> None:
    sheet = opened(monthly_sheet.document(closed_october()))
    (name,) = cells_with(sheet, "升国旗仪式暨《歌唱祖国》群众合唱")
    assert sheet.row_dimensions[int(name[1:])].height == pytest.approx(7.5 / 25.4 * 72, abs=0.1)


def test_every_ruled_cell_has_its_border_also_in_merged_ones() -> None:
    sheet = opened(monthly_sheet.document(closed_october()))
    (total,) = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("合　计")]
    assert all(sheet.cell(total.row, column).border.bottom.style == "thin" for column in range(1, 13))


def test_a_narrow_table_keeps_its_head_line() -> None:
    table = Table(columns=(Column(title="a", width_mm=40),) * 4, rows=())
    line = Line(left="左", center="中", right="右")
    sheet = opened(Document(title="t", blocks=(Heading(text="h"), line, table)))
    assert [cells_with(sheet, text) for text in "左中右"] == [["A2"], ["B2"], ["D2"]]


def test_two_tables_share_the_sheet_without_spoiling_each_other() -> None:
    wide = Table(
        columns=(Column(title="a", width_mm=10), Column(title="b", width_mm=90)),
        rows=(Row(cells=(Cell(value="左"), Cell(value="右"))),),
    )
    halves = Table(
        columns=(Column(title="c", width_mm=50), Column(title="d", width_mm=50)),
        rows=(Row(cells=(Cell(value="甲"), Cell(value="乙"))),),
    )
    sheet = opened(Document(title="t", blocks=(wide, halves)))
    pixels = [sheet.column_dimensions[letter].width * 7 + 5 for letter in "ABC"]
    assert [value * 25.4 / 96 for value in pixels] == pytest.approx([10, 40, 50], abs=0.1)
    assert [cells_with(sheet, text) for text in "左右甲乙"] == [["A2"], ["B2"], ["A4"], ["C4"]]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"B1:C1", "B2:C2", "A3:B3", "A4:B4"}


def test_a_line_with_one_text_has_the_whole_width() -> None:
    document = Document(title="t", blocks=(Line(left="接收单位：古镇镇综合文化站"), *one_column("x").blocks))
    assert opened(document)["A1"].value == "接收单位：古镇镇综合文化站"


def test_there_is_room_for_the_seal() -> None:
    sheet = opened(monthly_sheet.document(closed_october()))
    date = sheet[cells_with(sheet, "2019年11月6日")[-1]]
    rows = range(date.row - 1, date.row + 2)
    height_mm = sum(sheet.row_dimensions[row].height for row in rows) / 72 * 25.4
    assert height_mm == pytest.approx(45, abs=0.5)


def test_a_title_that_no_sheet_may_be_called_is_changed() -> None:
    document = Document(title="a/b:c" * 10, blocks=one_column("x").blocks)
    assert opened(document).title == "a b ca b ca b ca b ca b ca b ca"


def test_a_portrait_document_is_portrait() -> None:
    sheet = opened(opening_register.document(CAOYI, OCTOBER, october_days()))
    assert sheet.page_setup.orientation == "portrait"


def test_bars_of_a_workbook_are_shares_of_their_targets() -> None:
    items = (
        ChartItem(label="人均藏书", value="0.75", text="0.75册", target="1.5"),
        ChartItem(label="每馆服务人口", value=11500, text="11,500人", target=15000),
        ChartItem(label="人均文化事业费", value="2.3", text="2.3元"),
    )
    document = Document(title="t", blocks=(Chart(kind="bullets", title="进度", items=items),))
    book = load_workbook(BytesIO(render(document)))
    figures = book.worksheets[1]
    assert [figures.cell(row, 4).value for row in (2, 3, 4)] == [0.5, pytest.approx(11500 / 15000), None]
    (chart,) = book.worksheets[0]._charts
    (series,) = chart.series
    assert series.val.numRef.f.endswith("$D$2:$D$4")
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, 1.25)
