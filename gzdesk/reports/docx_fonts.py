"""The fonts that a .docx names, and under which other names a PC may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from gzdesk.reports.fonts import Face

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Latin letters and figures, Chinese. The standard asks for 仿宋; a PC that has only one of the two takes the other.
FONTS: dict[Face, tuple[str, str]] = {
    Face.TITLE: ("方正小标宋简体", "方正小标宋简体"),
    Face.BODY: ("仿宋_GB2312", "仿宋_GB2312"),
    Face.KAI: ("楷体_GB2312", "楷体_GB2312"),
    Face.HEI: ("黑体", "黑体"),
    Face.SERIF: ("宋体", "宋体"),
    Face.SERIF_BOLD: ("宋体", "宋体"),
    Face.SANS: ("黑体", "黑体"),
    Face.SANS_BOLD: ("黑体", "黑体"),
}
_ALSO = {
    "方正小标宋简体": "方正小标宋_GBK;华文中宋;STZhongsong;宋体;SimSun;Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋;FangSong;华文仿宋;STFangsong;Noto Serif CJK SC",
    "楷体_GB2312": "楷体;KaiTi;华文楷体;STKaiti;Noto Serif CJK SC",
    "黑体": "SimHei;Noto Sans CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}
_TABLE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>"""
_FONT = """<w:font w:name="{name}"><w:altName w:val="{also}"/><w:charset w:val="86"/></w:font>"""


def name_fonts(made: WordDocument) -> None:
    """Write the other names into the table of fonts that every .docx carries."""
    fonts = "".join(_FONT.format(name=name, also=also) for name, also in _ALSO.items())
    for relation in made.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = _TABLE.format(fonts=fonts).encode("utf-8")
