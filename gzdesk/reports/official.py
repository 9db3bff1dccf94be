"""The form of official documents (公文, GB/T 9704-2012) as measures, and paragraphs told apart by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gzdesk.reports.document import Align, Block, Margins, Passage, Space, Style
from gzdesk.reports.fonts import Face

MARGINS = Margins(top=37, right=26, bottom=35, left=28)
WIDTH_MM = 156.0  # of the text, with the margins above on A4
LINES, CHARACTERS = 22, 28  # on a page, in a line
LINE_MM = 225 / LINES  # 29 pt
BODY_PT = 16.0  # 三号
TITLE_PT = 22.0  # 二号
PAGE_NUMBER_PT = 14.0  # 四号
PAGE_NUMBER_BELOW_MM = 7.0  # under the text
TABLE_PT = 10.5  # 五号
MOST_ATTACHMENTS = 8  # lines after an empty one that stay with the text above it
DAY_FROM_RIGHT = 4  # characters, where a seal is put on


class Lettering(NamedTuple):
    """How a paragraph is set; `indent` counts characters before its first line."""

    face: Face
    size_pt: float = BODY_PT
    indent: int = 2
    align: Align = "left"


STYLES: dict[Style, Lettering] = {
    "title": Lettering(Face.TITLE, TITLE_PT, 0, "center"),
    "addressee": Lettering(Face.BODY, indent=0),
    "level_1": Lettering(Face.HEI),
    "level_2": Lettering(Face.KAI),
    "level_3": Lettering(Face.BODY),
    "body": Lettering(Face.BODY),
    "listed": Lettering(Face.BODY, indent=5),
    "annex": Lettering(Face.HEI, indent=0),
}

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("level_1", re.compile(rf"{_NUMERAL}、")),
    ("level_2", re.compile(rf"[（(]{_NUMERAL}[）)]")),
    ("level_3", re.compile(r"\d{1,2}[.．](?!\d)|[（(]\d{1,2}[）)]")),
)
# A heading is short and does not end a sentence; what follows the number in a running text stays 仿宋.
_LONGEST_HEADING = 40


def passages(text: str) -> tuple[Passage, ...]:
    """A text typed by a person, a paragraph for each line; headings are known by their numbers 一、（一） 1."""
    return tuple(_passage(line.strip()) for line in text.splitlines() if line.strip())


def attachments(words: str, titles: Sequence[str]) -> tuple[Block, ...]:
    """附件：1.… after an empty line; the further ones stand under the first, none has a mark at its end."""
    if not titles:
        return ()
    if len(titles) == 1:
        return (Space(height_mm=LINE_MM), Passage(text=f"{words}{titles[0]}"))
    first, *more = (f"{number}. {title}" for number, title in enumerate(titles, start=1))
    return (
        Space(height_mm=LINE_MM),
        Passage(text=f"{words}{first}"),
        *(Passage(text=title, style="listed") for title in more),
    )


def _passage(line: str) -> Passage:
    for style, begins in _LEVELS:
        if begins.match(line):
            is_heading = len(line) <= _LONGEST_HEADING and line[-1] not in "。；;"
            return Passage(text=line, style=style if is_heading or style == "level_3" else "body")
    return Passage(text=line)
