"""One event that stands in the books more than once: twice in one unit (G9), or in several units that held it (G3).

`counting_rules.json` G9: same unit, date, start time and title is a suspected duplicate, settled before the month is
approved. G3: a joint event is one event; the town counts it once, and of the villages only the host's minimum counts
it, unless the station lets another one count it too (co-credit).

Who decides is a person. Each decision is a record of the type `joint_event`, one for each pair of records, so that a
second decision is another version of the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol, TypeVar

from gzdesk.domain.record import DRAFT, HELD, PLANNED

TYPE_ID, CREDIT = "joint_event", "co_credit"
JOINT, SAME, DIFFERENT = VERDICTS = ("joint", "same", "different")
DUPLICATE = "duplicate"  # the kind of a suspicion within one unit; `joint` is the other

# What a suspicion stands on, the strongest first.
NAMED, TEAM, PLACE, TITLE = REASONS = ("named", "team", "place", "title")

# What more units than these share on a day is a campaign or a usual name (重阳敬老, 文化广场), not one event.
_FEW_UNITS = 3
_RARE = 8  # so many titles of a day may have a pair of characters for it to say anything
_LASTS_MIN = 120  # where no end is written down
_DAY_MIN = 24 * 60
_ALIKE = (1, 2)  # of the pairs of characters of two titles, so many are common


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is compared of a record. Times are minutes of the day, None where none is written.

    `names` are the other units that the record names as partners; `place_units` those whose name is in its place.
    """

    id: str
    type: str
    unit: str
    day: str
    start: int | None
    end: int | None
    title: str
    place: str = ""
    team: str = ""
    names: frozenset[str] = frozenset()
    place_units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Two records that may be one event. `records` has first the likely host or, of a duplicate, the older one."""

    kind: str  # duplicate, joint
    records: tuple[str, str]
    day: str
    reasons: tuple[str, ...]

    @property
    def pair(self) -> frozenset[str]:
        """The two records in no order."""
        return frozenset(self.records)


class Counted(Protocol):
    """What counting once needs of a row."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def status(self) -> str:
        """The record's status; only what was held is counted."""


_Row = TypeVar("_Row", bound=Counted)
_Decision = Mapping[str, object]


def pair_key(records: Iterable[str]) -> str:
    """The key of the decision about two records, whichever is named first."""
    return "/".join(sorted(records))


def may_count(status: str) -> bool:
    """Whether a record of that status stands for an event that took or takes place."""
    return status in (HELD, PLANNED, DRAFT)


# Suspicions


