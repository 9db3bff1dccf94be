"""Trying out whether a window can be drawn: `python -m gzdesk.desktop.self_test` ends with 0 when it can.

`gzdesk-cli self-test` runs it as a program of its own, for the command line must work without Qt.
"""

from __future__ import annotations

import os
import sys

# A window that nobody sees will do, so that it also runs on a PC without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_STEP_PX = 40


def main() -> int:
    """Draw the main window without a ledger and look whether anything is on it."""
    from PySide6.QtWidgets import QApplication

    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.theme import Theme

    app = QApplication(sys.argv[:1])
    theme = Theme()
    theme.apply()
    window = MainWindow(theme=theme)
    window.show()
    app.processEvents()
    image = window.grab().toImage()
    colours = {
        image.pixel(x, y)
        for x in range(0, image.width(), _STEP_PX)
        for y in range(0, image.height(), _STEP_PX)
    }
    window.close()
    return 0 if len(colours) > 1 else 1


if __name__ == "__main__":
    sys.exit(main())
