"""A record type made by another program: what is understood of it works, and nothing in it can break the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk import assets
from gzdesk.domain.fields import ParseContext, from_json, parse, to_text
from gzdesk.domain.record import summarise
from gzdesk.domain.record_type import Field, RecordType, record_type_from_data
from gzdesk.domain.rules import check
from gzdesk.domain.type_reading import built_type, understood, understood_fields
from gzdesk.domain.type_shapes import FIELD_SHAPES, TYPE_SHAPES
from gzdesk.services.reference import load_common_fields
from tests.reference.test_new_type import LANTERNS, Nothing

COMMON = load_common_fields()
COMMON_NAMES = [field.name for field in COMMON]
CONTEXT = ParseContext(today=date(2019, 11, 6))

_SHIPPED = sorted(
    item.name
    for item in assets.reference("record_types").iterdir()
    if item.name.endswith(".toml") and item.name not in ("_common.toml", "order.toml")
)


def parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def made(data: Mapping[str, Any]) -> RecordType:
    return built_type(understood(data, common=COMMON_NAMES), common=COMMON)


@pytest.mark.parametrize("name", _SHIPPED)
def test_everything_in_the_shipped_types_is_understood(name: str) -> None:
    data = parsed(assets.reference("record_types", name).read_text(encoding="utf-8"))
    found = understood(data, common=COMMON_NAMES)
    assert found.passed_over == ()
    assert built_type(found, common=COMMON) == record_type_from_data(data, common=COMMON)


def test_the_tables_have_every_key_there_is() -> None:
    assert set(FIELD_SHAPES) == set(Field.__dataclass_fields__) - {"foreign"}
    assert set(TYPE_SHAPES) == set(RecordType.__dataclass_fields__) - {"fields", "by_name"}


def test_an_unknown_key_costs_itself_and_nothing_else() -> None:
    data = parsed(LANTERNS)
    newer = {**data, "colour": "red", "field": [{**row, "glow": {"deep": [1]}} for row in data["field"]]}
    found = understood(newer, common=COMMON_NAMES)
    assert built_type(found, common=COMMON) == record_type_from_data(data, common=COMMON)
    assert set(found.passed_over) == {"colour", *(f"{row['name']}.glow" for row in data["field"])}


@pytest.mark.parametrize("value", ["北纬22.6", 12, ["a", "b"], {"lat": "22.6"}, True])
def test_an_item_of_an_unknown_kind_is_a_text_whose_value_stays_as_it_came(value: object) -> None:
    data = parsed(LANTERNS)
    data["field"].append(
        {"name": "spot", "kind": "geo", "zh": "位置", "en": "Spot", "required": True, "default": 3}
    )
    record_type = made(data)
    spot = record_type.by_name["spot"]
    assert (spot.kind, spot.foreign, spot.required, spot.default) == ("text", True, False, None)
    assert from_json(spot, value, CONTEXT) == value
    assert isinstance(parse(spot, to_text(spot, value), CONTEXT), str)


def test_unknown_words_are_passed_over() -> None:
    data = parsed(LANTERNS)
    data |= {"statuses": ["held", "postponed"], "group": "parade", "scope": "county", "month_of": "moon"}
    data["list"] = [*data["list"], "moon"]
    data["field"][0] |= {"default": "$moonrise", "form": "plate", "kept": "elsewhere"}
    record_type = made(data)
    name = record_type.by_name["name"]
    assert (record_type.statuses, record_type.group, record_type.scope) == (("held",), "event", "village")
    assert (record_type.month_of, record_type.list) == (None, ("date", "name", "visitors"))
    assert (name.default, name.form, name.kept) == (None, None, "here"), (
        "what stays on one PC must not travel"
    )


def test_what_is_missing_is_made_up_for() -> None:
    record_type = made({"id": "kites", "field": [{"name": "kite", "kind": "text"}]})
    assert (record_type.zh, record_type.en, record_type.paper, record_type.title) == ("kites",) * 3 + (
        "kite",
    )
    assert record_type.by_name["kite"].zh == "kite"


@pytest.mark.parametrize("type_id", [None, "", 5, "Kites", "风筝", "kites'", "a b", "x" * 41])
def test_without_an_id_there_is_nothing_to_use(type_id: object) -> None:
    with pytest.raises(ValueError, match="id"):
        understood({"id": type_id, "field": []})


_KEYS = st.sampled_from([*TYPE_SHAPES, "field", "colour"])
_FIELD_KEYS = st.sampled_from([*FIELD_SHAPES, "glow"])
_WORDS = st.one_of(
    st.sampled_from(
        [
            "name",
            "date",
            "visitors",
            "held",
            "text",
            "integer",
            "reference",
            "film",
            "$today",
            "$next:",
            "$same:name",
        ]
    ),
    st.text(max_size=6),
)
_SCALARS = st.one_of(_WORDS, st.integers(-(2**70), 2**70), st.booleans(), st.floats(), st.dates())
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_FIELDS = st.lists(st.dictionaries(_FIELD_KEYS, _VALUES, max_size=8) | _VALUES, max_size=4)


@given(
    over=st.dictionaries(_KEYS, _VALUES, max_size=6),
    fields=_FIELDS,
    values=st.dictionaries(_WORDS, _SCALARS | st.lists(_SCALARS, max_size=2), max_size=5),
)
def test_whatever_stands_in_it_the_register_can_be_used(
    over: dict[str, Any], fields: list[Any], values: dict[str, Any]
) -> None:
    data = parsed(LANTERNS)
    data = {**data, **over, "id": "lantern_show", "field": [*data["field"], *fields]}
    record_type = made(data)
    known = record_type_from_data(parsed(LANTERNS), common=COMMON)
    assert set(known.by_name) <= set(record_type.by_name), "what was understood before stays"
    summarise(record_type, values)
    check(record_type, values, today=CONTEXT.today, record_id=None, lookup=Nothing())
    for field in record_type.form_fields():
        assert isinstance(to_text(field, values.get(field.name)), str)
        assert isinstance(field.label + field.help + field.unit_label, str)


@given(rows=_FIELDS)
def test_items_that_are_added_never_take_another_along(rows: list[Any]) -> None:
    good = {"name": "shelter", "kind": "text", "zh": "避雨场地", "en": "Shelter"}
    kept, _passed_over = understood_fields([good, *rows])
    assert kept[0] == good
    assert len({row["name"] for row in kept}) == len(kept)
