"""How long work reports where it stands and learns that nobody wants it any more."""

from __future__ import annotations


class Cancelled(Exception):
    """The person pressed Cancel. Whoever catches it leaves everything as it was before."""


class Progress:
    """What long work is given. This one is silent and never cancelled; a window or a terminal overrides it.

    Call `check_cancelled` where stopping is safe, at least every 100 ms of work.
    """

    def stage(self, name: str) -> None:
        """Begin a part of the work; `name` is a short text for the person watching."""

    def step(self, done: int, total: int) -> None:
        """Tell that `done` of `total` items of this stage are finished; a `total` of 0 means not known."""

    def check_cancelled(self) -> None:
        """Raise `Cancelled` when the person asked to stop."""


NO_PROGRESS = Progress()
"""For callers that do not watch: tests, small jobs."""
