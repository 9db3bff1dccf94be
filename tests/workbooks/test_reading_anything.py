"""Whatever is handed in comes out as rows or as a sentence: cut files, flipped bits, broken parts, no file at all."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.errors import UserError
from gzdesk.workbooks.reading.book import open_book, read_sheet
from gzdesk.workbooks.reading.table import find_table
from tests.workbooks.made import SAMPLES, WORDS, repacked, workbook

CODES = {"not_a_table", "encrypted_table", "empty_table", "damaged_table", "too_many_rows"}


def outcome(content: bytes) -> str:
    """How reading everything in the file ends: `read`, or the code of a refusal."""
    try:
        book = open_book(content, name="x.xlsx")
        for name in (*book.sheets, *book.hidden_sheets):
            find_table(read_sheet(book, name), is_heading=lambda text: text in WORDS)
    except UserError as error:
        return error.code
    return "read"


@cache
def samples() -> tuple[bytes, ...]:
    files = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in (".xls", ".xlsx")]
    texts = [
        "姓名,电话\r\n䶮𠮷,139\r\n".encode("gb18030"),
        "姓名;电话\r\n䶮𠮷;139\r\n".encode("utf-16"),
        b"<html><table><tr><td rowspan=2>a<td colspan=3>b<tr><td>c</table>",
    ]
    return (*files, workbook([["姓名", "电话"], ["苏丽芬", "139"]]), *texts)


@given(content=st.binary(max_size=3000))
def test_arbitrary_bytes(content: bytes) -> None:
    assert outcome(content) in CODES | {"read"}


@given(
    beginning=st.sampled_from(
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>", b"sep=", b"\xff\xfe"]
    ),
    rest=st.binary(max_size=3000),
)
def test_arbitrary_bytes_behind_a_known_beginning(beginning: bytes, rest: bytes) -> None:
    assert outcome(beginning + rest) in CODES | {"read"}


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_arbitrary_text(text: str) -> None:
    assert outcome(text.encode("utf-8")) in CODES | {"read"}


@given(data=st.data())
def test_a_cut_file(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(samples()))
    assert outcome(content[: data.draw(st.integers(0, len(content)))]) in CODES | {"read"}


@given(data=st.data())
def test_flipped_bytes(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(samples())))
    for _turn in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(content)) in CODES | {"read"}


PIECES = [
    b"<", b">", b'"', b"&#x10FFFF;", b"99999999999", b"-1", b'<c r="ZZZ9"><v>1</v></c>', b'<row r="0"/>',
    b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="B9:A1"/>', b' uniqueCount="9999999999"', b"\xff\xfe",
    b"<c/>", b'<c r="A1" t="s"><v>77777</v></c>', b'<c r="1A"><v>x</v></c>', b'<dimension ref="A1:XFD1048576"/>',
]  # fmt: skip


@given(data=st.data())
def test_broken_parts_of_a_workbook(data: st.DataObject) -> None:
    out = io.BytesIO()
    content = data.draw(st.sampled_from([item for item in samples() if item.startswith(b"PK")]))
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        broken = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _turn in range(data.draw(st.integers(1, 4)) if name == broken else 0):
                at = data.draw(st.integers(0, len(part)))
                until = at + data.draw(st.integers(0, 20))
                part[at:until] = data.draw(st.sampled_from(PIECES))
            new.writestr(name, bytes(part))
    assert outcome(out.getvalue()) in CODES | {"read"}


def patched(name: str, at: int, value: bytes) -> bytes:
    content = bytearray((SAMPLES / name).read_bytes())
    content[at : at + len(value)] = value
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        patched("register.xls", 44, b"\xff\xff\xff\x7f"),
        patched("register.xls", 64, b"\xff\xff\xff\x7f"),
        patched("register.xls", 68, b"\x00\x00\x00\x00\xff\xff\x00\x00"),
        patched("register.xls", 48, b"\x00\x00\x00\x00"),
    ],
    ids=["sectors", "short sectors", "a circle of tables", "a folder that is none"],
)
def test_what_an_old_workbook_claims_is_held_against_its_length(content: bytes) -> None:
    assert outcome(content) == "damaged_table"


def test_an_old_workbook_that_claims_a_terabyte_of_cells_is_refused() -> None:
    content = bytearray((SAMPLES / "register.xls").read_bytes())
    at = content.index(b"\x00\x02\x0e\x00")  # DIMENSIONS
    content[at + 4 : at + 16] = b"\x00\x00\x00\x00\x00\x00\xff\x7f\x00\x00\x00\x01"
    assert outcome(bytes(content)) == "too_many_rows"


def test_a_list_of_texts_that_claims_a_terabyte_is_refused() -> None:
    content = (SAMPLES / "formulas.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        strings = file.read("xl/sharedStrings.xml")
    assert b"uniqueCount=" in strings

    claimed = strings.replace(b'uniqueCount="', b'uniqueCount="99999999999')
    assert outcome(repacked(content, xl__sharedStrings_xml=claimed)) == "damaged_table"
