"""Pages: what ui.md 7 asks of them in millimetres, and that no row is ever lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdesk.reports import monthly_sheet
from gzdesk.reports.document import (
    Blank,
    Cell,
    Closing,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Seal,
    Table,
)
from gzdesk.reports.flow import paginate
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.placed import MM_PER_PT, Page, PlacedText
from tests.reports.samples import CAOYI, closed_october, october_sheet

COLUMNS = (
    Column(title="序号", width_mm=17),
    Column(title="名称", width_mm=150, align="left"),
    Column(title="人次", width_mm=100, align="right"),
)
CLOSING = Closing(
    notes=("开放情况：开放 28 天。",),
    signatures=(Blank(label="填表人", value="苏惠芳"), Blank(label="审核人")),
    seal=Seal(date="2019年11月6日"),
)


def sheet_of(names: list[str], *, closing: Closing | None = CLOSING) -> Document:
    rows = tuple(
        Row(cells=(Cell(value=number), Cell(value=name), Cell(value=number)))
        for number, name in enumerate(names, start=1)
    )
    blocks = (Heading(text="登记表"), Table(columns=COLUMNS, rows=rows), *((closing,) if closing else ()))
    return Document(title="登记表", blocks=blocks)


def body_numbers(page: Page) -> list[int]:
    """The row numbers of a page, from top to bottom."""
    in_first = [text for text in page.texts if 15 < text.x < 32 and text.text.isdecimal()]
    return [int(text.text) for text in sorted(in_first, key=lambda text: text.y)]


def extent_mm(text: PlacedText) -> tuple[float, float]:
    width = width_pt(text.text, text.face, text.size_pt) * MM_PER_PT
    start = {"left": text.x, "center": text.x - width / 2, "right": text.x - width}[text.align]
    return start, start + width


@settings(max_examples=40)
@given(
    names=st.lists(st.sampled_from(["短", "长一点的名称" * 12, "很长的名称" * 60]), min_size=1, max_size=60)
)
def test_every_row_stands_once_and_in_order(names: list[str]) -> None:
    pages = paginate(sheet_of(names))
    assert [number for page in pages for number in body_numbers(page)] == list(range(1, len(names) + 1))


@settings(max_examples=40)
@given(names=st.lists(st.sampled_from(["短", "长一点的名称" * 12]), min_size=1, max_size=60))
def test_nothing_stands_outside_the_margins(names: list[str]) -> None:
    for page in paginate(sheet_of(names)):
        for stroke in page.strokes:
            assert 15 <= stroke.x1 <= 282.01
            assert 20 <= stroke.y1 <= stroke.y2 <= 198.01
        for text in page.texts:
            left, right = extent_mm(text)
            assert left >= 14.99
            assert right <= 282.01
            assert 20 <= text.y <= 210 - 5


@settings(max_examples=30)
@given(count=st.integers(1, 80))
def test_the_seal_is_at_the_lower_right_of_the_last_page_below_at_least_one_row(count: int) -> None:
    pages = paginate(sheet_of(["短"] * count))
    assert [page.seals for page in pages[:-1]] == [[]] * (len(pages) - 1)
    assert pages[-1].seals == [(282 - 45, 198 - 45, 45)]
    assert body_numbers(pages[-1])[-1:] == [count]
    assert max(stroke.y2 for stroke in pages[-1].strokes) <= 198 - 45


def test_rows_that_leave_no_room_for_the_seal_send_the_last_three_with_it() -> None:
    fits = max(count for count in range(1, 40) if len(paginate(sheet_of(["短"] * count))) == 1)
    pages = paginate(sheet_of(["短"] * (fits + 1)))
    assert [body_numbers(page) for page in pages] == [list(range(1, fits - 1)), [fits - 1, fits, fits + 1]]


def test_the_head_stands_again_on_each_page() -> None:
    pages = paginate(sheet_of(["短"] * 100))
    assert len(pages) > 3
    for page in pages:
        assert [text.text for text in page.texts if text.face is Face.SANS_BOLD] == ["序号", "名称", "人次"]


def test_rows_are_high_enough_to_write_in() -> None:
    (page,) = paginate(sheet_of(["短"] * 5))
    levels = sorted({stroke.y1 for stroke in page.strokes if stroke.y1 == stroke.y2})
    heights = [lower - upper for upper, lower in itertools.pairwise(levels)]
    assert all(height >= 7.5 for height in heights)


def test_a_text_that_is_too_long_for_two_lines_is_set_smaller_then_higher() -> None:
    table = Table(
        columns=(Column(title="备注", width_mm=22),), rows=(Row(cells=(Cell(value="备注很长" * 5),)),)
    )
    (page,) = paginate(Document(title="t", blocks=(table,)))
    body = [text for text in page.texts if text.face is Face.SERIF and text.x < 37]
    assert {text.size_pt for text in body} == {9}
    assert "".join(text.text for text in body) == "备注很长" * 5
    bottom = max(stroke.y2 for stroke in page.strokes)
    assert max(text.y for text in body) < bottom


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    remark = "".join(f"第{number}句备注。" for number in range(600))
    table = Table(columns=(Column(title="备注", width_mm=22),), rows=(Row(cells=(Cell(value=remark),)),))
    pages = paginate(Document(title="t", blocks=(table,)))
    body = [text.text for page in pages for text in page.texts if text.face is Face.SERIF and text.x < 30]
    assert len(pages) > 1
    assert remark in "".join(body)


def test_a_number_has_separators_and_zero_is_zero() -> None:
    table = Table(columns=COLUMNS[2:], rows=tuple(Row(cells=(Cell(value=value),)) for value in (1644, 0)))
    (page,) = paginate(Document(title="t", blocks=(table,)))
    assert {"1,644", "0"} <= {text.text for text in page.texts}


def test_a_row_that_does_not_fill_the_columns_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="row 1"):
        Table(columns=COLUMNS, rows=(Row(cells=(Cell(value="x"),)),))


def test_a_long_title_is_set_smaller_and_never_runs_into_the_code() -> None:
    document = Document(
        title="t", qr="x", blocks=(Heading(text="很长的村名" * 9, mark="（草稿）"), Line(left="x"))
    )
    (page,) = paginate(document)
    assert page.qr is not None
    assert all(extent_mm(text)[1] <= page.qr[0] for text in page.texts if text.y < 30)


def test_running_text_goes_on_on_the_next_page() -> None:
    pages = paginate(Document(title="t", blocks=(Paragraph(text="一行\n" * 100),)))
    assert sum(text.text == "一行" for page in pages for text in page.texts) == 100
    assert len(pages) == 3


# The monthly sheet in particular


def test_the_form_fits_one_page_with_twelve_empty_rows() -> None:
    (page,) = paginate(monthly_sheet.blank(CAOYI))
    assert page.seals == [(237, 153, 45)]
    numbers = [text.text for text in page.texts if text.text.isdecimal()]
    assert numbers == [str(number) for number in range(1, 13)]


def test_the_sheet_keeps_its_measures() -> None:
    (page,) = paginate(monthly_sheet.document(closed_october()))
    assert page.qr == (262, 13.5, 20)
    uprights = sorted({round(stroke.x1, 1) for stroke in page.strokes if stroke.x1 == stroke.x2})
    assert uprights[0] == 15
    assert uprights[-1] == 282
    widths = [round(right - left, 1) for left, right in itertools.pairwise(uprights)]
    assert widths == [10, 15, 14, 67, 14, 30, 22, 17, 21, 17, 18, 22]
    (seal,) = page.seals
    signatures = [
        text for text in page.texts if text.text.startswith(("填表人", "审核人", "单位负责人", "联系电话"))
    ]
    assert len(signatures) == 4
    for text in signatures:
        assert text.y <= 210 - 15
        assert extent_mm(text)[1] < seal[0]
    dates = [text for text in page.texts if text.text == "2019年11月6日"]
    lower_third = seal[1] + seal[2] * 2 / 3
    assert [text.y > lower_third and text.x > seal[0] for text in dates] == [True]


def test_a_draft_says_so_in_grey() -> None:
    (page,) = paginate(monthly_sheet.document(october_sheet()))
    assert [text.text for text in page.texts if text.grey] == ["（草稿）"]
    (page,) = paginate(monthly_sheet.document(closed_october(correction=2)))
    assert [text.text for text in page.texts if text.grey] == ["　更正（第 2 次）"]
