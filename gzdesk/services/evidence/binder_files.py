"""Where a binder is written: a new folder or a ZIP file, there whole or not at all, with names that Windows takes."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from gzdesk.domain.reading import tidy
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.whole_file import whole_file

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 80  # Windows opens no path of more than 260 characters, and a binder is three folders deep


class Target(Protocol):
    """Takes the files of a binder."""

    def add(self, name: PurePosixPath, content: bytes) -> None:
        """Write one file. Raises UserError `cannot_write`."""


def safe_name(text: str, suffix: str = "") -> str:
    """A file name that every system takes, as like the text as can be."""
    name = _FORBIDDEN.sub("_", " ".join(tidy(text).split()))[: _LONGEST - len(suffix)].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        name = f"_{name}"
    return f"{name}{suffix}"


@contextmanager
def folder_target(folder: Path) -> Iterator[tuple[Target, Path]]:
    """A new folder of that name; one that is there already stays, and this one gets a number.

    It is written under another name and takes its own when the block ends well, so a full disk or a cancelled
    job leaves nothing.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        final = _free(folder)
        part = _free(folder.with_name(f"{folder.name}.part"))
        part.mkdir()
    except OSError as error:
        raise cannot_write(folder) from error
    try:
        yield _FolderTarget(part), final
        part.rename(final)
    except OSError as error:
        raise cannot_write(folder) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def zip_target(file: Path) -> Iterator[tuple[Target, Path]]:
    """A ZIP file; an older one of that name is replaced when the block ends well."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file) from error
    with whole_file(file) as stream, zipfile.ZipFile(stream, "w") as archive:
        yield _ZipTarget(archive), file


def cannot_write(path: Path) -> UserError:
    """What is said when the disk refuses."""
    return UserError(
        code="cannot_write",
        message=_("{file} can't be written there.").format(file=path.name),
        hint=_("Look whether there is room on the disk, or choose another folder."),
    )


def _free(path: Path) -> Path:
    number, found = 2, path
    while found.exists():
        found = path.with_name(f"{path.name} ({number})")
        number += 1
    return found


class _FolderTarget:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: PurePosixPath, content: bytes) -> None:
        path = self._folder.joinpath(*name.parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise cannot_write(path) from error


class _ZipTarget:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def add(self, name: PurePosixPath, content: bytes) -> None:
        # Photos and PDFs are packed already; packing them again costs time and saves nothing. The date is fixed,
        # so that the same binder is the same file.
        info = zipfile.ZipInfo(str(name), date_time=(1980, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        self._archive.writestr(info, content)
