"""Every call that reaches a disk or a stick, in one place: tests make each of them fail in turn."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

PART_SUFFIX = ".part"
_STEP = 1 << 20
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def open_file(path: Path, mode: str) -> IO[bytes]:
    """Open a file for bytes."""
    return cast("IO[bytes]", path.open(mode))


def sync(file: IO[bytes]) -> None:
    """Wait until the file's bytes are on the medium."""
    file.flush()
    os.fsync(file.fileno())


def forget_cache(file: IO[bytes]) -> None:
    """Let the next reading come from the medium and not from memory, where the system knows how (Linux)."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def replace(source: Path, target: Path) -> None:
    """Give a file its name, in place of an older one."""
    source.replace(target)


def remove(path: Path) -> None:
    """Delete a file; one that is not there is as good as deleted."""
    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until a new name is on the medium. Windows and some drivers of sticks do this by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def free_bytes(folder: Path) -> int:
    """How much room is left there."""
    return shutil.disk_usage(folder).free


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that appears under its name only when its last byte is on the medium."""
    part = path.with_name(path.name + PART_SUFFIX)
    try:
        with open_file(part, "w+b") as file:
            yield file
            sync(file)
        replace(part, path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            remove(part)
        raise


def sha256_of(file: IO[bytes]) -> tuple[str, int]:
    """The SHA-256 in hex and the length of what is left to read of a file."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(_STEP):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def megabytes(size_bytes: int, *, up: bool = False) -> str:
    """A size for people, cut or rounded up to the last digit shown: `0.4 MB`, `24 MB`."""
    step = 100_000 if size_bytes < 10_000_000 else 1_000_000
    steps = -(-size_bytes // step) if up else size_bytes // step
    return f"{steps / 10:.1f} MB" if step == 100_000 else f"{steps} MB"


def own_disk_full() -> UserError:
    """The sentence for this PC's disk being full."""
    return UserError(
        code="disk_full",
        message=_("The disk is full. Nothing was saved."),
        hint=_("Free some space on the disk and try again."),
    )


def own_disk_fault(error: OSError) -> UserError:
    """The sentence for a fault of this PC's own data folder."""
    if error.errno in _FULL:
        return own_disk_full()
    return UserError(
        code="store_unwritable",
        message=_("The data folder can't be written right now. Nothing was saved."),
        hint=_("Check that the disk is there and may be written, then try again."),
    )


def stick_full(*, need_bytes: int, free_bytes: int) -> UserError:
    """The sentence for a stick without enough room."""
    return UserError(
        code="stick_full",
        message=_("The stick has only {free} left; {need} are needed.").format(
            free=megabytes(free_bytes), need=megabytes(need_bytes, up=True)
        ),
        hint=_("Use another stick and press again."),
    )


def stick_fault(error: OSError, *, folder: Path) -> UserError:
    """The sentence for a fault of the stick or folder that is written to."""
    if error.errno in _FULL:
        return UserError(
            code="stick_full",
            message=_("The stick is full; the file was not written."),
            hint=_("Use another stick and press again."),
        )
    if error.errno in _READ_ONLY:
        return UserError(
            code="stick_read_only",
            message=_("{folder} can't be written: it may be write-protected.").format(folder=folder),
            hint=_("Open the stick's write lock or use another stick, then press again."),
        )
    return UserError(
        code="stick_gone",
        message=_("The stick stopped answering before the file was written."),
        hint=_("Put the stick in again and press again. Nothing is lost."),
    )


def stick_changed_bytes() -> UserError:
    """The sentence for a stick that gives back other bytes than were written."""
    return UserError(
        code="stick_bad",
        message=_("What was read back from the stick is not what was written."),
        hint=_("Use another stick and press again."),
    )
