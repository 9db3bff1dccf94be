"""Checks of values that arrive typed, from the command line or a workbook. Used through `fields.from_json`.

Strict: a body that passes is stored as it is, so two PCs can never hold two spellings of one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.field_readers import UUID, find_choice, fitting, fitting_items, in_order, unit_id
from gzdesk.domain.reading import FieldProblem, ParseContext, tidy
from gzdesk.domain.reading import dates as _dates
from gzdesk.domain.reading.numbers import decimal_text
from gzdesk.domain.reading.slots import checked_slots, read_slots
from gzdesk.domain.reading.times import is_time
from gzdesk.domain.record_type import Field
from gzdesk.i18n import gettext as _

_LARGEST_INTEGER = 10**12
_LONGEST_FILE_NAME = 200
_DECIMAL = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TAKEN_AT = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_MOST_PAGES = 100_000


def _check_text(field: Field, value: object, _context: ParseContext) -> str | None:
    return fitting(field, " ".join(_text(value).split())) or None


def _check_note(field: Field, value: object, _context: ParseContext) -> str | None:
    return fitting(field, _text(value)) or None


def _check_integer(_field: Field, value: object, _context: ParseContext) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldProblem(_("A whole number is needed here."))
    if abs(value) >= _LARGEST_INTEGER:
        raise FieldProblem(_("This number is too large. Please check it."))
    return value


def _check_decimal(field: Field, value: object, _context: ParseContext) -> str:
    # A float is taken by its shortest text: 1.5 in a JSON file means the decimal 1.5.
    if (
        isinstance(value, bool)
        or not isinstance(value, (str, int, float))
        or not _DECIMAL.fullmatch(str(value))
    ):
        raise FieldProblem(_("A number is needed here, such as {example}.").format(example="1.5"))
    return decimal_text(Decimal(str(value)), decimals=field.decimals)


def _check_date(_field: Field, value: object, _context: ParseContext) -> str:
    message = _("Write the date like {example}.")
    return _stored(value, good=_dates.is_date(value), message=message, example="2019-11-05")


def _check_partial_date(_field: Field, value: object, _context: ParseContext) -> str:
    good, message = _dates.is_partial_date(value), _("Write the date like {example}.")
    return _stored(value, good=good, message=message, example="2018, 2018-07, 2018-07-05")


def _check_month(_field: Field, value: object, _context: ParseContext) -> str:
    message = _("Write the month like {example}.")
    return _stored(value, good=_dates.is_month(value), message=message, example="2019-10")


def _check_quarter(_field: Field, value: object, _context: ParseContext) -> str:
    message = _("Write the quarter like {example}.")
    return _stored(value, good=_dates.is_quarter(value), message=message, example="2019-Q1")


def _check_time(_field: Field, value: object, _context: ParseContext) -> str:
    message = _("Write the time like {example}.")
    return _stored(value, good=is_time(value), message=message, example="19:30")


def _check_choice(field: Field, value: object, _context: ParseContext) -> str:
    return find_choice(field, _text(value)).code


def _check_choices(field: Field, value: object, _context: ParseContext) -> list[str] | None:
    return in_order(field, [find_choice(field, item).code for item in _texts(value)]) or None


def _check_yes_no(_field: Field, value: object, _context: ParseContext) -> bool:
    if not isinstance(value, bool):
        raise FieldProblem(_("Please write Yes or No."))
    return value


def _check_reference(_field: Field, value: object, _context: ParseContext) -> str:
    good = isinstance(value, str) and UUID.fullmatch(value) is not None
    return _stored(value, good=good, message=_("Please choose it from the list."))


def _check_references(field: Field, value: object, context: ParseContext) -> list[str] | None:
    found = dict.fromkeys(_check_reference(field, item, context) for item in _texts(value))
    return fitting_items(field, list(found)) or None


def _check_list(field: Field, value: object, _context: ParseContext) -> list[str] | None:
    items = (" ".join(item.split()) for item in _texts(value))
    return fitting_items(field, [item for item in items if item]) or None


def _check_unit(_field: Field, value: object, context: ParseContext) -> str:
    return unit_id(_text(value), context)


def _check_units(_field: Field, value: object, context: ParseContext) -> list[str] | None:
    return list(dict.fromkeys(unit_id(item, context) for item in _texts(value))) or None


def _check_slots(_field: Field, value: object, _context: ParseContext) -> list[dict[str, object]]:
    # Nobody guesses the shape of a slot: the words of the notice board will do.
    return read_slots(value) if isinstance(value, str) else checked_slots(_objects(value))


def _check_attachments(_field: Field, value: object, _context: ParseContext) -> list[dict[str, object]]:
    return [_attachment(item) for item in _objects(value)]


def _check_generated(_field: Field, value: object, _context: ParseContext) -> object:
    try:
        canonical_json({"value": value})
    except (ValueError, RecursionError) as error:
        raise FieldProblem(_("This value cannot be stored.")) from error
    return value


CHECKS: Mapping[str, Callable[[Field, object, ParseContext], object | None]] = {
    "text": _check_text,
    "note": _check_note,
    "integer": _check_integer,
    "decimal": _check_decimal,
    "date": _check_date,
    "partial_date": _check_partial_date,
    "month": _check_month,
    "quarter": _check_quarter,
    "time": _check_time,
    "choice": _check_choice,
    "choices": _check_choices,
    "yes_no": _check_yes_no,
    "reference": _check_reference,
    "references": _check_references,
    "list": _check_list,
    "unit": _check_unit,
    "units": _check_units,
    "slots": _check_slots,
    "attachments": _check_attachments,
    "generated": _check_generated,
}


def _stored(value: object, *, good: bool, message: str, example: str = "") -> str:
    if not (good and isinstance(value, str)):
        raise FieldProblem(message.format(example=example))
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FieldProblem(_("A text is needed here."))
    return tidy(value)


def _texts(value: object) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise FieldProblem(_("A list is needed here."))
    return [_text(item) for item in value]


def _objects(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, Mapping) for item in value):
        raise FieldProblem(_("A list is needed here."))
    return list(value)


def _attachment(item: Mapping[str, object]) -> dict[str, object]:
    digest, name, size = item.get("sha256"), item.get("name"), item.get("size_bytes")
    good = (
        isinstance(digest, str)
        and _SHA256.fullmatch(digest) is not None
        and isinstance(name, str)
        and 0 < len(name) <= _LONGEST_FILE_NAME
        and tidy(name) == name
        and isinstance(size, int)
        and not isinstance(size, bool)
        and 0 <= size < _LARGEST_INTEGER
    )
    if not good:
        raise FieldProblem(_("Attachments are added with the evidence button or the attach command."))
    return {"name": name, "sha256": digest, "size_bytes": size, **_more_of(item)}


def _more_of(item: Mapping[str, object]) -> dict[str, object]:
    """When a photo was taken, how many pages a scan has; left out where they are not known."""
    taken, pages = item.get("taken_at"), item.get("pages")
    more: dict[str, object] = {}
    if isinstance(taken, str) and _TAKEN_AT.fullmatch(taken):
        more["taken_at"] = taken
    if isinstance(pages, int) and not isinstance(pages, bool) and 0 < pages < _MOST_PAGES:
        more["pages"] = pages
    return more
