"""USB sticks as folders: which are plugged in, how much room they have, what lies on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from gzdesk.i18n import gettext as _

FIXED_STICK = "GZDESK_STICK"
"""Environment variable: a folder that is used instead of looking for sticks."""

_REMOVABLE_ROOTS = ("/media/", "/run/media/", "/mnt/usb", "/Volumes/")
_DEPTH_SEARCHED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """A place to which files can be handed over. `free_bytes` is -1 when it is not known."""

    folder: Path
    name: str
    free_bytes: int

    @property
    def label(self) -> str:
        """The name and the drive letter or folder, as people know them."""
        place = str(self.folder).rstrip("/\\")
        if not self.name or self.name == place:
            return place
        return _("{name} ({place})").format(name=self.name, place=place)


def sticks(fixed: str = "") -> tuple[Stick, ...]:
    """The sticks that are plugged in; `fixed` or the environment names a folder to use instead."""
    chosen = os.environ.get(FIXED_STICK) or fixed
    if chosen:
        folder = Path(chosen)
        return (_of_folder(folder),) if folder.is_dir() else ()
    found = (volume for volume in QStorageInfo.mountedVolumes() if _is_stick(volume))
    return tuple(_of_volume(volume) for volume in found)


def stick_at(folder: Path) -> Stick:
    """A folder that somebody chose, used as a stick."""
    return _of_folder(folder)


def join_file_folders() -> tuple[Path, ...]:
    """Where a join file may lie at the first start: the sticks."""
    return tuple(stick.folder for stick in sticks())


def size_words(size_bytes: int) -> str:
    """A size for people: `640 KB`, `23.6 MB`, `13.2 GB`."""
    kilo = size_bytes / 1000
    if kilo < 1000:
        return f"{max(1, round(kilo))} KB"
    mega = kilo / 1000
    return f"{mega:.1f} MB" if mega < 1000 else f"{mega / 1000:.1f} GB"


def find_files(folders: Iterable[Path], pattern: str) -> list[Path]:
    """Files of that pattern in these folders and the folders right below them, newest name last."""
    found: list[Path] = []
    for folder in folders:
        for depth in range(_DEPTH_SEARCHED):
            try:
                found += sorted(path for path in folder.glob("*/" * depth + pattern) if path.is_file())
            except OSError:
                # Pulled out, or a folder of the system on it that nobody may read.
                continue
    return found


def _of_folder(folder: Path) -> Stick:
    volume = QStorageInfo(str(folder))
    return Stick(folder=folder, name="", free_bytes=volume.bytesAvailable() if volume.isValid() else -1)


def _of_volume(volume: QStorageInfo) -> Stick:
    return Stick(
        folder=Path(volume.rootPath()),
        name=volume.name() or volume.displayName(),
        free_bytes=volume.bytesAvailable(),
    )


def _is_stick(volume: QStorageInfo) -> bool:
    if not (volume.isValid() and volume.isReady()) or volume.isReadOnly() or volume.isRoot():
        return False
    return _looks_removable(volume.rootPath())


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOVABLE = 2

    def _looks_removable(root: str) -> bool:
        # Large sticks look like disks in everything that Qt tells of a volume.
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\"))
        return kind == _DRIVE_REMOVABLE

else:

    def _looks_removable(root: str) -> bool:
        return root.startswith(_REMOVABLE_ROOTS)
