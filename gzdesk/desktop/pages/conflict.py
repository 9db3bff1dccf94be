"""The town chooses between the versions of a record that two sides changed (picture l)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, IconBox, clear_layout
from gzdesk.desktop.widgets.choose_rows import ChooseRows
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.scrolled import scrolled
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext
from gzdesk.services.home_words import day_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.conflicts import Conflict, Item, Side


class ConflictPage(Page):
    """None is chosen to begin with; Ctrl+Enter writes the choice once every item has one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._service = window.workspace.conflicts
        self._unit: str | None = None
        self._wanted = ""
        self._conflict: Conflict | None = None
        self._order: tuple[int, ...] = ()
        self._whole: int | None = None
        self._at, self._total = 0, 0
        self._rows = ChooseRows(self.theme, on_change=self._say_state)
        self._wholes: list[Button] = []
        self.head = self.add_head(_("Which version to use"))
        self.head.add(self.button(_("Back"), key="Esc", icon="left", name="back", on_click=window.back))
        done = EmptyState(
            self.theme,
            "check",
            _("No record waits for a choice."),
            self.button(_("Back"), key="Esc", kind="primary", on_click=window.back),
        )
        self._views = QStackedWidget()
        self._views.addWidget(done)
        self._views.addWidget(self._make_card())
        self.column.addWidget(self._views, 1)
        self.on_key("Ctrl+Return", self.confirm, name="confirm")
        self.on_key("F7", self.put_off, name="next_thing")

    def activate(self, **arguments: object) -> None:
        """`record` is shown first; `unit` leaves out the records of others."""
        self._unit = str(arguments["unit"]) if "unit" in arguments else None
        self._wanted = str(arguments.get("record", ""))
        self._conflict = None

    def refresh(self) -> None:
        """Read what is to be chosen anew; a choice that is half made stays while its versions are the same."""
        records = self._service.records(unit=self._unit)
        self._total = len(records)
        wanted = self._wanted if self._wanted in records else records[0] if records else ""
        shown = self._service.get(wanted) if wanted else None
        same = (
            shown is not None and self._conflict is not None and shown.revisions == self._conflict.revisions
        )
        self._at = records.index(wanted) + 1 if wanted else 0
        self._wanted = wanted
        if not same:
            self._show(shown)

    def put_away(self) -> dict[str, object]:
        """Which record was shown."""
        return {"record": self._wanted, **({"unit": self._unit} if self._unit else {})}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if self._conflict is None:
            return (("Esc", _("back")),)
        return (
            ("↑↓←→", _("move")),
            ("Enter", _("use this one")),
            ("Alt+1", _("the whole left one")),
            ("Alt+2", _("the whole right one")),
            ("Ctrl+Enter", _("confirm")),
            ("F7", _("later")),
        )

    def remark(self) -> str:
        """Where the choice is kept."""
        return _("What is not chosen stays in the history.")

    def help_section(self) -> str:
        """The section on receiving."""
        return "receive"

    def focus_first(self) -> None:
        """Onto the first item without a choice."""
        if self._conflict is None:
            self.setFocus()
        elif self._conflict.items:
            self._rows.focus_first()
        else:
            self._wholes[0].setFocus()

    def quick(self, at: int) -> bool:
        """Alt+1, Alt+2: one version as a whole."""
        if self._conflict is None or at >= len(self._order):
            return False
        self.take_whole(at)
        return True

    # What the person does

    def take_whole(self, at: int) -> None:
        """Choose one version for everything."""
        self._whole = at
        self._rows.choose_all(at)

    def confirm(self) -> None:
        """Write what was chosen and go on with the next record."""
        conflict = self._conflict
        if conflict is None or not self._is_chosen:
            self._say_state()
            return
        sides: set[int | None] = {side for side in self._rows.chosen if side is not None} or {self._whole}
        try:
            if len(sides) == 1:
                revision = conflict.revisions[self._order[next(iter(sides)) or 0]]
                settled = self._service.take(conflict.record, revision, seen=conflict.revisions)
            else:
                choices = {
                    item.field: conflict.revisions[self._order[side or 0]]
                    for item, side in zip(conflict.items, self._rows.chosen, strict=True)
                }
                settled = self._service.mix(conflict.record, choices=choices, seen=conflict.revisions)
        except UserError as error:
            self.shell.tell_error(error)
            return
        self._go_to_next()
        self.shell.tell(_("Chosen: {what}").format(what=settled.words))

    def put_off(self) -> None:
        """Leave this one for later and show the next."""
        self._go_to_next()

    def _go_to_next(self) -> None:
        records = self._service.records(unit=self._unit)
        later = [record for record in records if record > self._wanted] or list(records)
        self._wanted = later[0] if later else ""
        self._conflict = None
        self.refresh()
        self.focus_first()

    # Showing

    def _make_card(self) -> Card:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        strip = QFrame()
        strip.setProperty("banner", "warn")
        row = QHBoxLayout(strip)
        row.setContentsMargins(*[self.px(margin) for margin in (16, 8, 16, 8)])
        row.setSpacing(self.px(12))
        row.addWidget(IconBox(self.theme, "warning", "warn"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._why = label("", size="section", bold=True, wrap=True)
        self._why.setProperty("banner_ink", True)
        self._what_to_do = label("", size="table", wrap=True)
        self._what_to_do.setProperty("banner_ink", True)
        words.addWidget(self._why)
        words.addWidget(self._what_to_do)
        row.addLayout(words, 1)
        self._count = label("", size="table", bold=True)
        self._count.setProperty("banner_ink", True)
        row.addWidget(self._count)
        card.body.addWidget(strip)
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        card.body.addWidget(scrolled(holder), 1)
        foot = card.add_foot()
        self._summary = ElidedLabel("", bold=True)
        foot.addWidget(self._summary, 1)
        foot.addWidget(
            self.button(_("Leave it, ask the village"), key="F7", name="later", on_click=self.put_off)
        )
        self._confirm = Button(
            self.theme, _("So be it"), key="Ctrl+Enter", kind="primary", name="confirm", on_click=self.confirm
        )
        foot.addWidget(self._confirm)
        return card

    def _show(self, conflict: Conflict | None) -> None:
        self._conflict, self._whole = conflict, None
        self._views.setCurrentIndex(0 if conflict is None else 1)
        clear_layout(self._body)
        if conflict is None:
            self.head.subtitle.setText("")
            self.shell.update_hints()
            return
        # What stands here now is left, what a village brought is right.
        self._order = tuple(sorted(range(len(conflict.sides)), key=lambda at: not conflict.sides[at].here))
        unit = self.shell.workspace.units.find(conflict.unit)
        self.head.subtitle.setText(
            "・".join(part for part in (unit.label if unit else "", conflict.words) if part)
        )
        self._why.setText(conflict.why)
        self._what_to_do.setText(
            _("Choose item by item, or one version as a whole. The other stays in the history.")
            if conflict.by_item
            else _("Use one version as a whole. The other stays in the history.")
        )
        self._count.setText(_("{number} of {total}").format(number=self._at, total=self._total))
        self._body.addWidget(self._titles(conflict))
        self._rows = ChooseRows(self.theme, on_change=self._say_state)
        self._rows.show_items(
            [self._in_order(conflict, at) for at in range(len(conflict.items))],
            sides=len(self._order),
            by_item=conflict.by_item,
            notes=[self._note(conflict, at) for at in range(len(conflict.items))],
        )
        self._body.addWidget(self._rows)
        if conflict.same:
            self._body.addWidget(self._same(conflict))
        self._body.addStretch(1)
        self._say_state()
        self.shell.update_hints()

    def _in_order(self, conflict: Conflict, at: int) -> Item:
        item = conflict.items[at]
        return replace(item, texts=tuple(item.texts[side] for side in self._order))

    def _note(self, conflict: Conflict, at: int) -> str:
        """Who changed this item: often that says already which one is right."""
        by = conflict.items[at].by
        if len(by) != 1:
            return _("both changed it")
        return _("only {who} changed it").format(who=conflict.sides[by[0]].who)

    def _titles(self, conflict: Conflict) -> QFrame:
        strip = QFrame()
        strip.setProperty("role", "totals")
        grid = QGridLayout(strip)
        grid.setContentsMargins(*[self.px(margin) for margin in (16, 8, 16, 8)])
        grid.setHorizontalSpacing(self.px(14))
        grid.setColumnMinimumWidth(0, self.px(120))
        grid.setColumnMinimumWidth(len(self._order) + 1, self.px(170))
        grid.addWidget(label(_("Items that differ"), size="table", ink="ink2", wrap=True), 0, 0)
        self._wholes = []
        for number, at in enumerate(self._order):
            grid.addLayout(self._title_of(conflict.sides[at], number), 0, number + 1)
            grid.setColumnStretch(number + 1, 1)
        grid.addWidget(
            label(_("Who changed it"), size="table", ink="ink2", wrap=True), 0, len(self._order) + 1
        )
        return strip

    def _title_of(self, side: Side, number: int) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        title = _("At the station") if side.here else _("From the village")
        words.addWidget(
            ElidedLabel(_("{what}, deleted").format(what=title) if side.deleted else title, bold=True)
        )
        words.addWidget(ElidedLabel(f"{_when(side.when)} {side.who}", size="small", ink="ink2"))
        row.addLayout(words, 1)
        button = self.button(
            _("Use all"),
            key=f"Alt+{number + 1}",
            small=True,
            name=f"whole_{number + 1}",
            on_click=lambda: self.take_whole(number),
        )
        self._wholes.append(button)
        row.addWidget(button)
        return row

    def _same(self, conflict: Conflict) -> QFrame:
        strip = QFrame()
        strip.setProperty("role", "card_foot")
        column = QVBoxLayout(strip)
        column.setContentsMargins(*[self.px(margin) for margin in (16, 8, 16, 8)])
        count = len(conflict.same)
        words = ngettext("{count} more item is the same:", "{count} more items are the same:", count)
        column.addWidget(label(words.format(count=count), size="small", ink="ink2"))
        shown = "　".join(f"{name} {text}" for name, text in conflict.same)
        column.addWidget(label(shown, size="small", wrap=True))
        return strip

    @property
    def _is_chosen(self) -> bool:
        if not self._rows.chosen:
            return self._whole is not None
        return None not in self._rows.chosen

    def _say_state(self) -> None:
        """What the record will say, or how much is still to be chosen."""
        conflict = self._conflict
        if conflict is None:
            return
        self._confirm.setEnabled(self._is_chosen)
        left = self._rows.chosen.count(None)
        if not self._is_chosen:
            words = ngettext(
                "{count} item is still to be chosen.", "{count} items are still to be chosen.", left
            )
            self._summary.setText(words.format(count=left) if left else _("Choose one of the versions."))
            return
        self._summary.setText(_("It will say: {what}").format(what=self._outcome(conflict)))

    def _outcome(self, conflict: Conflict) -> str:
        chosen: set[int | None] = {side for side in self._rows.chosen if side is not None} or {self._whole}
        if any(conflict.sides[self._order[side or 0]].deleted for side in chosen):
            return _("deleted")
        texts = (
            item.texts[self._order[side or 0]] or _("(empty)")
            for item, side in zip(conflict.items, self._rows.chosen, strict=True)
        )
        return listed(texts)


def _when(text: str) -> str:
    """`11月8日`, of a moment in a revision; nothing of one that no clock can have written."""
    try:
        return day_words(datetime.fromisoformat(text).date())
    except ValueError:
        return ""
