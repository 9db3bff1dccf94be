"""Targets and rules that the town changes from a day on; the villages go by them after their next stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.indicators.catalogue import number, number_text
from gzdesk.domain.indicators.target_words import read_target
from gzdesk.errors import UserError
from gzdesk.services.adjustments import Adjustable, Adjustments
from gzdesk.services.indicator_facts import load_counting_rules
from tests.services.test_handed_down import answer
from tests.services.world import TODAY, Site, World

JULY, LATER = date(2019, 7, 1), date(2020, 1, 1)
WHY = "古镇文〔2019〕12号"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    made.there_and_back(made.gusi)
    yield made
    made.close()


@pytest.fixture
def town(world: World) -> Adjustments:
    return world.town.work.adjustments


def held_by(site: Site) -> str:
    """The id of a target that a setting holds."""
    return next(row.id for row in site.work.indicators.catalogue() if row.setting == "performances_per_year")


def target(site: Site, indicator_id: str, on: date | None = None) -> Adjustable:
    return next(row for row in site.work.adjustments.targets(on) if row.id == indicator_id)


def rule(site: Site, rule_id: str, on: date | None = None) -> Adjustable:
    return next(row for row in site.work.adjustments.rules(on) if row.id == rule_id)


def test_without_a_change_the_programme_holds(world: World) -> None:
    row = target(world.town, held_by(world.town))
    assert (row.value, row.now, row.history) == ("5", None, ())
    assert {row.id for row in world.town.work.adjustments.rules()} == {
        item.id for item in load_counting_rules()
    }


def test_a_target_changes_on_its_day_and_arrives_in_the_village(world: World, town: Adjustments) -> None:
    key = held_by(world.town)
    made = town.set_target(key, "6", valid_from=JULY, reason=WHY)
    assert (made.value, made.now is not None and made.now.reason) == ("6", WHY)
    assert target(world.town, key, date(2019, 6, 30)).value == "5"
    answer(world)
    row = target(world.gusi, key)
    assert row.now is not None
    assert (row.value, row.shown, row.now.valid_from) == ("6", "6", JULY)
    assert "不少于6" in row.wording
    result = world.gusi.work.indicators.one(key, year=2019)
    assert (result.target.value, result.target.since) == (Fraction(6), JULY)
    assert world.gusi.work.settings.performances_per_year == 6, "the home page reminds of the same number"


def test_a_change_of_the_setting_is_one_of_the_target(world: World) -> None:
    world.town.work.context.change_settings(performances_per_year=7)
    result = world.town.work.indicators.one(held_by(world.town), year=2019, unit="gusi")
    assert (result.target.value, result.target.since) == (Fraction(7), TODAY)
    before = world.town.work.indicators.one(held_by(world.town), year=2019, month=10, unit="gusi")
    assert before.target.value == Fraction(5), "what held in October is not what holds now"


def test_what_comes_later_is_told_and_does_not_hold_yet(world: World, town: Adjustments) -> None:
    town.set_rule("new_film_years", "3", valid_from=LATER, reason=WHY)
    row = rule(world.town, "new_film_years")
    assert (row.value, [change.value for change in row.coming]) == ("2", ["3"])
    assert rule(world.town, "new_film_years", LATER).value == "3"


def test_a_change_can_be_taken_back(world: World, town: Adjustments) -> None:
    key = held_by(world.town)
    town.set_target(key, "6", valid_from=JULY, reason=WHY)
    town.set_target(key, "", valid_from=TODAY, reason=WHY)
    assert target(world.town, key).shown == "不考核"
    assert town.withdraw_target(key, valid_from=TODAY).value == "6"
    assert town.withdraw_target(key, valid_from=JULY).value == "5"
    assert world.town.work.settings.performances_per_year == 5
    town.set_rule("new_film_inclusive", "true", valid_from=JULY, reason=WHY)
    assert town.withdraw_rule("new_film_inclusive", valid_from=JULY).shown == "否"


def test_what_is_refused(world: World, town: Adjustments) -> None:
    key = held_by(world.town)
    town.set_target(key, "6", valid_from=JULY, reason=WHY)

    def code(site: Site = world.town, **values: object) -> str:
        asked = {"value": "7", "valid_from": JULY, "reason": WHY, **values}
        service = site.work.adjustments
        change: Callable[..., object]
        if "rule" in asked:
            change, asked["rule_id"] = service.set_rule, asked.pop("rule")
        else:
            change, asked = service.set_target, {"indicator_id": key, **asked}
        with pytest.raises(UserError) as refused:
            change(**asked)
        assert refused.value.message
        return refused.value.code

    assert code(world.gusi) == "not_the_town"
    assert code(indicator_id="nowhere") == "unknown_indicator"
    assert code(rule="nowhere") == "unknown_rule"
    assert code(value="many") == code(value="1/0") == code(value="-1") == "unreadable_value"
    assert code(deadline="31日") == "unreadable_value"
    assert code(reason="  ") == "reason_needed"
    assert code(wording="长" * 201) == "too_long"
    assert code(value="6") == "nothing_changed"
    for rule_id, value in (
        ("report_deadline_day", "31"),
        ("new_film_years", "0"),
        ("new_film_inclusive", "perhaps"),
        ("new_film_ratio_of", "seats"),
        ("yearly_reports_by", "02-30"),
        ("working_hours", "whole day"),
    ):
        assert code(rule=rule_id, value=value) == "unreadable_value"
    with pytest.raises(UserError):
        town.withdraw_target(key, valid_from=TODAY)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("1/3", "1/3"), ("0.60", "0.6"), ("97%", "0.97"), (" 97％ ", "0.97"), ("200", "200"), ("", "")],
)
def test_numbers_are_read_as_people_write_them(text: str, kept: str) -> None:
    assert read_target(text) == kept


@given(value=st.fractions(min_value=0, max_value=10**6, max_denominator=999))
def test_no_target_is_rounded(value: Fraction) -> None:
    kept = read_target(str(value))
    assert kept is not None
    assert number(kept) == value
    assert number(read_target(number_text(value)) or "") == value


# Rules that look for words in names: whatever somebody writes there is a word.
WORDS_OF_PEOPLE = {"choral_words", "cantonese_opera_words", "school_words"}


def test_every_rule_is_said_in_words_and_takes_its_own_words_back(town: Adjustments) -> None:
    for row in town.rules():
        assert not any(char.isascii() and char.isalpha() for char in row.shown), row.id
        if row.id in WORDS_OF_PEOPLE:
            continue
        with pytest.raises(UserError) as refused:
            town.set_rule(row.id, "?!", valid_from=JULY, reason=WHY)
        assert refused.value.code == "unreadable_value", row.id
