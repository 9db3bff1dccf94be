"""Parts that scroll from top to bottom when there is more than fits; never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scroll_area(holder: QWidget) -> QScrollArea:
    """The widget in a frame that scrolls. Tab passes the frame by: only what is in it takes the cursor."""
    holder.setProperty("role", "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area


def scrolled_rows() -> tuple[QScrollArea, QVBoxLayout]:
    """A scrolling column for rows that stand without a gap, and its layout."""
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    return scroll_area(holder), rows
