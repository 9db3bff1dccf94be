"""The form of GB/T 9704: 22 lines of 28 characters, levels by their numbers, page numbers between dashes."""

from __future__ import annotations

import pytest

from gzdesk.reports import flow_official
from gzdesk.reports.document import Block, Document, Issuer, Passage, Space
from gzdesk.reports.flow import paginate
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.official import (
    BODY_PT,
    CHARACTERS,
    LINE_MM,
    LINES,
    MARGINS,
    WIDTH_MM,
    attachments,
    passages,
)
from gzdesk.reports.placed import MM_PER_PT, Page
from tests.reports.samples import CAOYI

TEXT = "文" * (CHARACTERS * LINES)


def official(*blocks: Block) -> Document:
    return Document(
        title="报告", blocks=blocks, landscape=False, margins=MARGINS, official=True, author=CAOYI.name
    )


def body(page: Page) -> list[str]:
    return [text.text for text in page.texts if text.face in (Face.BODY, Face.HEI, Face.KAI)]


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    first, second = paginate(official(*(Passage(text=TEXT, style="addressee"), Passage(text="完"))))
    lines = body(first)
    assert len(lines) == LINES
    assert {len(line) for line in lines} == {CHARACTERS}
    assert body(second) == ["　　完"]


def test_a_full_line_reaches_from_edge_to_edge() -> None:
    (page,) = paginate(official(Passage(text=TEXT[:CHARACTERS], style="addressee")))
    line = page.texts[0]
    wide = width_pt(line.text, line.face, line.size_pt) + line.spread_pt * CHARACTERS
    assert wide * MM_PER_PT == pytest.approx(WIDTH_MM, abs=0.01)


def test_a_line_broken_early_is_drawn_out_and_the_last_one_is_not() -> None:
    passage = Passage(text="文" * 25 + "（第一百二十三号文件所附的各项说明）", style="addressee")
    (first, spread), (_last, usual) = flow_official.passage_lines(passage, width_mm=WIDTH_MM)
    assert len(first) < CHARACTERS + 1
    assert (width_pt(first, Face.BODY, BODY_PT) + spread * (len(first) - 1)) * MM_PER_PT == pytest.approx(156)
    assert usual < 0


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    pages = paginate(official(*(Passage(text=TEXT) for _ in range(3))))
    numbers = [page.texts[-1] for page in pages]
    assert [number.text for number in numbers[:3]] == ["— 1 —", "— 2 —", "— 3 —"]
    assert [number.align for number in numbers[:3]] == ["right", "left", "right"]
    assert numbers[0].x == pytest.approx(210 - 26 - 14 * MM_PER_PT)
    assert numbers[1].x == pytest.approx(28 + 14 * MM_PER_PT)
    assert numbers[0].y == pytest.approx(297 - 35 + 7)


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("一、本月工作情况", "level_1"),
        ("十二、其他", "level_1"),
        ("（一）活动开展", "level_2"),
        ("(三)免费开放", "level_2"),
        ("1.完善制度。", "level_3"),
        ("（1）登记", "level_3"),
        ("一、10月工作情况：各村活动、放映和免费开放正常，没有事故。", "body"),
        ("1.5万人次参加。", "body"),
        ("本月没有问题。", "body"),
    ],
)
def test_levels_are_known_by_their_numbers(line: str, style: str) -> None:
    assert passages(line) == (Passage(text=line, style=style),)  # type: ignore[arg-type]


def test_empty_lines_are_no_paragraphs() -> None:
    assert [item.text for item in passages("　一、情况 \n\n  好。\n")] == ["一、情况", "好。"]


def test_attachments_are_numbered_when_there_are_several() -> None:
    one, two = attachments("附件：", ["指标情况表"]), attachments("附件：", ["指标情况表", "佐证材料目录"])
    assert [item.text for item in one if isinstance(item, Passage)] == ["附件：指标情况表"]
    assert [item.text for item in two if isinstance(item, Passage)] == [
        "附件：1. 指标情况表",
        "2. 佐证材料目录",
    ]
    assert isinstance(two[0], Space)
    assert attachments("附件：", []) == ()


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    lines = [Passage(text="文")] * (LINES - 1)
    first, second = paginate(
        official(*lines, Passage(text="二、数据", style="level_1"), Passage(text="好。"))
    )
    assert len(body(first)) == LINES - 1
    assert body(second)[0].strip() == "二、数据"


def test_the_issuer_takes_two_lines_of_text_along() -> None:
    lines = [Passage(text=f"第{number}行") for number in range(LINES - 1)]
    first, second = paginate(official(*lines, Issuer(name="古镇镇综合文化站", day="2019年11月6日")))
    assert len(body(first)) == LINES - 3
    assert [text.strip() for text in body(second)] == [
        "第19行",
        "第20行",
        "古镇镇综合文化站",
        "2019年11月6日",
    ]
    assert [round(text.y, 1) for text in second.texts[:2]] == [round(text.y, 1) for text in first.texts[:2]]


def test_the_list_of_attachments_and_two_lines_of_text_go_with_the_issuer() -> None:
    issuer, listed = Issuer(name="文化站", day="2019年11月6日"), attachments("附件：", ["指标情况表"])
    for count in (
        LINES - 3,
        LINES - 1,
        LINES,
    ):  # the list fits on the page, only its empty line does, nothing does
        lines = [Passage(text=f"第{number}行") for number in range(count)]
        first, second = paginate(official(*lines, *listed, issuer))
        assert len(body(first)) == count - 2
        expected = [f"第{count - 2}行", f"第{count - 1}行", "附件：指标情况表", "文化站", "2019年11月6日"]
        assert [text.strip() for text in body(second)] == expected
        gap = second.texts[2].y - second.texts[1].y
        assert gap == pytest.approx(2 * LINE_MM), count
        assert second.texts[0].y == pytest.approx(first.texts[0].y)


def test_the_day_stands_four_characters_from_the_edge() -> None:
    (page,) = paginate(official(Passage(text="文"), Issuer(name="文化站", day="2019年11月6日")))
    day = next(text for text in page.texts if text.text == "2019年11月6日")
    end = day.x + width_pt(day.text, Face.BODY, BODY_PT) * MM_PER_PT / 2
    assert end == pytest.approx(210 - 26 - 4 * BODY_PT * MM_PER_PT)
    ((left, top, size),) = page.seals
    assert left < day.x < left + size
    assert top < day.y < top + size


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("古镇镇综合文化站2019年10月工作动态", ("古镇镇综合文化站2019年10月工作动态",)),
        ("曹一村综合性文化服务中心2019年10月工作动态", ("曹一村综合性文化服务中心", "2019年10月工作动态")),
        ("关于" + "非常" * 9 + "重要的事", None),
    ],
)
def test_a_long_title_breaks_before_the_year(title: str, lines: tuple[str, ...] | None) -> None:
    found = flow_official.passage_lines(Passage(text=title, style="title"), width_mm=WIDTH_MM)
    if lines is None:
        assert "".join(line for line, _spread in found) == title
        assert len(found) == 2
    else:
        assert tuple(line for line, _spread in found) == lines


def test_lines_are_29_points_apart() -> None:
    assert pytest.approx(29, abs=0.02) == LINE_MM / MM_PER_PT
