"""A returned record as its form: what the town asks about can be changed, the rest is to read (picture g)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gzdesk.desktop.form_answers import FormAnswers
from gzdesk.desktop.form_fields import FieldBox
from gzdesk.desktop.form_files import FormFiles
from gzdesk.desktop.form_state import DIRECT_KINDS, FormState
from gzdesk.desktop.widgets.cards import clear_layout
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_editors import EditorTools
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.domain.record_type import Field, RecordType
    from gzdesk.services.records import RecordView
    from gzdesk.services.returns import AskedItem, Returned

_LABEL_WIDTH_PX = 104
_LONGEST_REASON = 100


def usual_reasons() -> tuple[str, ...]:
    """What is said most; any other words may be typed."""
    return (
        _("Written wrongly, put right after the paper."),
        _("Left out at the time, added now."),
        _("Written down twice."),
    )


class ReturnedForm(QWidget):
    """The fields of one record in the order of its paper form. `done_wanted`: Enter was pressed after the reason."""

    done_wanted = Signal()

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._shell = shell
        self._theme = shell.theme
        self._workspace = shell.workspace
        self._state: FormState | None = None
        self._boxes: dict[str, FieldBox] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(*[self._theme.px(margin) for margin in (20, 14, 20, 14)])
        self._rows.setSpacing(self._theme.px(8))
        self.setProperty("role", "scrolled")
        self.reason = self._make_reason()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(30)
        self._settled.timeout.connect(self._bring_into_view)

    def show_record(self, item: Returned, view: RecordView, record_type: RecordType) -> None:
        """Show a returned record with what is asked of it."""
        clear_layout(self._rows)
        self._boxes = {}
        self.reason.deleteLater()  # also one that was never laid out
        self.reason = self._make_reason()
        self._state = FormState(
            record_type=record_type,
            records=self._workspace.records,
            units=self._workspace.units,
            today=self._workspace.mint.today,
        )
        self._state.open(view)
        self._tools = self._make_tools(self._state)
        asked = self._asked(item, record_type)
        # What the form does not ask for beside these answers has no place; what is asked about always has one.
        fields = [
            field for field in record_type.form_fields() if field.name in asked or field.name in view.texts
        ]
        last = [field.name for field in fields if field.name in asked][-1:]
        waiting: list[Field] = []
        for field in fields:
            if field.name not in asked:
                waiting.append(field)
                continue
            self._add_plain(waiting, view)
            waiting = []
            self._add_asked(field, asked[field.name], with_reason=[field.name] == last)
        self._add_plain(waiting, view)
        self._rows.addStretch(1)
        self._show_boxes()

    def focus_first(self) -> None:
        """Into the first item that is asked about, its text chosen: what is typed takes its place."""
        box = next(iter(self._boxes.values()), None)
        if box is None:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return
        box.editor.take_focus()
        self._settled.start()  # once the rows have their height

    def _bring_into_view(self) -> None:
        box, area = next(iter(self._boxes.values()), None), self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if box is not None and area is not None:
            area.ensureWidgetVisible(self.reason, 0, self._theme.px(20))
            area.ensureWidgetVisible(box.editor, 0, self._theme.px(60))

    def values(self) -> Mapping[str, object]:
        """What the record would say now. Raises UserError when a text can't be read."""
        state = self._require_state()
        state.tried = True
        state.refresh()
        self._show_boxes()
        unread = state.unread
        problem = state.problem(unread[0]) if unread else None
        if problem is not None:
            raise UserError(code="refused", message=problem.message, hint="")
        return dict(state.values)

    @property
    def changed(self) -> bool:
        """Whether anything was typed."""
        return self._state is not None and (self._state.changed or bool(self.reason.text().strip()))

    def snapshot(self) -> dict[str, Any]:
        """Everything typed, as `restore` needs it."""
        return {"form": self._require_state().snapshot(), "reason": self.reason.text()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Bring back what was typed."""
        self._require_state().restore(snapshot["form"])
        self.reason.show_text(str(snapshot["reason"]))
        self._show_boxes()

    def close_lists(self) -> bool:
        """Close a list that is open under a field; returns whether there was one."""
        fields = [*(box.editor for box in self._boxes.values()), self.reason]
        opened = [field for field in fields if isinstance(field, CompletingField) and field.is_open]
        for field in opened:
            field.close_list()
        return bool(opened)

    def _require_state(self) -> FormState:
        if self._state is None:
            raise RuntimeError("no record is shown")
        return self._state

    def _asked(self, item: Returned, record_type: RecordType) -> dict[str, list[AskedItem]]:
        """The remarks by item; one on the whole record opens everything that can be typed."""
        asked: dict[str, list[AskedItem]] = {}
        for each in item.items:
            if each.field:
                asked.setdefault(each.field, []).append(each)
        if any(not each.field for each in item.items):
            for field in record_type.form_fields():
                if field.kind not in ("generated",) and field.name != "status" and not field.kept:
                    asked.setdefault(field.name, [])
        return asked

    def _make_tools(self, state: FormState) -> EditorTools:
        answers = FormAnswers(self._workspace, state)
        return EditorTools(
            theme=self._theme,
            today=self._workspace.mint.today,
            complete=answers.complete,
            files=FormFiles(self._shell),
        )

    # Rows

    def _add_plain(self, fields: Sequence[Field], view: RecordView) -> None:
        if not fields:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(8))
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        for field, (row, side), wide in _places(fields, title=self._require_state().record_type.title):
            grid.addWidget(self._name(field.label), row, 2 * side)
            text = LineField(self._theme)
            text.setReadOnly(True)
            text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            text.setObjectName(f"fixed_{field.name}")
            text.setText(view.texts.get(field.name, "").replace("\n", " "))
            text.setToolTip(view.texts.get(field.name, ""))
            text.setCursorPosition(0)
            grid.addWidget(text, row, 2 * side + 1, 1, 3 if wide else 1)
        self._rows.addLayout(grid)

    def _add_asked(self, field: Field, items: Sequence[AskedItem], *, with_reason: bool) -> None:
        if not items and not with_reason:
            self._rows.addLayout(self._line(field, ""))
            return
        box = QFrame()
        box.setProperty("role", "remark")
        column = QVBoxLayout(box)
        column.setContentsMargins(*[self._theme.px(margin) for margin in (14, 8, 14, 10)])
        column.setSpacing(self._theme.px(8))
        for item in items:
            column.addLayout(self._remark(item))
        column.addLayout(self._line(field, items[0].old if items else ""))
        if with_reason:
            row = QHBoxLayout()
            row.setSpacing(self._theme.px(10))
            row.addWidget(self._name(_("Reason for the change"), required=True))
            row.addWidget(self.reason, 1)
            column.addLayout(row)
        self._rows.addWidget(box)

    def _remark(self, item: AskedItem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        picture = QLabel()
        picture.setPixmap(self._theme.pixmap("return", "weekend", 18))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_("The station says:"), bold=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(item.remark, wrap=True), 1)
        return row

    def _line(self, field: Field, old: str) -> QHBoxLayout:
        state = self._require_state()
        box = FieldBox(field, state, self._tools, parent=self)
        box.advance.connect(partial(self._advance, field.name))
        box.left.connect(self._leave)
        box.typed.connect(
            lambda name: self._show_boxes() if self._boxes[name].field.kind in DIRECT_KINDS else None
        )
        self._boxes[field.name] = box
        box.label.setFixedWidth(self._theme.px(_LABEL_WIDTH_PX))
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        row.addWidget(box.label)
        if field.kind in ("integer", "decimal", "date", "time"):
            box.make_short()
            row.addWidget(box.editor)
        else:
            row.addWidget(box.editor, 1)
        if old:
            row.addWidget(label(_("was: {old}").format(old=old), size="table", ink="ink2"))
        row.addWidget(box.message, 1)
        return row

    def _name(self, words: str, *, required: bool = False) -> QLabel:
        name = label(("* " if required else "") + words, ink="ink2", wrap=True)
        name.setFixedWidth(self._theme.px(_LABEL_WIDTH_PX))
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return name

    def _make_reason(self) -> CompletingField:
        reason = CompletingField(
            self._theme,
            source=lambda text: [
                Option(value=words, text=words) for words in usual_reasons() if text.strip() in words
            ],
            free=True,
            parent=self,
        )
        reason.setObjectName("reason")
        reason.setAccessibleName(_("Reason for the change"))
        reason.setMaxLength(_LONGEST_REASON)
        reason.picked.connect(lambda option: reason.show_text(option.text))
        reason.advance.connect(lambda back: self._after_reason(back=back))
        return reason

    # Keys

    def _advance(self, name: str, _name_again: str, back: bool) -> None:
        self._leave(name)
        names = list(self._boxes)
        at = names.index(name) + (-1 if back else 1)
        if 0 <= at < len(names):
            self._boxes[names[at]].editor.take_focus()
        elif not back:
            self.reason.take_focus()

    def _after_reason(self, *, back: bool) -> None:
        if back:
            self._boxes[list(self._boxes)[-1]].editor.take_focus()
        else:
            self.done_wanted.emit()

    def _leave(self, name: str) -> None:
        state = self._require_state()
        if name not in self._boxes:
            return
        state.leave(name)
        self._boxes[name].show_content()
        self._show_boxes()

    def _show_boxes(self) -> None:
        state = self._require_state()
        state.refresh()
        for box in self._boxes.values():
            box.show_state(texts_too=not box.editor.hasFocus(), shown=None, hint="")


def _places(fields: Sequence[Field], *, title: str) -> Iterator[tuple[Field, tuple[int, int], bool]]:
    """Row and side of each, and whether it takes the whole row: two stand side by side unless a text is long."""
    row, side = 0, 0
    for field in fields:
        wide = (
            field.kind in ("note", "list", "references", "attachments", "reference") or field.max_length > 60
        )
        wide = wide and field.kind not in ("date", "time", "integer", "decimal", "choice", "yes_no")
        wide = wide or field.name == title
        if wide and side:
            row, side = row + 1, 0
        yield field, (row, side), wide
        if wide or side:
            row, side = row + 1, 0
        else:
            side = 1
