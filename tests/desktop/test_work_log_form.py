"""A work log is begun from the day's records; an event held with other villages names them by initials."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.forms_world import Hands, activity, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication):
    with village_window(tmp_path / "village") as shown:
        values = {
            "name": "苏惠芳",
            "employment": "part_time",
            "duty": "culture_officer",
            "full_time": "full_time",
        }
        shown.workspace.records.save(type_id="staff", values={**values, "in_post_from": "2018-01-01"})
        shown.workspace.records.save(type_id="activity", values=activity(name="书画展", date="2019-11-06"))
        yield shown


def test_the_days_records_stand_in_the_work_log_and_follow_its_day(window):
    window.go("records", type_id="work_log", new=True)
    settle()
    form = window.page.form
    assert "书画展" in form.state.texts["content"]
    assert "书画展" in form.state.texts["linked"]
    form.state.type_text("date", "2019-10-19")
    form.state.leave("date")
    assert "粤曲私伙局交流" in form.state.texts["content"]
    assert "书画展" not in form.state.texts["content"]
    Hands(window).press("Ctrl+S")
    (log,) = window.workspace.records.of_types(["work_log"])
    (event,) = window.workspace.records.of_types(["activity"], month=None)[:1]
    assert log.values["linked"] == [event.id]


def test_units_of_a_joint_event_are_found_by_initials(window):
    window.go("records", type_id="performance", new=True)
    settle()
    hands = Hands(window)
    form = window.page.form
    form._unfold_for("co_units")
    form._focus("co_units")
    settle()
    hands.type("ce", "Return")
    assert form.state.texts["co_units"].startswith("曹二")
    form._focus("co_units")
    form._boxes["co_units"].editor.end(False)
    hands.type("、gz", "Return")
    units = form.state.values["co_units"]
    assert "caoer" in units
    assert len(units) == 2
    form.forget_typed()
    window.page._pane.drop_all()
