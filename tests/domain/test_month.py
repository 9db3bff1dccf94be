"""The monthly sheet: what counts in it, its form as a record, its check code."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.film import film_age
from gzdesk.domain.month import (
    CancelledRow,
    FilmRow,
    MonthSheet,
    OpeningFigures,
    SheetRow,
    Subtotal,
    Totals,
    Word,
    check_code_of,
    is_closed,
    qr_text,
    sheet_record_id,
)
from gzdesk.domain.month_builder import MonthMaterial, build_sheet, opening_figures
from gzdesk.domain.opening import Slot
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.unit import Unit
from gzdesk.services.reference import load_record_types, load_units

TYPES = load_record_types()
UNITS = load_units()
OCTOBER = Month(2019, 10)
CAOYI = Unit(id="caoyi", name="曹一村", name_en="Caoyi Village", kind="village", short="CY1")


def record(record_id: str, type_id: str, *, deleted: bool = False, **values: object) -> Record:
    return Record(
        id=record_id,
        type=type_id,
        unit="caoyi",
        values={"status": "held", **values},
        deleted=deleted,
        heads=1,
        revision="0" * 64,
        generation=1,
        actor="苏惠芳",
        recorded_at="2019-11-06T08:00:00+08:00",
    )


def activity(record_id: str = "a1", **changes: object) -> Record:
    values = {
        "name": "书法公益班",
        "category": "lecture",
        "date": "2019-10-16",
        "start_time": "14:30",
        "sessions": 1,
        "place": "二楼",
        "organiser": "村委会",
        "participants": 26,
    }
    return record(record_id, "activity", **(values | changes))


def screening(record_id: str = "s1", **changes: object) -> Record:
    values = {
        "date": "2019-10-11",
        "start_time": "19:30",
        "film_id": "f1",
        "session_count": "1",
        "place": "广场",
        "team": "镇放映队",
        "audience": 121,
        "projectionist": "黄志强",
    }
    return record(record_id, "film_screening", **(values | changes))


FILM = record(
    "f1", "film", title="烈火英雄", film_type="feature", origin="domestic", release_date="2019-08-01"
)


def build(*events: Record, **material: Any) -> MonthSheet:
    return build_sheet(
        unit=CAOYI,
        month=OCTOBER,
        types=TYPES,
        units=UNITS,
        material=MonthMaterial(events=events, references={"f1": FILM}, **material),
        film_age=partial(film_age, years=2),
        filled_by="苏惠芳",
    )


# What counts


@pytest.mark.parametrize("status", ["draft", "planned", "cancelled", "void"])
def test_only_held_events_are_rows(status: str) -> None:
    sheet = build(activity(), activity("a2", name="另一场", status=status))
    assert [row.record for row in sheet.rows] == ["a1"]
    assert sheet.totals.persons == 26


def test_deleted_events_are_not_rows() -> None:
    assert build(record("a1", "activity", deleted=True, date="2019-10-16")).rows == ()


def test_a_joint_event_is_one_row_naming_its_partners() -> None:
    joint = activity(co_units=["曹二村", "caosan"])
    sheet = build(joint, joint)
    assert len(sheet.rows) == 1
    assert sheet.rows[0].organiser == "村委会、曹二村、曹三村"
    assert sheet.totals.persons == 26


def test_rows_stand_in_the_order_of_time_and_carry_its_number_as_evidence() -> None:
    photo = [{"sha256": "0" * 64, "name": "a.jpg", "size_bytes": 1}]
    late = activity("a1", date="2019-10-30", evidence=photo)
    early = activity("a2", date="2019-10-02", start_time="19:30", evidence=photo)
    earliest = activity("a3", date="2019-10-02", start_time="09:00")
    sheet = build(late, early, earliest)
    assert [(row.record, row.evidence_no) for row in sheet.rows] == [
        ("a3", ""),
        ("a2", "10-02"),
        ("a1", "10-03"),
    ]


@given(order=st.permutations(range(4)))
def test_the_order_of_the_records_does_not_matter(order: list[int]) -> None:
    events = [activity("a1"), activity("a2", name="讲座"), screening(), activity("a3", status="cancelled")]
    assert build(*(events[place] for place in order)).check_code == build(*events).check_code


def test_a_film_is_named_by_its_title_and_judged_on_its_day() -> None:
    sheet = build(screening(), screening("s2", date="2021-08-01"))
    assert [(row.name, row.film_age) for row in sheet.rows] == [("烈火英雄", "new"), ("烈火英雄", "old")]
    assert [(film.title, film.age, film.film_type) for film in sheet.films] == [
        ("烈火英雄", "new", "film.film_type.feature"),
        ("烈火英雄", "old", "film.film_type.feature"),
    ]
    assert sheet.word("film.film_type.feature") == "故事片"


def test_half_sessions_add_up() -> None:
    sheet = build(screening(session_count="0.5"), screening("s2", session_count="1.5"))
    assert sheet.totals.sessions_hundredths == 200
    assert sheet.subtotals == (
        Subtotal(type="film_screening", events=2, sessions_hundredths=200, persons=242),
    )


def test_sums_stand_in_the_order_of_the_registers() -> None:
    sheet = build(activity(), screening())
    assert [part.type for part in sheet.subtotals] == ["film_screening", "activity"]


def test_volunteers_are_counted_per_event_and_added_only_as_times() -> None:
    one = {"volunteer_id": "v1", "activity_id": "a1", "hours": "1.5"}
    services = [
        record("h1", "volunteer_service", **one),
        record("h2", "volunteer_service", **one),
        record("h3", "volunteer_service", volunteer_id="v2", activity_id="a2", hours="2"),
        record("h4", "volunteer_service", volunteer_id="v1", hours="3"),
        record("h5", "volunteer_service", volunteer_id="v9", activity_id="a1", hours="8", status="void"),
    ]
    sheet = build(activity(), activity("a2", volunteers=12), services=services)
    assert [(row.volunteers, row.volunteer_hours_hundredths) for row in sheet.rows] == [(1, 300), (12, 200)]
    assert (sheet.totals.volunteer_times, sheet.totals.volunteer_hours_hundredths) == (13, 500)
    assert (sheet.totals.other_service_times, sheet.totals.other_service_hours_hundredths) == (1, 300)


def test_an_event_without_volunteers_says_nothing_of_them() -> None:
    assert build(activity()).rows[0].volunteers is None


def test_cancelled_events_are_listed_with_reason_and_make_up_day() -> None:
    cancelled = screening(status="cancelled", cancel_reason="weather")
    makeup = screening("s9", date="2019-11-03", makeup_of="s1")
    sheet = build(cancelled, makeups=[makeup])
    assert sheet.rows == ()
    assert sheet.films == ()
    assert sheet.cancelled == (
        CancelledRow(
            record="s1",
            type="film_screening",
            day="2019-10-11",
            name="烈火英雄",
            reason="film_screening.cancel_reason.weather",
            made_up_on="2019-11-03",
        ),
    )


def test_words_are_kept_with_the_sheet() -> None:
    sheet = build(activity())
    assert sheet.word(sheet.rows[0].kind) == "讲座"
    assert sheet.word(sheet.rows[0].source) == "自办"
    assert sheet.word("村里自己的说法") == "村里自己的说法"


def test_loans_without_a_register_are_not_zero() -> None:
    assert build().loans is None
    lent = [
        record("l1", "library_loan", volumes=14),
        record("l2", "library_loan", volumes=5),
        record("l3", "library_loan", volumes=100, status="void"),
    ]
    assert build(loans=lent).loans == 19


# Opening


def log(day: int, start: str, end: str, **values: object) -> Record:
    return record(
        f"o{day}{start}", "opening_log", date=f"2019-10-{day:02d}", **{"from": start, "to": end}, **values
    )


AFTERNOON = Slot(start="14:30", end="17:30")


def test_rooms_open_at_the_same_time_are_not_added() -> None:
    logs = [log(1, "14:00", "17:00", visitors=10), log(1, "16:00", "18:00", visitors=5)]
    assert opening_figures(planned={}, logs=logs, until=date(2019, 10, 31)) == OpeningFigures(
        open_days=1, minutes=240, visitors=15, missing_days=0
    )


def test_a_day_without_a_figure_is_missing_never_zero() -> None:
    planned = {date(2019, 10, 1): [AFTERNOON], date(2019, 10, 2): [AFTERNOON], date(2019, 10, 3): []}
    logs = [log(1, "14:30", "17:30", visitors=0)]
    assert opening_figures(planned=planned, logs=logs, until=date(2019, 10, 31)) == OpeningFigures(
        open_days=2, minutes=360, visitors=0, missing_days=1
    )


def test_days_to_come_are_not_open_days_yet() -> None:
    planned = {date(2019, 10, 1): [AFTERNOON], date(2019, 10, 2): [AFTERNOON]}
    figures = opening_figures(planned=planned, logs=[], until=date(2019, 10, 1))
    assert figures is not None
    assert figures.open_days == 1


def test_no_plan_and_no_log_is_no_figure() -> None:
    assert opening_figures(planned={}, logs=[], until=date(2019, 10, 31)) is None


# The form as a record

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
counts = st.integers(0, 2**40)
optional_counts = st.none() | counts


def made(kind: type[Any], **fixed: Any) -> st.SearchStrategy[Any]:
    by_type = {"str": texts, "int": counts, "int | None": optional_counts, "bool": st.booleans()}
    items = {
        item.name: by_type[item.type]
        for item in dataclasses.fields(kind)
        if item.name not in fixed and item.type in by_type and item.name != "read_code"
    }
    return st.builds(kind, **items, **fixed)


sheets = made(
    MonthSheet,
    month=st.builds(Month, st.integers(1900, 9999), st.integers(1, 12)),
    unit=st.just("caoyi"),
    rows=st.lists(made(SheetRow), max_size=3).map(tuple),
    films=st.lists(made(FilmRow), max_size=2).map(tuple),
    cancelled=st.lists(made(CancelledRow), max_size=2).map(tuple),
    subtotals=st.lists(made(Subtotal), max_size=2).map(tuple),
    words=st.lists(made(Word), max_size=2).map(tuple),
    totals=made(Totals),
    opening=st.none() | made(OpeningFigures),
)


@given(sheet=sheets)
def test_a_sheet_comes_back_from_its_record(sheet: MonthSheet) -> None:
    again = MonthSheet.from_values(sheet.to_values(), unit="caoyi")
    assert again == sheet
    assert again.check_code == sheet.check_code
    assert again.to_values() == sheet.to_values()


@given(sheet=sheets, other=sheets)
def test_equal_check_codes_mean_equal_sheets(sheet: MonthSheet, other: MonthSheet) -> None:
    assert (sheet.check_code == other.check_code) == (sheet == other)


def test_the_check_code_depends_on_the_unit() -> None:
    sheet = build(activity())
    assert sheet.check_code != dataclasses.replace(sheet, unit="caoer").check_code


def test_what_a_newer_program_wrote_counts_in_the_code() -> None:
    newer = {**build(activity()).to_values(), "weather_report": "晴"}
    newer["check_code"] = check_code_of(newer, unit="caoyi")
    assert MonthSheet.from_values(newer, unit="caoyi").check_code == newer["check_code"]


@pytest.mark.parametrize(
    "change",
    [
        {"check_code": "0000-0000"},
        {"month": "2019-13"},
        {"month": None},
        {"rows": "none"},
        {"rows": [1]},
        {"rows": [{"record": "a1"}]},
        {"totals": {"events": "9"}},
        {"totals": {"events": True}},
        {"closed": 1},
        {"unit_name": 7},
        {"opening": []},
    ],
)
def test_a_misshapen_record_is_no_sheet(change: Mapping[str, object]) -> None:
    values = {**build(activity()).to_values(), **change}
    if "check_code" not in change:
        del values["check_code"]
    with pytest.raises(ValueError, match=r"sheet|month"):
        MonthSheet.from_values(values, unit="caoyi")


def test_a_changed_figure_is_noticed() -> None:
    values = build(activity()).to_values()
    rows = values["rows"]
    assert isinstance(rows, list)
    rows[0]["persons"] = 260
    with pytest.raises(ValueError, match="check code"):
        MonthSheet.from_values(values, unit="caoyi")


def test_a_draft_can_never_pass_as_a_sheet() -> None:
    draft = build(activity())
    closed = draft.closed_by(
        filled_by="苏惠芳", checked_by="梁德明", signed_on=date(2019, 11, 6), nil=False, summary=""
    )
    assert qr_text(draft) == f"GZ1|caoyi|2019-10|draft|1|26|{draft.check_code}"
    assert qr_text(closed) == f"GZ1|caoyi|2019-10|0|1|26|{closed.check_code}"
    assert closed.check_code != draft.check_code


def test_every_pc_makes_the_same_record_for_a_month() -> None:
    assert sheet_record_id("caoyi", OCTOBER) == "ac59adbc-9ebe-5366-93a9-94216c3a2c1a"
    assert sheet_record_id("caoer", OCTOBER) != sheet_record_id("caoyi", OCTOBER)


def test_a_month_is_closed_only_by_a_sheet_that_says_so() -> None:
    assert not is_closed(None)
    assert is_closed(record("m", "monthly_sheet", closed=True))
    assert not is_closed(record("m", "monthly_sheet", closed=False))
    assert not is_closed(record("m", "monthly_sheet", deleted=True, closed=True))
