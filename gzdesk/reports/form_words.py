"""What stands in the places of a paper form: boxes to tick, lines to write on, and when a place is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gzdesk.domain.reading.slots import HOLIDAY, weekday_name
from gzdesk.domain.record import DRAFT, VOID
from gzdesk.domain.record_type import Condition, Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.i18n import joined, listed
from gzdesk.reports.document import Cell
from gzdesk.reports.source import Filed

BOX, TICKED = "□", "■"
MOST_BOXES = 16  # of more choices one is written by hand
# Advice for typing is of no use on paper.
_OF_THE_SCREEN = re.compile(r"F\d|Ctrl|拼音|自动|勾上|jpg|目录里|从这里选|从列表")
_NOT_ON_PAPER = (DRAFT, VOID)  # states of an entry in the ledger, not of what happened
_GAP = "　"
_SLOT = "____:____–____:____"


def paper_fields(record_type: RecordType) -> tuple[Field, ...]:
    """The items of the form in the order of the screen; the paper number stands at the head of the sheet."""
    return tuple(
        field
        for field in record_type.form_fields()
        if field.name != "paper_no"
        and not (field.name == "status" and len(paper_choices(record_type, field)) < 2)  # nothing to choose
    )


def place(record_type: RecordType, field: Field) -> str:
    """What is printed where the item is written by hand."""
    empty = _EMPTY.get(field.kind)
    if empty is not None:
        return empty()
    if field.kind in ("choice", "choices"):
        return boxes(paper_choices(record_type, field), ())
    if field.kind == "slots":
        return "\n".join(f"{weekday_name(day)}　{_SLOT}　{_SLOT}" for day in range(1, HOLIDAY + 1))
    return ""


def empty_place(record_type: RecordType, field: Field, *, span: int = 1, hint: str = "") -> Cell:
    """The place to write in; a unit of measure stands at its right end."""
    words = place(record_type, field)
    if not words and field.unit_label:
        return Cell(value=field.unit_label, span=span, align="right", hint=hint)
    return Cell(value=words, span=span, hint=hint)


def written(record_type: RecordType, field: Field, filed: Filed) -> str:
    """What stands in the same place of a form that is filled in."""
    value = filed.values.get(field.name)
    if field.kind == "yes_no":
        return boxes(
            (("yes", _("Yes")), ("no", _("No"))), () if value is None else ("yes" if value else "no",)
        )
    choices = paper_choices(record_type, field)
    if field.kind in ("choice", "choices") and choices:
        chosen = value if isinstance(value, (list, tuple)) else (value,)
        known = {code for code, _words in choices}
        if all(item is None or item in known for item in chosen):
            return boxes(choices, tuple(str(item) for item in chosen))
    text = filed.text(field.name).strip()
    if text and field.unit_label and field.kind in ("integer", "decimal"):
        return f"{text} {field.unit_label}"
    return text


def paper_choices(record_type: RecordType, field: Field) -> tuple[tuple[str, str], ...]:
    """The choices that have a box of their own, as code and words; none where there are too many."""
    if len(field.choices) > MOST_BOXES:
        return ()
    return tuple(
        (choice.code, choice.label)
        for choice in field.choices
        if field.name != "status"
        or (choice.code in record_type.statuses and choice.code not in _NOT_ON_PAPER)
    )


def boxes(choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> str:
    """□晴　■多云　□阴."""
    return _GAP.join(f"{TICKED if code in chosen else BOX}{words}" for code, words in choices)


def is_required(field: Field) -> bool:
    """Whether a form about something that took place needs the item."""
    needed = field.required_when
    return field.required or ("held" in needed.get("status", ()) and len(needed) == 1)


def hint(record_type: RecordType, field: Field) -> str:
    """When the place is filled in, and how."""
    several = (
        _("several may be ticked") if field.kind == "choices" and len(field.choices) <= MOST_BOXES else ""
    )
    help_words = "" if _OF_THE_SCREEN.search(field.help_zh) else field.help
    parts = (_when(record_type, field), several, help_words)
    return joined(_closed(part) for part in parts if part)


def _when(record_type: RecordType, field: Field) -> str:
    shown = condition_words(record_type, field.shown_when)
    if shown:
        return _("only when {condition}").format(condition=shown)
    needed = "" if is_required(field) else condition_words(record_type, field.required_when)
    if needed:
        return _("needed when {condition}").format(condition=needed)
    empty = "" if "status" in field.empty_when else condition_words(record_type, field.empty_when)
    return _("not when {condition}").format(condition=empty) if empty else ""


def condition_words(record_type: RecordType, condition: Condition) -> str:
    """A condition in words, or an empty text when paper always meets it."""
    parts = [_part(record_type.field(name), allowed) for name, allowed in condition.items()]
    return _(" and ").join(part for part in parts if part)


def _part(field: Field | None, allowed: Sequence[object]) -> str:
    if field is None:
        return ""
    special = {
        "$filled": _("{field} is filled in"),
        "$empty": _("{field} is empty"),
        "$some": _("{field} is above 0"),
    }
    if len(allowed) == 1 and allowed[0] in special:
        return special[str(allowed[0])].format(field=field.label)
    values = [value for value in allowed if value != "$empty" and value not in _NOT_ON_PAPER]
    if field.name == "status" and "held" in values:
        return ""  # a paper form is about what took place
    words = listed(_value_words(field, value) for value in values)
    return _("{field} is {value}").format(field=field.label, value=words) if words else ""


def _value_words(field: Field, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choice = field.choice(str(value))
    return choice.label if choice else str(value)


def _closed(part: str) -> str:
    return part if part.endswith(("。", ".", "；", "？")) else _("{words}.").format(words=part)


# A kind of field that is not here is written on an empty place.
_EMPTY: dict[str, Callable[[], str]] = {
    "date": lambda: _("______-____-____"),
    "partial_date": lambda: _("______-____-____"),
    "month": lambda: _("____-__"),
    "quarter": lambda: _("____, quarter __"),
    "time": lambda: _("____:____"),
    "yes_no": lambda: boxes((("yes", _("Yes")), ("no", _("No"))), ()),
    "attachments": lambda: _("____ photos, ____ scans"),
}
