"""Culture staff (tasks.json 25.2–25.4): training days, online class hours, posts of the station and the villages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally
from gzdesk.domain.indicators.judging import Function, reaches
from gzdesk.domain.indicators.result import NONE, Figure, Part
from gzdesk.domain.indicators.rows import Row, grouped
from gzdesk.domain.indicators.sums import share
from gzdesk.domain.period import day_of
from gzdesk.i18n import gettext as _


def staff_training_days(asked: Asked) -> Figure:
    """Persons with enough days of centralised training ÷ persons of the staff. Signed in, half days as halves."""
    sessions = asked.facts.by_id("training_session")
    months = {month.number for month in asked.period.months()}
    attended: set[tuple[str, str]] = set()
    persons = _persons_by_record(asked)

    def why_not(row: Row) -> str:
        session = sessions[row.text("session_id")]
        who = persons.get(row.text("staff_id"), row.text("staff_id"))
        if session.status != "held":
            return "session_not_held"
        if session.text("kind") != "centralised":
            return "not_centralised"
        if not row.is_yes("signed"):
            return "not_signed"
        if (session.id, who) in attended:
            return "same_person"
        attended.add((session.id, who))
        return ""

    rows = (
        row
        for row in asked.register("training_attendance")
        if row.text("staff_id")
        and (session := sessions.get(row.text("session_id"))) is not None
        and session.month in months
    )
    return _of_persons(asked, asked.count(_ordered(rows), why_not), lambda row: row.number("days"))


def staff_online_class_hours(asked: Asked) -> Figure:
    """Persons with enough online class hours ÷ persons of the staff: the figure of the platform, of the named one."""
    platforms = asked.rule_words("online_platforms")
    certificates: set[tuple[str, str]] = set()
    persons = _persons_by_record(asked)

    def why_not(row: Row) -> str:
        if row.text("platform") not in platforms:
            return "other_platform"
        certificate = (persons.get(row.text("staff_id"), row.text("staff_id")), row.text("certificate_no"))
        if certificate[1] and certificate in certificates:
            return "same_certificate"
        certificates.add(certificate)
        return ""

    tally = asked.count(_ordered(asked.rows("online_learning")), why_not)
    return _of_persons(asked, tally, lambda row: row.number("class_hours"))


def station_established_staff_count(asked: Asked) -> Figure:
    """Established staff in post at the station on the day. Contract, purchased and seconded posts do not count."""

    def why_not(row: Row) -> str:
        return _not_in_post(row, asked.day) or (
            "" if row.text("employment") == "established" else "not_established"
        )

    tally = asked.count(asked.town_register("staff"), why_not)
    count = Fraction(len({_person(row) for row in tally.rows}))
    return Figure(
        value=count,
        numerator=count,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        parts=tuple(
            Part(key=row.id, label=row.text("name"), value=Fraction(1), counted=(row.id,), verdict=NONE)
            for row in _ordered(tally.rows)
        ),
    )


def village_funded_post_rate(asked: Asked) -> Figure:
    """Units with somebody in a government-funded culture post ÷ units. One person counts for one unit only."""
    grace = timedelta(days=asked.rule_whole("post_vacancy_days"))
    taken: set[tuple[str, ...]] = set()

    def why_not(row: Row) -> str:
        left = day_of(row.text("in_post_to"))
        day = asked.day if left is None or left >= asked.day else max(left, asked.day - grace)
        code = _not_in_post(row, day)
        if code or row.text("employment") != "funded_public_post":
            return code or "not_funded"
        if _person(row) in taken:
            return "same_person"
        taken.add(_person(row))
        return ""

    funded = [row for row in asked.facts.of_type("staff") if asked.facts.roster.is_below(row.unit)]
    tally = asked.count(_ordered(funded), why_not)
    counting, listed = (grouped(rows, lambda row: row.unit) for rows in (tally.rows, funded))
    parts = []
    for unit in asked.units:
        scopes = asked.facts.roster.scopes_of(unit.id, period=asked.period, day=asked.day)
        rows = [row for scope in scopes for row in counting.get(scope, ())]
        vacant = "" if rows else _vacant_since(row for scope in scopes for row in listed.get(scope, ()))
        parts.append(
            Part(
                key=unit.id,
                label=unit.label,
                value=Fraction(1 if rows else 0),
                counted=tuple(sorted(row.id for row in rows)),
                note=vacant,
            )
        )
    wanted = {record for part in parts for record in part.counted}
    own = Tally(
        rows=[row for row in tally.rows if row.id in wanted],
        excluded=tally.excluded if asked.unit is None else [],
        proved=tally.proved & wanted,
    )
    notes = [f"{part.label}: {part.note}" for part in parts if part.note]
    return share(sum(part.value == 1 for part in parts), len(parts), tally=own, parts=parts, notes=notes)


INDICATORS: Mapping[str, Function] = {
    "staff_training_days": staff_training_days,
    "staff_online_class_hours": staff_online_class_hours,
    "station_established_staff_count": station_established_staff_count,
    "village_funded_post_rate": village_funded_post_rate,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """One person of the staff; `is_meant` when the whole target applies (in post on the day and long enough)."""

    key: tuple[str, ...]
    name: str
    records: tuple[Row, ...]
    months: int
    is_meant: bool


def _person(row: Row) -> tuple[str, ...]:
    """Who a member of staff is: name and phone together, never the name alone."""
    who = (row.text("name"), row.text("phone"))
    return who if all(who) else (row.id,)


def _persons_by_record(asked: Asked) -> dict[str, str]:
    """For each staff record one word for its person, so that two records of one person are told as one."""
    return {row.id: "\0".join(_person(row)) for row in asked.facts.of_type("staff")}


def _members(asked: Asked) -> list[_Member]:
    by_person: dict[tuple[str, ...], list[Row]] = {}
    plain = asked.plain
    for row in plain.count(plain.register("staff")).rows:
        by_person.setdefault(_person(row), []).append(row)
    least = asked.rule_whole("staff_min_months")
    found = []
    for key, rows in sorted(by_person.items()):
        months = _months_in_post(asked, rows)
        in_post = any(not _not_in_post(row, asked.day) for row in rows)
        if months:
            found.append(
                _Member(
                    key=key,
                    name=rows[0].text("name"),
                    records=tuple(_ordered(rows)),
                    months=months,
                    is_meant=in_post and months >= least,
                )
            )
    return found


def _months_in_post(asked: Asked, rows: Iterable[Row]) -> int:
    """In how many months of the year the person is in post, taken that nobody leaves whose leaving is not entered."""
    year = [date(asked.period.year, month, 15) for month in range(1, 13)]
    return sum(any(not _not_in_post(row, day) for row in rows) for day in year)


def _not_in_post(row: Row, day: date) -> str:
    first, last = day_of(row.text("in_post_from")), day_of(row.text("in_post_to"))
    if first is None or first > day:
        return "not_in_post_yet"
    return "left" if last is not None and last < day else ""


def _of_persons(asked: Asked, tally: Tally, amount: Callable[[Row], Fraction]) -> Figure:
    """The share of persons with enough; somebody in post for part of the year only is listed, by rule not judged."""
    rows_of = grouped(tally.rows, lambda row: row.text("staff_id"))
    parts = []
    for member in _members(asked):
        rows = [row for record in member.records for row in rows_of.get(record.id, ())]
        parts.append(
            Part(
                key=member.records[0].id,
                label=member.name,
                value=sum((amount(row) for row in rows), Fraction()),
                verdict="" if member.is_meant else NONE,
                counted=tuple(sorted(row.id for row in rows)),
                note=_("In post for {months} months of the year").format(months=member.months)
                if member.months < 12
                else "",
            )
        )
    judged = [part for part in parts if not part.verdict]
    target = asked.target
    enough = sum(
        target.value is not None and reaches(part.value or Fraction(), target.value, target.comparison)
        for part in judged
    )
    return share(
        enough, len(judged), tally=tally, parts=parts, rollup=True, reason=_("There is no staff in post.")
    )


def _vacant_since(rows: Iterable[Row]) -> str:
    days = [row.text("in_post_to") for row in rows if row.text("employment") == "funded_public_post"]
    last = max(days, default="")
    return _("vacant since {day}").format(day=last) if last else _("never filled")


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.day, row.text("in_post_from"), row.id))
