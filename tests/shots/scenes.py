"""What is photographed: every page at its most usual moment, some in large text or high contrast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gzdesk.desktop.main_window import MainWindow
from gzdesk.domain.period import Month
from gzdesk.services.evidence import noted_files
from gzdesk.services.records import ListQuery
from tests.desktop.excel_world import messy_workbook
from tests.desktop.forms_world import Hands, settle
from tests.desktop.shell_world import wait
from tests.desktop.two_sides import changed_elsewhere, changed_here
from tests.services.photos import photo, put

SIZE = (1366, 698)
STICK = "stick"
Stage = Callable[[MainWindow, Month, Path], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture."""

    name: str
    stage: Stage
    large: bool = False
    high_contrast: bool = False
    dialog: bool = False  # the picture is of the dialog that the stage opens


def scenes(role: str) -> tuple[Scene, ...]:
    """The pictures of a village's window, or of the town's."""
    return _VILLAGE if role == "village" else _TOWN


def _page(page_id: str, **arguments: object) -> Stage:
    return lambda window, _month, _demo: window.go(page_id, **arguments)


def _month_page(page_id: str) -> Stage:
    return lambda window, month, _demo: window.go(page_id, month=month)


def _unit_sheet(window: MainWindow, month: Month, _demo: Path) -> bool:
    return window.go("unit_view", unit="caoer", month=month)


def _export(window: MainWindow, _month: Month, _demo: Path) -> None:
    window.go("stick")
    window.page.send()  # type: ignore[union-attr]  # the page was just shown


def _person(window: MainWindow, _month: Month, _demo: Path) -> None:
    privacy = window.workspace.privacy
    found = [privacy.look(person.record) for person in privacy.find("苏") if person.own]
    window.go("personal_data", record_id=max(found, key=lambda one: len(one.traces)).person.record)


def _table_read(window: MainWindow, _month: Month, demo: Path) -> None:
    file = messy_workbook(demo / "曹一村2019年文化活动.xlsx")
    window.go("import_table", type_id="activity", file=file)
    settle()
    wait(window)


def _table_tried(window: MainWindow, month: Month, demo: Path) -> None:
    _table_read(window, month, demo)
    Hands(window).press("End", "F", "Z", "R", "Return", "Ctrl+Return")


def _two_versions(window: MainWindow, _month: Month, _demo: Path) -> None:
    workspace = window.workspace
    rows = workspace.records.page(ListQuery(types=("performance",))).rows
    if not workspace.conflicts.list():
        row = rows[-1]
        base = workspace.records.history(row.id)[0].revision
        changed_here(workspace, row.id, audience=420, troupe="七坊曲艺社", duration_min=90)
        theirs = {"audience": 380, "troupe": "古镇镇曲艺协会", "duration_min": 110}
        changed_elsewhere(workspace, row.id, base=base, **theirs, remark="加演粤曲小调 1 个")
    window.go("conflict")


def _late_change(window: MainWindow, month: Month, _demo: Path) -> None:
    """A month was approved, then the village corrected the audience of a performance in it."""
    workspace = window.workspace
    if not workspace.review.late_changes():
        rows = workspace.records.page(ListQuery(types=("performance",), month=month)).rows
        approved = next(row for row in rows if workspace.review.month(row.unit, month).state == "approved")
        changed_here(workspace, approved.id, audience=580, remark="人数按签到表更正")
    window.go("review", late=True)


def _pressed(page_id: str, *keys: str, **arguments: object) -> Stage:
    """A page on which keys were pressed, such as those that open a dialog."""

    def stage(window: MainWindow, _month: Month, _demo: Path) -> None:
        window.go(page_id, **arguments)
        settle()
        wait(window)
        Hands(window).press(*keys)

    return stage


def _alike(window: MainWindow, _month: Month, _demo: Path) -> None:
    workspace = window.workspace
    rows = workspace.records.page(ListQuery(types=("performance",))).rows
    first = rows[0]
    other = next(row for row in rows if row.unit != first.unit)
    values = workspace.records.get(first.id).record.values
    changed_here(
        workspace, other.id, **{name: values[name] for name in ("date", "start_time", "place", "title")}
    )
    window.go("twins", month=str(values["date"])[:7])


