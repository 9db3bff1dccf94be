"""A town and a village that has joined it, behind real windows, and waiting for jobs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtTest import QTest

from gzdesk import bootstrap, i18n
from gzdesk.bootstrap import Workspace
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.theme import Theme
from gzdesk.domain.period import Month
from gzdesk.settings import Preferences
from tests.desktop.forms_world import TODAY, activity, settle

OCTOBER = Month(2019, 10)
_LONGEST_JOB_MS, _STEP_MS = 20_000, 5


def world(target: Path) -> Path:
    """A copy of `town` and `caoyi`, a village that joined the town and closed October 2019."""
    shutil.copytree(_template(), target)
    return target


@cache
def _template() -> Path:
    root = Path(mkdtemp(prefix="gzdesk-world-"))
    town = bootstrap.init_town(root / "town", writer_name="黄志远", today=TODAY)
    join = town.enrolment.enrol("caoyi", root).file
    town.close()
    village = bootstrap.init_join(root / "caoyi", join, writer_name="苏惠芳", today=TODAY)
    village.records.save(type_id="activity", values=activity(category="sports"))
    village.months.close(OCTOBER, filled_by="苏惠芳", checked_by="苏国强")
    village.close()
    return root


@contextmanager
def opened(folder: Path, *, today: date = TODAY) -> Iterator[Workspace]:
    """A ledger without a window."""
    workspace = bootstrap.open_workspace(folder, today=today)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def window_on(
    folder: Path, *, today: date = TODAY, language: str = "zh_CN", **look: object
) -> Iterator[MainWindow]:
    """The real window on that ledger."""
    i18n.set_language(language)
    preferences = Preferences(language=language, **look)
    theme = Theme(large=preferences.text_percent > 100, high_contrast=preferences.high_contrast)
    theme.apply()
    with opened(folder, today=today) as workspace:
        window = MainWindow(theme=theme, preferences=preferences)
        window.show()
        window.open(workspace)
        QTest.qWaitForWindowActive(window)
        try:
            yield window
        finally:
            wait(window)
            window.leave()
            window.hide()
            window.deleteLater()
            settle()


def wait(window: MainWindow) -> None:
    """Wait until no job runs."""
    until(lambda: not window.runner.busy)
    settle()


def until(true: Callable[[], bool]) -> None:
    """Let the event loop run until something is so; fails when it never is."""
    waited_ms = 0
    while not true():
        assert waited_ms < _LONGEST_JOB_MS
        QTest.qWait(_STEP_MS)
        waited_ms += _STEP_MS
