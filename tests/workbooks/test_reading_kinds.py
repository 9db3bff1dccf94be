"""What a file is, is told by what is in it; what cannot be read is said in a sentence, never a crash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.workbooks.reading import book as book_module
from gzdesk.workbooks.reading.book import open_book, read_file, read_sheet
from gzdesk.workbooks.reading.sheet import Unread
from tests.workbooks.made import SAMPLES, first_sheet, repacked, workbook

ROWS = [["片名", "片种"], ["流浪地球", "故事片"]]
HTML = "<html><body><table><tr><th>片名<th>片种</tr><tr><td>流浪地球<td>故事片</table>"


def refused(content: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(UserError) as caught:
        first_sheet(content, name)
    assert caught.value.message
    assert caught.value.hint
    return caught.value.code


@pytest.mark.parametrize("name", ["片目.xlsx", "片目.xls", "片目.csv", "片目.et", "片目"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook(ROWS), "xlsx"),
        (HTML.encode("utf-8"), "html"),
        (HTML.replace("<html>", "<html><meta charset=gb2312>").encode("gb18030"), "html"),
        ("片名,片种\r\n流浪地球,故事片\r\n".encode("gb18030"), "csv"),
        ("片名\t片种\n流浪地球\t故事片\n".encode("utf-16"), "csv"),
    ],
    ids=["xlsx", "html", "html in GB 18030", "csv", "text of Excel"],
)
def test_the_content_tells_the_kind_whatever_the_name_says(content: bytes, kind: str, name: str) -> None:
    book = open_book(content, name=name)
    assert book.kind == kind
    assert read_sheet(book, book.sheets[0]).rows == ROWS


def test_an_old_workbook_is_read_whatever_its_name_says() -> None:
    for name in ("a.xls", "a.et", "a.xlsx"):
        book = open_book((SAMPLES / "register.xls").read_bytes(), name=name)
        assert (book.kind, book.sheets) == ("xls", ("放映登记", "说明"))


def test_macros_are_not_looked_at() -> None:
    made = repacked(workbook(ROWS), xl__vbaProject_bin=b"\xd0\xcf\x11\xe0 macros")
    assert first_sheet(made, "带宏.xlsm").rows == ROWS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_table"),
        (b"\xef\xbb\xbf\r\n  \r\n", "empty_table"),
        (b"PK\x05\x06" + bytes(18), "empty_table"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\xff\xd8\xff\xe0 a photo", "not_a_table"),
        (b"\x00\x01\x02\x03 a program\x00", "not_a_table"),
        (b"{\\rtf1 text}", "not_a_table"),
        (b"PK\x03\x04 cut off", "damaged_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "damaged_table"),
        ((SAMPLES / "encrypted.xlsx").read_bytes(), "encrypted_table"),
        ((SAMPLES / "plain.ods").read_bytes(), "not_a_table"),
        (workbook(ROWS)[:-100], "damaged_table"),
        ((SAMPLES / "register.xls").read_bytes()[:3000], "damaged_table"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "not_a_table"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "not_a_table",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_said(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("part", "word"),
    [("word/document.xml", "文字文档"), ("ppt/presentation.xml", "演示文稿"), ("photo.jpg", "压缩包")],
)
def test_other_packed_files_are_named(part: str, word: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(part, "x")
    with pytest.raises(UserError, match=word):
        open_book(out.getvalue(), name="a.xlsx")


def _renamed_stream(name: str) -> bytes:
    """A compound file whose workbook goes by another name, as other programs call theirs."""
    content = (SAMPLES / "empty.xls").read_bytes()
    old = "Workbook".encode("utf-16-le")
    at = content.index(old)
    entry = name.encode("utf-16-le")
    made = bytearray(content)
    made[at : at + 64] = entry.ljust(64, b"\0")
    made[at + 64 : at + 66] = (len(entry) + 2).to_bytes(2, "little")
    return bytes(made)


def test_a_text_document_of_wps_is_named_and_a_table_of_wps_in_its_own_form_too() -> None:
    with pytest.raises(UserError, match="文字文档"):
        open_book(_renamed_stream("WordDocument"), name="通知.wps")
    with pytest.raises(UserError, match=r"\*\.et") as caught:
        open_book(_renamed_stream("Other"), name="登记.et")
    assert "WPS" in caught.value.hint


def test_an_old_workbook_with_a_password_is_named() -> None:
    content = bytearray((SAMPLES / "register.xls").read_bytes())
    start = content.index(b"\x09\x08\x10\x00")
    follows = start + 4 + 16
    content[follows : follows + 2] = b"\x2f\x00"  # FILEPASS
    assert refused(bytes(content), "a.xls") == "encrypted_table"


def test_an_empty_sheet_has_no_rows() -> None:
    assert first_sheet((SAMPLES / "empty.xls").read_bytes()).rows == []
    assert first_sheet(workbook([])).rows == []


def test_a_file_that_unfolds_to_far_too_much_is_refused_before_it_does() -> None:
    sheet = b"<worksheet><sheetData>" + b" " * 250_000_000
    assert refused(repacked(workbook(ROWS), xl__worksheets__sheet1_xml=sheet)) == "too_many_rows"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(
        repacked(workbook(ROWS), xl__worksheets__sheet1_xml=b"<worksheet>" + b" " * 1_000_000)
    )
    size = (1_000_011).to_bytes(4, "little")
    while size in content:
        at = content.index(size)
        content[at : at + 4] = (11).to_bytes(4, "little")
    assert refused(bytes(content)) == "damaged_table"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD100000"])
def test_one_stray_cell_far_away_is_refused_before_the_sheet_is_laid_out(cell: str) -> None:
    row = cell.lstrip("AXFD")
    part = f'<worksheet><sheetData><row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    assert refused(repacked(workbook(ROWS), xl__worksheets__sheet1_xml=part.encode())) == "too_many_rows"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c\nr="XFD999999"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r='XFD999999'><v>1</v></c></row>",
        '<row r="1048576"><c><v>1</v></c></row>',
        '<x:row r="1048576"><x:c><x:v>1</x:v></x:c></x:row>',
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_however_a_far_cell_is_spelt_it_is_seen(rows: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<worksheet xmlns="{space}" xmlns:x="{space}"><sheetData>{rows}</sheetData></worksheet>'
    made = repacked(workbook(ROWS), xl__worksheets__sheet1_xml=part.encode())
    assert refused(made) == "too_many_rows"


def test_framed_cells_far_below_the_table_are_no_part_of_it() -> None:
    def frame(sheet: object) -> None:
        for cell in ("A300000", "XFD1"):
            sheet[cell].number_format = "0.0"  # type: ignore[index]

    assert first_sheet(workbook(ROWS, dress=frame)).rows[:2] == ROWS


def test_more_rows_than_can_be_held_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gzdesk.workbooks.reading.texts.MOST_ROWS", 10)
    assert refused(b"a,b\n" * 11, "a.csv") == "too_many_rows"
    assert len(first_sheet(b"a,b\n" * 10, "a.csv").rows) == 10


def test_a_file_that_cannot_be_read_or_is_far_too_large_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError) as caught:
        read_file(tmp_path / "没有.xlsx")
    assert caught.value.code == "unreadable_file"
    (tmp_path / "大.csv").write_bytes(b"123456")
    monkeypatch.setattr(book_module, "MOST_BYTES", 5)
    with pytest.raises(UserError) as caught:
        read_file(tmp_path / "大.csv")
    assert caught.value.code == "too_many_rows"


def test_formulas_give_their_results_and_tell_when_there_is_none() -> None:
    for name in ("formulas.xlsx", "formulas.xls"):
        rows = first_sheet((SAMPLES / name).read_bytes()).rows
        assert [row[4] for row in rows[1:]] == [120, 12, 132, Unread.ERROR], name
    rows = first_sheet((SAMPLES / "not_reckoned.xlsx").read_bytes()).rows
    assert {row[4] for row in rows[1:]} == {Unread.FORMULA}


def test_hidden_rows_and_columns_are_known() -> None:
    old = first_sheet((SAMPLES / "register.xls").read_bytes())
    assert (old.hidden_rows, old.hidden_columns) == ({5}, {6})

    def hide(sheet: object) -> None:
        sheet.row_dimensions[2].hidden = True  # type: ignore[attr-defined]
        sheet.column_dimensions["B"].hidden = True  # type: ignore[attr-defined]

    new = first_sheet(workbook(ROWS, dress=hide))
    assert (new.hidden_rows, new.hidden_columns) == ({1}, {1})


def test_numbers_shown_with_leading_zeros_keep_them() -> None:
    def dress(sheet: object) -> None:
        sheet["A2"].number_format = "000000"  # type: ignore[index]

    assert first_sheet(workbook([["编号", "数"], [731, 731]], dress=dress)).rows[1] == ["000731", 731]


def test_a_sheet_is_asked_for_by_its_name() -> None:
    book = open_book(workbook(ROWS, [["二"]]), name="a.xlsx")
    assert book.sheets == ("表1", "表2")
    assert read_sheet(book, "表2").rows == [["二"]]
    with pytest.raises(UserError) as caught:
        read_sheet(book, "表3")
    assert caught.value.code == "unknown_sheet"


def test_a_hidden_sheet_is_not_offered_but_can_be_asked_for() -> None:
    def hide(sheet: object) -> None:
        sheet.sheet_state = "hidden"  # type: ignore[attr-defined]

    book = open_book(workbook([["旧"]], ROWS, dress=hide), name="a.xlsx")
    assert (book.sheets, book.hidden_sheets) == (("表2",), ("表1",))
    assert read_sheet(book, "表1").rows == [["旧"]]
