"""The declared record types agree with themselves: words in both languages, codes, conditions, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import pytest

from gzdesk import assets
from gzdesk.domain.fields import ParseContext, from_json
from gzdesk.domain.record import STATUSES
from gzdesk.domain.record_type import Condition, Field, RecordType
from gzdesk.services.reference import load_record_types, load_units

TYPES = load_record_types()
CONTEXT = ParseContext(today=date(2019, 11, 6), units=load_units())
EVENTS = ("film_screening", "performance", "activity", "training_session")

SLUG = re.compile(r"[a-z][a-z0-9_]*")
TASK_ITEM = re.compile(r"\d+\.\d+")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# The words of services/defaults.py; those after a colon name fields or days.
TOKENS = {"$today", "$now", "$writer", "$unit", "$only", "$status", "$sum", "$number"}
TOKENS |= {"$words_of_the_day", "$records_of_the_day", "$next"}
OF_FIELDS = {"$same", "$named", "$year_of", "$days_after", "$month_after", "$next_of"}
SHEET_COLUMNS = {"name", "kind", "place", "organiser", "persons", "volunteers", "source", "remark"}
GROUPS = {"event", "opening", "daily", "register", "catalogue", "system"}
# ui.md 6: what these mean is said in plain words.
BANNED = re.compile("同步|冲突|合并|版本|修订|数据库|哈希|字段|异常|缓存|您|！|错误|失败|非法|无效")


REFERENCE = [
    "film",
    "film_screening",
    "performance",
    "activity",
    "training_session",
    "training_attendance",
    "online_learning",
    "open_schedule",
    "opening_log",
    "closure_notice",
    "volunteer",
    "volunteer_service",
    "library_acquisition",
    "library_collection_snapshot",
    "library_loan",
    "library_visit",
    "asset",
    "work_log",
    "feedback",
    "satisfaction_survey",
    "delivery_order",
    "monthly_sheet",
    "staff",
    "facility",
    "population",
    "culture_team",
    "brand_activity",
    "care_project",
    "culture_work",
    "fund_use",
    "safety_check",
    "meeting",
    "publicity",
    "digital_resource",
    "evidence",
    "monthly_report",
    "quarterly_report",
    "annual_report",
    "asset_check",
]
# Who keeps, checked or made a thing belongs to the paper itself and is kept as long as it.
NAMED_FOR_THE_RECORD = {"asset", "asset_check", "safety_check", "culture_work"}

each_type = pytest.mark.parametrize("record_type", list(TYPES), ids=lambda record_type: record_type.id)


def test_every_file_is_a_type_in_the_order_of_the_list() -> None:
    folder = assets.reference("record_types")
    files = {item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")}
    assert files == {*TYPES.by_id, "_common", "order"}


@each_type
def test_a_type_has_words_in_both_languages(record_type: RecordType) -> None:
    assert SLUG.fullmatch(record_type.id)
    assert CHINESE.search(record_type.zh)
    assert CHINESE.search(record_type.paper)
    assert record_type.en
    assert not CHINESE.search(record_type.en)
    assert len(record_type.zh) <= 6, "the name stands on a tab and in the navigation"
    assert record_type.version >= 1
    assert record_type.group in GROUPS
    assert record_type.scope in ("village", "town")


def words_in_both_languages(record_type: RecordType, field: Field) -> None:
    assert SLUG.fullmatch(field.name)
    assert CHINESE.search(field.zh)
    assert field.en
    assert not CHINESE.search(field.en)
    assert len(field.zh) <= 12
    assert bool(field.unit_zh) == bool(field.unit_en)
    assert bool(field.help_zh) == bool(field.help_en)
    assert bool(field.back_zh) == bool(field.back_en)
    assert bool(field.warn_words) == bool(field.warn_words_zh) == bool(field.warn_words_en)


def plain_help(record_type: RecordType, field: Field) -> None:
    for text in (field.help_zh, field.warn_words_zh):
        assert len(text) <= 40
        assert not text or text.endswith("。")
        assert not re.search(r"[\u3400-\u9fff][,;:?!]", text), "full-width punctuation"
    assert not BANNED.search(field.zh + field.help_zh + field.warn_words_zh)


def distinct_choices(record_type: RecordType, field: Field) -> None:
    assert bool(field.choices) == (field.kind in ("choice", "choices"))
    for choice in field.choices:
        assert SLUG.fullmatch(choice.code) or TASK_ITEM.fullmatch(choice.code)
        assert CHINESE.search(choice.zh)
        assert choice.en
        assert not CHINESE.search(choice.en)
    words = [word for choice in field.choices for word in (choice.code, choice.zh, choice.en, *choice.also)]
    assert len(set(words)) == len(words)


def possible_conditions(record_type: RecordType, field: Field) -> None:
    conditions: list[Condition] = [
        field.required_when,
        field.empty_when,
        field.expected_when,
        field.shown_when,
        field.not_after_today_when,
        field.back_when,
    ]
    for target in field.targets:
        for name, allowed in field.prefers.items():
            preferred = TYPES.by_id[target].field(name)
            assert preferred is not None
            assert _possible(TYPES.by_id[target], preferred, allowed)
    ahead = field.warn_days_ahead.get("when", {})
    for condition in (*conditions, ahead):
        for name, allowed in condition.items():
            other = record_type.field(name)
            assert other is not None, name
            assert _possible(record_type, other, allowed)


def known_fields(record_type: RecordType, field: Field) -> None:
    for name in (field.not_before, field.after):
        other = _leads_to(record_type, name) if name else field
        assert other is not None
        assert other.kind == field.kind
    assert all(record_type.field(name) for name in field.sum_of)
    if field.warn_later_than:
        begins = record_type.field(field.warn_later_than["of"])
        assert begins is not None
        assert begins.kind == field.kind == "date"
    assert field.suggest_from in ("", "$units") or field.suggest_from in TYPES.by_id
    assert not field.suggest_from or field.suggest
    for path in (field.at_most, field.differs_from):
        assert path is None or _leads_to(record_type, path) is not None
    for name in (field.required_under_age.get("born"), field.required_under_age.get("on")):
        assert name is None or record_type.field(name) is not None
    if field.warn_days_ahead:
        assert record_type.field(field.warn_days_ahead["before"]) is not None
    if field.at_least_rows:
        rows = TYPES.by_id[field.at_least_rows["type"]]
        by = rows.field(field.at_least_rows["by"])
        assert by is not None
        assert record_type.id in by.targets
        assert all(rows.field(name) for name in field.at_least_rows["where"])


def known_types(record_type: RecordType, field: Field) -> None:
    assert bool(field.to) == (field.kind in ("reference", "references"))
    targets = [TYPES.by_id[target] for target in field.targets]
    for name in field.shows:
        assert any(target.field(name) for target in targets), name
    assert field.to_status in (None, *STATUSES)


def sound_limits(record_type: RecordType, field: Field) -> None:
    if field.refuse_outside:
        assert field.kind in ("integer", "decimal", "month")
        low, high = (Decimal(end.replace("$year", "2019")) for end in field.refuse_outside)
        assert low < high
        for limit in (field.warn_above, field.warn_below):
            assert limit is None or low <= Decimal(limit) <= high
    elif field.kind in ("integer", "decimal"):
        pytest.fail("a number without limits takes any slip of the hand")
    assert field.decimals == 0 or field.kind == "decimal"
    assert field.step is None or field.kind == "decimal"


def fitting_default(record_type: RecordType, field: Field) -> None:
    default = field.default
    if isinstance(default, str) and default.startswith("$same:"):
        other = record_type.field(default.removeprefix("$same:"))
        assert other is not None
        assert other.kind == field.kind
    elif isinstance(default, str) and default.startswith("$"):
        word, _colon, rest = default.partition(":")
        assert word in TOKENS | OF_FIELDS
        if word in OF_FIELDS:
            assert all(record_type.field(name) for name in rest.split(":")[0].split())
        if word == "$named":
            source = TYPES.by_id[record_type.by_name[rest].suggest_from].field(field.name)
            assert source is not None
            assert (source.kind, source.choices) == (field.kind, field.choices)
    elif isinstance(default, dict):
        assert set(default) == {"zh", "en"}
        assert all(from_json(field, words, CONTEXT) == words for words in default.values())
    elif default is not None:
        assert from_json(field, default, CONTEXT) == default


def nothing_carried_that_belongs_to_one_event(record_type: RecordType, field: Field) -> None:
    """ui.md 1.5: 日期、人次、确认人、盖章 are never carried."""
    own = {"status", "evidence", "remark", "paper_no", "confirmed_by", "stamped", "audience", "visitors"}
    own |= {"cancel_reason", "makeup_of", record_type.measures.get("persons")}
    if field.kind != "quarter":  # the survey of a quarter has a row for each thing that was asked about
        own.add(record_type.month_of)
    if field.name in own or field.unique or field.prefix or field.kind in ("date", "attachments"):
        assert not field.carry


@each_type
def test_no_two_items_of_a_type_have_the_same_name(record_type: RecordType) -> None:
    for names in ([item.zh for item in record_type.fields], [item.en for item in record_type.fields]):
        assert len(set(names)) == len(names)


@each_type
def test_a_type_names_its_own_fields(record_type: RecordType) -> None:
    assert set(record_type.sheet) | set(record_type.sheet_words) <= SHEET_COLUMNS
    assert not set(record_type.sheet) & set(record_type.sheet_words)
    assert all(CHINESE.search(zh) and en for zh, en in record_type.sheet_words.values())
    assert set(record_type.measures) <= {"sessions", "persons"}
    assert set(record_type.statuses) <= set(STATUSES)
    assert 3 <= len(record_type.list) <= 6
    for name in record_type.no_overlap.get("within", []):
        assert record_type.field(name)
    if record_type.month_of:
        placed_by = record_type.field(record_type.month_of)
        assert placed_by is not None
        assert placed_by.kind in ("date", "month", "quarter")
        assert placed_by.required
    assert record_type.month_of or record_type.group != "event"


@each_type
def test_common_fields_come_last_in_one_order(record_type: RecordType) -> None:
    common = ["status", "paper_no", "evidence", "remark"]
    names = [field.name for field in record_type.fields if field.name in common]
    assert sorted(names) == sorted(common)
    if record_type.id not in ("facility", "evidence"):  # these say themselves what the item means
        assert [field.name for field in record_type.fields[-4:]] == common


@pytest.mark.parametrize("type_id", EVENTS)
def test_an_event_fills_its_row_of_the_monthly_sheet(type_id: str) -> None:
    record_type = TYPES.by_id[type_id]
    columns = set(record_type.sheet) | set(record_type.sheet_words)
    assert columns >= {"name", "kind", "place", "organiser", "persons", "source", "remark"}
    assert set(record_type.measures) == {"sessions", "persons"}
    assert record_type.month_of
    assert record_type.time
    assert record_type.duplicate
    assert record_type.statuses == STATUSES


def test_events_are_told_apart_without_colour() -> None:
    assert [TYPES.by_id[type_id].symbol for type_id in EVENTS] == ["square", "triangle", "circle", "diamond"]


def test_a_second_screening_takes_few_stops() -> None:
    """ui.md 5, job 1: receipt, date, film, audience, confirmer, stamp; the rest is carried over or passed over."""
    stops = [
        field.name
        for field in TYPES.by_id["film_screening"].form_fields()
        if field.is_asked({"status": "held", "completed": True})
        and field.default is None
        and not (field.carry or field.skip or field.more or field.kind == "attachments")
    ]
    assert stops == ["receipt_no", "date", "film_id", "audience", "confirmed_by", "stamped"]


def test_a_form_asks_only_for_what_can_be() -> None:
    record_type = TYPES.by_id["film_screening"]

    def asked(**values: object) -> set[str]:
        return {field.name for field in record_type.form_fields() if field.is_asked(values)}

    held, cancelled = asked(status="held", completed=True), asked(status="cancelled")
    assert held - cancelled == {"audience", "confirmed_by", "stamped", "completed"}
    assert cancelled - held == {"cancel_reason"}
    assert asked(status="held", completed=False) - held == {"interrupt_reason"}


@pytest.mark.parametrize(
    "holds",
    [
        words_in_both_languages,
        plain_help,
        distinct_choices,
        possible_conditions,
        known_fields,
        known_types,
        sound_limits,
        fitting_default,
        nothing_carried_that_belongs_to_one_event,
    ],
)
@each_type
def test_every_field_is_well_declared(
    record_type: RecordType, holds: Callable[[RecordType, Field], None]
) -> None:
    for field in record_type.fields:
        holds(record_type, field)


def _possible(record_type: RecordType, field: Field, allowed: Iterable[object]) -> bool:
    if field.kind == "yes_no":
        return all(isinstance(value, bool) for value in allowed)
    codes = {choice.code for choice in field.choices}
    if field.name == "status":
        codes &= {*record_type.statuses, "draft"}
    words = {"$filled", "$empty"} | ({"$some"} if field.kind in ("integer", "decimal") else set())
    return all(value in codes or value in words for value in allowed)


def _leads_to(record_type: RecordType, path: str) -> Field | None:
    name, _point, inner = path.partition(".")
    field = record_type.field(name)
    if field is None or not inner:
        return field
    return TYPES.by_id[field.targets[0]].field(inner)


@each_type
def test_personal_items_say_what_they_are_kept_for(record_type: RecordType) -> None:
    """个人信息保护法 6, 17: no personal item without a purpose, and a time after which it goes."""
    personal = [field.name for field in record_type.fields if field.personal]
    if record_type.group == "system":
        return
    assert bool(record_type.purpose_zh) == bool(record_type.purpose_en)
    assert not personal or record_type.purpose_zh or record_type.id in NAMED_FOR_THE_RECORD
    assert len(record_type.purpose_zh) <= 30
    assert 0 <= record_type.keep_years <= 30


@each_type
def test_rules_over_other_records_name_what_there_is(record_type: RecordType) -> None:
    stock, check, day = record_type.carried_forward, record_type.makes_up, record_type.day_total
    if stock:
        moves = TYPES.by_id[stock["from"]["type"]]
        assert all(record_type.field(stock[name]) for name in ("figure", "of", "day", "explained_in"))
        assert all(moves.field(stock["from"][name]) for name in ("of", "day", "plus", "minus"))
        assert stock["day"] == record_type.month_of
    if check:
        register = TYPES.by_id[check["type"]]
        assert all(record_type.field(name) for name in (*check["parts"], check["until"]["own"]))
        assert all(
            register.field(name) for name in (check["field"], check["until"]["theirs"], *check["where"])
        )
        assert len(check["where"]) == 1
    if day:
        assert record_type.field(day["of"])
        assert record_type.field(day["field"])
        assert Decimal(day["usual"]) <= Decimal(day["most"])


def test_every_type_stands_on_one_shelf() -> None:
    on_shelves = [item.id for shelf in TYPES.shelves for item in shelf.types]
    assert on_shelves == [item.id for item in TYPES]
    assert len(set(on_shelves)) == len(on_shelves)
    assert len({shelf.id for shelf in TYPES.shelves}) == len(TYPES.shelves)
    for shelf in TYPES.shelves:
        assert SLUG.fullmatch(shelf.id)
        assert 2 <= len(shelf.zh) <= 4
        assert not CHINESE.search(shelf.en)


def test_every_register_of_the_reference_is_here() -> None:
    """The 39 of record_types.json."""
    assert set(REFERENCE) <= set(TYPES.by_id)
    assert len(REFERENCE) == 39
