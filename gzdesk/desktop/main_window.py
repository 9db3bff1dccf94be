"""The window: column of pages at the left, the page, the line of keys. It decides nothing about the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk import i18n
from gzdesk.desktop.change_hub import ChangeHub
from gzdesk.desktop.frame import SIZE
from gzdesk.desktop.pages import TOWN, VILLAGE, find_page, pages_for
from gzdesk.desktop.qt_words import follow_language
from gzdesk.desktop.tasks import Job, Runner, Watcher
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.tokens import NARROW_BELOW
from gzdesk.desktop.widgets.message_line import MessageLine
from gzdesk.desktop.widgets.nav import NavBar
from gzdesk.desktop.widgets.status_bar import StatusBar
from gzdesk.desktop.window_keys import WindowKeys
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import Cancelled
from gzdesk.services.handed_down import BASES
from gzdesk.settings import Preferences

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.desktop.page import Page

_DEEPEST_WAY_BACK = 20


class MainWindow(QWidget):
    """The one window. Pages get it as `shell`: `.workspace .go() .back() .run() .tell() .theme`."""

    def __init__(
        self,
        *,
        theme: Theme,
        preferences: Preferences | None = None,
        keep_preferences: Callable[[Preferences], object] = lambda _changed: None,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.preferences = preferences or Preferences()
        self.hub = ChangeHub()
        self.runner = Runner()
        self._keep_preferences = keep_preferences
        self._workspace: Workspace | None = None
        self._stop_listening: Callable[[], object] = lambda: None
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._arguments: dict[str, Any] = {}
        self._way_back: list[tuple[str, dict[str, Any]]] = []
        self._busy_panel: Any = None
        self._alone: QWidget | None = None
        self._role_shown = ""
        self._pages_are_old = False
        self.resize(*SIZE)
        self.setProperty("role", "ground")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.keys = WindowKeys(self)
        self._build()
        theme.changed.connect(self._build_again)
        self.hub.changed.connect(self._on_changed)

    # What pages use

    @property
    def workspace(self) -> Workspace:
        """The open ledger. Raises RuntimeError before it is open, when no page can be shown yet."""
        if self._workspace is None:
            raise RuntimeError("the ledger is not open yet")
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether a ledger is open."""
        return self._workspace is not None

    @property
    def role(self) -> str:
        """`village` or `town`; before the ledger is open, what it was last time."""
        if self._workspace is None:
            return self.preferences.last_unit_kind
        return TOWN if self._workspace.me.kind == TOWN else VILLAGE

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._current)

    @property
    def page_id(self) -> str:
        """The id of the page that is shown, or an empty text."""
        return self._current

    def go(self, page_id: str, **arguments: Any) -> bool:
        """Show a page; False when the page that is shown must not be left now, or work is running."""
        if self.runner.busy or (self._workspace is None and page_id != "wizard"):
            return False
        if self.page is not None and not self.page.can_leave():
            self.nav.select(self._current)
            return False
        if self._current and (self._current, self._arguments) != (page_id, arguments):
            self._way_back = [*self._way_back, (self._current, self._arguments)][-_DEEPEST_WAY_BACK:]
        self._show(page_id, arguments)
        return True

    def back(self) -> None:
        """Go to the page that was shown before; at the beginning nothing happens."""
        if not self._way_back or self.runner.busy:
            return
        if self.page is not None and not self.page.can_leave():
            return
        page_id, arguments = self._way_back.pop()
        self._show(page_id, arguments)

    def tell(
        self, sentence: str, tone: str = "ok", *, link: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show one sentence above the line of keys; `tone` is ok, warn or error, `link` words to press there."""
        self.message.tell(sentence, tone, link=link)

    def tell_error(self, error: UserError) -> None:
        """Show what went wrong and what to do."""
        self.tell(f"{error.message}{error.hint}" if i18n.language() != "en" else _sentences(error), "error")

    def run(
        self,
        job: Job,
        *,
        title: str,
        on_done: Callable[[Any], object],
        on_failed: Callable[[BaseException], object] | None = None,
        stages: Sequence[str] = (),
        cancellable: bool = True,
        watcher: Watcher | None = None,
    ) -> None:
        """Run long work off the window's thread; the window takes no keys until it has ended.

        A `watcher` (a page with its own step line) is told of the stages besides the panel.
        `on_failed` gets what the job raised; by default a UserError is told and everything else is a bug.
        """
        if self.runner.busy:
            # Two presses in one round of the event loop: the second one means nothing.
            return
        panel = self._panel()
        panel.begin(title, stages, self.runner.cancel if cancellable else None)
        shown: Watcher = panel if watcher is None else _Both(panel, watcher)

        def done(result: object) -> None:
            panel.end()
            self._forget_old_pages()
            on_done(result)
            self.update_hints()

        def failed(error: BaseException) -> None:
            panel.end()
            self._forget_old_pages()
            (on_failed or self._on_job_failed)(error)
            self.update_hints()

        self.runner.run(job, watcher=shown, on_done=done, on_failed=failed)

    def after_showing(self, action: Callable[[], object]) -> None:
        """Do something once the page that is being shown is on the screen, if it is still there then."""
        page = self.page
        QTimer.singleShot(0, lambda: action() if self.page is page else None)

    def update_hints(self) -> None:
        """Show the keys and the remark of the page again, after something changed what can be done."""
        if self.page is not None:
            self.status.set_hints(self.page.key_hints())
            self.status.set_remark(self.page.remark())

    def change_preferences(self, **values: Any) -> None:
        """Change how this person sees the program, at once and for the next start."""
        self.preferences = self.preferences.changed(**values)
        self._keep_preferences(self.preferences)
        if i18n.language() != self.preferences.language:
            i18n.set_language(self.preferences.language)
            self._build_again()
        self.theme.set_look(
            large=self.preferences.text_percent > 100, high_contrast=self.preferences.high_contrast
        )

    # Opening and closing

    def open(self, workspace: Workspace, *, first_page: bool = True) -> None:
        """Show that ledger, from its first page on."""
        self._workspace = workspace
        self._stop_listening = workspace.changes.subscribe(self.hub.publish)
        self._forget_pages()
        self.show_unit()
        self.preferences = self.preferences.changed(
            last_unit_name=workspace.me.label, last_unit_kind=self.role
        )
        self._keep_preferences(self.preferences)
        if first_page:
            self._show(pages_for(self.role, "main")[0].id, {})

    def show_unit(self) -> None:
        """Write whose ledger this is into the column and the title bar."""
        name, what = self.preferences.last_unit_name, ""
        if self.role == TOWN:
            name, what = _("Culture station"), _("Publicity and culture")
        elif self._workspace is not None:
            name = self._workspace.me.label
        if self.role == VILLAGE:
            what = _("Culture centre")
        self.nav.set_unit(name=name, what=what)
        self.setWindowTitle(self._title(name))
        if self.role != self._role_shown:
            self._role_shown = self.role
            self._fill_nav()

    def show_alone(self, widget: QWidget) -> None:
        """Show something that is not a page while no ledger is open."""
        self._forget_pages()
        self._alone = widget
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        widget.setFocus()

    def put_away_typing(self) -> None:
        """Keep what is being typed on the page that is shown."""
        if self.page is not None:
            self.page.put_away()

    def forget_hidden_pages(self) -> None:
        """Make the other pages anew when they are next shown: what stands in them may be gone by then.

        What is being typed on them is kept as after a crash.
        """
        for page_id, page in list(self._pages.items()):
            if page_id != self._current:
                page.put_away()
                self.stack.removeWidget(page)
                page.deleteLater()
                del self._pages[page_id]

    def _title(self, name: str) -> str:
        product = _("Village culture ledger")
        if self._workspace is not None:
            product = f"{product}・{self._workspace.units.town.label}"
        return " — ".join(part for part in (product, name) if part)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing runs and the page lets itself be left."""
        if self.runner.busy:
            self.tell(_("Still working. Close the window when it is done."), "warn")
            event.ignore()
            return
        if self.page is not None and not self.page.can_leave():
            event.ignore()
            return
        if self._workspace is not None:
            self._workspace.close()
        self.leave()
        super().closeEvent(event)

    def leave(self) -> None:
        """Let go of the ledger, which stays open for whoever opened it."""
        self._stop_listening()
        self._workspace = None
        self._forget_pages()
        self.runner.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give narrow screens a column of icons."""
        super().resizeEvent(event)
        self.nav.set_narrow(self.width() < NARROW_BELOW)

    # Inside

    def _build(self) -> None:
        follow_language()
        self.nav = NavBar(self.theme, self.go)
        self.stack = QStackedWidget()
        self.message = MessageLine(self.theme)
        self.status = StatusBar(self.theme, self.keys.press)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.message)
        right.addWidget(self.status)
        holder = QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(right)
        self._holder = holder
        self._row.addWidget(self.nav)
        self._row.addWidget(holder, 1)
        self._role_shown = ""
        self.nav.setVisible(bool(self.role))
        self.show_unit()

    def _fill_nav(self) -> None:
        rows = {
            place: [(entry.id, entry.icon, entry.title(self.role)) for entry in pages_for(self.role, place)]
            for place in ("main", "bottom")
        }
        self.nav.set_pages(rows["main"], rows["bottom"])
        self.nav.select(self._current)

    def _build_again(self) -> None:
        """New language, size or colours: every widget is made anew, at the same place of the work."""
        current, arguments = self._current, self._arguments
        if self.page is not None:
            arguments = {**arguments, **self.page.put_away()}
        self._forget_pages()
        for old in (self.nav, self._holder):
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        if self._busy_panel is not None:
            self._busy_panel.deleteLater()
            self._busy_panel = None
        self._build()
        self.nav.set_narrow(self.width() < NARROW_BELOW)
        if current:
            self._show(current, arguments)

    def _forget_pages(self) -> None:
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        if self._alone is not None:
            self.stack.removeWidget(self._alone)
            self._alone.deleteLater()
            self._alone = None
        self._pages = {}
        self._current = ""
        self._way_back = []

    def _show(self, page_id: str, arguments: dict[str, Any]) -> None:
        if page_id not in self._pages:
            self._pages[page_id] = find_page(page_id).load().make(self)
            self.stack.addWidget(self._pages[page_id])
        page = self._pages[page_id]
        self._current, self._arguments = page_id, arguments
        self.message.hide()
        page.activate(**arguments)
        page.refresh()
        self.stack.setCurrentWidget(page)
        self.nav.setVisible(self.is_open)
        self.nav.select(page_id)
        page.focus_first()
        self.update_hints()

    def _forget_old_pages(self) -> None:
        # Not while work is running: what is being typed on them is written down when they go.
        if self._pages_are_old and not self.runner.busy:
            self._pages_are_old = False
            self.forget_hidden_pages()

    def _on_changed(self, types: frozenset[str]) -> None:
        # Registers came or changed with a stick: lists and forms that were made for the old ones go.
        self._pages_are_old |= bool(types & BASES)
        self._forget_old_pages()
        # Hidden pages are not told: they are refreshed whenever they come to the front.
        if self.page is not None and not self.runner.busy:
            self.page.refresh()
            self.update_hints()

    def _on_job_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.tell_error(error)
        elif isinstance(error, Cancelled):
            self.tell(_("Stopped. Nothing was changed."), "warn")
        else:
            raise error

    def _panel(self) -> Any:
        if self._busy_panel is None:
            from gzdesk.desktop.widgets.busy_panel import BusyPanel

            self._busy_panel = BusyPanel(self.theme, self)
        return self._busy_panel


class _Both:
    """Tells two watchers."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def on_stage(self, name: str) -> None:
        """A named part of the work began."""
        for watcher in self._watchers:
            watcher.on_stage(name)

    def on_step(self, done: int, total: int) -> None:
        """So many items of this part are finished."""
        for watcher in self._watchers:
            watcher.on_step(done, total)


def _sentences(error: UserError) -> str:
    return f"{error.message} {error.hint}".strip()
