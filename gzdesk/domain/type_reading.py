"""Reading a record type that another program made, perhaps a newer one: what is not understood is passed over.

A key, a kind, a status or a default that this program does not know costs itself and nothing else. An item of an
unknown kind is shown as text and its values are kept as they came (`Field.foreign`). Files that a person puts
into the data folder are read strictly instead: there an unknown word is a slip, and it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gzdesk.domain.record import STATUSES
from gzdesk.domain.record_type import Field, RecordType, field_from_data, record_type_from_data
from gzdesk.domain.type_shapes import FIELD_SHAPES, ID, TYPE_SHAPES

_MOST_FIELDS = 200
_LONGEST_NAMED = 30
# The names of items that stand in these keys of a type, apart from those within tables.
_ONE_ITEM = ("title", "month_of", "time", "place", "keep_from", "person", "person_until")
_ITEMS = ("list", "duplicate", "one_per")
_ITEM_BY_WORD = ("measures", "sheet")
# What an item of an unknown kind keeps of its keys: its rules are about values that nobody here can read.
_WORDS_OF_ANY_KIND = ("name", "zh", "en", "unit_zh", "unit_en", "help_zh", "help_en", "also")
_OF_ANY_KIND = (
    *_WORDS_OF_ANY_KIND,
    *("shown_when", "empty_when", "more", "skip", "personal", "needed_until", "kept"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The part of a file that this program understands; `passed_over` names what it does not."""

    data: Mapping[str, Any]
    passed_over: tuple[str, ...]


def understood(data: Mapping[str, Any], *, common: Iterable[str] = ()) -> Understood:
    """The part of a parsed type that can be built, whatever stands in it; `common` are the items all types share.

    Raises ValueError when not even an id stands there.
    """
    type_id = data.get("id")
    if not (isinstance(type_id, str) and ID.fullmatch(type_id)):
        raise ValueError("id")
    kept, passed_over = _fitting(data, TYPE_SHAPES, besides=("field",))
    fields, unread = understood_fields(data.get("field"))
    passed_over += unread
    names = {row["name"] for row in fields} | set(common)
    passed_over += _without_missing(kept, fields, names)
    kept.setdefault("version", 1)
    words = str(kept.get("zh") or kept.get("en") or type_id)
    for key in ("zh", "en", "paper"):
        kept[key] = kept.get(key) or words
    kept["title"] = kept.get("title") or next(iter([row["name"] for row in fields] or sorted(names)), "")
    return Understood(data={**kept, "field": fields}, passed_over=tuple(passed_over))


def understood_fields(rows: object) -> tuple[list[dict[str, Any]], list[str]]:
    """The tables of items that can be built, each name once, and what was passed over."""
    kept: list[dict[str, Any]] = []
    passed_over: list[str] = []
    for row in rows if isinstance(rows, list) else []:
        found = _understood_field(row, passed_over)
        if (
            found is None
            or len(kept) == _MOST_FIELDS
            or any(other["name"] == found["name"] for other in kept)
        ):
            passed_over.append(str(row.get("name", "field")) if isinstance(row, dict) else "field")
        else:
            kept.append(found)
    return kept, passed_over


def built_type(found: Understood, *, common: Sequence[Field]) -> RecordType:
    """The record type of what was understood."""
    return record_type_from_data(found.data, common=common)


def built_field(row: Mapping[str, Any]) -> Field:
    """The item of a table that was understood."""
    return field_from_data(row)


def _understood_field(row: object, passed_over: list[str]) -> dict[str, Any] | None:
    if not isinstance(row, dict):
        return None
    name = row.get("name")
    if not (isinstance(name, str) and ID.fullmatch(name)):
        return None
    kept, unread = _fitting(row, FIELD_SHAPES)
    passed_over += [f"{name}.{key}" for key in unread]
    if "kind" not in kept:
        kept = {key: value for key, value in kept.items() if key in _OF_ANY_KIND}
        kept |= {"kind": "text", "foreign": True}
    if row.get("kept") and "kept" not in kept:
        kept["kept"] = "here"  # what must not travel stays here, whatever a newer word for it means
    words = str(kept.get("zh") or kept.get("en") or name)
    kept["zh"], kept["en"] = kept.get("zh") or words, kept.get("en") or words
    return kept


def _fitting(
    data: Mapping[str, Any], shapes: Mapping[str, Any], *, besides: Sequence[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    kept = {key: value for key, value in data.items() if key in shapes and shapes[key](value)}
    other = (key for key in data if key not in kept and key not in besides)
    return kept, [
        f"{key} = {str(data[key])[:_LONGEST_NAMED]}" if key in shapes else str(key) for key in other
    ]


def _without_missing(kept: dict[str, Any], fields: Sequence[dict[str, Any]], names: set[str]) -> list[str]:
    """Take out what speaks of an item that is not there; gives the keys of that."""
    missing: list[str] = []

    def without(key: str, left: object, before: object) -> None:
        if left != before:
            missing.append(key)
            kept[key] = left

    for key in _ONE_ITEM:
        if kept.get(key) and kept[key] not in names:
            missing.append(key)
            del kept[key]
    for key in _ITEMS:
        if key in kept:
            without(key, [name for name in kept[key] if name in names], kept[key])
    for key in _ITEM_BY_WORD:
        if key in kept:
            without(key, {word: name for word, name in kept[key].items() if name in names}, kept[key])
    if "statuses" in kept:
        known = [status for status in kept["statuses"] if status in STATUSES]
        without("statuses", known, kept["statuses"])
        if not known:
            del kept["statuses"]
    for row in fields:
        if row.get("needed_until") and row["needed_until"] not in names:
            missing.append(f"{row['name']}.needed_until")
            del row["needed_until"]
    rows = kept.get("rows_of")
    if rows and not {rows["parent"], rows["each"], rows["figure"], *rows["given"]} <= names:
        missing.append("rows_of")
        del kept["rows_of"]
    return missing
