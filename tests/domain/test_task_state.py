"""How an item of a task stands, by its day and what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.task_state import (
    FINISHED,
    SAID,
    STATES,
    days_left,
    progress_record_id,
    state_of_item,
    state_of_task,
)
from gzdesk.services.tasks import load_checklist, load_member_units, load_tasks

FILM = load_tasks().by_item["16.2"]  # until 31 December 2019


def state(day: str, *, said: str = "", work: bool = False, item=FILM, soon: int = 60) -> str:
    return state_of_item(item, said=said, has_work=work, today=date.fromisoformat(day), due_soon_days=soon)


@pytest.mark.parametrize(
    ("day", "said", "work", "expected"),
    [
        ("2019-06-01", "", False, "not_started"),
        ("2019-06-01", "", True, "running"),
        ("2019-06-01", "running", False, "running"),
        ("2019-06-01", "not_started", True, "not_started"),
        ("2019-11-01", "", False, "due_soon"),  # 60 days ahead
        ("2019-10-31", "", False, "not_started"),  # 61
        ("2019-12-31", "running", True, "due_soon"),  # the day itself
        ("2020-01-01", "running", True, "overdue"),
        ("2020-01-01", "finished", False, "finished"),
        ("2019-06-01", "finished", False, "finished"),
    ],
)
def test_an_item_stands_by_its_day_and_by_what_was_said(day, said, work, expected):
    assert state(day, said=said, work=work) == expected


def test_the_setting_says_what_soon_is():
    assert state("2019-10-31", soon=61) == "due_soon"
    assert state("2019-12-31", soon=0) == "due_soon"


# tasks.json: 14.4 and 19.1 say 2020 in the text and 2019 in the column
@pytest.mark.parametrize("item_id", ["14.4", "19.1"])
def test_where_text_and_column_differ_the_column_counts(item_id):
    item = load_tasks().by_item[item_id]
    assert item.deadline_conflict
    assert (item.due_to, item.text_deadline) == ("2019-12-31", "2020-12-31")
    assert state("2020-01-01", item=item) == "overdue"
    assert [one.item_id for one in load_tasks().items if one.deadline_conflict] == ["14.4", "19.1"]


def test_an_item_without_a_day_is_never_due():
    item = replace(FILM, due_to=None)
    assert state("2030-01-01", item=item, work=True) == "running"
    assert days_left(item, today=date(2019, 1, 1)) is None


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["finished", "finished"], "finished"),
        (["finished", "running"], "running"),
        (["finished", "not_started"], "running"),
        (["not_started", "not_started"], "not_started"),
        (["finished", "due_soon"], "due_soon"),
        (["due_soon", "overdue"], "overdue"),
        ([], "not_started"),
    ],
)
def test_a_task_stands_by_its_items(states, expected):
    assert state_of_task(states) == expected


@given(
    day=st.dates(date(2017, 1, 1), date(2022, 12, 31)),
    said=st.sampled_from(("", *SAID)),
    work=st.booleans(),
    soon=st.integers(0, 400),
)
def test_a_state_never_goes_back_as_days_pass_except_by_words(day, said, work, soon):
    order = ("not_started", "running", "due_soon", "overdue")
    one = state_of_item(FILM, said=said, has_work=work, today=day, due_soon_days=soon)
    later = state_of_item(FILM, said=said, has_work=work, today=day + timedelta(days=1), due_soon_days=soon)
    assert one in STATES
    assert (one == FINISHED) == (said == FINISHED)
    if one != FINISHED:
        assert order.index(one) <= order.index(later)


def test_every_unit_has_one_record_for_an_item():
    ids = {progress_record_id(scope, item) for scope in ("gusi", "gusan") for item in ("1.1", "11.1")}
    assert len(ids) == 4
    assert progress_record_id("gusi", "1.1") == progress_record_id("gusi", "1.1")


# The data


def test_every_unit_of_the_table_is_a_member_unit():
    names = {name for item in load_tasks().items for name in (*item.responsible_norm, *item.cooperating_norm)}
    assert names == {unit.name for unit in load_member_units()}
    assert len({unit.code for unit in load_member_units()}) == len(load_member_units().all) == 20


def test_every_counted_entry_stands_in_its_checklist_word_by_word():
    from gzdesk.services.reference import load_record_types

    types = load_record_types()
    for (item_id, words), entry in load_checklist().items():
        item = load_tasks().item(item_id)
        assert item is not None
        assert words in item.evidence
        record_type = types.get(entry.type)
        assert record_type is not None
        assert entry.needs in ("", "photos") or record_type.field(entry.needs) is not None
        assert entry.per in ("any", "record", "unit", "duty")
        assert bool(entry.duty) == (entry.per == "duty")
