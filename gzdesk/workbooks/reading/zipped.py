"""The parts of a workbook that is a ZIP file (.xlsx, .xlsm), checked before anything is built from them.

A few kilobytes can unfold to gigabytes, and one stray cell in the last row makes a reader lay out the whole sheet:
every part is unfolded once within limits, and the extent of a sheet is known before its cells are made.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from gzdesk.i18n import gettext as _
from gzdesk.workbooks.reading.refusals import (
    MOST_CELLS,
    MOST_ROWS,
    damaged_table,
    empty_table,
    encrypted_table,
    not_a_table,
    save_as_excel,
    too_many_rows,
)
from gzdesk.workbooks.reading.sheet import Cell, Unread

_MOST_PARTS = 5_000
_MOST_PART_BYTES = 200_000_000
_MOST_ALL_BYTES = 400_000_000
_WORKBOOK = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CLOSED, _ENCRYPTED_ENTRY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), 0x1

_ROW, _ROW_WITH_PREFIX = re.compile(rb"<row\b[^>]*>"), re.compile(rb"<\w+:row\b[^>]*>")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)")
# As programs write it, found at the speed of memory; the other spellings XML allows are looked for one by one.
_FAR = re.compile(rb' r="(?:[A-Za-z]{2}|[A-Za-z]\d{6})')
_FAR_SPELT_OTHERWISE = re.compile(rb"\sr\s*=\s*[\"'](?:[A-Za-z]{2}|[A-Za-z]\d{6})")
_OTHER_SPELLINGS = (b"r =", b"r= ")
_LEAST_BYTES_PER_VALUE = len(b"<v>0</v>")
_KEPT_BYTES = 16_000_000
_HEAD_BYTES = 2000
# The native reader makes room for as many texts as the list of texts claims to have.
_CLAIMED_STRINGS = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?(\d+)")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_COLUMN_ENDS = re.compile(rb"\b(min|max)\s*=\s*[\"'](\d+)")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>((?:(?!</(?:\w+:)?c>).){0,4000})</(?:\w+:)?c>", re.DOTALL)
# With something between its ends: some programs write an empty cell as two tags.
_OPEN_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>(?!\s*</)")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*[^/]>[^<]|<(?:\w+:)?v>[^<]|<(?:\w+:)?t\b[^>]*>[^<]")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d+)[\"']")
_WHOLE = re.compile(rb"<(?:\w+:)?v>(\d{1,15})</")
_ZEROS, _ZEROS_ALONE = re.compile(rb"formatCode=[\"']0{2,}[\"']"), re.compile(r"0{2,15}")
_IS_NO_NUMBER = re.compile(rb"\bt\s*=\s*[\"'](?!n[\"'])")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")


class _Listed(NamedTuple):
    """A sheet as the workbook lists it, and the part that holds its cells."""

    name: str
    path: str
    hidden: bool


class Zipped:
    """An opened workbook of that kind; every part of it was unfolded once and is whole."""

    def __init__(self, content: bytes) -> None:
        self._kept: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise damaged_table() from error
        self._refuse_other_kinds(names)
        self._check_parts()

    def sheet_names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the sheets that a person sees, and of the hidden ones."""
        sheets = list(self._sheets())
        return (
            tuple(sheet.name for sheet in sheets if not sheet.hidden),
            tuple(sheet.name for sheet in sheets if sheet.hidden),
        )

    def sheet_part(self, name: str) -> bytes:
        """The text of the sheet of that name."""
        return next((self._read(sheet.path) for sheet in self._sheets() if sheet.name == name), b"")

    def zero_formats(self) -> dict[bytes, int]:
        """The cell styles that show a number with leading zeros (000000), and to how many digits."""
        name = next((name for name in self._zip.namelist() if name.lower() == "xl/styles.xml"), None)
        styles = self._read(name) if name else b""
        if not _ZEROS.search(styles):
            return {}
        widths: dict[str, int] = {}
        found: dict[bytes, int] = {}
        for item in _elements(styles):
            kind = item.tag.rpartition("}")[2]
            if kind == "numFmt" and _ZEROS_ALONE.fullmatch(item.get("formatCode", "")):
                widths[item.get("numFmtId", "")] = len(item.get("formatCode", "").strip('"'))
            elif kind == "cellXfs":
                for style, form in enumerate(item):
                    if form.get("numFmtId") in widths:
                        found[str(style).encode()] = widths[form.get("numFmtId", "")]
        return found

    def _refuse_other_kinds(self, names: list[str]) -> None:
        if not names:
            raise empty_table()
        known = {name.lower() for name in names}
        if _WORKBOOK in known:
            return
        if "xl/workbook.bin" in known:
            raise save_as_excel("*.xlsb")
        if "mimetype" in known and "content.xml" in known:
            raise save_as_excel("*.ods")
        if any(name.endswith(".iwa") for name in known):
            raise save_as_excel("*.numbers")
        if "word/document.xml" in known:
            raise not_a_table(_("a text document"))
        if "ppt/presentation.xml" in known:
            raise not_a_table(_("a presentation"))
        raise not_a_table(_("a packed folder"))

    def _check_parts(self) -> None:
        parts = self._zip.infolist()
        if any(part.flag_bits & _ENCRYPTED_ENTRY for part in parts):
            raise encrypted_table()
        wanted = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        sizes = [part.file_size for part in wanted]
        if len(parts) > _MOST_PARTS or sum(sizes) > _MOST_ALL_BYTES or max(sizes) > _MOST_PART_BYTES:
            raise too_many_rows()
        for part in wanted:
            content = self._read(part.filename)
            if any(int(claimed) > len(content) for claimed in _CLAIMED_STRINGS.findall(content)):
                raise damaged_table()

    def _read(self, name: str) -> bytes:
        # A part that unfolds to another length or sum than its entry says is refused by the module itself.
        try:
            part = self._zip.getinfo(name)
            if part.compress_type not in _CLOSED:
                raise damaged_table()
            # Most books are small and their parts are asked for again: unfolding them once is enough.
            if name not in self._kept:
                content = self._zip.read(part)
                if sum(map(len, self._kept.values())) + len(content) > _KEPT_BYTES:
                    return content
                self._kept[name] = content
            return self._kept[name]
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, KeyError) as error:
            raise damaged_table() from error
        except (NotImplementedError, RuntimeError, OverflowError) as error:
            raise damaged_table() from error

    def _sheets(self) -> Iterator[_Listed]:
        names = {name.lower(): name for name in self._zip.namelist()}
        targets = {}
        relations = names.get("xl/_rels/workbook.xml.rels")
        for item in _elements(self._read(relations)) if relations else ():
            target = posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/")
            targets[item.get("Id", "")] = names.get(target.lower(), "")
        for item in _elements(self._read(names[_WORKBOOK])):
            if item.tag.rpartition("}")[2] == "sheet":
                path = targets.get(item.get(_RELATION) or item.get(_STRICT_RELATION) or "", "")
                # Sheets of charts and of old macros stand in other folders and hold no cells.
                if "/worksheets/" in path.lower():
                    yield _Listed(item.get("name", ""), path, item.get("state", "visible") != "visible")


