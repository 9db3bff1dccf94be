"""Reading records from files and standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.cli.intake import read_object, read_objects
from gzdesk.errors import UserError

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
OBJECTS = st.dictionaries(
    TEXTS.filter(lambda name: name != "values"), st.one_of(TEXTS, st.integers(), st.booleans())
)


def _file(folder: Path, text: str | bytes) -> str:
    path = folder / "records.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(path)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '[{"a": 1}]',
        '{"a": 1}\n',
        '\ufeff{"a": 1}',
        '\n\n{"a":\n1}\n',
        '{"id": "x", "type": "film", "values": {"a": 1}}',
    ],
)
def test_one_record_in_many_forms(tmp_path: Path, text: str) -> None:
    assert read_objects(_file(tmp_path, text)) == [{"a": 1}]


@pytest.mark.parametrize(
    "text", ['[{"a": 1}, {"b": "二"}]', '{"a": 1}\n{"b": "二"}\n', '{"a": 1}\n\n{"b": "二"}']
)
def test_several_records(tmp_path: Path, text: str) -> None:
    assert read_objects(_file(tmp_path, text)) == [{"a": 1}, {"b": "二"}]


@given(records=st.lists(OBJECTS, min_size=1, max_size=5))
def test_an_array_and_lines_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("records")
    array = read_objects(_file(folder, json.dumps(records)))
    lines = read_objects(_file(folder, "\n".join(json.dumps(record) for record in records)))
    assert array == lines == records


def test_a_number_with_a_point_keeps_its_digits(tmp_path: Path) -> None:
    assert read_objects(_file(tmp_path, '{"area": 860.10}')) == [{"area": "860.10"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_input"),
        ("  \n", "empty_input"),
        ("{", "not_json"),
        ('{"a": NaN}', "not_json"),
        ('{"a": 1, "a": 2}', "not_json"),
        ('{"a": 1}\n{"a": \n', "not_json"),
        ("[1]", "not_an_object"),
        ('"text"', "not_an_object"),
        (b"\xb9\xc5\xcb\xc4", "not_utf8"),
        ('{"name": "\\ud842"}', "not_utf8"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_objects(_file(tmp_path, text))
    assert caught.value.code == code
    assert caught.value.hint


def test_the_line_at_fault_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="3"):
        read_objects(_file(tmp_path, '{"a": 1}\n\n{"a": oops}\n{"a": 1}'))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_objects(str(tmp_path / "nowhere.json"))
    assert caught.value.code == "unreadable_file"


def test_a_change_is_one_record(tmp_path: Path) -> None:
    assert read_object(_file(tmp_path, '{"a": 1}')) == {"a": 1}
    with pytest.raises(UserError, match="2"):
        read_object(_file(tmp_path, '[{"a": 1}, {"a": 2}]'))
