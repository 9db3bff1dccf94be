"""Libraries (tasks.json 9.1): new books, stock, loans, visits, residents for each library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally, residents_note
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import NONE, Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.sums import per_resident, share
from gzdesk.domain.indicators.venues import in_use, one_per_building
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed


def new_books_per_capita(asked: Asked) -> Figure:
    """Volumes newly entered in the year ÷ residents: volumes, not titles; moved books are not new."""

    def why_not(row: Row) -> str:
        if row.text("source") == "transfer":
            return "transfer"
        if not row.whole("volumes"):
            return "withdrawal"
        return "not_new" if row.values.get("is_new") is False else ""

    tally = asked.count(asked.rows("library_acquisition"), why_not)
    return per_resident(asked, Fraction(sum(row.whole("volumes") for row in tally.rows)), tally=tally)


def collection_per_capita(asked: Asked) -> Figure:
    """Volumes held on the day ÷ residents, e-books left out."""
    stock, tally = _stock(asked, asked.day)
    return per_resident(asked, Fraction(sum(stock.values())), tally=tally)


def collection_turnover(asked: Asked) -> Figure:
    """Volume-loans of the year ÷ volumes held at its end (or the mean of its start and end).

    A loan counts at the library that lends. Reading in the room is added only where the rule says so.
    """
    tally = asked.count(asked.rows("library_loan"))
    loans = sum(row.whole("volumes") for row in tally.rows)
    in_house = sum(row.whole("in_house") for row in tally.rows)
    held = Fraction(sum(_stock(asked, asked.day)[0].values()))
    if asked.rule("turnover_stock") == "mean":
        held = (held + sum(_stock(asked, asked.period.first_day)[0].values())) / 2
    notes = []
    if in_house:
        notes.append(_("Read in the room: {count}").format(count=in_house))
    counted = loans + (in_house if asked.rule_yes("loans_count_in_house") else 0)
    return share(counted, held, tally=tally, notes=notes, reason=_("No volumes are held."))


def library_visits_per_capita(asked: Asked) -> Figure:
    """Person-times entering the libraries ÷ residents. A day without a tally is missing, not 0."""
    tally = asked.count(asked.rows("library_visit"))
    visits = sum(row.persons or 0 for row in tally.rows)
    notes = [*_how(tally), *_missing(asked, tally)]
    if asked.rule_yes("visits_count_events"):
        visits += _event_audience(asked)
    return per_resident(asked, Fraction(visits), tally=tally, notes=notes)


def population_per_library(asked: Asked) -> Figure:
    """Residents ÷ libraries and reading rooms open to the public. Fewer is better; a room at one address is one."""
    types = asked.rule_words("library_types")
    rooms = [row for row in asked.register("facility") if row.text("type") in types]
    _ordered, inside = one_per_building(row for row in rooms if row.status == "held")

    def why_not(row: Row) -> str:
        return in_use(asked, row) or ("same_building" if row.id in inside else "")

    tally = asked.count(rooms, why_not)
    population = asked.residents()
    if population is None:
        return share(0, 0, tally=tally, reason=_("The number of residents is not known."))
    notes = (residents_note(population),)
    if not tally.rows:
        none = share(population.value, 0, tally=tally, notes=notes, reason=_("There is no library."))
        return replace(none, fails=True)
    parts = [
        Part(
            key=row.id,
            label=f"{asked.facts.roster.label(row.unit)} {row.text('name')}",
            counted=(row.id,),
            verdict=NONE,
        )
        for row in sorted(tally.rows, key=lambda row: (row.unit, row.id))
    ]
    return share(population.value, len(tally.rows), tally=tally, parts=parts, notes=notes)


INDICATORS: Mapping[str, Function] = {
    "new_books_per_capita": new_books_per_capita,
    "collection_per_capita": collection_per_capita,
    "collection_turnover": collection_turnover,
    "library_visits_per_capita": library_visits_per_capita,
    "population_per_library": population_per_library,
}


def _stock(asked: Asked, day: date) -> tuple[dict[str, int], Tally]:
    """The volumes of each library on a day: its last count, and what came in and was withdrawn since then.

    A library that was never counted has what came in less what was withdrawn.
    """
    until = str(day)
    counts = asked.count(
        asked.register("library_collection_snapshot"), lambda row: "" if row.day <= until else "later"
    )
    changes = asked.count(
        asked.register("library_acquisition"), lambda row: "" if row.day <= until else "later"
    )
    last: dict[str, Row] = {}
    for row in sorted(counts.rows, key=lambda row: (row.day, row.id)):
        last[row.text("facility_id")] = row
    stock = {library: row.whole("volumes") for library, row in last.items()}
    used = list(last.values())
    for row in changes.rows:
        library = row.text("facility_id")
        if library not in last or row.day > last[library].day:
            stock[library] = stock.get(library, 0) + row.whole("volumes") - row.whole("withdrawn")
            used.append(row)
    proved = counts.proved | changes.proved
    tally = Tally(
        rows=used,
        excluded=[item for item in (*counts.excluded, *changes.excluded) if item.code != "later"],
        proved={row.id for row in used if row.id in proved},
    )
    return stock, tally


def _how(tally: Tally) -> list[str]:
    words = {
        "gate_counter": _("gate counter"),
        "tally": _("tally by hand"),
        "sign_in": _("sign-in sheet"),
    }
    used = {row.text("method") for row in tally.rows}
    named = [label for code, label in words.items() if code in used]
    return [_("Counted by: {ways}").format(ways=listed(named))] if named else []


def _missing(asked: Asked, tally: Tally) -> list[str]:
    """How many days a library was open without anybody counting."""
    types = asked.rule_words("library_types")
    libraries = {row.id for row in asked.facts.of_type("facility") if row.text("type") in types}
    libraries |= {row.text("facility_id") for row in tally.rows}
    if not libraries:
        return []
    opened = {
        (row.text("facility_id"), row.day)
        for row in asked.rows("opening_log")
        if row.status == "held" and row.text("facility_id") in libraries
    }
    missing = len(opened - {(row.text("facility_id"), row.day) for row in tally.rows})
    if not missing:
        return []
    return [_("Open without a count: {missing} of {opened} days").format(missing=missing, opened=len(opened))]


def _event_audience(asked: Asked) -> int:
    """The participants of activities whose place names a library."""
    types = asked.rule_words("library_types")
    names = {row.text("name") for row in asked.facts.of_type("facility") if row.text("type") in types} - {""}
    events = asked.count(asked.rows("activity"))
    return sum(row.persons or 0 for row in events.rows if any(name in row.text("place") for name in names))
