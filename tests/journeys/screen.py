"""Reading a window as a person reads it: the words that can be seen, and whether there is room for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from gzdesk.desktop.widgets.pdf_preview import PdfPreview
from gzdesk.desktop.widgets.texts import ElidedLabel
from tests.reports.reading import pdf_texts

_TAG = re.compile(r"<[^>]*>")


def words_on(window: QWidget) -> list[str]:
    """Every text that a visible widget shows; a text that was shortened is given whole."""
    return [words for _widget, words in shown_words(window)]


def shown_words(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """The same with the widget that shows it."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            for words in _words_of(widget):
                if words:
                    yield widget, words


def paper_words(preview: PdfPreview) -> str:
    """Everything that stands on the paper in the preview, without its line breaks."""
    document = preview._sheets.document
    assert document is not None
    return "".join("".join(pdf_texts(document._content)).split())


def has_color(widget: QWidget, area: QRect, color: str) -> bool:
    """Whether that colour is on the screen there."""
    picture = widget.grab(area).toImage()
    wanted = QColor(color).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def _words_of(widget: QWidget) -> Iterator[str]:
    match widget:
        case ElidedLabel():
            yield widget.full_text()
        case QLabel():
            yield _TAG.sub("", widget.text())
        case QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.text() or widget.placeholderText()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QTextBrowser():
            yield widget.toPlainText()
        case QComboBox():
            yield widget.currentText()
        case QAbstractItemView():
            yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 40)):
            yield str(model.index(row, column).data() or "")