def find_duplicates(events: Iterable[Event]) -> tuple[Suspicion, ...]:
    """Records of one unit with the same day, start and title (G9), each with the first of them."""
    same: dict[tuple[str, str, int | None, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.title:
            same[event.unit, event.day, event.start, plain(event.title)].append(event)
    found: list[Suspicion] = []
    for group in same.values():
        first, *others = sorted(group, key=lambda event: event.id)
        found += [
            Suspicion(kind=DUPLICATE, records=(first.id, other.id), day=first.day, reasons=(TITLE,))
            for other in others
        ]
    return tuple(sorted(found, key=_order))


def find_joint(events: Iterable[Event]) -> tuple[Suspicion, ...]:
    """Records of several units that look like one event held together.

    Same register, same day, times that overlap, and: one names the other's unit as a partner, or both have the same
    team, place or a title alike that only few units have on that day. Events at two places are one only where one
    names the other, and a place that both units use on other days too (农家书屋) is one of each.
    """
    days: dict[tuple[str, str], list[Event]] = defaultdict(list)
    used_on: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        days[event.type, event.day].append(event)
        used_on[event.unit, plain(event.place)].add(event.day)
    at_home = {
        event.id
        for group in days.values()
        for event in group
        if not event.place_units and len(used_on[event.unit, plain(event.place)]) > 1
    }
    found: list[Suspicion] = []
    for group in days.values():
        if len({event.unit for event in group}) > 1:
            found += _joint_on_a_day(group, at_home)
    return tuple(sorted(found, key=_order))


def _joint_on_a_day(events: Sequence[Event], at_home: Collection[str]) -> Iterator[Suspicion]:
    by_id = {event.id: event for event in events}
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reason, one, other in _candidates(events):
        if by_id[one].unit != by_id[other].unit and _overlap(by_id[one], by_id[other]):
            reasons[min(one, other), max(one, other)].add(reason)
    for (one, other), why in reasons.items():
        usual_name = why == {PLACE} and not by_id[one].place_units  # every village has a 文化服务中心二楼
        both_at_home = one in at_home and other in at_home
        if usual_name or (NAMED not in why and (both_at_home or _apart(by_id[one], by_id[other]))):
            continue
        yield Suspicion(
            kind=JOINT,
            records=_host_first(by_id[one], by_id[other]),
            day=by_id[one].day,
            reasons=tuple(reason for reason in REASONS if reason in why),
        )


def _candidates(events: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    """Pairs that share a key, never all pairs: a town of 300 units has thousands of events on a day."""
    yield from _sharing(TEAM, events, lambda event: event.team)
    yield from _sharing(PLACE, events, lambda event: event.place)
    yield from _sharing(TITLE, events, lambda event: event.title)
    yield from _titles_alike(events)
    yield from _naming(events)


def _sharing(
    reason: str, events: Sequence[Event], key: Callable[[Event], str]
) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        text = plain(key(event))
        if text:
            groups[text].append(event)
    for group in groups.values():
        if 1 < len({event.unit for event in group}) <= _FEW_UNITS:
            for one, other in combinations(group, 2):
                yield reason, one.id, other.id


def _titles_alike(events: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    having: dict[str, list[int]] = defaultdict(list)
    pieces = [_pieces(event.title) for event in events]
    for number, found in enumerate(pieces):
        for piece in found:
            having[piece].append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in having.values():
        if 1 < len(numbers) <= _RARE:
            seen.update(combinations(numbers, 2))
    for one, other in sorted(seen):
        common, size = len(pieces[one] & pieces[other]), len(pieces[one]) + len(pieces[other])
        if 2 * common * _ALIKE[1] >= size * _ALIKE[0]:
            yield TITLE, events[one].id, events[other].id


def _naming(events: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    by_unit: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_unit[event.unit].append(event)
    for event in events:
        for unit in event.names:
            named = by_unit.get(unit, [])
            # Of several events of the partner on that day, the one alike in title or place is meant.
            alike = [other for other in named if _like(event, other)]
            for other in alike or (named if len(named) == 1 else []):
                yield NAMED, event.id, other.id


def _like(one: Event, other: Event) -> bool:
    pieces, others = _pieces(one.title), _pieces(other.title)
    return bool(pieces & others) or (plain(one.place) == plain(other.place) != "")


def _overlap(one: Event, other: Event) -> bool:
    """Whether two events could be the same one by their times; what has no time could be at any."""
    if one.start is None or other.start is None:
        return True
    return one.start < _end(other) and other.start < _end(one)


def _end(event: Event) -> int:
    start = event.start or 0
    if event.end is None:
        return start + _LASTS_MIN
    return event.end if event.end > start else event.end + _DAY_MIN


def _apart(one: Event, other: Event) -> bool:
    """Whether each took place somewhere else: a programme or a troupe that went to two villages is two events."""
    if plain(one.place) in ("", plain(other.place)) or not other.place:
        return False
    return other.unit not in one.place_units and one.unit not in other.place_units


def _host_first(one: Event, other: Event) -> tuple[str, str]:
    """The host is where it took place (G3): the unit named in the place, else the one that names the other."""

    def away(event: Event, partner: Event) -> tuple[bool, bool, str]:
        at_home = event.unit in event.place_units | partner.place_units
        return (not at_home, partner.unit not in event.names, event.id)

    first, second = sorted((one, other), key=lambda event: away(event, other if event is one else one))
    return first.id, second.id


def plain(text: str) -> str:
    """A text without what people write differently: blanks, brackets, quotes, punctuation, case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _pieces(title: str) -> frozenset[str]:
    text = plain(title)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _order(suspicion: Suspicion) -> tuple[str, tuple[str, str]]:
    return suspicion.day, suspicion.records


# Counting once


def guests(decisions: Iterable[_Decision]) -> dict[str, str]:
    """Each record that is not counted itself, with the host's record that stands for it.

    `decisions` are bodies of `joint_event`. Decisions about pairs of three or more records make one group; its host
    is the record that was named as host and never as guest, of several the first by id.
    """
    group_of: dict[str, set[str]] = {}
    host_of: dict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        records = _texts(decision.get("records"))
        if decision.get("verdict") not in (JOINT, SAME) or len(records) < 2:
            continue
        group = set(records).union(*(group_of.get(record, ()) for record in records))
        for record in group:
            group_of[record] = group
        host = decision.get("host")
        for record in records:
            if isinstance(host, str) and record != host and host in records:
                host_of[record].add(host)
    found = {}
    for group in {id(group): group for group in group_of.values()}.values():
        named = {host for record in group for host in host_of.get(record, ())}
        host = min(named - host_of.keys() or named or group)
        found.update(dict.fromkeys(group - {host}, host))
    return found


def counted_once(rows: Iterable[_Row], decisions: Iterable[_Decision]) -> tuple[_Row, ...]:
    """The rows that count: of each event held together its host's, or the first one where the host's is not held.

    So the town counts it once, and of the villages only the host's minimum.
    """
    kept = tuple(rows)
    away = not_counted(kept, decisions)
    return tuple(row for row in kept if row.id not in away)


def not_counted(
    rows: Collection[Counted], decisions: Iterable[_Decision], *, sees_all: bool = True
) -> frozenset[str]:
    """The ids of the rows that stand for an event which another held row stands for.

    A village does not see the records of others (`sees_all` is False): there a host's that is not here counts.
    """
    host_of = guests(decisions)
    if not host_of:
        return frozenset()
    held = {row.id for row in rows if row.status == HELD}
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.id in host_of or row.id in host_of.values():
            groups[host_of.get(row.id, row.id)].append(row.id)
    away: set[str] = set()
    for host, members in groups.items():
        counts = host in held or not (sees_all or host in members)
        standing = host if counts else min(held.intersection(members), default="")
        away.update(member for member in members if member != standing and standing)
    return frozenset(away)


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple)) else []
