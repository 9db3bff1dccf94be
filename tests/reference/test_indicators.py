"""The rows of the indicators: all 48, each readable, each about items and registers that there are."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from gzdesk import assets
from gzdesk.domain.indicators import FAMILIES, INDICATORS
from gzdesk.domain.indicators.catalogue import indicators_from_data, own_target
from gzdesk.domain.indicators.result import Indicator
from gzdesk.services.indicator_facts import load_counting_rules
from gzdesk.services.reference import load_record_types
from gzdesk.services.tasks import load_tasks
from gzdesk.settings import Settings

ROWS = indicators_from_data(tomllib.loads(assets.reference("indicators.toml").read_text(encoding="utf-8")))
LATER_TYPES = {"review", "co_credit"}


def test_there_are_48() -> None:
    assert Counter(row.type for row in ROWS) == {"target": 24, "duty": 8, "monitor": 16}
    assert len({row.id for row in ROWS}) == 48


def test_every_function_has_its_row_and_stands_once() -> None:
    assert set(INDICATORS) <= {row.id for row in ROWS}
    assert sum(map(len, FAMILIES)) == len(INDICATORS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_about_what_there_is(row: Indicator) -> None:
    tasks, types = load_tasks(), load_record_types()
    assert all(tasks.item(item) for item in row.task_items)
    assert {name for name in row.record_types if types.get(name) is None} <= LATER_TYPES
    assert all((row.zh, row.en, row.formula, row.target_text, row.target_text_en))
    assert row.runs in {"grows", "state", "ratio", "monthly"}
    assert (own_target(row).value is None) == (not row.target)
    assert not row.setting or hasattr(Settings(), row.setting)


def test_tasks_and_indicators_name_each_other() -> None:
    tasks = load_tasks()
    for row in ROWS:
        if row.type == "target":
            assert all(row.id in tasks.by_item[item].indicator_ids for item in row.task_items)


@pytest.mark.parametrize("rule", load_counting_rules(), ids=lambda rule: rule.id)
def test_a_rule_reads_its_own_default(rule: object) -> None:
    from gzdesk.domain.indicators.catalogue import CountingRule

    assert isinstance(rule, CountingRule)
    assert rule.read(rule.default) == rule.default
    assert not rule.setting or getattr(Settings(), rule.setting) == rule.default
