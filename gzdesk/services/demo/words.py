"""The words of the demonstration: villages, people, festivals, shows, courses, films, books."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gzdesk import assets

# A value of the TOML files; their shape is checked by what the diary makes of them in the tests.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """One unit's character: how big and busy it is, what it likes, where things take place, who works there."""

    unit: str
    name: str
    size: float
    activities: tuple[int, int]
    shows: int
    courses: tuple[str, ...]
    likes: frozenset[str]
    film_day: int
    film_week: int
    hours: str
    facts: Row
    staff: tuple[Row, ...]

    @property
    def clerk(self) -> str:
        """Who writes the register."""
        return str(self.staff[0]["name"])

    @property
    def head(self) -> str:
        """Who checks and signs."""
        return str(self.facts["head"])

    @property
    def centre(self) -> str:
        """The full name of the village's culture centre."""
        return f"{self.name}综合性文化服务中心"

    @property
    def committee(self) -> str:
        """The village's government as the host of events."""
        return f"{self.name}委会" if self.name.endswith("村") else f"{self.name}居委会"

    def place(self, kind: str) -> str:
        """The place of that kind: `square`, `stage`, `hall`, `elders`, `school`, `centre`, `reading_room` …"""
        usual = {"centre": "文化服务中心二楼", "reading_room": "农家书屋", "river": "村前河涌"}
        return str(self.facts.get(kind) or usual[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All files of `db/reference/demo/`."""

    villages: Mapping[str, Row]
    people: Row
    hours: Mapping[str, Row]
    opening: Row
    films: Row
    courses: Mapping[str, Row]
    staff_training: tuple[Row, ...]
    stage: Row
    festivals: tuple[Row, ...]
    regular: tuple[Row, ...]
    books: tuple[str, ...]
    things: Row
    office: Row
    station: Row
    returns: tuple[Row, ...]

    def village(self, unit: str, *, name: str) -> Village:
        """The character of a unit. Raises KeyError for a unit that the files do not know."""
        row = self.villages[unit]
        low, high = row["activities"]
        return Village(
            unit=unit,
            name=name,
            size=row["size"],
            activities=(low, high),
            shows=row["shows"],
            courses=tuple(row["courses"]),
            likes=frozenset(row["likes"]),
            film_day=row["film_day"],
            film_week=row["film_week"],
            hours=row["hours"],
            facts=row,
            staff=tuple(row["staff"]),
        )


def load_words() -> Words:
    """Read the files."""
    courses, opening, events = _read("courses"), _read("opening"), _read("events")
    return Words(
        villages={row["unit"]: row for row in _read("villages")["village"]},
        people=_read("people"),
        hours={row["id"]: row for row in opening["hours"]},
        opening=opening,
        films=_read("films"),
        courses={row["id"]: row for row in courses["course"]},
        staff_training=tuple(courses["staff_training"]),
        stage=_read("stage"),
        festivals=tuple(events["festival"]),
        regular=tuple(events["regular"]),
        books=tuple(_read("books")["titles"]),
        things=_read("things"),
        office=_read("office"),
        station=_read("station"),
        returns=tuple(_read("review")["return"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(assets.reference("demo", f"{name}.toml").read_text(encoding="utf-8"))
