"""Every page of the program at its usual moments, for looking at them: empty, full, asking, refusing, done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from gzdesk.desktop.error_dialog import CrashDialog
from gzdesk.desktop.pages import PAGES
from gzdesk.services.evidence import noted_files
from gzdesk.services.tables import AdHoc, Period
from tests.desktop.excel_world import some_activities
from tests.desktop.two_sides import changed_elsewhere, changed_here
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, NEIGHBOURS, OCTOBER, export_of
from tests.services.photos import photo, put, scan

Look = Callable[[str, QWidget], None]
"""Called at each moment with its name and the window or dialog to look at."""


def look_at_the_village(clerk: Clerk, look: Look) -> None:
    """Every page of a village's window."""
    window = clerk.program.window()
    for name in _pages(clerk):
        look(name, window)
    _forms(clerk, look, "records", groups=("event", "daily"))
    _forms(clerk, look, "registers", groups=("register", "catalogue", "opening"))
    _lists_at_speed(clerk, look)
    _a_form_with_faults(clerk, look)
    _open_days(clerk, look)
    _months(clerk, look)
    _a_table_from_excel(clerk, look)
    _what_was_removed(clerk, look)
    _evidence(clerk, look)
    _personal_data(clerk, look)
    _papers(clerk, look)
    clerk.press("Ctrl+6", "Ctrl+U")
    look("stick, handed over", window)
    _tables(clerk, look)
    _fault_of_the_program(clerk, look)


def look_at_the_town(clerk: Clerk, look: Look, *, folder: Path, stick: Path) -> None:
    """Every page of the town's window, with a stick of good and broken files."""
    window = clerk.program.window()
    for name in _pages(clerk):
        look(name, window)
    _forms(clerk, look, "registers", groups=("catalogue",))
    for unit in (CAOYI, *NEIGHBOURS[:3]):
        file = export_of(unit, folder, stick)
        if unit == NEIGHBOURS[0]:
            file.write_bytes(file.read_bytes()[:-700])
    clerk.press("F5")
    look("receive, looked", window)
    clerk.press("Ctrl+Return")
    look("receive, taken in", window)
    clerk.press("Return")
    look("receive, answered", window)
    _in_dialog(clerk, look, "package", lambda: clerk.page.table.opened.emit(0))
    clerk.press("Ctrl+1")
    look("board, some received", window)
    clerk.program.go("unit_view", unit=NEIGHBOURS[1], month=OCTOBER)
    clerk.rest()
    look("unit_view, sheet", window)
    _two_versions(clerk, look)
    clerk.program.go("unit_view", unit=CAOYI, month=OCTOBER, view="records")
    clerk.rest()
    look("unit_view, records", window)
    clerk.press("Ctrl+9")
    look("enrol, joined", window)
    _tables(clerk, look)
    _what_the_town_changes(clerk, look)


def _what_the_town_changes(clerk: Clerk, look: Look) -> None:
    window, work = clerk.program.window(), clerk.ledger
    first, why = work.mint.today(), "GZ-2019-12"
    work.adjustments.set_rule("new_film_years", "3", valid_from=first, reason=why)
    work.adjustments.set_rule("new_film_years", "4", valid_from=first.replace(year=2020), reason=why)
    for kind, key in (("target", ""), ("rule", "new_film_years")):
        clerk.program.go("adjustments", kind=kind, key=key)
        clerk.rest()
        look(f"adjustments, {kind}", window)
        _in_dialog(clerk, look, f"change of a {kind}", lambda: clerk.press("F2"))
    work.unit_list.merge(NEIGHBOURS[3], NEIGHBOURS[2], first_day=first)
    clerk.program.go("units")
    clerk.rest()
    look("units", window)
    # Names in the other language stand in the dialog that changes a unit.
    for words, key in (("add a unit", "F2"), ("end of a unit", "Delete")):
        _in_dialog(clerk, look, words, lambda key=key: clerk.press(key))
    clerk.program.go("receive")
    clerk.press("Ctrl+U")
    look("receive, written for all", window)


