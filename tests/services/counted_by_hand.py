"""The demonstration's year counted with plain loops over the raw bodies in its file: no code of the indicators.

`numbers` gives, for each indicator, what docs/indicators.md shows in its table: numerator and denominator.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

YEAR, LAST = "2019", "2019-12-31"
VILLAGES, UNITS = 12, 13
COMMUNITY, TOWN = "guzhen_shequ", ("guzhen", "guzhen.station")
RESIDENTS = (
    150_000  # of 2010, the latest year up to 2019 in units.toml; the demonstration enters a later figure
)
_QUERY = """
    SELECT types.id, scopes.id, records.id, revisions.body FROM records
    JOIN revisions ON revisions.key = records.revision
    JOIN types ON types.key = records.type
    JOIN scopes ON scopes.key = records.scope
    WHERE NOT records.deleted
"""

Body = dict[str, Any]


def read(file: Path) -> dict[str, list[Body]]:
    """All current records of a ledger that are held, by type; `_unit` and `_id` tell whose and which."""
    found: dict[str, list[Body]] = defaultdict(list)
    connection = sqlite3.connect(file)
    for type_id, scope, record, text in connection.execute(_QUERY):
        body = json.loads(text)
        if body.get("status", "held") == "held":
            found[type_id].append({**body, "_unit": scope, "_id": record})
    connection.close()
    return found


def numbers(file: Path) -> dict[str, tuple[Fraction, Fraction] | None]:
    """Numerator and denominator of each indicator of 2019, in the whole town; None where there is no value."""
    ledger = read(file)
    return {**_films(ledger), **_library(ledger), **_people(ledger), **_rest(ledger)}


def _films(ledger: dict[str, list[Body]]) -> dict[str, tuple[Fraction, Fraction] | None]:
    shows = [
        show
        for show in ledger["film_screening"]
        if show["date"][:4] == YEAR
        and show["_unit"] != COMMUNITY
        and show.get("confirmed_by")
        and show["completed"]
    ]
    films = {film["_id"]: film for film in ledger["film"]}
    new = Fraction()
    for show in shows:
        film = films[show["film_id"]]
        released = film.get("release_date", "")
        two_years_on = f"{int(released[:4]) + 2}{released[4:]}" if len(released) == 10 else ""
        if film["origin"] in ("domestic", "coproduction") and show["date"] < two_years_on:
            new += Fraction(show["session_count"])
    stage: dict[str, int] = defaultdict(int)
    for show in ledger["performance"]:
        if show["date"][:4] == YEAR and show["_unit"] != COMMUNITY and show.get("confirmed_by"):
            stage[show["_unit"]] += show["sessions"]
    return {
        "film_coverage_rate": _of(len({show["_unit"] for show in shows}), VILLAGES),
        "screenings_per_village_month": _of(
            len({(show["_unit"], show["date"][:7]) for show in shows}), VILLAGES * 12
        ),
        "new_domestic_film_ratio": (
            new,
            sum((Fraction(show["session_count"]) for show in shows), Fraction()),
        ),
        "performances_per_village_year": _of(sum(count >= 5 for count in stage.values()), VILLAGES),
    }


def _library(ledger: dict[str, list[Body]]) -> dict[str, tuple[Fraction, Fraction] | None]:
    residents = _residents(ledger)
    new = sum(
        item.get("volumes", 0)
        for item in ledger["library_acquisition"]
        if item["date"][:4] == YEAR and item.get("source") != "transfer" and item.get("is_new") is not False
    )
    stock = 0
    rooms = {item["facility_id"] for item in ledger["library_collection_snapshot"]}
    for room in rooms:
        counts = [
            (item["on"], item["volumes"])
            for item in ledger["library_collection_snapshot"]
            if item["facility_id"] == room and item["on"] <= LAST
        ]
        counted_on, volumes = max(counts)
        stock += volumes
        for item in ledger["library_acquisition"]:
            if item["facility_id"] == room and counted_on < item["date"] <= LAST:
                stock += item.get("volumes", 0) - item.get("withdrawn", 0)
    loans = sum(item["volumes"] for item in ledger["library_loan"] if item["date"][:4] == YEAR)
    visits = sum(item["person_times"] for item in ledger["library_visit"] if item["date"][:4] == YEAR)
    open_rooms = [
        place
        for place in ledger["facility"]
        if place["type"] in ("library", "rural_reading_room") and place.get("opened_on", "") <= LAST
    ]
    return {
        "new_books_per_capita": _of(new, residents),
        "collection_per_capita": _of(stock, residents),
        "collection_turnover": _of(loans, stock),
        "library_visits_per_capita": _of(visits, residents),
        "population_per_library": _of(residents, len(open_rooms)),
    }


def _people(ledger: dict[str, list[Body]]) -> dict[str, tuple[Fraction, Fraction] | None]:
    registered = {
        person["platform_no"] if "platform_no" in person else person["_id"]
        for person in ledger["volunteer"]
        if person["registered_on"] <= LAST and person.get("left_on", "9999") > LAST
    }
    hours = sum(
        (
            Fraction(item["hours"])
            for item in ledger["volunteer_service"]
            if item["date"][:4] == YEAR and item.get("confirmed_by")
        ),
        Fraction(),
    )
    staff = [
        person["_id"]
        for person in ledger["staff"]
        if person["in_post_from"] <= "2019-07-01" and person.get("in_post_to", "9999") >= LAST
    ]
    courses = {
        course["_id"]
        for course in ledger["training_session"]
        if course["kind"] == "centralised" and course["start_on"][:4] == YEAR
    }
    days: dict[str, Fraction] = defaultdict(Fraction)
    for item in ledger["training_attendance"]:
        if item["session_id"] in courses and item["signed"] and "staff_id" in item:
            days[item["staff_id"]] += Fraction(item["days"])
    classes: dict[str, Fraction] = defaultdict(Fraction)
    for item in ledger["online_learning"]:
        if item["finished_on"][:4] == YEAR and item["platform"] == "national":
            classes[item["staff_id"]] += Fraction(item["class_hours"])
    funded = {
        person["_unit"]
        for person in ledger["staff"]
        if person["employment"] == "funded_public_post" and person.get("in_post_to", "9999") >= LAST
    }
    established = [
        person
        for person in ledger["staff"]
        if person["employment"] == "established" and person["_unit"] in TOWN
    ]
    return {
        "volunteer_population_permille": _of(len(registered), _residents(ledger)),
        "volunteer_hours_per_capita": (hours, Fraction(len(registered))),
        "staff_training_days": _of(sum(days[who] >= 5 for who in staff), len(staff)),
        "staff_online_class_hours": _of(sum(classes[who] >= 50 for who in staff), len(staff)),
        "village_funded_post_rate": _of(len(funded - set(TOWN)), UNITS),
        "station_established_staff_count": _of(len(established), 1),
    }


def _rest(ledger: dict[str, list[Body]]) -> dict[str, tuple[Fraction, Fraction] | None]:
    residents = _residents(ledger)
    centres = [place for place in ledger["facility"] if place["type"] == "village_culture_centre"]
    indoor = [
        place for place in ledger["facility"] if place["type"] != "square" and "indoor_area_m2" in place
    ]
    area = sum((Fraction(place["indoor_area_m2"]) for place in indoor), Fraction())
    needed = {"terminal", "stage_equipment", "broadband", "network_tv"}
    working: dict[str, set[str]] = defaultdict(set)
    for item in ledger["asset"]:
        if item["state"] == "good" and item["acquired_on"] <= LAST:
            working[item["_unit"]].add(item["class"])
    held = {event.get("brand_id") for event in ledger["activity"] if event["date"] <= LAST}
    brands = [item for item in ledger["brand_activity"] if item["_id"] in held or item.get("editions")]
    spent = sum(
        (
            Fraction(item["amount"])
            for item in ledger["fund_use"]
            if item["year"] == int(YEAR) and item["entry"] == "spent" and not item.get("construction")
        ),
        Fraction(),
    )
    return {
        "indoor_culture_area_per_1000": (area * 1000, Fraction(residents)),
        "village_centre_coverage_rate": _of(sum("accepted_on" in place for place in centres), UNITS),
        "wifi_coverage_rate": _of(sum(place.get("wifi") is True for place in centres), len(centres)),
        "digital_facility_equipped_rate": _of(
            sum(needed <= working[place["_unit"]] for place in centres), len(centres)
        ),
        "brand_activity_count": _of(len(brands), 1),
        "town_library_digital_service": None,  # the station of the demonstration keeps no library of its own
        "care_projects_per_institution": None,  # nor projects: those of the villages are only shown
        "culture_funding_per_capita": (spent, Fraction(residents)),
        "station_grade": None,
    }


def _residents(ledger: dict[str, list[Body]]) -> int:
    entered = [
        (item["year"], item["version"], item["value"])
        for item in ledger["population"]
        if item["unit_code"] == "guzhen" and item["basis"] == "resident" and item["year"] <= int(YEAR)
    ]
    return int(max([(2010, 0, RESIDENTS), *entered])[2])


def _of(numerator: int, denominator: int) -> tuple[Fraction, Fraction]:
    return Fraction(numerator), Fraction(denominator)
