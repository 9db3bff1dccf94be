"""Any list on paper: every row is there, wide lists lie lengthwise, an empty one says so."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gzdesk.reports import xlsx
from gzdesk.reports.document import Table
from gzdesk.reports.flow import paginate
from gzdesk.reports.list_table import LANDSCAPE_MM, PORTRAIT_MM, ListColumn, document
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_texts

NARROW = (ListColumn(title="日期", align="center"), ListColumn(title="人次", align="right"))
WIDE = tuple(ListColumn(title=f"活动名称{number}") for number in range(12))


def table_of(made: object) -> Table:
    (table,) = made.tables  # type: ignore[attr-defined]
    return table


def test_a_narrow_list_stands_upright_and_fills_the_width() -> None:
    made = document(title="一览", columns=NARROW, rows=[("2019-10-05", 120)])
    assert not made.landscape
    assert round(table_of(made).width_mm, 6) == PORTRAIT_MM


def test_a_wide_list_lies_lengthwise_and_stays_on_the_paper() -> None:
    made = document(title="一览", columns=WIDE, rows=[tuple("升国旗仪式暨群众合唱" for _ in WIDE)])
    assert made.landscape
    assert round(table_of(made).width_mm, 6) == LANDSCAPE_MM


def test_the_head_stands_on_every_page_and_the_pages_are_counted() -> None:
    rows = [(f"2019-10-{day % 28 + 1:02d}", day) for day in range(100)]
    texts = pdf_texts(render(document(title="一览", columns=NARROW, rows=rows)))
    assert len(texts) > 1
    assert all("日期" in text and f"共{len(texts)}页" in text for text in texts)
    assert "共100条" in texts[0]


def test_an_empty_list_says_so() -> None:
    (text,) = pdf_texts(render(document(title="一览", columns=NARROW, rows=[])))
    assert "还没有登记" in text


def test_totals_end_the_list_and_numbers_stay_numbers_in_the_workbook() -> None:
    made = document(title="一览", columns=NARROW, rows=[("=1+1", 1200)], totals=("合计", 1200))
    sheet = load_workbook(BytesIO(xlsx.render(made))).active
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert values[-4:] == ["=1+1", 1200, "合计", 1200]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] == ["s"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**6), st.text(max_size=200)), max_size=12))
def test_no_cell_is_lost_and_none_leaves_the_paper(rows: list[tuple[str, int, str]]) -> None:
    columns = (*NARROW, ListColumn(title="内容"))
    made = document(title="一览", columns=columns, rows=rows)
    width, height = made.page_size_mm
    pages = paginate(made)
    assert all(0 <= text.x <= width and 0 <= text.y <= height for page in pages for text in page.texts)
    numbers = [text.text for page in pages for text in page.texts]
    assert all(f"{number:,}" in numbers for _first, number, _last in rows)
