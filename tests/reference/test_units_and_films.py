from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from gzdesk import assets
from gzdesk.domain.fields import ParseContext, from_json
from gzdesk.domain.rules import check
from gzdesk.services.reference import load_films, load_record_types, load_units
from tests.domain.shelf import Shelf

UNITS = load_units()
FILMS = load_films()
FILM = load_record_types().by_id["film"]
CONTEXT = ParseContext(today=date(2025, 12, 31))


def test_the_town_has_twelve_villages_and_a_community() -> None:
    assert [unit.kind for unit in UNITS.below].count("village") == 12
    assert [unit.kind for unit in UNITS.below].count("community") == 1
    assert UNITS.town.id == "guzhen"


def test_units_are_told_apart_by_id_name_number_and_code() -> None:
    units = list(UNITS)
    for values in (
        [unit.id for unit in units],
        [unit.name for unit in units],
        [unit.name_en for unit in units],
        [unit.short for unit in units],
        [unit.code for unit in units if unit.code],
    ):
        assert len(set(values)) == len(values)
    assert all(re.fullmatch(r"[a-z][a-z_]*", unit.id) for unit in units)
    assert all(re.fullmatch(r"[A-Z]{2}[A-Z0-9]?", unit.short) for unit in units)
    assert all(re.fullmatch(r"442000105\d{3}", unit.code) for unit in units if unit.code)


def test_the_sheet_number_of_the_design_begins_with_the_village() -> None:
    caoyi = UNITS.find("曹一村")
    assert caoyi is not None
    assert (caoyi.id, caoyi.short) == ("caoyi", "CY1")


def test_population_figures_say_what_they_count() -> None:
    rows = tomllib.loads(assets.reference("units.toml").read_text(encoding="utf-8"))["population"]
    assert {(row["year"], row["basis"]) for row in rows} == {
        (2010, "resident"),
        (2021, "resident"),
        (2021, "registered"),
    }
    assert all(UNITS.find(row["unit"]) and row["precision"] in ("exact", "approximate") for row in rows)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film["title"])
def test_every_film_is_a_good_record(film: dict[str, object]) -> None:
    fields = {field.name: field for field in FILM.fields}
    assert all(from_json(fields[name], value, CONTEXT) == value for name, value in film.items())
    assert check(FILM, film, today=CONTEXT.today, record_id=None, lookup=Shelf()) == ()


def test_no_film_stands_twice() -> None:
    titles = [film["title"] for film in FILMS]
    assert len(set(titles)) == len(titles)
    assert len(titles) > 70
