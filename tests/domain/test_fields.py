"""Every kind of field: whatever is typed never breaks, and what is shown reads back to the same value."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.fields import FieldProblem, ParseContext, from_json, parse, to_text
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import FIELD_KINDS, Field, field_from_data
from gzdesk.i18n import set_language
from tests.domain.shelf import CONTEXT, TYPES, UNITS, record_id

CHOICES = [["fine", "晴", "Fine"], ["light_rain", "小雨", "Light rain"], ["other", "其他", "Other"]]
FIELDS = {
    kind: field_from_data(
        {
            "name": kind,
            "kind": kind,
            "zh": "项",
            "en": "Item",
            "choices": CHOICES,
            "decimals": 2,
            "max_length": 60,
        }
    )
    for kind in FIELD_KINDS
}

# What people type and what vandals type: digits, marks and words of these forms, and any text at all.
WORDS = st.sampled_from(
    [*"0123456789０１９.:：-/，、；\n 约半万年月日号点时分至到上下周一二三十百千节假每天晚人次天QqamMp是否"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=16).map("".join))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
MONTHS = DAYS.map(lambda day: day.isoformat()[:7])
TIMES = st.times().map(lambda time: time.isoformat("minutes"))
CLEAN = st.text(min_size=1, max_size=40).map(lambda text: parse(FIELDS["text"], text, CONTEXT)).filter(bool)
SLOTS = st.lists(
    st.tuples(st.integers(1, 8), TIMES, TIMES).filter(lambda slot: slot[1] < slot[2]),
    min_size=1,
    max_size=8,
    unique=True,
).map(lambda rows: [{"weekday": day, "from": start, "to": end} for day, start, end in sorted(rows)])
VALUES = {
    "text": CLEAN,
    "note": st.text(max_size=40).map(lambda text: parse(FIELDS["note"], text, CONTEXT)).filter(bool),
    "integer": st.integers(-(10**11), 10**11),
    "decimal": st.decimals(-(10**9), 10**9, places=2).map(lambda n: from_json(FIELDS["decimal"], str(n), CONTEXT)),
    "date": DAYS.map(date.isoformat),
    "partial_date": st.one_of(DAYS.map(date.isoformat), MONTHS, MONTHS.map(lambda month: month[:4])),
    "month": MONTHS,
    "quarter": st.tuples(st.integers(1900, 2199), st.integers(1, 4)).map(lambda pair: f"{pair[0]}-Q{pair[1]}"),
    "time": TIMES,
    "choice": st.sampled_from(["fine", "light_rain", "other"]),
    "choices": st.sets(st.sampled_from(["fine", "light_rain", "other"]), min_size=1).map(
        lambda codes: [code for code in ("fine", "light_rain", "other") if code in codes]
    ),
    "yes_no": st.booleans(),
    "reference": st.uuids().map(str),
    "references": st.lists(st.uuids().map(str), min_size=1, max_size=6, unique=True),
    "list": st.lists(CLEAN, min_size=1, max_size=6),
    "unit": st.sampled_from([unit.id for unit in UNITS]),
    "units": st.lists(st.sampled_from([unit.id for unit in UNITS]), min_size=1, unique=True),
    "slots": SLOTS,
}  # fmt: skip
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", FIELD_KINDS)
@given(text=TEXTS)
def test_no_text_breaks_a_field(kind: str, text: str) -> None:
    with suppress(FieldProblem):
        value = parse(FIELDS[kind], text, CONTEXT)
        if value is not None:
            assert _checked(FIELDS[kind], value) == value


@pytest.mark.parametrize("kind", [kind for kind in FIELD_KINDS if kind in VALUES])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@given(data=st.data())
def test_what_is_shown_reads_back(kind: str, language: str, data: st.DataObject) -> None:
    set_language(language)
    value = data.draw(VALUES[kind])
    assert parse(FIELDS[kind], to_text(FIELDS[kind], value, UNITS), CONTEXT) == value
    assert from_json(FIELDS[kind], value, CONTEXT) == value


MONEY = field_from_data(
    {"name": "cost", "kind": "decimal", "zh": "金额", "en": "Cost", "unit_en": "yuan", "decimals": 2}
)


@given(value=VALUES["decimal"])
def test_money_is_shown_to_the_fen_and_reads_back(value: str) -> None:
    shown = to_text(MONEY, value)
    assert shown[-3] == "."
    assert parse(MONEY, shown, CONTEXT) == value


@given(value=ANY_JSON)
def test_nothing_breaks_a_sum_of_money(value: object) -> None:
    assert isinstance(to_text(MONEY, value), str)


@pytest.mark.parametrize("kind", FIELD_KINDS)
@given(value=ANY_JSON)
def test_no_typed_value_breaks_a_field(kind: str, value: object) -> None:
    assert isinstance(to_text(FIELDS[kind], value, UNITS), str)
    with suppress(FieldProblem):
        taken = from_json(FIELDS[kind], value, CONTEXT)
        assert _checked(FIELDS[kind], taken) == taken


@pytest.mark.parametrize("kind", FIELD_KINDS)
@pytest.mark.parametrize("empty", ["", " ", "\u3000", "\n"])
def test_nothing_typed_is_no_value(kind: str, empty: str) -> None:
    assert parse(FIELDS[kind], empty, CONTEXT) is None
    assert to_text(FIELDS[kind], None) == ""
    assert from_json(FIELDS[kind], None, CONTEXT) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 5),
        ("text", "字" * 61),
        ("integer", True),
        ("integer", 1.5),
        ("integer", "5"),
        ("integer", 10**12),
        ("decimal", True),
        ("decimal", "1.234"),
        ("decimal", "NaN"),
        ("decimal", float("inf")),
        ("decimal", "１"),
        ("decimal", "1e-999999999"),
        ("decimal", "1e99999999999"),
        ("decimal", 10**400),
        ("decimal", "9" * 13),
        ("date", "2019-2-5"),
        ("date", "2019-02-29"),
        ("date", "2019-02"),
        ("date", 20190205),
        ("partial_date", "2019-13"),
        ("month", "2019"),
        ("quarter", "2019-Q5"),
        ("time", "9:30"),
        ("time", "24:00"),
        ("choice", "雪"),
        ("choices", "晴"),
        ("choices", ["晴", "雪"]),
        ("yes_no", "是"),
        ("yes_no", 1),
        ("reference", "烈火英雄"),
        ("list", "一、二"),
        ("list", [1]),
        ("unit", "横栏镇"),
        ("units", ["曹一村", "横栏镇"]),
        ("slots", [{"weekday": 9, "from": "09:00", "to": "10:00"}]),
        ("slots", [{"weekday": True, "from": "09:00", "to": "10:00"}]),
        ("slots", [{"weekday": 1, "from": "10:00", "to": "10:00"}]),
        ("slots", ["周一"]),
        ("attachments", [{"sha256": "A" * 64, "name": "a.jpg", "size_bytes": 1}]),
        ("attachments", [{"sha256": "a" * 64, "name": "", "size_bytes": 1}]),
        ("attachments", [{"sha256": "a" * 64, "name": "a.jpg", "size_bytes": -1}]),
        ("generated", {"a": 1.5}),
    ],
)
def test_typed_values_are_checked_strictly(kind: str, value: object) -> None:
    with pytest.raises(FieldProblem):
        from_json(FIELDS[kind], value, CONTEXT)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("decimal", 1.5, "1.5"),
        ("decimal", 2, "2"),
        ("decimal", "2.50", "2.5"),
        ("choice", "小雨", "light_rain"),
        ("choice", "Light rain", "light_rain"),
        ("choices", ["其他", "fine", "其他"], ["fine", "other"]),
        ("unit", "曹一村", "caoyi"),
        ("unit", "442000105001", "guzhen_shequ"),
        ("units", ["曹一村", "曹一", "Haizhou Village"], ["caoyi", "haizhou"]),
        ("list", ["  一  ", "", "二"], ["一", "二"]),
        ("slots", "周一 9:00-11:00", [{"weekday": 1, "from": "09:00", "to": "11:00"}]),
        ("attachments", [{"size_bytes": 3, "name": "a.jpg", "sha256": "a" * 64, "more": 1}],
         [{"name": "a.jpg", "sha256": "a" * 64, "size_bytes": 3}]),
    ],
)  # fmt: skip
def test_typed_values_are_stored_in_one_form(kind: str, value: object, stored: object) -> None:
    assert from_json(FIELDS[kind], value, CONTEXT) == stored


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  曹一村\u200b　文化\n广场 ", "曹一村 文化 广场"),
        ("text", "䶮㙟𫖯𠮷\u0000", "䶮㙟𫖯𠮷"),
        ("note", " 第一行\n第二行 ", "第一行\n第二行"),
        ("choice", "晴", "fine"),
        ("choice", "ＦＩＮＥ", "fine"),
        ("choice", "小", "light_rain"),
        ("choices", "其他、晴", ["fine", "other"]),
        ("yes_no", "√", True),
        ("yes_no", "有", True),
        ("yes_no", "无", False),
        ("list", "帝女花、客途秋恨，荔枝颂", ["帝女花", "客途秋恨", "荔枝颂"]),
        ("list", "帝女花，选段\n荔枝颂", ["帝女花，选段", "荔枝颂"]),
        ("unit", "曹一", "caoyi"),
        ("units", "曹一村、海洲", ["caoyi", "haizhou"]),
        ("reference", record_id(7).upper(), record_id(7)),
    ],
)
def test_what_people_type_is_understood(kind: str, text: str, value: object) -> None:
    assert parse(FIELDS[kind], text, CONTEXT) == value


def test_rare_characters_are_kept_as_they_are() -> None:
    """NFC would turn this compatibility character into another one and with it a person's name."""
    assert parse(FIELDS["text"], "\ufa0e\U0002f800", CONTEXT) == "\ufa0e\U0002f800"


