"""Registers and forms that are watched without a target: works, teams, publicity, signs, orders, satisfaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from gzdesk.domain.indicators.activities import parts_by_unit
from gzdesk.domain.indicators.asked import Asked, Tally
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import Figure, Part
from gzdesk.domain.indicators.rows import Row, grouped
from gzdesk.domain.indicators.sums import share
from gzdesk.domain.indicators.venues import in_use
from gzdesk.i18n import gettext as _

_SATISFIED = ("n5", "n4", "n3")
_VALID = (*_SATISFIED, "n2", "n1")  # without n0, 不清楚


def monitor_works_created(asked: Asked) -> Figure:
    """Works finished in the period (tasks.json 12.4), and how many of them have an award."""
    tally = asked.count(asked.rows("culture_work"))
    awarded = sum(row.text("award_level") not in ("", "none") for row in tally.rows)
    return _counting(asked, tally, notes=(_("With an award: {count}").format(count=awarded),))


def monitor_culture_team_count(asked: Asked) -> Figure:
    """Teams on the register on the day (tasks.json 18.2). A team has one home village, wherever else it is active."""
    seen: set[tuple[str, str]] = set()

    def why_not(row: Row) -> str:
        founded = row.begun("founded_on")
        if founded is not None and founded > asked.day:
            return "not_founded_yet"
        if row.text("state") == "dissolved":
            return "dissolved"
        team = ("".join(row.text("name").split()), _home(row))
        if team in seen:
            return "same_team"
        seen.add(team)
        return ""

    homes = None
    if asked.unit is not None:
        homes = asked.facts.roster.scopes_of(asked.unit, period=asked.period, day=asked.day)
    teams = [row for row in asked.facts.of_type("culture_team") if homes is None or _home(row) in homes]
    tally = asked.count(sorted(teams, key=lambda row: row.id), why_not)
    at_home = [row._replace(unit=_home(row)) for row in tally.rows]
    return replace(_counting(asked, tally), parts=parts_by_unit(asked, at_home, _how_many))


def monitor_publicity_count(asked: Asked) -> Figure:
    """Reports and campaigns (tasks.json 30.1, 30.2). A reprint is the same story, unless the rule goes by level."""
    stories = asked.facts.by_id("publicity")
    by_level = asked.rule("reprints_of") == "level"
    # What was printed first counts; a reprint of a later year is still a reprint.
    first: dict[tuple[str, str], str] = {}
    for row in sorted(stories.values(), key=lambda row: (bool(row.text("reprint_of")), row.day, row.id)):
        if row.status == "held":
            first.setdefault(_story(row, stories, by_level=by_level), row.id)

    def reprint(row: Row) -> str:
        return "" if first.get(_story(row, stories, by_level=by_level)) == row.id else "reprint"

    return _counting(asked, asked.count(asked.rows("publicity"), reprint))


def monitor_venue_signage_rate(asked: Asked) -> Figure:
    """Venues in use with signs on the road ÷ venues in use (tasks.json 2.5)."""

    def out_of_use(row: Row) -> str:
        return in_use(asked, row)

    def without(row: Row) -> str:
        return "" if row.is_yes("signage") else "no_signs"

    rows = sorted(asked.plain.register("facility"), key=lambda row: (row.unit, row.text("name"), row.id))
    venues = asked.plain.count(rows, out_of_use)
    signed = asked.count(rows, out_of_use, without)
    has_signs = {row.id for row in signed.rows}
    parts = [
        Part(
            key=row.id,
            label=f"{asked.facts.roster.label(row.unit)} {row.text('name')}",
            value=Fraction(row.id in has_signs),
            counted=(row.id,) if row.id in has_signs else (),
        )
        for row in venues.rows
    ]
    return share(
        len(signed.rows),
        len(venues.rows),
        tally=signed,
        parts=parts,
        reason=_("No facility in use is on the register."),
    )


def monitor_order_fulfilment_rate(asked: Asked) -> Figure:
    """Orders delivered ÷ orders taken on (tasks.json 15.1).

    What the village withdrew is not in it; what the provider declined is. Orders are of the day they were placed.
    """

    def not_taken_on(row: Row) -> str:
        return {"withdrawn": "withdrawn", "ordered": "not_accepted_yet"}.get(row.text("state"), "")

    def not_delivered(row: Row) -> str:
        if row.text("state") == "declined":
            return "declined"
        return "" if row.text("state") == "delivered" else "not_delivered"

    rows = list(asked.plain.rows("delivery_order"))
    taken_on = asked.plain.count(rows, not_taken_on)
    delivered = asked.count(rows, not_taken_on, not_delivered)
    return _rate_by_unit(asked, delivered, taken_on, reason=_("No order was taken on."))


def monitor_satisfaction_rate(asked: Asked) -> Figure:
    """Forms that say very, fairly or simply satisfied ÷ valid forms (tasks.json 24.1); 不清楚 is not valid."""
    tally = asked.count(asked.rows("satisfaction_survey"))
    parts = []
    for unit, rows in _by_unit(tally.rows).items():
        satisfied, valid = _forms(rows, _SATISFIED), _forms(rows, _VALID)
        parts.append(_rate_part(asked, unit, satisfied, valid, rows))
    unclear = _forms(tally.rows, ("n0",))
    return share(
        _forms(tally.rows, _SATISFIED),
        _forms(tally.rows, _VALID),
        tally=tally,
        parts=parts if asked.unit is None else (),
        notes=(_("Forms that say “not clear” and are left out: {count}").format(count=unclear),)
        if unclear
        else (),
        reason=_("There is no valid form."),
    )


INDICATORS: Mapping[str, Function] = {
    "monitor_works_created": monitor_works_created,
    "monitor_culture_team_count": monitor_culture_team_count,
    "monitor_publicity_count": monitor_publicity_count,
    "monitor_venue_signage_rate": monitor_venue_signage_rate,
    "monitor_order_fulfilment_rate": monitor_order_fulfilment_rate,
    "monitor_satisfaction_rate": monitor_satisfaction_rate,
}


def _counting(asked: Asked, tally: Tally, *, notes: tuple[str, ...] = ()) -> Figure:
    count = Fraction(len(tally.rows))
    return Figure(
        value=count,
        numerator=count,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        parts=parts_by_unit(asked, sorted(tally.rows, key=lambda row: (row.unit, row.id)), _how_many),
        notes=notes,
    )


def _how_many(rows: Iterable[Row]) -> Fraction:
    return Fraction(sum(1 for _row in rows))


def _home(row: Row) -> str:
    return row.text("unit_code") or row.unit


def _story(row: Row, stories: Mapping[str, Row], *, by_level: bool) -> tuple[str, str]:
    """The story that a report is, by the id of the first one, and the level it counts for."""
    root, passed = row.id, {row.id}
    while (found := stories.get(root)) is not None and (before := found.text("reprint_of")):
        if before in passed:
            root = min(passed)  # two that name each other are one story
            break
        passed.add(before)
        root = before
    return root, row.text("level") if by_level else ""


def _forms(rows: Iterable[Row], names: Iterable[str]) -> int:
    wanted = tuple(names)
    return sum(row.whole(name) for row in rows for name in wanted)


def _by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    return grouped(sorted(rows, key=lambda row: (row.unit, row.id)), lambda row: row.unit)


def _rate_by_unit(asked: Asked, part: Tally, whole: Tally, *, reason: str) -> Figure:
    done = _by_unit(part.rows)
    parts = [
        _rate_part(asked, unit, len(done.get(unit, ())), len(rows), done.get(unit, ()))
        for unit, rows in _by_unit(whole.rows).items()
    ]
    return share(
        len(part.rows),
        len(whole.rows),
        tally=part,
        parts=parts if asked.unit is None else (),
        reason=reason,
    )


def _rate_part(asked: Asked, unit: str, part: int, whole: int, rows: Iterable[Row]) -> Part:
    return Part(
        key=unit,
        label=asked.facts.roster.label(unit),
        numerator=Fraction(part),
        denominator=Fraction(whole),
        value=Fraction(part, whole) if whole else None,
        counted=tuple(sorted(row.id for row in rows)),
    )
