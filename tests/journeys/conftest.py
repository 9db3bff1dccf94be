"""What the stories stand on: a stick, a printer, and PCs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from gzdesk.desktop import printing
from gzdesk.desktop.sticks import FIXED_STICK


@pytest.fixture(autouse=True)
def _program(qapp: QApplication) -> None:
    """Every story needs the toolkit."""


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the stick that is plugged in, at whatever PC."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setenv(FIXED_STICK, str(folder))
    return folder


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What comes out of the printer; the system's own dialog is answered with Enter."""
    printed = tmp_path / "paper.pdf"

    def ask(_shell: object) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    return printed
