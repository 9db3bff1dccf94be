"""Moving files to and from a stick: nothing counts as written until it was read back past the cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gzdesk.exchange import disk, stages
from gzdesk.exchange.limits import PART_BYTES
from gzdesk.exchange.refusal import too_large, unreadable
from gzdesk.progress import Progress

_STEP = 1 << 20
_SLACK_BYTES = 64 * 1024  # directory entries and the last cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A finished file, its SHA-256, and the place it is to have on the stick."""

    source: Path
    target: Path
    sha256: str
    size_bytes: int

    @property
    def part(self) -> Path:
        """The name it has there until it was read back."""
        return self.target.with_name(self.target.name + disk.PART_SUFFIX)


def deliver(items: Sequence[Item], *, progress: Progress) -> None:
    """Copy finished files to the stick, read all of them back, and only then give them their names.

    Raises UserError when the stick is full, gone, read-only or gives back other bytes; then none of them is there.
    """
    folder = items[0].target.parent
    try:
        _deliver(items, folder, progress)
    except OSError as error:
        _tidy(items)
        raise disk.stick_fault(error, folder=folder) from error
    except BaseException:
        _tidy(items)
        raise


def _deliver(items: Sequence[Item], folder: Path, progress: Progress) -> None:
    progress.stage(stages.writing())
    total = sum(item.size_bytes for item in items)
    free = disk.free_bytes(folder)
    if free < total + _SLACK_BYTES * len(items):
        raise disk.stick_full(need_bytes=total, free_bytes=free)
    done = 0
    for item in items:
        for length in _copied(item):
            progress.check_cancelled()
            done += length
            progress.step(done, total)
    progress.stage(stages.reading_back())
    for number, item in enumerate(items):
        progress.step(number, len(items))
        with disk.open_file(item.part, "rb") as reader:
            if disk.sha256_of(reader)[0] != item.sha256:
                raise disk.stick_changed_bytes()
    progress.stage(stages.releasing())
    for item in items:
        disk.replace(item.part, item.target)
    disk.sync_folder(folder)


def take_in(source: Path, target: Path) -> None:
    """Copy a file from the stick into the inbox. The original is only read.

    Raises `Refused` when it is too long or can't be read, UserError when this PC's disk is full.
    """
    try:
        size = source.stat().st_size
        reader = disk.open_file(source, "rb")
    except OSError as error:
        raise unreadable(f"{error.strerror}") from error
    with reader:
        if size > PART_BYTES:
            raise too_large(f"{size} bytes")
        _require_own_room(target.parent, size)
        try:
            with disk.whole_file(target) as writer:
                left = PART_BYTES
                while chunk := _read_some(reader):
                    left -= len(chunk)
                    if left < 0:
                        raise too_large("grew while it was read")
                    writer.write(chunk)
        except OSError as error:
            raise disk.own_disk_fault(error) from error


def _read_some(reader: IO[bytes]) -> bytes:
    try:
        return reader.read(_STEP)
    except OSError as error:
        raise unreadable(f"{error.strerror}") from error


def _require_own_room(folder: Path, size: int) -> None:
    try:
        free = disk.free_bytes(folder)
    except OSError as error:
        raise disk.own_disk_fault(error) from error
    # The copy, the unsealed payload beside it, and the ledger that takes it in.
    if free < 3 * size + _SLACK_BYTES:
        raise disk.own_disk_full()


def _copied(item: Item) -> Iterator[int]:
    with disk.open_file(item.source, "rb") as reader, disk.open_file(item.part, "wb") as writer:
        while chunk := reader.read(_STEP):
            yield writer.write(chunk)
        disk.sync(writer)
        disk.forget_cache(writer)


def _tidy(items: Sequence[Item]) -> None:
    for item in items:
        with suppress(OSError):
            disk.remove(item.part)
