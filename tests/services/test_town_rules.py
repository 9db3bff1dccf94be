"""Settings that the town makes for all: they go down the stick and hold from their day on (动态调整)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.services.town_rules import COUNTING_RULE, as_text, write_rule
from gzdesk.settings import TOWN_WIDE, Settings
from tests.services.test_handed_down import answer
from tests.services.world import TODAY, Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    for village in (made.gusi, made.gusan):
        made.there_and_back(village)
    yield made
    made.close()


def rule(site: Site, name: str, value: object, since: date) -> None:
    with site.store.writing() as work:
        write_rule(site.work.context, work, rule=name, value=as_text(value), since=since, reason="镇通知")
        work.commit()


def test_what_the_town_sets_holds_in_the_villages(world: World) -> None:
    assert world.town.work.context.change_settings(report_deadline_day=8).report_deadline_day == 8
    answer(world)
    assert world.gusi.work.settings.report_deadline_day == 8
    assert world.gusi.work.context.set_by_town() == {"report_deadline_day": TODAY}
    assert world.gusan.work.settings.report_deadline_day == 10, "its stick is still to come"
    world.gusi.reopen()
    world.town.reopen()
    assert {site.work.settings.report_deadline_day for site in (world.gusi, world.town)} == {8}


def test_a_village_does_not_change_what_the_town_has_set(world: World) -> None:
    world.gusi.work.context.change_settings(performances_per_year=6)
    world.town.work.context.change_settings(performances_per_year=7)
    answer(world)
    with pytest.raises(UserError) as refused:
        world.gusi.work.context.change_settings(performances_per_year=5)
    assert refused.value.code == "set_by_the_town"
    assert world.gusi.work.settings.performances_per_year == 7
    assert world.gusi.work.context.change_settings(remind_from_day=3).remind_from_day == 3
    assert world.gusi.work.context.own_settings().performances_per_year == 6


def test_what_concerns_this_pc_only_stays_on_it(world: World) -> None:
    before = world.town.revisions("guzhen")
    world.town.work.context.change_settings(mask_phones=False, stick_folder="/stick", person_kept_years=3)
    assert world.town.revisions("guzhen") == before
    assert not world.town.work.settings.mask_phones


def test_a_rule_begins_on_its_day(world: World) -> None:
    rule(world.town, "new_film_years", 3, TODAY + timedelta(days=2))
    rule(world.town, "new_film_years", 1, TODAY - timedelta(days=30))
    assert world.town.work.settings.new_film_years == 1
    with world.town.store.reading() as read:
        years = [
            world.town.work.context.settings_on(read, TODAY + timedelta(days=days)).new_film_years
            for days in (-31, -30, 1, 2)
        ]
    assert years == [2, 1, 1, 3]
    world.town.clock.moment += timedelta(days=2)
    assert world.town.work.settings.new_film_years == 3, "a PC that is never switched off"


def test_the_same_again_writes_nothing(world: World) -> None:
    context = world.town.work.context
    context.change_settings(screenings_per_month=2)
    before = world.town.revisions("guzhen")
    context.change_settings(screenings_per_month=2)
    assert world.town.revisions("guzhen") == before
    context.change_settings(screenings_per_month=3)
    (record,) = world.town.work.records.of_types([COUNTING_RULE])
    assert (record.values["value"], record.generation) == ("3", 2)


@pytest.mark.parametrize("value", ["ten", "", "-1", "9" * 30, "１２", None, ["1"], 1.5])
def test_a_value_that_is_none_changes_nothing(world: World, value: object) -> None:
    world.town.write(
        {"rule": "report_deadline_day", "value": value, "valid_from": "2019-01-01", "status": "held"}
        if not isinstance(value, float)
        else {"rule": "of a newer program", "value": "1", "valid_from": "?", "status": "held"},
        type_id=COUNTING_RULE,
    )
    assert world.town.work.settings == Settings()


def test_every_one_of_them_can_be_written_and_read() -> None:
    settings = Settings()
    for name in TOWN_WIDE:
        value = getattr(settings, name)
        assert settings.read(name, as_text(value)) == value