def refuse_too_large(part: bytes) -> None:
    """Raise UserError when the cells of a sheet, laid out as a whole, are more than can be held."""
    if len(part) // _LEAST_BYTES_PER_VALUE > MOST_CELLS and part.count(b"<v") > MOST_CELLS:
        raise too_many_rows()
    far = (_FAR if _is_spelt_as_usual(part) else _FAR_SPELT_OTHERWISE).search(part)
    last = 0
    for row in _rows(part):
        number = _ROW_NUMBER.search(row)
        last = max(last + 1, int(number[1]) if number else 0)
    if far is None and last <= MOST_ROWS:
        return  # at most 26 columns and 99,999 rows
    # Coloured and framed cells below and beside a table are no part of it: only those with something in them.
    last, width = _extent_of_values(part)
    if last > MOST_ROWS or last * width > MOST_CELLS:
        raise too_many_rows()


def _extent_of_values(part: bytes) -> tuple[int, int]:
    last = width = 0
    for attributes in _OPEN_CELL.findall(part):
        reference = _REFERENCE.search(b" " + attributes)
        if reference is None:
            return MOST_ROWS + 1, 1  # cells without their place: it cannot be told how far they reach
        last = max(last, int(reference[2]))
        width = max(width, column_index(reference[1]) + 1)
    return last, width