def _two_versions(clerk: Clerk, look: Look) -> None:
    """A record that was changed on two sides, before and after it is chosen; one that was deleted on one side."""
    ledger, window = clerk.ledger, clerk.program.window()
    first, second = (row.id for row in ledger.records.of_types(["film_screening"], unit=CAOYI)[:2])
    changed_here(ledger, first, audience=141, remark="19:30")
    changed_elsewhere(ledger, first, actor="苏惠芳", audience=152)
    changed_here(ledger, second, audience=99)
    changed_elsewhere(ledger, second, actor="苏惠芳", deleted=True)
    clerk.program.go("conflict", record=first)
    clerk.rest()
    look("which version, nothing chosen", window)
    clerk.press("Alt+1")
    look("which version, chosen", window)
    clerk.press("Ctrl+Return")
    look("which version, deleted on one side", window)
    clerk.press("Alt+2", "Ctrl+Return")
    look("which version, none left", window)


def look_at_the_first_start(clerk: Clerk, look: Look) -> None:
    """The questions of the first start, answered and not."""
    window = clerk.program.window()
    assert clerk.at == "wizard"
    look("first start", window)
    clerk.press("Ctrl+Return")
    look("first start, no village yet", window)
    clerk.press("Up", "Ctrl+Return")
    look("first start, no join file yet", window)
    clerk.press("Down", "Down", "Ctrl+Return")
    look("first start, no name yet", window)


def _pages(clerk: Clerk) -> Iterator[str]:
    for entry in PAGES:
        if clerk.program.role in entry.roles and entry.place != "hidden":
            assert clerk.program.go(entry.id)
            clerk.rest()
            yield entry.id


def _forms(clerk: Clerk, look: Look, page: str, *, groups: tuple[str, ...]) -> None:
    window = clerk.program.window()
    for record_type in clerk.ledger.types.in_groups(*groups):
        if record_type.id == "opening_log":
            continue
        clerk.program.go(page, type_id=record_type.id)
        clerk.rest()
        look(f"{page}, list of {record_type.id}", window)
        clerk.press("F2")
        look(f"{page}, {record_type.id}", window)
        clerk.press("F8")
        look(f"{page}, {record_type.id} unfolded", window)


