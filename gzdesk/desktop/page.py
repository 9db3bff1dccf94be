"""What every page is: a widget that the window can fill, refresh, ask for its keys and leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import ElidedLabel, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from gzdesk.desktop.main_window import MainWindow

HEAD_HEIGHT = 60
MARGIN = 20


class PageHead(QWidget):
    """Title, one line beside it, and the page's buttons at the right."""

    def __init__(self, window: MainWindow, title: str, subtitle: str = "") -> None:
        super().__init__()
        theme = window.theme
        self.setFixedHeight(theme.px(HEAD_HEIGHT))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(12))
        self.title = label(title, size="title", bold=True)
        self.subtitle = ElidedLabel(subtitle, size="table", ink="ink2", by_parts=True)
        self._row.addWidget(self.title)
        self._row.addWidget(self.subtitle, 1)

    def replace_subtitle(self, widget: QWidget) -> None:
        """Put a widget beside the title, in place of the line of text."""
        self._row.replaceWidget(self.subtitle, widget)
        self.subtitle.hide()
        self._row.setStretchFactor(widget, 1)

    def add(self, widget: QWidget) -> None:
        """Put a button or a chooser at the right."""
        self._row.addWidget(widget)


class Page(QWidget):
    """Base of every page.

    The window builds a page when it is first wanted (`make`), and each time it is shown calls `activate`
    with what it was asked for and then `refresh`. While a page is visible, `refresh` is called after every
    change of the data; it must keep what is being typed and where the cursor is.
    """

    TITLE = ""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.shell = window
        self.theme = window.theme
        self.setProperty("role", "page")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[self.theme.px(margin) for margin in (MARGIN, 0, MARGIN, 12)])
        self.column.setSpacing(0)

    @classmethod
    def make(cls, window: MainWindow) -> Self:
        """Build the page for that window."""
        return cls(window)

    def activate(self, **arguments: object) -> None:
        """Come to the front; `arguments` are those of `window.go`."""

    def refresh(self) -> None:
        """Show the data as they are now."""

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page with their words, for the line at the bottom."""
        return ()

    def remark(self) -> str:
        """What stands at the right of that line."""
        return ""

    def help_section(self) -> str:
        """The anchor in the help that F1 opens here; by default the page's id."""
        return ""

    def can_leave(self) -> bool:
        """Whether another page may come to the front; a page that asks does so here."""
        return True

    def put_away(self) -> dict[str, object]:
        """Keep what is being typed: the page is about to be made anew in another language or size.

        Returns arguments for `activate` that bring it back, besides those it was shown with.
        """
        return {}

    def escape(self) -> bool:
        """Esc was pressed. True when the page took it (closed its form); False goes back a page."""
        return False

    def quick(self, at: int) -> bool:
        """Alt+1 to Alt+4 (0 to 3). True when the page has a use for it; False leaves it to the window."""
        return False

    def choose_register(self) -> None:
        """Ctrl+G: show all registers, to go to one of them."""
        from gzdesk.desktop.register_choice import open_choice

        open_choice(self, self.shell)

    def focus_first(self) -> None:
        """Put the cursor where typing should begin."""
        self.setFocus()

    def add_head(self, title: str, subtitle: str = "") -> PageHead:
        """Title line at the top of the page."""
        head = PageHead(self.shell, title, subtitle)
        self.column.addWidget(head)
        return head

    def on_key(self, keys: str, action: Callable[[], object], *, name: str = "") -> QAction:
        """Let that key do something while this page is shown; a hint with the same key can be pressed too."""
        made = QAction(self)
        made.setObjectName(name)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda: action())
        self.addAction(made)
        return made

    def button(self, text: str, **options: object) -> Button:
        """A button in the theme of the window; see `widgets.buttons.Button`."""
        return Button(self.theme, text, **options)  # type: ignore[arg-type]  # passed on as they are

    def px(self, normal: float) -> int:
        """Pixels of the text size in use."""
        return self.theme.px(normal)
