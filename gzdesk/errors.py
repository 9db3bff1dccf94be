"""The two kinds of trouble: what a person can do something about, and everything else (a bug)."""

from __future__ import annotations


class UserError(Exception):
    """Something a person can understand and act on; the program goes on and nothing was changed.

    `code` is stable: it is printed by `gzdesk-cli --json`, and scripts and tests may rely on it.
    `message` says what happened and `hint` what to do next, both in the language of the reader.
    """

    def __init__(self, *, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
