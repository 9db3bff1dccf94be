"""What each key of a record type's file and of its items may hold; asked of files that did not come with the program.

A key that is not in these tables is one that this program does not know (domain/type_reading.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from gzdesk.domain.record_type import FIELD_KINDS

Shape = Callable[[object], bool]

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""A type or an item: it names a column of the SQL views, so nothing else than these letters."""

_LARGEST = 10**9
_SCALARS = (str, int, bool)
_DAY = r"\d\d-\d\d"
_WHOLE_DEFAULTS = {
    "$today", "$now", "$writer", "$unit", "$only", "$status", "$sum", "$words_of_the_day", "$records_of_the_day"
}  # fmt: skip
_DEFAULT_WITH = re.compile(
    rf"\$next:{_DAY}(?: {_DAY})*|\$(?:same|named|year_of|number):[a-z0-9_]+|\$next_of:[a-z0-9_]+(?: [a-z0-9_]+)*"
    r"|\$(?:days_after|month_after):[a-z0-9_]+:\d{1,4}",
    re.ASCII,
)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _name(value: object) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _positive(value: object) -> bool:
    return _whole(value) and value != 0


def _number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _step(value: object) -> bool:
    return _number(value) and Decimal(str(value)) > 0


def _range(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(end == "$year" or _number(end) for end in value)
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _some_texts(value: object) -> bool:
    return _texts(value) and bool(value)


def _condition(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(allowed, list) and all(isinstance(item, _SCALARS) for item in allowed)
        for allowed in value.values()
    )


def _one_condition(value: object) -> bool:
    return _condition(value) and isinstance(value, dict) and len(value) == 1


def _pairs(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(words, list) and len(words) == 2 and _texts(words) for words in value.values()
    )


def _texts_by_name(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _choices(value: object) -> bool:
    return isinstance(value, list) and all(_texts(row) and len(row) >= 3 and row[0] for row in value)


def _plain_default(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, _SCALARS) for item in value)
    if isinstance(value, str) and value.startswith("$"):
        return value in _WHOLE_DEFAULTS or _DEFAULT_WITH.fullmatch(value) is not None
    return isinstance(value, _SCALARS) and (isinstance(value, str) or abs(value) < _LARGEST)


def _default(value: object) -> bool:
    if isinstance(value, dict):
        return set(value) == {"zh", "en"} and all(
            isinstance(words, (str, list)) and _plain_default(words) for words in value.values()
        )
    return _plain_default(value)


def _one_of(*words: str) -> Shape:
    return lambda value: value in words if isinstance(value, str) else False


def _table(needed: Mapping[str, Shape], also: Mapping[str, Shape] | None = None) -> Shape:
    """A table with these keys, each of its shape, and no other but those of `also`."""
    known = {**needed, **(also or {})}

    def is_so(value: object) -> bool:
        return (
            isinstance(value, dict)
            and set(needed) <= set(value) <= set(known)
            and all(known[key](item) for key, item in value.items())
        )

    return is_so


_STOCK = _table({"type": _name, "of": _name, "day": _name, "plus": _name, "minus": _name})

FIELD_SHAPES: Mapping[str, Shape] = {
    "name": _name,
    "kind": _one_of(*FIELD_KINDS),
    "choices": _choices,
    "default": _default,
    "max_length": _positive,
    "decimals": lambda value: _whole(value) and value in range(13),
    "refuse_outside": _range,
    "form": _one_of("id_number", "phone", "contact"),
    "kept": _one_of("here"),
    "unique_per": _one_of("", "year"),
    "required_under_age": _table({"born": _name, "on": _name, "years": _whole}),
    "at_least_rows": _table({"type": _name, "by": _name}, {"where": _condition}),
    "warn_days_ahead": _table({"before": _name, "days": _whole}, {"when": _condition}),
    "warn_later_than": _table({"of": _name, "days": _whole}, {"when_empty": _yes_no}),
    **dict.fromkeys(
        ("zh", "en", "unit_zh", "unit_en", "help_zh", "help_en", "warn_words_zh", "warn_words_en"), _text
    ),
    **dict.fromkeys(("back_zh", "back_en", "prefix", "suggest_from", "to", "to_status"), _text),
    **dict.fromkeys(("not_before", "after", "at_most", "differs_from", "needed_until"), _text),
    **dict.fromkeys(("required", "not_after_today", "may_pass_midnight", "carry", "suggest"), _yes_no),
    **dict.fromkeys(("skip", "more", "personal", "unique"), _yes_no),
    **dict.fromkeys(("warn_above", "warn_below"), _number),
    **dict.fromkeys(("warn_step", "step"), _step),
    **dict.fromkeys(("also", "shows", "warn_words", "sum_of"), _texts),
    **dict.fromkeys(("required_when", "empty_when", "expected_when", "shown_when"), _condition),
    **dict.fromkeys(("not_after_today_when", "prefers", "back_when"), _condition),
}

TYPE_SHAPES: Mapping[str, Shape] = {
    "id": _name,
    "version": _positive,
    "scope": _one_of("village", "town"),
    "group": _one_of("event", "opening", "daily", "register", "catalogue", "system"),
    "measures": _texts_by_name,
    "sheet": _texts_by_name,
    "sheet_words": _pairs,
    "no_overlap": _table({"within": _some_texts, "from": _name, "to": _name}),
    "carried_forward": _table(
        {"figure": _name, "of": _name, "day": _name, "from": _STOCK, "explained_in": _name}
    ),
    "makes_up": _table(
        {
            "parts": _some_texts,
            "type": _name,
            "field": _name,
            "where": _one_condition,
            "until": _table({"own": _name, "theirs": _name}),
        }
    ),
    "day_total": _table({"of": _name, "field": _name, "usual": _number, "most": _number}),
    "rows_of": _table({"parent": _name, "each": _name, "figure": _name, "given": _texts_by_name}),
    **dict.fromkeys(("zh", "en", "paper", "title", "purpose_zh", "purpose_en", "symbol"), _text),
    **dict.fromkeys(("month_of", "time", "place", "keep_from", "person", "person_until"), _text),
    **dict.fromkeys(("list", "statuses", "tasks", "duplicate", "one_per"), _texts),
    **dict.fromkeys(("duplicate_within_min", "keep_years"), _whole),
    "stays_open": _yes_no,
}
