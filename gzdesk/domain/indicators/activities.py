"""Events that are watched without a target (tasks.json 3.1, 10.1, 11.1, 12.1, 12.2, 14.2, 16.1): sessions and people.

An event is a record of one type only, so nothing is counted twice. Person-times are those that the records state;
they are never made into persons (counting_rules G10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally, sessions_of
from gzdesk.domain.indicators.films import SCREENING, counted_screenings
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.stage import counted_shows
from gzdesk.domain.indicators.sums import merged
from gzdesk.i18n import gettext as _

ACTIVITY, PERFORMANCE, TRAINING = "activity", "performance", "training_session"

Is = Callable[[Row], bool]
Amount = Callable[[Iterable[Row]], Fraction]


def monitor_reading_activity_count(asked: Asked) -> Figure:
    """Sessions of reading activities."""
    return _figure(asked, _tally(asked, ACTIVITY, lambda row: row.text("category") == "reading"))


def monitor_choral_activity_count(asked: Asked) -> Figure:
    """Sessions of choral rehearsals, trainings, performances and contests, each told apart.

    Choral are activities of that category and contests, performances of that kind, and trainings with a choral title.
    """
    words = asked.rule_words("choral_words")

    def is_choral_activity(row: Row) -> bool:
        category = row.text("category")
        return category == "chorus" or (category == "contest" and _names(row, words, "name"))

    tally = merged(
        (
            _tally(asked, ACTIVITY, is_choral_activity),
            _tally(asked, PERFORMANCE, lambda row: row.text("kind") == "chorus"),
            _tally(asked, TRAINING, lambda row: _names(row, words, "title")),
        )
    )
    labels = {
        "rehearsal": _("Rehearsals"),
        "training": _("Trainings"),
        "performance": _("Performances"),
        "contest": _("Contests"),
        "other": _("Other choral activities"),
    }
    return _figure(asked, tally, parts=_split(tally, labels, _choral_kind))


def monitor_cantonese_opera_outreach(asked: Asked) -> Figure:
    """Sessions of Cantonese opera in villages and in schools, told apart.

    A performance of that kind or an activity that names it is in a school when its name, place or organiser says so,
    else in the village that keeps the record. What the station holds elsewhere is no outreach.
    """
    words, schools = asked.rule_words("cantonese_opera_words"), asked.rule_words("school_words")

    def where(row: Row) -> str:
        names = ("name", "title", "place", "organiser", "host_unit")
        return "school" if _names(row, schools, *names) else "village"

    def no_outreach(row: Row) -> str:
        return "" if where(row) == "school" or asked.facts.roster.is_below(row.unit) else "no_outreach"

    shows = [row for row in _rows(asked, PERFORMANCE) if row.text("kind") == "cantonese_opera"]
    others = [row for row in _rows(asked, ACTIVITY) if _names(row, words, "name")]
    tally = merged((counted_shows(asked, shows, no_outreach), asked.count(others, no_outreach)))
    labels = {"village": _("In villages"), "school": _("In schools")}
    return _figure(asked, tally, parts=_split(tally, labels, where))


def monitor_opera_delivery_count(asked: Asked) -> Figure:
    """Sessions of performances sent to the countryside. They are among the performances of 12.1, not beside them."""
    return _figure(asked, _tally(asked, PERFORMANCE, lambda row: row.text("source") == "opera_delivery"))


def monitor_training_person_times(asked: Asked) -> Figure:
    """Person-times of arts trainings for residents."""
    kinds = asked.rule_words("arts_training_kinds")
    tally = _tally(asked, TRAINING, lambda row: row.text("kind") in kinds)
    return _figure(asked, tally, amount=_person_times, notes=_without_figure(tally.rows))


def monitor_remote_training_sessions(asked: Asked) -> Figure:
    """Sessions of remote trainings; their person-times are told beside."""
    tally = _tally(asked, TRAINING, lambda row: row.text("kind") == "remote")
    return _figure(asked, tally, notes=_people_notes(tally.rows))


def monitor_activity_sessions(asked: Asked) -> Figure:
    """Sessions of everything that was held: activities, performances, screenings, trainings; with person-times."""
    by_type = {
        name: _tally(asked, name, lambda _row: True) for name in (ACTIVITY, PERFORMANCE, SCREENING, TRAINING)
    }
    tally = merged(by_type.values())
    labels = {
        ACTIVITY: _("Activities"),
        PERFORMANCE: _("Performances"),
        SCREENING: _("Film screenings"),
        TRAINING: _("Trainings"),
    }
    parts = _split(tally, labels, lambda row: row.type) if asked.unit is not None else None
    return _figure(asked, tally, parts=parts, notes=_people_notes(tally.rows))


INDICATORS: Mapping[str, Function] = {
    "monitor_reading_activity_count": monitor_reading_activity_count,
    "monitor_choral_activity_count": monitor_choral_activity_count,
    "monitor_cantonese_opera_outreach": monitor_cantonese_opera_outreach,
    "monitor_opera_delivery_count": monitor_opera_delivery_count,
    "monitor_training_person_times": monitor_training_person_times,
    "monitor_remote_training_sessions": monitor_remote_training_sessions,
    "monitor_activity_sessions": monitor_activity_sessions,
}


def parts_by_unit(asked: Asked, rows: Iterable[Row], amount: Amount) -> tuple[Part, ...]:
    """One part for each unit that has something or is valid on the day; none for a question about one unit."""
    if asked.unit is not None:
        return ()
    own: dict[str, list[Row]] = {unit.id: [] for unit in asked.units}
    for row in rows:
        own.setdefault(row.unit, []).append(row)
    return tuple(
        Part(
            key=unit,
            label=asked.facts.roster.label(unit),
            value=amount(found),
            counted=tuple(sorted(row.id for row in found)),
        )
        for unit, found in own.items()
    )


def _rows(asked: Asked, type_id: str) -> Iterable[Row]:
    """Of a unit also the joint events of others that the station credits it with (counting_rules G3)."""
    return asked.rows(type_id) if asked.unit is None else asked.rows_of(type_id, asked.unit)


def _tally(asked: Asked, type_id: str, is_meant: Is) -> Tally:
    rows = [row for row in _rows(asked, type_id) if is_meant(row)]
    if type_id == SCREENING:
        return counted_screenings(asked, rows)
    return counted_shows(asked, rows) if type_id == PERFORMANCE else asked.count(rows)


def _figure(
    asked: Asked,
    tally: Tally,
    *,
    amount: Amount = sessions_of,
    parts: tuple[Part, ...] | None = None,
    notes: tuple[str, ...] = (),
) -> Figure:
    value = amount(tally.rows)
    rows = sorted(tally.rows, key=lambda row: (row.unit, row.id))
    return Figure(
        value=value,
        numerator=value,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        parts=parts_by_unit(asked, rows, amount) if parts is None else parts,
        notes=notes,
    )


def _split(tally: Tally, labels: Mapping[str, str], key: Callable[[Row], str]) -> tuple[Part, ...]:
    by_key: dict[str, list[Row]] = {name: [] for name in labels}
    for row in tally.rows:
        by_key[key(row)].append(row)
    return tuple(
        Part(
            key=name,
            label=labels[name],
            value=sessions_of(rows),
            counted=tuple(sorted(row.id for row in rows)),
        )
        for name, rows in by_key.items()
    )


def _choral_kind(row: Row) -> str:
    if row.type in (TRAINING, PERFORMANCE):
        return "training" if row.type == TRAINING else "performance"
    name = row.text("name")
    if row.text("category") == "contest" or "赛" in name:
        return "contest"
    if "排练" in name:
        return "rehearsal"
    if "培训" in name:
        return "training"
    return "performance" if any(word in name for word in ("演出", "展演", "汇演", "音乐会")) else "other"


def _names(row: Row, words: Iterable[str], *names: str) -> bool:
    return any(word in text for name in names if (text := row.text(name)) for word in words)


def _person_times(rows: Iterable[Row]) -> Fraction:
    return Fraction(sum(row.persons or 0 for row in rows))


def _people_notes(rows: Iterable[Row]) -> tuple[str, ...]:
    found = list(rows)
    return (_("Person-times: {count}").format(count=_person_times(found)), *_without_figure(found))


def _without_figure(rows: Iterable[Row]) -> tuple[str, ...]:
    missing = sum(row.persons is None for row in rows)
    return (_("Records without a number of people: {count}").format(count=missing),) if missing else ()
