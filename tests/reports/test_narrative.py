"""Texts of reports: sentences from figures, and a text with headings taken apart again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk import i18n
from gzdesk.domain.period import Month
from gzdesk.reports.layout import BUILT_IN
from gzdesk.reports.narrative import Narrator, Part, joined, split
from gzdesk.reports.period_facts import EventSum, Happening, PeriodFacts
from tests.reports.sample_facts import INDICATORS, sample_facts

OCTOBER = Month(2019, 10)
HEADINGS = {"work": "一、本月工作情况", "problems": "三、存在问题", "plan": "四、下月计划"}
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
TEXTS = st.lists(LINES.filter(lambda line: line not in HEADINGS.values()), max_size=3).map("\n".join)


def narrator(facts: PeriodFacts, *, is_town: bool = False) -> Narrator:
    return Narrator(facts, period="10月", is_town=is_town, layouts=BUILT_IN)


@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_a_text_taken_apart_is_what_was_put_together(texts: list[str]) -> None:
    parts = [
        Part(key=key, heading=heading, text=text)
        for (key, heading), text in zip(HEADINGS.items(), texts, strict=True)
    ]
    assert split(joined(parts), HEADINGS) == {part.key: part.text for part in parts}


def test_a_text_without_headings_is_the_first_part() -> None:
    assert split("各村正常。\n没有事故。", HEADINGS) == {"work": "各村正常。\n没有事故。"}
    assert split("", HEADINGS) == {}


def test_a_sentence_about_nothing_is_left_out() -> None:
    told = narrator(PeriodFacts(first=OCTOBER, last=OCTOBER))
    assert told.events() == "10月没有举办活动。"
    said = (told.opening(), told.library(), told.service(), told.office(), told.funds(), told.voices())
    assert "".join(said) == ""
    assert told.problems() == "暂无。"
    assert told.books_held() == ""


def test_persons_and_sessions_have_no_commas_in_a_sentence() -> None:
    facts = replace(
        PeriodFacts(first=OCTOBER, last=OCTOBER),
        events=(
            EventSum(
                type="activity", label="文化活动", events=1200, sessions_hundredths=120050, persons=98765
            ),
        ),
    )
    assert narrator(facts).events() == "10月举办各类文化活动1200.5场，参与98765人次。"


def test_no_more_than_five_are_named_and_all_are_counted() -> None:
    lost = tuple(Happening(day=None, name=f"第{number}件。") for number in range(8))
    facts = replace(PeriodFacts(first=OCTOBER, last=OCTOBER), feedback_open=lost)
    assert narrator(facts).problems() == "群众意见8条没有办结：第0件；第1件；第2件；第3件；第4件。"


def test_a_name_with_marks_of_its_own_is_not_set_in_marks_again() -> None:
    assert "11月8日“书香古镇”少儿阅读分享会" in narrator(sample_facts(OCTOBER, OCTOBER)).plan()


def test_what_was_made_up_for_is_said_with_its_day() -> None:
    assert "“烈火英雄”（因天气取消，已于10月18日补办）" in narrator(sample_facts(OCTOBER, OCTOBER)).problems()


def test_nearly_all_is_not_all() -> None:
    facts = replace(PeriodFacts(first=OCTOBER, last=OCTOBER), satisfied=1999, forms=2000)
    assert "满意率99.9%" in narrator(facts).voices()


def test_an_indicator_without_a_value_is_neither_met_nor_missed() -> None:
    told = narrator(sample_facts(OCTOBER, OCTOBER))
    assert "行政村每月放映场次1 场" in told.met_indicators(INDICATORS)
    assert "人均到馆次数" not in told.met_indicators(INDICATORS) + told.open_indicators(INDICATORS)
    assert told.open_indicators(()) == ""


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_sentence_can_be_said_in_both_languages(language: str) -> None:
    i18n.set_language(language)
    told = narrator(sample_facts(OCTOBER, OCTOBER), is_town=True)
    said = [
        told.events(),
        told.opening(),
        told.library(),
        told.books_held(),
        told.service(),
        told.office(),
        told.works(),
        told.places(),
        told.assets(),
        told.funds(),
        told.voices(),
        told.problems(),
        told.plan(),
        told.overview(units=13, events=9),
    ]
    assert all(said)
    assert not [text for text in said if "{" in text]
