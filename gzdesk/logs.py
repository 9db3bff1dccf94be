"""The program's log: one small file in the data folder, for the person on the phone helping a clerk.

It holds no personal data, so that it can be handed on without being read first: log codes, counts,
ids and times, never what somebody typed. A traceback is written without the exception's own message,
because messages of libraries quote values ("invalid literal for int(): '张三'").
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

LOG_NAME = "gzdesk.log"
_MAX_BYTES = 1_000_000
_OLD_FILES = 2
_ROOT = logging.getLogger("gzdesk")


def start_log(folder: Path, *, level: int = logging.INFO) -> Path | None:
    """Write the records of this program to `folder`; a log started before in this process ends.

    Returns the file, or None where it cannot be written: a read-only folder is reported by whoever
    has to save work there, and must not keep anybody from reading.
    """
    stop_log()
    path = folder / LOG_NAME
    try:
        handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_ImpersonalFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _ROOT.addHandler(handler)
    _ROOT.setLevel(level)
    return path


def stop_log() -> None:
    """Close the file, if one is open: Windows cannot move or delete an open one."""
    for handler in list(_ROOT.handlers):
        if isinstance(handler, RotatingFileHandler):
            _ROOT.removeHandler(handler)
            handler.close()


class _ImpersonalFormatter(logging.Formatter):
    """Tracebacks as kinds and places only: no messages, no source lines, no user's folder names."""

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return kinds_and_places(ei[1])


def kinds_and_places(error: BaseException | None) -> str:
    """What an exception is and where it went through, and its causes; nothing that somebody typed."""
    lines: list[str] = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines += [f"  {_place(frame)}" for frame in traceback.extract_tb(error.__traceback__)]
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


def _place(frame: traceback.FrameSummary) -> str:
    """Return `gzdesk/services/records.py:12 save`; a full path would name the person's account."""
    return f"{'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
