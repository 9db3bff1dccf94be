"""Small pictures of photos and scans, kept beside the attachments and made again when they are gone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.errors import UserError
from gzdesk.services.evidence import pictures, scans
from gzdesk.services.evidence.pictures import Pixels
from gzdesk.storage.files import is_hash

if TYPE_CHECKING:
    from gzdesk.storage.files import Files

LONG_SIDE_PX = 256


class Thumbnails:
    """The folder of small pictures. It never travels, and losing it costs only time."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self._files = files

    def get(self, sha256: str) -> Pixels | None:
        """The small picture of an attachment, or None when that is missing or can't be shown."""
        if not (is_hash(sha256) and self._files.has(sha256)):
            return None  # its small picture alone would hide that it is gone
        kept = self._kept(sha256)
        if kept is not None:
            return kept
        content = self._files.read(sha256)
        small = None if content is None else _made(content)
        if small is None:
            return None
        self._keep(sha256, small)
        return pictures.pixels(small, long_side_px=LONG_SIDE_PX)

    def is_made(self, sha256: str) -> bool:
        """Whether it only has to be read: fast enough to do while a page is being shown."""
        return is_hash(sha256) and self._path(sha256).exists()

    def drop(self, sha256: str) -> None:
        """Forget the small picture of an attachment that is erased."""
        self._path(sha256).unlink(missing_ok=True)

    def _kept(self, sha256: str) -> Pixels | None:
        try:
            return pictures.pixels(self._path(sha256).read_bytes(), long_side_px=LONG_SIDE_PX)
        except (OSError, UserError):
            return None

    def _keep(self, sha256: str, small: bytes) -> None:
        # A full disk must not keep anybody from seeing a photo: it is made again next time.
        path = self._path(sha256)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(small)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def _path(self, sha256: str) -> Path:
        kept = self._files.path(sha256)
        return self._folder / kept.parent.name / f"{kept.name}.jpg"


def _made(content: bytes) -> bytes | None:
    try:
        if is_scan(content):
            page = scans.page_image(content, page=0, long_side_px=LONG_SIDE_PX)
            return pictures.small_jpeg(page, LONG_SIDE_PX)
        return pictures.small_jpeg(pictures.open_kept(content), LONG_SIDE_PX)
    except UserError:
        return None
    except Exception:  # kept by an older program, unchecked: Pillow raises anything on a broken picture
        return None


def is_scan(content: bytes) -> bool:
    """Whether it is a PDF: what a file begins with counts, its name may say anything."""
    return content.startswith(b"%PDF-")
