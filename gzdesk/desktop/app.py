"""Starting the desktop: show the window first, load everything heavy after its first paint.

Until then only Qt, the words and the preferences are loaded: the pages, SQLAlchemy and the services together
take several times as long as the window itself.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from gzdesk import i18n
from gzdesk.desktop.frame import Frame
from gzdesk.desktop.single_instance import SingleInstance
from gzdesk.i18n import gettext as _
from gzdesk.settings import Preferences, default_data_dir, preferences_path

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date

    from gzdesk.bootstrap import Workspace
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress

DONE, REFUSED = 0, 1


class Desktop:
    """The running program: one window on one data folder."""

    def __init__(self, *, folder: Path, today: date | None, preferences: Preferences) -> None:
        self.folder, self.today = folder, today
        self.instance = SingleInstance(folder)
        self.frame = Frame(preferences, on_first_paint=self.fill)
        self._preferences = preferences

    def start(self) -> None:
        """Show the frame; it is filled and the ledger opened once it is painted."""
        self.frame.show_fitting()

    def fill(self) -> None:
        """Load the real window into the frame, then open the ledger."""
        from gzdesk.desktop.main_window import MainWindow
        from gzdesk.desktop.theme import Theme

        look = self._preferences
        theme = Theme(large=look.text_percent > 100, high_contrast=look.high_contrast)
        theme.apply()
        self.window: MainWindow = MainWindow(
            theme=theme,
            preferences=look,
            keep_preferences=lambda changed: changed.save(preferences_path()),
        )
        self.frame.fill(self.window)
        self.frame.setWindowIcon(theme.app_icon())
        self._guard_against_crashes()
        self.instance.listen(self.frame.bring_to_front)
        self.open_ledger()

    def open_ledger(self) -> None:
        """Open the ledger of the data folder off the window's thread; a problem is shown with a way out."""

        def job(_progress: Progress) -> Workspace:
            from gzdesk.bootstrap import open_workspace

            return open_workspace(self.folder, today=self.today)

        self.window.run(
            job,
            title=_("Opening…"),
            on_done=self._opened,
            on_failed=self._not_opened,
            cancellable=False,
        )

    def _opened(self, workspace: Workspace) -> None:
        self.window.open(workspace)
        collect_from_now_on()

    def _not_opened(self, error: BaseException) -> None:
        from gzdesk.desktop.start import show_problem

        collect_from_now_on()
        show_problem(self, error)

    def close(self) -> None:
        """Free the data folder."""
        self.instance.close()

    def _guard_against_crashes(self) -> None:
        from gzdesk.desktop.error_dialog import CrashGuard
        from gzdesk.logs import start_log

        start_log(self.folder)
        self._guard = CrashGuard(
            theme=self.window.theme, save_typing=self.window.put_away_typing, folder=self.folder
        )
        self._guard.install()


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed; returns the exit code."""
    load_without_delay()
    preferences = Preferences.load(preferences_path())
    i18n.set_language(preferences.language)
    options = _options(sys.argv[1:] if argv is None else argv)
    if _no_screen():
        print(_("There is no screen here. Use gzdesk-cli, or start from a desktop."), file=sys.stderr)
        return REFUSED
    _choose_input_method()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("gzdesk")
    app.setDesktopFileName("gzdesk")
    desktop = Desktop(folder=options.data or default_data_dir(), today=options.today, preferences=preferences)
    if not desktop.instance.is_first:
        return _hand_over(desktop.instance)
    desktop.start()
    try:
        return app.exec()
    finally:
        desktop.close()


def load_without_delay() -> None:
    """Spare the loading of some thousand functions and classes two things that take a third of its time."""
    gc.disable()  # until the first page is there: next to nothing of what is loaded is ever thrown away
    # PySide reads the source of every module that is imported after it, to see whether that uses its optional
    # snake_case names. No module of ours does; without its hook a module is imported as without PySide.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def collect_from_now_on() -> None:
    """Look for what can be thrown away, but not among what was loaded at the start: that stays until the end."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _options(words: Sequence[str]) -> Namespace:
    from argparse import ArgumentParser
    from datetime import date

    parser = ArgumentParser(prog="gzdesk", description=_("Village culture ledger"))
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("data folder"))
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help=_("use this day as today")
    )
    return parser.parse_args(words)


def _hand_over(instance: SingleInstance) -> int:
    if instance.raise_first():
        print(_("The program is open already. Its window is in front now."))
        return DONE
    # The other window belongs to another account of this PC: it cannot be raised from here.
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.information(
        None,
        _("Village culture ledger"),
        _("This ledger is open in another account of this PC. Close it there first."),
    )
    return REFUSED


def _no_screen() -> bool:
    """Whether Qt would end the program with an abort because no window system is there."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _choose_input_method() -> None:
    """Let fcitx people type Chinese: our Qt has only the ibus plugin, and fcitx answers as ibus."""
    wanted = os.environ.get("QT_IM_MODULE", "")
    if sys.platform.startswith("linux") and (not wanted or wanted.startswith("fcitx")):
        config = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
        if any((config / "ibus" / "bus").glob("*")):
            os.environ["QT_IM_MODULE"] = "ibus"
