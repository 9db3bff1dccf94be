"""Persons in records: who a record is about, where it names somebody, and what is left once that person is erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

NAMED, IN_TEXT = "named", "in_text"

# Of a person's own record only what is counted and what counts refer to stays: days, figures, choices. Any text, even
# one that is not declared as personal, may tell who it was.
_KINDS_LEFT = frozenset(
    {"integer", "decimal", "date", "partial_date", "month", "quarter", "time", "choice", "choices", "yes_no"}
    | {"unit", "units", "reference"}
)
_TEXTS = frozenset({"text", "note", "list"})
# A name of one character would be found in every second sentence.
_SHORTEST = 2


class Mention(NamedTuple):
    """One item of a record that holds somebody's name or number; `kind` is NAMED or IN_TEXT."""

    field: str
    kind: str


def privacy_notice(record_type: RecordType) -> str:
    """What a person is told before anything is written down of them (个人信息保护法 17, 31), to sign; or nothing.

    Only for registers of persons: elsewhere a name stands for what somebody did in office or in public.
    """
    if not record_type.person or not record_type.purpose:
        return ""
    items = listed(field.label for field in record_type.fields if field.personal)
    words = _(
        "Privacy notice: {items} are kept for this: {purpose} They are not published, and are erased in due time "
        "after leaving. The person may see them, have them put right or erased. Read and agreed (under 14: by the "
        "guardian, separately). Signature: ____________  Date: ____________"
    )
    return words.format(items=items, purpose=record_type.purpose)


def person_field(record_type: RecordType, values: Mapping[str, object]) -> Field | None:
    """The item that names the person a record is about: as declared, else its first personal text with a value."""
    if record_type.person:
        return record_type.field(record_type.person)
    return next((field for field in personal_fields(record_type) if values.get(field.name)), None)


def personal_fields(record_type: RecordType) -> Iterator[Field]:
    """The items that name persons or hold their numbers."""
    return (field for field in record_type.fields if field.personal and field.kind in _TEXTS)


def personal_texts(record_type: RecordType | None, values: Mapping[str, object]) -> frozenset[str]:
    """All names and numbers in a body that are declared as personal."""
    found = (
        text
        for field in (personal_fields(record_type) if record_type else ())
        for text in _texts(values.get(field.name))
    )
    return frozenset(text for text in found if len(text) >= _SHORTEST)


def identifying_texts(record_type: RecordType, values: Mapping[str, object]) -> frozenset[str]:
    """What in a person's own record would give them away elsewhere: the name, the numbers."""
    own = {record_type.person} | {
        field.name for field in record_type.fields if field.form or (field.unique and field.kind == "text")
    }
    found = (text for name in own - {"", "paper_no"} for text in _texts(values.get(name)))
    return frozenset(text for text in found if len(text) >= _SHORTEST)


def mentions(
    record_type: RecordType | None, values: Mapping[str, object], texts: Collection[str]
) -> tuple[Mention, ...]:
    """Where a body holds one of these texts: as a name of its own in a personal item, or inside a longer text.

    The second may be somebody else (陈明 in 陈明亮), so it is for a person to look at.
    """
    found: list[Mention] = []
    for name, value in values.items():
        field = record_type.field(name) if record_type else None
        if field is not None and field.personal and any(_named(item, texts) for item in _texts(value)):
            found.append(Mention(name, NAMED))
        elif any(text in item for item in _all_texts(value) for text in texts):
            found.append(Mention(name, IN_TEXT))
    return tuple(found)


def left_of_person(
    record_type: RecordType, values: Mapping[str, object], *, substitute: str
) -> dict[str, object]:
    """The body of a person's own record without the person: what is counted stays, `substitute` is the name."""
    left: dict[str, object] = {}
    for field in record_type.fields:
        value = values.get(field.name)
        if value is not None and not field.personal and field.kind in _KINDS_LEFT:
            left[field.name] = value
    return left | {record_type.person or record_type.title: substitute}


def without_mentions(
    record_type: RecordType | None, values: Mapping[str, object], texts: Collection[str], *, substitute: str
) -> dict[str, object]:
    """A body in which a person is no longer named; all else stays as it was.

    A personal item that is nothing but the name takes the substitute where the form asks for it, and goes where it
    doesn't. A number stands behind the name it belongs to, in the order of the form, and goes with it.
    """
    left = {name: replaced(value, texts, substitute) for name, value in values.items()}
    owner_named = False
    for field in personal_fields(record_type) if record_type else ():
        value = values.get(field.name)
        named = any(_named(item, texts) for item in _texts(value))
        if field.form:
            goes = named or owner_named
        else:
            goes = isinstance(value, str) and value.strip() in texts and not _is_asked_for(field)
            owner_named = named
        if named:
            left[field.name] = _renamed(value, texts, substitute)
        if goes:
            left.pop(field.name, None)
    return left


def replaced(value: object, texts: Collection[str], substitute: str) -> object:
    """A JSON value with these texts replaced wherever they stand."""
    if isinstance(value, str):
        # The longest first: a name that is part of another must not leave the rest of that behind.
        for text in sorted(texts, key=len, reverse=True):
            value = value.replace(text, substitute)
        return value
    if isinstance(value, list):
        return [replaced(item, texts, substitute) for item in value]
    if isinstance(value, Mapping):
        return {name: replaced(item, texts, substitute) for name, item in value.items()}
    return value


def _is_asked_for(field: Field) -> bool:
    return field.required or bool(field.required_when)


def _named(text: str, texts: Collection[str]) -> bool:
    return any(_name_of_its_own(name).search(text) for name in texts)


def _renamed(value: object, texts: Collection[str], substitute: str) -> object:
    if isinstance(value, list):
        return [_renamed(item, texts, substitute) for item in value]
    if isinstance(value, str):
        for name in sorted(texts, key=len, reverse=True):
            value = _name_of_its_own(name).sub(lambda _found: substitute, value)
    return value


def _name_of_its_own(name: str) -> re.Pattern[str]:
    """Finds 陈明 in 陈明、李四 but not in 陈明亮: where persons are named, a longer name is another person."""
    return re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _all_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _all_texts(inner)
    elif isinstance(value, str):
        yield value
