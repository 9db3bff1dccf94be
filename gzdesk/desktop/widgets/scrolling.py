"""Parts that scroll from top to bottom when there is more than fits; never sideways."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
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


class _Rows(QWidget):
    """Rows with words that wrap ask for the height of the width they have, not of the narrowest."""

    def minimumSizeHint(self) -> QSize:
        """Any height will do where the width decides about it: else a bar stands beside rows that all fit."""
        hint, layout = super().minimumSizeHint(), self.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return QSize(hint.width(), 0) if wraps else hint


def scrolled_rows() -> tuple[QScrollArea, QVBoxLayout]:
    """A scrolling column for rows that stand without a gap, and its layout."""
    holder = _Rows()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    return scroll_area(holder), rows
