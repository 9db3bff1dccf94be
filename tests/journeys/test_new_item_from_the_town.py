"""The town adds an item to a register and answers; the village reads the stick, types into it and hands it in."""

from __future__ import annotations

from pathlib import Path

from gzdesk.bootstrap import OWN_TYPES
from tests.journeys.pc import Pc
from tests.journeys.places import CAOYI, OCTOBER, TOWN, digest, pc_of
from tests.journeys.test_new_record_type import SHELTER, hand_out, in_paper_order, text_of


def test_an_item_that_the_town_added_arrives_works_and_comes_back(tmp_path: Path, stick: Path) -> None:
    village, town = pc_of(CAOYI, tmp_path), pc_of(TOWN, tmp_path)
    _hand_in(village)
    hand_out(town, "activity", SHELTER)
    with town.on() as station:
        station.press("F5", "Ctrl+Return", "Return")
        station.expect("可以拔出U盘了")
    with village.on() as clerk:
        clerk.press("Ctrl+2", "PgUp")  # the list is made before the stick is read
        clerk.press("Ctrl+6", "Ctrl+R")
        clerk.press("Ctrl+2", "PgUp")
        (old,) = clerk.ledger.records.of_types(["activity"], month=OCTOBER)
        clerk.page.open_record(old.id)  # type: ignore[attr-defined]  # a page with a list
        clerk.rest()
        while clerk.field() != "shelter":
            clerk.press("Tab")
        clerk.type("老人活动中心", "Ctrl+S")
        clerk.expect("已保存")
        blank = clerk.ledger.reports.make("blank_form", type_id="activity", out=tmp_path / "活动.pdf")
        assert in_paper_order(text_of(blank.file), "避雨场地", "备注")
        clerk.press("Esc", "Ctrl+6", "Ctrl+U")
        clerk.expect("可以拔出U盘了")
    assert not (village.folder / OWN_TYPES).exists(), "nobody put a file there"
    with town.on() as station:
        station.press("F5", "Ctrl+Return", "Return")
        record = station.ledger.records.get(old.id)
        assert record.texts["shelter"] == "老人活动中心"
        assert "避雨场地" in [field.zh for field in station.ledger.types.by_id["activity"].fields]
    assert digest(town.folder, CAOYI) == digest(village.folder, CAOYI)


def _hand_in(pc: Pc) -> None:
    with pc.on() as clerk:
        clerk.press("Ctrl+6", "Ctrl+U")
        clerk.expect("可以拔出U盘了")
