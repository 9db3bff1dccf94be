"""`python -m gzdesk` and the command `gzdesk`: open the desktop."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the desktop and return the exit code."""
    from gzdesk.desktop.app import main as open_desktop

    return open_desktop()


if __name__ == "__main__":
    sys.exit(main())