def _decided_alike(window: MainWindow, month: Month, demo: Path) -> None:
    _alike(window, month, demo)
    window.page.is_one(0)  # type: ignore[union-attr]  # the page was just shown
    window.page.activate(decided=True)  # type: ignore[union-attr]
    window.page.refresh()  # type: ignore[union-attr]


def _removed(window: MainWindow, month: Month, _demo: Path) -> None:
    records = window.workspace.records
    rows = records.page(ListQuery(types=("activity",), month=month.plus(1))).rows
    for row in rows[:3]:
        records.delete(row.id, reason="记了两遍")
    window.go("recycle_bin")


def _photos(window: MainWindow, _month: Month, demo: Path) -> None:
    """A screening with photos and its scanned receipt."""
    record = _latest_screening(window, demo)
    window.go("records", record_id=record)
    tiles = window.page.form.findChild(QWidget, "file_tiles")  # type: ignore[union-attr]  # a page with forms
    tiles.setFocus()


def _evidence(window: MainWindow, _month: Month, demo: Path) -> None:
    """Some screenings have their number, a notice was filed besides, the others wait."""
    _latest_screening(window, demo)
    work = window.workspace
    rows = work.materials.of_item("16.2", unit=work.me.id)
    if not any(row.number for row in rows):
        work.materials.give_numbers(rows[:3])
        notice = put(
            demo / "phone", "notice.jpg", photo(size=(900, 1200), seed=9, taken="2019:10:12 10:00:00")
        )
        values = {
            "task_item": "16.2",
            "title": "村口公告栏的放映公示",
            "date": "2019-10-12",
            "covers": "放映公示",
            "evidence": [work.evidence.keep(notice)],
        }
        work.records.save(type_id="evidence", values=values)
    window.go("evidence", item="16.2")


def _latest_screening(window: MainWindow, demo: Path) -> str:
    work = window.workspace
    held = [one for one in work.records.of_types(["film_screening"], unit=work.me.id) if one.status == "held"]
    screening = held[-1]
    if len(noted_files(screening.values)) < 3:
        photos = [
            put(demo / "phone", f"IMG_{n}.jpg", photo(size=(1200, 900), seed=n, taken="2019:11:02 19:30:00"))
            for n in range(3)
        ]
        work.evidence.attach(screening.id, photos)
    return screening.id


def _all_registers(window: MainWindow, _month: Month, _demo: Path) -> None:
    window.go("registers")
    window.page.choose_register()  # type: ignore[union-attr]  # the page was just shown


def _several(window: MainWindow, month: Month, _demo: Path) -> None:
    window.go("records", type_id="activity", month=month)
    window.page._list.table.selectAll()  # type: ignore[union-attr]  # a page with a list
    window.page.open_more()  # type: ignore[union-attr]


def _indicator(indicator: str, *keys: str, **arguments: object) -> Stage:
    def stage(window: MainWindow, _month: Month, _demo: Path) -> None:
        window.go("indicators", indicator=indicator, **arguments)
        settle()
        Hands(window).press(*keys)

    return stage


_FILMS, _SHOWS = "screenings_per_village_month", "performances_per_village_year"


def _task_written(window: MainWindow, _month: Month, _demo: Path) -> None:
    window.workspace.tasks.notes.save(
        "16.2", state="running", note="10个月放映全部完成，正在补映前公示照片。"
    )
    window.go("tasks", item="16.2")


def _changed_targets(window: MainWindow, _month: Month, _demo: Path) -> None:
    """Two changes that hold, one still to come."""
    service = window.workspace.adjustments
    if not any(row.history for row in service.rules()):
        why = "古镇文〔2019〕12号"
        service.set_rule("new_film_years", "3", valid_from=date(2019, 7, 1), reason=why)
        service.set_rule("report_deadline_day", "8", valid_from=date(2020, 1, 1), reason=why)
        service.set_target(service.targets()[0].id, "210", valid_from=date(2019, 9, 1), reason=why)
    window.go("adjustments")


