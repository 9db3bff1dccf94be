"""The same as last time: the record that is meant, the day it comes round, the next number of a course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, init_village
from gzdesk.services.again import next_title
from tests.services.test_records import activity

TODAY = date(2019, 11, 6)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


def held(village: Workspace, day: str, name: str = "书法公益班") -> str:
    return village.records.save(type_id="activity", values=activity(date=day, name=name)).id


@pytest.mark.parametrize(
    ("days", "following", "rhythm"),
    [
        (["2019-10-23", "2019-10-30"], "2019-11-06", "weekly"),
        (["2019-10-16", "2019-10-30"], "2019-11-13", "weekly"),
        (["2019-09-05", "2019-10-05"], "2019-11-05", "monthly"),
        (["2019-09-30", "2019-10-03"], "", ""),
        (["2019-10-30"], "", ""),
    ],
)
def test_the_day_follows_the_rhythm_of_the_last_two(village, days, following, rhythm):
    for day in days:
        held(village, day)
    found = village.records.again(type_id="activity")
    assert (found.day, found.rhythm, found.last_day) == (following, rhythm, days[-1])


def test_a_day_that_the_next_month_does_not_have_is_not_guessed(village):
    for day in ("2018-12-31", "2019-01-31"):
        held(village, day)
    assert village.records.again(type_id="activity").day == ""


def test_the_next_lesson_counts_on_and_belongs_to_the_same_course(village):
    for day, lesson in (("2019-10-23", 3), ("2019-10-30", 4)):
        held(village, day, f"书法公益班（第{lesson}课）")
    found = village.records.again(type_id="activity")
    assert (found.title, found.day) == ("书法公益班（第5课）", "2019-11-06")


def test_asked_again_it_is_the_last_one_of_another_name_and_then_the_first_again(village):
    course, feast = held(village, "2019-10-30"), held(village, "2019-11-02", "重阳敬老宴")
    found = [village.records.again(type_id="activity", nth=nth).record_id for nth in range(3)]
    assert found == [feast, course, feast]


def test_void_records_and_drafts_are_nothing_to_begin_from(village):
    village.records.void(held(village, "2019-10-30"), reason="登错")
    village.records.save(type_id="activity", values={"name": "灯会"}, as_draft=True)
    assert village.records.again(type_id="activity") is None


@pytest.mark.parametrize(
    ("title", "following"),
    [
        ("书法班（第3课）", "书法班（第4课）"),
        ("健康讲座 第 9 期", "健康讲座 第 10 期"),
        ("庆祝新中国成立70周年文艺汇演", ""),
        ("第1届书画展第2场", "第1届书画展第3场"),
        ("第12期、第13期合办", ""),
    ],
)
def test_only_one_plain_number_counts_on(title, following):
    assert next_title(title) == following
