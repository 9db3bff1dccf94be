"""What lists, prints, exports, histories and messages show of a person's numbers; only the own form shows them whole.

A name stays readable: the clerk must find the person. What is hidden depends on what a field declares:

- `form = "id_number"`: the first and the last character stay. The first six digits tell where somebody comes from,
  the next eight the birthday, the last but one the sex; the usual mask (first three, last four) leaves the birth
  date in the middle no secret to someone who knows the age, and gives the sex away. Two characters are enough to
  tell which of two papers is meant (domain.md, 7; 个人信息保护法 28, 51).
- `personal` with `form = "phone"`: the last four digits stay and, of a long number, the first three.
- `personal` with `form = "contact"`: a number in it like a phone; other words keep their first character.
- any other personal text, and every note: numbers of seven and more digits in personal texts, and whatever is a
  valid ID number anywhere, for a clerk may have typed one where it does not belong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gzdesk.domain.reading import plain
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.rules.words import is_id_number

STAR = "*"
_LONG_NUMBER = 11
# A number as people write it: digits with single blanks or dashes between them.
_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_TEXT_KINDS = frozenset({"text", "note", "list"})


def hides_numbers(field: Field) -> bool:
    """Whether a field may hold a number of a person that lists and prints must not show whole."""
    return field.kind in _TEXT_KINDS and (field.personal or field.form == "id_number" or field.kind == "note")


def masked(field: Field, text: str, *, phones: bool = True) -> str:
    """The text of a field as everybody may see it.

    ID numbers are always hidden; `phones` is the clerk's setting for all other numbers.
    """
    if field.form == "id_number":
        return _ends_only(text)
    if not phones or not field.personal:
        return _without_id_numbers(text)
    if field.form == "phone":
        return _phone(text)
    if field.form == "contact":
        return _contact(text)
    return numbers_hidden(text)


def numbers_hidden(text: str) -> str:
    """Any text with its ID numbers and all numbers of seven and more digits masked."""
    return _NUMBER.sub(lambda found: _phone(found[0]), _without_id_numbers(text))


def masked_values(
    record_type: RecordType | None, values: Mapping[str, object], *, phones: bool = True
) -> dict[str, object]:
    """The values of a record as everybody may see them, for what hands on whole bodies (the command `list`)."""
    shown = dict(values)
    for field in record_type.fields if record_type else ():
        value = shown.get(field.name)
        if not hides_numbers(field) or value is None:
            continue
        if isinstance(value, str):
            shown[field.name] = masked(field, value, phones=phones)
        elif isinstance(value, list):
            shown[field.name] = [
                masked(field, item, phones=phones) if isinstance(item, str) else item for item in value
            ]
    return shown


def _ends_only(text: str) -> str:
    return text[0] + STAR * (len(text) - 2) + text[-1] if len(text) > 2 else STAR * len(text)


def _without_id_numbers(text: str) -> str:
    if len(text) < 18:  # the usual case, and lists ask for every cell
        return text
    return _ID_NUMBER.sub(
        lambda found: _ends_only(found[0]) if is_id_number(plain(found[0])) else found[0], text
    )


def _phone(text: str) -> str:
    """`138****5678`, `****-****5678`, `***4567`: separators stay, so that it still reads as a phone number."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    first = 3 if len(places) >= _LONG_NUMBER and text[:1].isdigit() and text[0] != "0" else 0
    last = min(4, len(places) // 2)
    hidden = set(places[first : len(places) - last])
    return "".join(STAR if place in hidden else letter for place, letter in enumerate(text))


def _contact(text: str) -> str:
    """`微信 w******`: words that lead to a person keep their first character, numbers are hidden as phones."""
    if _NUMBER.search(text):
        return numbers_hidden(text)
    return " ".join(word[0] + STAR * (len(word) - 1) for word in text.split())
