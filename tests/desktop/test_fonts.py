"""The windows can write every name, also in bold: no empty boxes in the list of units or of persons."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from gzdesk.desktop.fonts import interface_font


@pytest.mark.parametrize("bold", [False, True])
def test_rare_characters_of_names_are_drawn_as_themselves(qapp: QApplication, bold: bool) -> None:
    box = _drawn("\U000f0000", bold=bold)  # nobody has a picture of this one
    usual = _drawn("文", bold=bold)
    pictures = [_drawn(character, bold=bold) for character in "𬭎䶮𫖯𠮷䂮"]
    assert all(picture not in (box, usual) for picture in pictures)


def _drawn(character: str, *, bold: bool) -> bytes:
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(interface_font(24, bold=bold))
    painter.drawText(6, 30, character)
    painter.end()
    return bytes(image.constBits())
