"""All registers on their shelves, to go to one of them from anywhere: Ctrl+G and its initials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.domain.record_type import RecordType
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gzdesk.bootstrap import Workspace
    from gzdesk.desktop.main_window import MainWindow

KEY = "Ctrl+G"
# Registers that have a page of their own, and those that only the program writes.
_OWN_PAGES = {"opening_log": "opening", "monthly_sheet": "months"}
_LASTING = ("register", "catalogue", "opening")
_HAPPENING = ("event", "daily")


def page_of(record_type: RecordType, *, role: str) -> str:
    """The page that lists that type on a village's PC or the town's; an empty text where none does."""
    if role == "town":
        return "registers" if is_lasting(record_type) else ""
    if record_type.id in _OWN_PAGES:
        return _OWN_PAGES[record_type.id]
    if record_type.group in _HAPPENING:
        return "records"
    return "registers" if is_lasting(record_type) else ""


def is_lasting(record_type: RecordType) -> bool:
    """Whether the type is a register that holds all year, with a list of its own."""
    return record_type.group in _LASTING and record_type.id not in _OWN_PAGES


def open_choice(
    page: QWidget, shell: MainWindow, *, current: str = "", anchor: QWidget | None = None
) -> ChoicePanel:
    """Show every register that this PC has a page for; choosing one goes there, F2 opens an empty form of it."""

    def go(type_id: str, *, new: bool = False) -> None:
        found = shell.workspace.types.get(type_id)
        assert found is not None
        if found.id in _OWN_PAGES and shell.role == "village":
            shell.go(_OWN_PAGES[found.id])
        else:
            shell.go(page_of(found, role=shell.role), type_id=type_id, **({"new": True} if new else {}))

    choices = register_choices(
        shell.workspace,
        unit=shell.workspace.context.own_scope,
        wanted=lambda item: bool(page_of(item, role=shell.role)),
    )
    return show_choices(page, shell, choices, current=current, anchor=anchor, on_choose=go)


def register_choices(
    workspace: Workspace, *, unit: str, wanted: Callable[[RecordType], bool]
) -> tuple[Choice, ...]:
    """Those record types, each with the number of records that the unit has of it."""
    counts = _counts(workspace, unit)
    return tuple(
        Choice(
            id=item.id,
            words=item.label,
            group=shelf.label,
            after=f"{counts.get(item.id, 0):,}",
            also=(item.zh, item.en, item.paper),
        )
        for shelf in workspace.types.shelves
        for item in shelf.types
        if wanted(item)
    )


def show_choices(
    page: QWidget,
    shell: MainWindow,
    choices: tuple[Choice, ...],
    *,
    current: str,
    anchor: QWidget | None,
    on_choose: Callable[..., object],
) -> ChoicePanel:
    """Open the panel on that page, below `anchor` or at the top."""
    panel = page.findChild(ChoicePanel, "registers_panel")
    if panel is None:
        panel = ChoicePanel(shell.theme, page, hint=_("Name or initials of a register"))
        panel.setObjectName("registers_panel")
        panel.chosen.connect(on_choose)
        panel.new_wanted.connect(lambda type_id: on_choose(type_id, new=True))
    panel.open_under(anchor, choices, current=current)
    return panel


def _counts(workspace: Workspace, unit: str) -> dict[str, int]:
    from gzdesk.services.records import ListQuery

    shared = tuple(item.id for item in workspace.types if item.scope == "town")
    own = tuple(item.id for item in workspace.types if item.scope != "town")
    counts = workspace.records.counts_by_type(ListQuery(types=own, unit=unit))
    return counts | workspace.records.counts_by_type(ListQuery(types=shared))