def _a_form_with_faults(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.press("Alt+1")
    clerk.type("1107", "Return")
    clerk.type("whenever", "Return")
    clerk.type("wh")
    look("form, choosing a film", window)
    clerk.press("Return")
    clerk.type("99999", "Ctrl+S")
    look("form, refused", window)
    _in_dialog(clerk, look, "unsaved", lambda: clerk.press("Ctrl+1"))
    clerk.page.form.forget_typed()  # type: ignore[attr-defined]  # a page with forms
    clerk.answer(lambda dialog: clerk.click_in(dialog, "answer_drop"))
    clerk.press("Ctrl+2", "PgUp", "Return")
    look("form, a record", window)
    _in_dialog(clerk, look, "history", lambda: clerk.press("Ctrl+H"))
    clerk.press("Esc")
    _in_dialog(clerk, look, "void", lambda: clerk.press("Delete"))


def _open_days(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.program.go("opening", month=OCTOBER)
    clerk.rest()
    look("opening, October", window)
    clerk.press("F2")
    look("opening, one day", window)
    clerk.press("Esc")
    clerk.type("99999", "Return")
    look("opening, refused", window)
    clerk.press("Esc")
    clerk.program.go("opening", month="2019-09")
    clerk.rest()
    look("opening, six weeks", window)


def _months(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.press("Ctrl+4")
    clerk.click("pill_film_month_summary")
    look("months, films", window)
    clerk.click("pill_monthly_sheet")
    clerk.press("Ctrl+L")
    look("months, asking", window)
    clerk.type("ldm", "Return")
    clerk.press("Return")
    look("months, closed", window)
    _in_dialog(clerk, look, "reopen", lambda: clerk.click("reopen"))
    clerk.program.go("months", month="2019-06")
    clerk.rest()
    look("months, nothing held", window)


def _a_table_from_excel(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.program.go("import_table", type_id="activity")
    clerk.rest()
    look("import, no file yet", window)
    _in_panel(clerk, look, "import, choosing a register", "Ctrl+T")
    file = some_activities(clerk.ledger.folder.parent / "2019-09.xlsx", clerk.ledger)
    clerk.program.go("import_table", type_id="activity", file=file)
    clerk.rest()
    clerk.rest()
    look("import, columns", window)
    _in_panel(clerk, look, "import, choosing an item", "Return")
    clerk.press("End", "Delete")
    look("import, an item is missing", window)
    clerk.program.go("import_table", type_id="activity", file=file)
    clerk.rest()
    clerk.rest()
    clerk.press("Ctrl+Return")
    look("import, tried", window)
    clerk.press("Ctrl+Return")
    look("import, taken in", window)
    clerk.press("Ctrl+Z")
    look("import, taken back", window)
    clerk.program.go("import_table", type_id="activity")
    clerk.rest()
    look("import, earlier ones", window)


def _in_panel(clerk: Clerk, look: Look, name: str, key: str) -> None:
    clerk.press(key)
    look(name, clerk.program.window())
    clerk.press("Esc")


def _what_was_removed(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.program.go("recycle_bin")
    clerk.rest()
    look("recycle bin", window)
    clerk.press("Shift+Down", "Return")
    look("recycle bin, brought back", window)
    clerk.press("Ctrl+Z", "Ctrl+F")
    clerk.type("999")
    clerk.press("Return")
    look("recycle bin, nothing found", window)


def _personal_data(clerk: Clerk, look: Look) -> None:
    """Somebody is looked up and asked about; what has passed its time; what is kept."""
    window = clerk.program.window()
    clerk.program.go("personal_data")
    clerk.rest()
    look("personal data, nobody yet", window)
    clerk.type("苏惠芳")
    clerk.press("Return")
    look("personal data, found", window)
    clerk.page.person._open(0)  # type: ignore[attr-defined]  # the page with the person view
    clerk.rest()
    look("personal data, a person", window)
    _in_dialog(clerk, look, "erase", lambda: clerk.press("Delete"))
    clerk.press("Esc", "Ctrl+PgDown")
    look("personal data, nothing over", window)
    clerk.press("Ctrl+PgDown")
    look("personal data, what is kept", window)
    _what_is_over(clerk, look)


def _what_is_over(clerk: Clerk, look: Look) -> None:
    (venue, *_others) = clerk.ledger.records.of_types(["facility"])
    loan = {"date": "2019-09-08", "facility_id": venue.id, "mode": "single", "title": "平凡的世界"}
    loan |= {"reader": "苏惠芳", "volumes": 1, "returned_on": "2019-09-20"}
    clerk.ledger.records.save(type_id="library_loan", values=loan)
    clerk.program.go("personal_data", view="due")
    clerk.rest()
    look("personal data, over", clerk.program.window())
    _in_dialog(clerk, look, "clear", lambda: clerk.press("Delete"))


def _evidence(clerk: Clerk, look: Look) -> None:
    """A record with photos, one of them lost; the same under its item; the viewer."""
    window, work = clerk.program.window(), clerk.ledger
    folder = work.folder.parent / "photos"
    files = [put(folder, f"{number}.jpg", photo(size=(900, 600), seed=number)) for number in range(3)]
    record = work.records.of_types(["film_screening"])[0].id
    work.evidence.attach(record, [*files, put(folder, "回执单.pdf", scan(2))])
    lost = noted_files(work.records.get(record).record.values)[1]
    work.context.store.files.path(str(lost["sha256"])).unlink()
    clerk.program.go("records", record_id=record)
    clerk.rest()
    clerk.page.form.findChild(QWidget, "file_tiles").setFocus()  # type: ignore[attr-defined]  # a page with forms
    clerk.rest()
    look("form, photos", window)
    _in_dialog(clerk, look, "viewer", lambda: clerk.press("Ctrl+O"))
    clerk.press("Esc")
    clerk.program.go("evidence", item="16.2")
    clerk.rest()
    look("evidence, no number yet", window)
    clerk.page.card.table.setFocus()  # type: ignore[attr-defined]  # the evidence page
    clerk.press("F8")
    look("evidence, numbered", window)
    clerk.press("Ctrl+E")
    look("evidence, exporting", window)
    clerk.press("Esc")
    _in_dialog(clerk, look, "viewer of evidence", lambda: clerk.press("Ctrl+O"))
    clerk.press("F2")
    look("evidence, a new paper", window)
    clerk.page.form.forget_typed()  # type: ignore[attr-defined]  # a page with forms
    clerk.page.form.restart()  # type: ignore[attr-defined]


def _tables(clerk: Clerk, look: Look) -> None:
    window = clerk.program.window()
    clerk.program.go("tables", saved="screenings_by_film")
    clerk.rest()
    look("tables, by film", window)
    clerk.press("F3")
    look("tables, choosing a register", window)
    clerk.type("whhd", "Return")
    look("tables, of one register", window)
    clerk.program.go("tables", adhoc=AdHoc(types=("volunteer",), columns=("name", "phone", "skills")))
    clerk.rest()
    look("tables, a roll", window)
    nothing = AdHoc(types=("performance",), group_by=("kind",), period=Period(kind="year", first="2001-01"))
    clerk.program.go("tables", adhoc=nothing)
    clerk.rest()
    look("tables, nothing found", window)
    days = Period(kind="days", first="2019-10-31", last="2019-10-01")
    clerk.program.go("tables", adhoc=AdHoc(types=("performance",), period=days))
    clerk.rest()
    look("tables, days the wrong way round", window)
    clerk.press("F10")
    look("tables, more", window)
    clerk.press("Esc")


def _papers(clerk: Clerk, look: Look) -> None:
    """Every document once, with what it asks for, made or not."""
    window = clerk.program.window()
    for document in clerk.ledger.reports.names():
        clerk.program.go("papers", document=document.name)
        clerk.rest()
        look(f"papers, {document.name}", window)
    clerk.program.go("papers", document="blank_form")
    clerk.rest()
    clerk.press("Return")
    clerk.type("whzyz")
    look("papers, choosing a register", window)
    clerk.press("Return")


def _lists_at_speed(clerk: Clerk, look: Look) -> None:
    """All registers, the menu of a list, several records at once, the people of an activity."""
    window = clerk.program.window()
    clerk.press("Ctrl+G")
    look("all registers", window)
    clerk.type("zyz")
    look("all registers, searching", window)
    clerk.press("Escape")
    clerk.program.go("records", type_id="activity", month=OCTOBER)
    clerk.rest()
    clerk.page.focus_first()
    clerk.press("F10")
    look("records, more", window)
    clerk.press("Escape", "Ctrl+A")
    _in_dialog(clerk, look, "several", lambda: clerk.press("Ctrl+K"))
    _in_dialog(clerk, look, "people", lambda: clerk.press("Ctrl+J"))
    clerk.press("F2", "Ctrl+D")
    look("form, as last time", window)
    clerk.press("Escape")


def _in_dialog(clerk: Clerk, look: Look, name: str, open_it: Callable[[], object]) -> None:
    def do(dialog: QDialog) -> None:
        clerk.rest()
        look(f"dialog, {name}", dialog)
        dialog.reject()

    clerk.answer(do)
    open_it()
    clerk.rest()


def _fault_of_the_program(clerk: Clerk, look: Look) -> None:
    dialog = CrashDialog(
        theme=clerk.program.theme,
        error=ValueError("planned"),
        typing_saved=True,
        folder=clerk.ledger.folder,
    )
    dialog.show()
    clerk.rest()
    look("dialog, fault of the program", dialog)
    dialog.close()
    dialog.deleteLater()
