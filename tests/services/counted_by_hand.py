"""The demonstration's year counted with plain loops over the raw bodies in its file: no code of the indicators.

`numbers` gives, for each indicator, what docs/indicators.md shows in its table: numerator and denominator.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from tests.services.counted_duties import duties
from tests.services.counted_monitors import monitors
from tests.services.ledger_by_hand import (
    COMMUNITY,
    LAST,
    TOWN,
    UNITS,
    VILLAGES,
    YEAR,
    Body,
    Counted,
    Ledger,
    of,
    read,
)

# Of 2010, the latest year up to 2019 in units.toml; the demonstration enters the same.
RESIDENTS = 150_000
VENUES = ("village_culture_centre", "culture_station", "library")


def numbers(file: Path) -> Counted:
    """Numerator and denominator of each indicator of 2019, in the whole town; None where there is no value."""
    ledger = read(file)
    return {
        **_films(ledger),
        **_library(ledger),
        **_people(ledger),
        **_rest(ledger),
        **duties(ledger),
        **monitors(ledger),
    }


def _films(ledger: Ledger) -> Counted:
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
        "film_coverage_rate": of(len({show["_unit"] for show in shows}), VILLAGES),
        "screenings_per_village_month": of(
            len({(show["_unit"], show["date"][:7]) for show in shows}), VILLAGES * 12
        ),
        "new_domestic_film_ratio": (
            new,
            sum((Fraction(show["session_count"]) for show in shows), Fraction()),
        ),
        "performances_per_village_year": of(sum(count >= 5 for count in stage.values()), VILLAGES),
    }


def _library(ledger: Ledger) -> Counted:
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
        "new_books_per_capita": of(new, residents),
        "collection_per_capita": of(stock, residents),
        "collection_turnover": of(loans, stock),
        "library_visits_per_capita": of(visits, residents),
        "population_per_library": of(residents, len(open_rooms)),
    }


def _people(ledger: Ledger) -> Counted:
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
        if person["employment"] == "established"
        and person["_unit"] in TOWN
        and person["in_post_from"] <= LAST <= person.get("in_post_to", "9999")
    ]
    return {
        "volunteer_population_permille": of(len(registered), _residents(ledger)),
        "volunteer_hours_per_capita": (hours, Fraction(len(registered))),
        "staff_training_days": of(sum(days[who] >= 5 for who in staff), len(staff)),
        "staff_online_class_hours": of(sum(classes[who] >= 50 for who in staff), len(staff)),
        "village_funded_post_rate": of(len(funded - set(TOWN)), UNITS),
        "station_established_staff_count": of(len(established), 1),
    }


def _rest(ledger: Ledger) -> Counted:
    residents = _residents(ledger)
    venues = [place for place in ledger["facility"] if place["type"] in VENUES]
    centres = [place for place in venues if place["type"] == "village_culture_centre"]
    indoor = [
        place for place in ledger["facility"] if place["type"] != "square" and "indoor_area_m2" in place
    ]
    area = sum((Fraction(place["indoor_area_m2"]) for place in indoor), Fraction())
    held = {event.get("brand_id") for event in ledger["activity"] if event["date"] <= LAST}
    brands = [
        item
        for item in ledger["brand_activity"]
        if not item.get("city_brand") and (item["_id"] in held or item.get("editions"))
    ]
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
        "village_centre_coverage_rate": of(sum("accepted_on" in place for place in centres), UNITS),
        "wifi_coverage_rate": of(sum(place.get("wifi") is True for place in venues), len(venues)),
        "digital_facility_equipped_rate": of(
            sum(_is_equipped(ledger, place) for place in venues), len(venues)
        ),
        "brand_activity_count": of(len(brands), 1),
        "town_library_digital_service": _digital(ledger),
        "care_projects_per_institution": _care(ledger),
        "culture_funding_per_capita": (spent, Fraction(residents)),
        "station_grade": None,  # a grade is no number
    }


def _is_equipped(ledger: Ledger, venue: Body) -> bool:
    """Whether it has a working piece of each class: a village's things are its centre's, the town's say where."""
    classes = set()
    for item in ledger["asset"]:
        is_there = item["_unit"] == venue["_unit"] and (
            venue["type"] == "village_culture_centre" or venue["name"] in item["place"]
        )
        if is_there and item["state"] == "good" and item["acquired_on"] <= LAST:
            classes.add(item["class"])
    return {"terminal", "stage_equipment", "broadband", "network_tv"} <= classes


def _digital(ledger: Ledger) -> tuple[Fraction, Fraction]:
    """The town's libraries, if it has a resource that has begun and not ended."""
    libraries = [place for place in ledger.towns("facility") if place["type"] == "library"]
    usable = [
        item
        for item in ledger.towns("digital_resource")
        if item["from"] <= LAST and item.get("to", "9999") >= LAST
    ]
    return of(len(libraries) if usable else 0, len(libraries))


def _care(ledger: Ledger) -> tuple[Fraction, Fraction]:
    """Institutions of the town with two projects in which something was held; of villages they are only shown."""
    held = {event.get("care_project_id") for event in ledger["activity"] if event["date"] <= LAST}
    projects: dict[str, set[str]] = defaultdict(set)
    for project in ledger.towns("care_project"):
        projects[project["institution"]] |= {project["name"]} if project["_id"] in held else set()
    return of(sum(len(names) >= 2 for names in projects.values()), len(projects))


def _residents(ledger: Ledger) -> int:
    entered = [
        (item["year"], item["version"], item["value"])
        for item in ledger["population"]
        if item["unit_code"] == "guzhen" and item["basis"] == "resident" and item["year"] <= int(YEAR)
    ]
    return int(max([(2010, 0, RESIDENTS), *entered])[2])
