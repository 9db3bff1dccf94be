"""Text tables: encodings, marks between cells, and cells that must come through exactly."""

from __future__ import annotations

import codecs

import pytest

from gzdesk.errors import UserError
from gzdesk.workbooks.formula_guard import guarded
from tests.workbooks.made import first_sheet

ROWS = [["姓名", "编号"], ["䶮𠮷", "007"], ["苏丽芬", "440000196805120012"]]


def written(mark: str = ",", end: str = "\r\n") -> str:
    return end.join(mark.join(row) for row in ROWS) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_usual_encoding_and_mark(encoding: str, mark: str) -> None:
    assert first_sheet(written(mark).encode(encoding), "a.csv").rows == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line(end: str) -> None:
    assert first_sheet(written(end=end).encode(), "a.csv").rows == ROWS


def test_a_big_endian_text_is_read() -> None:
    content = codecs.BOM_UTF16_BE + written("\t").encode("utf-16-be")
    assert first_sheet(content, "a.csv").rows == ROWS


def test_quotes_hold_marks_lines_and_quotes() -> None:
    text = '名称,说明\r\n"灯会,夜场","第一行\n第二行 ""好"""\r\n'
    assert first_sheet(text.encode("gb18030"), "a.csv").rows[1] == ["灯会,夜场", '第一行\n第二行 "好"']


def test_marks_within_quotes_do_not_decide() -> None:
    text = 'a;b\n"1,2,3,4";x\n"5,6,7,8";y\n'
    assert first_sheet(text.encode(), "a.csv").rows == [["a", "b"], ["1,2,3,4", "x"], ["5,6,7,8", "y"]]


def test_the_mark_can_be_said_in_the_first_line() -> None:
    assert first_sheet(b"sep=;\r\na,1;b\r\n", "a.csv").rows == [["a,1", "b"]]


def test_how_programs_keep_a_number_a_text_is_undone() -> None:
    assert first_sheet('编号,名\n="00731",x\n'.encode(), "a.csv").rows[1] == ["00731", "x"]


@pytest.mark.parametrize("text", ["=1+1", "+86 139", "-5", "@某", "'=x", "平常"])
def test_texts_that_were_kept_from_being_formulas_come_back(text: str) -> None:
    content = f"名,数\n{guarded(text)},1\n".encode()
    assert first_sheet(content, "a.csv").rows[1][0] == text


def test_a_text_of_another_encoding_or_none_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        first_sheet(b"a,b\n\xff\xfe\xfd\x80\x81,\xff\n", "a.csv")
    assert caught.value.code == "not_a_table"


def test_a_cell_that_never_ends_is_no_table() -> None:
    with pytest.raises(UserError) as caught:
        first_sheet(b'a,"' + b"x" * 200_000, "a.csv")
    assert caught.value.code == "damaged_table"
