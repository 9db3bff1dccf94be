"""The same jobs with the mouse (ui.md 5): every press of its button is counted, the keyboard only writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.pc import Clerk
from tests.journeys.places import (
    CAOYI,
    DAYS_WITHOUT_FIGURES,
    NEIGHBOURS,
    OCTOBER,
    TOWN,
    export_of,
    pc_of,
)
from tests.journeys.table import assert_within, clicks_table, jobs_counted_in

PRINTER_DIALOG = 1


@pytest.fixture
def clerk(tmp_path: Path, stick: Path) -> Iterator[Clerk]:
    with pc_of(CAOYI, tmp_path).on() as seated:
        yield seated


def test_log_a_film_screening(clerk: Clerk) -> None:
    clerk.click("quick_1")
    clerk.type("1107")
    clerk.click("field_date")
    clerk.type("5")
    clerk.click("field_film_id")
    clerk.type("我和")
    clerk.choose(0)
    clerk.click("field_audience")
    clerk.type("136")
    clerk.click("field_confirmed_by")
    clerk.type("苏")
    clerk.choose(0)
    clerk.click_on(clerk.form.findChild(object, "field_stamped"))
    clerk.click("save_and_next")
    clerk.expect("已保存：2019-11-05 我和我的")
    assert_within(clicks_table(), "Log a film screening from the catalogue", clerk.clicks)


def test_fill_in_a_month_of_open_days(clerk: Clerk) -> None:
    clerk.click("quick_3")
    for _day in DAYS_WITHOUT_FIGURES:
        clerk.type("31", "Return")
    opening = clerk.ledger.opening
    assert opening.month(OCTOBER, opening.venues()[0]).totals.missing_days == 0
    assert_within(clicks_table(), "Fill in a month of open days", clerk.clicks)


def test_close_a_month_and_print_its_sheet(clerk: Clerk, paper: Path) -> None:
    clerk.click("nav_months")
    clerk.click("close_month")
    clerk.choose(0)
    clerk.click("close_month")
    clerk.click("print")
    clerk.expect("已封账", "1 页已送到打印机")
    assert paper.exists()
    assert clerk.keys == 0
    assert_within(clicks_table(), "Close a month and print its sheet", clerk.clicks + PRINTER_DIALOG)


def test_hand_a_month_over(clerk: Clerk) -> None:
    clerk.click("nav_stick")
    clerk.click("export")
    clerk.expect("可以拔出U盘了")
    assert_within(clicks_table(), "Hand a month over on the stick", clerk.clicks)


def test_take_in_nine_packages(tmp_path: Path, stick: Path) -> None:
    for unit in (CAOYI, *NEIGHBOURS):
        export_of(unit, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.click("receive")
        clerk.click("go_on")
        clerk.click("go_on")
        clerk.expect("9 个文件・收 9 个，退 0 个", "写好 9 份回执")
        assert clerk.keys == 0
        assert_within(clicks_table(), "Take in nine packages and answer them (town)", clerk.clicks)


def test_every_job_of_the_table_is_counted() -> None:
    assert sorted(jobs_counted_in(__file__)) == sorted(clicks_table())
