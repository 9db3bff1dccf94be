"""Asked for in the morning, due in the afternoon: what somebody else wants to have in Excel, made with keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from gzdesk.desktop import printing
from gzdesk.desktop.pages import pages_for
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, TOWN, export_of, pc_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen in the system's dialog."""
    chosen = tmp_path / "给镇里"
    chosen.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda _shell: chosen)
    return chosen


def go_to_tables(clerk: Clerk) -> None:
    ids = [entry.id for entry in pages_for(clerk.program.role, "main")]
    clerk.press(f"Ctrl+{(ids.index('tables') + 1) % 10}")  # the tenth is Ctrl+0
    assert clerk.at == "tables"


def shows(clerk: Clerk, words: str) -> None:
    """Wait for the table that begins so; a person who looks at the screen does the same."""
    card = clerk.page.card  # type: ignore[attr-defined]  # the page of tables
    clerk.until(lambda: f"{card.title.text()}　{card.subtitle.full_text()}".startswith(words))


def test_screenings_of_last_month_by_film_in_twelve_keys(tmp_path: Path, folder: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        go_to_tables(clerk)
        clerk.press("Down", "Down")
        shows(clerk, "放映按影片　曹一村　2019年")
        clerk.press("Return", "Return", "Tab", "Home", "Down", "Ctrl+E")
        assert clerk.keys <= 12
        clerk.expect("放映按影片 2019年10月.xlsx")
    (made,) = folder.iterdir()
    sheet = load_workbook(made).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "放映按影片"
    assert rows[1][0].startswith("曹一村　2019年10月")
    assert rows[-1][0] == "合计"
    assert sum(row[2] for row in rows[-3:-1] if isinstance(row[2], int)) == rows[-1][2]


def test_the_list_goes_out_and_comes_back_without_a_change(tmp_path: Path, folder: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+2", "PgUp", "Ctrl+PgDown", "Ctrl+Shift+E")
        (made,) = folder.iterdir()
        ledger = clerk.ledger
        before = ledger.records.totals(clerk.page.query())  # type: ignore[attr-defined]  # a page with a list
        table = ledger.imports.table(ledger.imports.open(made), type_id="film_screening")
        outcome = ledger.imports.run(table)
        assert (outcome.added, outcome.refused, outcome.skipped) == (0, (), before.records)
        assert ledger.records.totals(clerk.page.query()) == before  # type: ignore[attr-defined]


def test_the_town_keeps_a_table_of_all_villages_and_prints_it(
    tmp_path: Path, stick: Path, paper: Path
) -> None:
    export_of(CAOYI, tmp_path, stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5", "Ctrl+Return")
        go_to_tables(clerk)
        clerk.press("Down", "Down")
        shows(clerk, "各村各类活动场次人次　古镇镇　2019年")
        clerk.expect("曹一村")
        clerk.press("Return")
        clerk.type("给县里的表", "Ctrl+S")
        clerk.expect("★ 给县里的表")
        clerk.press("Ctrl+P")
    assert paper.exists()
    with pc_of(TOWN, tmp_path).on() as clerk:
        go_to_tables(clerk)
        clerk.press("Down")
        shows(clerk, "给县里的表　古镇镇　2019年")
        clerk.expect("曹一村")