def _changed_rules(window: MainWindow, month: Month, demo: Path) -> None:
    _changed_targets(window, month, demo)
    window.go("adjustments", kind="rule", key="new_film_years")


def _unit_list(window: MainWindow, _month: Month, _demo: Path) -> None:
    units = window.workspace.unit_list
    if window.workspace.units.find("灯都新村") is None:
        units.add(name="灯都新村", kind="village", name_en="Dengdu Village", valid_from=date(2020, 1, 1))
        units.merge("caosan", "caoer", first_day=date(2019, 7, 1))
    window.go("units")


def _notice(window: MainWindow, _month: Month, _demo: Path) -> None:
    values = {"title": "十一月消防安全检查，请各村先自查", "on": "2019-11-01", "until": "2019-12-31"}
    context = window.workspace.context
    with context.store.writing() as work:
        work.revisions.append(
            record=context.mint.record_id(),
            type_id="notice",
            type_version=1,
            scope=context.units.town.id,
            values={**values, "status": "held"},
        )
        work.commit()
    window.go("home")


_VILLAGE = (
    Scene(name="home", stage=_page("home")),
    Scene(name="home_large", stage=_page("home"), large=True),
    Scene(name="home_contrast", stage=_page("home"), high_contrast=True),
    Scene(name="records", stage=_month_page("records")),
    Scene(name="film_form", stage=_page("records", type_id="film_screening", new=True)),
    Scene(name="film_form_large", stage=_page("records", type_id="film_screening", new=True), large=True),
    Scene(name="opening", stage=_month_page("opening")),
    Scene(name="months", stage=_month_page("months")),
    Scene(name="registers", stage=_page("registers")),
    Scene(name="all_registers", stage=_all_registers),
    Scene(name="all_registers_large", stage=_all_registers, large=True),
    Scene(name="all_registers_contrast", stage=_all_registers, high_contrast=True),
    Scene(name="several", stage=_several),
    Scene(name="personal_data", stage=_person),
    Scene(name="personal_data_due", stage=_page("personal_data", view="due")),
    Scene(name="personal_data_kept", stage=_page("personal_data", view="kept")),
    Scene(name="papers", stage=_page("papers")),
    Scene(name="papers_blank", stage=_page("papers", document="blank_form", type_id="volunteer")),
    Scene(name="papers_certificate", stage=_page("papers", document="volunteer_certificate")),
    Scene(name="papers_register", stage=_page("papers", document="register", type_id="staff"), large=True),
    Scene(name="papers_contrast", stage=_page("papers", document="screening_receipt"), high_contrast=True),
    Scene(name="papers_report", stage=_page("papers", document="monthly_report")),
    Scene(name="papers_report_large", stage=_page("papers", document="quarterly_report"), large=True),
    Scene(name="import_table", stage=_page("import_table", type_id="activity")),
    Scene(name="import_columns", stage=_table_read),
    Scene(name="import_columns_large", stage=_table_read, large=True),
    Scene(name="import_tried", stage=_table_tried),
    Scene(name="recycle_bin", stage=_removed),
    Scene(name="returned", stage=_page("returned")),
    Scene(name="returned_large", stage=_page("returned"), large=True),
    Scene(name="form_photos", stage=_photos),
    Scene(name="evidence", stage=_evidence),
    Scene(name="evidence_large", stage=_evidence, large=True),
    Scene(name="evidence_contrast", stage=_evidence, high_contrast=True),
    Scene(name="evidence_empty", stage=_page("evidence", item="2.2")),
    Scene(name="tasks", stage=_page("tasks", item="16.2")),
    Scene(name="tasks_large", stage=_page("tasks", item="16.2"), large=True),
    Scene(name="deadlines", stage=_page("deadlines", which="month")),
    Scene(name="stick", stage=_page("stick")),
    Scene(name="stick_done", stage=_export),
    Scene(name="tables", stage=_page("tables")),
    Scene(name="tables_large", stage=_page("tables", saved="screenings_by_film"), large=True),
    Scene(name="tables_contrast", stage=_page("tables", saved="service_by_volunteer"), high_contrast=True),
    Scene(name="indicators_village", stage=_indicator(_FILMS, "Tab")),
    Scene(name="indicators_village_large", stage=_indicator(_SHOWS), large=True),
    Scene(name="settings", stage=_page("settings")),
    Scene(name="village_adjustments", stage=_page("adjustments", kind="rule")),
    Scene(name="home_notice", stage=_notice),
    Scene(name="help", stage=_page("help", section="stick")),
)

