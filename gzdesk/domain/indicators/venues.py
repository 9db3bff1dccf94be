"""Buildings and what stands in them (tasks.json 2.4, 5.1, 14.5): floor area, village centres, equipment, Wi-Fi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import Figure, Part
from gzdesk.domain.indicators.rows import Row, grouped
from gzdesk.domain.indicators.sums import merged, per_resident, share
from gzdesk.domain.period import day_of
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _

CENTRE = "village_culture_centre"


def in_use(asked: Asked, row: Row) -> str:
    """Why a facility is not in use on the day asked for, empty when it is (its status is asked for anyway)."""
    opened = row.begun("opened_on")
    return "not_open_yet" if opened is not None and opened > asked.day else ""


def one_per_building(rows: Iterable[Row]) -> tuple[list[Row], frozenset[str]]:
    """Facilities with the largest of each address first, and the ids of the others of an address.

    A village centre and the reading room in it stand at one address and are counted once; a facility without an
    address stands by itself.
    """
    ordered = sorted(rows, key=lambda row: (-row.number("indoor_area_m2"), row.id))
    seen: set[tuple[str, str]] = set()
    others = set()
    for row in ordered:
        place = (row.unit, row.text("address"))
        if place[1] and place in seen:
            others.add(row.id)
        seen.add(place)
    return ordered, frozenset(others)


def indoor_culture_area_per_1000(asked: Asked) -> Figure:
    """Indoor area of facilities in use ÷ residents × 1000. The target is one of the whole city: for reference only.

    Squares are outdoors. A rented room counts while its agreement runs. A building counts once.
    """
    usable = [row for row in asked.register("facility") if row.status == "held"]
    outdoors = asked.rule_words("outdoor_facility_types")
    indoors = [row for row in usable if row.text("type") not in outdoors and not in_use(asked, row)]
    _ordered, inside = one_per_building(indoors)

    def why_not(row: Row) -> str:
        until = day_of(row.text("agreement_until"))
        if row.text("type") in outdoors:
            return "outdoors"
        if until is not None and until < asked.day:
            return "agreement_over"
        if _is_closed_throughout(asked, row):
            return "closed_for_repair"
        if row.id in inside:
            return "same_building"
        return "" if row.number("indoor_area_m2") else "no_area"

    tally = asked.count(asked.register("facility"), lambda row: in_use(asked, row), why_not)
    area = sum((row.number("indoor_area_m2") for row in tally.rows), Fraction())
    return per_resident(asked, area, tally=tally, times=1000)


def village_centre_coverage_rate(asked: Asked) -> Figure:
    """Units with an accepted centre ÷ units. A centre shared with a neighbour counts for the unit where it stands."""

    def why_not(row: Row) -> str:
        accepted = row.begun("accepted_on")
        return "" if accepted is not None and accepted <= asked.day else "not_accepted"

    centres = asked.count(_of_types(asked, (CENTRE,)), why_not)
    shared_counts = asked.rule_yes("shared_centre_counts")
    of_scope = grouped(centres.rows, lambda row: row.unit)
    shared_with: dict[str, list[Row]] = {}
    for row in centres.rows:
        for unit_id in row.words("shared_with"):
            shared_with.setdefault(unit_id, []).append(row)
    tallies, parts, notes = [], [], []
    for unit in asked.units:
        scopes = asked.facts.roster.scopes_of(unit.id, period=asked.period, day=asked.day)
        own = [row for scope in scopes for row in of_scope.get(scope, ())]
        shared = shared_with.get(unit.id, [])
        if shared and not own:
            notes.append(_("{unit} shares the centre of another unit.").format(unit=unit.label))
        rows = own or (shared if shared_counts else [])
        tally = Tally(rows=rows, proved={row.id for row in rows} & centres.proved)
        tallies.append(tally)
        parts.append(_yes_part(unit, tally))
    whole = merged(tallies)
    whole.excluded = centres.excluded
    return share(sum(bool(t.rows) for t in tallies), len(parts), tally=whole, parts=parts, notes=notes)


def wifi_coverage_rate(asked: Asked) -> Figure:
    """Venues with working public Wi-Fi ÷ venues. By venue, not by floor area; Wi-Fi for the staff is none."""
    venues = asked.count(venues_in_scope(asked), lambda row: in_use(asked, row))
    with_wifi = [row for row in venues.rows if row.is_yes("wifi")]
    parts = [_venue_part(asked, row, Fraction(row.is_yes("wifi"))) for row in _sorted(venues.rows)]
    return share(
        len(with_wifi), len(venues.rows), tally=venues, parts=parts, reason=_("No venue is on the register.")
    )


def digital_facility_equipped_rate(asked: Asked) -> Figure:
    """Venues with every required class of equipment in working order ÷ venues. A broken item is not there.

    The other reading, items there ÷ items required, is told in a note.
    """
    required = asked.rule_words("equipped_items")
    venues = asked.count(venues_in_scope(asked), lambda row: in_use(asked, row))
    there = _equipment(asked, venues.rows)
    parts = []
    for row in _sorted(venues.rows):
        found = sum(item in there.get(row.id, ()) for item in required)
        parts.append(
            Part(
                key=row.id,
                label=_venue_label(asked, row),
                numerator=Fraction(found),
                denominator=Fraction(len(required)),
                value=Fraction(found == len(required)),
                counted=(row.id,),
            )
        )
    equipped = sum(part.value == 1 for part in parts)
    items = sum((part.numerator or Fraction() for part in parts), Fraction())
    wanted = len(parts) * len(required)
    notes = (
        (_("Items that are there: {found} of {wanted}").format(found=items, wanted=wanted),) if wanted else ()
    )
    return share(
        equipped, len(parts), tally=venues, parts=parts, notes=notes, reason=_("No venue is on the register.")
    )


INDICATORS: Mapping[str, Function] = {
    "indoor_culture_area_per_1000": indoor_culture_area_per_1000,
    "village_centre_coverage_rate": village_centre_coverage_rate,
    "digital_facility_equipped_rate": digital_facility_equipped_rate,
    "wifi_coverage_rate": wifi_coverage_rate,
}


def _is_closed_throughout(asked: Asked, row: Row) -> bool:
    for notice in asked.facts.of_type("closure_notice"):
        if (
            notice.status != "held"
            or notice.text("facility_id") != row.id
            or notice.text("reason") != "repair"
        ):
            continue
        first, last = day_of(notice.text("from")), day_of(notice.text("to")) or date.max
        if first is not None and first <= asked.period.first_day and last >= asked.day:
            return True
    return False


def _of_types(asked: Asked, types: Sequence[str]) -> Iterable[Row]:
    return (row for row in asked.facts.of_type("facility") if row.text("type") in types)


def venues_in_scope(asked: Asked) -> list[Row]:
    """The venues in scope; of two at one address the larger, for it is one building."""
    types = asked.rule_words("venue_types")
    rows = [row for row in asked.register("facility") if row.text("type") in types]
    _ordered, inside = one_per_building(row for row in rows if row.status == "held")
    return [row for row in rows if row.id not in inside]


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.unit, row.text("name"), row.id))


def _venue_part(asked: Asked, row: Row, value: Fraction) -> Part:
    return Part(key=row.id, label=_venue_label(asked, row), value=value, counted=(row.id,))


def _venue_label(asked: Asked, row: Row) -> str:
    return f"{asked.facts.roster.label(row.unit)} {row.text('name')}"


def _yes_part(unit: Unit, tally: Tally) -> Part:
    value = Fraction(1 if tally.rows else 0)
    return Part(key=unit.id, label=unit.label, value=value, counted=tally.counted)


def _equipment(asked: Asked, venues: Sequence[Row]) -> Mapping[str, set[str]]:
    """The classes of working equipment of each venue.

    A piece belongs to the venue that its place names; one that names none to the unit's only venue, or to its centre.
    """
    by_unit: dict[str, list[Row]] = {}
    for venue in _sorted(venues):
        by_unit.setdefault(venue.unit, []).append(venue)
    found: dict[str, set[str]] = {}
    for asset in asked.facts.of_type("asset"):
        acquired = day_of(asset.text("acquired_on"))
        works = asset.status == "held" and asset.text("state") == "good"
        own = by_unit.get(asset.unit)
        if own and works and acquired is not None and acquired <= asked.day:
            place = asset.text("place")
            named = [venue for venue in own if venue.text("name") and venue.text("name") in place]
            main = [venue for venue in own if venue.text("type") in (CENTRE, "culture_station")]
            found.setdefault((named or main or own)[0].id, set()).add(asset.text("class"))
    return found
