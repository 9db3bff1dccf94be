"""One field in a form: its label, its editor and the sentence beside it, kept equal to the form's state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gzdesk.desktop.form_state import FormState
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_editors import EditorTools, make_editor
from gzdesk.desktop.widgets.field_files import FilesField
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.field_other import CheckField, NoteField
from gzdesk.desktop.widgets.field_slots import SlotsField
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.domain.record_type import Field
from gzdesk.i18n import gettext as _

_SHORT_NUMBER_PX, _SHORT_TEXT_PX = 120, 170


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a reference is told apart by: remarks after its title, and a badge."""

    details: tuple[str, ...] = ()
    badge: str = ""
    tone: str = "neutral"


class Message(QWidget):
    """A sentence beside or under a field, with a sign, so that colour is never alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._words = label(size="small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self.hide()

    def tell(self, words: str, tone: str) -> None:
        """Show a sentence; an empty one takes the line away. `tone`: error, warn or hint."""
        self.setVisible(bool(words))
        if not words:
            return
        self._words.setText(words)
        set_look(self._words, ink="ink3" if tone == "hint" else tone)
        self._icon.setVisible(tone != "hint")
        if tone != "hint":
            ink = {"error": "weekend", "warn": self._theme.palette.warn.ink}[tone]
            self._icon.setPixmap(self._theme.pixmap("warning", ink, 18))

    def text(self) -> str:
        """The sentence, or an empty text when none is shown."""
        return "" if self.isHidden() else self._words.text()


class FieldBox(QObject):
    """The three widgets of a field. Tells what the person does; shows what the state says."""

    advance = Signal(str, bool)
    left = Signal(str)
    typed = Signal(str)

    def __init__(self, field: Field, state: FormState, tools: EditorTools, *, parent: QObject) -> None:
        super().__init__(parent)
        self.field = field
        self._state = state
        self._theme = tools.theme
        self.editor = make_editor(field, tools)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setProperty("text_size", "body")
        self.label.setProperty("ink", "ink2")
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setWordWrap(True)
        self.label.setBuddy(self.editor)
        self.message = Message(tools.theme)
        self._hear()

    def widgets(self) -> tuple[QWidget, ...]:
        """All three."""
        return self.label, self.editor, self.message

    def _hear(self) -> None:
        name, editor = self.field.name, self.editor
        editor.advance.connect(lambda back: self.advance.emit(name, back))
        editor.left.connect(lambda: self.left.emit(name))
        if isinstance(editor, (LineField, NoteField, SlotsField)):
            editor.typed.connect(self._on_typed)
        if isinstance(editor, CompletingField):
            editor.picked.connect(self._on_picked)
        if isinstance(editor, CheckField):
            editor.ticked.connect(self._on_value)
        if isinstance(editor, FilesField):
            editor.changed.connect(self._on_value)

    def _on_typed(self, text: str) -> None:
        self._state.type_text(self.field.name, text)
        self.typed.emit(self.field.name)

    def _on_picked(self, option: Option) -> None:
        if self.field.kind == "reference":
            self._state.pick(self.field.name, text=option.text, value=str(option.value))
        else:
            self._state.type_text(self.field.name, option.text)
        self.typed.emit(self.field.name)

    def _on_value(self, value: object) -> None:
        self._state.set_value(self.field.name, value)
        self.typed.emit(self.field.name)

    # -- showing -------------------------------------------------------------------------------

    def show_state(self, *, texts_too: bool, shown: Shown | None, hint: str) -> None:
        """Show label, look and sentence; the text only when the field is not being typed into."""
        self._show_label()
        if texts_too:
            self.show_content()
        if shown is not None and isinstance(self.editor, LineField):
            self.editor.set_after(" · ".join(shown.details))
            self.editor.set_badge(shown.badge, shown.tone)
        self._show_problem(hint)

    def show_content(self) -> None:
        """Put in what the state holds."""
        name, editor = self.field.name, self.editor
        if isinstance(editor, (LineField, NoteField, SlotsField)):
            editor.show_text(self._state.texts.get(name, ""))
        elif isinstance(editor, CheckField):
            editor.show_tick(self._state.directs.get(name) is True)
        elif isinstance(editor, FilesField):
            editor.show_value(_as_rows(self._state.directs.get(name)))

    def _show_label(self) -> None:
        required = self._state.is_required(self.field)
        star = f'<span style="color:{self._theme.palette.weekend}">*</span> ' if required else ""
        words = self.field.label.replace("&", "&amp;").replace("<", "&lt;")
        if self.label.text() != star + words:
            self.label.setText(star + words)
        if isinstance(self.editor, LineField):
            self.editor.setPlaceholderText(self._placeholder(required=required))

    def _placeholder(self, *, required: bool) -> str:
        if self.field.kind == "reference":
            return _("Name or initials")
        return "" if required or self.field.unique else _("optional")

    def _show_problem(self, hint: str) -> None:
        problem = self._state.problem(self.field.name)
        carried = self.field.name in self._state.carried
        tone = ("error" if problem.blocks else "warn") if problem else ""
        if isinstance(self.editor, (LineField, NoteField, SlotsField)):
            self.editor.set_state(tone or ("carried" if carried else ""))
        if isinstance(self.editor, LineField):
            self.editor.set_pinned(self.field.name in self._state.pins)
            if self.field.unit_label and self.field.unit_label not in self.field.label:
                self.editor.set_after(self.field.unit_label)
        self.message.tell(problem.message if problem else hint, tone or "hint")

    def make_short(self) -> None:
        """Give the editor the width of what is typed into it, so that the sentence has room beside it."""
        wide = _SHORT_NUMBER_PX if self.field.kind == "integer" else _SHORT_TEXT_PX
        self.editor.setFixedWidth(self._theme.px(wide))
        self.editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if self.field.kind == "integer":
            font = self._theme.font("body", bold=True)
            self.editor.setFont(font)


def _as_rows(value: object) -> Sequence[dict[str, object]] | None:
    return value if isinstance(value, list) else None
