"""Run as a program: somebody begins a film in the ledger of the named folder, and then the power goes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from gzdesk.desktop.form import KEEP_AFTER_MS
from tests.journeys.pc import Pc

TWO_SECONDS_MS = 2000  # ui.md 1.8


def main() -> None:
    _application = QApplication([])
    with Pc(Path(sys.argv[1])).on() as clerk:
        clerk.press("Alt+1")
        clerk.type("1107", "Return")
        clerk.type("六月吧", "Return")
        clerk.type("whw")
        assert KEEP_AFTER_MS < TWO_SECONDS_MS
        clerk.wait(TWO_SECONDS_MS)
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


if __name__ == "__main__":
    main()
