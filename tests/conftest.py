"""What holds for every test: nothing unexpected passes, and nothing of the developer's own PC is touched."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from gzdesk import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before anything imports Qt. A test marked `display` needs another value, given from outside.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

# No deadline: two busy cores make any example slow once. On CI the same examples every time, so that
# a red run is the fault of the change that is being looked at.
settings.register_profile("ci", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return
    skip = pytest.mark.skip(reason="needs a real window system")
    for item in items:
        if item.get_closest_marker("display"):
            item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the run its own home, so that no test reads or writes the developer's settings and data."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"):
            patch.setenv(name, str(home))
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """Undo a change of language, which is one for the whole process."""
    yield
    i18n.set_language(i18n.DEFAULT_LANGUAGE)


@pytest.fixture(autouse=True)
def _no_stray_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail when anything logs a warning that the test did not announce with `expects_logs`."""
    yield
    if request.node.get_closest_marker("expects_logs"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    stray = [record for record in records if record.levelno >= logging.WARNING]
    if stray:
        lines = "\n".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in stray)
        pytest.fail(f"unexpected log records:\n{lines}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_stray_windows() -> Iterator[None]:
    """Fail when a window is still open after the test; close it, so that the next test starts clean."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if app is None:
        return
    left = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    if names:
        pytest.fail(f"windows left open: {', '.join(names)}", pytrace=False)
