"""Memory of the open desktop with a ledger of 100,000 records, every page visited once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figure import Figure, environment
from tests.benchmarks.villages import fill, village

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gzdesk.desktop.main_window import MainWindow

_RECORDS = 100_000
_LIMIT_MB = 200
_PAGES = ("home", "records", "opening", "months", "registers", "stick")


def measure() -> Iterator[Figure]:
    """A process of its own, for what the measuring needs must not count."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = village(Path(folder))
        fill(workspace, _RECORDS)
        workspace.close()
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_memory", folder],
            env=environment(),
            check=True,
            capture_output=True,
            text=True,
        )
    listed_mb, visited_mb = map(float, done.stdout.split())
    yield _figure("memory with the list of 100,000 records open", listed_mb, "the agreed limit; resident set")
    yield _figure(
        "memory after every page and the preview of a sheet",
        visited_mb,
        "the agreed limit; resident set; fonts of the sheet, PDF and ciphers are loaded by then",
    )


def _figure(name: str, used_mb: float, note: str) -> Figure:
    return Figure(
        name=name,
        ours=f"{used_mb:.0f} MB",
        floor=f"{_LIMIT_MB} MB",
        ratio=used_mb / _LIMIT_MB,
        target="<= 1.0",
        note=note,
    )


def _visit(folder: Path) -> tuple[float, float]:
    """Open the real window; megabytes with the list of records open, and after every page."""
    from PySide6.QtWidgets import QApplication

    from gzdesk.bootstrap import open_workspace
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.theme import Theme
    from gzdesk.settings import Preferences

    app = QApplication(sys.argv[:1])
    theme = Theme(large=False, high_contrast=False)
    theme.apply()
    window = MainWindow(theme=theme, preferences=Preferences(), keep_preferences=lambda _changed: None)
    window.resize(1366, 698)
    window.show()
    window.open(open_workspace(folder))
    used_mb = [_resident_mb(app, window, page) for page in _PAGES]
    window.leave()
    return used_mb[_PAGES.index("records")], used_mb[-1]


def _resident_mb(app: QApplication, window: MainWindow, page: str) -> float:
    """What is resident once a page is shown."""
    import psutil

    window.go(page)
    for _ in range(20):
        app.processEvents()
    return float(psutil.Process().memory_info().rss) / 1_000_000


if __name__ == "__main__":
    print(*_visit(Path(sys.argv[1])))
