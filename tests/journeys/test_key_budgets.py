"""How many keys each job takes from the first page on (ui.md 5); docs/usability.md must say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.desktop.pages import pages_for
from gzdesk.domain.period import Month
from tests.desktop.forms_world import activity
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, NEIGHBOURS, OCTOBER, TOWN, export_of, pc_of
from tests.journeys.table import assert_within, jobs_counted_in, keys_table

NOVEMBER = Month(2019, 11)
PRINTER_DIALOG = 1  # Enter in the dialog of the system, which the tests answer for the clerk
# The figures of picture d, and two for the days it leaves open.
VISITORS = [
    126,
    118,
    164,
    97,
    88,
    79,
    143,
    31,
    28,
    34,
    46,
    62,
    71,
    29,
    37,
    26,
    41,
    83,
    76,
    33,
    30,
    24,
    18,
    90,
    68,
]
VISITORS += [35, 42, 51]


@pytest.fixture
def clerk(tmp_path: Path, stick: Path) -> Iterator[Clerk]:
    """The clerk of 曹一村 in front of the first page."""
    with pc_of(CAOYI, tmp_path).on() as seated:
        assert seated.at == "home"
        yield seated


def test_log_a_film_screening(clerk: Clerk) -> None:
    clerk.press("Alt+1")
    clerk.type("1107", "Return")
    clerk.type("5", "Return")
    clerk.type("whw", "Return")
    clerk.type("136", "Return")
    clerk.type("sgq", "Return")
    clerk.press("Space", "Ctrl+Return")
    clerk.expect("已保存：2019-11-05 我和我的祖国")
    assert_within(keys_table(), "Log a film screening from the catalogue", clerk.keys)
    written = [film.values["receipt_no"] for film in clerk.ledger.records.of_types(["film_screening"])]
    assert "GZ-2019-1107" in written


def test_fill_in_a_month_of_open_days(clerk: Clerk) -> None:
    opening = clerk.ledger.opening
    month = opening.month(OCTOBER, opening.venues()[0])
    for cell in month.days:
        if cell.entry.visitors is not None:
            opening.set_visitors(month, cell.day, None)
    clerk.press("Alt+3")
    for figure in VISITORS:
        clerk.type(str(figure), "Return")
    assert_within(keys_table(), "Fill in a month of open days", clerk.keys)
    month = opening.month(OCTOBER, opening.venues()[0])
    assert [cell.entry.visitors for cell in month.days if cell.is_open] == VISITORS


def test_close_a_month_and_print_its_sheet(clerk: Clerk, paper: Path) -> None:
    clerk.press("Ctrl+4", "Ctrl+L")
    clerk.type("ldm", "Return")
    clerk.press("Return", "Ctrl+P")
    clerk.expect("已封账", "1 页已送到打印机")
    assert paper.exists()
    assert_within(keys_table(), "Close a month and print its sheet", clerk.keys + PRINTER_DIALOG)
    state = clerk.ledger.months.state(OCTOBER)
    assert (state.status, state.checked_by) == ("closed", "李冬梅")


def test_hand_a_month_over(clerk: Clerk, stick: Path) -> None:
    clerk.press("Ctrl+6", "Ctrl+U")
    clerk.expect("可以拔出U盘了")
    assert_within(keys_table(), "Hand a month over on the stick", clerk.keys)
    assert len(list(stick.glob("*.gzp"))) == 1


def test_take_in_nine_packages(tmp_path: Path, stick: Path) -> None:
    for unit in (CAOYI, *NEIGHBOURS):
        export_of(unit, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5", "Ctrl+Return", "Return")
        clerk.expect("9 个文件・收 9 个，退 0 个", "写好 9 份回执")
        assert_within(keys_table(), "Take in nine packages and answer them (town)", clerk.keys)
        received = [clerk.ledger.board.cell(unit, OCTOBER).state for unit in NEIGHBOURS]
        assert received == ["waiting"] * len(NEIGHBOURS)


def test_make_a_join_file(tmp_path: Path, stick: Path) -> None:
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("Ctrl+9", *["Down"] * 9, "F2")
        assert [file.name for file in stick.iterdir()] == ["加入_曹一村.gzj"]
        assert_within(keys_table(), "Make the join file of a village (town)", clerk.keys)


def test_read_the_answer(tmp_path: Path, stick: Path) -> None:
    export_of(CAOYI, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as station:
        station.press("F5", "Ctrl+Return", "Return")
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+6", "Ctrl+R")
        clerk.expect("已签收")
        assert_within(keys_table(), "Read the town's answer", clerk.keys)


def test_log_last_weeks_course_again(clerk: Clerk) -> None:
    for day, lesson in (("2019-10-23", 3), ("2019-10-30", 4)):
        lesson_values = activity(name=f"书法公益班（第{lesson}课）", category="lecture", date=day)
        clerk.ledger.records.save(type_id="activity", values=lesson_values)
    clerk.press("Alt+2", "Ctrl+D")
    clerk.type("26")
    clerk.press("Ctrl+Return")
    clerk.expect("已保存：2019-11-06 书法公益班（第5课）")
    assert_within(keys_table(), "Log last week's course again", clerk.keys)
    (written,) = clerk.ledger.records.of_types(["activity"], month=NOVEMBER)[:1]
    assert written.values["participants"] == 26


def test_log_an_activity_like_an_earlier_one(clerk: Clerk) -> None:
    clerk.press("Ctrl+2", "PgUp", "Down", "Ctrl+D")
    clerk.type("1102", "Return")
    clerk.type("58", "Return")
    clerk.press("Ctrl+Return")
    clerk.expect("已保存：2019-11-02 粤曲私伙局交流")
    assert_within(keys_table(), "Log an activity like an earlier one", clerk.keys)


def test_the_records_behind_a_number_and_the_table(tmp_path: Path, stick: Path, paper: Path) -> None:
    export_of(CAOYI, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5", "Ctrl+Return", "Return", "Ctrl+1")
        before = clerk.keys
        page_key = key_of("indicators", clerk)
        clerk.press(page_key, "Tab", "Return")
        assert clerk.at == "indicator_records"
        assert_within(
            keys_table(), "See the records behind a number of the indicators (town)", clerk.keys - before
        )
        clerk.press("Ctrl+1")
        before = clerk.keys
        clerk.press(page_key, "Ctrl+P")
        clerk.expect("页已送到打印机")
        assert paper.exists()
        counted = clerk.keys - before + PRINTER_DIALOG
        assert_within(keys_table(), "Print the table of indicators (town)", counted)


def key_of(page_id: str, clerk: Clerk) -> str:
    """The key of a page of the column."""
    order = [entry.id for entry in pages_for(clerk.program.role, "main")]
    return f"Ctrl+{(order.index(page_id) + 1) % 10}"


def test_every_job_of_the_table_is_counted() -> None:
    assert sorted(jobs_counted_in(__file__)) == sorted(keys_table())
