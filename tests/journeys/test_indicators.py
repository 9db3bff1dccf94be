"""From a number down to the photo that proves it, in the village and in the town; Excel and paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from gzdesk.bootstrap import Workspace
from gzdesk.desktop import printing
from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.services.evidence import noted_files
from tests.desktop.forms_world import screening
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, TOWN, ledger, pc_of
from tests.journeys.screen import words_on
from tests.services.photos import photo, put

FILMS = "screenings_per_village_month"


def rained_off(village: Workspace, folder: Path) -> None:
    """The show of 21 June fell to the rain and was made up for on 6 July; a photo shows the square that evening."""
    save = village.records.save
    nothing = dict.fromkeys(("receipt_no", "audience", "completed", "confirmed_by", "stamped"))
    off = screening(village, date="2019-06-21", **nothing)
    off |= {"status": "cancelled", "cancel_reason": "weather"}
    cancelled = save(type_id="film_screening", values=off).id
    again = screening(village, date="2019-07-06", receipt_no="GZ-2019-0706", makeup_of=cancelled)
    save(type_id="film_screening", values=again)
    village.evidence.attach(cancelled, [put(folder, "雨中广场.jpg", photo(size=(600, 400)))])


def to_the_indicator(clerk: Clerk) -> None:
    """Down the list to the screenings, as people do."""
    clerk.program.go("indicators")
    clerk.rest()
    lines = clerk.page.list.list  # type: ignore[attr-defined]  # the page of indicators
    for _line in range(40):
        if lines.current_id() == FILMS:
            return
        clerk.press("Down")
    raise AssertionError("the indicator is not in the list")


def look_at_record_and_photo(clerk: Clerk) -> None:
    """Open the record, its photo from there, and close both."""

    def look(dialog: QDialog) -> None:
        assert any("2019-06-21" in words for words in words_on(dialog))
        clerk.answer(seen)
        clerk.click_in(dialog, "photos")
        clerk.rest()
        dialog.reject()

    def seen(dialog: QDialog) -> None:
        assert isinstance(dialog, PhotoViewer)
        assert dialog._canvas.image is not None
        assert dialog._title.full_text().startswith("雨中广场.jpg")
        dialog.reject()

    clerk.answer(look)
    clerk.press("Return")


def down_and_back(clerk: Clerk) -> None:
    """From the month without a show to what became of it, and back to the same month."""
    to_the_indicator(clerk)
    clerk.press("Tab")
    grid = clerk.page.map.grid  # type: ignore[attr-defined]
    assert grid.select_key((CAOYI, "2019-06"))
    assert grid.currentIndex().data() == "0"
    clerk.expect("曹一村・6月・0", "当月未达标", "已于7月6日补放")
    clerk.press("Return")
    assert clerk.at == "indicator_records"
    clerk.expect("数字背后的登记", "已取消")
    look_at_record_and_photo(clerk)
    clerk.press("Esc")
    assert clerk.at == "indicators"
    assert clerk.page.map.grid.current_cell().key == (CAOYI, "2019-06")  # type: ignore[attr-defined]


def test_from_the_month_without_a_show_to_the_photo_and_back(
    tmp_path: Path, stick: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "excel"
    out.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda _shell: out)
    village = pc_of(CAOYI, tmp_path)
    with ledger(village.folder) as work:
        rained_off(work, tmp_path)
        work.exchange.export(stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5", "Ctrl+Return", "Return")
        down_and_back(clerk)
        clerk.press("Ctrl+E")
        clerk.expect("已写好")
        clerk.click("excel")
        clerk.expect("已写好")
        clerk.press("Ctrl+P")
        clerk.expect("页已送到打印机")
        assert paper.exists()
    assert len(list(out.glob("*.xlsx"))) == 2


def test_a_village_looks_at_its_own_and_goes_on_to_correct_it(tmp_path: Path) -> None:
    village = pc_of(CAOYI, tmp_path)
    with ledger(village.folder) as work:
        rained_off(work, tmp_path)
    with village.on() as clerk:
        down_and_back(clerk)
        clerk.press("Return", "Ctrl+R")
        assert clerk.at == "records"
        assert clerk.text_in("date").startswith("2019-06-21")
        assert noted_files(clerk.ledger.records.get(clerk.form.state.record_id or "").record.values)
