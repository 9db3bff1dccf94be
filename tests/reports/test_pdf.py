"""The finished PDF: what a reader, a printer and a phone's camera make of it."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image

from gzdesk import i18n
from gzdesk.domain.month import qr_text
from gzdesk.reports import monthly_sheet, opening_register
from gzdesk.reports.document import Cell, Column, Document, Row, Table
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_page_sizes_mm, pdf_picture, pdf_texts
from tests.reports.samples import CAOYI, OCTOBER, closed_october, october_days, october_sheet

DPI = 300
PX_PER_MM = DPI / 25.4


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 120 and pixel[1] < 110 and pixel[2] < 110


def red_box_mm(picture: Image.Image) -> tuple[float, float, float, float] | None:
    """The extent of everything red: left, top, right, bottom."""
    mask = Image.eval(Image.merge("RGB", picture.split()), lambda value: value).convert("RGB")
    red = mask.split()[0].point(lambda value: 255 if value > 120 else 0)
    pale = mask.split()[1].point(lambda value: 255 if value > 110 else 0)
    only_red = Image.composite(Image.new("L", red.size, 0), red, pale)
    box = only_red.getbbox()
    return None if box is None else tuple(value / PX_PER_MM for value in box)  # type: ignore[return-value]


def test_the_paper_is_a4() -> None:
    assert pdf_page_sizes_mm(render(monthly_sheet.document(closed_october()))) == [(297.0, 210.0)]
    assert pdf_page_sizes_mm(render(opening_register.document(CAOYI, OCTOBER, october_days()))) == [
        (210.0, 297.0)
    ]


def test_the_code_can_be_read_from_paper_and_holds_the_figures() -> None:
    sheet = closed_october(correction=1)
    found = zxingcpp.read_barcodes(pdf_picture(render(monthly_sheet.document(sheet)), dpi=150))
    assert [code.text for code in found] == [qr_text(sheet)]
    assert found[0].text == f"GZ1|caoyi|2019-10|1|9|1644|{sheet.check_code}"


def test_the_code_is_twenty_millimetres() -> None:
    (code,) = zxingcpp.read_barcodes(pdf_picture(render(monthly_sheet.document(closed_october())), dpi=DPI))
    corners = code.position
    width = (corners.top_right.x - corners.top_left.x) / PX_PER_MM
    height = (corners.bottom_left.y - corners.top_left.y) / PX_PER_MM
    assert width == pytest.approx(20, abs=0.3)
    assert height == pytest.approx(20, abs=0.3)


def test_the_code_of_a_draft_says_draft() -> None:
    (code,) = zxingcpp.read_barcodes(pdf_picture(render(monthly_sheet.document(october_sheet())), dpi=150))
    assert "|draft|" in code.text


def test_the_seal_area_is_drawn_on_screen_only() -> None:
    document = monthly_sheet.document(october_sheet())
    assert red_box_mm(pdf_picture(render(document), dpi=DPI)) is None
    box = red_box_mm(pdf_picture(render(document, for_screen=True), dpi=DPI))
    assert box is not None
    left, top, right, bottom = box
    assert (right - left, bottom - top) == pytest.approx((45, 45), abs=0.5)
    assert (right, bottom) == pytest.approx((282, 198), abs=0.5)


def test_the_seal_area_is_empty_but_for_the_date() -> None:
    picture = pdf_picture(render(monthly_sheet.document(closed_october())), dpi=DPI)
    left, top, right, bottom = (round(value * PX_PER_MM) for value in (237, 153, 282, 198))
    area = picture.convert("L").crop((left + 2, top + 2, right - 2, bottom - 2))
    dark = area.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert dark is not None
    assert dark[1] > area.height * 2 / 3


def test_everything_but_the_draft_mark_is_black_on_white() -> None:
    picture = pdf_picture(render(monthly_sheet.document(closed_october())), dpi=100)
    assert not [pixel for _count, pixel in picture.getcolors(1 << 24) or () if max(pixel) - min(pixel) > 8]


def test_names_can_be_searched_and_copied() -> None:
    (text,) = pdf_texts(render(monthly_sheet.document(closed_october())))
    for name in ("梁䶮明", "张㙟𫖯", "𠮷田", "电影《烈火英雄》", "国产新片", "1,644", "CY1-201910"):
        assert name in "".join(text.split())


def test_the_same_sheet_is_the_same_file() -> None:
    assert render(monthly_sheet.document(closed_october())) == render(
        monthly_sheet.document(closed_october())
    )


def test_only_embedded_fonts_are_used() -> None:
    pdf = render(monthly_sheet.document(closed_october()))
    assert b"Helvetica" not in pdf
    assert len(re.findall(rb"/FontFile2", pdf)) == len(re.findall(rb"/Subtype /TrueType", pdf)) > 3


def test_the_file_says_nothing_of_the_pc_that_made_it() -> None:
    pdf = render(monthly_sheet.document(closed_october()))
    assert b".ttf" not in pdf
    assert b"resources" not in pdf


def test_a_nil_month_is_a_statement() -> None:
    sheet = closed_october(rows=(), films=(), subtotals=(), cancelled=(), nil=True)
    (text,) = pdf_texts(render(monthly_sheet.document(sheet)))
    assert "本月无活动" in text
    assert "合　计" not in text


def test_a_sheet_of_400_events_counts_its_pages() -> None:
    many = tuple(row for _round in range(50) for row in closed_october().rows[:8])
    texts = pdf_texts(render(monthly_sheet.document(closed_october(rows=many))))
    assert len(texts) > 15
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页　共{len(texts)}页" in text
        assert "活动名称" in text
    assert "填表人" in texts[-1]
    assert "填表人" not in texts[-2]


def test_english_words_stand_on_an_english_sheet() -> None:
    i18n.set_language("en")
    (text,) = pdf_texts(render(monthly_sheet.blank(CAOYI)))
    assert not re.findall(r"[\u4e00-\u9fff]", text)


def test_a_table_alone_is_a_document() -> None:
    table = Table(columns=(Column(title="a", width_mm=30),), rows=(Row(cells=(Cell(value="=1+1"),)),))
    (text,) = pdf_texts(render(Document(title="t", blocks=(table,))))
    assert "=1+1" in text
