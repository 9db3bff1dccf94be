"""The tasks as data: complete, dated, and the same items as a person chooses from in a form."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from gzdesk import assets
from gzdesk.domain.tasks import Tasks
from gzdesk.services.reference import load_record_types
from gzdesk.services.tasks import load_tasks

CHINESE = re.compile(r"[\u3400-\u9fff]")
TASKS = load_tasks()


def test_there_are_32_tasks_with_65_items_in_order() -> None:
    assert [task.task_no for task in TASKS] == list(range(1, 33))
    assert len(TASKS.items) == len(TASKS.by_item) == 65
    for task in TASKS:
        assert [item.item_no for item in task.items] == list(range(1, len(task.items) + 1))
        assert all(item.item_id == f"{task.task_no}.{item.item_no}" for item in task.items)


@pytest.mark.parametrize("item", TASKS.items, ids=lambda item: item.item_id)
def test_an_item_says_who_when_and_with_what(item) -> None:  # type: ignore[no-untyped-def]
    assert item.text
    assert item.responsible
    assert item.due_text
    if item.due_from and item.due_to:
        assert date.fromisoformat(item.due_from) <= date.fromisoformat(item.due_to)
    assert item.kind in item.kinds
    assert item.evidence
    assert CHINESE.search(item.short)
    assert len(item.short) <= 16
    assert not CHINESE.search(item.en)
    assert set(item.record_types) <= set(load_record_types().by_id)


def test_the_film_item_is_as_the_town_wrote_it() -> None:
    item = TASKS.item("16.2")
    assert item is not None
    assert item.text.startswith("创新农村电影放映模式，农村数字电影放映覆盖率达到100%")
    assert item.number_prefix == "16-2-"
    assert item.responsible == ("文化站", "各村")
    assert (item.due_from, item.due_to) == ("2018-01-01", "2019-12-31")
    assert item.is_kept_by("village")
    assert item.is_kept_by("town")
    kept_by_town = TASKS.item("1.1")
    assert kept_by_town is not None
    assert not kept_by_town.is_kept_by("community")


def test_what_is_unknown_is_refused_and_what_is_not_there_is_none() -> None:
    data = tomllib.loads(assets.reference("tasks.toml").read_text("utf-8"))
    data["task"][0]["item"][0]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        Tasks.from_data(data)
    del data["task"][0]["item"][0]["colour"], data["task"][0]["item"][0]["text"]
    with pytest.raises(ValueError, match="text"):
        Tasks.from_data(data)
    assert TASKS.item("99.9") is None
    assert TASKS.task(99) is None


def test_the_form_offers_the_same_items_in_the_same_words() -> None:
    field = load_record_types().by_id["evidence"].field("task_item")
    assert field is not None
    assert [(choice.code, choice.zh, choice.en) for choice in field.choices] == [
        (item.item_id, f"{item.item_id} {item.short}", f"{item.item_id} {item.en}") for item in TASKS.items
    ]
