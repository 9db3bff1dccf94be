"""A record type that the town hands out as a text file works at once: no code, no migration (architecture.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from gzdesk.domain.fields import FieldProblem, ParseContext, from_json, parse, to_text
from gzdesk.domain.period import Month
from gzdesk.domain.record import summarise
from gzdesk.domain.record_type import RecordType, field_from_data, record_type_from_data
from gzdesk.domain.rules import check
from gzdesk.services.reference import load_record_types

LANTERNS = """
id = "lantern_show"
version = 1
zh = "灯会"
en = "Lantern show"
paper = "灯会登记表"
group = "event"
month_of = "date"
title = "name"
measures = { persons = "visitors" }
list = ["date", "name", "visitors"]
duplicate = ["date", "name"]

[[field]]
name = "name"
kind = "text"
zh = "名称"
en = "Name"
required = true
max_length = 20

[[field]]
name = "date"
kind = "date"
zh = "日期"
en = "Date"
required = true
not_after_today_when = { status = ["held"] }

[[field]]
name = "visitors"
kind = "integer"
zh = "观灯人次"
en = "Visitors"
required_when = { status = ["held"] }
refuse_outside = [0, 100000]
warn_above = 50000

[[field]]
name = "weather"
kind = "choice"
zh = "天气"
en = "Weather"
choices = [["fine", "晴", "Fine", "晴天"], ["rain", "雨", "Rain"]]
"""
CONTEXT = ParseContext(today=date(2019, 11, 6), month=Month(2019, 10))
TEXTS = {"name": "古镇灯饰节", "date": "18", "visitors": "约3.2万人", "weather": "晴天"}


class Nothing:
    """A ledger without any other record."""

    def values(self, record_id: str) -> Mapping[str, object] | None:
        return None

    def with_value(
        self, *, type_id: str, field: str, value: object, except_id: str | None
    ) -> Sequence[Mapping[str, object]]:
        return ()

    def on_day(self, *, type_id: str, day: date, except_id: str | None) -> Sequence[Mapping[str, object]]:
        return ()

    def usual(self, *, type_id: str, field: str) -> int | None:
        return None


@pytest.fixture
def lanterns() -> RecordType:
    common = load_record_types().by_id["activity"].fields[-4:]
    return record_type_from_data(tomllib.loads(LANTERNS), common=common)


def test_its_form_is_read_checked_and_summed_up(lanterns: RecordType) -> None:
    fields = {field.name: field for field in lanterns.form_fields()}
    assert list(fields) == ["name", "date", "visitors", "weather", "status", "paper_no", "evidence", "remark"]
    values = {name: parse(fields[name], text, CONTEXT) for name, text in TEXTS.items()}
    assert values == {"name": "古镇灯饰节", "date": "2019-10-18", "visitors": 32000, "weather": "fine"}
    assert all(from_json(fields[name], value, CONTEXT) == value for name, value in values.items())
    assert to_text(fields["weather"], "fine") == "晴"
    assert check(lanterns, values, today=CONTEXT.today, record_id=None, lookup=Nothing()) == ()
    summary = summarise(lanterns, values)
    assert (summary.month, summary.day, summary.title, summary.persons) == (
        201910,
        "2019-10-18",
        "古镇灯饰节",
        32000,
    )


def test_its_rules_hold(lanterns: RecordType) -> None:
    values = {"date": "2019-11-07", "visitors": 100001}
    found = check(lanterns, values, today=CONTEXT.today, record_id=None, lookup=Nothing())
    assert {(problem.field, problem.code) for problem in found} == {
        ("name", "required"),
        ("date", "future"),
        ("visitors", "out_of_range"),
    }


def test_its_choices_are_strict(lanterns: RecordType) -> None:
    weather = lanterns.field("weather")
    assert weather is not None
    with pytest.raises(FieldProblem):
        from_json(weather, "雪", CONTEXT)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('colour = "red"', "colour"),
        ('month_of = "day"', "day"),
        ('sheet = { name = "title" }', "title"),
        ('duplicate = ["hour"]', "hour"),
    ],
)
def test_a_slip_in_the_file_is_named(line: str, fault: str) -> None:
    name = line.split(" ")[0]
    kept = [row for row in LANTERNS.splitlines() if not row.startswith(f"{name} ")]
    with pytest.raises(ValueError, match=fault):
        record_type_from_data(tomllib.loads("\n".join([line, *kept])))


@pytest.mark.parametrize("data", [{"name": "a", "kind": "colour"}, {"name": "a", "kind": "text", "zh": "甲"}])
def test_a_slip_in_a_field_is_named(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a"):
        field_from_data(data)


def test_a_field_stands_once() -> None:
    twice = LANTERNS + '[[field]]\nname = "name"\nkind = "text"\nzh = "名"\nen = "Name"\n'
    with pytest.raises(ValueError, match="twice"):
        record_type_from_data(tomllib.loads(twice))