def hidden_rows(part: bytes) -> frozenset[int]:
    """The hidden rows of a sheet, counted from 0."""
    if b"hidden" not in part:
        return frozenset()
    hidden, number = set(), 0
    for row in _rows(part):
        written = _ROW_NUMBER.search(row)
        number = int(written[1]) if written else number + 1
        if _HIDDEN.search(row):
            hidden.add(number - 1)
    return frozenset(hidden)


def hidden_columns(part: bytes) -> frozenset[int]:
    """The hidden columns of a sheet, counted from 0."""
    hidden: set[int] = set()
    for column in _COLUMN.findall(part[:1_000_000]):
        ends = {name: int(number) for name, number in _COLUMN_ENDS.findall(column)}
        if _HIDDEN.search(column) and b"min" in ends and b"max" in ends:
            hidden.update(range(ends[b"min"] - 1, min(ends[b"max"], 16_384)))
    return frozenset(hidden)


def without_result(part: bytes) -> dict[tuple[int, int], Cell]:
    """The cells that show no value one could take: an error, or a formula that was never reckoned."""
    # Only as far as the cells reach: a footer begins with `<f` too.
    end = part.rfind(b"sheetData>")
    formula = b"<f" if _has_no_prefix(part) else b":f"
    signs = (formula, b't="e"', b"t='e'") if b"'" in part else (formula, b't="e"')
    if all(part.find(sign, 0, end) < 0 for sign in signs):
        return {}
    found: dict[tuple[int, int], Cell] = {}
    for attributes, inner in _CELL.findall(part):
        reference = _REFERENCE.search(b" " + attributes)
        if reference is None:
            continue
        at = (int(reference[2]) - 1, column_index(reference[1]))
        if _IS_ERROR.search(b" " + attributes):
            found[at] = Unread.ERROR
        elif _FORMULA.search(inner) and not _VALUE.search(inner):
            found[at] = Unread.FORMULA
    return found


def with_zeros(part: bytes, formats: dict[bytes, int]) -> dict[tuple[int, int], Cell]:
    """The cells whose number is shown with leading zeros, as the text that a person sees."""
    found: dict[tuple[int, int], Cell] = {}
    for attributes, inner in _CELL.findall(part) if formats else ():
        style, reference = _STYLE.search(b" " + attributes), _REFERENCE.search(b" " + attributes)
        value = _WHOLE.search(inner)
        if style and reference and value and style[1] in formats and not _IS_NO_NUMBER.search(attributes):
            at = (int(reference[2]) - 1, column_index(reference[1]))
            found[at] = value[1].decode().zfill(formats[style[1]])
    return found


def _rows(part: bytes) -> list[bytes]:
    return (_ROW if _has_no_prefix(part) else _ROW_WITH_PREFIX).findall(part)


def _has_no_prefix(part: bytes) -> bool:
    return b"<worksheet" in part[:_HEAD_BYTES] and b":row" not in part


def _is_spelt_as_usual(part: bytes) -> bool:
    body = part.find(b">", 100)
    if any(part.find(blank, body) >= 0 for blank in (b"\n", b"\t", b"\r")):
        return False
    if b"'" in part and b"r='" in part:
        return False
    return not any(spelling in part for spelling in _OTHER_SPELLINGS)


def column_index(letters: bytes) -> int:
    """The column that Excel calls so: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1


def _elements(part: bytes) -> list[ElementTree.Element]:
    try:
        return list(ElementTree.fromstring(part).iter())
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise damaged_table() from error
