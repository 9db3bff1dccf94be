"""Reports in words as .docx, read back with the library that Word files are read with."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gzdesk.reports import docx as writer
from gzdesk.reports import pdf
from gzdesk.reports.document import Chart, ChartItem, Document, Issuer, NewPage, Passage
from gzdesk.reports.official import MARGINS, attachments
from tests.reports.reading import pdf_texts
from tests.reports.test_documents import asked_for


def read(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(writer.render(document)))


def bare(text: str) -> str:
    return "".join(text.split())


def official(*blocks: object) -> Document:
    return Document(title="报告", blocks=blocks, landscape=False, margins=MARGINS, official=True)  # type: ignore[arg-type]


def test_every_paragraph_and_cell_of_the_pdf_is_in_it() -> None:
    document = asked_for("monthly_report")
    made = read(document)
    texts = [paragraph.text for paragraph in made.paragraphs]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    on_paper = bare("".join(pdf_texts(pdf.render(document))))
    assert "一、本月工作情况" in texts
    for text in filter(None, map(bare, texts + cells)):
        assert text in on_paper


def test_the_page_is_that_of_the_standard() -> None:
    section = read(asked_for("monthly_report")).sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes if size] == [210, 297, 28, 26]
    assert section.top_margin is not None
    assert section.bottom_margin is not None
    assert [round(size.mm) for size in (section.top_margin, section.bottom_margin)] == [37, 35]


def test_faces_and_sizes_are_named_as_the_standard_asks() -> None:
    made = read(asked_for("monthly_report"))
    by_text = {paragraph.text: paragraph for paragraph in made.paragraphs}

    def face(text: str) -> tuple[str, Pt | None]:
        run = by_text[text].runs[0]
        fonts = run._element.rPr.rFonts
        return fonts.get(qn("w:eastAsia")), run.font.size

    assert face("曹一村综合性文化服务中心\n2019年10月工作动态") == ("方正小标宋简体", Pt(22))
    assert face("一、本月工作情况") == ("黑体", Pt(16))
    assert face("古镇镇综合文化站：") == ("仿宋_GB2312", Pt(16))
    line = by_text["古镇镇综合文化站："].paragraph_format.line_spacing
    assert line == pytest.approx(Mm(225 / 22), abs=Pt(0.05))


def test_a_font_that_is_not_there_has_another_name() -> None:
    content = zipfile.ZipFile(io.BytesIO(writer.render(asked_for("monthly_report"))))
    table = content.read("word/fontTable.xml").decode("utf-8")
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋;FangSong' in table


def test_the_page_number_stands_outside_on_both_sides() -> None:
    made = read(asked_for("monthly_report"))
    assert made.settings.odd_and_even_pages_header_footer
    odd, even = made.sections[0].footer, made.sections[0].even_page_footer
    assert "PAGE" in odd._element.xml
    assert "PAGE" in even._element.xml
    assert [footer.paragraphs[0].alignment for footer in (odd, even)] == [2, 0]


def test_issuer_and_attachments_are_never_parted_from_the_text() -> None:
    issuer, listed = Issuer(name="文化站", day="2019年11月6日"), attachments("附件：", ["指标情况表", "目录"])
    for between, words in (((), ["文", "末"]), (listed, ["文", "末", "附件：1. 指标情况表", "2. 目录"])):
        made = read(official(Passage(text="文"), Passage(text="末"), *between, issuer))
        texts = [paragraph for paragraph in made.paragraphs if paragraph.text in words]
        kept = [paragraph.paragraph_format.keep_with_next for paragraph in texts]
        assert kept == [False, *[True] * (len(words) - 1)]


def test_a_chart_is_a_table_of_its_figures() -> None:
    months = tuple(ChartItem(label=f"{month}月", value=month, text=f"{month}") for month in range(1, 13))
    bars = (ChartItem(label="演出", value=4, text="4 场", target=5), ChartItem(label="到馆", target="1.5"))
    made = read(
        official(
            Passage(text="附件1", style="annex"),
            Chart(kind="columns", title="各月场次", unit="场", items=months),
            NewPage(),
            Chart(kind="bullets", title="指标", items=bars),
        )
    )
    across, down = made.tables
    assert [cell.text for cell in across.rows[1].cells] == [str(month) for month in range(1, 13)]
    assert [[cell.text for cell in row.cells] for row in down.rows[1:]] == [
        ["演出", "4 场", "5"],
        ["到馆", "—", "1.5"],
    ]


def test_what_xml_does_not_take_is_left_out() -> None:
    made = read(official(Passage(text="文\x00化\x0b站")))
    assert made.paragraphs[0].text == "文 化 站"