def test_a_choice_takes_the_other_words_for_it() -> None:
    place_kind = _field("film_screening", "place_kind")
    assert parse(place_kind, "室外・流动", CONTEXT) == "outdoor_mobile"
    assert parse(place_kind, "室外", CONTEXT) == "outdoor_mobile"
    with pytest.raises(FieldProblem) as refused:
        parse(place_kind, "室", CONTEXT)
    assert refused.value.message == "没有这一项。可以填：室内·固定点、室内·流动、室外·固定点、室外·流动"


def test_a_number_of_which_only_the_beginning_is_there_is_empty() -> None:
    receipt = _field("film_screening", "receipt_no")
    assert parse(receipt, "GZ-2019-", CONTEXT) is None
    assert parse(receipt, "GZ-2019-1107", CONTEXT) == "GZ-2019-1107"
    assert parse(FIELDS["text"], "GZ-2019-", CONTEXT) == "GZ-2019-"


def test_a_day_is_read_against_the_month_on_the_page() -> None:
    october = ParseContext(today=CONTEXT.today + timedelta(days=40), month=Month(2019, 10))
    assert parse(FIELDS["date"], "5", october) == "2019-10-05"


def test_too_long_a_text_says_by_how_much() -> None:
    with pytest.raises(FieldProblem) as refused:
        parse(FIELDS["text"], "字" * 61, CONTEXT)
    assert refused.value.message == "最多60个字，现在61个，请写短些。"
    assert parse(FIELDS["text"], "字" * 60, CONTEXT) == "字" * 60


def test_words_follow_the_language() -> None:
    assert to_text(FIELDS["choice"], "light_rain") == "小雨"
    assert to_text(FIELDS["yes_no"], True) == "是"
    assert to_text(FIELDS["unit"], "caoyi", UNITS) == "曹一村"
    set_language("en")
    assert to_text(FIELDS["choice"], "light_rain") == "Light rain"
    assert to_text(FIELDS["yes_no"], True) == "Yes"
    assert to_text(FIELDS["unit"], "caoyi", UNITS) == "Caoyi Village"


def _checked(field: Field, value: object) -> object:
    """The value once more through the strict door, where what was taken before must not be refused."""
    try:
        return from_json(field, value, CONTEXT)
    except FieldProblem as problem:
        return problem.message


def _field(type_id: str, name: str) -> Field:
    field = TYPES.by_id[type_id].field(name)
    assert field is not None
    return field
