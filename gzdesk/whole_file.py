"""Files that are written for people: there whole, or not at all."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _


@contextmanager
def whole_file(out: Path) -> Iterator[IO[bytes]]:
    """A file to write into, that takes the place of `out` in one step when the block ends well.

    A full disk, a pulled stick or a cancelled job leaves the older file as it was. Raises UserError
    `cannot_write` for whatever the disk refuses.
    """
    part = out.parent / f".{os.getpid()}-{threading.get_ident()}.part"
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise UserError(
            code="cannot_write",
            message=_("{file} can't be written there.").format(file=out.name),
            hint=_("If it is open in another program, close it there; else choose another folder."),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(out: Path, content: bytes) -> None:
    """Put the content there in one step. Raises UserError `cannot_write`."""
    with whole_file(out) as file:
        file.write(content)
