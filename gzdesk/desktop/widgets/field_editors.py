"""Which editor a field gets: one row per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_day import DayField
from gzdesk.desktop.widgets.field_files import FilesField, FileTools
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.field_other import CheckField, NoteField
from gzdesk.desktop.widgets.field_sealed import SealedField
from gzdesk.desktop.widgets.field_slots import SlotsField
from gzdesk.domain.record_type import Choice, Field
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import initials, whole

_SEPARATORS = "、，,；;"
_MOST_CHOICES = 14  # lines that have room under a field; the 65 items of the tasks are found by typing


Editor = LineField | NoteField | CheckField | SlotsField | FilesField
"""All have `advance`, `left` and `take_focus`; how they take and give their contents differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorTools:
    """What editors ask of the form they stand in."""

    theme: Theme
    today: Callable[[], date]
    complete: Callable[[Field, str], Sequence[Option]]
    files: FileTools
    reveal: Callable[[Field], str] = lambda _field: ""  # the whole text of an item that is kept sealed


def make_editor(field: Field, tools: EditorTools) -> Editor:
    """The editor for that field."""
    editor = _MAKERS.get(field.kind, _line)(field, tools)
    editor.setObjectName(f"field_{field.name}")
    editor.setAccessibleName(field.label)
    return editor


def _line(field: Field, tools: EditorTools) -> Editor:
    if field.kept:
        return SealedField(tools.theme, reveal=lambda: tools.reveal(field))
    if field.kind == "text" and field.suggest:
        return CompletingField(tools.theme, source=lambda text: tools.complete(field, text), free=True)
    return LineField(tools.theme)


def _day(field: Field, tools: EditorTools) -> Editor:
    return DayField(tools.theme, today=tools.today)


def _reference(field: Field, tools: EditorTools) -> Editor:
    foot = _("Not in the list? F3 adds it") if len(field.targets) == 1 else ""
    return CompletingField(
        tools.theme, source=lambda text: tools.complete(field, text), free=False, foot=foot
    )


def _choice(field: Field, tools: EditorTools) -> Editor:
    many = len(field.choices) > _MOST_CHOICES
    editor = CompletingField(
        tools.theme,
        source=lambda text: choices_like(field.choices, text)[:_MOST_CHOICES],
        free=False,
        foot=_("More with a number, words or initials") if many else "",
    )
    _add_arrow(editor, tools.theme)
    return editor


def _choices(field: Field, tools: EditorTools) -> Editor:
    editor = CompletingField(
        tools.theme,
        source=lambda text: choices_like(field.choices, text),
        free=False,
        separators=_SEPARATORS,
    )
    _add_arrow(editor, tools.theme)
    return editor


def _list(field: Field, tools: EditorTools) -> Editor:
    return CompletingField(
        tools.theme, source=lambda text: tools.complete(field, text), free=True, separators=_SEPARATORS
    )


def _unit(field: Field, tools: EditorTools) -> Editor:
    editor = CompletingField(tools.theme, source=lambda text: tools.complete(field, text), free=False)
    _add_arrow(editor, tools.theme)
    return editor


def _note(field: Field, tools: EditorTools) -> Editor:
    return NoteField(tools.theme)


def _check(field: Field, tools: EditorTools) -> Editor:
    return CheckField(field.label)


def _slots(field: Field, tools: EditorTools) -> Editor:
    return SlotsField(tools.theme)


def _files(field: Field, tools: EditorTools) -> Editor:
    return FilesField(tools.theme, tools=tools.files)


def _add_arrow(editor: CompletingField, theme: Theme) -> None:
    arrow = editor.addAction(theme.icon("down", "ink2"), QLineEdit.ActionPosition.TrailingPosition)
    arrow.setToolTip(_("Show all"))

    def open_all() -> None:
        editor.setFocus()
        editor.open_list()

    arrow.triggered.connect(open_all)


def choices_like(choices: Sequence[Choice], text: str) -> tuple[Option, ...]:
    """The choices that a text may mean: by label, other word, pinyin or its initials, or code; all for no text."""
    wanted = text.strip().lower()
    exact = next((choice for choice in choices if choice.label == text), None)
    found = choices if not wanted or exact else [choice for choice in choices if _is_like(choice, wanted)]
    if exact is not None and len(choices) > _MOST_CHOICES:
        found = (exact,)
    best = sorted(found, key=lambda choice: not choice.code.startswith(wanted)) if wanted else found
    return tuple(Option(value=choice.code, text=choice.label) for choice in best)


def units_like(units: Iterable[Unit], text: str) -> tuple[Option, ...]:
    """The units that a text may mean, by name, pinyin or initials; all for no text."""
    wanted = text.strip().lower()
    found = [
        unit
        for unit in units
        if wanted in unit.name or wanted in unit.name_en.lower() or _sounds_like(unit.name, wanted)
    ]
    return tuple(Option(value=unit.id, text=unit.label) for unit in found)


def _is_like(choice: Choice, wanted: str) -> bool:
    words = (choice.zh, choice.en, *choice.also)
    if any(wanted in word.lower() for word in words):
        return True
    begins = any(_sounds_like(word, wanted) for word in (choice.zh, *choice.also))
    return begins or choice.code.startswith(wanted)


def _sounds_like(text: str, wanted: str) -> bool:
    return initials(text).startswith(wanted) or whole(text).startswith(wanted)


_MAKERS: dict[str, Callable[[Field, EditorTools], Editor]] = {
    "note": _note,
    "date": _day,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _check,
    "reference": _reference,
    "list": _list,
    "unit": _unit,
    "units": _list,
    "slots": _slots,
    "attachments": _files,
}
