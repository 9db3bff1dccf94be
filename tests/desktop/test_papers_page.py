"""Documents in the real window: choose one, choose what it is of, look, print, save (issue 3, Documents)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages.papers import PapersPage
from gzdesk.desktop.widgets.field_completion import CompletingField
from gzdesk.desktop.widgets.pdf_preview import PdfDocument
from tests.desktop.forms_world import Hands, in_dialog, press_in, settle, village_window
from tests.desktop.shell_world import wait
from tests.reports.reading import pdf_texts


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the printer prints to; its dialog is answered with Enter."""
    paper = tmp_path / "paper.pdf"

    def ask(shell: MainWindow) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    return paper


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder that the person chooses for files."""
    chosen = tmp_path / "out"
    chosen.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda shell: chosen)
    return chosen


def page_of(window: MainWindow, **arguments: object) -> PapersPage:
    window.go("papers", **arguments)
    settle()
    wait(window)
    page = window.page
    assert isinstance(page, PapersPage)
    return page


def text_of(page: PapersPage) -> str:
    assert page._look is not None
    return "".join("".join(pdf_texts(page._look.pdf)).split())


def nothing(page: PapersPage) -> str:
    found = page.findChild(QLabel, "nothing")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def test_the_notice_for_the_door_is_printed_with_two_keys(window: MainWindow, printed: Path) -> None:
    hands = Hands(window)
    hands.press("Ctrl+7")
    settle()
    page = page_of(window)
    assert "综合性文化服务中心" in text_of(page)
    assert "0760-22310001" in text_of(page)
    hands.press("Ctrl+P")
    assert printed.exists()
    assert hands.keys == 2


def test_the_a3_notice_goes_to_the_printer_on_a3(window: MainWindow, printed: Path) -> None:
    page_of(window, document="opening_notice_a3").print_shown()
    (size,) = PdfDocument(printed.read_bytes()).sizes_points
    assert abs(size[0] - 842) < 2
    assert abs(size[1] - 1191) < 2


def test_arrows_lead_through_all_documents(window: MainWindow) -> None:
    page = page_of(window)
    seen = {page.documents.name}
    hands = Hands(window)
    page.focus_first()
    hands.press("Home")
    for _step in page._documents:
        seen.add(page.documents.name)
        hands.press("Down")
        wait(window)
    assert seen == set(page._documents)


def test_a_blank_form_of_a_register_is_found_by_initials(window: MainWindow, folder: Path) -> None:
    page = page_of(window, document="blank_form")
    hands = Hands(window)
    page.focus_first()
    hands.press("Return")
    hands.type("whzyz", "Return")
    settle()
    assert "文化志愿者注册登记表" in text_of(page)
    assert hands.where().objectName() == "sheets"
    hands.where().selectAll()
    hands.type("3")
    settle()
    assert page.preview.page_count == 3


def test_a_record_is_found_by_its_words(window: MainWindow) -> None:
    page = page_of(window, document="screening_receipt")
    assert "GZ-2019-1011" in text_of(page)
    hands = Hands(window)
    page.focus_first()
    hands.press("Return")
    hands.type("0816", "Return")
    settle()
    assert "GZ-2019-0816" in text_of(page)


def test_a_text_that_means_no_record_leaves_the_chosen_one(window: MainWindow) -> None:
    page = page_of(window, document="screening_receipt")
    field = page.findChild(CompletingField, "record")
    assert isinstance(field, CompletingField)
    before = field.text()
    field.setFocus()
    Hands(window).type("没有这一场")
    page.documents.setFocus()
    assert field.text() == before
    assert "GZ-2019-1011" in text_of(page)


def test_a_document_without_records_says_what_to_do(window: MainWindow, folder: Path) -> None:
    page = page_of(window, document="volunteer_certificate")
    assert "文化志愿者" in nothing(page)
    page.save_shown(".pdf")
    assert not list(folder.iterdir())


def test_pdf_and_workbook_are_saved_under_the_title(window: MainWindow, folder: Path) -> None:
    page_of(window, document="register", type_id="film_screening")
    hands = Hands(window)
    hands.press("Ctrl+E")
    wait(window)
    hands.press("Ctrl+Shift+E")
    wait(window)
    hands.press("Ctrl+E")
    wait(window)
    names = sorted(file.name for file in folder.iterdir())
    assert names == ["曹一村电影放映一览表 (2).xlsx", "曹一村电影放映一览表.pdf", "曹一村电影放映一览表.xlsx"]
    assert load_workbook(folder / names[0]).active.max_row > 4


def test_a_late_notice_of_repairs_is_told(window: MainWindow) -> None:
    venue = window.workspace.records.of_types(["facility"])[0].id
    window.workspace.records.save(
        type_id="closure_notice",
        values={
            "facility_id": venue,
            "from": "2019-11-08",
            "to": "2019-11-09",
            "reason": "repair",
            "posted_on": "2019-11-06",
        },
    )
    page = page_of(window, document="closure_notice")
    remarks = page.findChild(QLabel, "remarks")
    assert isinstance(remarks, QLabel)
    assert remarks.isVisible()
    assert "只提前了2天" in remarks.text()
    page_of(window, document="opening_notice")
    assert not remarks.isVisible()


def test_characters_without_type_are_named_before_printing(window: MainWindow, printed: Path) -> None:
    first = window.workspace.records.of_types(["activity"])[0]
    values = {**first.values, "name": "陈\U0002c386家"}
    window.workspace.records.save(type_id="activity", values=values, record_id=first.id)
    page = page_of(window, document="filled_form", record_id=first.id)
    in_dialog(lambda dialog: dialog.reject())
    page.print_shown()
    assert not printed.exists()
    in_dialog(lambda dialog: press_in(dialog, "answer_print"))
    page.print_shown()
    assert printed.exists()


def test_a_form_is_printed_from_its_page_and_escape_leads_back(window: MainWindow) -> None:
    record = window.workspace.records.of_types(["activity"])[0].id
    window.go("records", record_id=record)
    hands = Hands(window)
    hands.press("Ctrl+P")
    settle()
    assert window.page_id == "papers"
    assert "粤曲私伙局交流" in text_of(page_of(window, document="filled_form", record_id=record))


def test_the_menu_of_a_list_offers_its_blank_form(window: MainWindow) -> None:
    window.go("registers", type_id="staff")
    settle()
    window.page._act_by_id("blank_form")
    settle()
    page = window.page
    assert isinstance(page, PapersPage)
    assert "文化专兼职人员名册" in text_of(page)


def test_what_was_chosen_survives_another_text_size(window: MainWindow) -> None:
    page_of(window, document="blank_form", type_id="volunteer")
    Hands(window).press("Ctrl+=")
    settle()
    page = window.page
    assert isinstance(page, PapersPage)
    assert page.documents.name == "blank_form"
    assert "文化志愿者注册登记表" in text_of(page)


def test_layouts_are_written_to_begin_with(window: MainWindow, folder: Path) -> None:
    page_of(window).write_layouts()
    assert (folder / "opening_notice.toml").read_text(encoding="utf-8").startswith("#")
    assert "layouts" in window.message.text()