_TOWN = (
    Scene(name="board", stage=_page("board")),
    Scene(name="board_contrast", stage=_page("board"), high_contrast=True),
    Scene(name="review", stage=_page("review")),
    Scene(name="review_large", stage=_page("review"), large=True),
    Scene(name="late_changes_none", stage=_page("review", late=True)),
    Scene(name="late_changes", stage=_late_change),
    Scene(name="late_changes_large", stage=_late_change, large=True),
    Scene(name="return_record", stage=_pressed("review", "F9"), dialog=True),
    Scene(name="return_month", stage=_pressed("review", "Shift+F9"), dialog=True),
    Scene(name="change_target", stage=_pressed("adjustments", "F2"), dialog=True),
    Scene(name="add_unit", stage=_pressed("units", "F2"), dialog=True),
    Scene(name="end_unit", stage=_pressed("units", "Down", "Down", "Delete"), dialog=True),
    Scene(name="report_text", stage=_pressed("papers", "F2", document="annual_report"), dialog=True),
    Scene(name="new_paper", stage=_pressed("evidence", "F2", item="16.2")),
    Scene(name="progress", stage=_pressed("tasks", "F2", item="16.2")),
    Scene(name="receive_empty", stage=_page("receive")),
    Scene(name="receive", stage=_page("receive", read=True)),
    Scene(name="conflict", stage=_two_versions),
    Scene(name="twins", stage=_alike),
    Scene(name="twins_decided", stage=_decided_alike),
    Scene(name="conflict_large", stage=_two_versions, large=True),
    Scene(name="unit_view", stage=_page("unit_view", unit="caoyi")),
    Scene(name="unit_sheet", stage=_unit_sheet),
    Scene(name="town_registers", stage=_page("registers")),
    Scene(name="town_papers", stage=_page("papers", document="register", type_id="film")),
    Scene(name="town_report", stage=_page("papers", document="annual_report")),
    Scene(name="town_completeness", stage=_page("papers", document="completeness")),
    Scene(name="town_evidence", stage=_page("evidence", item="16.2")),
    Scene(name="indicators", stage=_indicator(_FILMS, "Tab")),
    Scene(name="indicators_contrast", stage=_indicator(_FILMS, "Tab"), high_contrast=True),
    Scene(name="indicators_large", stage=_indicator(_SHOWS), large=True),
    Scene(name="indicators_map_large", stage=_indicator(_SHOWS, "Tab"), large=True),
    Scene(name="indicators_state", stage=_indicator("wifi_coverage_rate", "Tab")),
    Scene(name="indicators_people", stage=_indicator("staff_training_days", "Tab", view="parts")),
    Scene(name="indicators_watched", stage=_indicator("monitor_activity_sessions", "Tab")),
    Scene(name="indicator_records", stage=_indicator(_FILMS, "Tab", "Left", "Return")),
    Scene(name="town_tasks", stage=_task_written),
    Scene(name="town_tasks_large", stage=_page("tasks", item="19.1"), large=True),
    Scene(name="town_tasks_contrast", stage=_page("tasks", item="16.2"), high_contrast=True),
    Scene(name="town_deadlines", stage=_page("deadlines")),
    Scene(name="town_deadlines_rates", stage=_page("deadlines", which="rates"), large=True),
    Scene(name="enrol", stage=_page("enrol")),
    Scene(name="town_tables", stage=_page("tables", saved="events_by_unit")),
    Scene(name="town_settings", stage=_page("settings")),
    Scene(name="adjustments", stage=_changed_targets),
    Scene(name="adjustments_rules", stage=_changed_rules, large=True),
    Scene(name="units", stage=_unit_list),
)
