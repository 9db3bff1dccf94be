"""All documents in groups, to choose one of: the left half of the page of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.services.reports import ReportName

WIDTH_PX = 276
_NAME_ROLE = Qt.ItemDataRole.UserRole
_HEADING_PX = 32


def group_words() -> dict[str, str]:
    """The headings, in order."""
    return {
        "month": _("Every month"),
        "report": _("Reports"),
        "notice": _("Notices for the door"),
        "blank": _("To fill in by hand"),
        "register": _("Rosters, receipts, certificates"),
    }


class PaperList(QListWidget):
    """Arrows choose, Enter goes on to what the document needs."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("documents")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFixedWidth(theme.px(WIDTH_PX))
        self.setAccessibleName(_("Documents"))
        self.currentItemChanged.connect(lambda now, _before: self._tell(now))

    @property
    def name(self) -> str:
        """The name of the document that is chosen."""
        item = self.currentItem()
        return str(item.data(_NAME_ROLE) or "") if item is not None else ""

    def show_documents(self, documents: Sequence[ReportName], *, chosen: str) -> None:
        """List these under their headings."""
        self.blockSignals(True)
        self.clear()
        for group, words in group_words().items():
            own = [item for item in documents if item.group == group]
            if own:
                self._add_heading(words)
            for document in own:
                row = QListWidgetItem(document.label)
                row.setData(_NAME_ROLE, document.name)
                row.setToolTip(document.label)
                self.addItem(row)
        self.choose(chosen)
        self.blockSignals(False)

    def choose(self, name: str) -> None:
        """Put the cursor on that document."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_NAME_ROLE) == name:
                self.setCurrentItem(item)
                self.scrollToItem(item)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Home:
            self.scrollToTop()  # the heading above the first one too
            self.setCurrentRow(1)
            return
        super().keyPressEvent(event)

    def _add_heading(self, words: str) -> None:
        heading = QListWidgetItem(words)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setForeground(self._theme.color("ink3"))
        heading.setFont(self._theme.font("small", bold=True))
        heading.setSizeHint(QSize(0, self._theme.px(_HEADING_PX)))
        self.addItem(heading)

    def _tell(self, item: QListWidgetItem | None) -> None:
        name = item.data(_NAME_ROLE) if item is not None else None
        if name:
            self.chosen.emit(str(name))
