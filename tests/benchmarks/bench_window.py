"""From starting the process to the first painted window, against a bare PySide6 window."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure, environment, median_of_pairs, seconds
from tests.benchmarks.villages import village

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        app.exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 698)
window.show()
app.exec()
"""
_OURS = """
import sys
from PySide6.QtCore import QCoreApplication
from gzdesk.desktop import app
app.Desktop.fill = lambda self: QCoreApplication.exit(0)
app.main(["--data", sys.argv[1]])
"""


def measure() -> Iterator[Figure]:
    """Whole processes, warm, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        village(Path(folder)).close()

        def run(code: str) -> float:
            command = [sys.executable, "-c", code, folder]
            return seconds(
                lambda: subprocess.run(command, env=environment(), check=True, capture_output=True)
            )

        run(_OURS)  # the first start compiles the words and the byte code
        ours, floor, ratio = median_of_pairs(lambda: run(_OURS), lambda: run(BARE), runs=9)
    yield Figure(
        name="start to first painted window",
        ours=f"{ours:.3f} s",
        floor=f"{floor:.3f} s",
        ratio=ratio,
        target="<= 1.5",
        note="bare PySide6 window, whole process",
    )
