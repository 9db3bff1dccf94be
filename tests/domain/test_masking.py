"""What a list may show of a person's numbers: never enough to call them, never the birth date of an ID number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gzdesk.domain.masking import hides_numbers, masked, masked_values
from gzdesk.domain.record_type import Field
from gzdesk.domain.rules.words import is_id_number
from tests.domain.shelf import TYPES

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _field(**changes: object) -> Field:
    return Field(**{"name": "x", "kind": "text", "zh": "号码", "en": "Number", "personal": True, **changes})


ID, PHONE, CONTACT = _field(form="id_number"), _field(form="phone"), _field(form="contact")
NAME, NOTE, TITLE = _field(), _field(kind="note", personal=False), _field(personal=False)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Valid ID numbers: a region, a birthday, a sequence number, the check character."""
    region = draw(st.integers(100000, 659999))
    birthday = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    body = f"{region}{birthday:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@given(id_numbers())
def test_an_id_number_keeps_its_first_and_last_character_only(number: str) -> None:
    assert is_id_number(number)
    shown = masked(ID, number)
    assert shown == number[0] + "*" * 16 + number[-1]
    assert masked(ID, number, phones=False) == shown, "no setting shows it"


@given(
    id_numbers(), st.text(alphabet="身份证号：，。 abc", max_size=8), st.text(alphabet="，。）z", max_size=8)
)
def test_an_id_number_typed_where_it_does_not_belong_is_hidden_too(
    number: str, before: str, after: str
) -> None:
    for field in (NOTE, NAME, CONTACT, PHONE):
        shown = masked(field, before + number + after)
        assert number not in shown
        assert number[6:14] not in shown, "the birth date"
    assert number not in masked(NOTE, before + number + after, phones=False)


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(alphabet="电话：微信 张三", max_size=8))
def test_a_phone_number_cannot_be_called(number: str, words: str) -> None:
    assert masked(PHONE, number) == f"{number[:3]}****{number[-4:]}"
    for field in (NAME, CONTACT):
        shown = masked(field, words + number)
        assert number not in shown
        assert f"{number[:3]}****{number[-4:]}" in shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("1３8１2345678", "1３8****5678"),
        ("0760-22345678", "****-****5678"),
        ("22345678", "****5678"),
        ("661234", "***234"),
        ("", ""),
    ],
)
def test_phone_numbers_of_all_lengths(written: str, shown: str) -> None:
    assert masked(PHONE, written) == shown


def test_a_contact_that_is_no_number_keeps_its_beginnings() -> None:
    assert masked(CONTACT, "微信 chenxiaoming") == "微* c***********"
    assert masked(CONTACT, "微信 13812345678") == "微信 138****5678"


def test_names_and_figures_stay_readable() -> None:
    assert masked(NAME, "陈小明") == "陈小明"
    assert masked(TITLE, "GZ-2019-1107 第12345678号") == "GZ-2019-1107 第12345678号"
    assert masked(NOTE, "编号123456789012345678") == "编号123456789012345678"
    assert masked(PHONE, "13812345678", phones=False) == "13812345678"
    assert not hides_numbers(TITLE)


@given(st.text(max_size=60))
def test_any_text_may_come(text: str) -> None:
    for field in (ID, PHONE, CONTACT, NAME, NOTE, TITLE):
        assert len(masked(field, text)) <= len(text)


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_whole_bodies_are_masked_by_what_their_type_declares(number: str) -> None:
    assume(number not in "440000123456")
    volunteer = TYPES.by_id["volunteer"]
    shown = masked_values(volunteer, {"name": "李秀英", "phone": number, "remark": "好", "hours": 3})
    assert number not in str(shown)
    assert (shown["name"], shown["hours"]) == ("李秀英", 3)
    assert masked_values(None, {"phone": number}) == {"phone": number}
