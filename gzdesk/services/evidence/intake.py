"""One file made fit to keep: photos shrunk and without where they were taken, scans whole and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gzdesk.domain.reading import tidy
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.evidence import pictures, scans
from gzdesk.services.evidence.thumbnails import is_scan

MOST_SCAN_BYTES = 20_000_000  # a scan is kept whole and travels on the stick
MOST_PICTURE_BYTES = 100_000_000  # a picture is shrunk, and only has to be read once

PICTURE_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".heic",
    ".heif",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".gif",
    ".avif",
)
SUFFIXES = (*PICTURE_SUFFIXES, ".pdf")

_LONGEST_NAME = 120
_MOST_IN_FOLDERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is to be kept of a file, and what a record notes of it besides its hash and size."""

    content: bytes
    name: str
    facts: Mapping[str, Any]


def read_source(file: Path) -> bytes:
    """The file as it is. Raises UserError `unreadable_file` or `evidence_too_large`."""
    most = MOST_SCAN_BYTES if file.suffix.lower() == ".pdf" else MOST_PICTURE_BYTES
    try:
        if file.stat().st_size > most:
            raise _too_large(file.name, most)
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            code="unreadable_file",
            message=_("{source} can't be read.").format(source=file.name),
            hint=_("Check the name and whether the file is there."),
        ) from error


def make_fit(content: bytes, *, name: str) -> Fit:
    """The file as it is to be kept; `name` is that of the original.

    Raises UserError: `empty_file`, `not_evidence`, `evidence_too_large`, or as `pictures` and `scans` do.
    """
    if not content:
        raise UserError(
            code="empty_file",
            message=_("{source} is empty.").format(source=name),
            hint=_("Copy it from the phone or the camera once more."),
        )
    if is_scan(content):
        if len(content) > MOST_SCAN_BYTES:
            raise _too_large(name, MOST_SCAN_BYTES)
        pages = scans.page_count(content, name=name)
        return Fit(content=content, name=kept_name(name, ".pdf"), facts={"pages": pages})
    fit = pictures.fit_picture(content, name=name)
    facts = {"taken_at": fit.taken_at} if fit.taken_at else {}
    return Fit(content=fit.content, name=kept_name(name, fit.suffix), facts=facts)


def kept_name(name: str, suffix: str) -> str:
    """The name of the original with the ending of what is kept."""
    stem = tidy(Path(name.replace("\\", "/")).name)
    known = next((ending for ending in SUFFIXES if stem.lower().endswith(ending)), "")
    stem = stem[: len(stem) - len(known)] if known else stem
    ending = known if known in _SAME.get(suffix, ()) else suffix
    words = stem[:_LONGEST_NAME].strip() or _("Evidence")
    return f"{words}{ending}"


def source_key(content: bytes) -> str:
    """Under which name this PC remembers what became of an original."""
    return f"original:{sha256_of(content)}"


def sha256_of(content: bytes) -> str:
    """The SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def in_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files, with those that lie in the folders among them; what can't be evidence is left there."""
    return tuple(_walk(paths))[:_MOST_IN_FOLDERS]


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                item for item in path.rglob("*") if item.suffix.lower() in SUFFIXES and item.is_file()
            )
        else:
            yield path


_SAME = {".jpg": (".jpg", ".jpeg")}


def _too_large(name: str, most_bytes: int) -> UserError:
    return UserError(
        code="evidence_too_large",
        message=_("{source} is larger than {most} MB.").format(source=name, most=most_bytes // 1_000_000),
        hint=_("Make the photo smaller, or scan it at 200 dpi, and try again."),
    )
