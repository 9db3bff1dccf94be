"""Whether every word in a window has the room it needs: nothing is cut off, nothing lies outside its box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QWidget,
)

from gzdesk.desktop.widgets.texts import ElidedLabel

_ROUNDING_PX = 1


def cut_off(window: QWidget) -> list[str]:
    """What cannot be read whole, each with the room it has and the room it needs."""
    return [
        f"{type(widget).__name__} {widget.objectName()} {fault}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and not widget.size().isEmpty()
        for fault in _faults(widget, window)
    ]


def overlapping(window: QWidget) -> list[str]:
    """Words that stand on other words."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    inked = [(label, _ink_of(label, window)) for label in labels]
    return [
        f"{one.text()!r} stands on {other.text()!r}"
        for (one, first), (other, second) in combinations(inked, 2)
        if first.intersects(second)
    ]


def _ink_of(label: QLabel, window: QWidget) -> QRect:
    """Where the words of a label are, a little less high than their line; cut to what can be seen."""
    inner = label.contentsRect()
    flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    ink = label.fontMetrics().boundingRect(inner, flags, label.text()).intersected(inner)
    seen = label.visibleRegion().boundingRect().intersected(ink)
    seen.adjust(0, seen.height() // 5, 0, -(seen.height() // 5))
    return QRect(label.mapTo(window, seen.topLeft()), seen.size())


def _faults(widget: QWidget, window: QWidget) -> Iterator[str]:
    match widget:
        case ElidedLabel():
            yield from _too_low(widget, widget.fontMetrics().height(), widget.full_text())
        case QLabel() if widget.text():
            yield from _of_label(widget)
        case QAbstractButton() if widget.text():
            yield from _too_narrow(widget, widget.sizeHint().width(), widget.text())
            yield from _too_low(widget, widget.fontMetrics().height(), widget.text())
        case QComboBox():
            yield from _of_combo(widget)
        case QLineEdit() if not widget.text():
            yield from _of_placeholder(widget)
        case QHeaderView():
            yield from _of_header(widget)
        case _:
            return
    yield from _outside(widget, window)


def _of_label(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        yield from _too_low(label, needed, label.text())
        return
    yield from _too_narrow(label, label.sizeHint().width(), label.text())
    yield from _too_low(label, label.fontMetrics().height(), label.text())


def _of_combo(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    needed = box.fontMetrics().horizontalAdvance(box.currentText())
    if needed > room.width() + _ROUNDING_PX:
        yield f"{box.currentText()!r}: {room.width()} px of {needed}"


def _of_placeholder(line: QLineEdit) -> Iterator[str]:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
    if needed > room.width() + _ROUNDING_PX:
        yield f"placeholder {line.placeholderText()!r}: {room.width()} px of {needed}"


def _of_header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for section in range(header.count()):
        if model is None or header.isSectionHidden(section):
            continue
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        needed = header.fontMetrics().horizontalAdvance(words)
        if header.orientation() == Qt.Orientation.Horizontal and needed > header.sectionSize(section):
            yield f"head {words!r}: {header.sectionSize(section)} px of {needed}"


def _too_narrow(widget: QWidget, needed: int, words: str) -> Iterator[str]:
    if needed > widget.width() + _ROUNDING_PX:
        yield f"{words!r}: {widget.width()} px of {needed} wide"


def _too_low(widget: QWidget, needed: int, words: str) -> Iterator[str]:
    if needed > widget.height() + _ROUNDING_PX:
        yield f"{words!r}: {widget.height()} px of {needed} high"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """A widget that its own box cuts off; what scrolls may lie outside of what is seen now."""
    parent = widget.parentWidget()
    rect = QRect(widget.pos(), widget.size())
    while parent is not None and parent is not window.parentWidget():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(rect):
            box = f"{type(parent).__name__} {parent.size().toTuple()}"
            yield f"{_words(widget)!r} at {rect.getRect()} lies outside of {box}"
            return
        rect.moveTo(parent.mapToParent(QPoint(rect.topLeft())))
        parent = parent.parentWidget()


def _words(widget: QWidget) -> str:
    return str(widget.text()) if isinstance(widget, (QLabel, QAbstractButton)) else widget.objectName()
