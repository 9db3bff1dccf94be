"""When the closed sheets of the units came in, and from which month on they were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.month import TYPE_ID
from gzdesk.domain.period import Month
from gzdesk.services.context import Context
from gzdesk.services.peers import load_peers
from gzdesk.storage.packages import INCOMING, PackageRow
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The first package with a closed sheet: the day it was taken in, and its number."""

    day: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedSheet:
    """A sheet that is here, with the day on which it first came closed."""

    unit: str
    month: Month
    day: date
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The sheets of some months, and the first month for which units were asked; None when none was asked yet."""

    asked_from: Month | None
    sheets: tuple[ArrivedSheet, ...]


def sheet_arrivals(context: Context, first: Month, last: Month) -> Arrivals:
    """The sheets of those months that came in."""
    query = ListQuery(types=(TYPE_ID,), first_month=first, last_month=last)
    with context.store.reading() as read:
        packages = read.packages.all(INCOMING)
        arrived = first_arrivals(packages)
        rows = [row for row, _no in read.queries.lines(query, with_values=False)] if arrived else []
        return Arrivals(
            asked_from=first_month_asked_for(context, read, packages),
            sheets=tuple(
                ArrivedSheet(unit=row.unit, month=Month.from_number(row.month), day=arrival.day, sheet=row.id)
                for row in rows
                if (arrival := arrived.get((row.unit, Month.from_number(row.month))))
            ),
        )


def first_arrivals(packages: Iterable[PackageRow]) -> dict[tuple[str, Month], Arrival]:
    """The first package that had each month closed; of a corrected sheet the day stays."""
    return {
        key: Arrival(day=date.fromisoformat(row.day), number=row.number)
        for row in packages  # newest first, so that the oldest stays
        for key in _closed(row)
    }


def first_month_asked_for(context: Context, read: Reading, packages: Iterable[PackageRow]) -> Month | None:
    """The month before the first join file or the first package: from then on sheets are expected."""
    peers = load_peers(read.local, (unit.id for unit in context.units.below))
    days = [row.day for row in packages]
    days += [item.issued_on for peer in peers.values() for item in peer.invitations]
    return Month.of(date.fromisoformat(min(days))).plus(-1) if days else None


def _closed(row: PackageRow) -> Iterator[tuple[str, Month]]:
    for scope, months in row.detail["closed"].items():
        for text in months:
            yield scope, Month.parse(text)
