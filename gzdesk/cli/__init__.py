"""The command line, `gzdesk-cli`: the same work as the desktop, without Qt, for scripts and for support.

A public interface, as stable as the package format: docs/command-line.md says what holds.
To add a command: one `Command` in the family it belongs to, a test, and its section in that page.
"""

from gzdesk.cli.entry import main

__all__ = ["main"]
