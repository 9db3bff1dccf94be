"""The form in the real window, worked with keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gzdesk.desktop.form import KEEP_AFTER_MS
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.domain.period import Month
from gzdesk.services.records import ListQuery
from tests.desktop.forms_world import Hands, film_id, in_dialog, press_in, screening, settle, village_window
from tests.services.photos import png_of_text


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


def rest(window: MainWindow) -> None:
    """Wait for the worker."""
    while window.runner.busy:
        QTest.qWait(5)
    settle()


def screenings(window: MainWindow, **query: object):
    return window.workspace.records.page(ListQuery(types=("film_screening",), **query)).rows


def new_screening(window: MainWindow) -> Hands:
    window.go("records", type_id="film_screening", new=True)
    settle()
    return Hands(window)


def fill_in(hands: Hands) -> None:
    """The first job of ui.md 5, from the receipt to the stamp."""
    hands.type("1107", "Return")
    hands.type("5", "Return")
    hands.type("whw", "Return")
    hands.type("136", "Return")
    hands.type("sgq", "Return")
    hands.press("Space")


# Job 1 (ui.md 5)


def test_a_screening_takes_no_more_than_25_keys_from_the_home_page(window):
    hands = Hands(window)
    assert window.page_id == "home"
    hands.press("Alt+1")
    fill_in(hands)
    hands.press("Ctrl+Return")
    assert hands.keys <= 25, hands.keys
    row = screenings(window, month=Month(2019, 11))[0]
    values = window.workspace.records.get(row.id).record.values
    assert values["receipt_no"] == "GZ-2019-1107"
    assert values["date"] == "2019-11-05"
    assert values["film_id"] == film_id(window.workspace, "我和我的祖国")
    assert values["audience"] == 136
    assert values["confirmed_by"] == "苏国强"
    assert values["stamped"] is True
    assert values["team"] == "古镇镇电影放映队"


def test_after_saving_and_going_on_the_next_form_waits_at_its_first_field(window):
    hands = new_screening(window)
    fill_in(hands)
    hands.press("Ctrl+Return")
    form = window.page.form
    assert form.state.record_id is None
    assert hands.field() == "receipt_no"
    assert form.state.texts["receipt_no"] == "GZ-2019-"
    assert form.state.texts["place"] == "曹一村文化广场"
    assert not form.state.texts.get("date")


def test_what_was_kept_while_typing_is_gone_once_it_is_saved(window):
    hands = new_screening(window)
    fill_in(hands)
    window.page.form.keep_typed()
    assert window.workspace.drafts.kept()
    hands.press("Ctrl+Return")
    assert window.workspace.drafts.kept() == ()
    assert window.page.form.state.texts["receipt_no"] == "GZ-2019-"


# Moving


def test_enter_skips_what_was_brought_over_and_shift_enter_visits_it(window):
    hands = new_screening(window)
    assert hands.field() == "receipt_no"
    hands.type("1107", "Return")
    hands.type("5", "Return")
    assert hands.field() == "film_id"
    hands.press("Shift+Return")
    assert hands.field() == "place_kind"
    hands.press("Shift+Return")
    assert hands.field() == "place"


@pytest.mark.parametrize(("day", "told"), [("2018-11-12", "2018-11-12"), ("2019-10-11", "10月11日")])
def test_what_is_brought_over_from_another_year_says_its_year(window, day, told):
    values = {"date": day, "title": "例会", "kind": "regular", "chair": "李锦添", "attendees": ["苏惠芳"]}
    window.workspace.records.save(
        type_id="meeting", values={**values, "agenda": "志愿者注册", "status": "held"}
    )
    window.go("records", type_id="meeting", new=True)
    settle()
    shown = [chip.text() for chip in window.page.form.findChildren(Chip)]
    assert [words for words in shown if words.startswith(f"已从上次（{told}）带入")]


def test_tab_visits_every_field_in_paper_order(window):
    hands = new_screening(window)
    form = window.page.form
    visited = [hands.field()]
    for _step in form.state.fields():
        hands.press("Tab")
        if not hands.field():
            break
        visited.append(hands.field())
    shown = [field.name for field in form.state.fields() if not form.state.is_folded(field)]
    assert visited == shown


def test_a_date_is_written_out_with_its_weekday_when_it_is_left(window):
    hands = new_screening(window)
    hands.press("Return")
    hands.type("３", "Return")
    form = window.page.form
    assert form.state.texts["date"] == "2019-11-03"
    editor = form.findChild(object, "field_date")
    assert editor.text() == "2019-11-03"


def test_f7_jumps_from_one_open_item_to_the_next(window):
    hands = new_screening(window)
    hands.press("F7")
    assert hands.field() == "date"
    hands.press("F7")
    assert hands.field() == "film_id"
    hands.press("F7", "F7")
    assert hands.field() == "confirmed_by"


# Completing


def test_completions_are_offered_while_characters_are_being_composed(window):
    hands = new_screening(window)
    hands.press("F7", "F7")
    editor = hands.where()
    QApplication.sendEvent(editor, QInputMethodEvent("wo'h", []))
    settle()
    assert editor.is_open
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    settle()


def test_the_enter_that_ends_a_composition_does_not_move_on(window):
    hands = new_screening(window)
    hands.press("F7", "F7")
    editor = hands.where()
    QApplication.sendEvent(editor, QInputMethodEvent("wo", []))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hands.where() is editor
    ended = QInputMethodEvent("", [])
    ended.setCommitString("我")
    QApplication.sendEvent(editor, ended)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hands.where() is editor


def test_a_free_text_is_not_replaced_by_a_completion_that_was_not_chosen(window):
    hands = new_screening(window)
    confirmer = window.page.form.findChild(object, "field_confirmed_by")
    confirmer.setFocus()
    hands.type("苏国", "Return")
    assert window.page.form.state.texts["confirmed_by"] == "苏国"


def test_escape_closes_the_list_first_then_the_form(window):
    hands = new_screening(window)
    hands.press("F7", "F7")
    hands.type("w")
    editor = hands.where()
    assert editor.is_open
    hands.press("Esc")
    assert not editor.is_open
    assert window.page.form is not None


def test_a_film_that_is_not_there_is_added_without_leaving(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    hands.type("5", "Return")
    assert hands.field() == "film_id"
    hands.press("F3")
    assert window.page.form.record_type.id == "film"
    form = window.page.form
    for name, text in {"title": "曹一村的一天", "film_type": "纪录片", "origin": "国产"}.items():
        editor = form.findChild(object, f"field_{name}")
        editor.setFocus()
        hands.type(text)
    hands.press("Ctrl+S")
    assert window.page.form.record_type.id == "film_screening"
    assert window.page.form.state.texts["film_id"] == "曹一村的一天"
    assert window.page.form.state.texts["date"] == "2019-11-05"
    assert hands.field() == "audience"


def test_several_villages_are_chosen_by_their_initials(window):
    window.go("records", type_id="performance", new=True)
    settle()
    hands = Hands(window)
    hands.press("F8")
    editor = window.page.form.findChild(object, "field_co_units")
    editor.setFocus()
    hands.type("ce", "Return")
    editor.setFocus()
    editor.end(False)
    hands.type("、hz", "Return")
    assert editor.text() == "曹二村、海洲村"
    assert window.page.form.state.values["co_units"] == ["caoer", "haizhou"]
    window.page.form.forget_typed()


# Saving


def test_an_error_stands_beside_its_field_and_the_text_stays(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    hands.type("上上个星期", "Return")
    box = window.page.form._boxes["date"]
    assert box.message.text()
    assert box.editor.text() == "上上个星期"
    assert box.editor.property("state") == "error"


def test_a_refused_save_goes_to_what_is_missing(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    hands.press("Ctrl+S")
    assert hands.field() == "date"
    assert len(screenings(window)) == 3


def test_a_warning_is_shown_and_does_not_block(window):
    hands = new_screening(window)
    fill_in(hands)
    audience = window.page.form.findChild(object, "field_audience")
    audience.setFocus()
    audience.selectAll()
    hands.type("1860", "Return")
    box = window.page.form._boxes["audience"]
    assert box.editor.property("state") == "warn"
    assert "1860" in box.message.text()
    hands.press("Ctrl+S")
    assert len(screenings(window)) == 4


def test_a_draft_is_saved_however_little_was_typed(window):
    hands = new_screening(window)
    hands.type("1107")
    window.page.form.save_draft()
    settle()
    assert window.page.form is None
    assert [row.status for row in screenings(window, statuses=("draft",))] == ["draft"]


def test_what_cannot_be_read_comes_back_with_the_draft(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    hands.type("六月吧")
    window.page.form.save_draft()
    settle()
    draft = screenings(window, statuses=("draft",))[0]
    window.page.open_record(draft.id)
    assert window.page.form.state.texts["date"] == "六月吧"


def test_a_pin_is_remembered_for_the_next_form(window):
    hands = new_screening(window)
    window.page.form.findChild(object, "field_team").setFocus()
    hands.press("F6")
    assert "team" not in window.page.form.state.pins
    window.page.form.forget_typed()
    window.go("records", type_id="film_screening", new=True)
    assert not window.page.form.state.texts.get("team")


def test_a_record_is_copied_with_one_key(window):
    window.go("records", type_id="film_screening", month="2019-10")
    hands = Hands(window)
    hands.press("Ctrl+D")
    form = window.page.form
    assert form.state.record_id is None
    assert form.state.texts["film_id"] == "烈火英雄"
    assert not form.state.texts.get("date")


def test_a_photo_goes_with_the_record(window, tmp_path):
    photo = tmp_path / "放映.png"
    photo.write_bytes(png_of_text())
    letter = tmp_path / "信.docx"
    letter.write_bytes(b"PK")
    hands = new_screening(window)
    fill_in(hands)
    files = window.page.form.findChild(object, "field_evidence")
    files.add_paths([str(photo), str(photo), str(letter)])
    rest(window)
    assert window.message.text()
    hands.press("Ctrl+S")
    record = window.workspace.records.get(window.page.form.state.record_id).record
    assert [file["name"] for file in record.values["evidence"]] == ["放映.png"]
    assert window.workspace.context.store.files.has(record.values["evidence"][0]["sha256"])


# Leaving


def test_leaving_a_form_that_was_not_touched_asks_nothing(window):
    hands = new_screening(window)
    hands.press("Esc")
    assert window.page.form is None


def test_leaving_a_changed_form_asks_and_escape_stays(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    in_dialog(lambda dialog: dialog.reject())
    assert not window.go("home")
    assert window.page_id == "records"
    assert window.page.form.state.texts["receipt_no"] == "GZ-2019-1107"


def test_an_enter_too_many_loses_nothing(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    in_dialog(lambda dialog: QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return))
    assert window.go("home")
    assert len(screenings(window, statuses=("draft",))) == 1


def test_what_is_not_wanted_is_dropped_for_good(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    window.page.form.keep_typed()
    in_dialog(lambda dialog: press_in(dialog, "answer_drop"))
    assert window.go("home")
    assert window.workspace.drafts.kept() == ()


def test_leaving_with_a_draft_saves_it(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    in_dialog(lambda dialog: press_in(dialog, "answer_draft"))
    assert window.go("home")
    assert len(screenings(window, statuses=("draft",))) == 1


# Surviving


def test_what_is_being_typed_is_there_after_a_crash(tmp_path, qapp):
    folder = tmp_path / "village"
    with village_window(folder) as window:
        hands = new_screening(window)
        hands.type("1107", "Return")
        hands.type("上个星期", "Return")
        window.page.form._keep_timer.timeout.emit()
        # No question, no closing of the page: the program simply ends here.
    with village_window(folder) as window:
        new_screening(window)
        state = window.page.form.state
        assert state.texts["receipt_no"] == "GZ-2019-1107"
        assert state.texts["date"] == "上个星期"
        assert window.message.text()
        Hands(window).press("F9")
        assert state is not None
        assert window.page.form.state.texts["receipt_no"] == "GZ-2019-"
        assert window.workspace.drafts.kept() == ()


def test_typing_without_a_pause_is_kept_too(window, monkeypatch):
    assert KEEP_AFTER_MS <= 2000
    hands = new_screening(window)
    timer = window.page.form._keep_timer
    started = []
    monkeypatch.setattr(timer, "start", lambda: started.append(1) or QTimer.start(timer))
    hands.type("1107")
    # Each key starting it anew would put off the keeping for as long as somebody types.
    assert started == [1]
    timer.timeout.emit()
    assert window.workspace.drafts.find(type_id="film_screening", record_id=None) is not None
    window.page.form.forget_typed()


def test_a_change_of_size_and_colours_keeps_what_is_typed(window):
    hands = new_screening(window)
    hands.type("1107", "Return")
    hands.type("上个星期", "Return")
    hands.press("Ctrl+Shift+H")
    state = window.page.form.state
    assert state.texts["receipt_no"] == "GZ-2019-1107"
    assert state.texts["date"] == "上个星期"
    window.page.form.forget_typed()


def test_a_changed_record_of_a_closed_month_is_refused_in_words(window):
    saved = window.workspace.records.save(
        type_id="film_screening",
        values=screening(window.workspace, date="2019-10-18", receipt_no="GZ-2019-1018"),
    )
    window.workspace.months.close(Month(2019, 10), checked_by="李冬梅")
    settle()
    window.page.shell.go("records", record_id=saved.id)
    hands = Hands(window)
    audience = window.page.form.findChild(object, "field_audience")
    audience.setFocus()
    audience.selectAll()
    hands.type("99")
    hands.press("Ctrl+S")
    assert "2019" in window.message.text()
    assert window.page.form.state.texts["audience"] == "99"
    window.page.form.forget_typed()


# A sum and its parts


def saved_survey(window: MainWindow) -> str:
    counts = {"n5": 60, "n4": 25, "n3": 10, "n2": 3, "n1": 1, "n0": 1}
    values = {"period": "2019-Q3", "object": "activity", **counts}
    return window.workspace.records.save(type_id="satisfaction_survey", values=values).id


def survey_opened(window: MainWindow, *, at: str) -> tuple[str, Hands]:
    survey = saved_survey(window)
    window.go("registers", type_id="satisfaction_survey", record_id=survey)
    settle()
    hands = Hands(window)
    while hands.field() != at:
        hands.press("Tab")
    hands.press("Ctrl+A")
    return survey, hands


def test_a_sum_that_was_added_up_follows_a_count_that_is_put_right(window):
    survey, hands = survey_opened(window, at="n5")
    hands.type("70", "Tab")
    form = window.page._pane.form
    assert form._boxes["forms"].editor.text() == "110"
    hands.press("Ctrl+S")
    values = window.workspace.records.get(survey).record.values
    assert (values["n5"], values["forms"]) == (70, 110)


def test_a_sum_that_was_typed_stays_and_says_what_the_counts_come_to(window):
    survey, hands = survey_opened(window, at="forms")
    hands.type("101", "Shift+Tab")
    form = window.page._pane.form
    assert form.state.problem("forms").message == "加起来是 100，这里写的是 101。请核对。"
    hands.press("Ctrl+S")
    assert window.workspace.records.get(survey).record.values["forms"] == 100
    assert hands.field() == "forms"
    hands.press("Ctrl+A")
    hands.type("100", "Ctrl+S")
    assert not form.state.changed


def test_a_service_from_the_menu_brings_its_kind_and_provider(window):
    menu = {"provider": "市粤剧团", "valid_from": "2019-01-01"}
    for name, kind in (("粤剧折子戏", "performance"), ("灯饰讲座", "lecture")):
        values = {"name": name, "kind": kind, **menu}
        window.workspace.records.save(type_id="service_item", values=values)
    window.go("registers", type_id="delivery_order", new=True)
    settle()
    hands, boxes = Hands(window), window.page._pane.form._boxes
    while hands.field() != "item":
        hands.press("Tab")
    hands.type("yjz", "Return")
    assert hands.field() == "wanted_on"
    assert [boxes[name].editor.text() for name in ("item", "kind", "provider")] == [
        "粤剧折子戏",
        "演出",
        "市粤剧团",
    ]
    while hands.field() != "provider":
        hands.press("Tab")
    hands.press("Ctrl+A")
    hands.type("曹一村")
    while hands.field() != "item":
        hands.press("Shift+Tab")
    hands.press("Ctrl+A")
    hands.type("dsjz", "Return")
    assert [boxes[name].editor.text() for name in ("item", "kind", "provider")] == [
        "灯饰讲座",
        "讲座",
        "曹一村",
    ]
