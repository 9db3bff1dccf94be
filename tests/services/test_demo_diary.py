"""The invented year: it repeats itself, keeps to the registers, and every village is another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from gzdesk.domain.fields import ParseContext, from_json
from gzdesk.domain.film import film_age
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordTypes
from gzdesk.domain.unit import Unit, Units
from gzdesk.services.demo.diary import closing_day, village_diary
from gzdesk.services.demo.registers import helpers
from gzdesk.services.demo.scene import Entry, Film, Ref, Scene
from gzdesk.services.demo.story import cast_story
from gzdesk.services.demo.words import Words, load_words
from gzdesk.services.reference import load_films, load_record_types, load_units

FIRST = Month(2019, 1)
MONTHS = 12
EVENTS = ("film_screening", "performance", "activity", "training_session")


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units()


@pytest.fixture(scope="module")
def types() -> RecordTypes:
    return load_record_types()


def scene_of(unit: Unit, words: Words, *, seed: int = 2019, months: int = MONTHS) -> Scene:
    films = tuple(
        Film(title=row["title"], film_type=row["film_type"], release_date=row.get("release_date", ""))
        for row in load_films()
    )
    return Scene(
        village=words.village(unit.id, name=unit.name),
        words=words,
        films=films,
        seed=seed,
        first=FIRST,
        closed_months=months,
        nil_month=Month(2019, 7) if unit.id == "caosan" else None,
    )


@pytest.fixture(scope="module")
def diaries(words: Words, units: Units) -> Mapping[str, tuple[Entry, ...]]:
    return {unit.id: village_diary(scene_of(unit, words)) for unit in units.below}


def day_of(entry: Entry) -> str:
    return str(entry.values.get("date") or entry.values.get("start_on") or entry.values.get("from") or "")


def final(diary: tuple[Entry, ...]) -> dict[str, Entry]:
    """What each record says in the end."""
    return {entry.key: entry for entry in diary}


def test_every_unit_has_a_character(words: Words, units: Units) -> None:
    assert set(words.villages) == {unit.id for unit in units.below}


def test_the_same_seed_gives_the_same_year(words: Words, units: Units) -> None:
    unit = units.below[0]
    assert village_diary(scene_of(unit, words)) == village_diary(scene_of(unit, words))
    assert village_diary(scene_of(unit, words)) != village_diary(scene_of(unit, words, seed=7))


def test_a_shorter_story_begins_like_the_longer_one(words: Words, units: Units) -> None:
    unit = units.below[1]
    opening = [entry for entry in village_diary(scene_of(unit, words)) if entry.type_id == "opening_log"]
    shorter = village_diary(scene_of(unit, words, months=2))
    assert [entry for entry in shorter if entry.type_id == "opening_log"] == opening[
        : len([entry for entry in shorter if entry.type_id == "opening_log"])
    ]


def test_every_value_fits_its_register(
    diaries: Mapping[str, tuple[Entry, ...]], types: RecordTypes, units: Units
) -> None:
    context = ParseContext(today=date(2020, 2, 1), month=None, units=units)
    for entry in (entry for diary in diaries.values() for entry in diary):
        record_type = types.get(entry.type_id)
        assert record_type is not None
        for name, value in entry.values.items():
            field = record_type.field(name)
            assert field is not None, (entry.type_id, name)
            if not isinstance(value, Ref):
                assert from_json(field, value, context) == value, (entry.key, name)
        missing = {field.name for field in record_type.fields if field.required and field.default is None}
        assert not missing - set(entry.values), entry


def test_what_is_referred_to_was_written_before(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    titles = {f"film/{row['title']}" for row in load_films()}
    for diary in diaries.values():
        written = set(titles)
        for entry in diary:
            needed = {value.key for value in entry.values.values() if isinstance(value, Ref)}
            assert needed <= written, entry
            written.add(entry.key)


def test_nothing_is_written_before_it_happened(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    for entry in (
        entry for diary in diaries.values() for entry in diary if entry.values.get("status") == "held"
    ):
        assert day_of(entry) <= entry.on.isoformat()


def test_a_month_is_closed_after_it_is_all_written_down(
    diaries: Mapping[str, tuple[Entry, ...]], types: RecordTypes
) -> None:
    closed_with_it = {item.id for item in types if item.counts_by_month and not item.stays_open}
    for entry in (entry for diary in diaries.values() for entry in diary if day_of(entry)):
        if entry.type_id in closed_with_it - {"closure_notice", "open_schedule"}:
            month = Month.parse(day_of(entry)[:7])
            # On the closing day the clerk first writes down the rest, then closes.
            assert entry.on <= closing_day(month, late=False)


@pytest.mark.parametrize("month", [FIRST.plus(n) for n in range(12)], ids=str)
def test_months_are_closed_before_the_deadline_and_late_ones_after(month: Month) -> None:
    deadline = month.plus(1).first_day.replace(day=10)
    assert month.last_day < closing_day(month, late=False) < deadline < closing_day(month, late=True)


def test_every_village_shows_a_film_each_month_but_the_closed_one(
    diaries: Mapping[str, tuple[Entry, ...]],
) -> None:
    for unit, diary in diaries.items():
        held = {day_of(entry)[:7] for entry in final(diary).values() if is_held(entry, "film_screening")}
        planned = {str(FIRST.plus(n)) for n in range(MONTHS)} - {"2019-07"}
        assert planned <= held, unit


def is_held(entry: Entry, type_id: str) -> bool:
    return entry.type_id == type_id and entry.values.get("status") == "held"


def test_a_village_shows_no_film_twice_and_none_before_its_release(
    diaries: Mapping[str, tuple[Entry, ...]],
) -> None:
    released = {f"film/{row['title']}": str(row.get("release_date", "")) for row in load_films()}
    for diary in diaries.values():
        shown = [entry for entry in final(diary).values() if is_held(entry, "film_screening")]
        keys = [entry.values["film_id"].key for entry in shown if isinstance(entry.values["film_id"], Ref)]
        assert len(set(keys)) == len(keys)
        assert all(released[key] < day_of(entry) for key, entry in zip(keys, shown, strict=True))


def test_about_half_of_the_films_are_new(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    bodies = {f"film/{row['title']}": row for row in load_films()}
    ages: Counter[str] = Counter()
    for entry in (entry for diary in diaries.values() for entry in final(diary).values()):
        film = entry.values.get("film_id")
        if is_held(entry, "film_screening") and isinstance(film, Ref):
            ages[film_age(bodies[film.key], date.fromisoformat(day_of(entry)))] += 1
    assert 1 / 3 < ages["new"] / ages.total() < 0.8


def test_rained_off_screenings_are_made_up_for(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    ends = {unit: final(diary) for unit, diary in diaries.items()}
    cancelled = [
        (unit, entry.key)
        for unit, entries in ends.items()
        for entry in entries.values()
        if entry.type_id == "film_screening" and entry.values["status"] == "cancelled"
    ]
    assert len(cancelled) >= 3
    for unit, key in cancelled:
        again = [entry for entry in ends[unit].values() if entry.values.get("makeup_of") == Ref(key)]
        assert len(again) == 1
        assert "audience" not in ends[unit][key].values


def test_a_village_keeps_its_registers(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    by_type = {
        unit: Counter(entry.type_id for entry in final(diary).values()) for unit, diary in diaries.items()
    }
    least = {
        "asset": 12,
        "asset_check": 1,
        "library_visit": 60,
        "library_collection_snapshot": 5,
        "online_learning": 5,
        "work_log": 60,
        "meeting": 10,
        "safety_check": 10,
        "satisfaction_survey": 12,
        "culture_team": 2,
        "care_project": 2,
        "digital_resource": 2,
        "population": 1,
    }
    for unit, counted in by_type.items():
        short = {type_id: counted[type_id] for type_id, count in least.items() if counted[type_id] < count}
        assert not short, unit
    whole = sum(by_type.values(), Counter())
    for type_id in (
        "feedback",
        "publicity",
        "fund_use",
        "asset_loan",
        "library_acquisition",
        "delivery_order",
    ):
        assert whole[type_id] >= 10, type_id


def test_a_safe_house_is_looked_at_each_month(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    for unit, diary in diaries.items():
        months = {day_of(entry)[:7] for entry in diary if entry.type_id == "safety_check"}
        expected = {str(FIRST.plus(n)) for n in range(MONTHS)} - ({"2019-07"} if unit == "caosan" else set())
        assert expected <= months


def test_the_forms_of_a_survey_add_up(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    for entry in (entry for diary in diaries.values() for entry in diary):
        if entry.type_id == "satisfaction_survey":
            counts = [int(str(entry.values[f"n{number}"])) for number in range(6)]
            assert min(counts) >= 0
            assert sum(counts) == entry.values["forms"]


def test_the_nil_month_is_empty_and_explained(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    july = [entry for entry in diaries["caosan"] if day_of(entry).startswith("2019-07")]
    assert {entry.type_id for entry in july} == {"closure_notice"}


def test_festivals_of_the_year_are_held(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    days = Counter(
        day_of(entry) for diary in diaries.values() for entry in final(diary).values() if is_event(entry)
    )
    for festival in ("2019-02-19", "2019-06-06", "2019-09-12", "2019-10-01", "2019-10-07"):
        assert days[festival] >= 6, festival


def is_event(entry: Entry) -> bool:
    return entry.type_id in EVENTS and entry.values.get("status") == "held"


def test_villages_differ_in_size(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    persons = {unit: sum(heads(diary)) for unit, diary in diaries.items()}
    assert persons["haizhou"] > 2 * persons["caosan"]
    assert len(set(persons.values())) == len(persons)


def heads(diary: tuple[Entry, ...]) -> Iterator[int]:
    for entry in final(diary).values():
        for name in ("audience", "participants", "attendance_total"):
            if name in entry.values:
                yield int(str(entry.values[name]))


def test_names_that_old_programs_could_not_print_are_there(diaries: Mapping[str, tuple[Entry, ...]]) -> None:
    names = "".join(
        str(entry.values["name"])
        for diary in diaries.values()
        for entry in diary
        if entry.type_id in ("staff", "volunteer")
    )
    assert set("䶮㙟𫖯𠮷") <= set(names)


@pytest.mark.parametrize("seed", range(20))
def test_nobody_confirms_their_own_hours(words: Words, units: Units, seed: int) -> None:
    for unit in units.below:
        scene = scene_of(unit, words, seed=seed)
        names = [helper.name for helper in helpers(scene)]
        assert len(set(names)) == len(names)
        assert not {str(person["name"]) for person in scene.village.staff} & set(names)


@pytest.mark.parametrize(("count", "months"), [(1, 1), (1, 12), (2, 1), (2, 2), (3, 3), (5, 4), (13, 12)])
def test_the_story_fits_what_there_is(units: Units, count: int, months: int) -> None:
    chosen = [unit.id for unit in units.below[:count]]
    story = cast_story(units=chosen, first=FIRST, months=months)
    for part in (story.nil, story.lost, story.corrected):
        assert part is None or (part[0] in chosen and FIRST <= part[1] <= FIRST.plus(months - 1))
    # A lost package is brought again by the next one, so there must be a next one.
    assert story.lost is None or story.lost[1] < FIRST.plus(months - 1)
    assert story.nil is None or story.corrected != story.nil
    assert story.late_unit is None or story.late_unit in chosen
