"""Brands, care projects, digital service, money and grade (tasks.json 4.1, 13.1, 14.4, 17.2, 23.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally
from gzdesk.domain.indicators.judging import Function, reaches
from gzdesk.domain.indicators.result import NONE, Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.sums import per_resident, share
from gzdesk.domain.indicators.words import rounded
from gzdesk.domain.period import day_of
from gzdesk.domain.record import HELD
from gzdesk.i18n import gettext as _


def brand_activity_count(asked: Asked) -> Figure:
    """Different brands with at least one held edition, up to the day. A city's brand held here is not the town's."""
    held = _with_activity(asked, "brand_id")
    names: set[str] = set()

    def why_not(row: Row) -> str:
        if row.is_yes("city_brand"):
            return "city_brand"
        if row.id not in held and not row.whole("editions"):
            return "no_edition"
        name = "".join(row.text("name").split())
        if name in names:
            return "same_brand"
        names.add(name)
        return ""

    tally = asked.count(_by_id(asked.facts.of_type("brand_activity")), why_not)
    return _counting(tally)


def care_projects_per_institution(asked: Asked) -> Figure:
    """Institutions of the town with enough projects ÷ institutions: projects with a held activity, not sessions.

    Village centres are not in the target; theirs are shown.
    """
    held = _with_activity(asked, "care_project_id")

    def why_not(row: Row) -> str:
        return "" if row.id in held else "no_activity"

    tally = asked.count(_by_id(asked.facts.of_type("care_project")), why_not)
    below = asked.facts.roster.is_below
    parts = []
    institutions = {
        (below(row.unit), row.text("institution"))
        for row in asked.facts.of_type("care_project")
        if row.status == HELD
    }
    for is_village, name in sorted(institutions):
        rows = [row for row in tally.rows if (below(row.unit), row.text("institution")) == (is_village, name)]
        parts.append(
            Part(
                key=name,
                label=name,
                value=Fraction(len({row.text("name") for row in rows})),
                counted=tuple(sorted(row.id for row in rows)),
                verdict=NONE if is_village else "",
            )
        )
    judged = [part for part in parts if not part.verdict]
    target = asked.target
    enough = sum(
        target.value is not None and reaches(part.value or Fraction(), target.value, target.comparison)
        for part in judged
    )
    return share(
        enough,
        len(judged),
        tally=tally,
        parts=parts,
        rollup=True,
        reason=_("No project of an institution of the town is on the register."),
    )


def town_library_digital_service(asked: Asked) -> Figure:
    """Whether the town library has a digital resource that readers can use on the day."""
    tally = asked.count(asked.town_register("digital_resource"), lambda row: _not_usable(asked, row))
    libraries = [
        row
        for row in asked.town_register("facility")
        if row.text("type") == "library" and row.status == "held"
    ]
    count = len(libraries)
    return share(
        count if tally.rows else 0,
        count,
        tally=tally,
        notes=_two_deadlines(asked),
        reason=_("No library of the town is on the register."),
    )


def culture_funding_per_capita(asked: Asked) -> Figure:
    """Money spent on culture in the year ÷ residents; building is not in it. What was granted is told in a note."""
    year = asked.period.year
    months = {month.number for month in asked.period.months()} if asked.period.is_month else None
    rows = [
        row
        for row in asked.register("fund_use")
        if row.whole("year") == year and (months is None or row.month in months)
    ]

    def why_not(row: Row) -> str:
        if row.is_yes("construction"):
            return "construction"
        return "granted" if row.text("entry") == "granted" else ""

    tally = asked.count(rows, why_not)
    granted = {item.record for item in tally.excluded if item.code == "granted"}
    budget = sum((row.number("amount") for row in rows if row.id in granted), Fraction())
    notes = [_("Granted: {amount} yuan").format(amount=rounded(budget, fixed=True))] if budget else []
    spent = sum((row.number("amount") for row in tally.rows), Fraction())
    return per_resident(asked, spent, tally=tally, notes=notes)


def station_grade(asked: Asked) -> Figure:
    """The grade of the culture station, as its certificate says. No machine judges it."""
    tally = asked.count(
        asked.town_register("facility"),
        lambda row: "" if row.text("type") == "culture_station" else "no_station",
    )
    grades = [row.text("grade") for row in _by_id(tally.rows)]
    words = {
        "special": _("Special grade"),
        "first": _("First grade"),
        "second": _("Second grade"),
        "third": _("Third grade"),
        "none": _("Not graded"),
    }
    found = next((words[grade] for grade in words if grade in grades), "")
    return Figure(
        text=found,
        reason="" if found else _("The register of facilities names no grade."),
        verdict=NONE if found else "",
        counted=tally.counted,
        with_evidence=tally.with_evidence,
    )


INDICATORS: Mapping[str, Function] = {
    "brand_activity_count": brand_activity_count,
    "town_library_digital_service": town_library_digital_service,
    "care_projects_per_institution": care_projects_per_institution,
    "culture_funding_per_capita": culture_funding_per_capita,
    "station_grade": station_grade,
}


def _with_activity(asked: Asked, field: str) -> frozenset[str]:
    """The ids that held activities up to the day name in that item."""
    until = str(asked.day)
    rows = asked.facts.of_type("activity")
    return frozenset(
        row.text(field) for row in rows if row.status == "held" and row.day <= until and row.text(field)
    )


def _not_usable(asked: Asked, row: Row) -> str:
    first, last = day_of(row.text("from")), day_of(row.text("to"))
    if first is None or first > asked.day:
        return "not_open_yet"
    return "expired" if last is not None and last < asked.day else ""


def _two_deadlines(asked: Asked) -> tuple[str, ...]:
    target = asked.target
    if target.deadline is None or target.text_deadline is None:
        return ()
    words = _("The table says {column}, the text {text}; the table decides.")
    return (words.format(column=target.deadline, text=target.text_deadline),)


def _counting(tally: Tally) -> Figure:
    count = Fraction(len(tally.rows))
    return Figure(
        value=count,
        numerator=count,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        parts=tuple(
            Part(key=row.id, label=row.text("name"), value=Fraction(1), counted=(row.id,), verdict=NONE)
            for row in _by_id(tally.rows)
        ),
    )


def _by_id(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.id)
