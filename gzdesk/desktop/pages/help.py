"""The guide, opened where it speaks of the page that F1 was pressed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser

from gzdesk import assets, i18n
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import PAGES
from gzdesk.desktop.widgets.cards import Card
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_LIST_WIDTH = 240
_SECTION_LEVEL = 2
SECTIONS = (
    "home",
    "records",
    "opening",
    "months",
    "returned",
    "registers",
    "import_table",
    "recycle_bin",
    "personal_data",
    "stick",
    "papers",
    "tables",
    "evidence",
    "indicators",
    "tasks",
    "deadlines",
    "board",
    "receive",
    "review",
    "unit_view",
    "enrol",
    "settings",
    "adjustments",
    "units",
    "keys",
    "trouble",
)
"""Page ids and extra sections, in the order of the headings of `resources/help/*.md`."""


class HelpPage(Page):
    """Headings at the left, text at the right."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.add_head(_("Help"), _("F1 opens the part about the page you are on"))
        body = QHBoxLayout()
        body.setSpacing(self.px(16))
        self.contents = QListWidget()
        self.contents.setObjectName("contents")
        self.contents.currentRowChanged.connect(self._scroll_to)
        side = Card(self.theme, margin=0)
        side.setFixedWidth(self.px(_LIST_WIDTH))
        side.body.addWidget(self.contents)
        text = Card(self.theme, margin=0)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        text.body.addWidget(self.text)
        body.addWidget(side)
        body.addWidget(text, 1)
        self.column.addLayout(body, 1)
        self._sections: list[str] = []
        self._headings: list[QTextBlock] = []
        self._read()

    def activate(self, **arguments: object) -> None:
        """`section` is the id of the page that help was asked for."""
        section = str(arguments.get("section"))
        row = self._sections.index(section) if section in self._sections else 0
        self.contents.setCurrentRow(row)
        self.shell.after_showing(lambda: self._scroll_to(row))

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("↑ ↓", _("choose a part")), ("Tab", _("to the text")), ("Esc", _("back")))

    def remark(self) -> str:
        """Which program this is."""
        from importlib.metadata import version

        return f"gzdesk {version('gzdesk')}"

    def focus_first(self) -> None:
        """Onto the headings."""
        self.contents.setFocus()

    def _read(self) -> None:
        document = self.text.document()
        document.setDefaultFont(self.theme.font("body"))
        document.setDocumentMargin(self.px(20))
        document.setMarkdown(guide_text(), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        sections = iter(SECTIONS)
        block = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _SECTION_LEVEL:
                self._add_section(next(sections), block)
            self._space(block)
            block = block.next()

    def _add_section(self, section: str, heading: QTextBlock) -> None:
        # What the other kind of PC has no page for is in the text, but not among the headings.
        pages = {entry.id: entry.roles for entry in PAGES}
        if self.shell.role in pages.get(section, (self.shell.role,)):
            self._sections.append(section)
            self._headings.append(heading)
            self.contents.addItem(heading.text())

    def _space(self, block: QTextBlock) -> None:
        # Markdown gives no room between lines; Chinese text wants half a line of it.
        cursor = QTextCursor(block)
        form = block.blockFormat()
        form.setLineHeight(135, 1)
        form.setTopMargin(self.px(18 if form.headingLevel() else 4))
        form.setBottomMargin(self.px(6))
        cursor.setBlockFormat(form)

    def _scroll_to(self, row: int) -> None:
        if 0 <= row < len(self._headings):
            layout = self.text.document().documentLayout()
            top = layout.blockBoundingRect(self._headings[row]).top()
            self.text.verticalScrollBar().setValue(round(top))


def guide_text() -> str:
    """The guide in the language in use, as Markdown."""
    return assets.resource("help", f"guide.{i18n.language()}.md").read_text("utf-8")
