"""Photos on their way from a phone into a form, and from there into the binder for the review, in the real window."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from gzdesk.desktop.form_files import FormFiles
from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from gzdesk.desktop.widgets.file_tiles import FileTiles
from gzdesk.services.evidence import Noted, noted_files
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, TOWN, ledger, pc_of
from tests.journeys.screen import words_on
from tests.services.photos import photo, png_of_text, put, scan


def mime_of(*files: Path, image: bytes = b"", text: str = "") -> QMimeData:
    mime = QMimeData()
    if files:
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if image:
        mime.setImageData(QImage.fromData(image, "PNG"))
    if text:
        mime.setText(text)
    return mime


def drop(clerk: Clerk, widget: QWidget, mime: QMimeData) -> None:
    """Let go of something over a widget."""
    hand = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, *hand)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, *hand)
    QApplication.sendEvent(widget, dropped)
    assert dropped.isAccepted()
    clerk.rest()


def paste(clerk: Clerk, mime: QMimeData) -> None:
    QApplication.clipboard().setMimeData(mime)
    clerk.press("Ctrl+V")


def tiles(clerk: Clerk) -> FileTiles:
    found = clerk.form.findChild(FileTiles, "file_tiles")
    assert found is not None
    return found


def kept(clerk: Clerk, type_id: str) -> tuple[Noted, ...]:
    """The files of the latest record of a type."""
    records = clerk.ledger.records.of_types([type_id])
    return noted_files(max(records, key=lambda record: record.recorded_at).values)


def three_photos(folder: Path) -> list[Path]:
    return [put(folder, f"IMG_{number}.jpg", photo(size=(900, 600), seed=number)) for number in range(3)]


def test_photos_are_dropped_pasted_looked_at_and_turned(tmp_path: Path) -> None:
    first, second, third = three_photos(tmp_path)
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+2", "PgUp", "Return")
        drop(clerk, clerk.form, mime_of(first, second))
        assert tiles(clerk).count == 2
        paste(clerk, mime_of(third, first))
        assert tiles(clerk).count == 3, "the same photo twice is one"
        paste(clerk, mime_of(image=png_of_text()))
        clerk.expect("4 张")
        clerk.answer(look_through)
        clerk.press("Ctrl+O")
        clerk.press("Ctrl+S")
        clerk.expect("已保存")
    with ledger(tmp_path / CAOYI) as village:
        (record,) = [
            item
            for item in village.records.of_types(["film_screening", "activity"])
            if item.values.get("evidence")
        ]
        names = [str(noted["name"]) for noted in noted_files(record.values)]
        assert names == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg", "粘贴的图片 2019-11-06.png"]
        turned = village.evidence.picture(noted_files(record.values)[1], long_side_px=900)
        assert (turned.width, turned.height) == (600, 900)
        assert village.maintenance.check().ok


def look_through(dialog: QDialog) -> None:
    """Go to the second photo, turn it, look at the others, close."""
    assert isinstance(dialog, PhotoViewer)
    assert dialog._count.text() == "1 / 4"
    assert dialog._proves.full_text() == "电影放映 2019-10-11 烈火英雄"
    dialog.step(1)
    dialog.turn()
    dialog.step(1)
    assert dialog._title.full_text().startswith("IMG_2.jpg")
    dialog.change_zoom(1)
    dialog.step(-2)
    dialog.step(-1)
    assert dialog._count.text() == "4 / 4", "round the end"
    dialog.accept()


def test_words_are_pasted_as_words_and_files_that_are_none_are_named(tmp_path: Path) -> None:
    letter = put(tmp_path, "信.docx", b"PK letter")
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+1", "Alt+2")
        paste(clerk, mime_of(text="重阳敬老", image=png_of_text()))
        assert clerk.text_in("name") == "重阳敬老"
        assert tiles(clerk).count == 0
        drop(clerk, clerk.form, mime_of(letter))
        clerk.expect("信.docx 不是照片，也不是扫描件")
        assert tiles(clerk).count == 0
        clerk.form.forget_typed()


def test_a_stopped_batch_leaves_the_form_as_it_was(tmp_path: Path) -> None:
    for number in range(40):
        put(tmp_path / "DCIM", f"IMG_{number:02d}.jpg", photo(size=(900, 600), seed=number))
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+2", "PgUp", "Return")
        clerk.form._boxes["evidence"].editor.add_paths([str(tmp_path / "DCIM")])  # type: ignore[union-attr]
        clerk.program.runner.cancel()
        clerk.rest()
        clerk.expect("已经停下")
        assert tiles(clerk).count == 0
        assert not [path for path in (clerk.ledger.folder / "files").rglob("*") if path.is_file()]
        clerk.form._boxes["evidence"].editor.add_paths([str(tmp_path / "DCIM")])  # type: ignore[union-attr]
        clerk.rest()
        assert tiles(clerk).count == 40
        clerk.form.restart()


def test_a_lost_photo_is_named_where_it_is_looked_for(tmp_path: Path) -> None:
    pc = pc_of(CAOYI, tmp_path)
    with ledger(pc.folder) as village:
        (record,) = village.records.of_types(["activity"], month=None)[:1]
        village.evidence.attach(record.id, three_photos(tmp_path))
        lost = noted_files(village.records.get(record.id).record.values)[0]
        village.context.store.files.path(str(lost["sha256"])).unlink()
    with pc.on() as clerk:
        clerk.program.go("records", record_id=record.id)
        clerk.rest()
        assert tiles(clerk).count == 3

        def look(dialog: QDialog) -> None:
            assert isinstance(dialog, PhotoViewer)
            assert "这台电脑上没有文件 IMG_0.jpg" in dialog._canvas.words
            dialog.step(1)
            assert dialog._canvas.image is not None
            dialog.reject()

        clerk.answer(look)
        clerk.press("Ctrl+O")


def test_files_are_looked_for_on_the_stick_first(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(stick / "DCIM", "IMG_1.jpg", photo(size=(300, 200)))
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, *_more: object) -> tuple[list[str], str]:
        asked.append(start)
        return [str(file)], ""

    monkeypatch.setattr(FormFiles, "_last_folder", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+2", "PgUp", "Return", "Insert")
        assert tiles(clerk).count == 1
        clerk.press("Insert")
        assert asked == [str(stick), str(stick / "DCIM")]
        clerk.form.restart()


# The page


def test_photos_become_numbered_evidence_an_index_and_a_binder(
    tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc, out = pc_of(CAOYI, tmp_path), tmp_path / "佐证.zip"
    with ledger(pc.folder) as village:
        screening = village.records.of_types(["film_screening"])[-1]
        village.evidence.attach(screening.id, three_photos(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(out), ""))
    with pc.on() as clerk:
        clerk.program.go("evidence")
        clerk.press("Ctrl+F")
        clerk.type("ncdy", "Return")
        clerk.expect("16.2 农村电影放映", "未编号")
        file_a_receipt(clerk, put(tmp_path, "回执单.pdf", scan(2)))
        number_the_screening(clerk)
        clerk.press("Ctrl+P")
        clerk.expect("1 页已送到打印机")
        assert paper.exists()
        export_the_task(clerk)
    with zipfile.ZipFile(out) as archive:
        names = [name.split("/")[-1] for name in archive.namelist()]
    assert "16-2-001 放映公示.pdf" in names
    assert len([name for name in names if name.startswith("16-2-003 ") and name.endswith(".jpg")]) == 3


def file_a_receipt(clerk: Clerk, file: Path) -> None:
    """A scan is dropped on the page: the form knows the item already."""
    drop(clerk, clerk.page, mime_of(file))
    assert clerk.at == "registers"
    assert clerk.text_in("task_item") == "16.2 农村电影放映"
    assert clerk.text_in("title") == "回执单"
    editor = clerk.form.findChild(QWidget, "field_title")
    editor.setFocus()  # type: ignore[union-attr]
    clerk.press("Ctrl+A")
    clerk.type("放映公示")
    clerk.form.findChild(QWidget, "field_date").setFocus()  # type: ignore[union-attr]
    clerk.type("1012", "Ctrl+S")
    clerk.expect("已保存")
    clerk.program.go("evidence")
    clerk.rest()
    clerk.expect("16-2-001", "放映公示")


def number_the_screening(clerk: Clerk) -> None:
    clerk.page.card.table.setFocus()
    clerk.press("Down", "F8")
    clerk.expect("已编号：16-2-002")
    clerk.press("Ctrl+Z")
    clerk.expect("已撤销", "未编号")
    clerk.page.card.table.setFocus()
    clerk.press("Down", "F8")
    clerk.expect("已编号：16-2-003")
    clerk.answer(lambda dialog: dialog.go_to_record())  # type: ignore[attr-defined]
    clerk.press("Down", "Ctrl+O")
    assert clerk.at == "registers"
    assert clerk.text_in("index_no") == "16-2-003", "a number that was given once is not given again"
    clerk.program.go("evidence")
    clerk.rest()
    clerk.page.card.table.setFocus()
    clerk.press("Down", "Ctrl+R")
    assert clerk.at == "records", "the screening that it proves"
    clerk.program.go("evidence")
    clerk.rest()


def export_the_task(clerk: Clerk) -> None:
    clerk.press("Ctrl+E")
    menu = clerk.page.findChild(ChoicePanel, "export_menu")
    assert menu is not None
    assert menu.fitting == ("task zip", "task folder", "all zip", "all folder")
    clerk.press("Return")
    clerk.expect("已写好")


def test_the_town_looks_at_the_evidence_of_its_villages(tmp_path: Path, stick: Path) -> None:
    village = pc_of(CAOYI, tmp_path)
    with ledger(village.folder) as work:
        for number, file in enumerate(three_photos(tmp_path)):
            values = {"task_item": "16.2", "title": f"照片{number}", "date": "2019-10-05"}
            record = work.records.save(type_id="evidence", values=values)
            work.evidence.attach(record.id, [file])
        work.exchange.export(stick)
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.press("F5", "Ctrl+Return")
        clerk.program.go("evidence", item="16.2")
        clerk.rest()
        clerk.expect("16-2-001", "曹一村　照片0")
        clerk.page.card.table.setFocus()

        def look(dialog: QDialog) -> None:
            assert any("照片0" in words for words in words_on(dialog))
            clerk.answer(seen)
            clerk.click_in(dialog, "photos")
            clerk.rest()
            dialog.reject()

        def seen(dialog: QDialog) -> None:
            assert isinstance(dialog, PhotoViewer)
            assert dialog._canvas.image is not None
            dialog.reject()

        clerk.answer(look)
        clerk.press("Return")
