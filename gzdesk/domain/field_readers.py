"""What a person typed, per kind of field, to the value that is stored. Used through `fields.parse`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gzdesk.domain.reading import FieldProblem, ParseContext, plain, tidy
from gzdesk.domain.reading import dates as _dates
from gzdesk.domain.reading import numbers as _numbers
from gzdesk.domain.reading import slots as _slots
from gzdesk.domain.reading import times as _times
from gzdesk.domain.record_type import Choice, Field
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language

LIST_MARKS = re.compile(r"[、，,；;]")
_MOST_ITEMS = 200
_MOST_NAMED = 30  # choices that a sentence can name
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_YES = frozenset({"是", "有", "对", "已", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "t"})
_NO = frozenset({"否", "无", "不", "没有", "不是", "未", "没", "×", "✗", "✘", "☐"}) | {
    "x",
    "n",
    "no",
    "false",
    "0",
    "f",
}


def _read_text(field: Field, text: str, _context: ParseContext) -> str:
    return fitting(field, " ".join(tidy(text).split()))


def _read_note(field: Field, text: str, _context: ParseContext) -> str:
    return fitting(field, tidy(text))


def _read_integer(_field: Field, text: str, _context: ParseContext) -> int:
    return _numbers.read_integer(text)


def _read_decimal(field: Field, text: str, _context: ParseContext) -> str:
    return _numbers.read_decimal(text, decimals=field.decimals)


def _read_choice(field: Field, text: str, _context: ParseContext) -> str:
    return find_choice(field, text).code


def _read_choices(field: Field, text: str, _context: ParseContext) -> list[str]:
    return in_order(field, [find_choice(field, item).code for item in list_items(text)])


def _read_yes_no(_field: Field, text: str, _context: ParseContext) -> bool:
    word = plain(text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise FieldProblem(_("Please write Yes or No."))


def _read_reference(_field: Field, text: str, _context: ParseContext) -> str:
    identity = plain(text).lower()
    if not UUID.fullmatch(identity):
        raise FieldProblem(_("Please choose it from the list."))
    return identity


def _read_references(field: Field, text: str, context: ParseContext) -> list[str]:
    return list(dict.fromkeys(_read_reference(field, item, context) for item in list_items(text)))


def _read_list(field: Field, text: str, _context: ParseContext) -> list[str]:
    return fitting_items(field, [" ".join(item.split()) for item in list_items(text)])


def _read_unit(_field: Field, text: str, context: ParseContext) -> str:
    return unit_id(tidy(text), context)


def _read_units(_field: Field, text: str, context: ParseContext) -> list[str]:
    return list(dict.fromkeys(unit_id(item, context) for item in list_items(text)))


def _no_text(_field: Field, _text: str, _context: ParseContext) -> object:
    raise FieldProblem(_("This is not typed in."))


READERS: Mapping[str, Callable[[Field, str, ParseContext], object]] = {
    "text": _read_text,
    "note": _read_note,
    "integer": _read_integer,
    "decimal": _read_decimal,
    "date": lambda _field, text, context: _dates.read_date(text, context).isoformat(),
    "partial_date": lambda _field, text, context: _dates.read_partial_date(text, context),
    "month": lambda _field, text, context: _dates.read_month(text, context),
    "quarter": lambda _field, text, context: _dates.read_quarter(text, context),
    "time": lambda _field, text, _context: _times.read_time(text),
    "choice": _read_choice,
    "choices": _read_choices,
    "yes_no": _read_yes_no,
    "reference": _read_reference,
    "references": _read_references,
    "list": _read_list,
    "unit": _read_unit,
    "units": _read_units,
    "slots": lambda _field, text, _context: _slots.read_slots(text),
    "attachments": _no_text,
    "generated": _no_text,
}


def list_items(text: str) -> list[str]:
    """The items of a typed list: one a line, or on one line parted by the usual marks."""
    body = text.strip(" \t\u3000")
    parts = body.split("\n") if "\n" in body else LIST_MARKS.split(body)
    return [item for item in map(tidy, parts) if item]


def find_choice(field: Field, text: str) -> Choice:
    """The choice that a code, a label or the unmistakable beginning of one means. Raises FieldProblem."""
    found = field.choice(tidy(text)) or _loose_choice(field, _loose(text))
    if found is None and len(field.choices) > _MOST_NAMED:
        raise FieldProblem(_("There is no such choice. Write its number or its first words."))
    if found is None:
        words = ("、" if language() == "zh_CN" else "; ").join(item.label for item in field.choices)
        raise FieldProblem(_("There is no such choice. It can be: {choices}").format(choices=words))
    return found


def _loose_choice(field: Field, wanted: str) -> Choice | None:
    def words(choice: Choice) -> list[str]:
        return [_loose(word) for word in (choice.code, choice.zh, choice.en, *choice.also)]

    same = [choice for choice in field.choices if wanted in words(choice)]
    begins = [choice for choice in field.choices if any(word.startswith(wanted) for word in words(choice))]
    found = same or begins
    return found[0] if wanted and len(found) == 1 else None


def _loose(text: str) -> str:
    """Case, width and the kind of middle dot make no difference between choices."""
    return re.sub(r"\s*[·・•‧∙]\s*", "·", plain(text).casefold())


def in_order(field: Field, codes: Sequence[str]) -> list[str]:
    """The codes in the order of the field's choices, each once."""
    return [choice.code for choice in field.choices if choice.code in codes]


def unit_id(text: str, context: ParseContext) -> str:
    """The id of the unit of that id, name or code. Raises FieldProblem."""
    if context.units is None:
        return text
    found = context.units.find(text) or context.units.find(plain(text))
    # 曹一 for 曹一村: nobody says the last character.
    short = [unit for unit in context.units if unit.name.startswith(text)] if found is None and text else []
    if found is None and len(short) != 1:
        message = _("“{name}” is not on the list of villages. Please choose one from it.")
        raise FieldProblem(message.format(name=text[:20]))
    return found.id if found else short[0].id


def fitting(field: Field, text: str) -> str:
    """The text as it is. Raises FieldProblem when it is longer than the field allows."""
    if len(text) > field.max_length:
        message = _("At most {limit} characters; this has {count}. Please shorten it.")
        raise FieldProblem(message.format(limit=field.max_length, count=len(text)))
    return text


def fitting_items(field: Field, items: Sequence[str]) -> list[str]:
    """The items as they are. Raises FieldProblem when one is too long or there are too many."""
    if len(items) > _MOST_ITEMS:
        raise FieldProblem(_("At most {limit} items.").format(limit=_MOST_ITEMS))
    return [fitting(field, item) for item in items]
