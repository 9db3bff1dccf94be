"""What can be done with a list besides opening and adding: the rows of its menu “More”.

To add an action: one row here. The browser binds its keys and leaves the row out where `shown` says no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gzdesk.domain.record import CANCELLED
from gzdesk.i18n import gettext

if TYPE_CHECKING:
    from gzdesk.desktop.record_browser import RecordBrowser

MENU_KEY = "F10"


def _(message: str) -> str:
    """Mark a title for translation; it is translated when it is shown, in the language then in use."""
    return message


def _always(_browser: RecordBrowser) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ListAction:
    """One row. `keys` works while the list is shown; `shown` says whether the row makes sense for that list."""

    id: str
    icon: str
    msgid: str
    keys: str
    run: Callable[[RecordBrowser], object]
    shown: Callable[[RecordBrowser], bool] = _always

    @property
    def words(self) -> str:
        """The row in the language in use."""
        return gettext(self.msgid)


def _to_recycle_bin(browser: RecordBrowser) -> None:
    record_type = browser.record_type
    browser.shell.go("recycle_bin", type_id=record_type.id if record_type else None)


def _to_personal_data(browser: RecordBrowser) -> None:
    browser.shell.go("personal_data", record_id=browser.selected_ids[0])


def _names_somebody(browser: RecordBrowser) -> bool:
    from gzdesk.domain.person import personal_fields

    record_type = browser.record_type
    return record_type is not None and any(personal_fields(record_type)) and len(browser.selected_ids) == 1


def _save(suffix: str, *, all_items: bool = False) -> Callable[[RecordBrowser], object]:
    def run(browser: RecordBrowser) -> None:
        from gzdesk.desktop.table_files import save_list

        save_list(browser, suffix=suffix, all_items=all_items)

    return run


def _print(browser: RecordBrowser) -> None:
    from gzdesk.desktop.table_files import print_list

    print_list(browser)


def _in_list(browser: RecordBrowser) -> bool:
    return browser.form is None


def _of_one_register(browser: RecordBrowser) -> bool:
    return _in_list(browser) and browser.record_type is not None


def _import(browser: RecordBrowser) -> None:
    browser.import_table()


def _print_record(browser: RecordBrowser) -> None:
    record_id = browser.selected_ids[0]
    browser.shell.go("papers", document=_document_of(browser), record_id=record_id)


def _document_of(browser: RecordBrowser) -> str:
    """The document that a record of this register is printed as first; others can be chosen on the page."""
    form = browser.form
    type_id = form.record_type.id if form else browser.record_type.id if browser.record_type else ""
    own = {"closure_notice": "closure_notice", "open_schedule": "opening_notice"}
    return own.get(type_id, "filled_form")


def _print_blank(browser: RecordBrowser) -> None:
    form = browser.form
    record_type = form.record_type if form else browser.record_type
    browser.shell.go("papers", document="blank_form", **({"type_id": record_type.id} if record_type else {}))


def _one_record(browser: RecordBrowser) -> bool:
    return len(browser.selected_ids) == 1


def _in_saved_form(browser: RecordBrowser) -> bool:
    return browser.form is not None and bool(browser.selected_ids)


def _has_people(browser: RecordBrowser) -> bool:
    has_one = bool(browser.selected_ids)
    return has_one and bool(browser.shell.workspace.person_rows.children(browser.current_type()))


def _pin(browser: RecordBrowser) -> None:
    from gzdesk.desktop.quick_pins import choose_place

    choose_place(browser)


def _may_be_pinned(browser: RecordBrowser) -> bool:
    return _of_one_register(browser) and browser.shell.role == "village"


def _cancelled(browser: RecordBrowser) -> bool:
    from gzdesk.desktop.form_pane import made_up_by

    record_type = browser.shell.workspace.types.get(browser.current_type())
    return (
        record_type is not None
        and made_up_by(record_type) is not None
        and browser.current_status() == CANCELLED
    )


LIST_ACTIONS: tuple[ListAction, ...] = (
    ListAction("import", "import", _("Take in from Excel"), "Ctrl+I", _import, _in_list),
    ListAction("export_xlsx", "export", _("This list to Excel"), "Ctrl+E", _save(".xlsx"), _in_list),
    ListAction(
        "export_items",
        "export",
        _("Excel with all items of the register"),
        "Ctrl+Shift+E",
        _save(".xlsx", all_items=True),
        _of_one_register,
    ),
    ListAction("export_csv", "export", _("This list as text (.csv)"), "", _save(".csv"), _in_list),
    ListAction("export_pdf", "export", _("This list as PDF"), "", _save(".pdf"), _in_list),
    ListAction("print_list", "printer", _("Print this list"), "Ctrl+P", _print, _in_list),
    ListAction("print_record", "printer", _("Print this record"), "Ctrl+P", _print_record, _in_saved_form),
    ListAction(
        "print_selected",
        "printer",
        _("Print the selected record"),
        "Ctrl+Shift+P",
        _print_record,
        lambda browser: _in_list(browser) and _one_record(browser),
    ),
    ListAction("blank_form", "printer", _("Print a blank form"), "", _print_blank),
    ListAction(
        "change_several",
        "edit",
        _("Change the selected records alike"),
        "Ctrl+K",
        lambda browser: browser.change_several(),
        _in_list,
    ),
    ListAction(
        "people", "people", _("Who was there"), "Ctrl+J", lambda browser: browser.write_people(), _has_people
    ),
    ListAction(
        "make_up", "return", _("Log the make-up"), "Ctrl+M", lambda browser: browser.make_up(), _cancelled
    ),
    ListAction("pin", "pin", _("Put this register on Home"), "", _pin, _may_be_pinned),
    ListAction("history", "history", _("Change history"), "Ctrl+H", lambda browser: browser.show_history()),
    ListAction("undo", "undo", _("Take back the last step"), "Ctrl+Z", lambda browser: browser.undo()),
    ListAction("redo", "refresh", _("Do it again"), "Ctrl+Y", lambda browser: browser.redo()),
    ListAction("erase_person", "person", _("Erase this person"), "", _to_personal_data, _names_somebody),
    ListAction("recycle_bin", "trash", _("Recycle bin"), "", _to_recycle_bin),
)
