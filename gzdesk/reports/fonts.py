"""The faces of printed sheets: which font draws which character, and how wide it is.

Each face is a chain of fonts, asked in order for every character. To add a font: `installers/fonts.py` and
`_CHAINS` below.
"""

from __future__ import annotations

import mmap
import os
import unicodedata
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from gzdesk import assets

# Set where no font has the character: the printer's sign for a missing type, which nobody takes for a name.
MISSING_SIGN = "〓"

# Fonts of the PC with Han characters that we do not ship, all of Extension B. TrueType outlines only.
SYSTEM_FALLBACKS: tuple[Path, ...] = (
    Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts", "simsunb.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)


_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


class Face(Enum):
    """A kind of lettering: 宋体 for what is read, 黑体 for heads; the last four are those of official documents."""

    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    SANS = "sans"
    SANS_BOLD = "sans_bold"
    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    KAI = "kai"  # 楷体
    HEI = "hei"  # 黑体


_CHAINS: dict[Face, tuple[str, ...]] = {
    Face.SERIF: ("NotoSerifSC-Regular", "RareHan"),
    Face.SERIF_BOLD: ("NotoSerifSC-Bold", "NotoSerifSC-Regular", "RareHan"),
    Face.SANS: ("NotoSansSC-Regular", "NotoSerifSC-Regular", "RareHan"),
    Face.SANS_BOLD: ("NotoSansSC-Bold", "NotoSansSC-Regular", "NotoSerifSC-Regular", "RareHan"),
    Face.TITLE: ("NotoSerifSC-Bold", "NotoSerifSC-Regular", "RareHan"),
    Face.BODY: ("NotoSerifSC-Regular", "RareHan"),
    Face.KAI: ("NotoSerifSC-Regular", "RareHan"),
    Face.HEI: ("NotoSansSC-Regular", "NotoSerifSC-Regular", "RareHan"),
}

# What GB/T 9704 asks for needs a licence and is not shipped; where the PC has it, it goes before our own. The first
# file that is there and that reportlab can read is taken.
_OFFICIAL: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("FZXBSJW.TTF", "FZXBSK.TTF", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf", "STZHONGS.TTF"),
    Face.BODY: ("仿宋_GB2312.ttf", "SIMFANG.TTF", "FSGB2312.TTF", "STFANGSO.TTF", "FZFSK.TTF"),
    Face.KAI: ("楷体_GB2312.ttf", "SIMKAI.TTF", "KTGB2312.TTF", "STKAITI.TTF", "FZKTK.TTF"),
    Face.HEI: ("SIMHEI.TTF", "FZHTK.TTF"),
}
FONT_FOLDERS: tuple[Path, ...] = (
    Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
    Path(os.environ.get("LOCALAPPDATA", "~"), "Microsoft", "Windows", "Fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
)


class Glyph(NamedTuple):
    """How one character is set: the font, its width in 1/1000 of the size, and the character drawn."""

    font: str
    width: float
    shown: str


class Run(NamedTuple):
    """Neighbouring characters of one font, with their width in 1/1000 of the size."""

    font: str
    text: str
    width: float


class _Glyphs(dict[str, Glyph]):
    """The glyphs of a face, looked up once per character."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> Glyph:
        found = self._invisible(char) or _find(self._face, char)
        if found is None:
            found = self[MISSING_SIGN]._replace(shown=MISSING_SIGN)
        self[char] = found
        return found

    def _invisible(self, char: str) -> Glyph | None:
        """A space for a control character; nothing at all for what only says how to show its neighbour."""
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            return self[" "]
        if category == "Cf" or char in _VARIATION_SELECTORS:
            return self[" "]._replace(width=0.0, shown="")
        return None


@cache
def glyphs(face: Face) -> dict[str, Glyph]:
    """Every character of a face; one without a glyph gives the sign for a missing type."""
    return _Glyphs(face)


@lru_cache(maxsize=20_000)
def runs(text: str, face: Face) -> tuple[Run, ...]:
    """The text cut where the font changes."""
    table = glyphs(face)
    found: list[Run] = []
    for glyph in map(table.__getitem__, text):
        if found and found[-1].font == glyph.font:
            last = found[-1]
            found[-1] = Run(last.font, last.text + glyph.shown, last.width + glyph.width)
        else:
            found.append(Run(glyph.font, glyph.shown, glyph.width))
    return tuple(found)


def width_pt(text: str, face: Face, size_pt: float) -> float:
    """Width of one line of text in points."""
    table = glyphs(face)
    return sum(table[char].width for char in text) * size_pt / 1000


def has_glyph(char: str) -> bool:
    """Whether the character can be printed. Every face reaches the same characters through its chain."""
    return char == MISSING_SIGN or glyphs(Face.SERIF)[char].shown != MISSING_SIGN


def _find(face: Face, char: str) -> Glyph | None:
    code = ord(char)
    for name in (*_installed(face), *_CHAINS[face], *_system_fonts()):
        font = _font(name)
        if code in font.face.charToGlyph:
            return Glyph(name, font.face.getCharWidth(code), char)
    return None


class _MappedFile:
    """A font file that reportlab reads a few pages of, instead of keeping all 14 MB of each in memory."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)

    def read(self) -> mmap.mmap:
        """The file's bytes; what was never looked at is never loaded."""
        with Path(self.name).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _font(name: str) -> ttfonts.TTFont:
    """Load a font when its first character is needed; most sheets never need the last ones of a chain."""
    path = Path(name) if os.sep in name else assets.resource_path("fonts", f"{name}.ttf")
    font = ttfonts.TTFont(name, _MappedFile(path))
    pdfmetrics.registerFont(font)
    return font


@cache
def _system_fonts() -> tuple[str, ...]:
    return tuple(str(path) for path in SYSTEM_FALLBACKS if path.is_file())


@cache
def _installed(face: Face) -> tuple[str, ...]:
    """The PC's own font for a face of official documents, if it has one."""
    for name in _OFFICIAL.get(face, ()):
        path = _font_files().get(name.lower())
        if path is None:
            continue
        try:
            _font(path)
        except (OSError, ttfonts.TTFError):  # outlines or a licence that a PDF can't take in
            continue
        return (path,)
    return ()


@cache
def _font_files() -> dict[str, str]:
    """The PC's font files by their names in small letters."""
    wanted = {name.lower() for names in _OFFICIAL.values() for name in names}
    return {
        file.lower(): str(Path(folder, file))
        for top in FONT_FOLDERS
        for folder, _folders, files in os.walk(top)
        for file in files
        if file.lower() in wanted
    }


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """The PDF table that gives text its characters back when it is copied or searched.

    reportlab writes U+2B5AF as `<2B5AF>`, which readers take for another character; the format asks for
    UTF-16, and for blocks of at most 100 entries (PDF 32000-1, 9.10.3).
    """
    entries = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *body,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


# The one place where reportlab is changed; tests/reports/test_fonts.py extracts the characters again.
ttfonts.makeToUnicodeCMap = _to_unicode
