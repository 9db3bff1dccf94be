"""What windows and the command line rely on when something is refused, watched or called off."""

from __future__ import annotations

import pytest

from gzdesk.errors import UserError
from gzdesk.progress import NO_PROGRESS, Cancelled, Progress


def test_a_user_error_is_its_message() -> None:
    error = UserError(code="stick_full", message="U盘空间不够。", hint="换一个U盘，再导出一次。")
    assert (str(error), error.code, error.hint) == ("U盘空间不够。", "stick_full", "换一个U盘，再导出一次。")


def test_calling_off_is_no_user_error() -> None:
    """Whoever shows refusals must not show a person's own wish as one."""
    assert not issubclass(Cancelled, UserError)


def test_nobody_watching_never_calls_off() -> None:
    NO_PROGRESS.stage("reading")
    NO_PROGRESS.step(1, 2)
    NO_PROGRESS.check_cancelled()


def test_a_watcher_can_call_off() -> None:
    class Impatient(Progress):
        def check_cancelled(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        Impatient().check_cancelled()
